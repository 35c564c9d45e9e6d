"""What mending may never do, over drafts full of faults; and what is withdrawn, with what reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.documents.draft import read_draft
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.findings.model import Report
from assesslint.linter.check import judge_met
from assesslint.linter.fixes.mend import Mended, mend
from assesslint.linter.inputs import Input
from assesslint.linter.settings import Settings
from assesslint.policy.rulebook import load_rulebook
from assesslint.reading.kept import KeptReadings
from assesslint.scheme.model import NO_TRIVIA, Field, Group, Indicator, Prose, Scheme, Term, Terms, Trivia, points_of_scored
from assesslint.scheme.printer import print_scheme
from tests.strategies import schemes

AS_OF = Settings(as_of=date(2026, 11, 27))


def judged(path: str, data: bytes, settings: Settings = AS_OF, kept: KeptReadings | None = None) -> Report:
    return judge_met([Input(path, None, data)], settings, load_rulebook(), kept=kept)


def mended(path: str, data: bytes, settings: Settings = AS_OF, *, unsafe: bool = False) -> Mended:
    def judge(state: bytes, kept: KeptReadings) -> Report:
        return judged(path, state, settings, kept)

    return mend(path, data, judge, DEFAULT_LIMITS, lang="zh", unsafe=unsafe)


# ── properties ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def faulty_fields() -> tuple[Field, ...]:
    """The fields of the drafts that rule pages flag."""
    found: dict[Field, None] = {}
    for rule in load_rulebook().own_rules:
        for example in load_rulebook().page(rule).flagged:
            draft = read_draft("a.assess" if example.kind == "scheme" else "a.txt", example.text.encode())
            for scheme in draft.schemes:
                found.update(dict.fromkeys(field for _, leaf in scheme.indicators() for field in leaf.fields))
    return tuple(found)


@st.composite
def faulty_indicators(draw: st.DrawFn) -> Indicator:
    """An indicator of fields that rules object to, with points, comments and a proof."""
    fields = draw(st.lists(st.sampled_from(faulty_fields()), min_size=1, max_size=3))
    proofs = draw(st.sampled_from(["screenshot", "photo", "on_site_check", "system_data"]))
    more = draw(st.lists(st.sampled_from(["ranking", "accountability", "talk", "circular"]), max_size=2, unique=True))
    fields = [*fields, Field("evidence", Terms((Term(proofs), Term("check_in_record"))), trivia=draw(trivia))]
    if more:
        fields.append(Field("consequence", Terms(tuple(map(Term, more))), trivia=draw(trivia)))
    name = draw(st.sampled_from(["推广应用", "日常巡查", "宣传引导", "网格管理", "群众诉求"]))
    return Indicator(Prose(name), draw(st.decimals(1, 40, places=1).map(abs)), kind="scored", fields=tuple(fields), trivia=draw(trivia))


trivia = st.sampled_from(
    [NO_TRIVIA, Trivia(beside="# 旁注"), Trivia(before=("# 上面一行",)), Trivia(before=("", "# 空行之后"), beside="# 又一")]
)
plain = Indicator(Prose("事项办理"), Decimal(30), fields=(Field("scoring", Prose("群众事项按期办结率达到95%得满分")),))
faulty_items = st.lists(st.one_of(faulty_indicators(), st.just(plain)), min_size=1, max_size=4)


@st.composite
def faulty_schemes(draw: st.DrawFn) -> Scheme:
    """Any scheme of the language, with groups of faulty indicators in it."""
    scheme = draw(schemes)
    groups = draw(st.lists(st.tuples(st.sampled_from(["甲类", "乙类"]), faulty_items), max_size=2))
    made = [Group(Prose(name), items=tuple(items)) for name, items in groups]
    return replace(scheme, items=(*scheme.items, *draw(faulty_items), *made))


def prose_of(scheme: Scheme) -> str:
    """Return a scheme as a plain-text draft of numbered indicators."""
    labels = {"scoring": "评分标准", "evidence": "佐证材料", "consequence": "结果运用", "remarks": "备注", "content": "考核内容"}
    lines = ["清河县2026年度综合考核细则", ""]
    for number, (_, leaf) in enumerate(scheme.indicators(), 1):
        lines.append(f"{number}.{leaf.name.text.strip() or '未名'}（{leaf.points or 5}分）".replace("\n", " "))
        prose = [(field.name, field.value.text) for field in leaf.fields if isinstance(field.value, Prose)]
        lines += [f"{labels.get(name, '备注')}：{text}".replace("\n", " ") for name, text in prose]
    return "\n".join(lines) + "\n"


def counted(report: Report) -> Counter[tuple[str, str, str]]:
    return Counter((f.rule, f.scheme, f.indicator) for f in report.findings)


def comments(text: str) -> Counter[str]:
    """Return the comments of a draft in the scheme language."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, Trivia):
            yield from (line for line in (*value.before, value.beside, *value.inside, value.after, *value.below) if line)
            yield from (line for _, each in value.fields for line in walk(each))
        elif hasattr(value, "trivia"):
            yield from walk(value.trivia)
            for name in ("items", "fields", "apps", "data_items", "inspections"):
                yield from (line for each in getattr(value, name, ()) for line in walk(each))

    return Counter(line for scheme in read_draft("a.assess", text.encode()).schemes for line in walk(scheme))


def total(path: str, text: str) -> list[Decimal]:
    return [points_of_scored(scheme.items) for scheme in read_draft(path, text.encode()).schemes]


@settings(deadline=None, max_examples=60)
@given(scheme=faulty_schemes(), is_prose=st.booleans())
def test_safe_fixes_add_nothing_break_nothing_keep_comments_and_are_done_at_once(scheme: Scheme, is_prose: bool) -> None:
    path, text = ("a.txt", prose_of(scheme)) if is_prose else ("a.assess", print_scheme(scheme))
    data = text.encode()
    done = mended(path, data)
    before, after = judged(path, data), judged(path, done.data)
    assert not counted(after) - counted(before)
    assert len(after.findings) <= len(before.findings)
    assert total(path, done.after) == total(path, done.before)
    again = mended(path, done.data)
    assert (again.data, again.fixed) == (done.data, ())
    if not is_prose:
        assert comments(done.after) == comments(done.before)
    if not done.fixed:
        assert done.data == data


@settings(deadline=None, max_examples=40)
@given(scheme=faulty_schemes(), is_prose=st.booleans())
def test_proposals_keep_the_total_and_add_nothing(scheme: Scheme, is_prose: bool) -> None:
    path, text = ("a.txt", prose_of(scheme)) if is_prose else ("a.assess", print_scheme(scheme))
    done = mended(path, text.encode(), unsafe=True)
    assert total(path, done.after) == total(path, done.before)
    assert not counted(judged(path, done.data)) - counted(judged(path, text.encode()))
    assert mended(path, done.data, unsafe=True).fixed == ()


# ── what is withdrawn ────────────────────────────────────────────────────────────────────────────────────────────────────────

DRAFT = """方案 "清河县考核细则" {{
  指标 "巡查" 10分 {{
    评分: "问题按期整改率达到95%得满分"
    佐证: {evidence}
  }}
  指标 "办理" 90分 {{ 评分: "群众事项按期办结率达到95%得满分"  佐证: 系统数据 }}
}}
"""


def reasons(done: Mended) -> list[tuple[str, str]]:
    return [(each.finding.rule, each.zh) for each in done.withdrawn]


def test_a_proof_that_changes_nothing_is_withdrawn() -> None:
    text = DRAFT.format(evidence="截图").replace(
        "问题按期整改率达到95%得满分", "沟渠每周巡查一次，好坏以巡查簿、手机照片为唯一依据，缺一次扣1分"
    )
    done = mended("a.assess", text.encode(), unsafe=True)
    assert (done.after, done.fixed) == (text, ())
    assert reasons(done) == [("trace-only-evidence", "改后问题仍然存在，没有改")]


def test_points_that_the_text_repeats_are_not_moved() -> None:
    text = (
        DRAFT.format(evidence="现场核查").replace("问题按期整改率", "“清河通”APP激活率").replace('95%得满分"  佐证', '95%得满分90分"  佐证')
    )
    done = mended("a.assess", text.encode(), unsafe=True)
    assert ("download-quota", "改后会出现新的问题（text-contradicts-field），没有改") in reasons(done)
    assert done.after == text


def waiver_of(data: bytes, folder: Path) -> Settings:
    """Return settings with a waiver of what a draft says of check-ins."""
    [finding] = [f for f in judged("a.assess", data).findings if f.rule == "check-in"]
    file = folder / "waivers.toml"
    granted = f'rule = "check-in"\nfingerprint = "{finding.subject}"\nreason = "试点"\napprover = "减负办"\nuntil = 2027-01-01\n'
    file.write_text(f"[[waiver]]\n{granted}", encoding="utf-8")
    return replace(AS_OF, waivers=file)


def test_what_a_waiver_was_given_for_stays_and_nothing_that_would_make_it_lapse_is_changed(tmp_path: Path) -> None:
    data = DRAFT.format(evidence="现场核查, 打卡记录").encode()
    assert mended("a.assess", data, waiver_of(data, tmp_path)).fixed == ()
    more = DRAFT.format(evidence="现场核查, 打卡记录\n    后果: 排名").encode()
    assert [f.rule for f in mended("a.assess", more).fixed] == ["check-in", "usage-ranking"]
    done = mended("a.assess", more, waiver_of(more, tmp_path))
    assert (done.data, done.fixed) == (more, ())
    assert reasons(done) == [("usage-ranking", "改后会出现新的问题（check-in），没有改")]


@pytest.mark.parametrize("evidence", ["现场核查, 打卡记录, 截图", '"现场核查、打卡记录、截图"'])
def test_fixes_that_touch_wait_for_the_next_round(evidence: str) -> None:
    text = DRAFT.format(evidence=evidence + '\n    后果: 排名, 通报, 问责\n    度量: 登录率("清河通") >= 90%')
    done = mended("a.assess", text.encode())
    assert "后果" not in done.after
    assert "打卡记录" not in done.after
    assert reasons(done) == []
