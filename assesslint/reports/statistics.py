"""Report → how many findings there are by rule, by department and by draft: what somebody with hundreds of drafts reads first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assesslint import __version__
from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES, Finding, Report
from assesslint.text.shortened import printable
from assesslint.text.source import cells

MOST_DRAFTS = 20
"""Drafts listed, those with most errors first; the rest are counted."""

WIDEST = 48
"""Most terminal cells of a name."""

WORDS = {
    "zh": {"rule": "规则", "family": "类别", "issuer": "发布单位", "draft": "草案", "all": "合计", "none": "（未写明）"},
    "en": {"rule": "rule", "family": "family", "issuer": "department", "draft": "draft", "all": "total", "none": "(not told)"},
}


def render_statistics(report: Report, *, colour: bool = False) -> str:  # noqa: ARG001
    """Return tables of counts as one text. Notices, waived and known findings are counted below them."""
    words, zh = WORDS[report.lang], report.lang == "zh"
    titles = {rule.id: f"{rule.id}  {rule.title}" for rule in report.rules.values()}
    issuers = {(draft.path, scheme.name): scheme.issuer or words["none"] for draft in report.drafts for scheme in draft.schemes}
    families = {rule.family: rule.family_title or rule.family for rule in report.rules.values()}
    tables = [
        _table(report, words["rule"], ((titles.get(f.rule, f.rule), f) for f in report.findings)),
        _table(report, words["family"], ((families.get(f.family, f.family), f) for f in report.findings)),
        _table(report, words["issuer"], ((issuers.get((f.path, f.scheme), words["none"]), f) for f in report.findings)),
        _table(report, words["draft"], ((f.path, f) for f in report.findings), MOST_DRAFTS),
    ]
    day = report.judged_on.isoformat()
    head = f"assesslint {__version__}" + (f"，按 {day} 有效的规定检查" if zh else f", by the norms in force on {day}")
    said = [head, *(f"  {printable(sentence)}" for sentence in report.in_force)]
    return "\n".join([*said, "", *(line for table in tables for line in (*table, "")), *_summary(report)]) + "\n"


def _table(report: Report, title: str, named: Iterable[tuple[str, Finding]], most: int = 0) -> list[str]:
    """Return a table with a row for each name, the most severe first, cut after `most` rows where that is not 0."""
    counts: dict[str, Counter[str]] = {}
    for name, finding in named:
        counts.setdefault(name, Counter())[finding.severity] += 1
    if not counts:
        return []
    ordered = sorted(counts.items(), key=lambda row: ([-row[1][severity] for severity in SEVERITIES], row[0]))
    shown = ordered[:most] if most else ordered
    rows = [(_cut(printable(name)), [count[severity] for severity in SEVERITIES]) for name, count in shown]
    total = [sum(count[severity] for count in counts.values()) for severity in SEVERITIES]
    words = WORDS[report.lang]
    width = max(cells(name) for name in (title, words["all"], *(name for name, _ in rows)))
    heads = [SEVERITY_NAMES[report.lang][severity] for severity in SEVERITIES]
    lines = [_row(title, heads, width)]
    lines += [_row(name, [str(number) if number else "·" for number in numbers], width) for name, numbers in rows]
    if len(ordered) > len(shown):
        more = len(ordered) - len(shown)
        lines.append(f"另有 {more} 个" if report.lang == "zh" else f"{more} more")
    return [*lines, _row(words["all"], list(map(str, total)), width)]


def _row(name: str, numbers: Sequence[str], width: int) -> str:
    columns = (" " * max(1, 9 - cells(number)) + number for number in numbers)
    return name + " " * (width - cells(name)) + "".join(columns)


def _cut(name: str) -> str:
    """Return a name, its middle left out where it is too wide for a column."""
    if cells(name) <= WIDEST:
        return name
    head, tail = name, name
    while cells(head) > WIDEST // 3:
        head = head[:-1]
    while cells(tail) > WIDEST - WIDEST // 3 - 1:
        tail = tail[1:]
    return f"{head}…{tail}"


def _summary(report: Report) -> list[str]:
    counts = report.counts
    flagged = len({(f.path, f.scheme, f.indicator) for f in report.findings if f.indicator and f.indicator_kind != "provision"})
    rest = {"zh": ("豁免", "已知", "提示", "略去"), "en": ("waived", "known", "notices", "ignored")}[report.lang]
    numbers = (len(report.waived), len(report.known), len(report.notices), counts.ignored)
    if report.lang == "zh":
        others = "，".join(f"{name} {number}" for name, number in zip(rest, numbers, strict=True))
        return [
            f"检查了 {counts.files} 个文件、{counts.indicators} 项指标，其中 {flagged} 项有问题；"
            f"不能读取 {counts.unreadable} 个文件；{others}。"
        ]
    others = ", ".join(f"{number} {name}" for name, number in zip(rest, numbers, strict=True))
    return [
        f"Checked {counts.files} files, {counts.indicators} indicators, {flagged} of them with findings; "
        f"{counts.unreadable} files unreadable; {others}."
    ]
