"""A published folder holds as it is, and nothing of it can be changed: each file, each byte of its signature, each field of it."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.policy.envelope import PAYLOAD_TYPE, canonical, sealed
from assesslint.policy.keys import key_id, public_key, secret_key
from assesslint.policy.rulebook import Rulebook
from assesslint.policy.trust import Trust
from assesslint.publication.gate import ATTESTATION, REPORT, SCHEME
from assesslint.publication.statement import Files, sha256
from assesslint.publication.verification import verify_files
from tests.publication.papers import (
    APPROVERS,
    DAY,
    GOOD,
    NOTICED,
    OTHER,
    OTHER_PUBLIC,
    SECRET,
    SUPERIOR,
    TRUST,
    TRUSTED,
    WAIVED,
    WAIVED_NOTICE,
    central,
    judged,
    published,
    waiver,
)

FILES = published(WAIVED, {WAIVED_NOTICE: "看过"}, waivers=[waiver()], parent=SUPERIOR)
STATEMENT = json.loads(base64.b64decode(json.loads(FILES[ATTESTATION])["payload"]))


def told(files: Mapping[str, bytes], trusted: Mapping[str, bytes] = TRUSTED, rulebook: Rulebook | None = None) -> str:
    """Return what does not hold, all in one."""
    trust = Trust(publishers=trusted, approvers=APPROVERS)
    return "\n".join(zh for zh, _ in verify_files(dict(files), trust, rulebook or central()).differences)


def signed(statement: Mapping[str, Any], files: Files = FILES, secret: bytes = SECRET) -> Files:
    """Return a published folder with another statement, signed as it should be."""
    return {**files, ATTESTATION: sealed(statement, secret_key(secret))}


def test_what_was_published_holds() -> None:
    verdict = verify_files(FILES, TRUST, central())
    assert verdict.differences == () and verdict.judged is not None
    assert verdict.signers == tuple(TRUSTED) and verdict.predicate["judged_on"] == DAY.isoformat()


def test_publishing_again_gives_the_same_bytes() -> None:
    assert published(WAIVED, {WAIVED_NOTICE: "看过"}, waivers=[waiver()], parent=SUPERIOR) == FILES


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_no_byte_of_any_file_can_be_changed(name: str, data: st.DataObject) -> None:
    content = FILES[name]
    at = data.draw(st.integers(0, len(content) - 1))
    bit = data.draw(st.sampled_from([1, 2, 4, 8, 16, 32, 64, 128]))
    changed = content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]
    assert name in told({**FILES, name: changed})


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_file_can_be_cut_lengthened_or_left_out(name: str) -> None:
    for content in (FILES[name][:-1], FILES[name] + b"\n", b""):
        assert name in told({**FILES, name: content})
    assert name in told({other: content for other, content in FILES.items() if other != name})


@pytest.mark.parametrize("name", ["readme.txt", "original.docx", "Report.json", ".hidden", "original"])
def test_no_file_can_be_added(name: str) -> None:
    assert name in told({**FILES, name: b"x"})


def test_files_cannot_change_places() -> None:
    assert told({**FILES, REPORT: FILES[SCHEME], SCHEME: FILES[REPORT]})


def test_an_attestation_of_another_draft_is_refused() -> None:
    other = published(GOOD)
    assert "original.assess 不是签发的那一份" in told({**FILES, ATTESTATION: other[ATTESTATION]})
    assert "report.json 不是签发的那一份" in told({**other, "original.assess": other["original.assess"], REPORT: FILES[REPORT]})


# ── the envelope ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_attestation_cut_anywhere_is_refused() -> None:
    envelope = FILES[ATTESTATION]
    assert all(ATTESTATION in told({**FILES, ATTESTATION: envelope[:at]}) for at in range(0, len(envelope), 7))


def altered(**parts: Any) -> Files:
    return {**FILES, ATTESTATION: canonical({**json.loads(FILES[ATTESTATION]), **parts})}


def test_keys_given_twice_are_refused() -> None:
    envelope = FILES[ATTESTATION].decode()
    for twice in (
        envelope.replace('{"payload":', '{"payload":"eA==","payload":', 1),
        envelope.replace('"payloadType":', '"payloadType":"x","payloadType":', 1),
        envelope.replace('"sig":', '"sig":"eA==","sig":', 1),
    ):
        assert "不是签发时的写法" in told({**FILES, ATTESTATION: twice.encode()})


def test_a_payload_with_keys_given_twice_is_refused_though_signed() -> None:
    key = secret_key(SECRET)
    payload = canonical(STATEMENT).replace(b'"decision":"passed"', b'"decision":"refused","decision":"passed"')
    head = f"DSSEv1 {len(PAYLOAD_TYPE)} {PAYLOAD_TYPE} {len(payload)} ".encode()
    signature = {"keyid": next(iter(TRUSTED)), "sig": base64.b64encode(key.sign(head + payload)).decode()}
    assert "不是签发时的写法" in told(altered(payload=base64.b64encode(payload).decode(), signatures=[signature]))


def test_a_signature_over_other_bytes_is_refused() -> None:
    other = json.loads(published(GOOD)[ATTESTATION])
    assert "签名不对" in told(altered(signatures=other["signatures"]))
    assert "签名不对" in told(altered(payload=other["payload"]))
    assert "签名不对" in told(altered(payloadType="text/plain"))


def test_nothing_unsigned_rides_along() -> None:
    [signature] = json.loads(FILES[ATTESTATION])["signatures"]
    assert told(altered(note="x"))
    assert told(altered(signatures=[{**signature, "cert": "x"}]))
    assert told(altered(signatures=[signature, signature]))
    assert told(altered(signatures=[]))


def test_a_key_that_the_attestation_brings_itself_is_not_trusted() -> None:
    own = public_key(OTHER_PUBLIC)
    files = signed(STATEMENT, secret=OTHER)
    [signature] = json.loads(files[ATTESTATION])["signatures"]
    assert "未受信任的密钥" in told(files)
    assert "未受信任的密钥" in told({**files, ATTESTATION: canonical({**json.loads(files[ATTESTATION]), "publicKey": own.hex()})})
    named = {**json.loads(files[ATTESTATION]), "signatures": [{**signature, "keyid": next(iter(TRUSTED))}]}
    assert "签名不对" in told({**files, ATTESTATION: canonical(named)})
    assert told(files, {key_id(own): own}) == ""


def test_a_second_signature_must_be_trusted_too() -> None:
    both = [*json.loads(FILES[ATTESTATION])["signatures"], *json.loads(signed(STATEMENT, secret=OTHER)[ATTESTATION])["signatures"]]
    own = public_key(OTHER_PUBLIC)
    assert "未受信任的密钥" in told(altered(signatures=both))
    assert told(altered(signatures=both), {**TRUSTED, key_id(own): own}) == ""


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.text(max_size=5) | st.integers(),
        lambda v: st.lists(v) | st.dictionaries(st.sampled_from(["payload", "payloadType", "signatures", "keyid", "sig"]), v),
        max_leaves=8,
    ).map(lambda v: json.dumps(v).encode())
)
def test_whatever_stands_for_an_attestation_is_refused_in_words(data: bytes) -> None:
    assert ATTESTATION in told({**FILES, ATTESTATION: data})


# ── fields, signed by a trusted key that should not have ───────────────────────────────────────────────────────────────────


def fields(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value in the statement, objects and lists too."""
    yield at
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from fields(inner, (*at, key))


PATHS = [path for path in fields(STATEMENT) if path]
FREE = {("predicate", "acknowledged", 0, "reason"), *(("predicate", "configuration", name) for name in ("fail_on", "preview"))}
"""What the signer alone says: any reason will do, and a draft without findings passes at every level, and no rule is in preview."""


def with_value(path: tuple[Any, ...], change: Any, of: Any = STATEMENT) -> Any:
    statement = copy.deepcopy(of)
    inner = statement
    for key in path[:-1]:
        inner = inner[key]
    change(inner, path[-1])
    return statement


def value_at(path: tuple[Any, ...], value: Any) -> Any:
    for key in path:
        value = value[key]
    return value


def other_value(holder: Any, key: Any) -> None:
    match holder[key]:
        case bool(value):
            holder[key] = not value
        case int() | float():
            holder[key] = holder[key] + 1
        case str(value) if len(value) == 64:
            holder[key] = sha256(value.encode())
        case "error":
            holder[key] = "warning"
        case "zh":
            holder[key] = "en"
        case "2026-11-27":
            holder[key] = "2026-11-28"
        case str(value):
            holder[key] = value + "x"
        case list(value):
            holder[key] = [*value, "check-in"]
        case _:
            holder[key] = {**holder[key], "x": "y"}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: "/".join(map(str, path)))
def test_no_field_can_be_changed_or_left_out_even_by_who_holds_a_key(path: tuple[Any, ...]) -> None:
    if path not in FREE:
        assert told(signed(with_value(path, other_value)))
    if not isinstance(path[-1], int):
        assert told(signed(with_value(path, lambda holder, key: holder.pop(key))))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: "/".join(map(str, path)))
def test_no_field_can_be_changed_without_signing(path: tuple[Any, ...]) -> None:
    payload = base64.b64encode(canonical(with_value(path, other_value))).decode()
    assert "签名不对" in told(altered(payload=payload))


JSON_FILES = [name for name in FILES if name in (SCHEME, REPORT)]
JSON_FIELDS = [(name, path) for name in JSON_FILES for path in fields(json.loads(FILES[name])) if path]


@pytest.mark.parametrize(("name", "path"), JSON_FIELDS, ids=lambda part: "/".join(map(str, part)) if isinstance(part, tuple) else part)
def test_no_field_of_scheme_or_report_can_be_changed_with_its_digest(name: str, path: tuple[Any, ...]) -> None:
    content = json.loads(FILES[name])
    if value_at(path, content) is not None:
        changed = canonical(with_value(path, other_value, content))
        statement = copy.deepcopy(STATEMENT)
        next(subject for subject in statement["subject"] if subject["name"] == name)["digest"]["sha256"] = sha256(changed)
        assert name in told(signed(statement, {**FILES, name: changed}))


def test_a_report_and_its_digest_changed_together_are_found_by_judging_again() -> None:
    report = canonical({**json.loads(FILES[REPORT]), "notices": []})
    statement = copy.deepcopy(STATEMENT)
    next(subject for subject in statement["subject"] if subject["name"] == REPORT)["digest"]["sha256"] = sha256(report)
    assert "report.json 与再检查一遍的结果不同（notices）" in told(signed(statement, {**FILES, REPORT: report}))


def test_a_draft_that_does_not_pass_cannot_be_signed_into_passing() -> None:
    paper = judged(NOTICED)
    assert paper.reasons
    assert "再检查一遍不能通过" in told({**paper.files, ATTESTATION: sealed(paper.statement, secret_key(SECRET))})


# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_or_foreign_rulebook_is_refused() -> None:
    empty = with_value(("predicate", "rules", "packs"), lambda holder, key: holder.update({key: []}))
    assert "predicate/rules/packs" in told(signed(empty))
    foreign = with_value(("predicate", "rules", "packs", 0, "id"), other_value)
    assert "签发依据的规则包是 centralx" in told(signed(foreign))
    nowhere = replace(central(), packs=())
    assert "签发依据的规则包是 central" in told(FILES, rulebook=nowhere)


def test_another_version_of_the_program_is_named() -> None:
    older = with_value(("predicate", "tool", "version"), lambda holder, key: holder.update({key: "0.0.1"}))
    assert "签发时用的是 assesslint 0.0.1" in told(signed(older))
