"""The evaluator: Kleene's tables, absent values, every function; and nothing the checker accepts can fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from assesslint.policy import judge, tree
from assesslint.policy.evaluate import MOST_STEPS, days_between, evaluator, fresh_frame, same_item, similar_text, steps
from assesslint.policy.judge import Judge, Trigger, trigger
from assesslint.policy.kleene import AND, NOT, OR, TRUTHS, Truth
from assesslint.proof.sites import sites
from assesslint.reading.facts import Consequence, Demand, Evidence, Hang, Indicator, Object, Scheme, Target, Words
from assesslint.scheme.vocabulary import FieldType, central_vocabulary
from tests.policy.generate import conditions, schemes
from tests.policy.pages import rule_of, sound

FLAG = FieldType("flag")
TODAY = date(2026, 11, 23)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Facts take a while to draw, which on a busy machine says nothing."""


def path(slot: int) -> tree.Path:
    return tree.Path(slot, f"v{slot}", (), FLAG)


@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
def test_conditions_follow_the_tables(a: Truth, b: Truth) -> None:
    frame = [a, b]
    assert evaluator(tree.And((path(0), path(1))))(frame) is AND[a, b]
    assert evaluator(tree.Or((path(0), path(1))))(frame) is OR[a, b]
    assert evaluator(tree.Not(path(0)))(frame) is NOT[a]


def test_the_tables_are_kleenes() -> None:
    assert [AND[pair] for pair in ((True, True), (True, None), (False, None), (None, None))] == [True, None, False, None]
    assert [OR[pair] for pair in ((False, False), (True, None), (False, None), (None, None))] == [False, True, None, None]


@pytest.mark.parametrize("truths", [[], [True], [False], [None], [True, None], [False, None], [True, False], [True, True]])
def test_any_and_all_fold_the_tables(truths: list[Truth]) -> None:
    either: Truth = False
    every: Truth = True
    for truth in truths:
        either, every = OR[either, truth], AND[every, truth]
    frame = fresh_frame(tree.FIRST_SLOT + 2)
    frame[tree.FIRST_SLOT] = truths

    def gathering(kind: str) -> Any:
        return evaluator(tree.Gathering(kind, path(tree.FIRST_SLOT), "x", path(tree.FIRST_SLOT + 1), tree.FIRST_SLOT + 1))(frame)

    assert gathering("any") is either
    assert gathering("exists") is either
    assert gathering("all") is every
    assert gathering("count") == truths.count(True)


SCREENSHOT, PHOTO, SITE = (Evidence(Words(w), k) for w, k in (("截图", "screenshot"), ("照片", "photo"), ("核查", "on_site_check")))
HALF = Target("at_least", Decimal(50), "percent", per=Decimal(30))
INSTALL = Demand(Words("安装率达到50%"), "scored", "install", Object("app", "干部之家"), target=HALF)
ACTIVE = Demand(Words("每日活跃"), "scored", "be_active", Object("platform"))
CIRCULAR = Consequence(Words("通报"), "required", "circular", frequency=Decimal(7), hangs_on=(Hang(demand=INSTALL), Hang(kind="real_harm")))
INDICATOR = Indicator(
    Words("推广"), "推广", points=Decimal(10), demands=(INSTALL, ACTIVE), evidence=(SITE, SCREENSHOT, PHOTO), consequences=(CIRCULAR,)
)
SCHEME = Scheme(
    Words("细则"), "细则", level="county", audience=("township", "village"), declared_total=Decimal(10), indicators=(INDICATOR,)
)


def truth_of(condition: str) -> Truth:
    rule = sound(rule_of(f"for d in indicator.demands\n  let result = {condition}"))
    frame = fresh_frame(rule.slots)
    frame[tree.SCHEME_SLOT], frame[tree.INDICATOR_SLOT] = SCHEME, INDICATOR
    loop, let = rule.bindings
    frame[loop.slot] = INSTALL
    result: Truth = evaluator(let.value)(frame)
    return result


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        ("d.action is install", True),
        ("d.action is not install", False),
        ("d.action in adoption", True),
        ("d.action not in adoption", False),
        ("d.measure is rate", None),
        ("d.measure in [rate]", None),
        ("d.measure is absent", True),
        ("d.frequency is known", False),
        ("d.frequency < 1 week", None),
        ("not (d.frequency < 1 week)", None),
        ("d.frequency < 1 week and d.action is bind", False),
        ("d.frequency < 1 week or d.action is install", True),
        ("d.target.value >= 50", True),
        ("d.target.value * 2 = 100 and d.target.value / 100 = 50%", True),
        ("d.target.per = 1 month and d.target.per + 1 week > 5 weeks and d.target.per / 1 day = 30", True),
        ("d.target.value / (d.target.value - 50) > 1", None),
        ("any(c in indicator.consequences: c.hangs_on has d)", True),
        ("any(c in indicator.consequences: c.hangs_on has real_harm and not (c.hangs_on has law))", True),
        ("any(e in indicator.evidence: e.kind in traces)", True),
        ("all(e in indicator.evidence: e.kind in traces)", False),
        ("all(x in indicator.reporting: x.zero_report)", True),
        ("count(e in indicator.evidence: e.kind in traces) = 2 and count(indicator.evidence) = 3", True),
        ("sum(i in scheme.indicators: i.points) = scheme.declared_total", True),
        ("sum(x in indicator.demands: x.target.value) = 50", None),
        ("exists(indicator.reporting)", False),
        ("scheme.audience has township and not (scheme.audience has staff)", True),
        ("scheme.level in [county, city]", True),
        ("first(e in indicator.evidence: e.kind in traces) is known", True),
        ("first(e in indicator.evidence: e.kind is video) is known", False),
        ('d.object.name = "干部之家"', True),
        ("indicator.same_as != indicator.name", None),
    ],
)
def test_what_a_condition_comes_to(condition: str, truth: Truth) -> None:
    assert truth_of(condition) is truth


def test_the_functions() -> None:
    assert same_item("人口信息 台账", "人口（明细表）")
    assert not same_item("人口台账", "住房台账")
    assert same_item("台账", "台账")
    assert similar_text("隐患排查情况", "隐患排查情况") == 1
    assert similar_text("隐患排查情况", "网上阅读") < Decimal("0.5")
    assert days_between(date(2026, 1, 1), date(2026, 3, 1)) == days_between(date(2026, 3, 1), date(2026, 1, 1)) == 59


SCOPE = {"scheme": FieldType("Scheme"), "indicator": FieldType("Indicator"), "d": FieldType("Demand")}


@UNHURRIED
@given(condition=conditions(SCOPE), scheme=schemes)
def test_nothing_the_checker_accepts_can_fail(condition: str, scheme: Scheme) -> None:
    rule = sound(rule_of(f"for d in indicator.demands\n  let result = {condition}"))
    loop, let = rule.bindings
    run = evaluator(let.value)
    for indicator in scheme.indicators:
        for demand in indicator.demands:
            frame = fresh_frame(rule.slots)
            frame[tree.SCHEME_SLOT], frame[tree.INDICATOR_SLOT], frame[loop.slot] = scheme, indicator, demand
            assert run(frame) in TRUTHS


@UNHURRIED
@given(scheme=schemes, others=schemes)
def test_what_hangs_on_a_demand_is_told_whether_looked_up_or_tried_in_turn(scheme: Scheme, others: Scheme) -> None:
    asked = "any(c in indicator.consequences: c.hangs_on has d)", "not all(c in indicator.consequences: not (c.hangs_on has d))"
    rules = [sound(rule_of(f"for d in indicator.demands\n  let result = {condition}")) for condition in asked]
    looked_up, in_turn = (evaluator(rule.bindings[1].value) for rule in rules)
    indicators = [*scheme.indicators, *others.indicators]
    held = [hang.demand for indicator in indicators for c in indicator.consequences for hang in c.hangs_on]
    for indicator in indicators:
        for demand in (None, *indicator.demands, *held):
            frame = fresh_frame(rules[0].slots + rules[1].slots)
            frame[tree.INDICATOR_SLOT], frame[rules[0].bindings[0].slot] = indicator, demand
            assert looked_up(frame) is in_turn(frame)


@UNHURRIED
@given(condition=conditions(SCOPE), scheme=schemes)
def test_skipping_a_rule_nothing_sets_off_changes_no_objection(condition: str, scheme: Scheme) -> None:
    rule = sound(rule_of(f"for d in indicator.demands\n  let result = {condition}\n  when d.voice is own and result and {condition}"))
    indexed = Judge([rule], central_vocabulary(), TODAY, "zh", {})
    tried_always = Judge([rule], central_vocabulary(), TODAY, "zh", {})
    tried_always._by_list.clear()
    tried_always._by_value.clear()
    tried_always._always = [0]
    assert indexed.judge(scheme) == tried_always.judge(scheme)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("when indicator.points > 3", None),
        ("for d in indicator.demands", Trigger("demands")),
        ("for d in indicator.demands\n  when d.voice is own", Trigger("demands", "voice", frozenset({"own"}))),
        (
            "for d in indicator.demands\n  when d.voice is own and d.action in [like, vote]",
            Trigger("demands", "action", frozenset({"like", "vote"})),
        ),
        (
            "for d in indicator.demands\n  let seen = d.action is view or d.action in [like, vote]\n  when seen and d.action is not vote",
            Trigger("demands", "action", frozenset({"like", "view", "vote"})),
        ),
        ("for d in indicator.demands\n  when d.action is like or d.voice is own", Trigger("demands")),
        ("when any(e in indicator.evidence: e.kind is link and e.role is counted)", Trigger("evidence", "kind", frozenset({"link"}))),
        ("let x = first(e in indicator.evidence: e.kind is link)\n  when x is known", Trigger("evidence", "kind", frozenset({"link"}))),
        ("when any(e in indicator.evidence: e.kind is link) or indicator.points > 3", None),
        ("for d in indicator.demands\n  when d.action not in adoption", Trigger("demands")),
    ],
)
def test_what_sets_a_rule_off(body: str, expected: Trigger | None) -> None:
    assert trigger(sound(rule_of(body))) == expected


def test_a_rule_that_fails_is_told_and_stops_nothing() -> None:
    broken = replace(sound(rule_of("")), when=tree.Path(tree.INDICATOR_SLOT, "indicator", ("no_such_field",), FLAG))
    sane = replace(sound(rule_of("")), id="sane")
    objections = Judge([broken, sane], central_vocabulary(), TODAY, "zh", {}).judge(SCHEME)
    assert [(o.rule, o.family, o.severity, o.words, o.indicator) for o in objections] == [
        (judge.RULE_ERROR, "rule", "error", INDICATOR.words, INDICATOR),
        ("sane", "samples", "error", INDICATOR.words, INDICATOR),
    ]
    assert objections[0].message == "规则 sample 在此处无法判断（AttributeError）"


class Counted(set[object]):
    """Counts what is put into it."""

    puts = 0

    def add(self, value: object) -> None:  # noqa: ARG002
        self.puts += 1


@UNHURRIED
@given(condition=conditions(SCOPE), scheme=schemes)
def test_no_more_is_computed_than_steps_are_taken_for(condition: str, scheme: Scheme) -> None:
    rule = sound(rule_of(f"for d in indicator.demands\n  let result = {condition}"))
    loop, let = rule.bindings
    computed = Counted()
    computing = [site for site in sites(rule) if not isinstance(site.node, tree.Members)]
    watched = [site.put(tree.Watched(site.node, computed)).bindings[1].value for site in computing]
    for indicator in scheme.indicators:
        for demand in indicator.demands:
            computed.puts = most = 0
            for value in watched:
                frame = fresh_frame(rule.slots)
                frame[tree.SCHEME_SLOT], frame[tree.INDICATOR_SLOT], frame[loop.slot] = scheme, indicator, demand
                evaluator(value)(frame)
                most = max(most, MOST_STEPS - frame[tree.STEPS_SLOT])
            assert computed.puts <= steps(let.value) + most


INSTALLS = tuple(replace(INSTALL, words=Words(f"安装{number}")) for number in range(300))
MANY = Scheme(Words("细则"), "细则", indicators=tuple(Indicator(Words(name), name, demands=INSTALLS) for name in ("推广", "使用")))
FOUR = " ".join(f"any({name} in indicator.demands:" for name in "abcd") + " d.voice is quoted and a.action is like" + ")" * 4
LOOPS = "".join(f"for {name} in indicator.demands\n  " for name in "abcd")


@pytest.mark.parametrize(
    "body",
    [
        f"when {FOUR}",
        f"{LOOPS}when a.action is not like",
        "when count(a in indicator.demands: any(b in indicator.demands: similar_text(a.object.name, b.object.name) > 2)) > 0",
        f"for e in indicator.demands\n  when {' or '.join(['count(scheme.indicators) > 2'] * 400)} or {FOUR}",
    ],
)
def test_a_rule_without_end_is_stopped_and_told_once_a_scheme(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "MOST_STEPS", 500_000)
    rules = [sound(rule_of(body)), replace(sound(rule_of("")), id="sane")]
    objections = Judge(rules, central_vocabulary(), TODAY, "zh", {}).judge(MANY)
    told = [(o.severity, o.message, o.indicator) for o in objections if o.rule == judge.RULE_ERROR]
    assert told == [("error", "规则 sample 在方案“细则”上没有算完，此处和此后没有再按它检查：步数超过上限", MANY.indicators[0])]
    assert [o.indicator for o in objections if o.rule == "sane"] == list(MANY.indicators)


def test_all_rules_together_are_stopped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "MOST_STEPS", 500_000)
    monkeypatch.setattr(judge, "MOST_STEPS_TOGETHER", 1_000_000)
    endless = sound(rule_of(f"when {FOUR}"))
    modest = sound(rule_of("when any(d in indicator.demands: d.action is install and d.actor is village)"))
    rules = [replace(endless, id="one"), replace(modest, id="two"), replace(endless, id="three"), replace(modest, id="four")]
    objections = Judge(rules, central_vocabulary(), TODAY, "en", {}).judge(MANY)
    assert [o.message.split()[2] for o in objections] == ["one", "three", "four", "two"]
    assert all(o.rule == judge.RULE_ERROR for o in objections)
