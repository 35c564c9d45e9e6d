"""Work handed down → Assignment, with whether the draft says that it is the issuer's own."""

from __future__ import annotations

import re

from assesslint.reading.facts import Assignment
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.passage import Passage
from assesslint.reading.stance import negated, punished_as_such
from assesslint.scheme.model import Prose
from assesslint.text.normalise import normalise

LOWER = frozenset({"village", "township"})
OWN = re.compile(
    r"(?:属于?|系|本是|本属|本应由?|应由|原由|原为|原属|归|为|是|由)(?:本|我|县|市|区|省|州|上级|各)?[^，。；、]{0,10}(?:局|委|办|部门|中心|大队|支队|站|所|厅)?[^，。；]{0,10}"
    r"(?:法定)?(?:职责|职权|职能|权限|主责|审批事项|执法事项|本职|事权|分内事|分内)"
    r"|(?:本应|应当?|原|按规定应?)由(?:本|我|县|市|区|省|上级)[^，。；、]{0,10}(?:局|委|办|部门|中心|队|站|厅)[^，。；]{0,12}"
    r"|(?:原为|本是|本为)(?:本|我|县|市|区)[^，。；]{0,14}(?:工作|任务|事)"
    r"|(?:本|我)(?:局|委|办|部门|中心|队|厅|单位)[^，。；]{0,6}(?:职责|职权|职能|执法权|审批权|事权)"
)
"""That a matter is the issuer's own, however it is put."""


def assignments_of(indicator: IndicatorText, duties: tuple[Prose, ...] = ()) -> list[Assignment]:
    """Return the assignments of an indicator; `duties` are the issuer's own, where the scheme lists them."""
    found: list[Assignment] = []
    for passage in indicator.passages[1:]:
        owned = [m.span() for m in OWN.finditer(passage.text)] + [(m.start, m.end) for m in passage.valued("duty", "own")]
        for start, end in sorted(owned)[:1]:
            assignment = _handed_down(passage, start, end)
            if assignment is not None:
                found.append(assignment)
        found.extend(_listed(passage, duties))
    return found


def _handed_down(passage: Passage, start: int, end: int) -> Assignment | None:
    """Return the assignment of an owned matter to a village or township, said in the same sentence or the next."""
    first, last = passage.sentence_range(passage.clause_of(start))
    last = max(last, passage.sentence_range(passage.clause_of(min(last + 1, len(passage.text) - 1)))[1])
    lower = [m for m in passage.between("actor", first, last) if m.sense.value in LOWER]
    down = [m for m in passage.between("duty", first, last) if m.sense.value == "handed"]
    if not down or passage.has("duty", first, last, "consented"):
        return None
    force = negated(passage, down[0]) or ("prohibited" if punished_as_such(passage, down[0]) else "required")
    actor = lower[0].sense.value if lower else "township"
    words = passage.words(min(start, down[0].start), max(end, down[0].end))
    return Assignment(words, force, "own", actor, duty_of_issuer=True)


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
            found.append(Assignment(passage.words(at, at + len(matter)), "required", "own", lower[0].sense.value, duty_of_issuer=True))
    return found
