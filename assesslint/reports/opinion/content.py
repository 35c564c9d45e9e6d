"""Report → what the opinion sheet says, in its language: plain texts, ready for any writer.

Texts hold no character that a page cannot show: a draft's own control characters and marks of direction become spaces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES, Basis, DraftInfo, Finding, Notice, Report, Waived
from assesslint.linter.opinion_sheets import TITLES
from assesslint.reports.opinion.conclusion import CONCLUSIONS, conclude
from assesslint.text.location import Location, TextLocation
from assesslint.text.shortened import shortened

WORDS = {
    "zh": {
        **TITLES["zh"], "scheme": "方案名称", "issuer": "发布单位", "file": "草案文件",
        "date": "审核日期", "version": "规则版本", "indicators": "指标", "number": "序号", "place": "位置", "words": "原文",
        "problem": "问题", "norm": "依据", "advice": "修改建议", "conclusion": "建议结论", "unjudged": "未能判断的内容",
        "waived": "已批准的豁免", "known": "存量清单已知的问题", "settings": "检查设置",
        "decision": "审核结论", "handler": "经办人", "reviewer": "审核人",
        "unit": "单位（盖章）", "day": "日期", "total": "合计", "none": "没有需要修改的问题。", "found": "发现问题",
        "others": "草案之外的情况", "problems": "发现的问题", "conclusions": "各方案建议结论", "blank_day": "　　年　　月　　日",
        "summary_name": "汇总", "provision": "条款：",
        "norms": "依据的规定", "norm_named": "规定", "indicator_count": "{} 项", "unsaid": "未写明",
        "cited": "{against}依据{numbers}", "identity": "检查所用规则：{}。",
        "note": "建议结论由程序提出，供审核人参考；审核结论以审核人签字为准。",
    },
    "en": {
        **TITLES["en"], "scheme": "Scheme", "issuer": "Issuer",
        "file": "Draft", "date": "Reviewed on", "version": "Rules", "indicators": "Indicators", "number": "No.", "place": "Place",
        "words": "Words", "problem": "Problem", "norm": "Norm", "advice": "Instead", "conclusion": "Proposed conclusion",
        "unjudged": "Not judged", "waived": "Waivers granted", "known": "Known to the baseline", "settings": "Settings",
        "decision": "Conclusion",
        "handler": "Prepared by", "reviewer": "Reviewed by", "unit": "Unit (seal)", "day": "Date", "total": "Total",
        "none": "Nothing to mend.", "found": "Found",
        "others": "Besides the drafts", "problems": "Problems found", "conclusions": "Proposed conclusions", "blank_day": "",
        "summary_name": "Summary", "provision": "provision: ",
        "norms": "Norms", "norm_named": "Norm", "indicator_count": "{}", "unsaid": "not told",
        "cited": "{against} norm {numbers}", "identity": " Rules used: {}.",
        "note": "The conclusion is proposed by a program for the reviewer to consider; what the reviewer signs counts.",
    },
}  # fmt: skip
"""The fixed words of the sheet."""

MOST_WORDS = 120
"""Most characters of a draft quoted in one cell."""

MOST_LISTED = 20
"""Most notices written out in one list; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One finding: where, what is written, what is wrong with it, by which norm, what to write instead."""

    place: str
    words: str
    problem: str
    norm: str
    advice: str
    bases: tuple[Basis, ...] = ()

    def cells(self, number: int) -> tuple[str, ...]:
        """Return the row as texts under `Opinion.finding_names`."""
        return str(number), self.place, self.words, self.problem, self.norm or "—", self.advice or "—"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The opinion on one draft. `counts` has its findings, from the worst severity on; `lists` are titled enumerations under the table.

    Its rows cite the `norms` by their numbers, from 1.
    """

    path: str
    scheme: str
    issuer: str
    indicators: int
    counts: tuple[int, ...]
    rows: tuple[Row, ...]
    norms: tuple[str, ...]
    conclusion: str
    reason: str
    lists: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """The sheets of one run. `others` tell what concerns no draft, such as a waiver nobody needed or a file that was not checked.

    `version` is what people call the rules and their version, `rules` the name that tells them from all others.
    """

    lang: str
    date: str
    version: str
    rules: str
    sheets: tuple[Sheet, ...]
    others: tuple[str, ...] = ()

    def word(self, name: str) -> str:
        """Return a fixed word of the sheet."""
        return WORDS[self.lang][name]

    def alone(self, number: int) -> Opinion:
        """Return sheet `number` (from 0) by itself, without what concerns no draft."""
        return replace(self, sheets=(self.sheets[number],), others=self.others if len(self.sheets) == 1 else ())

    @property
    def levels(self) -> list[str]:
        """Return the names of the severities, in the order of a sheet's counts."""
        return [SEVERITY_NAMES[self.lang][level] for level in SEVERITIES]

    @property
    def choices(self) -> str:
        """Return the conclusions with a box to tick behind each."""
        return "　　".join(f"{name}□" for name in CONCLUSIONS[self.lang].values())

    def facts(self, sheet: Sheet) -> list[list[tuple[str, str]]]:
        """Return the head of a sheet: rows of one or two labels with their values."""
        word = self.word
        return [
            [(word("scheme"), sheet.scheme or word("unsaid"))],
            [(word("issuer"), sheet.issuer or word("unsaid"))],
            [(word("file"), sheet.path)],
            self.dated,
            [(word("indicators"), word("indicator_count").format(sheet.indicators)), (word("found"), self._found(sheet))],
            [(word("conclusion"), f"{sheet.conclusion}\n{sheet.reason}")],
        ]

    @property
    def dated(self) -> list[tuple[str, str]]:
        return [(self.word("date"), self.date), (self.word("version"), self.version)]

    @property
    def note(self) -> str:
        """Return what stands under the signatures: what the proposal is worth, and the exact rules it was made by."""
        return self.word("note") + self.word("identity").format(self.rules)

    def blanks(self, *, decided: bool) -> list[list[tuple[str, str]]]:
        """Return what people fill in: the conclusion, where one is to be `decided`, and who answers for it."""
        word = self.word
        signed = [[(word("handler"), ""), (word("reviewer"), "")], [(word("unit"), ""), (word("day"), word("blank_day"))]]
        return [[(word("decision"), self.choices)], *signed] if decided else signed

    @property
    def finding_names(self) -> list[str]:
        return [self.word(name) for name in ("number", "place", "words", "problem", "norm", "advice")]

    @property
    def norm_names(self) -> list[str]:
        return [self.word("number"), self.word("norm_named")]

    @property
    def summary_names(self) -> list[str]:
        return [*map(self.word, ("number", "scheme", "issuer", "indicators")), *self.levels, self.word("conclusion")]

    def summary_rows(self) -> list[tuple[str, ...]]:
        """Return a row for each draft and one of their sums."""
        rows = []
        numbers = [(sheet.indicators, *sheet.counts) for sheet in self.sheets]
        for number, (sheet, counted) in enumerate(zip(self.sheets, numbers, strict=True), 1):
            name = f"{sheet.scheme}\n{sheet.path}".strip()
            rows.append((str(number), name, sheet.issuer, *map(str, counted), sheet.conclusion))
        return [*rows, ("", self.word("total"), "", *(str(sum(column)) for column in zip(*numbers, strict=True)), "")]

    def lists(self, sheet: Sheet) -> list[tuple[str, tuple[str, ...]]]:
        """Return the enumerations under a sheet; where it is the only one, with what concerns no draft."""
        return [*sheet.lists, *(self.elsewhere if len(self.sheets) == 1 else ())]

    @property
    def elsewhere(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(self.word("others"), self.others)] if self.others else []

    def _found(self, sheet: Sheet) -> str:
        """Return how many findings of each severity there are."""
        named = zip(self.levels, sheet.counts, strict=True)
        if self.lang == "zh":
            return "，".join(f"{name} {number} 处" for name, number in named)
        return ", ".join(f"{name}: {number}" for name, number in named)


def opinion_of(report: Report) -> Opinion:
    """Return what the opinion sheets say of every draft of a report."""
    findings = report.by_path()
    waived: dict[str, list[Waived]] = defaultdict(list)
    for waiver in report.waived:
        waived[waiver.finding.path].append(waiver)
    notices: dict[str, list[Notice]] = defaultdict(list)
    for notice in report.notices:
        notices[notice.path].append(notice)
    known: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.known:
        known[finding.path].append(finding)
    paths = {draft.path for draft in report.drafts}
    sheets = (
        _sheet(draft, findings.get(draft.path, []), waived[draft.path], known[draft.path], notices[draft.path], report)
        for draft in report.drafts
    )
    colon = "：" if report.lang == "zh" else ": "
    said: list[Finding | Notice] = [*report.findings, *report.notices]
    others = [f"{each.path}{colon}{each.message}" for each in said if each.path not in paths]
    date = day_in_words(report.judged_on, report.lang)
    version = report.rules_title or report.rules_version
    return Opinion(report.lang, date, version, report.rules_version, tuple(sheets), _listed(others, report.lang))


def _sheet(
    draft: DraftInfo,
    findings: Sequence[Finding],
    waived: Sequence[Waived],
    known: Sequence[Finding],
    notices: Sequence[Notice],
    report: Report,
) -> Sheet:
    zh = report.lang == "zh"
    words = WORDS[report.lang]
    titles = {rule.id: rule.title for rule in report.rules.values()}
    parting = "、" if zh else ", "
    names = [f"《{scheme.name.strip('《》')}》" if zh else scheme.name for scheme in draft.schemes if scheme.name]
    conclusion = conclude(draft, findings, report.lang, known)
    colon = "：" if zh else ": "
    rows = [row_of(finding, titles, report.lang) for finding in findings]
    norms = {norm: number for number, norm in enumerate(dict.fromkeys(b.named(report.lang) for row in rows for b in row.bases), 1)}
    lists = (
        (words["unjudged"], _listed([f"{place_in_words(notice.location, zh)}{colon}{notice.message}" for notice in notices], report.lang)),
        (words["waived"], tuple(plain(_waived(each, titles, zh)) for each in waived)),
        (words["known"], _listed([_known(each, titles, zh) for each in known], report.lang)),
        (words["settings"], tuple(map(plain, report.in_force))),
    )
    return Sheet(
        plain(draft.path),
        plain(parting.join(dict.fromkeys(names))),
        plain(parting.join(dict.fromkeys(scheme.issuer for scheme in draft.schemes if scheme.issuer))),
        draft.indicators,
        tuple(sum(finding.severity == severity for finding in findings) for severity in SEVERITIES),
        tuple(replace(row, norm=_cited(row.bases, norms, report.lang)) for row in rows),
        tuple(map(plain, norms)),
        conclusion.shown(report.lang),
        conclusion.reason,
        tuple((title, items) for title, items in lists if items),
    )


def _listed(items: Sequence[str], lang: str) -> tuple[str, ...]:
    """Return the first of these items; the rest are counted."""
    more = len(items) - MOST_LISTED
    rest = f"另有 {more} 条，见检查报告" if lang == "zh" else f"{more} more, see the report of the check"
    return (*map(plain, items[:MOST_LISTED]), *((rest,) if more > 0 else ()))


def _cited(bases: Sequence[Basis], norms: Mapping[str, int], lang: str) -> str:
    """Return what may be said of norms that are listed under these numbers."""
    numbers: dict[str, set[int]] = {}
    for basis in bases:
        numbers.setdefault(basis.against(lang), set()).add(norms[basis.named(lang)])
    parting = "、" if lang == "zh" else ", "
    cited = WORDS[lang]["cited"]
    return "\n".join(cited.format(against=against, numbers=parting.join(map(str, sorted(each)))) for against, each in numbers.items())


def row_of(finding: Finding, titles: Mapping[str, str], lang: str) -> Row:
    """Return a finding as a row of the table. `titles` has the titles of rules by id."""
    zh = lang == "zh"
    name = titles.get(finding.rule, finding.rule)
    severity = SEVERITY_NAMES[lang][finding.severity]
    place = [place_in_words(finding.location, zh)]
    if finding.indicator:
        provision = WORDS[lang]["provision"] if finding.indicator_kind == "provision" else ""
        place.insert(0, shortened(provision + finding.indicator, MOST_WORDS))
    problem = f"【{severity}】{name}。{finding.message}" if zh else f"[{severity}] {name}. {finding.message}"
    norms = "\n".join(finding.norms(lang))
    words = plain(shortened(finding.excerpt, MOST_WORDS))
    return Row(plain("\n".join(place)), words, plain(problem), plain(norms), plain(finding.advice), finding.basis)


def _waived(waived: Waived, titles: Mapping[str, str], zh: bool) -> str:
    finding, until = waived.finding, waived.until.isoformat()
    place, title = place_in_words(finding.location, zh), titles.get(finding.rule, finding.rule)
    if zh:
        return f"{place}：{title}，{waived.approver}批准，有效至 {until}，理由：{waived.reason}"
    return f"{place}: {title}, granted by {waived.approver} until {until}: {waived.reason}"


def _known(finding: Finding, titles: Mapping[str, str], zh: bool) -> str:
    place, title = place_in_words(finding.location, zh), titles.get(finding.rule, finding.rule)
    return f"{place}：{title}，{finding.message}" if zh else f"{place}: {title}, {finding.message}"


def place_in_words(location: Location, zh: bool) -> str:
    """Return a place as one would say it on paper."""
    if isinstance(location, TextLocation):
        line, column = location.start.line, location.start.column
        return f"第{line}行第{column}字" if zh else f"line {line}, character {column}"
    return location.shown("zh" if zh else "en").strip() or ("全文" if zh else "whole file")


def day_in_words(day: date, lang: str) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


def plain(text: str) -> str:
    """Return `text` with a space for each character that shows nothing, line ends excepted."""
    return text if text.isprintable() else "".join(c if c.isprintable() or c == "\n" else " " for c in text)
