"""`assesslint rules diff OLD NEW`: what changed between two rule repositories, by text, by proof and by replay."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import DRAFTS, PACK, as_of_option, lang_option
from assesslint.findings.model import SEVERITY_NAMES

if TYPE_CHECKING:
    from assesslint.policy.changes import WordChange
    from assesslint.proof.difference import RuleChange, Slip
    from assesslint.proof.replayed import Replayed

MOST_OF_A_RULE = 10
"""Findings of one rule gained or lost on replay that are told one by one; the others are counted."""

MOST_OF_A_MEANING = 12
"""Words of one meaning that are told one by one; the others are counted."""


@click.command("diff", cls=Command, short_help="比较两个版本的规则 / compare two versions of rules")
@click.argument("old", type=PACK, metavar="OLD")
@click.argument("new", type=PACK, metavar="NEW")
@click.option("--drafts", multiple=True, type=DRAFTS, help="在这些草案上重放，不用例子 / replay on these drafts, not on the examples")
@as_of_option
@lang_option
def diff_rules(old: str, new: str, drafts: tuple[str, ...], as_of: date | None, lang: str | None) -> None:
    """说明两个版本的规则有何不同：逐条列出改动，证明哪些草案原来通不过而现在能通过（或相反），并在草案上重放。

    OLD、NEW 是规则文件夹、zip 包、已安装的规则包的名称（如 central），或 git 版本（如 main、v1.2:rules）。

    Tell what changed: rule by rule, by proof (a draft that one side rejects and the other lets pass), and by replay on drafts. OLD and NEW
    are folders, zips, names of installed packs (such as central), or git revisions.
    """
    from assesslint.linter.pages import open_folder
    from assesslint.policy.changes import word_changes
    from assesslint.policy.sources import opened
    from assesslint.proof.difference import changes
    from assesslint.proof.replayed import as_checked, drafts_at, examples_of, replay

    lang, day = lang or "zh", as_of or date.today()
    with opened(old) as first, opened(new) as second:
        before, after = open_folder(str(first)), open_folder(str(second))
        found = list(changes(before, after, day))
        words = list(word_changes(before, after))
        replayed = drafts_at(drafts, lang) if drafts else examples_of(before, after) if before.digest != after.digest else ()
        differing = list(replay(as_checked(before, day), as_checked(after, day), replayed))
        lines = [line for change in found for line in _change(change, lang)]
    lines += [*(line for change in words for line in _words(change, lang)), *_replayed(differing, lang)]
    click.echo("\n".join([*lines, _summary(len(found), len(words), differing, lang)]))
    sys.exit(1 if found or words or differing else 0)


def _change(change: RuleChange, lang: str) -> Iterator[str]:
    """Yield what became of a rule, and the drafts that show it."""
    zh = lang == "zh"
    kinds = {"added": ("新增", "added"), "removed": ("删去", "removed"), "changed": ("改动", "changed")}
    yield f"{change.rule}  {kinds[change.kind][0 if zh else 1]}"
    yield from (f"  {told[0 if zh else 1]}" for told in change.told)
    yield from _slip(change.passed_now, *("原来指出、现在通过", "rejected before, let pass now"), lang)
    yield from _slip(change.rejected_now, *("原来通过、现在指出", "let pass before, rejected now"), lang)
    for slips, zh_now, en_now in ((change.milder_now, "现在较轻", "milder now"), (change.severer_now, "原来较轻", "milder before")):
        for slip in slips:
            was_zh, was_en = (SEVERITY_NAMES[each][slip.was] for each in ("zh", "en"))
            then_zh, then_en = ("原来", "before") if slips is change.milder_now else ("现在", "now")
            yield from _slip(slip, f"{then_zh}是{was_zh}、{zh_now}", f"an {was_en} {then_en}, {en_now}", lang)
    yield ""


def _words(change: WordChange, lang: str) -> Iterator[str]:
    """Yield the words that mean something now or no longer do, a line each; what an altered one was stands below it."""
    told = sorted([(word, "+") for word in change.added] + [(word, "-") for word in change.gone])
    yield f"词语 {change.meaning}" if lang == "zh" else f"words of {change.meaning}"
    yield from (f"  {sign} {word}" for word, sign in told[:MOST_OF_A_MEANING])
    if len(told) > MOST_OF_A_MEANING:
        more = len(told) - MOST_OF_A_MEANING
        yield f"  ……另有 {more} 个" if lang == "zh" else f"  … and {more} more"
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


def _replayed(found: Sequence[Replayed], lang: str) -> Iterator[str]:
    """Yield the findings that differ, the first of each rule and how many there are besides."""
    zh = lang == "zh"
    for gained in (False, True):
        of_rules: dict[str, list[Replayed]] = {}
        for one in found:
            if one.gained == gained:
                of_rules.setdefault(one.rule, []).append(one)
        what = ("新指出" if zh else "gained") if gained else ("不再指出" if zh else "lost")
        for rule, ones in sorted(of_rules.items()):
            yield from (f"{one.draft.name}  {what}  {rule} “{one.excerpt}”" for one in ones[:MOST_OF_A_RULE])
            if len(ones) > MOST_OF_A_RULE:
                more = len(ones) - MOST_OF_A_RULE
                yield f"……{rule} {what}的另有 {more} 处" if zh else f"… and {more} more of {rule} {what}"
    if found:
        yield ""


def _summary(rules: int, meanings: int, replayed: Sequence[Replayed], lang: str) -> str:
    gained = sum(one.gained for one in replayed)
    lost = len(replayed) - gained
    if lang == "zh":
        words = f"，{meanings} 类词语有不同" if meanings else ""
        return f"{rules} 条规则有不同{words}；重放中新指出 {gained} 处，不再指出 {lost} 处"
    words = f", so do the words of {meanings} meanings" if meanings else ""
    return f"{rules} rules differ{words}; on replay {gained} findings gained, {lost} lost"
