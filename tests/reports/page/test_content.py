"""What the page shows of a report: which state each draft is in, in what order, how much of it is listed, and what is said in the head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.findings.model import SEVERITIES, Counts, DraftInfo, Finding, IndicatorInfo, Notice, Report, SchemeInfo, Waived
from assesslint.reports.page import content
from assesslint.reports.page.content import Page, Quote, page_of
from assesslint.text.source import Source, Span
from tests.reports.sample import CLEAN, REPORT

DAY = date(2026, 11, 23)


def finding(path: str, rule: str = "check-in", severity: str = "error", **more: object) -> Finding:
    return Finding(rule, "evidence", severity, "打卡", path, **more)  # type: ignore[arg-type]


def draft(path: str, indicators: Sequence[str] = ("甲",), *, readable: bool = True) -> DraftInfo:
    scheme = SchemeInfo(f"{path}细则", indicators=tuple(IndicatorInfo(name, Decimal(10), f"of {name}") for name in indicators))
    return DraftInfo(path, (scheme,) if readable else (), readable)


def shown(*drafts: DraftInfo, findings: Sequence[Finding] = (), **more: object) -> Page:
    unreadable = sum(not draft.readable for draft in drafts)
    report = Report(DAY, tuple(findings), counts=Counts(files=len(drafts), unreadable=unreadable), drafts=drafts)
    return page_of(replace(report, **more))  # type: ignore[arg-type]


UNREAD = Finding("unreadable-page", "reading", "error", "扫描件", "a")


@pytest.mark.parametrize(
    ("info", "report", "state"),
    [
        (draft("a"), {}, "clean"),
        (draft("a"), {"notices": (Notice("x", "未判断", "a"),)}, "clean"),
        (draft("a"), {"findings": (finding("a"),)}, "found"),
        (draft("a"), {"findings": (finding("a"), UNREAD)}, "partly"),
        (draft("a", ()), {}, "partly"),
        (draft("a", readable=False), {}, "unread"),
        (draft("a"), {"waived": (Waived(finding("a"), "试点", "督查室", DAY),)}, "settled"),
        (draft("a"), {"known": (finding("a"),)}, "settled"),
    ],
)
def test_clean_is_told_from_not_read_and_from_excused(info: DraftInfo, report: dict[str, object], state: str) -> None:
    assert shown(info, **report).sections[0].state == state


def test_drafts_not_read_come_first_then_the_gravest() -> None:
    drafts = (draft("clean"), draft("warned"), draft("faulty"), draft("closed", readable=False))
    found = (finding("warned", severity="warning"), finding("warned", severity="warning"), finding("faulty"))
    page = shown(*drafts, findings=found)
    assert [section.path for section in page.drafts] == ["closed", "faulty", "warned", "clean"]
    assert [section.path for section in page.sections] == ["clean", "warned", "faulty", "closed"]


def test_findings_stand_by_indicator_and_are_numbered_as_they_stand() -> None:
    of = {name: {"scheme": "细则", "indicator": name, "subject": f"of {name}"} for name in "甲乙"}
    found = (finding("b", **of["甲"]), finding("a", scheme="细则"), finding("b", **of["乙"]), finding("b", **of["甲"]))
    page = shown(draft("a"), draft("b", ("甲", "乙", "丙")), findings=found)
    assert [[(group.name, group.points, [item.number for item in group.items]) for group in s.groups] for s in page.sections] == [
        [("", None, [1])],
        [("甲", 10, [2, 3]), ("乙", 10, [4])],
    ]
    assert page.sections[1].clean_indicators.items == ("丙",)


def test_an_indicator_with_an_excused_finding_is_not_called_clean() -> None:
    excused = finding("a", indicator="乙", subject="of 乙")
    page = shown(draft("a", ("甲", "乙", "丙")), findings=[finding("a", indicator="甲", subject="of 甲")], known=(excused,))
    assert page.sections[0].clean_indicators.items == ("丙",)


def test_what_concerns_no_draft_is_listed_too() -> None:
    notices = (Notice("skipped-file", "未检查", "b.jpg"), Notice("x", "未判断", "a"))
    page = shown(draft("a"), findings=[finding("waivers.toml", "waiver-unused")], notices=notices)
    assert [(section.path, section.conclusion is None) for section in page.sections] == [("a", False), ("waivers.toml", True)]
    assert [each.notice.path for each in page.others.items] == ["b.jpg"]
    assert [each.notice.path for each in page.sections[0].notices.items] == ["a"]


# ── bounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_fault_told_a_thousand_times_is_listed_a_hundred_and_counted() -> None:
    [section] = shown(draft("a"), findings=[finding("a")] * 1000).sections
    assert (sum(len(group.items) for group in section.groups), section.more, section.counts) == (100, 900, (1000, 0, 0))


def test_of_too_many_findings_the_worst_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_FINDINGS", 3)
    found = [finding("a", severity=severity) for severity in ("advice", "error", "warning", "advice", "error")]
    [section] = shown(draft("a"), findings=found).sections
    assert [item.finding.severity for group in section.groups for item in group.items] == ["error", "warning", "error"]
    assert section.more == 2


def test_lists_are_cut_and_counted() -> None:
    notices = tuple(Notice("x", str(number), "a") for number in range(60))
    [section] = shown(draft("a"), notices=notices).sections
    assert (len(section.notices.items), section.notices.more) == (50, 10)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(SEVERITIES), st.sampled_from("xyz")), max_size=30))
def test_every_finding_is_listed_once_and_counted_alike(found: list[tuple[str, str, str]]) -> None:
    findings = [finding(path, severity=severity, rule=rule) for path, severity, rule in found]
    page = shown(draft("a"), draft("b"), findings=findings)
    items = [item for section in page.sections for group in section.groups for item in group.items]
    assert [item.number for item in items] == list(range(1, len(findings) + 1))
    assert sorted(map(id, (item.finding for item in items))) == sorted(map(id, findings))
    totals = [_sum(each.counts for each in them) for them in (page.sections, page.by_family, page.by_rule.items)]
    assert {*totals, page.counts} == {tuple(sum(f.severity == severity for f in findings) for severity in SEVERITIES)}


def _sum(counts: object) -> tuple[int, ...]:
    return tuple(map(sum, zip(*counts, strict=True))) or (0, 0, 0)  # type: ignore[call-overload]


# ── the words quoted ─────────────────────────────────────────────────────────────────────────────────────────────────────────

LETTERS = st.text(st.sampled_from("甲乙 \n"), min_size=1, max_size=900)


@given(LETTERS, st.data())
def test_a_quote_is_the_words_in_their_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    page = shown(draft("a"), findings=[finding("a", source=Source("a", text), span=Span(start, end))])
    quote = page.sections[0].groups[0].items[0].quote
    assert quote is not None
    before, words, after = quote.before.lstrip("…"), quote.words.rstrip("…"), quote.after.rstrip("…")
    assert text[start:end].startswith(words) and words
    assert text[:start].endswith(before) and text[start + len(words) :].startswith(after)
    assert "\n" not in before + after and len(before) <= content.ROOM and len(after) <= content.ROOM and len(words) <= content.MOST_WORDS
    assert quote.before.startswith("…") == (before != text[text.rfind("\n", 0, start) + 1 : start])


def test_without_a_place_the_words_alone_are_quoted() -> None:
    page = shown(draft("a"), findings=[finding("a", excerpt="打卡"), finding("a")])
    assert [item.quote for item in page.sections[0].groups[0].items] == [Quote("", "打卡", ""), None]


# ── the head ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("paths", "zh", "en"),
    [
        (["a.txt"], "a.txt", "a.txt"),
        (["drafts/甲/a.txt", "drafts/乙/b.txt"], "drafts（2 个文件）", "drafts (2 files)"),
        (["a.txt", "b.txt"], "2 个文件", "2 files"),
        (["/x/a.txt", "b.txt"], "2 个文件", "2 files"),
    ],
)
def test_what_was_checked_is_named(paths: list[str], zh: str, en: str) -> None:
    drafts = [draft(path) for path in paths]
    assert (shown(*drafts).subject, shown(*drafts, lang="en").subject) == (zh, en)


def test_the_conclusion_is_one_sentence() -> None:
    assert page_of(CLEAN).sentence == "建议通过：没有发现错误和警告。"
    assert page_of(replace(CLEAN, lang="en")).sentence == "Proposed: passed (no errors and no warnings were found)."
    assert page_of(REPORT).sentence == "2 份草案中，建议通过 0 份，修改后通过 0 份，不予通过 2 份（其中未能读取 1 份）。"
    rules = Report(DAY, (finding("a.md"),), counts=Counts(files=3, rules_selected=2), of_rules=True)
    assert page_of(rules).sentence == "核对 3 个文件、2 条规则：错误 1 处，警告 0 处，建议 0 处。"
    assert page_of(replace(rules, lang="en")).sentence == "Files: 3, rules: 2. Errors: 1, warnings: 0, advice: 0."


def test_kinds_to_filter_for_are_families_with_their_rules() -> None:
    page = page_of(REPORT)
    assert [(family.title, family.rules) for family in page.kinds if family.id in ("adoption", "evidence")] == [
        ("推广应用", (("download-quota", "下载安装指标"),)),
        ("痕迹佐证", (("check-in", "打卡定位"),)),
    ]
