"""Where rules lie → the rules; the draft of an example → what they object to in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assesslint.documents.draft import read_draft
from assesslint.findings.problems import FolderError
from assesslint.linter.errors import RunError
from assesslint.linter.judged import judge_scheme, widest_lexicon
from assesslint.policy.examples import Found, found_by
from assesslint.policy.pack import installed_pack
from assesslint.policy.problems import RulebookError
from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.reading.kept import KeptReadings

SUFFIXES = {"scheme": ".assess", "text": ".txt"}
"""The kind of file that each kind of example stands for."""


def open_folder(folder: str) -> Rulebook:
    """Return the rules of a folder. Raises RunError when there is no such folder, RulebookError when they or their words do not load."""
    rulebook = load_rulebook(folder_of(folder))
    try:
        widest_lexicon(rulebook)
    except FolderError as error:
        raise RulebookError(error.problems) from error
    return rulebook


def folder_of(folder: str) -> Path:
    """Return the folder of rules that `folder` names: itself, what a zip holds, or an installed pack. Raises RunError for none."""
    if Path(folder).is_dir():
        return Path(folder)
    if not Path(folder.partition("#")[0]).is_file():
        installed = installed_pack(folder)
        if installed is not None:
            return installed
        raise RunError(f"没有规则文件夹 {folder}", f"There is no folder of rules {folder}")
    from assesslint.policy.sources import SourceError, opened_for_the_run

    try:
        return opened_for_the_run(folder)
    except SourceError as error:
        raise RunError(error.zh, error.en) from error


def judge_text(
    rulebook: Rulebook,
    kind: str,
    text: str,
    selected: frozenset[str] | None = None,
    kept: KeptReadings | None = None,
    day: date | None = None,
) -> list[Found]:
    """Return every objection of the selected rules, all when None, to the draft of an example on a day (today), and its faults."""
    draft = read_draft(f"example{SUFFIXES[kind]}", text.encode("utf-8"))
    found = [Found(finding.rule, finding.severity, message=finding.message) for finding in draft.findings]
    for scheme in draft.schemes:
        _, objections = judge_scheme(rulebook, scheme, draft.source, day or date.today(), selected=selected, kept=kept)
        found += map(found_by, objections)
    return found
