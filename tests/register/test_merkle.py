"""Hashes and proofs are those of RFC 9162: by the vectors of transparency-dev/merkle, and by its definitions on trees of every size.

The vectors are facts of proof/verify_test.go and rfc6962/rfc6962_test.go of https://github.com/transparency-dev/merkle (Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.register import merkle
from assesslint.register.merkle import (
    EMPTY,
    completed,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    node_number,
    nodes_of,
    root,
)

WRITTEN = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
LEAVES = [bytes.fromhex(each) for each in WRITTEN]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Of the trees of the first 1 to 8 leaves."""

A, B, C = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
)
D, E, F, G, H = (
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    ROOTS[3],
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
)
INCLUSION = [(0, 1, []), (0, 8, [A, B, C]), (5, 8, [D, E, F]), (2, 3, [ROOTS[1]]), (1, 5, [ROOTS[0], B, D])]
"""Index of the leaf, leaves of the tree, path."""
CONSISTENCY = [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [G, E, F]), (2, 5, [B, D]), (6, 7, [G, H, F])]
"""Leaves of the older and of the newer tree, path."""


class Tree:
    """Nodes in memory, appended to as the register does."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.nodes: list[bytes] = []
        for index, leaf in enumerate(leaves):
            assert nodes_of(index) == len(self.nodes)
            self.nodes += completed(index, leaf_hash(leaf), self.__call__)

    def __call__(self, number: int) -> bytes:
        return self.nodes[number]


TREE = Tree(LEAVES)


def parts(path: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(part) for part in path]


def test_leaves_and_nodes_are_hashed_apart() -> None:
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == ROOTS[0]
    assert leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert node_hash(b"N123", b"N456").hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


def test_the_roots_are_those_published() -> None:
    assert [root(size, TREE).hex() for size in range(1, 9)] == ROOTS
    assert root(0, TREE) == EMPTY


@pytest.mark.parametrize(("index", "size", "path"), INCLUSION)
def test_inclusion_proofs_are_those_published(index: int, size: int, path: list[str]) -> None:
    assert inclusion_proof(index, size, TREE) == parts(path)
    leaf, root_hash = leaf_hash(LEAVES[index]), bytes.fromhex(ROOTS[size - 1])
    assert is_included(index, size, leaf, parts(path), root_hash)
    for wrong in corrupted_inclusion(index, size, leaf, parts(path), root_hash):
        assert not is_included(*wrong)


def corrupted_inclusion(
    index: int, size: int, leaf: bytes, path: list[bytes], root_hash: bytes
) -> Iterator[tuple[int, int, bytes, list[bytes], bytes]]:
    """Yield the proofs that the published tests expect to be refused."""
    yield from ((at, size, leaf, path, root_hash) for at in (index - 1, index + 1, index ^ 2))
    yield from ((index, other, leaf, path, root_hash) for other in (size * 2, size // 2))
    yield index, size, b"WrongLeaf", path, root_hash
    yield from ((index, size, leaf, path, other) for other in (EMPTY, bytes(32)))
    yield from ((index, size, leaf, wrong, root_hash) for wrong in ([*path, b""], [*path, root_hash], [b"", *path], [root_hash, *path]))
    yield from ((index, size, leaf, wrong, root_hash) for wrong in flipped(path))
    if path:
        yield index, size, leaf, path[:-1], root_hash
        yield index, size, leaf, [path[0], bytes(32), *path[1:]], root_hash


def flipped(path: list[bytes]) -> Iterator[list[bytes]]:
    for at, part in enumerate(path):
        yield [*path[:at], bytes([part[0] ^ 8, *part[1:]]), *path[at + 1 :]]


@pytest.mark.parametrize(("first", "second", "path"), CONSISTENCY)
def test_consistency_proofs_are_those_published(first: int, second: int, path: list[str]) -> None:
    old, new = (bytes.fromhex(ROOTS[size - 1]) for size in (first, second))
    assert consistency_proof(first, second, TREE) == parts(path)
    assert is_consistent(first, second, parts(path), old, new)
    if path:
        for wrong in corrupted_consistency(first, second, parts(path), old, new):
            assert not is_consistent(*wrong)


def corrupted_consistency(
    first: int, second: int, path: list[bytes], old: bytes, new: bytes
) -> Iterator[tuple[int, int, list[bytes], bytes, bytes]]:
    """Yield the proofs that the published tests expect to be refused."""
    yield from ((size, second, path, old, new) for size in (first - 1, first + 1, first ^ 2))
    yield from ((first, size, path, old, new) for size in (second * 2, second // 2))
    yield from ((first, second, path, *roots) for roots in ((b"WrongRoot", new), (old, b"WrongRoot"), (new, old)))
    ends = ([], [*path, b""], [*path, old], [*path, new], [b"", *path], [old, *path], [new, *path], [path[0], *path], path[:-1])
    yield from ((first, second, wrong, old, new) for wrong in (*ends, *flipped(path)))


@pytest.mark.parametrize(
    ("first", "second", "same", "path", "holds"),
    [
        (0, 0, True, [], True),
        (0, 1, False, [], True),
        (1, 1, True, [], True),
        (0, 0, False, [], False),
        (1, 1, False, [], False),
        (1, 0, False, [], False),
        (2, 1, False, [], False),
        (1, 2, False, [], False),
        (0, 0, True, [EMPTY], False),
        (0, 1, True, [EMPTY], False),
        (1, 1, True, [EMPTY], False),
    ],
)
def test_trivial_trees_are_consistent_only_as_published(first: int, second: int, same: bool, path: list[bytes], holds: bool) -> None:
    assert is_consistent(first, second, path, b"one", b"one" if same else b"two") is holds


def plain_root(leaves: Sequence[bytes]) -> bytes:
    """Return MTH by its definition."""
    if len(leaves) < 2:
        return leaf_hash(leaves[0]) if leaves else EMPTY
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(plain_root(leaves[:half]), plain_root(leaves[half:]))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 130), st.data())
def test_every_proof_of_every_tree_holds_and_no_other_does(size: int, data: st.DataObject) -> None:
    leaves = [str(number).encode() for number in range(size)]
    tree = Tree(leaves)
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    old, new = plain_root(leaves[:first]), plain_root(leaves)
    assert (root(first, tree), root(size, tree)) == (old, new)
    path = inclusion_proof(index, size, tree)
    assert is_included(index, size, leaf_hash(leaves[index]), path, new)
    assert not any(is_included(other, size, leaf_hash(leaves[index]), path, new) for other in range(size) if other != index)
    proof = consistency_proof(first, size, tree)
    assert is_consistent(first, size, proof, old, new)
    assert first == size or not is_consistent(first, size, proof, bytes(32), new)
    assert len(path) <= size.bit_length() and len(proof) <= size.bit_length() + 1


@given(st.integers(0, 10**12))
def test_a_node_has_its_number_for_ever(index: int) -> None:
    level = ((index + 1) & -(index + 1)).bit_length() - 1  # the highest node that the leaf completes
    assert node_number(level, index >> level) == nodes_of(index + 1) - 1


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError):
        inclusion_proof(index, size, TREE)
    with pytest.raises(ValueError):
        consistency_proof(size + 1, size, TREE)
    assert merkle.consistency_proof(0, size, TREE) == []
