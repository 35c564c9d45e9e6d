"""The register in a real PostgreSQL, which the tests start for themselves: the same entries, proofs and audits as in SQLite."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, NullPool, create_engine, text

from assesslint.register.register import Filter, Register
from tests.programs import program
from tests.publication.papers import DAY
from tests.register.books import KEEPER, KEPT, another, book, faults, head


def found(name: str) -> str:
    """Return a program of PostgreSQL, which Debian keeps apart from the others."""
    apart = sorted(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), reverse=True)
    return program(name, *apart)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a server that only a socket in its folder leads to, as another user where root runs the tests, and give its address."""
    with TemporaryDirectory(prefix="assesslint-pg-") as folder:
        as_user: list[str] = []
        if os.geteuid() == 0:  # which PostgreSQL refuses to run as
            shutil.chown(folder, "postgres")
            as_user = ["runuser", "-u", "postgres", "--"]

        def run(name: str, *words: str) -> None:
            subprocess.run([*as_user, found(name), "-D", f"{folder}/data", *words], check=True, capture_output=True, cwd="/")

        run("initdb", "-U", "keeper", "-A", "trust", "-E", "UTF8")
        run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", f"-k {folder} -c listen_addresses=''", "start")
        try:
            yield f"postgresql://keeper@/{{}}?unix_sock={folder}/.s.PGSQL.5432"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")


def engine(address: str) -> Engine:
    """Return what reaches a database directly, every connection for itself."""
    return create_engine(address.replace("postgresql:", "postgresql+pg8000:"), poolclass=NullPool)


@pytest.fixture
def where(server: str, request: pytest.FixtureRequest) -> str:
    """Make a database and return its address."""
    name = request.node.name[:60].replace("[", "_").replace("]", "")
    with engine(server.format("postgres")).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'create database "{name}"'))
    with Register.open(server.format(name), create=True):
        return server.format(name)


def test_it_holds_proves_and_finds_what_sqlite_does(where: str, tmp_path: Path) -> None:
    papers = [another(at, registered=DAY + timedelta(days=at), issuer="清河县大数据局" if at % 2 else "省民政厅") for at in range(9)]
    same = book(tmp_path, papers)
    with Register.open(where) as register, Register.open(same) as sqlite:
        assert list(register.add(papers[:4], KEEPER)) == [0, 1, 2, 3]
        register.add(papers[4:], KEEPER)
        assert head(where).root == head(same).root
        for wanted in (Filter(), Filter(on=DAY), Filter(issuer="清河"), Filter(unit="白石县双桥镇"), Filter(name="方案3")):
            assert list(register.entries(wanted)) == list(sqlite.entries(wanted))
        assert register.inclusion_proof(3, 9) == sqlite.inclusion_proof(3, 9)
        assert register.consistency_proof(4, 9) == sqlite.consistency_proof(4, 9)
        assert list(register.audit(KEPT)) == []


def test_several_who_add_at_once_wait_for_each_other(where: str) -> None:
    def add(number: int) -> None:
        with Register.open(where) as register:
            register.add([another(number)], KEEPER)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(add, range(18)))
    with Register.open(where) as register:
        assert len(register) == 18
    assert faults(where) == ""


def test_a_changed_row_is_named(where: str) -> None:
    with Register.open(where) as register:
        for number in range(5):
            register.add([another(number)], KEEPER)
    with engine(where).begin() as connection:
        connection.execute(text("update entry set scheme = 'x' where number = 3"))
        connection.execute(text("delete from scheme where entry = 1"))
        connection.execute(text("delete from entry where number = 1"))
    assert faults(where) == "第 1 项被删去\n第 3 项的证明或方案被改过"


def test_readers_see_one_state_while_others_add(where: str) -> None:
    with Register.open(where) as reader, Register.open(where) as writer:
        writer.add([another(number) for number in range(3)], KEEPER)
        seen = [next(entries := reader.entries()).number]
        writer.add([another(3)], KEEPER)
        assert [*seen, *(entry.number for entry in entries)] == [0, 1, 2]
