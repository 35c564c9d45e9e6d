"""`assesslint rules` lists the rules; its commands check, test, prove, compare and document a folder of them."""

from __future__ import annotations

import sys
from datetime import date

import click

from assesslint.cli.manual import Group
from assesslint.cli.options import DRAFTS, PACK, RULE, as_of_option, config_option, lang_option, rules_option
from assesslint.cli.reports import destinations, report_options
from assesslint.cli.rules_diff import diff_rules
from assesslint.cli.rules_docs import docs
from assesslint.cli.rules_new import new_rule
from assesslint.cli.rules_sign import sign, trust
from assesslint.findings.model import SEVERITIES
from assesslint.text.source import cells

STATUSES = {"zh": {"preview": "试行", "deprecated": "将停用"}, "en": {"preview": "preview", "deprecated": "deprecated"}}

SHARE = click.FloatRange(0, 1)


@click.group(cls=Group, invoke_without_command=True, short_help="列出或核对规则 / list or check rules")
@lang_option
@config_option
@rules_option
@click.pass_context
def rules(context: click.Context, lang: str | None, config: str | None, rules_folder: str | None) -> None:
    """列出全部规则：类别、名称、程度、标题；试行的、将停用的另外注明。

    List the rules: family, id, severity, title, and which are in preview or deprecated.
    """
    if context.invoked_subcommand is not None:
        return
    from assesslint.findings.model import SEVERITY_NAMES
    from assesslint.linter.check import open_rulebook
    from assesslint.linter.configuration import resolve_settings

    settings = resolve_settings([], config, lang=lang, rules=rules_folder)
    names = SEVERITY_NAMES[settings.lang]
    rows = []
    for rule in open_rulebook(settings).rules.values():
        severities = sorted({case.severity for case in rule.cases}, key=SEVERITIES.index)
        status = STATUSES[settings.lang].get(rule.status, "")
        rows.append((rule.family, rule.id, "/".join(names[s] for s in severities), rule.title[settings.lang], status))
    click.echo("\n".join(_columns(sorted(rows))))


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Return the rows as lines whose columns stand under each other in a terminal."""
    widths = [max(cells(row[at]) for row in rows) for at in range(len(rows[0]))] if rows else []
    return ["  ".join(word + " " * (width - cells(word)) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]


@rules.command("check", short_help="核对规则文件夹 / check a folder of rules")
@click.argument("folder", type=PACK, metavar="DIR")
@report_options
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="error", help="从哪一级起算不通过，默认 error / mildest level that fails")
@as_of_option
@lang_option
def check_rules(
    folder: str,
    form: str | None,
    output: tuple[tuple[str | None, str], ...],
    force: bool,
    fail_on: str,
    as_of: date | None,
    lang: str | None,
) -> None:
    """核对规则文件夹：规则页、例子、规定、词表、字符、日期、程度，逐处指出错处和改法。

    Check a folder of rules: pages, examples, norms, words, characters, dates and severities, and say what to do about each fault.
    """
    from assesslint.cli.outputs import Replacing
    from assesslint.linter.rule_folder import check_folder

    reports = destinations(form, output, [folder], Replacing(force=force))
    report = check_folder(folder, as_of=as_of, lang=lang or "zh", fail_on=fail_on)
    reports.send(report)
    sys.exit(report.exit_code)


@rules.command("test", short_help="用例子检验规则 / try rules on their examples")
@click.argument("folder", type=PACK, metavar="DIR")
@click.option("--rule", "only", multiple=True, type=RULE, help="只看这些规则 / only these rules")
@click.option("--least-coverage", type=SHARE, default=1.0, show_default=True, help="条件覆盖率下限 / least condition coverage")
@click.option("--least-mutation", type=SHARE, default=0.95, show_default=True, help="变异得分下限 / least mutation score")
@as_of_option
@lang_option
def test_rules(
    folder: str, only: tuple[str, ...], least_coverage: float, least_mutation: float, as_of: date | None, lang: str | None
) -> None:
    """逐个运行例子，看每个条件是否两面都有例子，并逐处改动规则，看例子能否察觉。

    Run every example, see whether each condition is met both ways, and alter each rule place by place: some example has to notice.
    """
    from assesslint.linter.pages import open_folder
    from assesslint.proof.tested import score, try_rules

    lang = lang or "zh"
    zh = lang == "zh"
    tested = try_rules(open_folder(folder), as_of or date.today(), only)
    for one in tested:
        for problem in (*one.failures, *one.uncovered, *one.survivors):
            click.echo(problem.text(lang))
    if any(one.equivalent for one in tested):
        click.echo("求解器证明不改变规则的改动，不计：" if zh else "Alterations that a solver proves to change nothing, not counted:")
    for one in tested:
        for problem in one.equivalent:
            click.echo(f"  {problem.text(lang)}")
    total = score(tested)
    for one in tested:
        click.echo(
            f"{one.rule}：例子 {one.examples} 个，条件 {one.covered}/{one.conditions}，变异 {one.killed}/{one.mutants}"
            if zh
            else f"{one.rule}: {one.examples} examples, conditions {one.covered}/{one.conditions}, mutants {one.killed}/{one.mutants}"
        )
    click.echo(
        f"共 {len(tested)} 条规则：例子失败 {total.failures} 处，条件覆盖 {total.coverage:.1%}，变异得分 {total.mutation:.1%}"
        if zh
        else f"{len(tested)} rules: {total.failures} failures, condition coverage {total.coverage:.1%}, mutation score {total.mutation:.1%}"
    )
    sys.exit(1 if total.failures or total.coverage < least_coverage or total.mutation < least_mutation else 0)


@rules.command("prove", short_help="用求解器证明规则 / put rules to a solver")
@click.argument("folder", type=PACK, metavar="DIR")
@click.option("--rule", "only", multiple=True, type=RULE, help="只看这些规则 / only these rules")
@click.option("--conforms-to", "upper", type=PACK, help="证明不比上级规则宽 / show that it is no laxer than these")
@click.option("--drafts", multiple=True, type=DRAFTS, help="同时在这些草案上重放 / replay on these drafts too")
@as_of_option
@lang_option
def prove_rules(
    folder: str, only: tuple[str, ...], upper: str | None, drafts: tuple[str, ...], as_of: date | None, lang: str | None
) -> None:
    """为每条规则找一份会触发它的草案和一份只差一处而不触发的草案，并指出永不触发、总是触发、被别的规则涵盖的规则。

    Find for each rule a draft that sets it off and one, a single value away, that does not; name rules that never or always object, and
    those that others cover.
    """
    from assesslint.linter.errors import RunError
    from assesslint.linter.pages import folder_of, open_folder

    lang, day = lang or "zh", as_of or date.today()
    try:
        from assesslint.proof.proved import prove_rules as prove
    except ModuleNotFoundError as error:
        raise RunError(
            "证明规则需要另外安装求解器，请运行 pip install 'assesslint[proof]'",
            "Proving rules needs a solver, which is not installed; run pip install 'assesslint[proof]'",
        ) from error
    from assesslint.proof.told import render_conformity, render_proofs

    if upper is not None:
        from assesslint.proof.conformity import conformity
        from assesslint.proof.replayed import drafts_at

        answer = conformity(folder_of(folder), open_folder(upper), tuple(drafts_at(drafts, lang)), day)
        click.echo(render_conformity(answer, lang), nl=False)
        sys.exit(0 if answer.conforms else 1)
    proofs, related = prove(open_folder(folder), day, only)
    click.echo(render_proofs(proofs, related, lang), nl=False)
    sys.exit(0 if all(proof.sound for proof in proofs) else 1)


for command in (diff_rules, docs, new_rule, sign, trust):
    rules.add_command(command)
