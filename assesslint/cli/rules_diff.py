"""`assesslint rules diff OLD NEW`: what changed between two rule repositories, by text, by proof and by replay."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import DRAFTS, PACK, lang_option

if TYPE_CHECKING:
    from assesslint.proof.difference import Replayed, RuleChange, Slip


@click.command("diff", cls=Command, short_help="比较两个版本的规则 / compare two versions of rules")
@click.argument("old", type=PACK, metavar="OLD")
@click.argument("new", type=PACK, metavar="NEW")
@click.option("--drafts", multiple=True, type=DRAFTS, help="在这些草案上重放 / replay on these drafts")
@lang_option
def diff_rules(old: str, new: str, drafts: tuple[str, ...], lang: str | None) -> None:
    """说明两个版本的规则有何不同：逐条列出改动，证明哪些草案原来通不过而现在能通过(或相反)，并在草案上重放。

    OLD、NEW 是规则文件夹、zip 包，或 git 版本(如 main、v1.2:rules)。

    Tell what changed: rule by rule, by proof (a draft that one side rejects and the other lets pass), and by replay on drafts. OLD and NEW
    are folders, zips, or git revisions.
    """
    from datetime import date

    from assesslint.linter.errors import RunError
    from assesslint.linter.judged import widest_lexicon
    from assesslint.linter.pages import open_folder
    from assesslint.policy.sources import SourceError, opened
    from assesslint.proof.difference import changes, replay
    from assesslint.proof.replayed import read_twice

    lang = lang or "zh"
    day = date.today()
    try:
        with opened(old) as first, opened(new) as second:
            before, after = open_folder(str(first)), open_folder(str(second))
            found = list(changes(before, after, day))
            words = widest_lexicon(before), widest_lexicon(after)
            replayed = list(replay(before, after, read_twice(drafts, (before, after), words), day))
            lines = [*(line for change in found for line in _change(change, lang)), *_replayed(replayed, lang)]
    except SourceError as error:
        raise RunError(error.zh, error.en) from error
    click.echo("\n".join([*lines, _summary(found, replayed, lang)]))
    sys.exit(1 if found or replayed else 0)


def _change(change: RuleChange, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    kinds = {"added": ("新增", "added"), "removed": ("删去", "removed"), "changed": ("改动", "changed")}
    yield f"{change.rule}  {kinds[change.kind][0 if zh else 1]}"
    yield from (f"  {told[0 if zh else 1]}" for told in change.told)
    if change.passed_now is not None:
        yield from _slip(change.passed_now, *("原来指出、现在通过", "rejected before, let pass now"), lang)
    if change.rejected_now is not None:
        yield from _slip(change.rejected_now, *("原来通过、现在指出", "let pass before, rejected now"), lang)
    yield ""


def _slip(slip: Slip, title_zh: str, title_en: str, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    title = title_zh if zh else title_en
    if slip.draft is not None:
        yield f"  {title}{'：' if zh else ':'}"
        yield from (f"    {line}" for line in slip.draft.text.rstrip("\n").split("\n"))
    elif slip.proved:
        yield f"  {title}：已证明没有这样的草案" if zh else f"  {title}: proved that there is no such draft"
    else:
        yield f"  {title}：不知道有没有这样的草案" if zh else f"  {title}: unknown whether there is such a draft"


def _replayed(found: list[Replayed], lang: str) -> Iterator[str]:
    zh = lang == "zh"
    for one in found:
        what = ("新指出" if zh else "gained") if one.gained else ("不再指出" if zh else "lost")
        yield f"{one.draft}  {what}  {one.rule} “{one.excerpt}”"
    if found:
        yield ""


def _summary(found: list[RuleChange], replayed: list[Replayed], lang: str) -> str:
    gained = sum(one.gained for one in replayed)
    lost = len(replayed) - gained
    if lang == "zh":
        return f"{len(found)} 条规则有不同；重放中新指出 {gained} 处，不再指出 {lost} 处"
    return f"{len(found)} rules differ; on replay {gained} findings gained, {lost} lost"
