"""A register of published schemes → what anybody may see of it: what is in force, how it passed, and whether it holds what was signed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from assesslint.policy.envelope import opened
from assesslint.policy.sources import SourceError
from assesslint.policy.trust import Trust, read_trust
from assesslint.publication.excuses import excuses_told
from assesslint.publication.gate import ATTESTATION, SCHEME
from assesslint.publication.said import Said
from assesslint.publication.statement import sha256
from assesslint.register.proofs import proof_of, proved
from assesslint.register.register import Entry, Filter, Register
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.web.exchange import RefusedError

MOST_LISTED = 200
"""Entries on one page."""

PROOF = "proof.json"
FILES = (ATTESTATION, SCHEME, PROOF)
"""What can be taken of an entry, to be verified offline."""

LONGEST = 100
"""Most characters of a name that is looked for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as shown. `schemes` are those asked for, `units` whom each assesses; `excused` is what was waived or accepted."""

    number: int
    record: Mapping[str, Any]
    schemes: tuple[tuple[Mapping[str, Any], str], ...]
    rules: str
    signers: str
    excused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was verified: what, and why it does not hold, if so."""

    what: Said
    fault: Said | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor looks for. `day` is empty for all, in force or not."""

    unit: str = ""
    issuer: str = ""
    name: str = ""
    day: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """Return what a query asks for; what is in force today, unless it says a day or that all are wanted."""
        day = "" if query.get("all") else query.get("on") or date.today().isoformat()
        unit, issuer, name = (query.get(key, "").strip()[:LONGEST] for key in ("for", "issuer", "name"))
        return cls(unit, issuer, name, day)

    def filter(self) -> Filter:
        """Return the same for the register. Raises RefusedError for a day that is none."""
        try:
            on = date.fromisoformat(self.day) if self.day else None
        except ValueError as error:
            zh = f"“{self.day}”不是日期，应写作 2026-01-31"
            raise RefusedError(400, "bad-request", zh, f"“{self.day}” is not a day; write it like 2026-01-31") from error
        return Filter(on=on, unit=self.unit, issuer=self.issuer, name=self.name)


class Registry:
    """The register at a path or URL, opened anew for each visitor and never written."""

    def __init__(self, where: str) -> None:
        self._where = where

    def size(self) -> int:
        """Return the number of entries. Raises RunError when the register cannot be read."""
        with Register.open(self._where) as book:
            return len(book)

    def found(self, asked: Asked, lang: str) -> tuple[list[Seen], bool]:
        """Return the entries asked for, and whether there are more of them than are listed."""
        wanted = asked.filter()
        with Register.open(self._where) as book:
            entries = list(islice(book.entries(wanted), MOST_LISTED + 1))
        return [_seen(each.number, each.values, each.matching, wanted.on, lang) for each in entries[:MOST_LISTED]], len(
            entries
        ) > MOST_LISTED

    def records(self, asked: Asked) -> list[Mapping[str, Any]]:
        """Return the same for programs."""
        with Register.open(self._where) as book:
            entries = list(islice(book.entries(asked.filter()), MOST_LISTED))
        return [{"number": each.number, "matching": list(each.matching), "record": each.values} for each in entries]

    def entry(self, number: int, lang: str) -> tuple[Seen, list[Checked]]:
        """Return an entry with what was verified of it just now. Raises RefusedError where there is none."""
        with self._opened(number) as book:
            entry = book.entry(number)
            proof = proof_of(book, number)
        seen = _seen(number, entry.values, entry.matching, None, lang)
        return seen, _verified(entry, proof, read_trust())

    def file(self, number: int, name: str) -> bytes:
        """Return a file of an entry, one of FILES. Raises RefusedError where there is none."""
        with self._opened(number) as book:
            if name == PROOF:
                return proof_of(book, number)
            held = book.entry(number).registration
        if name not in FILES:
            raise RefusedError(404, "no-such-page", "没有这个文件", "There is no such file")
        return held.attestation if name == ATTESTATION else held.scheme

    @contextmanager
    def _opened(self, number: int) -> Iterator[Register]:
        with Register.open(self._where) as book:
            if number >= len(book):
                raise RefusedError(404, "no-such-entry", f"登记簿里没有第 {number} 项", f"The register has no entry {number}")
            yield book


def _verified(entry: Entry, proof: bytes, trust: Trust) -> list[Checked]:
    """Return what was checked of an entry: its files, their signature, its place in the register, by the keys this server trusts."""
    held, values = entry.registration, entry.values

    def same(data: bytes, key: str) -> None:
        if sha256(data) != values[key]:
            raise SourceError("文件的摘要对不上", "its digest differs")

    checks: tuple[tuple[str, str, Callable[[], object]], ...] = (
        ("方案与登记时的一致", "The scheme is the one registered", lambda: same(held.scheme, "scheme")),
        ("证明与登记时的一致", "The attestation is the one registered", lambda: same(held.attestation, "attestation")),
        (
            "证明由受信任的签发单位签名",
            "A trusted publisher signed the attestation",
            lambda: opened(held.attestation, trust.publishers, "证明", "keys trust"),
        ),
        (
            "在登记簿管理人签名的登记簿里",
            "It is in the register that its keeper signed",
            lambda: proved(proof, trust.registers, "登记证明"),
        ),
    )
    return [Checked((zh, en), _fault(check)) for zh, en, check in checks]


def _fault(check: Callable[[], object]) -> Said | None:
    try:
        check()
    except SourceError as error:
        return error.zh, error.en
    return None


def _seen(number: int, record: Mapping[str, Any], matching: Iterable[int], day: date | None, lang: str) -> Seen:
    names, comma = central_vocabulary(), "、" if lang == "zh" else ", "
    notes = read_trust().notes
    schemes = [record["schemes"][at] for at in matching]
    return Seen(
        number,
        record,
        tuple((scheme, comma.join(names.name("audience", kind, lang) for kind in scheme["audience"])) for scheme in schemes),
        comma.join(f"{pack['id']} {pack['version']}" for pack in record["rules"]),
        comma.join(f"{name[:16]} {notes.get(name, '')}".strip() for name in record["signed_by"]),
        tuple(excuses_told(record, day, zh=lang == "zh")),
    )
