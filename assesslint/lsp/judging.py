"""A document as it stood and the folder it lies in → what the linter says of it: the same as a check of the file saved so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assesslint.findings.model import Report
from assesslint.findings.problems import FolderError
from assesslint.linter.baseline import compare, read_baseline
from assesslint.linter.check import Superiors, judge_met
from assesslint.linter.errors import RunError
from assesslint.linter.fingerprint import scheme_key
from assesslint.linter.inputs import Input, path_fits
from assesslint.linter.rule_page import folder_of_page
from assesslint.lsp.documents import PAGE, View
from assesslint.lsp.folders import Folder
from assesslint.reading.kept import KeptReadings
from assesslint.scheme.model import Scheme

MOST_BYTES = 1_000_000
"""Size of a document beyond which it is not judged while it is written; of text, that is five hundred pages."""

MOST_PROBLEMS = 5
"""Problems told of rules that do not load."""


@dataclass(frozen=True)
class Judged:
    """What was found of a document as it stood, which the report calls `path`. Without a `report`, `failure` says why nothing could be."""

    view: View
    path: str
    lang: str
    report: Report | None = None
    failure: str = ""


def judged(view: View, folder: Folder, superiors: Superiors, kept: KeptReadings) -> Judged:
    """Judge a document. `superiors` is asked for the schemes that others name; `kept` has what was read of an earlier state of it."""
    lang, rules = folder.lang, folder_of_page(view.path) if view.kind == PAGE and view.path else None
    path = _shown(view, rules or folder.root)
    if len(view.data) > MOST_BYTES:
        return Judged(view, path, lang, failure=_too_large(lang))
    try:
        settings = folder.settings()
        if rules is not None:
            report = folder.rule_folder(rules).check(path, view.text.text, as_of=settings.as_of, lang=lang, kept=kept)
        elif any(path_fits(path, pattern) for pattern in settings.exclude):
            report = Report(settings.as_of or date.today(), lang=lang)
        else:
            report = judge_met([Input(path, view.path, view.data)], settings, folder.rulebook(), superiors=superiors, kept=kept)
            if settings.baseline is not None and settings.baseline.is_file():
                report = compare(report, read_baseline(settings.baseline), by_count=settings.ratchet).report
    except RunError as error:
        return Judged(view, path, lang, failure=error.text(lang))
    except FolderError as error:
        return Judged(view, path, lang, failure="\n".join(problem.text(lang) for problem in error.problems[:MOST_PROBLEMS]))
    kept.let_go()
    return Judged(view, path, lang, report)


def _shown(view: View, top: Path | None) -> str:
    """Return what reports call a document: its path from the folder it lies in, as a run from there would."""
    name = Path(view.name)
    return name.relative_to(top).as_posix() if top is not None and view.path is not None and name.is_relative_to(top) else view.name


def _too_large(lang: str) -> str:
    size = f"{MOST_BYTES / 1_000_000:g} MB"
    if lang == "zh":
        return f"文件超过 {size}，编辑时不检查；请保存后运行 assesslint check"
    return f"The file is larger than {size} and is not checked while it is edited; save it and run assesslint check"


def scheme_among(views: Iterable[View], key: str) -> Scheme | None:
    """Return the first scheme that is known by `key` in documents as they stand."""
    return next((scheme for view in views for scheme in view.schemes if scheme_key(scheme.name.text) == key), None)
