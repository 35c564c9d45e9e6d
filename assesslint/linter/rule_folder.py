"""A folder of rules → a Report of all that is wrong with it: pages, examples, norms, words, characters, dates and severities."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path, PurePath

from assesslint.findings.model import Counts, Edit, Finding, Fix, Notice, Report
from assesslint.findings.problems import LONGEST, NOTICE, FolderError, Problem, did_you_mean, problem_at
from assesslint.linter.faults import fault_info
from assesslint.linter.fixes.example import mend_text
from assesslint.linter.pages import folder_of, judge_text
from assesslint.policy.bases import check_bases
from assesslint.policy.examples import Found, check_examples
from assesslint.policy.pack import Pack, page_files, read_pack
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import Rulebook, joined, read_own_rules, rulebook_of, upper_rules
from assesslint.policy.sources import SUFFIXES
from assesslint.reading.entries import ClassEntry, LexiconError, Told, read_entries
from assesslint.reading.lexicon_faults import check_words
from assesslint.scheme.vocabulary import ObjectKind
from assesslint.text.files import MOST_FILES, MOST_WORDS, UnreadError, read_text
from assesslint.text.location import Position, TextLocation
from assesslint.text.lookalikes import Lookalike, find_lookalikes
from assesslint.text.resources import resource
from assesslint.text.source import Source, Span

VOCABULARY = "vocabulary.toml"
HIDDEN, CONFUSABLE, STRAY = "hidden-character", "confusable-character", "stray-file"

_RULE = re.compile(r"^```+ *rule\b", re.MULTILINE)

MOST_OF_A_FILE = 20
"""Odd characters told of one file; where there are more, the file as a whole is suspect."""


def check_folder(folder: str, *, as_of: date | None = None, lang: str = "zh", fail_on: str = "error") -> Report:
    """Return what is wrong with a folder of rules, or with what a zip holds. Raises RunError when there is no such folder."""
    top = folder_of(folder)
    day = as_of or date.today()
    files = _files(top)
    problems: list[Problem] = []
    rules: list[str] = []
    try:
        if len(files) > MOST_FILES:
            zh = f"文件超过 {MOST_FILES} 个，没有核对：是不是指错了文件夹？"
            en = f"there are more than {MOST_FILES} files, nothing was checked; is this the folder you mean?"
            raise FolderError([Problem(folder, 1, 1, zh, en, kind=STRAY)])
        problems += _file_problems(top, files)
        _add_rule_problems(top, day, problems, rules)
    except FolderError as error:
        problems += error.problems
    return report_on(_placed(problems, folder, top), day, lang, fail_on, files=len(files), rules=len(rules))


def _placed(problems: Iterable[Problem], folder: str, top: Path) -> Iterator[Problem]:
    """Yield problems with the paths of their files as they are from where the command runs, which is where CI and editors look for them."""
    named = Path(folder.partition("#")[0])
    within = named if named.exists() else top
    for problem in problems:
        whole = problem.path in (folder, str(top))
        yield problem if whole else replace(problem, path=(within / problem.path).as_posix())


def _files(top: Path) -> list[Path]:
    """Return the files that may belong to a repository, at most one more than it may have; hidden folders are left out."""

    def walk() -> Iterator[Path]:
        for folder, folders, names in os.walk(top):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(names) if PurePath(name).suffix.lower() in SUFFIXES)

    return list(islice(walk(), MOST_FILES + 1))


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _file_problems(top: Path, files: Iterable[Path]) -> Iterator[Problem]:
    """Yield what is wrong with files whatever they hold: where they lie, and the characters they are written in."""
    pages = set(page_files(top))
    for path in files:
        shown = path.relative_to(top).as_posix()
        yield from odd_name(shown)
        with suppress(UnreadError):  # said where the file is read for what it holds
            source = Source(shown, read_text(path, MOST_WORDS, top))
            if path.suffix == ".md" and path not in pages and (rule := _RULE.search(source.text)):
                zh = "这条规则不会被读到：规则页应放在 类别/规则名.md，不深也不浅"
                en = "this rule is never read: its page should lie at family/rule-id.md"
                yield problem_at(source, Span(*rule.span()), zh, en, "warning", kind=STRAY)
            if shown == VOCABULARY and top != resource("rules") and source.text != _central_vocabulary():
                zh = "这个词汇表不会被读到：用的是程序自带的；规则包要加对象种类，写在 pack.toml 的 [object_kinds]"
                en = "this vocabulary is never read, that of the program is; a pack adds kinds of object in pack.toml, [object_kinds]"
                yield problem_at(source, Span(0, 0), zh, en, "warning", kind=STRAY)
            if path.suffix == ".csv" and path.with_suffix(".md") not in pages:
                zh = "这个表的例子不会被试：它旁边应有同名的规则页"
                en = "the cases of this table are never tried: the page of a rule of the same name should lie beside it"
                yield problem_at(source, Span(0, 0), zh, en, "warning", kind=STRAY)
            yield from odd_characters(source)


def _central_vocabulary() -> str:
    return (resource("rules") / VOCABULARY).read_text(encoding="utf-8")


def odd_name(shown: str) -> Iterator[Problem]:
    """Yield the characters of a file's name that are none of those they look like, or look like nothing."""
    for odd in find_lookalikes(shown):
        yield Problem(shown, 1, 1, f"文件名里{odd.zh}", f"in the file's name: {odd.en}", kind=_kind(odd))


def _kind(odd: Lookalike) -> str:
    return CONFUSABLE if odd.meant else HIDDEN


def odd_characters(source: Source) -> Iterator[Problem]:
    """Yield the characters of a file that are none of those they look like, or look like nothing."""
    found = list(islice(find_lookalikes(source.text), MOST_OF_A_FILE + 1))
    for odd in found[:MOST_OF_A_FILE]:
        deceives = not odd.meant or odd.in_word or not source.path.endswith(".md")
        fix = Fix((Edit(odd.span, odd.meant),), safe=True)
        yield problem_at(source, odd.span, odd.zh, odd.en, "error" if deceives else "warning", kind=_kind(odd), fix=fix)
    if len(found) > MOST_OF_A_FILE:
        zh, en = f"这样的字符超过 {MOST_OF_A_FILE} 个，其余不再列出", f"more than {MOST_OF_A_FILE} such characters; the rest are not listed"
        yield problem_at(source, found[-1].span, zh, en, "warning", kind=_kind(found[-1]))


# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _add_rule_problems(top: Path, day: date, problems: list[Problem], sound: list[str]) -> None:
    """Add what is wrong with pack, pages, norms, words and examples, and the names of the rules that are sound by themselves.

    Raises FolderError where what is wrong leaves nothing more to look at.
    """
    pack, faults = read_pack(top)
    problems += faults
    own = read_own_rules(top, pack)
    problems += own.problems
    sound += own.rules
    problems += check_bases(own, pack, day)
    upper = _upper(pack, problems)
    words_are_sound = _check_words(pack, upper, problems)
    if (upper is None) == (not pack.extends) and words_are_sound and not faults and not _has_error(own.problems):
        rules = rulebook_of(top, pack, own)
        problems += _example_problems(joined(upper, rules), day)


def _has_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _upper(pack: Pack, problems: list[Problem]) -> Rulebook | None:
    """Return the rules above a pack; none where they do not load, which is added to the problems."""
    try:
        return upper_rules(pack)
    except RulebookError as error:
        problems += error.problems
        return None


def _check_words(pack: Pack, upper: Rulebook | None, problems: list[Problem]) -> bool:
    """Add what is wrong with the words of a pack, and tell whether drafts can be read with them."""
    if pack.lexicon is None:
        return True
    above: list[Told] = []
    packs = [each for each in (upper.packs if upper else ()) if each.lexicon is not None]
    folders = [each.lexicon for each in packs if each.lexicon is not None]
    for each in packs:
        entries, faults = _entries(each, above, f"{each.id}/")
        above += entries
        problems += faults
    own, faults = _entries(pack, above)
    kinds = {name: kind for each in (*(upper.packs if upper else ()), pack) for name, kind in each.object_kinds.items()}
    faults += _variety_faults(own, kinds)
    problems += faults
    if faults:
        return False
    try:
        problems += check_words(own, above, (*folders, pack.lexicon))
    except LexiconError as error:
        problems += (replace(p, path=Path(p.path).relative_to(pack.folder).as_posix()) for p in error.problems)
        return False
    return True


def _variety_faults(own: Iterable[Told], kinds: Mapping[str, ObjectKind]) -> Iterator[Problem]:
    """Yield the words of a pack for kinds of object that no pack adds, or adds under another kind than these words mean."""
    for told in own:
        if isinstance(told.entry, ClassEntry) or (variety := told.entry.variety) is None:
            continue
        if variety not in kinds:
            zh, en = did_you_mean(variety, kinds)
            said = f"没有“{variety}”这种对象{zh}，应先写在 pack.toml 的 [object_kinds]", f"no pack adds the kind of object “{variety}”{en}"
            yield told.problem(*said, "variety")
        elif told.entry.meant[0] == "object" and told.entry.meaning != (meant := f"object.{kinds[variety].under}"):
            zh = f'“{variety}”属于 {kinds[variety].under}，应写 is = "{meant}"，上级规则才看得见'
            yield told.problem(zh, f'“{variety}” is under {kinds[variety].under}: write is = "{meant}", as which the rules above see it')


def _entries(pack: Pack, above: Sequence[Told], prefix: str = "") -> tuple[list[Told], list[Problem]]:
    """Return the words of a pack, in files that problems name as they lie in it, and what is wrong with them."""
    files = sorted(pack.lexicon.glob("*.toml")) if pack.lexicon else []
    return read_entries(files, lambda path: prefix + path.relative_to(pack.folder).as_posix(), above)


def _example_problems(rulebook: Rulebook, day: date) -> list[Problem]:
    def judged(kind: str, text: str) -> list[Found]:
        try:
            return judge_text(rulebook, kind, text, day=day)
        except Exception as error:
            return [Found("rule-error", "error", message=f"{type(error).__name__}: {error}")]

    def mended(kind: str, text: str, rule: str) -> str:
        try:
            return mend_text(rulebook, kind, text, rule, day)
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    return check_examples(rulebook, day, judged, mended)


# ── the report ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def report_on(problems: Iterable[Problem], day: date, lang: str, fail_on: str, *, files: int, rules: int) -> Report:
    """Return the report on so many files and rules."""
    told = sorted(dict.fromkeys(problems))
    findings = tuple(_finding(problem, lang) for problem in told if problem.severity != NOTICE)
    notices = tuple(_notice(problem, lang) for problem in told if problem.severity == NOTICE)
    kinds = sorted({finding.rule for finding in findings})
    return Report(
        day,
        findings,
        notices,
        counts=Counts(files=files, rules_selected=rules),
        rules={kind: fault_info(kind, lang) for kind in kinds},
        lang=lang,
        fail_on=fail_on,
        of_rules=True,
    )


def _finding(problem: Problem, lang: str) -> Finding:
    return Finding(
        problem.kind,
        fault_info(problem.kind, lang).family,
        problem.severity,
        problem.zh if lang == "zh" else problem.en,
        problem.path,
        location=_location(problem),
        excerpt=_excerpt(problem),
        fix=problem.fix.located(problem.source) if problem.fix and problem.source else None,
        source=problem.source if problem.span else None,
        span=problem.span,
    )


def _excerpt(problem: Problem) -> str:
    if problem.source is None or problem.span is None:
        return ""
    return problem.source.text[problem.span.start : min(problem.span.end, problem.span.start + LONGEST)]


def _notice(problem: Problem, lang: str) -> Notice:
    return Notice(problem.kind, problem.zh if lang == "zh" else problem.en, problem.path, _location(problem))


def _location(problem: Problem) -> TextLocation:
    if problem.source and problem.span:
        return TextLocation(problem.source.position(problem.span.start), problem.source.position(problem.span.end))
    place = Position(problem.line, problem.column)
    return TextLocation(place, place)
