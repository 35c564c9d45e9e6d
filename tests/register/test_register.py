"""What is registered is found by day, unit and issuer, is proved to be there, and is there as a whole or not at all."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assesslint.linter.errors import RunError
from assesslint.policy.envelope import canonical
from assesslint.publication.shapes import fault_at
from assesslint.publication.verification import Verdict, verify_files
from assesslint.register.merkle import is_consistent, is_included, leaf_hash
from assesslint.register.record import record_schema, registration
from assesslint.register.register import Filter, Register
from tests.publication.papers import APPROVER, DAY, RULE, TRUST, central
from tests.register.books import KEEPER, KEPT, another, book, faults, first, head, paper


def found(where: str, **wanted: object) -> list[int]:
    with Register.open(where) as register:
        return [entry.number for entry in register.entries(Filter(**wanted))]  # type: ignore[arg-type]


def test_a_verified_paper_is_registered_with_rules_waivers_and_who_signed(tmp_path: Path) -> None:
    with Register.open(book(tmp_path, [first()])) as register:
        [entry] = register.entries()
        assert (entry.number, entry.matching, len(register)) == (0, (0,), 1)
        assert entry.registration == register.entry(0).registration == first()
        assert [pack["id"] for pack in entry.values["rules"]] == ["central"]
        [waived] = entry.values["waivers"]
        assert (waived["rule"], waived["approver"]) == (RULE, APPROVER)
        assert register.number_of(first().attestation) == 0 and register.number_of(b"x") is None
    assert fault_at(entry.values, record_schema()) is None


def test_what_was_not_verified_or_does_not_hold_is_not_registered() -> None:
    altered = {**paper(), "report.json": b"{}"}
    for verdict in (Verdict(()), verify_files(altered, TRUST, central())):
        with pytest.raises(ValueError):
            registration(verdict, altered, DAY)


def test_the_same_paper_is_not_registered_twice(tmp_path: Path) -> None:
    where = book(tmp_path, 3)
    with Register.open(where) as register:
        for again in ([another(1)], [another(7), another(1)], [another(8), another(8)]):
            with pytest.raises(RunError, match=r"第 1 项|写了两次"):
                register.add(again, KEEPER)
        assert len(register) == 3
    assert faults(where) == ""


def test_in_force_is_what_its_period_says_in_its_newest_edition(tmp_path: Path) -> None:
    year = {"name": "年度方案", "first": "2026-01-01", "last": "2026-12-31"}
    later = DAY + timedelta(days=9)
    own = another(0, **year), another(1), another(2, registered=later, **year)
    where = book(tmp_path, [*own, another(3, issuer="别的局", **year)])
    assert found(where, on=DAY) == [0, 1, 3]
    assert found(where, on=later) == [1, 2, 3]
    assert found(where, on=date(2027, 1, 1)) == [1]
    assert found(where, on=date(2026, 1, 1)) == [0, 3]  # though registered later
    assert found(where) == [0, 1, 2, 3]


def test_an_edition_counts_from_when_it_begins_and_may_end_what_it_takes_the_place_of(tmp_path: Path) -> None:
    old = {"name": "方案", "first": "2026-01-01", "last": "2026-12-31"}
    where = book(tmp_path, [another(0, **old), another(1, **{**old, "first": "2027-01-01", "last": "2027-12-31"})])
    assert (found(where, on=DAY), found(where, on=date(2027, 1, 1))) == ([0], [1])
    with Register.open(where) as register:
        register.add([another(2, registered=DAY + timedelta(days=5), **{**old, "last": "2026-12-10"})], KEEPER)
    assert (found(where, on=date(2026, 12, 5)), found(where, on=date(2026, 12, 15))) == ([2], [])


def test_schemes_are_found_by_issuer_name_and_unit(tmp_path: Path) -> None:
    towns, offices = {"audience": ["township", "village"]}, {"audience": ["department"]}
    issuers = ("清河县大数据局", "白石县教育局", "省民政厅", "清河县教育局")
    papers = [another(at, issuer=issuer, **(offices if at == 3 else towns)) for at, issuer in enumerate(issuers)]
    town = another(4, issuer="", name="双桥镇2026年考核办法", audience=["village"])
    where = book(tmp_path, [*papers, town, another(5, issuer="100%_局")])
    assert found(where, issuer="教育局") == [1, 3] and found(where, issuer="%") == found(where, issuer="_") == [5]
    assert found(where, name="双桥镇") == [4]
    assert found(where, unit="乡镇") == found(where, unit="township") == [0, 1, 2, 5]
    assert found(where, unit="清河县双桥镇") == [0, 2, 5]
    assert found(where, unit="清河县双桥镇石岭村") == [0, 2, 4, 5]
    assert found(where, unit="清河县北山镇石岭村") == [0, 2, 5]
    assert found(where, unit="清河县", on=DAY) == [5]


def test_every_entry_is_proved_and_every_state_grew_from_those_before(tmp_path: Path) -> None:
    where = book(tmp_path, 12)
    with Register.open(where) as register:
        size, _ = register.newest_head()
        newest = head(where)
        for entry in register.entries():
            path = register.inclusion_proof(entry.number, size)
            assert is_included(entry.number, size, leaf_hash(entry.registration.record), path, newest.root)
        register.add([another(99)], KEEPER)
        grown = head(where)
        assert is_consistent(size, 13, register.consistency_proof(size, 13), newest.root, grown.root)
        with pytest.raises(ValueError):
            register.inclusion_proof(13, 13)
        with pytest.raises(RunError, match="没有第 13 项"):
            register.entry(13)


def test_many_are_added_under_one_head(tmp_path: Path) -> None:
    one, many = book(tmp_path, 7, "one.db"), book(tmp_path, 0, "many.db")
    with Register.open(many) as register:
        assert register.add([another(at) for at in range(7)], KEEPER) == range(7)
    assert head(one).root == head(many).root and faults(many) == ""


def test_several_who_add_at_once_wait_for_each_other(tmp_path: Path) -> None:
    where = book(tmp_path, 0)

    def add(number: int) -> None:
        with Register.open(where) as register:
            register.add([another(number)], KEEPER)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    assert len(found(where)) == 24 and faults(where) == ""


def test_readers_see_one_state_while_others_add(tmp_path: Path) -> None:
    where = book(tmp_path, 3)
    with Register.open(where) as reader, Register.open(where) as writer:
        seen = [next(entries := reader.entries()).number]
        seen += [entry.number for entry in entries]
        writer.add([another(3)], KEEPER)
        assert seen == [0, 1, 2] and len(reader) == 4


def adding(register: Register, start: int, told: int) -> None:
    """Append two entries at a time for ever, and write a byte to `told` for each time that is done."""
    for number in range(start, 10**9):
        register.add([another(number), another(-number)], KEEPER)
        os.write(told, b".")


def test_a_process_killed_200_times_while_it_appends_loses_and_halves_nothing(tmp_path: Path) -> None:
    """Each is killed at a moment of its own after the first time it is done; a thousand entries of room keep their papers apart."""
    where = book(tmp_path, 0)
    with Register.open(where) as register:
        register.add([another(0), another(-10**6)], KEEPER)
    done = 1
    for kill in range(200):
        reading, writing = os.pipe()
        child = os.fork()  # with a register that has no connection open, and all else that it needs at hand
        if child == 0:
            try:
                adding(register, kill * 1_000 + 1, writing)
            finally:
                os._exit(1)
        os.close(writing)
        done += len(os.read(reading, 1))
        time.sleep(kill % 50 / 2_000)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while rest := os.read(reading, 4096):
            done += len(rest)
        os.close(reading)
    with Register.open(where) as register:
        number = len(register)
    assert number % 2 == 0 and 2 * done <= number <= 2 * (done + 200) and done >= 200
    assert faults(where) == ""


def test_what_is_no_register_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database, but quite long enough to be taken for one" * 9)
    sqlite3.connect(tmp_path / "other.db").execute("create table t (x)").connection.close()
    for where in (tmp_path / "none.db", tmp_path / "text.db", tmp_path / "other.db", "nonsense://x", "postgresql://u:secret@127.0.0.1:1/x"):
        with pytest.raises(RunError) as error:
            Register.open(str(where))
        assert "secret" not in error.value.text("zh")
    with pytest.raises(RunError, match="请先建好"):
        Register.open(str(tmp_path / "no" / "r.db"), create=True)


def test_nothing_is_added_to_a_register_that_lost_its_newest_entry(tmp_path: Path) -> None:
    where = book(tmp_path, 3)
    with sqlite3.connect(where) as connection:
        connection.execute("delete from scheme where entry = 2")
        connection.execute("delete from entry where number = 2")
    with Register.open(where) as register, pytest.raises(RunError, match="audit"):
        register.add([another(9)], KEEPER)


def test_a_damaged_record_is_told_and_no_crash(tmp_path: Path) -> None:
    where = book(tmp_path, 3)
    with sqlite3.connect(where) as connection:
        connection.execute("update entry set record = ? where number = 1", (canonical({"schemes": 3}),))
    with Register.open(where) as register, pytest.raises(RunError, match="第 1 项的记录坏了"):
        list(register.entries(Filter(unit="乡镇")))
    assert "第 1 项" in faults(where)


def test_a_head_is_the_keepers_and_of_this_register(tmp_path: Path) -> None:
    one, other = book(tmp_path, 2, "one.db"), book(tmp_path, 2, "other.db")
    assert head(one).register != head(other).register and head(one).root == head(other).root
    with Register.open(one) as register:
        assert "未受信任的密钥" in next(register.audit({}))[0]
        assert "别的登记簿" in next(register.audit(KEPT, replace(head(other))))[0]
