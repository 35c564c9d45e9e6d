"""A waiver counts for the very indicator, by an approver with authority, on the days it holds, and no field of it can be changed."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.policy.envelope import canonical, sealed
from assesslint.policy.keys import secret_key
from assesslint.policy.trust import Approver
from assesslint.publication import gate
from assesslint.publication.gate import ATTESTATION
from assesslint.publication.verification import verify_files
from assesslint.publication.waivers import waiver_schema
from tests.publication.papers import (
    APPROVER,
    APPROVERS,
    APPROVING,
    BAD,
    DAY,
    GOOD,
    OTHER,
    OTHER_PUBLIC,
    RULE,
    SECRET,
    SUPERIOR,
    TRUST,
    WAIVED,
    WAIVED_NOTICE,
    central,
    judged,
    known,
    published,
    waiver,
)
from tests.publication.test_verification import fields, with_value

SEEN = {WAIVED_NOTICE: "看过"}
SIGNED = waiver()
STATEMENT = json.loads(base64.b64decode(json.loads(SIGNED)["payload"]))


def refused(*waivers: bytes, text: str = WAIVED, approvers: Mapping[str, Approver] = APPROVERS, day: date = DAY) -> str:
    """Return what stands against publishing, all in one."""
    return "\n".join(zh for zh, _ in judged(text, SEEN, waivers=waivers, approvers=approvers, day=day).reasons)


def test_a_waiver_lets_a_draft_pass_and_is_told_of_with_who_gave_it_and_why() -> None:
    assert "有 1 处错误" in refused()
    paper = judged(WAIVED, SEEN, waivers=[SIGNED])
    assert paper.reasons == ()
    [named] = paper.statement["predicate"]["waivers"]
    assert (named["rule"], named["indicator"], named["approver"], named["reason"]) == (RULE, "事项办理", APPROVER, "防汛值守")
    assert [named["signed_by"]] == list(APPROVERS)
    assert [each.approver for each in paper.report.waived] == [APPROVER]
    assert paper.files["waiver-1.dsse.json"] == SIGNED


def test_what_is_signed_fits_its_published_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(waiver_schema())
    jsonschema.validate(STATEMENT, waiver_schema())


def test_it_holds_up_to_and_including_its_last_day() -> None:
    assert refused(waiver(until=DAY)) == ""
    assert "到期" in refused(waiver(until=DAY - timedelta(days=1)))
    assert "到期" in refused(waiver(until=DAY), day=DAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("old", "new"),
    [("缺一次扣0.1分", "缺一次扣1分"), ("事项办理", "事项办结"), ("数字政务考核细则", "数字政务细则"), ("清河县大数据局", "清河县数据局")],
)
def test_it_lapses_when_the_indicator_the_scheme_or_the_issuer_is_another(old: str, new: str) -> None:
    assert "没有用上" in refused(SIGNED, text=WAIVED.replace(old, new))


def test_it_does_not_lapse_when_something_else_changes() -> None:
    assert refused(SIGNED, text=WAIVED.replace("发现一件扣2分", "发现一件扣3分").replace('指标 "事项办理"', '指标  "事项办理"')) == ""


def test_a_waiver_of_nothing_and_the_same_twice_are_refused() -> None:
    assert "没有用上" in refused(SIGNED, text=GOOD)
    assert "重复" in refused(SIGNED, waiver(until=DAY + timedelta(days=99)))


def test_only_an_approver_who_is_trusted_and_has_authority_counts() -> None:
    [(name, approver)] = APPROVERS.items()
    assert "keys trust --for waivers" in refused(SIGNED, approvers={})
    assert "未受信任的密钥" in refused(waiver(secret=SECRET))
    assert "无权豁免" in refused(SIGNED, approvers={name: replace(approver, rules=frozenset({"reporting"}))})
    assert refused(SIGNED, approvers={name: replace(approver, rules=frozenset({"evidence"}))}) == ""
    assert "登记的是“清河县督查室”" in refused(SIGNED, approvers={name: replace(approver, name="清河县督查室")})
    assert "签名不对" in refused(SIGNED, approvers={name: replace(approver, key=next(iter(known(OTHER_PUBLIC).values())))})


def test_a_rule_that_allows_no_waiver_and_one_there_is_not_are_refused() -> None:
    banned = waiver(BAD, rule="download-quota")
    [(name, approver)] = APPROVERS.items()
    assert "不许豁免" in refused(banned, text=BAD, approvers={name: replace(approver, rules=frozenset({"download-quota"}))})
    assert "不存在" in refused(sealed(with_value(("predicate", "rule"), other, STATEMENT), secret_key(APPROVING)))


def other(holder: Any, key: Any) -> None:
    holder[key] = "0" * 32 if key == "fingerprint" else "2026-11-26" if key == "until" else f"{holder[key]}x"


WRITTEN = [path for path in fields(STATEMENT) if path]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: "/".join(map(str, path)))
def test_no_field_can_be_changed_without_signing_anew(path: tuple[Any, ...]) -> None:
    for change in (other, lambda holder, key: holder.pop(key)):
        payload = base64.b64encode(canonical(with_value(path, change, STATEMENT))).decode()
        assert "签名不对" in refused(canonical({**json.loads(SIGNED), "payload": payload}))


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: "/".join(map(str, path)))
def test_of_what_is_signed_anew_only_reason_and_name_of_the_subject_are_the_approvers_own_words(path: tuple[Any, ...]) -> None:
    for change in (other, lambda holder, key: holder.pop(key)):
        own = change is other and path in {("predicate", "reason"), ("subject", 0, "name")}
        assert (refused(sealed(with_value(path, change, STATEMENT), secret_key(APPROVING))) == "") is own


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80) | st.integers(0, len(SIGNED) - 1).map(lambda at: SIGNED[:at]))
def test_whatever_stands_for_a_waiver_is_refused_in_words(data: bytes) -> None:
    assert "waiver-1.dsse.json" in refused(data)


def test_one_approver_signs_and_no_other_beside() -> None:
    both = [*json.loads(SIGNED)["signatures"], *json.loads(waiver(secret=OTHER))["signatures"]]
    [[name, public]] = known(OTHER_PUBLIC).items()
    approvers = {**APPROVERS, name: Approver(public, "乙", frozenset({RULE}))}
    assert "有几个签名" in refused(canonical({**json.loads(SIGNED), "signatures": both}), approvers=approvers)


def test_very_large_or_very_many_waivers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "太大" in refused(b" " * 200_000)
    monkeypatch.setattr(gate, "MOST_WAIVERS", 1)
    assert "豁免超过 1 项" in refused(SIGNED, waiver(until=DAY + timedelta(days=1)))


def test_verifying_asks_whom_its_reader_trusts_and_not_whom_the_publisher_did() -> None:
    files = published(WAIVED, SEEN, waivers=[SIGNED])
    assert verify_files(files, TRUST, central()).differences == ()
    [(name, approver)] = APPROVERS.items()
    for approvers in ({}, {name: replace(approver, rules=frozenset({"reporting"}))}):
        assert verify_files(files, replace(TRUST, approvers=approvers), central()).differences
    reworded = {**files, "waiver-1.dsse.json": waiver(reason="别的理由")}
    assert "waiver-1.dsse.json 不是签发的那一份" in verify_files(reworded, TRUST, central()).differences[0][0]


def test_the_superiors_scheme_is_compared_with_and_kept() -> None:
    raised = GOOD.replace("  总分", '  上级方案: "省级考核细则"\n  总分', 1).replace("95%", "99%")
    paper = judged(raised, parent=SUPERIOR)
    assert "target-escalation" in {finding.rule for finding in paper.report.findings}
    assert "target-escalation" not in {finding.rule for finding in judged(raised).report.findings}
    equal = judged(raised.replace("99%", "95%"), parent=SUPERIOR)
    assert equal.reasons == () and equal.statement["predicate"]["superior"] == ["省级考核细则"]
    assert equal.files["parent.assess"] == SUPERIOR.encode()
    assert ATTESTATION not in equal.files
