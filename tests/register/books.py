"""Registers with entries in them, of papers that were published and verified: what the tests of the register share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from assesslint.policy.envelope import canonical
from assesslint.policy.keys import secret_key
from assesslint.publication.gate import ATTESTATION
from assesslint.publication.statement import Files, sha256
from assesslint.publication.verification import verify_files
from assesslint.register.heads import Head, opened_head
from assesslint.register.record import Registration, registration
from assesslint.register.register import Register
from tests.publication.papers import DAY, OTHER, OTHER_PUBLIC, SUPERIOR, TRUST, WAIVED, WAIVED_NOTICE, central, known, published, waiver

KEEPER = secret_key(OTHER)
KEPT = known(OTHER_PUBLIC)
"""The keeper's public key by its id."""


@cache
def paper() -> Files:
    """Return a published folder with a waiver and a superior's scheme."""
    return published(WAIVED, {WAIVED_NOTICE: "看过"}, waivers=[waiver()], parent=SUPERIOR)


@cache
def first() -> Registration:
    return registration(verify_files(paper(), TRUST, central()), paper(), DAY)


def another(number: int, *, registered: date = DAY, **scheme: object) -> Registration:
    """Return what could be registered of another paper, told apart by a number; `scheme` changes what its record says of its scheme."""
    attestation = first().attestation + str(number).encode()
    [own] = first().values["schemes"]
    values = {
        **first().values,
        "registered_on": registered.isoformat(),
        "attestation": sha256(attestation),
        "schemes": [{**own, "name": f"方案{number}", **scheme}],
    }
    return Registration(canonical(values), attestation, first().scheme)


def book(folder: Path, entries: Iterable[Registration] | int = 5, name: str = "登记簿.db") -> str:
    """Make a register, each entry added by itself, and return where it lies."""
    where = str(folder / name)
    with Register.open(where, create=True) as register:
        for entry in map(another, range(entries)) if isinstance(entries, int) else entries:
            register.add([entry], KEEPER)
    return where


def head(where: str) -> Head:
    with Register.open(where) as register:
        return opened_head(register.newest_head()[1], KEPT, "head")


def faults(where: str, earlier: Head | None = None) -> str:
    """Return what an audit tells, all in one."""
    with Register.open(where) as register:
        return "\n".join(zh for zh, _ in register.audit(KEPT, earlier))


__all__ = ["ATTESTATION", "KEEPER", "KEPT", "another", "book", "faults", "first", "head", "paper"]
