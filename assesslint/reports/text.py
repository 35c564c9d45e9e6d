"""Report → text for a person at a terminal: each finding with its source line and caret, its norm and what to write instead."""

from __future__ import annotations

from collections import Counter

from assesslint import __version__
from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES, Finding, Fix, Notice, Report, Waived
from assesslint.text.location import TextLocation
from assesslint.text.shortened import printable, quoted, shortened
from assesslint.text.source import caret_lines

COLOURS = {"error": "1;31", "warning": "1;33", "advice": "1;36", "place": "1", "quiet": "2", "good": "1;32"}
"""ANSI codes by what they mark."""

LABELS = {
    "zh": {
        "indicator": "指标",
        "provision": "条款",
        "basis": "依据",
        "advice": "改法",
        "notice": "提示",
        "waived": "豁免",
        "fix": "可自动修改",
        "proposal": "建议改为",
        "fixed": "已改",
    },
    "en": {
        "indicator": "indicator",
        "provision": "provision",
        "basis": "norm",
        "advice": "instead",
        "notice": "notice",
        "waived": "waived",
        "fix": "fixable",
        "proposal": "proposed",
        "fixed": "fixed",
    },
}
MOST_OF_A_RULE = 100
"""Findings of one rule in one file printed in full; the rest are counted, and all stand in the JSON report."""

MOST_NOTICES = 20
"""Notices printed in full; the rest are counted, and all stand in the JSON report."""


def render_text(report: Report, *, colour: bool = False) -> str:
    """Return the whole report as one text, to be written at once."""
    page = _Page(report.lang, colour=colour)
    lines = [page.head(report)]
    lines += [page.paint(f"  {printable(said)}", "quiet") for said in report.in_force]
    lines.append("")
    printed: Counter[tuple[str, str]] = Counter()
    for finding in report.findings:
        printed[finding.path, finding.rule] += 1
        if printed[finding.path, finding.rule] <= MOST_OF_A_RULE:
            lines += [*page.finding(finding), ""]
    lines += [page.more(path, rule, number - MOST_OF_A_RULE) for (path, rule), number in printed.items() if number > MOST_OF_A_RULE]
    lines += [page.fixed(findings) for findings in _by_fix(report)]
    if report.fixed:
        lines.append("")
    for waived in report.waived:
        lines.append(page.waived(waived))
    if report.waived:
        lines.append("")
    lines += [page.notice(notice) for notice in report.notices[:MOST_NOTICES]]
    if len(report.notices) > MOST_NOTICES:
        more = len(report.notices) - MOST_NOTICES
        lines.append(f"另有 {more} 条提示，见 --format json" if page.zh else f"{more} more notices, see --format json")
    if report.notices:
        lines.append("")
    lines += page.summary(report)
    return "\n".join(lines) + "\n"


def head_lines(report: Report) -> list[str]:
    """Return by what a run judged, without colours."""
    return [_Page(report.lang, colour=False).head(report), *(f"  {printable(said)}" for said in report.in_force)]


def finding_lines(finding: Finding, lang: str, *, colour: bool = False) -> list[str]:
    """Return what a person at a terminal is told of one finding."""
    return _Page(lang, colour=colour).finding(finding)


def summary_lines(report: Report) -> list[str]:
    """Return what a run found in numbers, without colours."""
    return _Page(report.lang, colour=False).summary(report)


def _by_fix(report: Report) -> list[list[Finding]]:
    """Return the findings that were fixed, those together that one and the same fix mended."""
    found: dict[tuple[str, str, Fix | None], list[Finding]] = {}
    for finding in report.fixed:
        found.setdefault((finding.path, finding.indicator, finding.fix), []).append(finding)
    return list(found.values())


class _Page:
    """The words and colours of one page."""

    def __init__(self, lang: str, *, colour: bool) -> None:
        self.zh = lang == "zh"
        self._lang = lang
        self._labels = LABELS[lang]
        self._severities = SEVERITY_NAMES[lang]
        self._colour = colour

    def paint(self, text: str, role: str) -> str:
        return f"\x1b[{COLOURS[role]}m{text}\x1b[0m" if self._colour else text

    def place(self, said: Finding | Notice) -> str:
        return printable(said.path + said.location.shown(self._lang))

    def more(self, path: str, rule: str, number: int) -> str:
        """Return the line that counts the findings of a rule in a file that are not printed."""
        said = f"{rule} 另有 {number} 处，见 --format json\n" if self.zh else f"{rule}: {number} more, see --format json\n"
        return f"{self.paint(printable(path), 'place')}  {said}"

    def head(self, report: Report) -> str:
        day = report.judged_on.isoformat()
        said = f"，按 {day} 有效的规定检查" if self.zh else f", by the norms in force on {day}"
        return self.paint(f"assesslint {__version__}{said}", "quiet")

    def finding(self, finding: Finding) -> list[str]:
        place = self.paint(self.place(finding), "place")
        severity = self.paint(self._severities[finding.severity], finding.severity)
        lines = [f"{place}  {severity}  {finding.rule}", f"  {printable(finding.message)}"]
        if finding.source is not None and finding.span is not None:
            source_line, carets = caret_lines(finding.source, finding.span)
            number = str(finding.location.start.line) if isinstance(finding.location, TextLocation) else ""
            gutter = " " * len(number)
            lines += [
                f"  {self.paint(f'{number} │', 'quiet')} {source_line}",
                f"  {self.paint(f'{gutter} │', 'quiet')} {self.paint(carets, finding.severity)}",
            ]
        if finding.indicator:
            lines.append(self._labelled("provision" if finding.indicator_kind == "provision" else "indicator", finding.indicator))
        lines += [self._labelled("basis", norm) for norm in finding.norms(self._lang)]
        if finding.advice:
            lines.append(self._labelled("advice", finding.advice))
        if finding.fix is not None and finding.fix.title:
            lines.append(self._labelled("fix" if finding.fix.safe else "proposal", self._fix(finding.fix)))
        return lines

    def _fix(self, fix: Fix) -> str:
        """Return what a fix does; of a proposal, that a person has to agree."""
        if fix.safe:
            return fix.title
        return f"{fix.title}（需人工确认）" if self.zh else f"{fix.title} (for a person to confirm)"

    def _labelled(self, label: str, text: str) -> str:
        return f"  {self.paint(self._labels[label], 'quiet')}  {printable(text)}"

    def waived(self, waived: Waived) -> str:
        label = self.paint(self._labels["waived"], "quiet")
        return f"{self.place(waived.finding)}  {label}  {waived.finding.rule} {printable(waived.sentence(self._lang))}"

    def fixed(self, findings: list[Finding]) -> str:
        """Return the line on what one fix mended, without a place, since the draft is another by now."""
        finding = findings[0]
        rules = ("、" if self.zh else ", ").join(dict.fromkeys(each.rule for each in findings))
        label = self.paint(self._labels["fixed"], "good")
        title = finding.fix.title if finding.fix else ""
        indicator = f" {quoted(finding.indicator)}" if finding.indicator else ""
        return printable(f"{finding.path}{indicator}  ") + label + printable(f"  {rules}  {title}")

    def notice(self, notice: Notice) -> str:
        excerpt = f" “{printable(shortened(notice.excerpt, 40))}”" if notice.excerpt else ""
        label = self.paint(self._labels["notice"], "quiet")
        return f"{self.place(notice)}  {label}  {printable(notice.message)}{excerpt}"

    def summary(self, report: Report) -> list[str]:
        counts = report.counts
        numbers = {severity: report.count(severity) for severity in SEVERITIES}
        found = [self.paint(self._counted(severity, number), severity if number else "quiet") for severity, number in numbers.items()]
        read = f"{counts.text_read * 100:.0f}%" if counts.indicators else "—"
        if not report.findings:
            new = bool(report.known)
            said = ("没有新问题" if new else "没有发现问题") if self.zh else ("nothing new found" if new else "nothing found")
            found = [self.paint(said, "good")]
        if report.of_rules:
            rest = f"{len(report.notices)} 条提示" if self.zh else f"{len(report.notices)} notices"
            said = f"核对了 {counts.files} 个文件、{counts.rules_selected} 条规则：{'，'.join(found)}，{rest}。"
            en = f"Checked {counts.files} files, {counts.rules_selected} rules: {', '.join(found)}, {rest}."
            return [said if self.zh else en]
        known = f"已知 {len(report.known)} 处，" if self.zh else f"{len(report.known)} known, "
        known = known if report.known else ""
        fixes = self._fixable(report)
        if self.zh:
            return [
                f"检查了 {counts.files} 个文件、{counts.indicators} 项指标：" + "，".join(found) + "。",
                *fixes,
                f"规则：选用 {counts.rules_selected} 条，适用 {counts.rules_applicable} 条，有发现 {counts.rules_fired} 条；"
                f"提示 {len(report.notices)} 条，豁免 {len(report.waived)} 项，{known}略去 {counts.ignored} 项；"
                f"不能读取 {counts.unreadable} 个文件；文字读懂 {read}。",
            ]
        return [
            f"Checked {counts.files} files, {counts.indicators} indicators: " + ", ".join(found) + ".",
            *fixes,
            f"Rules: {counts.rules_selected} selected, {counts.rules_applicable} applicable, {counts.rules_fired} fired; "
            f"{len(report.notices)} notices, {len(report.waived)} waived, {known}{counts.ignored} ignored; "
            f"{counts.unreadable} files unreadable; {read} of the text understood.",
        ]

    def _fixable(self, report: Report) -> list[str]:
        """Return the line that counts the findings that were fixed, or have a fix, if there is any."""
        counted = (
            (len(_by_fix(report)), "已改 {} 处", "{} fixed"),
            (report.fixable(safe=True), "{} 处可自动修改（--fix）", "{} can be fixed (--fix)"),
            (
                report.fixable(safe=False) - report.by_hand,
                "{} 处有建议的改法，需人工确认（--fix --unsafe）",
                "{} have a proposal to confirm (--fix --unsafe)",
            ),
            (
                report.by_hand,
                "{} 处有建议的改法，这类文件不能自动修改，请照着手工改",
                "{} have a proposal to make by hand, since such files are not edited",
            ),
        )
        said = [(zh if self.zh else en).format(number) for number, zh, en in counted if number]
        return [f"修改：{'；'.join(said)}。" if self.zh else f"Fixes: {', '.join(said)}."] if said else []

    def _counted(self, severity: str, number: int) -> str:
        if self.zh:
            return f"{self._severities[severity]} {number} 处"
        return f"{number} {self._severities[severity]}" + ("s" if number != 1 and severity != "advice" else "")
