"""A register of published schemes: entries are appended and never changed, and each state of it has a root that its keeper signs."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Engine, Select, and_, exists, func, insert, or_, select
from sqlalchemy.exc import IntegrityError

from assesslint.linter.errors import RunError
from assesslint.publication.said import Said
from assesslint.publication.statement import sha256
from assesslint.register import merkle
from assesslint.register.audit import audited
from assesslint.register.heads import Head, signed_head
from assesslint.register.reach import reaches
from assesslint.register.record import MALFORMED, Registration, scheme_rows
from assesslint.register.tables import (
    BATCH,
    ENTRIES,
    FORMAT,
    HEADS,
    NODES,
    REGISTER,
    SCHEMES,
    engine_for,
    prepare,
    reading,
    shown,
    told,
    writing,
)


@dataclass(frozen=True)
class Entry:
    """An entry by its number, from 0. `matching` are the numbers of its schemes that were asked for."""

    number: int
    registration: Registration
    matching: tuple[int, ...] = ()

    @property
    def values(self) -> Mapping[str, Any]:
        """The record, in the shape of `record_schema`."""
        return self.registration.values


@dataclass(frozen=True)
class Filter:
    """Which schemes are asked for: with `on` those in force that day; with `unit` those that reach a unit (see `reaches`); with `issuer`
    and `name` those that have these words in them.

    Of several editions of a scheme, which have one name and issuer, that one counts which was registered last until that day, of those
    whose period has begun; the first one also where it was registered late.
    """

    on: date | None = None
    unit: str = ""
    issuer: str = ""
    name: str = ""


EVERYTHING = Filter()


class Register:
    """Opened by `Register.open`, closed by leaving its `with`. Whatever the database refuses is a RunError."""

    def __init__(self, engine: Engine, where: str, identity: str) -> None:
        self._engine = engine
        self._where = where
        self.id = identity

    @classmethod
    def open(cls, where: str, *, create: bool = False) -> Register:
        """Open the register at a path or URL. Raises RunError where there is none, unless it is to be made."""
        engine = engine_for(where, create=create)
        try:
            with told(where):
                prepare(engine, where, create=create)
                identity = _identity(engine)
                if identity is None and create:
                    with suppress(IntegrityError), engine.begin() as connection:  # unless somebody else made it just now
                        connection.execute(insert(REGISTER).values(format=FORMAT, id=secrets.token_hex(16)))
                    identity = _identity(engine)
            if identity is None:
                raise RunError(f"{shown(where)} 不是这一版登记簿", f"{shown(where)} is no register of this version")
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, where, identity)

    def __enter__(self) -> Register:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def add(self, registrations: Sequence[Registration], key: Ed25519PrivateKey) -> range:
        """Append entries and a signed head over them, all or nothing, and return their numbers.

        Raises RunError for what is registered already, and for a register that is not as it was signed last.
        """
        with told(self._where), writing(self._engine) as connection:
            size = _size(connection)
            if size != (connection.scalar(select(func.max(HEADS.c.size))) or 0):
                zh = "登记簿不是最后签名时的样子，没有登记；请先运行 assesslint register audit"
                raise RunError(zh, "The register is not as it was last signed; nothing was added. Run assesslint register audit")
            _refuse_known(connection, registrations)
            total, first = size + len(registrations), merkle.nodes_of(size)
            known = _stored(connection, lambda nodes: merkle.root(size, nodes))  # all that a tree needs to grow
            for number, registration in enumerate(registrations, size):
                leaf = merkle.leaf_hash(registration.record)
                known |= enumerate(merkle.completed(number, leaf, known.__getitem__), merkle.nodes_of(number))
            head = Head(self.id, total, merkle.root(total, known.__getitem__))
            _insert(connection, registrations, size, {number: value for number, value in known.items() if number >= first})
            connection.execute(insert(HEADS).values(size=total, envelope=signed_head(head, key)))
        return range(size, total)

    def __len__(self) -> int:
        with told(self._where), reading(self._engine) as connection:
            return _size(connection)

    def entries(self, wanted: Filter = EVERYTHING) -> Iterator[Entry]:
        """Yield the entries that have a scheme which is asked for, in the order of their numbers."""
        with told(self._where), reading(self._engine) as connection:
            rows = connection.execute(_selected(wanted).execution_options(yield_per=BATCH))
            for number, group in groupby(rows, lambda row: row.number):
                found = list(group)
                entry = Entry(number, Registration(found[0].record, found[0].attestation, found[0].scheme))
                with _well_formed(number):
                    schemes = entry.values["schemes"]
                    matching = tuple(row.within for row in found if not wanted.unit or _reaches(wanted.unit, schemes[row.within]))
                if matching:
                    yield replace(entry, matching=matching)

    def entry(self, number: int) -> Entry:
        """Return an entry by its number. Raises RunError where there is none."""
        with told(self._where), reading(self._engine) as connection:
            row = connection.execute(select(ENTRIES).where(ENTRIES.c.number == number)).first()
        if row is None:
            raise RunError(f"登记簿里没有第 {number} 项", f"The register has no entry {number}")
        entry = Entry(number, Registration(row.record, row.attestation, row.scheme))
        with _well_formed(number):
            return replace(entry, matching=tuple(range(len(entry.values["schemes"]))))

    def number_of(self, attestation: bytes) -> int | None:
        """Return the number of the entry with an attestation, None where it was not registered."""
        with told(self._where), reading(self._engine) as connection:
            return connection.scalar(select(ENTRIES.c.number).where(ENTRIES.c.attested == sha256(attestation)))

    def newest_head(self) -> tuple[int, bytes]:
        """Return the newest signed head: the number of entries it is over, and its envelope. Raises RunError where there is none."""
        with told(self._where), reading(self._engine) as connection:
            row = connection.execute(select(HEADS).order_by(HEADS.c.size.desc()).limit(1)).first()
        if row is None:
            raise RunError("登记簿里还没有登记过什么", "Nothing is registered yet")
        return row.size, row.envelope

    def inclusion_proof(self, number: int, size: int) -> list[bytes]:
        """Return the path from an entry to the root over the first `size` entries. Raises ValueError for a number beyond them."""
        return self._proof(lambda nodes: merkle.inclusion_proof(number, size, nodes))

    def consistency_proof(self, first: int, second: int) -> list[bytes]:
        """Return the proof that the register of `second` entries began with that of `first`. Raises ValueError for impossible sizes."""
        return self._proof(lambda nodes: merkle.consistency_proof(first, second, nodes))

    def _proof(self, compute: Callable[[merkle.Nodes], list[bytes]]) -> list[bytes]:
        with told(self._where), reading(self._engine) as connection:
            return compute(_stored(connection, compute).__getitem__)

    def audit(self, trusted: Mapping[str, bytes], earlier: Head | None = None) -> Iterator[Said]:
        """Yield what is not as it was signed, each row by its number. `trusted` are the keys of registers by id, `earlier` is a head that
        was kept elsewhere: without one, nobody can tell whether the newest entries and their heads were taken away together.
        """
        with told(self._where), reading(self._engine) as connection:
            yield from audited(connection, self.id, trusted, earlier)


def _identity(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return connection.scalar(select(REGISTER.c.id).where(REGISTER.c.format == FORMAT))


def _size(connection: Connection) -> int:
    last = connection.scalar(select(func.max(ENTRIES.c.number)))
    return 0 if last is None else int(last) + 1


def _refuse_known(connection: Connection, registrations: Sequence[Registration]) -> None:
    digests = [sha256(each.attestation) for each in registrations]
    if len({*digests}) < len(digests):
        raise RunError("同一份证明写了两次", "One attestation is given twice")
    for at in range(0, len(digests), BATCH):
        number = connection.scalar(select(ENTRIES.c.number).where(ENTRIES.c.attested.in_(digests[at : at + BATCH])).limit(1))
        if number is not None:
            raise RunError(f"已经登记过了，是第 {number} 项", f"It is registered already, as entry {number}")


def _stored(connection: Connection, compute: Callable[[merkle.Nodes], object]) -> dict[int, bytes]:
    """Return the nodes that something is computed from, by their numbers: a first trial tells which, and they are read at once.

    Raises RunError where one is missing.
    """
    asked: set[int] = set()

    def ask(number: int) -> bytes:
        asked.add(number)
        return merkle.EMPTY

    compute(ask)
    rows = connection.execute(select(NODES.c.number, NODES.c.hash).where(NODES.c.number.in_(asked)))
    known = {number: bytes(value) for number, value in rows}
    if len(known) < len(asked):
        raise RunError("登记簿缺了内容，请运行 assesslint register audit", "Part of the register is missing; run assesslint register audit")
    return known


def _insert(connection: Connection, registrations: Sequence[Registration], size: int, fresh: Mapping[int, bytes]) -> None:
    numbered = list(enumerate(registrations, size))
    entries: Iterator[dict[str, Any]] = (
        {
            "number": number,
            "attested": sha256(each.attestation),
            "record": each.record,
            "attestation": each.attestation,
            "scheme": each.scheme,
        }
        for number, each in numbered
    )
    schemes = ({"entry": number, **row} for number, each in numbered for row in scheme_rows(each))
    nodes = ({"number": number, "hash": value} for number, value in fresh.items())
    tables: list[tuple[Any, Iterable[dict[str, Any]]]] = [(ENTRIES, entries), (SCHEMES, schemes), (NODES, nodes)]
    for table, rows in tables:
        written = list(rows)
        if written:
            connection.execute(insert(table), written)


def _selected(wanted: Filter) -> Select[Any]:
    """Return the query for the schemes asked for, but for the unit they reach, with their entries."""
    query = (
        select(ENTRIES.c.number, ENTRIES.c.record, ENTRIES.c.attestation, ENTRIES.c.scheme, SCHEMES.c.number.label("within"))
        .join(SCHEMES, SCHEMES.c.entry == ENTRIES.c.number)
        .order_by(ENTRIES.c.number, SCHEMES.c.number)
    )
    if wanted.issuer:
        query = query.where(SCHEMES.c.issuer.contains(wanted.issuer, autoescape=True))
    if wanted.name:
        query = query.where(SCHEMES.c.name.contains(wanted.name, autoescape=True))
    if wanted.on is not None:
        day = wanted.on.toordinal()
        other = SCHEMES.alias()
        edition = and_(other.c.key == SCHEMES.c.key, other.c.first <= day)
        newer = exists().where(edition, other.c.entry > SCHEMES.c.entry, other.c.registered <= day)
        older = exists().where(edition, other.c.entry < SCHEMES.c.entry)
        counts = or_(SCHEMES.c.registered <= day, ~older)
        query = query.where(SCHEMES.c.first <= day, SCHEMES.c.last >= day, ~newer, counts)
    return query


@contextmanager
def _well_formed(number: int) -> Iterator[None]:
    """Raise RunError where the record of an entry was damaged."""
    try:
        yield
    except MALFORMED as error:
        zh = f"第 {number} 项的记录坏了，请运行 assesslint register audit"
        raise RunError(zh, f"The record of entry {number} is damaged; run assesslint register audit") from error


def _reaches(unit: str, scheme: Mapping[str, Any]) -> bool:
    return reaches(unit, scheme["audience"], scheme["issuer"] or scheme["name"])
