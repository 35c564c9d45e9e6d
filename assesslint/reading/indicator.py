"""The passages of one indicator, with what it inherits: headings and the scheme's title.

Answers what a word in one passage can lean on elsewhere: the object that only the heading names, the frequency in its own cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from assesslint.reading.facts import Object
from assesslint.reading.groups import ACCOUNTS, APPS, POSTS
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Clause, Passage

CLASSES = {
    "apps": APPS,
    "accounts": ACCOUNTS,
    "chat_group": frozenset({"chat_group"}),
    "course": frozenset({"course"}),
    "post": POSTS,
    "survey": frozenset({"survey", "hotline"}),
    "writing": frozenset({"brief", "article"}),
}
"""The classes of object a lexicon entry may need, with their kinds."""
CUES = frozenset({"online", "survey"})
"""The needs that a cue word meets, too."""

NAMING = frozenset({"election", "food"})
"""Things that an indicator is about as a whole where they are in its name."""

LONGEST_QUOTED_NAME, SHORTEST_NAME = 16, 4
"""Characters of a name in quotation marks, the mark before it included; and of one without."""

EVIDENCE_FIELDS = frozenset({"evidence", "source"})
DEFAULT_FORCE = {"scored": "scored", "bonus": "bonus", "deduction": "scored", "veto": "scored", "provision": "required"}


@dataclass(frozen=True)
class IndicatorText:
    """One leaf's prose. `passages` are its own, the name first; `inherited` the headings, nearest first, then the scheme's title."""

    kind: str
    passages: tuple[Passage, ...]
    inherited: tuple[Passage, ...] = ()
    declared: dict[str, str] = field(default_factory=dict)
    """Kinds of the objects the scheme declares, by name."""

    @property
    def name(self) -> Passage:
        """The passage of the indicator's name; always the first."""
        return self.passages[0]

    @property
    def default_force(self) -> str:
        """The force of a bare noun in an indicator of this kind."""
        return DEFAULT_FORCE[self.kind]

    @property
    def topics(self) -> tuple[Passage, ...]:
        """The passages that say what the indicator is about: its name, the headings, the title and the purpose."""
        return (self.name, *self.inherited)

    def fields(self, *names: str) -> Iterator[Passage]:
        """Yield the passages of the named fields."""
        return (p for p in self.passages if p.field in names)

    def met(self, needs: frozenset[str], reach: str, passage: Passage, mention: Mention) -> bool:
        """Tell whether an object of one of the classes stands within reach of a mention."""
        kinds = frozenset().union(*(CLASSES.get(need, frozenset()) for need in needs))
        cues = needs & CUES

        def holds(where: Passage, start: int, end: int) -> bool:
            if any(
                m.sense.value in kinds and (m.start != mention.start or m.sense.value == "app" or where is not passage)
                for m in where.between("object", start, end)
            ):
                return True
            return any(where.has("cue", start, end, cue) for cue in cues)

        clause = passage.clause_of(mention.start)
        if holds(passage, *passage.sentence_range(clause)):
            return True
        if reach == "sentence":
            return False
        own = (p for p in self.passages if p is passage or p.field not in EVIDENCE_FIELDS)
        above = self.inherited[:1] if reach == "indicator" else self.inherited
        declared = not kinds.isdisjoint(self.declared.values())
        return declared or any(holds(p, 0, len(p.text)) for p in (*own, *above))

    def excluded(self, without: frozenset[str], passage: Passage, mention: Mention) -> bool:
        """Tell whether a thing that gives the word another meaning stands in its sentence, or is what the indicator is named after."""
        start, end = passage.sentence_range(passage.clause_of(mention.start))
        if any(m.sense.value in without for kind in ("thing", "object") for m in passage.between(kind, start, end)):
            return True
        return any(m.sense.value in without & NAMING for m in self.name.of("thing"))

    def object_of(self, passage: Passage, mention: Mention, kinds: frozenset[str] | None, default: str) -> Object:
        """Return the object a mention speaks of: the nearest of a fitting kind, from the clause outwards to the title."""
        clause = passage.clause_of(mention.start)
        for start, end in ((clause.start, clause.end), passage.sentence_range(clause), (0, len(passage.text))):
            found = [m for m in passage.between("object", start, end) if kinds is None or m.sense.value in kinds]
            found = [m for m in found if not (m.start >= mention.start and m.end <= mention.end)] or found
            if found:
                nearest = min(found, key=lambda m: (abs(m.start - mention.start), m.start, not m.sense.variety))
                return Object(nearest.sense.value, _name_near(passage, nearest, clause), nearest.sense.variety)
        for other in (*self.passages, *self.inherited):
            if other is passage or other.field in EVIDENCE_FIELDS:
                continue
            for m in other.of("object"):
                if kinds is None or m.sense.value in kinds:
                    return Object(m.sense.value, _name_near(other, m, other.clause_of(m.start)), m.sense.variety)
        return Object(default, None)


def _name_near(passage: Passage, mention: Mention, clause: Clause) -> str | None:
    """Return the name in quotation marks that an object word stands in or directly behind (“干部之家”APP)."""
    text = passage.text
    opened = text.rfind("“", clause.start, mention.start + 1)
    closed = text.find("”", opened) if opened >= 0 else -1
    around = 0 <= opened < closed <= mention.start + 1 or opened <= mention.start < closed
    if around and 1 < closed - opened <= LONGEST_QUOTED_NAME:
        return text[opened + 1 : closed]
    word = text[mention.start : mention.end]
    return word if len(word) >= SHORTEST_NAME and mention.sense.value == "app" else None
