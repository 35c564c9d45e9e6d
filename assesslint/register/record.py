"""A published scheme that was verified → the record of it that goes into a register: canonical JSON, the leaf of its Merkle tree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from assesslint.linter.fingerprint import fingerprint
from assesslint.policy.envelope import canonical
from assesslint.publication.gate import ATTESTATION, SCHEME
from assesslint.publication.shapes import COUNT, DAY, DIGEST, SAID, TEXT, closed
from assesslint.publication.statement import Files, sha256
from assesslint.publication.verification import Verdict
from assesslint.reports.json import sound_json_text
from assesslint.scheme.model import Scheme

VERSION = 1

MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What a record that was damaged may raise when it is read."""

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")


@dataclass(frozen=True)
class Registration:
    """What one entry holds: the record, and the two files that it names by their digests."""

    record: bytes
    attestation: bytes
    scheme: bytes

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The record, in the shape of `record_schema`. Raises MALFORMED for one that was damaged."""
        return dict(json.loads(self.record))


def registration(verdict: Verdict, files: Files, registered_on: date) -> Registration:
    """Return what goes into a register of a published folder. Raises ValueError for one that was not verified, or does not hold."""
    if verdict.differences or verdict.judged is None:
        raise ValueError("what does not hold is not registered")
    attestation, scheme = files[ATTESTATION], files[SCHEME]
    predicate = verdict.predicate
    judged_on = date.fromisoformat(predicate["judged_on"])
    values = {
        "version": VERSION,
        "registered_on": registered_on.isoformat(),
        "attestation": sha256(attestation),
        "scheme": sha256(scheme),
        "judged_on": predicate["judged_on"],
        "rules": [{"id": pack["id"], "version": pack["version"]} for pack in predicate["rules"]["packs"]],
        "signed_by": list(verdict.signers),
        "superior": predicate["superior"],
        "waivers": predicate["waivers"],
        "acknowledged": predicate["acknowledged"],
        "schemes": [_scheme(each, judged_on) for each in verdict.judged.schemes],
    }
    return Registration(canonical(json.loads(sound_json_text(values))), attestation, scheme)


def _scheme(scheme: Scheme, judged_on: date) -> dict[str, Any]:
    first, last = _period(scheme, judged_on)
    return {
        "name": scheme.name.text,
        "issuer": scheme.issuer.text if scheme.issuer else "",
        "audience": [term.id for term in scheme.audience],
        "first": first.isoformat(),
        "last": last.isoformat() if last else "",
        "indicators": sum(leaf.kind != "provision" for _, leaf in scheme.indicators()),
    }


def _period(scheme: Scheme, judged_on: date) -> tuple[date, date | None]:
    """Return from when to when a scheme is in force: the period it gives, else the year in its name, else from the day judged on."""
    if scheme.period is not None:
        return scheme.period.start, scheme.period.end
    year = _YEAR.search(scheme.name.text)
    return (date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)) if year else (judged_on, None)


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a record."""
    names = {"rule": SAID, "scheme": TEXT, "indicator": TEXT, "fingerprint": SAID, "reason": SAID, "approver": SAID, "until": DAY}
    scheme = {"name": TEXT, "issuer": TEXT, "audience": _list(TEXT), "first": DAY, "last": TEXT, "indicators": COUNT}
    return closed(
        {
            "version": {"const": VERSION},
            "registered_on": DAY,
            "attestation": DIGEST,
            "scheme": DIGEST,
            "judged_on": DAY,
            "rules": _list(closed({"id": SAID, "version": TEXT})),
            "signed_by": _list(DIGEST),
            "superior": _list(TEXT),
            "waivers": _list(closed({**names, "signed_by": DIGEST})),
            "acknowledged": _list(closed({"notice": SAID, "reason": SAID})),
            "schemes": _list(closed(scheme)),
        }
    )


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def scheme_rows(registration: Registration) -> Iterator[dict[str, Any]]:
    """Yield what a register is searched by for each scheme of an entry; days are counted from 0001-01-01, and `key` is the same for
    two editions of one scheme.
    """
    for number, scheme in enumerate(registration.values["schemes"]):
        yield {
            "number": number,
            "name": scheme["name"],
            "issuer": scheme["issuer"],
            "key": fingerprint(scheme["issuer"], scheme["name"]),
            "first": day(scheme["first"]),
            "last": day(scheme["last"]) if scheme["last"] else date.max.toordinal(),
            "registered": day(registration.values["registered_on"]),
        }


def day(written: str) -> int:
    """Return a day written 2026-01-31 as it is searched by."""
    return date.fromisoformat(written).toordinal()
