"""The rows of a register → what is not as its keeper signed it: entries deleted, changed or put in another order, each by its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Row, func, select

from assesslint.policy.sources import SourceError
from assesslint.publication.said import Said
from assesslint.publication.statement import sha256
from assesslint.register import merkle
from assesslint.register.heads import Head, opened_head
from assesslint.register.record import MALFORMED, Registration, scheme_rows
from assesslint.register.tables import BATCH, ENTRIES, HEADS, NODES, SCHEMES

MOST_SAID = 50
"""How many faults are told; a register that has more is no longer what it was."""


def audited(connection: Connection, identity: str, trusted: Mapping[str, bytes], earlier: Head | None) -> Iterator[Said]:
    """Yield what is not as it was signed, the most grave of each kind first met."""
    heads, faults = _heads(connection, identity, trusted)
    said = list(faults)
    if earlier is not None and earlier.register != identity:
        said.append(("另存的状态是别的登记簿的", "the head kept elsewhere is of another register"))
        earlier = None
    walk = _Walk(connection, heads, earlier)
    for told, fault in enumerate(chain(said, walk.faults())):
        if told == MOST_SAID:
            yield f"还有更多，只列出 {MOST_SAID} 处", f"there is more; only {MOST_SAID} are listed"
            return
        yield fault


def _heads(connection: Connection, identity: str, trusted: Mapping[str, bytes]) -> tuple[dict[int, bytes], list[Said]]:
    """Return the roots that were signed by the number of entries they are over, and which heads do not count."""
    roots: dict[int, bytes] = {}
    faults: list[Said] = []
    for row in connection.execute(select(HEADS).order_by(HEADS.c.size).execution_options(yield_per=BATCH)):
        shown = f"第 {row.size} 项后的签名"
        try:
            head = opened_head(row.envelope, trusted, shown)
        except SourceError as error:
            faults.append((error.zh, error.en.replace(shown, f"the head over {row.size} entries")))
            if "keys trust" in error.zh:
                break  # one key that is not trusted is said once
            continue
        if head.size != row.size or head.register != identity:
            faults.append((f"{shown}不是给这里的", f"the head over {row.size} entries was signed for another place"))
        else:
            roots[row.size] = head.root
    return roots, faults


@dataclass
class _Walk:
    """Goes through all entries once, batch by batch, and makes the tree anew from what they hold. Memory stays the same however many."""

    connection: Connection
    heads: Mapping[int, bytes]
    earlier: Head | None = None
    peaks: list[bytes] = field(default_factory=list)
    """The roots of the full subtrees over the entries met, the largest first."""
    good: int = 0
    """The largest number of entries that a signed head holds of."""

    def faults(self) -> Iterator[Said]:
        lowest, highest = self.connection.execute(select(func.min(ENTRIES.c.number), func.max(ENTRIES.c.number))).one()
        total = 0 if highest is None else int(highest) + 1
        if lowest is not None and lowest < 0:
            yield f"有编号 {lowest} 的项，编号应从 0 起", f"there is an entry {lowest}; they are numbered from 0"
        signed = max((*self.heads, self.earlier.size if self.earlier else 0), default=0)
        for start in range(0, total, BATCH):
            yield from self._batch(start, min(start + BATCH, total))
        if total < signed:
            yield (
                f"签过 {signed} 项，现在只有 {total} 项：末尾第 {total} 至 {signed - 1} 项被删去",
                f"{signed} entries were signed and {total} are there: entries {total} to {signed - 1} were deleted from the end",
            )
        elif total > signed:
            yield f"第 {signed} 至 {total - 1} 项没有签过", f"entries {signed} to {total - 1} were never signed"
        extra = self.connection.scalar(select(func.count()).select_from(NODES).where(NODES.c.number >= merkle.nodes_of(total)))
        if extra and total >= signed:
            yield f"树上多出 {extra} 个节点", f"the tree has {extra} nodes too many"

    def _batch(self, start: int, end: int) -> Iterator[Said]:
        rows: dict[int, Any] = {}
        for row in self.connection.execute(_range(ENTRIES, ENTRIES.c.number, start, end)):
            if row.number in rows:
                yield f"第 {row.number} 项有两份", f"there are two entries {row.number}"
            rows[row.number] = row
        schemes = _grouped(self.connection.execute(_range(SCHEMES, SCHEMES.c.entry, start, end)))
        nodes = self.connection.execute(_range(NODES, NODES.c.number, merkle.nodes_of(start), merkle.nodes_of(end)))
        stored: dict[int, bytes] = {each.number: each.hash for each in nodes}
        leaves = {number: merkle.leaf_hash(row.record) for number, row in rows.items()}
        places = {hash_: number for number, hash_ in leaves.items()}
        for number in range(start, end):
            found, node = rows.get(number), merkle.nodes_of(number)
            if found is None:
                yield f"第 {number} 项被删去", f"entry {number} was deleted"
            elif (wrong := _wrong(found, schemes.get(number, []))) is not None:
                yield f"第 {number} 项{wrong[0]}", f"entry {number} {wrong[1]}"
            leaf = leaves.get(number, b"")
            if found is not None and node in stored and leaf != stored[node]:
                yield _moved(number, places.get(stored[node]))
            yield from self._grow(number, stored.get(node, leaf), node, stored)
            yield from self._signed(number + 1)

    def _grow(self, number: int, leaf: bytes, node: int, stored: Mapping[int, bytes]) -> Iterator[Said]:
        """Take a leaf into the peaks, and yield that the nodes it completes are not as stored.

        What is stored is believed on the way up, so that one fault is told once.
        """
        wrong = node not in stored
        rest = number
        while rest & 1:
            node += 1
            above = merkle.node_hash(self.peaks.pop(), leaf)
            leaf = stored.get(node, above)
            wrong |= node not in stored or leaf != above
            rest >>= 1
        self.peaks.append(leaf)
        if wrong:
            yield f"第 {number} 项的树节点不对", f"the tree's nodes at entry {number} are wrong"

    def _signed(self, size: int) -> Iterator[Said]:
        """Yield that a head does not hold, naming the entries of which one must be other than it was signed."""
        is_earlier = self.earlier is not None and self.earlier.size == size
        if size not in self.heads and not is_earlier:
            return
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = merkle.node_hash(peak, root)
        if self.earlier is not None and is_earlier and self.earlier.root != root:
            yield (
                f"前 {size} 项与另存的状态不同：登记簿在那以后被改写过",
                f"the first {size} entries are not those of the head kept elsewhere: the register was written anew since",
            )
        if self.heads.get(size, root) == root:
            self.good = size
        elif self.good >= 0:
            which = f"第 {self.good} 项" if self.good == size - 1 else f"第 {self.good} 至 {size - 1} 项里有的"
            named = f"entry {self.good} is" if self.good == size - 1 else f"some of the entries {self.good} to {size - 1} are"
            self.good = -1  # all heads that follow are wrong for the same reason
            yield f"{which}不是签名时的内容或次序", f"{named} not as signed, or not in that order"


def _range(table: Any, column: Any, start: int, end: int) -> Any:
    return select(table).where(column >= start, column < end)


def _grouped(rows: Any) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.entry, []).append({name: value for name, value in row._mapping.items() if name != "entry"})
    return found


def _wrong(row: Row[Any], schemes: list[dict[str, Any]]) -> Said | None:
    """Return what of an entry does not fit its own record, None where all does."""
    registration = Registration(row.record, row.attestation, row.scheme)
    try:
        digests = [registration.values[name] for name in ("attestation", "scheme")]
        if digests != [sha256(row.attestation), sha256(row.scheme)] or row.attested != digests[0]:
            return "的证明或方案被改过", "has another attestation or scheme than its record names"
        if sorted(schemes, key=lambda each: each["number"]) != list(scheme_rows(registration)):
            return "的检索内容被改过", "is not found by what its record says"
    except MALFORMED:
        return "的记录不成样子", "has a record that is none"
    return None


def _moved(number: int, other: int | None) -> Said:
    if other is not None:
        zh, en = f"第 {number} 项的位置上应是现在的第 {other} 项", f"entry {number} should be what now is entry {other}"
        return f"{zh}：次序被改过", f"{en}: the order was changed"
    return f"第 {number} 项的记录被改过", f"the record of entry {number} was changed"
