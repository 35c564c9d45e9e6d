"""A growing list of leaves → the hash of its Merkle tree, and short proofs that a leaf is in it or that it only grew.

Source: RFC 9162 §2.1 (https://www.rfc-editor.org/rfc/rfc9162#section-2.1), with SHA-256. Only full subtrees are ever stored, in the
order in which they are completed, so that a node has one number for ever and a leaf adds at most one node a level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

Nodes = Callable[[int], bytes]
"""The number of a full subtree → its hash."""

EMPTY = sha256().digest()
"""The hash of the tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def nodes_of(leaves: int) -> int:
    """Return how many full subtrees a tree of so many leaves has: the number of the next node to be stored."""
    return 2 * leaves - leaves.bit_count()


def node_number(level: int, position: int) -> int:
    """Return the number of the subtree over the leaves from position × 2^level on, 2^level of them."""
    last = ((position + 1) << level) - 1
    return nodes_of(last) + level


def completed(index: int, leaf: bytes, nodes: Nodes) -> Iterator[bytes]:
    """Yield the hashes of the nodes that a leaf completes, in the order of their numbers: its own first."""
    yield leaf
    level = 0
    while index & 1:
        leaf = node_hash(nodes(node_number(level, index - 1)), leaf)
        yield leaf
        index >>= 1
        level += 1


def root(size: int, nodes: Nodes) -> bytes:
    """Return the hash of the tree of the first `size` leaves."""
    return _hash(0, size, nodes) if size else EMPTY


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """Return the path that leads from a leaf to the root of the tree of `size` leaves (§2.1.3.1). Raises ValueError for no such leaf."""
    if not 0 <= index < size:
        raise ValueError(index, size)
    return _path(index, 0, size, nodes)


def consistency_proof(first: int, second: int, nodes: Nodes) -> list[bytes]:
    """Return the proof that the tree of `second` leaves begins with that of `first` (§2.1.4.1). Raises ValueError for impossible sizes."""
    if not 0 <= first <= second:
        raise ValueError(first, second)
    return _subproof(first, 0, second, nodes, whole=True) if 0 < first < second else []


def _split(size: int) -> int:
    """Return the largest power of two below `size`, which is 2 or more."""
    return 1 << (size - 1).bit_length() - 1


def _hash(start: int, end: int, nodes: Nodes) -> bytes:
    """Return the hash of the subtree over some leaves, `start` being a multiple of a power of two no less than their number."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return nodes(node_number(level, start >> level))
    middle = start + _split(size)
    return node_hash(_hash(start, middle, nodes), _hash(middle, end, nodes))


def _path(index: int, start: int, end: int, nodes: Nodes) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, nodes), _hash(middle, end, nodes)]
    return [*_path(index, middle, end, nodes), _hash(start, middle, nodes)]


def _subproof(first: int, start: int, end: int, nodes: Nodes, *, whole: bool) -> list[bytes]:
    """`first` is the end of the older tree; `whole` that the subtree begins both trees, so that who checks knows its hash."""
    if first == end:
        return [] if whole else [_hash(start, end, nodes)]
    middle = start + _split(end - start)
    if first <= middle:
        return [*_subproof(first, start, middle, nodes, whole=whole), _hash(middle, end, nodes)]
    return [*_subproof(first, middle, end, nodes, whole=False), _hash(start, middle, nodes)]


# ── checking ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_included(index: int, size: int, leaf: bytes, path: Sequence[bytes], root_hash: bytes) -> bool:
    """Tell whether a path leads from the hash of a leaf to a root (§2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(leaf, *path):
        return False
    node, last, found = index, size - 1, leaf
    for part in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = node_hash(part, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, part)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root_hash


def is_consistent(first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes) -> bool:
    """Tell whether a path proves that a tree of `second` leaves began with one of `first` (§2.1.4.2)."""
    if not 0 <= first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    if first == 0:
        return not path
    if first & (first - 1) == 0:
        path = [first_root, *path]
    if not path or not _are_hashes(*path):
        return False
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for part in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(part, old), node_hash(part, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, part)
        node, last = node >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _are_hashes(*given: bytes) -> bool:
    return all(len(each) == len(EMPTY) for each in given)
