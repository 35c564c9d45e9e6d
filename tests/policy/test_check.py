"""What the checker says of each fault, with its place; and what it lets through."""
# ruff: noqa: E501 - tables of messages read best a line each

from __future__ import annotations

import pytest

from tests.policy.pages import CASE, HEAD, TAIL, load, rule_of, sound

FOR = "for d in indicator.demands\n  "


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        ("d.action is instal", "action 没有“instal”这个值，是不是要写 install？", "action has no value “instal”; did you mean install?"),
        ("d.action is 激活", "action 没有“激活”这个值，是不是要写 activate？", "action has no value “激活”; did you mean activate?"),
        ("d.action in adopton", "没有 action 的组“adopton”，是不是要写 adoption？", "there is no group of action named “adopton”; did you mean adoption?"),
        ("d.force in apps", "组“apps”是 object_kind 的，这里要 force", "the group “apps” is of object_kind; force is wanted"),
        ("d.objekt is known", "没有 Demand 的字段“objekt”，是不是要写 object？", "there is no field of Demand named “objekt”; did you mean object?"),
        ("demand.action is install", "没有名称“demand”，可写 d、indicator、scheme", "there is no name “demand”; known are d, indicator, scheme"),
        ("d.target.value > 1000000000000", "数值太大，规则里的数最多 12 位", "this number is too large; a number in a rule has at most 12 digits"),
        ("d.voice = own", "voice 用 is 或 is not 比较", "a voice is compared with is or is not"),
        ("d.target.value is 3", "number 用 = 或 != 比较", "a number is compared with = or !="),
        ("d.target.value > 1 week", "number 与 duration 不能相比", "a number cannot be compared with a duration"),
        ('d.object.name < "a"', "text 不分大小，只能用 = 或 !=", "a text has no order; only = and != suit it"),
        ("d.frequency", "这里要一个条件，得到的是 duration；与什么比较？", "a condition is wanted here, this is a duration; compare it with something"),
        ("indicator.demands.action is install", "“indicator.demands”是列表，要用 for 或 any(x in indicator.demands: …) 逐个来看", "“indicator.demands” is a list: look at each with for or any(x in indicator.demands: …)"),
        ("indicator.demands is known", "列表总是有的，问它空不空写 exists(…)", "a list is never absent; ask exists(…) whether it holds anything"),
        ("d.voice.x is own", "“d.voice”是 voice，没有字段", "“d.voice” is a voice and has no fields"),
        ("d.action in [install, scored]", "action 没有“scored”这个值", "action has no value “scored”"),
        ("d.action in d.actor", "in 之后要一组 action，得到的是 actor", "after in stand several action, this is a actor"),
        ("indicator.procedures has d", "list of Procedure 里不会有 Demand", "a list of Procedure cannot hold a Demand"),
        ("d.actor has d", "has 之前要一个列表，得到的是 actor", "before has stands a list, this is a actor"),
        ("count(e in indicator.evidence: e.kind) > 1", "这里要一个条件，得到的是 evidence_kind；与什么比较？", "a condition is wanted here, this is a evidence_kind; compare it with something"),
        ("sum(e in indicator.demands: e.action) > 1", "action 不能求和，只有数值和时间可以", "a action has no sum; numbers and durations have"),
        ("sum(indicator.demands) > 1", "写明逐项看什么：sum(x in …: …)", "say what to look at in each: sum(x in …: …)"),
        ("any(d in indicator.demands: d.force is scored)", "名称“d”已经用过，换一个", "the name “d” is already used; choose another"),
        ("exist(d.action)", "没有函数“exist”，是不是要写 exists？", "there is no function “exist”; did you mean exists?"),
        ('similar_text("a") > 0.5', "similar_text 要 2 个值，写了 1 个", "similar_text takes 2 values, 1 are given"),
        ("same_item(d.object.name, d.action)", "same_item 要 text，得到的是 action", "same_item takes a text, this is a action"),
        ("d.frequency + d.target.value > 3", "duration 与 number 不能用 + 计算", "there is no duration + number"),
        ("adoption is known", "“adoption”是一组值，写作 in adoption", "“adoption” is a group of values: write in adoption"),
    ],
)  # fmt: skip
def test_a_fault_in_a_condition(condition: str, zh: str, en: str) -> None:
    rule, problems = load(rule_of(f"{FOR}when {condition}"))
    assert rule is None
    assert [(p.zh, p.en) for p in problems] == [(zh, en)]


@pytest.mark.parametrize(
    "condition",
    [
        "d.action in adoption and d.object.kind not in apps or not (d.force is scored)",
        "d.action in [install, bind] and d.actor is not staff",
        "any(c in indicator.consequences: c.hangs_on has d) or all(c in indicator.consequences: c.hangs_on has real_harm)",
        "any(c in indicator.consequences: any(h in c.hangs_on: h.demand is d and h.demand.action is install))",
        "exists(indicator.demands) and count(indicator.demands) > 2 and exists(e in indicator.evidence: e.kind in traces)",
        "any(p in indicator.procedures: p.steps has print and any(s in p.steps: s in paper))",
        "d.frequency < 2 weeks and d.frequency / 2 > 1 day and d.frequency / 1 day < 30 and 2 * d.frequency > 1 week",
        "sum(i in scheme.indicators: i.points) = scheme.declared_total and scheme.process_points / scheme.scored_points > 50%",
        'd.object.name = "国家反诈中心" and same_item(d.object.name, scheme.name) and similar_text(scheme.name, indicator.name) >= 0.9',
        "d.target is absent or d.target.growing or d.target.universal is true",
        "scheme.audience has township and scheme.level in [county, city]",
        'indicator.name in ["a", "b"] and any(r in indicator.reporting: indicator.name in r.systems)',
    ],
)
def test_what_may_be_said(condition: str) -> None:
    sound(rule_of(f"{FOR}when {condition}"))


@pytest.mark.parametrize(
    ("rule", "line", "column", "zh", "en"),
    [
        (rule_of("", head=HEAD.replace("stable", "stabel")), 3, 11, "status 没有“stabel”这个值，是不是要写 stable？", "status has no value “stabel”; did you mean stable?"),
        (rule_of("", head=HEAD.replace("  waivable: never\n", "")), 1, 6, "缺少 waivable: never 或 with_reason", "waivable is missing: one of never, with_reason"),
        (rule_of("", head=HEAD + "  status: stable\n"), 6, 3, "status 只写一次", "status is written once only"),
        (rule_of("", head=HEAD.replace("title en", "title zh")), 2, 3, '缺少英文标题，写作 title en: "…"（中文标题是页面的标题）', 'the English title is missing: title en: "…"'),
        (rule_of("").replace("rule sample", "rule other"), 1, 6, "规则名应与文件名相同：sample", "the rule's id is its file's name: sample"),
        (rule_of("when true when true"), 6, 13, "when 只写一次", "when is written once only"),
        (rule_of("", case=""), 1, 6, "缺少 case { severity: … basis: … }", "the rule has no case { severity: … basis: … }"),
        (rule_of("", case='case { severity: eror basis: none "r" }'), 7, 20, "severity 没有“eror”这个值，是不是要写 error？", "severity has no value “eror”; did you mean error?"),
        (rule_of("", case='case { basis: none "r" }'), 7, 3, "case 缺少 severity: error 或 warning 或 advice", "the case has no severity: one of error, warning, advice"),
        (rule_of("", case="case { severity: error }"), 7, 3, 'case 缺少 basis: 文件.条款，或 basis: none "理由"', 'the case has no basis: DOCUMENT.clause, or basis: none "reason"'),
        (rule_of("", case="case { severity: error basis: OLDE.ban }"), 7, 33, "没有文件“OLDE”，是不是要写 OLD？", "there is no norm “OLDE”; did you mean OLD?"),
        (rule_of("", case="case { severity: error basis: OLD.bam }"), 7, 33, "没有 OLD 的条款“bam”，是不是要写 ban？", "there is no clause of OLD named “bam”; did you mean ban?"),
        (rule_of("", case="case { severity: error basis: OLD.silent }"), 7, 33, "OLD.silent 没有 cite_as，不能引用", "OLD.silent has no cite_as and cannot be cited"),
        (rule_of("parameter p: duration = 3, stricter: larger"), 6, 27, "参数“p”应是 duration，写的是 number", "the parameter “p” is a duration, its value is a number"),
        (rule_of("parameter p: number = 3, stricter: more"), 6, 38, "stricter 没有“more”这个值，可写 larger、smaller", "stricter has no value “more”; known are larger, smaller"),
        (rule_of("for d in indicator.clarity"), 6, 12, "for 要一个列表，得到的是 Clarity", "for walks a list, this is a Clarity"),
        (rule_of("for scheme in indicator.demands"), 6, 7, "名称“scheme”已经用过，换一个", "the name “scheme” is already used; choose another"),
        (rule_of("", tail=TAIL.replace('advise en: "do"', "")), 7, 3, '缺少 advise en: "…"，写在规则里或此 case 里', 'advise en: "…" is missing, in the rule or in this case'),
        (rule_of("", tail=TAIL.replace('message zh: "中"', 'message zh: "中" message zh: "中"')), 9, 19, "message zh 只写一次", "message zh is written once only"),
        (rule_of("", tail=TAIL.replace("at indicator.words", "")), 1, 6, "缺少 at：问题标在哪些文字上，如 at demand.words", "at is missing: the words the finding points at, such as at demand.words"),
        (rule_of("", tail=TAIL.replace("indicator.words", "indicator.name")), 8, 6, "at 之后要文字的位置，如 x.words，得到的是 text", "after at stand words of the draft, such as x.words; this is a text"),
        (rule_of("", tail=TAIL.replace("indicator.words", "scheme.total_words")), 8, 3, "此处可能没有文字，写明否则标在哪里：at … else scheme.words", "these words may be absent; say where else: at … else scheme.words"),
    ],
)  # fmt: skip
def test_a_fault_in_a_clause(rule: str, line: int, column: int, zh: str, en: str) -> None:
    checked, problems = load(rule)
    assert checked is None
    assert [(p.line, p.column, p.zh, p.en) for p in problems] == [(line, column, zh, en)]


def test_a_place_may_say_where_else() -> None:
    sound(rule_of("", tail=TAIL.replace("indicator.words", "scheme.total_words else indicator.words")))


def message(text: str, when: str = "true", case: str = CASE) -> list[str]:
    body = f"{FOR}let t = d.target\n  let e = first(e in indicator.evidence: e.kind in traces)\n  let low = t.value < 3\n  when {when}"
    _, problems = load(rule_of(body, case=case, tail=TAIL.replace('"中"', f'"{text}"')))
    return [p.zh for p in problems]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("{d.words} {d.action} {d.object} {indicator.name} {scheme.audience}", "true"),
        ("{d.target}", "d.target is known"),
        ("{d.target.value}", "d.target.value >= 90"),
        ("{d.target.value}", "not (d.target.value >= 90)"),
        ("{d.target.growing}", "d.target.value >= 90"),
        ("{d.target}", "d.target.growing or d.target.universal"),
        ("{t.value}", "d.target.value > 3"),
        ("{d.target.value}", "t.value > 3"),
        ("{d.target.value}", "low"),
        ("{e.words}", "e is known"),
        ("{e.words}", "not (e is absent)"),
        ("{d.frequency}", "d.frequency + 1 day < 3 days and d.action is install"),
        ("{d.object.name}", "same_item(d.object.name, scheme.name)"),
    ],
)
def test_a_message_may_name_what_the_conditions_make_sure_of(text: str, when: str) -> None:
    assert message(text, when) == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("{d.target}", "true"),
        ("{d.target.value}", "d.target is known"),
        ("{d.target.value}", "d.target.value >= 90 or d.action is install"),
        ("{d.target}", "d.target is absent"),
        ("{e.words}", "exists(indicator.evidence)"),
        ("{scheme.issuer}", "any(i in scheme.indicators: scheme.issuer is known)"),
    ],
)
def test_a_message_that_names_an_absent_value_does_not_load(text: str, when: str) -> None:
    inner = text.strip("{}")
    assert message(text, when) == [f"{text} 可能没有值：先在 when 里写 {inner} is known，或与它比较"]


def test_the_condition_of_a_case_makes_sure_for_that_case_only() -> None:
    known = 'case { when d.target is known  severity: error  basis: none "r"  message zh: "{d.target}" }\n'
    assert message("中", case=known) == []
    assert len(message("中", case=known + '  case { severity: error  basis: none "r"  message zh: "{d.target}" }\n')) == 1


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("{d}", "{d} 是 Demand，印不出来，写它的一个字段"),
        ("{indicator.demands}", "{indicator.demands} 是 list of Demand，印不出来，写它的一个字段"),
        ("{d.action is install}", "{d.action is install} 里只能写字段，如 {demand.words}"),
        ("{d.wrds}", "没有 Demand 的字段“wrds”，是不是要写 words？"),
        ("{d.words", "花括号要成对，里面写字段，如 {demand.words}"),
    ],
)
def test_a_fault_in_a_message(text: str, zh: str) -> None:
    assert message(text) == [zh]


@pytest.mark.parametrize(
    ("condition", "zh"),
    [
        ("d.voice is known", "这个值总是有的，不必问"),
        ("d.target.value / 0 > 1", "除以零，结果只会是未知"),
        ("d.target.value / (0.5 * 2 - 1) > 1 or d.voice is own", "除以零，结果只会是未知"),
    ],
)
def test_a_condition_that_cannot_matter_is_a_warning(condition: str, zh: str) -> None:
    rule, problems = load(rule_of(f"{FOR}when {condition}"))
    assert rule is not None
    assert [(p.zh, p.severity) for p in problems] == [(zh, "warning")]


ABSENT = "这里只会是未知：所比的值按旁边或前面的条件没有值"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("when d.frequency is absent and d.frequency < 1 week", "d.frequency < 1 week"),
        ("when d.target is absent and d.target.value > 3", "d.target.value > 3"),
        ("when d.voice is own or d.target is absent and not (d.target.value + 1 > 3)", "d.target.value + 1 > 3"),
        ("when any(c in indicator.consequences: c.frequency is absent and c.frequency < 1 week)", "c.frequency < 1 week"),
        ("when d.frequency is absent and d.frequency in [1 week, 2 weeks] or d.voice is own", "d.frequency in [1 week, 2 weeks]"),
        ("let often = d.frequency / 2\n  when d.frequency is absent and often < 1 week", "often < 1 week"),
        ("let aim = d.target\n  when d.target is absent and aim.universal", "aim.universal"),
        ("when d.target is absent\n  unless d.target.value > 3", "d.target.value > 3"),
        ("when d.object.name is absent and same_item(d.object.name, indicator.name)", "same_item"),
    ],
)
def test_a_condition_that_can_only_be_unknown_is_told_where_it_stands(body: str, place: str) -> None:
    text = rule_of(FOR + body)
    rule, problems = load(text)
    told = [(p.zh, p.severity, text.split("\n")[p.line - 1][p.column - 1 :].startswith(place)) for p in problems]
    assert rule is not None
    assert told == [(ABSENT, "warning", True)]


def test_a_case_is_told_what_the_rule_leaves_it() -> None:
    case = 'case { when %s  severity: error  basis: none "试" }\n'
    for when, condition, told in (
        ("d.target is absent", "d.target.value > 3", ABSENT),
        ("d.target is known", "d.target is absent", "这个条件不会成立：它要没有值的，前面的条件已要求有值"),
        ("d.voice is own", "d.target is absent or d.target.value > 3", None),
    ):
        rule, problems = load(rule_of(f"{FOR}when {when}", case=case % condition))
        assert rule is not None
        assert [p.zh for p in problems] == ([told] if told else [])


def test_too_many_loops_do_not_load() -> None:
    loops = "".join(f"for x{n} in scheme.indicators\n  " for n in range(6))
    _, problems = load(rule_of(loops))
    assert [p.en for p in problems] == ["loops are nested more than 5 deep"]


def test_too_deep_an_expression_does_not_load() -> None:
    _, problems = load(rule_of("when " + "not " * 60 + "true"))
    assert [p.en for p in problems] == ["the expression is nested more than 50 deep"]


def test_one_fault_does_not_breed_others() -> None:
    _, problems = load(rule_of("for d in indicator.demandz\n  when d.action is install and d.object.kind in apps"))
    assert [p.zh for p in problems] == ["没有 Indicator 的字段“demandz”，是不是要写 demands？"]
