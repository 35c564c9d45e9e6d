"""A report and the file of what was known before → a report in which only what is new stands, and the file with what is still there.

The file is for a repository that takes up the linter with old drafts in it. An entry is a finding by its fingerprint, with the file and
the rule it was found by, and how often it is there. The file can only shrink: what was mended must not come back unseen.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assesslint.findings.model import Finding, Notice, Report
from assesslint.linter.errors import RunError
from assesslint.linter.faults import FAULTS
from assesslint.linter.inputs import why_not_opened

VERSION = 1

Entry = tuple[str, str, str, str]
"""Path, rule, indicator and fingerprint of a finding."""

Baseline = Mapping[Entry, int]
"""How often each finding is known."""


@dataclass(frozen=True, slots=True)
class Compared:
    """`report` has the known findings apart from those that stand; `left` is what the file should now hold, `gone` how many were mended."""

    report: Report
    left: Baseline
    gone: int

    def with_notice(self) -> Report:
        """Return the report with the notice that the file has more in it than was found, where that is so."""
        return replace(self.report, notices=(*self.report.notices, _mended(self.gone, self.report.lang))) if self.gone else self.report


def _path(path: str) -> str:
    """Return a path as the file writes it, the same on every system."""
    return path.replace("\\", "/")


def entry_of(finding: Finding) -> Entry:
    return _path(finding.path), finding.rule, finding.indicator, finding.fingerprint


def can_be_known(finding: Finding) -> bool:
    """Tell whether a finding may be put up with: an objection of a rule may, what says that something was not looked at may not."""
    return finding.rule not in FAULTS


def baseline_of(report: Report) -> Baseline:
    """Return all that a report objects to, as known."""
    return Counter(entry_of(finding) for finding in report.findings if can_be_known(finding))


def compare(report: Report, known: Baseline, *, by_count: bool = False) -> Compared:
    """Part a report's findings into those known and those that stand.

    A finding is known by its fingerprint, wherever its file has gone; with `by_count`, too, where a file has no more findings of a rule
    than are known of it there, whatever their words. Entries of files this run did not look at stay as they are, unless those are gone.
    """
    remaining = Counter(known)
    waiting = [finding for finding in report.findings if can_be_known(finding)]
    excused = _taken(waiting, remaining, _itself)
    if by_count:
        counts, found = _by_place(known), Counter(_place(entry_of(finding)) for finding in waiting)
        few = [f for f in waiting if id(f) not in excused and found[_place(entry_of(f))] <= counts[_place(entry_of(f))]]
        excused |= _taken(few, remaining, _place)
    excused |= _taken([finding for finding in waiting if id(finding) not in excused], remaining, _words)
    seen = {_path(draft.path) for draft in report.drafts}
    unseen = {entry: number for entry, number in remaining.items() if entry[0] not in seen and Path(entry[0]).is_file()}
    left = Counter(entry_of(finding) for finding in waiting if id(finding) in excused) + Counter(unseen)
    parted = replace(
        report,
        findings=tuple(finding for finding in report.findings if id(finding) not in excused),
        known=tuple(finding for finding in report.findings if id(finding) in excused),
    )
    return Compared(parted, left, sum(known.values()) - left.total())


def _itself(entry: Entry) -> Entry:
    return entry


def _place(entry: Entry) -> tuple[str, str]:
    """Return the file and the rule of an entry."""
    return entry[0], entry[1]


def _words(entry: Entry) -> tuple[str, str]:
    """Return the rule and the fingerprint of an entry, which are the same wherever its file has gone."""
    return entry[1], entry[3]


def _by_place(known: Baseline) -> Counter[tuple[str, str]]:
    counts = Counter[tuple[str, str]]()
    for entry, number in known.items():
        counts[_place(entry)] += number
    return counts


def _taken(findings: Iterable[Finding], remaining: Counter[Entry], key: Callable[[Entry], Hashable]) -> set[int]:
    """Return which findings, by identity, an entry that is alike by `key` is left for; each takes its entry away."""
    pools: dict[Hashable, list[Entry]] = {}
    for entry in remaining.elements():
        pools.setdefault(key(entry), []).append(entry)
    taken = set()
    for finding in findings:
        if pool := pools.get(key(entry_of(finding))):
            remaining[pool.pop()] -= 1
            taken.add(id(finding))
    return taken


def _mended(number: int, lang: str) -> Notice:
    zh = f"存量清单里有 {number} 处已不再出现，请加 --update-baseline 从清单中去掉，以免问题再次出现时不被发现"
    en = f"{number} findings of the baseline are gone; take them out with --update-baseline, so that they cannot come back unseen"
    return Notice("baseline-outdated", zh if lang == "zh" else en, "")


def read_baseline(file: Path) -> Baseline:
    """Return what a file says is known. Raises RunError when it cannot be read or is not such a file."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            zh = f"{file}：存量清单是第 {data['version']} 版，这里只认第 {VERSION} 版；请用 --update-baseline 重新生成"
            raise RunError(zh, f"{file}: version {data['version']} of the baseline is not known here, only {VERSION}; make it anew")
        entries: Counter[Entry] = Counter()
        for known in data["known"]:
            entries[_entry(known)] += _count(known["count"])
    except OSError as error:
        zh, en = why_not_opened(file, error)
        raise RunError(f"{file}：{zh}", f"{file}: {en}") from error
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise RunError(f"{file}：不是存量清单文件", f"{file}: not a baseline file") from error
    return entries


def _entry(known: Mapping[str, Any]) -> Entry:
    path, rule, indicator, fingerprint = (known[name] for name in ("path", "rule", "indicator", "fingerprint"))
    if not all(isinstance(part, str) for part in (path, rule, indicator, fingerprint)):
        raise TypeError("an entry is made of texts")
    return path, rule, indicator, fingerprint


def _count(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise TypeError("a count is a whole number")
    return number


def baseline_text(known: Baseline) -> str:
    """Return the file that says what is known: an entry a line, in a fixed order, so that a change reads well as a diff."""
    lines = [json.dumps(_fields(entry, number), ensure_ascii=False) for entry, number in sorted(known.items())]
    inner = "\n  " + ",\n  ".join(lines) + "\n " if lines else ""
    return f'{{\n "version": {VERSION},\n "known": [{inner}]\n}}\n'


def _fields(entry: Entry, number: int) -> dict[str, str | int]:
    path, rule, indicator, fingerprint = entry
    return {"path": path, "rule": rule, "indicator": indicator, "fingerprint": fingerprint, "count": number}
