"""From facts to objections: cases in order, norms by date, parameters, the words pointed at, what a message prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assesslint.findings.model import Basis
from assesslint.policy import tree
from assesslint.policy.judge import Judge, Objection, on_day
from assesslint.reading.facts import Demand, Evidence, Indicator, Object, Scheme, Target, Words
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.source import Span
from tests.policy.pages import HEAD, TAIL, rule_of, sound

TODAY = date(2026, 11, 23)
FOR = "for d in indicator.demands\n  "
HERE = Words("安装率达到50%", (Span(3, 11),), "scoring")
INSTALL = Demand(HERE, "scored", "install", Object("app", "干部之家"), target=Target("at_least", Decimal(50), "percent"))


def scheme_of(*demands: Demand, evidence: tuple[Evidence, ...] = ()) -> Scheme:
    return Scheme(Words("细则"), "细则", indicators=(Indicator(Words("推广", (Span(0, 2),)), "推广", demands=demands, evidence=evidence),))


def judge(rule: tree.Rule, scheme: Scheme, day: date = TODAY, lang: str = "zh", **moved: Decimal) -> list[Objection]:
    return Judge([rule], central_vocabulary(), day, lang, {rule.id: moved}).judge(scheme)


def test_an_objection_is_complete() -> None:
    tail = 'at d.words\n  message zh: "“{d.words}”要求{d.object}{d.action}{d.target}"\n  message en: "{d.action} {d.object}: {d.target}"\n'
    tail += '  advise zh: "删去"\n  advise en: "delete"\n'
    rule = sound(rule_of(FOR + "when d.target is known", case="case { severity: error basis: OLD.ban, OLD.lapsed, NEW.ban }\n", tail=tail))
    scheme = scheme_of(INSTALL)
    basis = (Basis("OLD", "ban", "《旧规定》第3条", "sure"), Basis("NEW", "ban", "《新规定》", "unknown"))
    message = "“安装率达到50%”要求“干部之家”安装不低于50%"
    assert judge(rule, scheme) == [Objection("sample", "samples", "error", message, "删去", basis, HERE, scheme.indicators[0])]
    assert [(o.message, o.advice) for o in judge(rule, scheme, lang="en")] == [("install “干部之家”: at least 50%", "delete")]


def test_the_first_case_that_fits_speaks() -> None:
    cases = "".join(
        f'case {{ {when}  severity: {severity}  basis: none "r"  message zh: "{severity}" }}\n  '
        for when, severity in (("when d.target.value >= 90", "error"), ("when d.target.value >= 50", "warning"), ("", "advice"))
    )
    rule = sound(rule_of(FOR, case=cases))

    def said(value: Decimal | None) -> list[tuple[str, str]]:
        demand = replace(INSTALL, target=Target("at_least", value, "percent"))
        return [(o.severity, o.message) for o in judge(rule, scheme_of(demand))]

    assert said(Decimal(95)) == [("error", "error")]
    assert said(Decimal(50)) == [("warning", "warning")]
    assert said(Decimal(10)) == said(None) == [("advice", "advice")]


def test_without_a_fitting_case_nothing_is_said() -> None:
    rule = sound(rule_of(FOR, case='case { when d.frequency < 1 week  severity: error  basis: none "r" }\n'))
    assert judge(rule, scheme_of(INSTALL)) == []


@pytest.mark.parametrize(
    ("day", "norms"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), ["lapsed"]),
        (date(2021, 12, 31), ["lapsed"]),
        (date(2022, 1, 1), None),
        (date(2026, 1, 1), ["ban"]),
    ],
)
def test_a_finding_cites_what_is_in_force_that_day(day: date, norms: list[str] | None) -> None:
    rule = sound(rule_of("", case="case { severity: error basis: OLD.lapsed, NEW.ban }\n"))
    assert bool(on_day(rule, day).cases) == (norms is not None)
    assert [[b.clause for b in o.basis] for o in judge(rule, scheme_of(), day)] == ([norms] if norms else [])


def test_a_case_whose_norms_are_not_in_force_is_passed_over() -> None:
    cases = 'case { severity: error basis: NEW.ban }\n  case { severity: advice basis: none "良好做法" }\n'
    rule = sound(rule_of("", case=cases))
    assert [o.severity for o in judge(rule, scheme_of(), date(2025, 12, 31))] == ["advice"]
    assert [o.severity for o in judge(rule, scheme_of(), date(2026, 1, 1))] == ["error"]


def test_unless_excuses_only_on_true() -> None:
    rule = sound(rule_of(FOR + "unless d.frequency > 1 week\n  unless d.circumstance in exempting"))
    assert len(judge(rule, scheme_of(INSTALL))) == 1
    assert judge(rule, scheme_of(replace(INSTALL, frequency=Decimal(30)))) == []
    assert judge(rule, scheme_of(replace(INSTALL, circumstance="emergency"))) == []


def test_a_parameter_can_be_moved() -> None:
    rule = sound(rule_of("parameter most: number = 2, stricter: smaller\n  when count(indicator.demands) > most"))
    scheme = scheme_of(INSTALL, replace(INSTALL, action="bind"))
    assert judge(rule, scheme) == []
    assert len(judge(rule, scheme, most=Decimal(1))) == 1


def test_objections_at_the_same_words_of_an_indicator_are_one() -> None:
    rule = sound(rule_of(FOR, tail=TAIL.replace("indicator.words", "d.words")))
    twice = scheme_of(INSTALL, replace(INSTALL, action="bind"), replace(INSTALL, words=Words("绑定", (Span(20, 22),))))
    assert [o.words.text for o in judge(rule, twice)] == ["安装率达到50%", "绑定"]
    both = replace(twice, indicators=(twice.indicators[0], replace(twice.indicators[0], name="另一项")))
    assert [o.words.text for o in judge(rule, both)] == ["安装率达到50%", "绑定"] * 2


def test_a_rule_may_point_at_the_first_of_several() -> None:
    tail = TAIL.replace("indicator.words", "trace.words").replace('"中"', '"只收{trace.kind}"')
    rule = sound(rule_of("let trace = first(e in indicator.evidence: e.kind in traces)\n  when trace is known", tail=tail))
    photo = Evidence(Words("照片"), "photo")
    scheme = scheme_of(evidence=(Evidence(Words("核查"), "on_site_check"), photo, Evidence(Words("截图"), "screenshot")))
    assert [(o.words, o.message) for o in judge(rule, scheme)] == [(photo.words, "只收照片")]
    assert judge(rule, scheme_of()) == []


def test_a_rule_of_the_scheme_speaks_once_or_of_the_indicator_it_is_at() -> None:
    head = HEAD.replace("applies to: indicator", "applies to: scheme")
    tail = TAIL.replace("indicator.words", "scheme.total_words else scheme.words")
    whole = sound(rule_of("when count(i in scheme.indicators: i.points is absent) = 1", head=head, tail=tail))
    scheme = scheme_of(INSTALL)
    assert [(o.words, o.indicator) for o in judge(whole, scheme)] == [(scheme.words, None)]
    total = replace(scheme, total_words=Words("总分: 100"))
    assert [o.words.text for o in judge(whole, total)] == ["总分: 100"]
    each = sound(rule_of("for i in scheme.indicators\n  for d in i.demands", head=head, tail=TAIL.replace("indicator.words", "d.words")))
    assert [(o.words, o.indicator) for o in judge(each, scheme)] == [(HERE, scheme.indicators[0])]


@pytest.mark.parametrize(
    ("demand", "path", "zh", "en"),
    [
        (INSTALL, "d.words", "安装率达到50%", "安装率达到50%"),
        (replace(INSTALL, words=Words("很\n长" * 60)), "d.words", ("很 长" * 60)[:59] + "…", ("很 长" * 60)[:59] + "…"),
        (replace(INSTALL, object=Object("mini_program")), "d.object", "小程序", "mini-program"),
        (INSTALL, "d.object.kind", "应用", "app"),
        (replace(INSTALL, target=Target(universal=True)), "d.target", "全员", "everyone"),
        (replace(INSTALL, target=Target("growth", Decimal("12.50"), "points")), "d.target", "增长12.5分", "growth of 12.5 points"),
        (replace(INSTALL, target=Target(None, Decimal(1000), "count")), "d.target", "1000", "1000"),
        (replace(INSTALL, target=Target()), "d.target", "未写数值", "no figure"),
        (INSTALL, "d.target.value", "50", "50"),
        (INSTALL, "d.target.growing", "否", "no"),
        (replace(INSTALL, frequency=Decimal(1)), "d.frequency", "1天", "1 day"),
        (replace(INSTALL, frequency=Decimal(30)), "d.frequency", "30天", "30 days"),
        (replace(INSTALL, frequency=Decimal("0.5")), "d.frequency", "12小时", "12 hours"),
        (INSTALL, "scheme.audience", "乡镇街道、村社区", "township, village"),
    ],
)  # fmt: skip
def test_what_a_message_prints(demand: Demand, path: str, zh: str, en: str) -> None:
    optional = {"d.frequency", "d.target", "d.target.value"}
    needed = "d.target" if path == "d.target.growing" else path if path in optional else ""
    tail = TAIL.replace('"中"', f'"{{{path}}}"').replace('"en"', f'"{{{path}}}"')
    rule = sound(rule_of(FOR + (f"when {needed} is known" if needed else ""), tail=tail))
    scheme = replace(scheme_of(demand), audience=("township", "village"))
    name = central_vocabulary().name("audience", "township", "zh")
    assert [o.message for o in judge(rule, scheme)] == [zh.replace("乡镇街道", name)]
    assert [o.message for o in judge(rule, scheme, lang="en")] == [en]


def test_a_norm_is_held_against_a_draft_only_when_its_number_is_sure() -> None:
    sure, unsure = Basis("OLD", "ban", "《旧规定》第3条", "sure"), Basis("NEW", "ban", "《新规定》", "likely")
    assert sure.sentence("zh") == "不符合《旧规定》第3条"
    assert unsure.sentence("zh") == "疑不符合《新规定》（条号待核）"
    assert unsure.sentence("en") == "probably contrary to 《新规定》 (article number unverified)"
