"""One draft and a rulebook → the files to publish and what is to be signed of them, or the reasons why it may not be published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assesslint.documents.draft import kind_of, read_draft
from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES, Notice, Report
from assesslint.linter.check import judge_met
from assesslint.linter.inputs import Input
from assesslint.linter.settings import Settings
from assesslint.policy.envelope import canonical
from assesslint.policy.rulebook import Rulebook
from assesslint.policy.trust import Approver
from assesslint.publication.configuration import for_one_paper, taken_away
from assesslint.publication.said import Said
from assesslint.publication.statement import Files, statement
from assesslint.publication.waivers import approved, not_used
from assesslint.reports.json import sound_json_text, to_json
from assesslint.scheme.json_form import scheme_to_json
from assesslint.scheme.model import Scheme
from assesslint.text.resources import resource

ORIGINAL, PARENT, SCHEME, REPORT, ATTESTATION = "original", "parent", "scheme.json", "report.json", "attestation.dsse.json"
"""The names in a published folder; the original and the superior's scheme keep their suffixes, and no other part of a name that could
take the place of another.
"""

MOST_WAIVERS = 40


def waiver_name(number: int) -> str:
    """Return the name in a published folder of the signed waiver of a number, from 1."""
    return f"waiver-{number}.dsse.json"


@dataclass(frozen=True)
class Beside:
    """What is put before the gate beside a draft: the notices accepted, by their names, each with the reason; signed waivers; the name
    and the content of the superior's scheme.
    """

    acknowledged: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[bytes, ...] = ()
    parent: tuple[str, bytes] | None = None


NOTHING_BESIDE = Beside()


@dataclass(frozen=True)
class Judged:
    """A draft at the gate. It may be published when there are no `reasons` against it; `files` are all but the attestation."""

    report: Report
    schemes: tuple[Scheme, ...]
    reasons: tuple[Said, ...]
    files: Files
    statement: Mapping[str, Any]


def judge_paper(
    name: str,
    data: bytes,
    settings: Settings,
    rulebook: Rulebook,
    judged_on: date,
    beside: Beside = NOTHING_BESIDE,
    approvers: Mapping[str, Approver] | None = None,
) -> Judged:
    """Judge a draft of some name for publication. `approvers` are those, by the ids of their keys, whose waivers count.

    The answer depends on nothing but what is given here, of names only on the kind they tell. Raises RunError and SourceError when the
    configuration, the rules or the superior's scheme cannot be used.
    """
    original = ORIGINAL + kind_of(name, data)
    own = for_one_paper(settings, judged_on)
    envelopes = {waiver_name(number): envelope for number, envelope in enumerate(sorted(beside.waivers[:MOST_WAIVERS]), 1)}
    waivers, named, faults = approved(envelopes, approvers or {}, rulebook)
    parent = _parent(beside.parent)
    report = judge_met([Input(original, None, data)], own, rulebook, parent=parent, approved=tuple(waivers.values()))
    schemes = read_draft(original, data, own.lang, own.limits).schemes
    form = [scheme_to_json(scheme) for scheme in schemes]
    files = {
        original: data,
        SCHEME: _canonical(form[0] if len(form) == 1 else form),
        REPORT: _canonical(to_json(report)),
        **envelopes,
    }
    superior: list[str] = []
    if parent is not None and parent.data is not None:
        files[parent.shown] = parent.data
        superior = [scheme.name.text for scheme in read_draft(parent.shown, parent.data, own.lang, own.limits).schemes]
    excused = [each.finding for each in report.waived]
    about = [finding for finding in report.findings if finding.path in envelopes]
    reasons = (
        *taken_away(own, rulebook, judged_on),
        *_reasons(report, rulebook, beside.acknowledged),
        *_too_many(beside.waivers),
        *faults,
        *not_used(waivers.values(), excused, about),
    )
    signed = statement(files, report, own, rulebook, acknowledged=beside.acknowledged, superior=superior, waivers=named)
    return Judged(report, schemes, reasons, files, json.loads(sound_json_text(signed)))


def _parent(given: tuple[str, bytes] | None) -> Input | None:
    """Return the superior's scheme as it is read and kept: under a name of ours, with the suffix of its kind."""
    return None if given is None else Input(PARENT + kind_of(*given), None, given[1])


def _too_many(waivers: Sequence[bytes]) -> Iterator[Said]:
    if len(waivers) > MOST_WAIVERS:
        yield f"豁免超过 {MOST_WAIVERS} 项，这份草案应先改好", f"there are more than {MOST_WAIVERS} waivers: mend the draft first"


def _canonical(value: Any) -> bytes:
    """Return plain values as canonical JSON; U+FFFD stands for lone surrogates, which it cannot hold."""
    return canonical(json.loads(sound_json_text(value)))


def named_notices(notices: Sequence[Notice]) -> dict[str, Notice]:
    """Return notices by what they are called when one is acknowledged: id and place, and a number where several stand in one place."""
    named: dict[str, Notice] = {}
    for notice in notices:
        place = notice.location.shown("zh").strip(": ")
        name = first = f"{notice.id}@{place}" if place else notice.id
        number = 1
        while name in named:
            number += 1
            name = f"{first}#{number}"
        named[name] = notice
    return named


def _reasons(report: Report, rulebook: Rulebook, acknowledged: Mapping[str, str]) -> Iterator[Said]:
    """Yield what stands against publishing."""
    if not rulebook.packs or rulebook.packs[0].folder.resolve() != resource("rules").resolve():
        yield "规则包没有扩展中央规则包，不能据以签发", "the pack of rules does not extend the central one"
    if not report.counts.rules_applicable:
        yield "没有一条规则适用于它，等于没有检查", "no rule applies to it: it was not checked"
    if not report.counts.indicators:
        yield "没有读出一项指标，等于没有检查", "no indicator was read in it: it was not checked"
    worst = SEVERITIES[: SEVERITIES.index(report.fail_on) + 1]
    for severity in worst:
        number = report.count(severity)
        if number:
            zh, en = SEVERITY_NAMES["zh"][severity], SEVERITY_NAMES["en"][severity]
            yield f"有 {number} 处{zh}，须先改好", f"{number} {en} finding{'s' if number > 1 else ''} to be settled first"
    named = named_notices(report.notices)
    for name, notice in named.items():
        if name not in acknowledged:
            yield (
                f'提示 {name} 未处理：{notice.message}。改好；或看过确认无碍后，加上 --acknowledge "{name}" --reason "理由"',
                f'the notice {name} stands: {notice.message}. Mend it, or look at it and add --acknowledge "{name}" --reason "…"',
            )
    for name in acknowledged:
        if name not in named:
            yield f"没有名为“{name}”的提示可以认可", f"there is no notice “{name}” to acknowledge"
