"""A mention where it stands: what its clause says before it and behind it, and the clause that follows."""

from __future__ import annotations

from dataclasses import dataclass

from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Clause, Passage


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in its clause and sentence; `start` and `end` are those of the sentence."""

    passage: Passage
    mention: Mention
    clause: Clause
    start: int
    end: int

    @classmethod
    def of(cls, passage: Passage, mention: Mention) -> Place:
        """Return the place of a mention of a passage."""
        clause = passage.clause_of(mention.start)
        return cls(passage, mention, clause, *passage.sentence_range(clause))

    @property
    def kind(self) -> str:
        """The kind of thing that is mentioned."""
        return self.mention.sense.kind

    @property
    def following(self) -> Clause | None:
        """The clause behind this one, if it is of the same sentence."""
        found = self.passage.clauses[self.clause.index + 1 : self.clause.index + 2]
        return found[0] if found and found[0].sentence == self.clause.sentence else None

    def before(self, kind: str, *values: str) -> list[Mention]:
        """Return the mentions of a kind, and of some values if given, that begin before this one in its clause (不组织 in 不组织投票)."""
        begun = self.passage.between(kind, self.clause.start, self.mention.end, *values)
        return [m for m in begun if m.start < self.mention.start]

    def behind(self, kind: str, *values: str) -> list[Mention]:
        """Return the mentions of a kind, and of some values if given, that stand behind this one in its clause."""
        return self.passage.between(kind, self.mention.end, self.clause.end, *values)

    def beside(self, kind: str, *values: str) -> list[Mention]:
        """Return the mentions of a kind, and of some values if given, in the clause."""
        return self.passage.between(kind, self.clause.start, self.clause.end, *values)

    def around(self, kind: str, *values: str) -> list[Mention]:
        """Return the mentions of a kind, and of some values if given, in the sentence."""
        return self.passage.between(kind, self.start, self.end, *values)
