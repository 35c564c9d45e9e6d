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

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assesslint.findings.model import Report
    from assesslint.linter.settings import Settings
    from assesslint.policy.rulebook import Rulebook
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
@lang_option
def publish(
    draft: str,
    key: str,
    out: str,
    config: str | None,
    as_of: date | None,
    acknowledge: tuple[str, ...],
    reason: tuple[str, ...],
    lang: str | None,
) -> None:
    """检查一份草案，通过的连同方案、报告和签名的证明写进一个新文件夹，以后谁都可以用 assesslint verify 核验。

    Judge one draft; if it passes, write it with its scheme, its report and a signed attestation into a new folder that
    anybody can verify. Only the configuration named is followed; waivers are not.
    """
    from assesslint.linter.errors import RunError
    from assesslint.linter.signed import NO_LIBRARY

    if len(acknowledge) != len(reason) or not all(map(str.strip, reason)) or len({*acknowledge}) < len(acknowledge):
        raise click.UsageError("每个 --acknowledge 要有一个 --reason，不重复 / each --acknowledge needs a --reason of its own, once")
    try:
        import assesslint.policy.envelope  # noqa: F401
    except ModuleNotFoundError as error:
        raise RunError(*NO_LIBRARY) from error
    settings = _settings(config, lang)
    judged_on = as_of or settings.as_of or date.today()
    _publish(Path(draft), Path(key), Path(out), settings, judged_on, dict(zip(acknowledge, reason, strict=True)))


def _publish(draft: Path, key: Path, out: Path, settings: Settings, judged_on: date, acknowledged: Mapping[str, str]) -> None:
    from assesslint.linter.errors import RunError
    from assesslint.linter.signed import read_whole
    from assesslint.policy.envelope import sealed
    from assesslint.policy.keys import secret_key
    from assesslint.policy.sources import SourceError
    from assesslint.publication.folder import refuse_taken, write_folder
    from assesslint.publication.gate import ATTESTATION, judge_paper

    if judged_on < date.today():
        _refuse([(f"不能按过去的日期({judged_on})签发", f"it cannot be published as of a past day ({judged_on})")], settings.lang)
    refuse_taken(out)
    settings, rulebook = _with_rules(settings)
    try:
        secret = secret_key(read_whole(key))
        judged = judge_paper(draft.name, _bytes(draft, settings), settings, rulebook, judged_on, acknowledged)
    except SourceError as error:
        raise RunError(error.zh, error.en) from error
    if judged.reasons:
        _show(judged.report, str(draft))
        _refuse(judged.reasons, settings.lang)
    write_folder(out, {**judged.files, ATTESTATION: sealed(judged.statement, secret)})
    names = "、".join(scheme.name for info in judged.report.drafts for scheme in info.schemes)
    zh, en = f"已签发《{names}》，写在 {out}", f"published: {names}, in {out}"
    click.echo("\n".join([zh if settings.lang == "zh" else en, *(f"  {said}" for said in judged.report.in_force)]))


def _settings(config: str | None, lang: str | None) -> Settings:
    """Return what the configuration named says, and the usual settings where none is. Raises RunError where it cannot be followed."""
    from assesslint.linter.configuration import read_configuration
    from assesslint.linter.errors import RunError
    from assesslint.linter.settings import Settings

    settings = read_configuration(Path(config)) if config else Settings()
    if settings.severity_by_path:
        zh = f"{config}: severity-by-path 按路径分轻重，签发的一份文件没有路径可分，请删去或改用 severity"
        raise RunError(zh, f"{config}: severity-by-path judges by paths, and what is published has none; use severity")
    return replace(settings, lang=lang or settings.lang)


def _with_rules(settings: Settings) -> tuple[Settings, Rulebook]:
    """Return the rules to judge by, and the settings in their words.

    Rules must be signed unless they are the central ones, since nobody could verify what others judged.
    """
    from assesslint.linter.check import open_rulebook
    from assesslint.linter.selection import choose_rules, redirect

    rulebook = open_rulebook(replace(settings, require_signed=True))
    settings, _ = redirect(settings, rulebook.removed)
    choose_rules(rulebook, settings, date.today())  # what is wrong in the configuration is told with its line
    return settings, rulebook


def _bytes(draft: Path, settings: Settings) -> bytes:
    from assesslint.findings.model import Finding
    from assesslint.linter.errors import RunError
    from assesslint.linter.inputs import Input, is_folder, read_bytes

    if is_folder(draft):
        raise RunError(f"{draft} 是文件夹；一次签发一份草案，请写明文件", f"{draft} is a folder; name the file of one draft")
    data = read_bytes(Input(str(draft), draft), settings.limits.max_bytes, settings.lang)
    if isinstance(data, Finding):
        raise RunError(f"{draft}: {data.message}", f"{draft}: {data.message}")
    return data


def _show(report: Report, path: str) -> None:
    """Print the report, with the draft under the name it was given by."""
    from assesslint.reports.text import render_text

    shown = replace(
        report,
        findings=tuple(replace(finding, path=path) for finding in report.findings),
        notices=tuple(replace(notice, path=path) for notice in report.notices),
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
