"""The findings of one file → the notes to write into it: one for each place, with numbered reasons where several findings stand there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES, Finding
from assesslint.reports.opinion.content import Row, row_of
from assesslint.text.location import Location


@dataclass(frozen=True, slots=True)
class Note:
    """`places` are where the words stand, the first is where the note hangs; empty when it concerns the file as a whole.

    `title` is one line, `text` the whole note, `rows` the same as rows of the opinion table. `severity` is the worst of its findings.
    """

    places: tuple[Location, ...]
    severity: str
    title: str
    text: str
    rows: tuple[Row, ...] = ()


def notes_of(findings: Iterable[Finding], titles: dict[str, str], lang: str) -> list[Note]:
    """Return the notes of the findings of one file, in their order. `titles` has the titles of rules by id."""
    gathered: dict[tuple[Location, ...], list[Finding]] = {}
    for finding in findings:
        places = finding.places or ((finding.location,) if finding.location.kind != "file" else ())
        gathered.setdefault(places, []).append(finding)
    return [_note(places, found, titles, lang) for places, found in gathered.items()]


def _note(places: tuple[Location, ...], found: list[Finding], titles: dict[str, str], lang: str) -> Note:
    severity = min((finding.severity for finding in found), key=SEVERITIES.index)
    named = list(dict.fromkeys(titles.get(finding.rule, finding.rule) for finding in found))
    numbered = len(found) > 1
    texts = [(f"{number}. " if numbered else "") + reason(finding, titles, lang) for number, finding in enumerate(found, 1)]
    rows = tuple(row_of(finding, titles, lang) for finding in found)
    return Note(places, severity, ("、" if lang == "zh" else ", ").join(named), "\n".join(texts), rows)


def reason(finding: Finding, titles: dict[str, str], lang: str) -> str:
    """Return what is wrong, the norm, and what to write instead, a line each."""
    zh = lang == "zh"
    severity = SEVERITY_NAMES[lang][finding.severity]
    title = titles.get(finding.rule, finding.rule)
    lines = [f"【{severity}】{title}：{finding.message}" if zh else f"[{severity}] {title}: {finding.message}"]
    lines += dict.fromkeys(("依据：" if zh else "Norm: ") + basis.sentence(lang) for basis in finding.basis)
    if finding.advice:
        lines.append(("改法：" if zh else "Instead: ") + finding.advice)
    return "\n".join(lines)
