"""`assesslint waive DRAFT RULE`: an approver's excuse for what a rule objects to in one indicator → a signed file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import DRAFT, FILE, RULE, Day, config_option, force_option, lang_option
from assesslint.cli.paper import bytes_of, named_settings, with_signed_rules
from assesslint.cli.signatures import library

if TYPE_CHECKING:
    from assesslint.findings.model import Finding
    from assesslint.linter.settings import Settings
    from assesslint.policy.rulebook import Rulebook


@click.command(cls=Command, short_help="签署一项豁免 / sign a waiver")
@click.argument("draft", type=DRAFT, metavar="DRAFT")
@click.argument("rule", type=RULE, metavar="RULE")
@click.option("--indicator", metavar="NAME", help="哪一项指标，规则只指出一项时不必写 / which indicator, where the rule objects to several")
@click.option("--reason", required=True, metavar="TEXT", help="理由 / why")
@click.option("--approver", required=True, metavar="NAME", help="批准单位，与核验方登记的一致 / who approves, as verifiers know them")
@click.option("--until", required=True, type=Day(), help="最后有效的一天 / the last day it holds")
@click.option("--key", required=True, type=FILE, help="批准单位的私钥 / the approver's secret key")
@click.option("-o", "--out", required=True, type=FILE, metavar="OUT", help="写到哪里 / where to write")
@click.option("--parent", type=DRAFT, help="上级方案 / the superior's scheme")
@config_option
@force_option
@lang_option
def waive(
    draft: str,
    rule: str,
    indicator: str | None,
    reason: str,
    approver: str,
    until: date,
    key: str,
    out: str,
    parent: str | None,
    config: str | None,
    force: bool,
    lang: str | None,
) -> None:
    """批准单位签署一项豁免：一条规则、草案里的一项指标，写明理由和期限。指标、方案名称或发布单位一改，豁免就失效。

    Sign a waiver: of one rule, for one indicator of a draft, for a reason, until a day. It lapses when the indicator, the
    scheme's name or its issuer changes.
    """
    from assesslint.cli.outputs import Output, Replacing
    from assesslint.linter.signed import read_whole

    with library():
        from assesslint.policy.envelope import sealed
        from assesslint.policy.keys import secret_key
        from assesslint.publication.waivers import waiver_statement
    settings, rulebook = with_signed_rules(named_settings(config, lang))
    rule = rulebook.removed.get(rule, rule)
    _refuse(rule, reason, approver, until, rulebook)
    output = Output(out, [draft], is_folder=False, replacing=Replacing(force=force))
    output.protect([key, parent, config])
    finding = _objection(Path(draft), rule, indicator, parent, settings, rulebook)
    data = sealed(waiver_statement(finding, reason.strip(), approver.strip(), until), secret_key(read_whole(Path(key))))
    output.write(output.name_for(draft), data)
    whose = finding.indicator or finding.scheme
    zh = f"已签署豁免：规则 {rule}，“{whose}”，{approver} 批准至 {until}，写在 {out}\n  指出的是：{finding.message}"
    en = f"waiver signed: {rule} on “{whose}”, by {approver} until {until}, in {out}\n  what it excuses: {finding.message}"
    click.echo(zh if settings.lang == "zh" else en)


def _refuse(rule: str, reason: str, approver: str, until: date, rulebook: Rulebook) -> None:
    """Raise RunError for a waiver that could never hold."""
    from assesslint.linter.errors import RunError
    from assesslint.linter.selection import unknown_rule

    if rule not in rulebook.rules:
        raise unknown_rule(rule, rulebook.rules)
    if rulebook.rules[rule].waivable == "never":
        raise RunError(f"规则 {rule} 不许豁免，草案须改好", f"The rule {rule} allows no waiver; the draft must be mended")
    if not reason.strip() or not approver.strip():
        raise RunError("理由和批准单位不能空着", "Reason and approver must not be empty")
    if until < date.today():
        raise RunError(f"有效期至 {until} 已经过去", f"The waiver would have ended on {until} already")


def _objection(draft: Path, rule: str, indicator: str | None, parent: str | None, settings: Settings, rulebook: Rulebook) -> Finding:
    """Return the finding to excuse, judged as the gate does. Raises RunError where the rule objects to nothing, or to several things."""
    from assesslint.linter.errors import RunError
    from assesslint.publication.gate import Beside, judge_paper

    beside = Beside(parent=(parent, bytes_of(Path(parent), settings)) if parent else None)
    report = judge_paper(draft.name, bytes_of(draft, settings), settings, rulebook, settings.as_of or date.today(), beside).report
    found = {finding.subject: finding for finding in reversed(report.findings) if finding.rule == rule}
    chosen = [finding for finding in found.values() if indicator is None or finding.indicator == indicator]
    if len(chosen) == 1:
        return chosen[0]
    names = "、".join(dict.fromkeys(f"“{finding.indicator or finding.scheme}”" for finding in reversed(found.values())))
    if not found:
        raise RunError(f"规则 {rule} 在 {draft} 里没有指出问题，不需要豁免", f"{rule} objects to nothing in {draft}; no waiver is needed")
    if chosen:
        if indicator is not None:
            zh = f"规则 {rule} 指出的有 {len(chosen)} 项都叫“{indicator}”，请先在草案里改成不同的名称"
            raise RunError(zh, f"{rule} objects to {len(chosen)} indicators called “{indicator}”; give them different names in the draft")
        zh = f"规则 {rule} 指出的不止一项：{names}；请用 --indicator 写明一项"
        raise RunError(zh, f"{rule} objects to several: {names}; name one with --indicator")
    raise RunError(f"规则 {rule} 没有指出“{indicator}”；指出的是 {names}", f"{rule} does not object to “{indicator}”, but to {names}")
