"""Whose words a sentence is made of, and when it holds: quoted, told of others, or the draft's own; daily or in an emergency."""

from __future__ import annotations

from assesslint.reading.carry import TURNS
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage
from assesslint.reading.place import Place

LONG_QUOTE = 12
"""Characters in quotation marks that are more than a name."""


def voice_of(place: Place) -> str:
    """Tell whether the words are the draft's own or quoted: within long quotation marks after a cue, or told of others."""
    passage, mention = place.passage, place.mention
    cues = [m for m in place.around("quote") if m.start < mention.start]
    if not cues:
        return "own"
    states = [m for m in cues if m.sense.value == "state"]
    if states and not _asks_for_more(place, states[-1].end):
        return "quoted"
    if _is_quoted(place, cues[0].end) and not _is_adopted(place):
        return "quoted"
    told = [m for m in cues if m.sense.value == "told" and _tells(place, m)]
    if not told or _is_adopted(place):
        return "own"
    turned = any(m.sense.value in TURNS for m in passage.between("force", told[-1].end, mention.start))
    return "own" if turned else "quoted"


def circumstance_of(passage: Passage, offset: int) -> str:
    """Return the circumstance of the clause at an offset, else of an earlier clause of its sentence."""
    clause = passage.clause_of(offset)
    start, _ = passage.sentence_range(clause)
    for first, last in ((clause.start, clause.end), (start, clause.start)):
        for m in reversed(passage.between("circumstance", first, last)):
            return m.sense.value
    return "normal"


def _tells(place: Place, cue: Mention) -> bool:
    """Tell whether a cue of telling is of the clause itself, or opens the sentence alone (例如，)."""
    return cue.start >= place.clause.start or cue.end == place.passage.clause_of(cue.start).end


def _is_quoted(place: Place, cue: int) -> bool:
    """Tell whether the mention stands in long quotation marks that open behind a cue."""
    text = place.passage.text
    opened = text.rfind("“", 0, place.mention.start)
    closed = text.find("”", opened) if opened >= 0 else -1
    return cue <= opened and closed > place.mention.end and closed - opened > LONG_QUOTE


OF_ITS_OWN = ("action", "quality", "thing")
"""Kinds of word that give a clause a matter of its own, so that it says nothing of what was told before it."""


def _asks_for_more(place: Place, told: int) -> bool:
    """Tell whether what is told, up to a place, of how things stand is scored, threatened about, or to grow: in its clause or the
    next ones of its matter (现有用户61万人，年内达到70万人; but not 现有用户61万人，故障率低于1%得3分)."""
    passage, end = place.passage, place.clause.end
    for clause in passage.clauses[place.clause.index + 1 :]:
        own = any(passage.between(kind, clause.start, clause.end) for kind in OF_ITS_OWN)
        if clause.sentence != place.clause.sentence or own:
            break
        end = clause.end
    start = max(place.clause.start, told)
    asked = passage.has("force", start, end, "must") or passage.has("compare", start, end, "at_least", "growth")
    return asked or any(passage.between(kind, start, end) for kind in ("universal", "score", "consequence"))


def _is_adopted(place: Place) -> bool:
    """Tell whether the draft scores by what it tells or quotes: points given or taken for it, or more
    asked for by a new turn (去年七成，今年达到九成), unless it is told as a wrong."""
    passage = place.passage
    if place.around("sign", "wrong"):
        return False
    turns = passage.between("force", place.mention.end, place.end)
    if any(m.sense.value in TURNS and passage.has("compare", m.end, place.end, "at_least") for m in turns):
        return True
    return bool(place.around("score")) and any(q.unit == "points" for q in passage.quantities_in(place.start, place.end))
