"""A page of a folder of rules, as it is being written → a Report of all that is wrong with it: what a check of the folder says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from assesslint.findings.model import Report
from assesslint.findings.problems import FolderError, Problem
from assesslint.linter.fixes.example import mend_text
from assesslint.linter.judged import widest_lexicon
from assesslint.linter.pages import judge_text
from assesslint.linter.rule_folder import odd_characters, odd_name, report_on
from assesslint.policy.bases import check_citations
from assesslint.policy.examples import Found, check_fixes, check_page
from assesslint.policy.norms import Norm
from assesslint.policy.pack import FILE, OTHER_FOLDERS, read_pack
from assesslint.policy.rulebook import (
    Rulebook,
    WrittenRule,
    joined,
    name_problems,
    read_own_rules,
    read_rule,
    upper_rules,
    with_cases,
)
from assesslint.reading.kept import KeptReadings
from assesslint.text.source import Source


def folder_of_page(path: Path) -> Path | None:
    """Return the folder of rules that a file is a page of, None where it is none."""
    folder = path.parent.parent
    named = path.suffix == ".md" and path.name != "README.md" and path.parent.name not in OTHER_FOLDERS
    return folder if named and (folder / FILE).is_file() else None


class RuleFolder:
    """A folder of rules as it lies there, whose pages are checked one at a time while they are written."""

    def __init__(self, folder: Path) -> None:
        """Read the folder. Raises RulebookError where it holds more than any repository does."""
        self.folder = folder
        self._pack, faults = read_pack(folder)
        self._own = read_own_rules(folder, self._pack)
        self._upper: Rulebook | None = None
        self._is_sound = not faults
        try:
            self._upper = upper_rules(self._pack)
        except FolderError:
            self._is_sound = False

    @property
    def norms(self) -> Mapping[str, Norm]:
        """The norms that its pages may cite."""
        return self._own.norms

    @property
    def own_norms(self) -> Mapping[str, Norm]:
        """Those of them that lie in the folder itself."""
        return self._own.own_norms

    @property
    def pages(self) -> Mapping[str, str]:
        """Where the page of each of its rules lies in the folder."""
        return {each.page.id: each.page.source.path for each in self._own.written}

    def check(self, page: str, text: str, *, as_of: date | None = None, lang: str = "zh", kept: KeptReadings | None = None) -> Report:
        """Return what is wrong with the page `family/rule-id.md`, whose text is `text` whatever its file holds.

        `kept` are the readings of the examples of an earlier state of it.
        """
        day = as_of or date.today()
        source = Source(page, text.replace("\r\n", "\n").replace("\r", "\n"))
        written, faults = read_rule(source, self._own.norms, self._own.vocabulary)
        unloadable = [*self._name_problems(page), *faults]
        problems = [*odd_name(page), *odd_characters(source), *unloadable]
        if written is not None:
            problems += check_citations(written, self._own.norms, self._pack, day)
            if self._is_sound and not any(problem.severity == "error" for problem in unloadable):
                problems += self._example_problems(written, kept, day)
        of_page = (problem for problem in problems if Path(problem.path).with_suffix("") == Path(page).with_suffix(""))
        return report_on(of_page, day, lang, "error", files=1, rules=int(written is not None))

    def _name_problems(self, page: str) -> list[Problem]:
        return name_problems(page, {each.page.id: each for each in self._own.written if each.page.source.path < page})

    def _example_problems(self, written: WrittenRule, kept: KeptReadings | None, day: date) -> list[Problem]:
        """Return which examples of the page do not come out as it says; also, what keeps the rule from standing beside the others."""
        rule = written.page.id

        def judged(kind: str, text: str) -> list[Found]:
            try:
                return judge_text(rulebook, kind, text, frozenset({rule}), kept, day)
            except Exception as error:
                return [Found("rule-error", "error", message=f"{type(error).__name__}: {error}")]

        try:
            rulebook = joined(self._upper, self._with(written))
            widest_lexicon(rulebook)
            if not rulebook.in_force(rule, day):
                return []
            page = with_cases(written.page, self.folder)
            mended = partial(mend_text, rulebook, day=day)
            return [*check_page(page, judged), *(check_fixes(page, written.rule, mended) if written.rule else ())]
        except FolderError as error:
            return list(error.problems)

    def _with(self, written: WrittenRule) -> Rulebook:
        """Return the folder's own rules with the one written in its place."""
        others = tuple(each for each in self._own.written if each.page.id != written.page.id)
        own = replace(self._own, written=(*others, written))
        digest = sha256(written.page.source.text.encode("utf-8", "replace")).hexdigest()
        return Rulebook(self.folder, own.rules, digest, (), (self._pack,), dict.fromkeys(own.rules, 0))
