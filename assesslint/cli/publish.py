"""`assesslint publish DRAFT`: a draft → a signed folder, or the reasons why it may not be published."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import DRAFT, FILE, FOLDER, Day, config_option, lang_option
from assesslint.cli.paper import bytes_of, named_settings, told_of, with_signed_rules
from assesslint.cli.signatures import library

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assesslint.findings.model import Report
    from assesslint.linter.settings import Settings
    from assesslint.publication.gate import Beside
    from assesslint.publication.said import Said

REFUSED = 1


@click.command(cls=Command, short_help="检查通过后签发 / publish a draft that passes")
@click.argument("draft", type=DRAFT, metavar="DRAFT")
@click.option("--key", required=True, type=FILE, help="签发用的私钥 / the secret key to sign with")
@click.option("-o", "--out", required=True, type=FOLDER, metavar="OUT", help="新建的文件夹 / the folder to make")
@config_option
@click.option("--as-of", type=Day(), help="按哪一天有效的规定检查，默认今天，不得早于今天 / day to judge by, not a past one")
@click.option("--acknowledge", multiple=True, metavar="NOTICE", help="看过并认可的一条提示 / a notice that was looked at and is accepted")
@click.option("--reason", multiple=True, metavar="TEXT", help="认可的理由，每条提示一个 / why, one for each notice")
@click.option("--waivers", multiple=True, type=FILE, help="批准单位签署的豁免，可写几次 / a waiver its approver signed; may be repeated")
@click.option("--parent", type=DRAFT, help="上级方案：核对层层加码，一并签发 / the superior's scheme, compared with and published along")
@lang_option
def publish(
    draft: str,
    key: str,
    out: str,
    config: str | None,
    as_of: date | None,
    acknowledge: tuple[str, ...],
    reason: tuple[str, ...],
    waivers: tuple[str, ...],
    parent: str | None,
    lang: str | None,
) -> None:
    """检查一份草案，通过的连同方案、报告和签名的证明写进一个新文件夹，以后谁都可以用 assesslint verify 核验。

    Judge one draft; if it passes, write it with its scheme, its report and a signed attestation into a new folder that
    anybody can verify. Only the configuration named is followed, and of waivers those that a trusted approver signed.
    """
    if len(acknowledge) != len(reason) or not all(map(str.strip, reason)) or len({*acknowledge}) < len(acknowledge):
        raise click.UsageError("每个 --acknowledge 要有一个 --reason，不重复 / each --acknowledge needs a --reason of its own, once")
    with library():
        import assesslint.policy.envelope  # noqa: F401
    settings = named_settings(config, lang)
    beside = _beside(dict(zip(acknowledge, reason, strict=True)), waivers, parent, settings)
    _publish(Path(draft), Path(key), Path(out), settings, as_of or settings.as_of or date.today(), beside)


def _beside(acknowledged: dict[str, str], waivers: Sequence[str], parent: str | None, settings: Settings) -> Beside:
    """Return what is put before the gate beside the draft. Raises RunError and SourceError for a file that cannot be read."""
    from assesslint.linter.signed import read_whole
    from assesslint.publication.gate import Beside

    envelopes = tuple(read_whole(Path(file)) for file in waivers)
    return Beside(acknowledged, envelopes, (parent, bytes_of(Path(parent), settings)) if parent else None)


def _publish(draft: Path, key: Path, out: Path, settings: Settings, judged_on: date, beside: Beside) -> None:
    from assesslint.linter.signed import read_whole
    from assesslint.policy.envelope import sealed
    from assesslint.policy.keys import secret_key
    from assesslint.policy.trust import read_trust
    from assesslint.publication.folder import refuse_taken, write_folder
    from assesslint.publication.gate import ATTESTATION, judge_paper

    if judged_on < date.today():
        _refuse([(f"不能按过去的日期（{judged_on}）签发", f"it cannot be published as of a past day ({judged_on})")], settings.lang)
    refuse_taken(out)
    settings, rulebook = with_signed_rules(settings)
    secret = secret_key(read_whole(key))
    data = bytes_of(draft, settings)
    judged = judge_paper(draft.name, data, settings, rulebook, judged_on, beside, read_trust().approvers)
    if judged.reasons:
        _show(judged.report, str(draft))
        _refuse(judged.reasons, settings.lang)
    write_folder(out, {**judged.files, ATTESTATION: sealed(judged.statement, secret)})
    names = "、".join(scheme.name for info in judged.report.drafts for scheme in info.schemes)
    zh, en = f"已签发《{names}》，写在 {out}", f"published: {names}, in {out}"
    click.echo("\n".join([zh if settings.lang == "zh" else en, *(f"  {said}" for said in told_of(judged, settings.lang))]))


def _show(report: Report, path: str) -> None:
    """Print the report, with the draft under the name it was given by."""
    from assesslint.reports.text import render_text

    names = {draft.path: path for draft in report.drafts}
    shown = replace(
        report,
        findings=tuple(replace(finding, path=names.get(finding.path, finding.path)) for finding in report.findings),
        notices=tuple(replace(notice, path=names.get(notice.path, notice.path)) for notice in report.notices),
        waived=tuple(replace(each, finding=replace(each.finding, path=path)) for each in report.waived),
        drafts=tuple(replace(draft, path=path) for draft in report.drafts),
    )
    click.echo(render_text(shown), nl=False)


def _refuse(reasons: Iterable[Said], lang: str) -> NoReturn:
    """Tell why nothing was published, and end."""
    zh = lang == "zh"
    click.echo("没有签发：" if zh else "Not published:")
    for reason in reasons:
        click.echo(f"  {reason[0] if zh else reason[1]}")
    sys.exit(REFUSED)
