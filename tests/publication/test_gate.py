"""What passes the gate, what does not, and that the answer depends on the draft, the rules and the day alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.documents.draft import read_draft
from assesslint.findings.model import Notice
from assesslint.linter.errors import RunError
from assesslint.linter.settings import Settings
from assesslint.publication.configuration import configuration_from_json, configuration_to_json, for_one_paper
from assesslint.publication.gate import REPORT, SCHEME, judge_paper, named_notices
from assesslint.publication.statement import attestation_schema
from assesslint.reports.json import report_schema
from assesslint.scheme.json_form import scheme_schema
from assesslint.text.location import Position, TextLocation
from tests.publication.papers import BAD, DAY, GOOD, NOTICE, NOTICED, central, judged


def test_what_passes_comes_with_everything_by_its_digest() -> None:
    paper = judged()
    assert paper.reasons == ()
    assert sorted(paper.files) == ["original.assess", "report.json", "scheme.json"]
    assert [subject["name"] for subject in paper.statement["subject"]] == sorted(paper.files)
    predicate = paper.statement["predicate"]
    assert predicate["judged_on"] == "2026-11-27" and predicate["decision"] == "passed" and predicate["waivers"] == []
    assert [pack["id"] for pack in predicate["rules"]["packs"]] == ["central"]
    jsonschema.Draft202012Validator(attestation_schema()).validate(paper.statement)


def test_the_files_are_canonical_and_keep_their_contracts() -> None:
    files = judged(NOTICED, {NOTICE: "看过"}).files
    for name, schema in ((REPORT, report_schema()), (SCHEME, scheme_schema())):
        value = json.loads(files[name])
        assert rfc8785.dumps(value) == files[name]
        jsonschema.validate(value, schema)
    again = read_draft("scheme.json", files[SCHEME]).schemes
    assert [indicator.name.text for _, indicator in again[0].indicators()] == ["事项办理", "材料免交"]


def test_the_schema_is_a_schema_and_knows_no_other_keys() -> None:
    jsonschema.Draft202012Validator.check_schema(attestation_schema())
    statement = json.loads(json.dumps(judged().statement))
    statement["predicate"]["more"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(statement, attestation_schema())


def test_the_name_of_the_draft_says_nothing_but_its_kind() -> None:
    assert judged(name="甲/稿.assess").files == judged(name="report.json.ASSESS").files
    assert judged(name="甲.assess").statement == judged(name="乙.assess").statement


def test_the_same_draft_on_the_same_day_gives_the_same_bytes() -> None:
    first, second = judged(NOTICED, {NOTICE: "看过"}), judged(NOTICED, {NOTICE: "看过"})
    assert first.files == second.files and first.statement == second.statement
    later = judged(NOTICED, {NOTICE: "看过"}, day=DAY + timedelta(days=1))
    assert later.files[REPORT] != first.files[REPORT]


def test_a_finding_at_the_failing_level_is_a_reason() -> None:
    assert judged(BAD).reasons[0][0].endswith("处错误，须先改好")


def test_a_milder_finding_is_one_when_the_configuration_says_so() -> None:
    mild = GOOD.replace("  依据: ", "  # 依据: ")
    [warning] = {finding.severity for finding in judged(mild).report.findings}
    assert judged(mild).reasons == () and warning != "error"
    assert judged(mild, settings=Settings(fail_on=warning)).reasons


def test_a_notice_stands_until_it_is_acknowledged_by_name() -> None:
    [(zh, en)] = judged(NOTICED).reasons
    assert NOTICE in zh and NOTICE in en
    assert judged(NOTICED, {NOTICE: "看过"}).reasons == ()
    assert judged(NOTICED, {NOTICE: "看过"}).statement["predicate"]["acknowledged"] == [{"notice": NOTICE, "reason": "看过"}]
    assert len(judged(NOTICED, {"hidden-characters": "看过"}).reasons) == 2


@pytest.mark.parametrize("text", ["", "随便写的", '方案 "空" { }'])
def test_what_holds_no_indicator_does_not_pass(text: str) -> None:
    assert judged(text).reasons


def test_nothing_can_be_acknowledged_that_is_not_there() -> None:
    assert judged(acknowledged={"unreadable-page": "看过"}).reasons == (
        ("没有名为“unreadable-page”的提示可以认可", "there is no notice “unreadable-page” to acknowledge"),
    )


def test_waivers_in_the_draft_are_not_honoured() -> None:
    waived = GOOD.replace(
        '每低1个百分点扣1分"',
        '每低1个百分点扣1分，工作人员每日手机打卡，缺一次扣0.1分"\n    豁免 "check-in" { 理由: "有" 批准人: "甲" 有效期至: 2027-01-01 }',
    )
    assert "check-in" in {finding.rule for finding in judged(waived).report.findings}


@pytest.mark.parametrize(
    "settings", [Settings(ignore=("adoption",)), Settings(select=("scheme",)), Settings(severity={"usage-ranking": "advice"})]
)
def test_no_configuration_takes_a_rule_away_that_allows_no_waiver(settings: Settings) -> None:
    banned = {rule.id for rule in central().rules.values() if rule.waivable == "never"}
    said = judged(settings=settings).reasons
    assert said if banned & {"usage-ranking"} or not settings.severity else True
    assert all("不许豁免" in zh for zh, _ in said)


def test_rules_without_the_central_ones_do_not_pass(tmp_path: Path) -> None:
    book = central()
    alone = replace(book, packs=())
    posing = replace(book, packs=(replace(book.packs[0], folder=tmp_path),))
    for rulebook in (alone, posing):
        reasons = judge_paper("稿.assess", GOOD.encode(), Settings(), rulebook, DAY).reasons
        assert reasons[0][0] == "规则包没有扩展中央规则包，不能据以签发"


def test_an_unknown_rule_in_the_configuration_stops_the_run() -> None:
    with pytest.raises(RunError):
        judged(settings=Settings(ignore=("no-such",)))


def test_a_scheme_may_say_what_json_cannot() -> None:
    odd = GOOD.replace("总分: 100", "总分: 100\n  # 𠮷").replace("23个乡镇", "23个乡镇\\ud800")
    paper = judged(odd)
    assert rfc8785.dumps(json.loads(paper.files[SCHEME])) == paper.files[SCHEME]


names = st.sampled_from(["check-in", "download-quota", "adoption"])
configurations = st.builds(
    Settings,
    select=st.lists(names, max_size=2).map(tuple),
    ignore=st.lists(names, max_size=2).map(tuple),
    severity=st.dictionaries(names, st.sampled_from(["error", "warning", "advice"]), max_size=2),
    parameters=st.dictionaries(names, st.dictionaries(names, st.decimals("0.001", "9999", places=3), max_size=2), max_size=2),
    fail_on=st.sampled_from(["error", "warning", "advice"]),
    lang=st.sampled_from(["zh", "en"]),
    preview=st.booleans(),
)


@settings(max_examples=100, deadline=None)
@given(configurations)
def test_a_configuration_comes_back_from_the_attestation(given_settings: Settings) -> None:
    written = configuration_to_json(given_settings)
    jsonschema.validate(written, attestation_schema()["properties"]["predicate"]["properties"]["configuration"])
    assert configuration_from_json(json.loads(rfc8785.dumps(written)), DAY) == for_one_paper(given_settings, DAY)


def test_a_bound_is_written_in_digits() -> None:
    assert configuration_to_json(Settings(parameters={"a": {"b": Decimal("1E+2")}}))["parameters"] == {"a": {"b": "100"}}


places = st.builds(lambda line: TextLocation(Position(line, 1), Position(line, 2)), st.integers(1, 3))
notices = st.lists(st.builds(Notice, st.sampled_from(["a", "b"]), st.just("…"), st.just("p"), places), max_size=12)


@settings(max_examples=100, deadline=None)
@given(notices)
def test_every_notice_has_a_name_of_its_own(found: list[Notice]) -> None:
    named = named_notices(found)
    assert list(named.values()) == found
    assert all(name.startswith(notice.id + "@") for name, notice in named.items())
