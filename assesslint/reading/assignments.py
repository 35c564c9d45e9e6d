"""Work handed down → Assignment, with whether the draft says that it is the issuer's own."""

from __future__ import annotations

import re

from assesslint.reading.facts import Assignment
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import Mention, Sense
from assesslint.reading.passage import Passage
from assesslint.reading.stance import negated, punished_as_such
from assesslint.scheme.model import Prose
from assesslint.text.normalise import normalise

HANDED = Sense("duty", "handed")
LOWER = frozenset({"village", "township"})
_OURS = r"(?:本|我|县|市|区|州|省|旗|上级)"
_BODY = r"(?:局|委|办|部门?|中心|大队|支队|站|所|厅|单位|机关|会|院|队)"
_DUTY = r"(?:法定)?(?:职责|职权|职能|权限|主责|事权|分内|本职|审批事项|执法事项|许可事项|监管事项|执法权|审批权|处罚权|许可权)"
OWN = re.compile(
    rf"(?:属于?|系|本是|本属|应由|原由|原为|原属|归|为|是|由|作为)(?:{_OURS})?[^，。；、]{{0,10}}{_BODY}?[^，。；]{{0,10}}{_DUTY}"
    rf"|(?:本应|原本应?|原|按规定应?|依法应?|理应|应当?)由{_OURS}[^，。；、]{{0,10}}{_BODY}[^，。；]{{0,14}}"
    rf"|(?:按|依|照)[^，。；]{{0,8}}(?:规定|法律|法规|职责|分工)?由{_OURS}[^，。；、]{{0,12}}{_BODY}(?:组织|负责|承担|实施|办理|行使)"
    rf"|(?:原为|本是|本为){_OURS}[^，。；]{{0,14}}(?:工作|任务|事项?)"
    rf"|(?:本|我){_BODY}[^，。；]{{0,8}}{_DUTY}"
    rf"|{_DUTY}(?:主体)?(?:仍|均|都)?(?:在|归|属于?){_OURS}"
    rf"|(?:法律|法规|条例)[^，。；]{{0,4}}(?:赋予|授予|明确|规定)(?:由)?{_OURS}[^，。；、]{{0,10}}{_BODY}"
    rf"|清单[^，。；]{{0,14}}(?:由|属|归|列为|列入|明确|写明|里写着|划归)[^，。；]{{0,8}}(?:上级|县级|市级|区级|部门|我局|本局|收回|县局|市局|区局|{_OURS}{_BODY})"
    rf"|(?:县|市|区)[^，。；、]{{0,8}}{_BODY}(?:的)?(?:法定)?(?:主责|法定职责|本职)"
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


DONE_BELOW = re.compile(
    r"(?:由|交由?|交给|让|请|转由?|转给|委托|安排|要求|责成|压至|压到|压给|落实到|派给|下沉到?|改由|统一由|均由|仍由|现由)[^，。；]{0,8}(?:乡镇|街道|镇街|村|社区|网格|所在镇|各镇|属地|基层|镇[^，。；]{0,6}(?:办|所|站|中心))"
    r"|(?:乡镇|街道|镇街|各镇|村（?社区）?|社区|网格员|村干部|属地)[^，。；]{0,10}(?:负责|承担|完成|办理|代办|代为|实施|开展|组织|出具|上门|牵头|兜底|自行|先行|代|承接|履行|制作|踏勘|受理|检查|巡看)"
)
"""That those below do it, however it is put."""
HELPING = ("配合", "协助", "不承担", "不再", "不得", "不参与", "不交", "不转", "无需", "收回")


def _handed_down(passage: Passage, start: int, end: int) -> Assignment | None:
    """Return the assignment of an owned matter to a village or township, said in the same sentence or the next."""
    first, last = passage.sentence_range(passage.clause_of(start))
    last = max(last, passage.sentence_range(passage.clause_of(min(last + 1, len(passage.text) - 1)))[1])
    if passage.has("duty", first, last, "consented"):
        return None
    down = [(m.start, m.end) for m in passage.between("duty", first, last) if m.sense.value == "handed"]
    down += [m.span() for m in DONE_BELOW.finditer(passage.text, first, last)]
    down = [span for span in down if not any(word in passage.text[max(first, span[0] - 4) : span[1]] for word in HELPING)]
    if not down:
        return None
    at = Mention(*down[0], HANDED)
    force = negated(passage, at) or ("prohibited" if punished_as_such(passage, at) else "required")
    lower = [m for m in passage.between("actor", first, last) if m.sense.value in LOWER]
    words = passage.words(min(start, at.start), max(end, at.end))
    return Assignment(words, force, "own", lower[0].sense.value if lower else "township", duty_of_issuer=True)


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
