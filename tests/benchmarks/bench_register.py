"""What appending to a register of a million entries costs, proving, listing and auditing, next to plain SQL on the same rows.

Filling it takes a quarter of an hour; `ENTRIES=100000` in the environment fills it with fewer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256 as digest
from itertools import count, islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import insert, select

from assesslint.policy.envelope import canonical
from assesslint.publication.statement import sha256
from assesslint.register.record import Registration
from assesslint.register.register import Filter, Register
from assesslint.register.tables import ENTRIES, engine_for, prepare, reading, writing
from tests.benchmarks.bench_speed import bounded, seconds
from tests.publication.papers import DAY
from tests.register.books import KEEPER, KEPT, first

LARGE, SMALL = int(os.environ.get("ENTRIES", "1000000")), 1_000
BATCH, ROUNDS, DAYS = 10_000, 30, 10_000


def registrations() -> Iterator[Registration]:
    """Yield entries told apart by their numbers, each in force on one of the `DAYS` days until today, with small files."""
    [scheme] = first().values["schemes"]
    marked = {**scheme, "name": "<name>", "first": "<day>", "last": "<day>"}
    record = canonical({**first().values, "attestation": "<attestation>", "scheme": sha256(b"{}"), "schemes": [marked]}).decode()
    for number in count():
        attestation = str(number).encode()
        day = (DAY - timedelta(days=number % DAYS)).isoformat()
        own = record.replace("<attestation>", sha256(attestation)).replace("<name>", f"方案{number}").replace("<day>", day)
        yield Registration(own.encode(), attestation, b"{}")


class Plain:
    """A table of the same rows, with nothing that proves anything of them."""

    def __init__(self, where: Path) -> None:
        self.engine = engine_for(str(where), create=True)
        prepare(self.engine, str(where), create=True)
        self.size = 0

    def add(self, given: list[Registration]) -> None:
        columns = ("number", "attested", "record", "attestation", "scheme")
        rows = [
            dict(zip(columns, (at, sha256(each.attestation), each.record, each.attestation, each.scheme), strict=True))
            for at, each in enumerate(given, self.size)
        ]
        with writing(self.engine) as connection:
            connection.execute(insert(ENTRIES), rows)
        self.size += len(rows)

    def read(self, number: int) -> Any:
        with reading(self.engine) as connection:
            return connection.execute(select(ENTRIES).where(ENTRIES.c.number == number)).one()

    def hash_all(self) -> None:
        with reading(self.engine) as connection:
            for row in connection.execute(select(ENTRIES).execution_options(yield_per=1_000)):
                digest(row.record), digest(row.attestation), digest(row.scheme)


def typical(work: Callable[[], Any]) -> float:
    return median(seconds(work) for _ in range(ROUNDS))


def fill(add: Callable[[list[Registration]], Any], source: Iterator[Registration]) -> float:
    """Add the entries of a large register in batches and return the seconds that adding took, not making them."""
    taken = 0.0
    for _ in range(LARGE // BATCH):
        batch = list(islice(source, BATCH))
        taken += seconds(lambda batch=batch: add(batch))
    return taken


def prove(book: Register, chosen: Random) -> None:
    size, _ = book.newest_head()
    book.inclusion_proof(chosen.randrange(size), size)


def test_a_register_of_a_million(tmp_path: Path, said: list[str]) -> None:
    plain, chosen = Plain(tmp_path / "plain.db"), Random(6)  # noqa: S311 - which entries are proved
    with (
        Register.open(str(tmp_path / "small.db"), create=True) as small,
        Register.open(str(tmp_path / "large.db"), create=True) as large,
    ):
        sources = [registrations() for _ in range(3)]
        small.add(list(islice(sources[0], SMALL)), KEEPER)
        put = fill(lambda batch: large.add(batch, KEEPER), sources[1])
        bounded(said, f"fill with {LARGE}, of plain inserts", put / fill(plain.add, sources[2]), 10)

        one, few, bare = (
            typical(lambda: large.add([next(sources[1])], KEEPER)),
            typical(lambda: small.add([next(sources[0])], KEEPER)),
            typical(lambda: plain.add([next(sources[2])])),
        )
        bounded(said, f"append to {LARGE}, of to {SMALL}", one / few, 4)
        bounded(said, f"append to {LARGE}, of a plain insert", one / bare, 6)

        one, few = (typical(lambda book=book: prove(book, chosen)) for book in (large, small))
        bounded(said, f"prove in {LARGE}, of in {SMALL}", one / few, 4)
        bounded(said, f"prove in {LARGE}, of reading a row", one / typical(lambda: plain.read(chosen.randrange(LARGE))), 30)

        asked = typical(lambda: list(large.entries(Filter(on=DAY))))
        bounded(said, f"list {LARGE // DAYS} of {LARGE}, of reading as many", asked / (LARGE // DAYS) / typical(lambda: plain.read(5)), 5)

        audited = seconds(lambda: list(large.audit(KEPT)))
        bounded(said, f"audit {LARGE}, of reading and hashing", audited / seconds(plain.hash_all), 40)
        said.append(f"entries per second: {LARGE / put:.0f} filled, {1 / one:.0f} proved, {LARGE / audited:.0f} audited")
