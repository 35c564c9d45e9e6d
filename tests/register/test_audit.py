"""Whatever is deleted, changed or moved in a register is found, and the row is named."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.policy.keys import secret_key
from assesslint.register.heads import Head, signed_head
from assesslint.register.merkle import nodes_of
from assesslint.register.record import scheme_rows
from assesslint.register.register import Register
from tests.publication.papers import SECRET
from tests.register.books import KEEPER, another, book, faults, head
from tests.register.test_merkle import Tree

SIZE = 11


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(book(tmp_path_factory.mktemp("kept"), SIZE))


@pytest.fixture
def copied(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept, tmp_path / "登记簿.db"))


def altered(where: Path, *statements: tuple[str, tuple[object, ...]]) -> str:
    with sqlite3.connect(where) as connection:
        for statement, values in statements:
            connection.execute(statement, values)
    return faults(str(where))


def test_what_nobody_touched_is_as_it_was_signed(kept: Path) -> None:
    assert faults(str(kept), head(str(kept))) == ""


@pytest.mark.parametrize("number", range(SIZE))
def test_a_deleted_entry_is_named(copied: Path, number: int) -> None:
    gone = ("delete from scheme where entry = ?", (number,)), ("delete from entry where number = ?", (number,))
    told = altered(copied, *gone)
    assert told == (
        f"第 {number} 项被删去" if number < SIZE - 1 else f"签过 {SIZE} 项，现在只有 {SIZE - 1} 项：末尾第 {number} 至 {number} 项被删去"
    )


@pytest.mark.parametrize("number", range(SIZE))
def test_a_changed_entry_is_named_whatever_of_it_was_changed(copied: Path, number: int) -> None:
    with Register.open(str(copied)) as register:
        record = register.entry(number).registration.record
    forged = record.replace("方案".encode(), "方法".encode())
    changes = {
        "record": (forged, f"第 {number} 项的记录被改过"),
        "attestation": (b"{}", f"第 {number} 项的证明或方案被改过"),
        "scheme": (b"{}", f"第 {number} 项的证明或方案被改过"),
        "attested": ("0" * 64, f"第 {number} 项的证明或方案被改过"),
    }
    for column, (value, said) in changes.items():
        where = Path(shutil.copy(copied, copied.with_name(f"{column}.db")))
        assert said in altered(where, (f"update entry set {column} = ? where number = ?", (value, number)))  # noqa: S608
    for column, value in {"issuer": "别的局", "last": 1, "first": 1, "registered": 1, "key": "0", "name": ""}.items():
        where = Path(shutil.copy(copied, copied.with_name(f"scheme-{column}.db")))
        told = altered(where, (f"update scheme set {column} = ? where entry = ?", (value, number)))  # noqa: S608
        assert told == f"第 {number} 项的检索内容被改过"


def test_entries_that_changed_places_are_named(copied: Path) -> None:
    with sqlite3.connect(copied) as connection:
        for move in ((99, 2), (2, 7), (7, 99)):
            connection.execute("update scheme set entry = ? where entry = ?", move)
            connection.execute("update entry set number = ? where number = ?", move)
    told = faults(str(copied))
    assert told == "第 2 项的位置上应是现在的第 7 项：次序被改过\n第 7 项的位置上应是现在的第 2 项：次序被改过"


@settings(max_examples=40, deadline=None)
@given(number=st.integers(0, nodes_of(SIZE) - 1), gone=st.booleans())
def test_a_node_changed_or_deleted_is_found(kept: Path, number: int, gone: bool) -> None:
    where = Path(shutil.copy(kept, kept.with_name("node.db")))
    changed = ("update node set hash = ? where number = ?", (bytes(32), number))
    assert "第 " in altered(where, ("delete from node where number = ?", (number,)) if gone else changed)


def test_nodes_heads_and_entries_too_many_are_found(copied: Path) -> None:
    assert "树上多出 1 个节点" in altered(copied, ("insert into node values (?, ?)", (nodes_of(SIZE), bytes(32))))
    added = "insert into entry select ?, 'x' || attested, record, attestation, scheme from entry where number = 0"
    assert "没有签过" in altered(copied, (added, (SIZE,)))
    assert "编号 -1" in altered(copied, (added.replace("'x'", "'y'"), (-1,)))
    assert "还有更多" in altered(copied, (added.replace("'x'", "'z'"), (10**15,)))


def rewritten(where: Path, number: int) -> None:
    """Change an entry as somebody would who can write to the database and knows how the tree is made."""
    with Register.open(str(where)) as register:
        records = [entry.registration.record for entry in register.entries()]
    forged = another(-5)
    records[number] = forged.record
    nodes = Tree(records).nodes
    with sqlite3.connect(where) as connection:
        connection.execute(
            "update entry set record = ?, attestation = ?, attested = ? where number = ?",
            (forged.record, forged.attestation, forged.values["attestation"], number),
        )
        [row] = scheme_rows(forged)
        connection.execute("update scheme set key = ?, name = ? where entry = ?", (row["key"], row["name"], number))
        connection.executemany("update node set hash = ? where number = ?", [(node, at) for at, node in enumerate(nodes)])


@pytest.mark.parametrize("number", [0, 4, SIZE - 1])
def test_a_tree_made_anew_over_a_changed_entry_is_found_by_the_signed_heads(copied: Path, number: int) -> None:
    rewritten(copied, number)
    assert faults(str(copied)) == f"第 {number} 项不是签名时的内容或次序"


def test_a_head_that_the_keeper_did_not_sign_does_not_count(copied: Path) -> None:
    kept = head(str(copied))
    forged = signed_head(Head(kept.register, SIZE, bytes(32)), secret_key(SECRET))
    assert "未受信任的密钥" in altered(copied, ("update head set envelope = ? where size = ?", (forged, SIZE)))
    moved = signed_head(kept, KEEPER)
    assert "不是给这里的" in altered(copied, ("update head set envelope = ? where size = ?", (moved, 3)))
    for broken in (b"", b"{", b"\xff"):
        assert "第 3 项后的签名" in altered(copied, ("update head set envelope = ? where size = ?", (broken, 3)))


def test_a_register_cut_back_with_its_heads_is_found_by_a_head_kept_elsewhere(copied: Path) -> None:
    kept = head(str(copied))
    tables = (("scheme", "entry", 6), ("entry", "number", 6), ("head", "size", 7), ("node", "number", nodes_of(6)))
    assert altered(copied, *((f"delete from {table} where {column} >= ?", (first,)) for table, column, first in tables)) == ""  # noqa: S608
    assert faults(str(copied), kept) == f"签过 {SIZE} 项，现在只有 6 项：末尾第 6 至 {SIZE - 1} 项被删去"
    with Register.open(str(copied)) as register:
        for number in range(100, 107):
            register.add([another(number)], KEEPER)
    assert faults(str(copied)) == ""
    assert faults(str(copied), kept) == f"前 {SIZE} 项与另存的状态不同：登记簿在那以后被改写过"
