"""An approver's waiver ↔ a signed statement of it, and signed waivers → those the gate may use.

The statement is an in-toto Statement in a DSSE envelope. Its subject is the whole indicator with its scheme and issuer, by the
fingerprint that findings on it bear. Who may approve what is never taken from the waiver, but from whom the reader trusts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from assesslint.findings.model import Finding
from assesslint.linter.waivers import Waiver
from assesslint.policy.envelope import ALGORITHM, STATEMENT, opened, signers
from assesslint.policy.rulebook import Rulebook
from assesslint.policy.sources import SourceError
from assesslint.policy.trust import Approver
from assesslint.publication.said import Said
from assesslint.publication.shapes import DAY, SAID, TEXT, closed, fault_at, statement_schema
from assesslint.reports.json import sound_json_text
from assesslint.text.source import Source

PREDICATE = "urn:assesslint:waiver:v1"

MOST_BYTES = 100_000
"""Largest signed waiver that is read."""


def waiver_statement(finding: Finding, reason: str, approver: str, until: date) -> dict[str, Any]:
    """Return what an approver signs to excuse a finding, and all findings of its rule in the same indicator, up to and including a day."""
    signed = {
        "_type": STATEMENT,
        "subject": [{"name": finding.indicator or finding.scheme, "digest": {"fingerprint": finding.subject}}],
        "predicateType": PREDICATE,
        "predicate": {
            "algorithms": {"fingerprint": "sha256-128", "signature": ALGORITHM},
            "rule": finding.rule,
            "scheme": finding.scheme,
            "indicator": finding.indicator,
            "reason": reason,
            "approver": approver,
            "until": until.isoformat(),
        },
    }
    return dict(_sound(signed))


def _sound(value: Any) -> Any:
    """Return plain values as they can be signed: U+FFFD stands for a lone surrogate."""
    return json.loads(sound_json_text(value))


def waiver_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the statement in a signed waiver."""
    subject = closed({"name": TEXT, "digest": closed({"fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"}})})
    algorithms = closed({"fingerprint": {"enum": ["sha256-128"]}, "signature": {"enum": [ALGORITHM]}})
    algorithms["description"] = "The fingerprint is the first 128 bits of a SHA-256 over normalised text."
    predicate = closed(
        {
            "algorithms": algorithms,
            "rule": SAID,
            "scheme": TEXT,
            "indicator": {**TEXT, "description": "Empty for what is wrong with the scheme as a whole."},
            "reason": SAID,
            "approver": SAID,
            "until": {**DAY, "description": "The last day it holds."},
        }
    )
    return statement_schema("assesslint waiver", PREDICATE, {"maxItems": 1, "items": subject}, predicate)


def approved(
    envelopes: Mapping[str, bytes], approvers: Mapping[str, Approver], rulebook: Rulebook
) -> tuple[dict[str, Waiver], list[dict[str, Any]], list[Said]]:
    """Return the waivers in signed envelopes by the names of their files, how an attestation names each, and why others do not count.

    One counts when a trusted approver signed it who has authority over its rule and bears the name it gives.
    """
    waivers: dict[str, Waiver] = {}
    named: list[dict[str, Any]] = []
    faults: list[Said] = []
    for shown, data in envelopes.items():
        try:
            statement, approver = _opened(data, approvers, shown)
        except SourceError as error:
            faults.append((error.zh, error.en))
            continue
        predicate = statement["predicate"]
        fault = _without_authority(predicate, approver, rulebook, shown)
        if fault is not None:
            faults.append(fault)
            continue
        waiver = Waiver(
            predicate["rule"],
            statement["subject"][0]["digest"]["fingerprint"],
            predicate["reason"],
            predicate["approver"],
            date.fromisoformat(predicate["until"]),
            predicate["scheme"],
            predicate["indicator"],
            Source(shown, ""),
        )
        waivers[shown] = waiver
        named.append(waiver_to_json(waiver, signers(data)[0]))
    return waivers, named, faults


def waiver_to_json(waiver: Waiver, signer: str) -> dict[str, Any]:
    """Return a waiver as an attestation names it, with the id of the key that signed it."""
    return {
        "rule": waiver.rule,
        "scheme": waiver.scheme,
        "indicator": waiver.indicator,
        "fingerprint": waiver.fingerprint,
        "reason": waiver.reason,
        "approver": waiver.approver,
        "until": waiver.until.isoformat(),
        "signed_by": signer,
    }


def _opened(data: bytes, approvers: Mapping[str, Approver], shown: str) -> tuple[Mapping[str, Any], Approver]:
    """Return the statement in an envelope and who signed it. Raises SourceError unless it is one trusted approver's and of our form."""
    if len(data) > MOST_BYTES:
        raise SourceError(f"{shown} 太大，不是豁免", f"{shown} is too large for a waiver")
    known = {name: each.key for name, each in approvers.items()}
    statement = opened(data, known, shown, "keys trust --for waivers")
    fault = fault_at(statement, waiver_schema())
    if fault is None:
        try:
            date.fromisoformat(statement["predicate"]["until"])
        except ValueError:
            fault = "predicate/until"
    if fault is not None:
        zh, en = f"{shown} 签名的内容不是豁免（“{fault}”不合格式）", f"what {shown} signs is no waiver (“{fault}” is not of its form)"
        raise SourceError(zh, en)
    names = signers(data)
    if len(names) != 1:
        raise SourceError(f"{shown} 有几个签名，一项豁免由一个单位签", f"{shown} has several signatures; one approver signs a waiver")
    return statement, approvers[names[0]]


def _without_authority(predicate: Mapping[str, Any], approver: Approver, rulebook: Rulebook, shown: str) -> Said | None:
    """Return why an approver cannot give this waiver, None where all is well."""
    rule, name = predicate["rule"], predicate["approver"]
    if rule not in rulebook.rules:
        return f"{shown} 豁免的规则“{rule}”不存在", f"{shown} waives “{rule}”, which is no rule"
    if rulebook.rules[rule].waivable == "never":
        return f"{shown} 豁免的规则 {rule} 不许豁免", f"{shown} waives {rule}, which allows no waiver"
    if name != approver.name:
        return (
            f"{shown} 写的批准单位是“{name}”，签名的密钥登记的是“{approver.name}”",
            f"{shown} names the approver “{name}”, the key that signed it is known to be of “{approver.name}”",
        )
    if not approver.rules & {rule, rulebook.rules[rule].family}:
        return f"{shown}：{name} 无权豁免规则 {rule}", f"{shown}: {name} has no authority to waive {rule}"
    return None


def not_used(waivers: Iterable[Waiver], waived: Iterable[Finding], about: Iterable[Finding]) -> list[Said]:
    """Return a sentence for each waiver that excused nothing, or stands twice. `about` are findings on waivers, which may say why."""
    used = {(finding.rule, finding.subject, _sound(finding.scheme), _sound(finding.indicator)) for finding in waived}
    why = {finding.path: finding.message for finding in about}
    said: list[Said] = []
    seen: set[tuple[str, str]] = set()
    for waiver in waivers:
        shown = waiver.source.path if waiver.source else ""
        whose = waiver.indicator or waiver.scheme
        if (waiver.rule, waiver.fingerprint) in seen:
            zh = f"{shown} 与另一项豁免重复（规则 {waiver.rule}，“{whose}”）"
            said.append((zh, f"{shown} repeats another waiver of {waiver.rule}, “{whose}”"))
        elif (waiver.rule, waiver.fingerprint, waiver.scheme, waiver.indicator) not in used:
            reason = f"：{why[shown]}" if shown in why else ""
            said.append(
                (
                    f"{shown} 没有用上（规则 {waiver.rule}，“{whose}”）{reason}",
                    f"{shown} was not used ({waiver.rule}, “{whose}”){reason.replace('：', ': ', 1)}",
                )
            )
        seen.add((waiver.rule, waiver.fingerprint))
    return said
