"""Work handed down → Assignment, with whether the draft says that it is the issuer's own."""

from __future__ import annotations

from assesslint.reading.facts import Assignment
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.passage import Passage
from assesslint.reading.stance import negated
from assesslint.scheme.model import Prose
from assesslint.text.normalise import normalise


def assignments_of(indicator: IndicatorText, duties: tuple[Prose, ...] = ()) -> list[Assignment]:
    """Return the assignments of an indicator; `duties` are the issuer's own, where the scheme lists them."""
    found: list[Assignment] = []
    for passage in indicator.passages:
        for mention in passage.valued("duty", "own"):
            clause = passage.clause_of(mention.start)
            start, end = passage.sentence_range(clause)
            end = _next_sentence(passage, end)
            handed = passage.between("duty", start, end)
            down = [m for m in handed if m.sense.value == "handed"]
            lower = [m for m in passage.between("actor", start, end) if m.sense.value in ("village", "township")]
            if not down or passage.has("duty", start, end, "consented"):
                continue
            actor = lower[0].sense.value if lower else "township"
            first, last = min(mention.start, down[0].start), max(mention.end, down[0].end)
            found.append(Assignment(passage.words(first, last), negated(passage, down[0]) or "required", "own", actor, duty_of_issuer=True))
        found.extend(_listed(passage, duties))
    return found


def _next_sentence(passage: Passage, end: int) -> int:
    """Return where the sentence after `end` ends: whose duty it is and who does it are often said in two."""
    following = passage.clause_of(min(end + 1, len(passage.text) - 1))
    return max(end, passage.sentence_range(following)[1])


def _listed(passage: Passage, duties: tuple[Prose, ...]) -> list[Assignment]:
    """Return the assignments of matters that the scheme's own list of duties names."""
    found = []
    for duty in duties:
        matter = normalise(duty.text).text
        at = passage.text.find(matter)
        if at < 0:
            continue
        start, end = passage.sentence_range(passage.clause_of(at))
        lower = [m for m in passage.between("actor", start, end) if m.sense.value in ("village", "township")]
        if lower and not passage.has("duty", start, end, "consented"):
            found.append(Assignment(passage.words(at, at + len(matter)), "required", "own", lower[0].sense.value, duty_of_issuer=True))
    return found
