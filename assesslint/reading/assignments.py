"""Work handed down → Assignment, with whether the draft says that it is the issuer's own."""

from __future__ import annotations

from assesslint.reading.facts import Assignment, Words
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage
from assesslint.reading.place import Place
from assesslint.reading.stance import negated, punished_as_such
from assesslint.reading.voice import voice_of
from assesslint.scheme.model import Prose
from assesslint.text.normalise import normalise

LOWER = frozenset({"village", "township"})
BANS = frozenset({"prohibit", "exclude", "withdraw"})
"""Values of force that forbid or drop what they govern."""


def assignments_of(indicator: IndicatorText, duties: tuple[Prose, ...] = ()) -> list[Assignment]:
    """Return the assignments of an indicator; `duties` are the issuer's own, where the scheme lists them."""
    found: list[Assignment] = []
    for passage in indicator.passages[1:]:
        found.extend(filter(None, (_handed_down(passage, owned) for owned in passage.of("duty", "own"))))
        found.extend(_listed(passage, duties))
    return found


def _handed_down(passage: Passage, owned: Mention) -> Assignment | None:
    """Return the assignment of an owned matter to a village or township, said in the same sentence or the next."""
    first, last = passage.sentence_range(passage.clause_of(owned.start))
    last = max(last, passage.sentence_range(passage.clause_of(min(last + 1, len(passage.text) - 1)))[1])
    if passage.has("duty", first, last, "consented"):
        return None
    handed = [m for m in passage.between("duty", first, last, "handed") if not _same_words(m, owned)]
    if not handed:
        return None
    at = min(handed, key=lambda m: (m.start < owned.start, abs(m.start - owned.end)))
    lower = [m for m in passage.between("actor", first, last) if m.sense.value in LOWER]
    words = passage.words(min(owned.start, at.start), max(owned.end, at.end))
    return _assignment(passage, words, at, lower[0].sense.value if lower else "township")


def _assignment(passage: Passage, words: Words, handed: Mention, actor: str) -> Assignment:
    """Return the assignment of the issuer's own matter; `handed` are the words that hand it down."""
    force = "prohibited" if _is_banned(passage, handed) or punished_as_such(passage, handed) else "required"
    return Assignment(words, force, voice_of(Place.of(passage, handed)), actor, duty_of_issuer=True)


def _is_banned(passage: Passage, handed: Mention) -> bool:
    """Tell whether handing the matter down is forbidden or dropped; a duty of fighting something (违建查处) forbids nothing."""
    start, _ = passage.sentence_range(passage.clause_of(handed.start))
    said = {m.sense.value for m in passage.between("force", start, handed.end)}
    return not said.isdisjoint(BANS) and negated(passage, handed) is not None


def _same_words(handed: Mention, owned: Mention) -> bool:
    """Tell whether the words that say whose the matter is are those that seem to hand it down (由县局乡镇科办理)."""
    return handed.start < owned.end and owned.start < handed.end


def _listed(passage: Passage, duties: tuple[Prose, ...]) -> list[Assignment]:
    """Return the assignments of matters that the scheme's own list of duties names."""
    found = []
    for duty in duties:
        matter = normalise(duty.text).text
        at = passage.text.find(matter)
        if at < 0:
            continue
        start, end = passage.sentence_range(passage.clause_of(at))
        lower = [m for m in passage.between("actor", start, end) if m.sense.value in LOWER]
        if lower and not passage.has("duty", start, end, "consented"):
            handed = passage.between("duty", start, end, "handed") or lower
            found.append(_assignment(passage, passage.words(at, at + len(matter)), handed[0], lower[0].sense.value))
    return found
