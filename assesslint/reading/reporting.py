"""What is to be handed in → Reporting: how often, to whom, through which systems, by hand or not, and who has it already."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assesslint.reading.facts import Reporting
from assesslint.reading.indicator import EVIDENCE_FIELDS, IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage
from assesslint.reading.stance import circumstance_of, punished_as_such, stance_of
from assesslint.text.frequency import Frequency

GRASSROOTS = frozenset({"village", "township", "staff"})
OFTEN = Decimal(7)
CELLS = ("frequency", "reporting")
NOTHING_ALSO = re.compile(
    r"(没有|无|未有|未发生|不变|没)[^，。；]{0,10}，?(也|亦|仍|照|均|都|须|要|应)[^，。；]{0,6}(报|填|写|发|传|录|交|送|回)"
    r"|(?<![简日周月通])(报|填|写)“?[无零0〇](?![ \d.])|(?<!不)零报"
)
"""A report asked for when there is nothing to report, however it is put."""

_BODY = (
    r"(?P<body>[一-龥]{1,9}?(?:局|委(?![一-龥]{1,4}[部委办会])|办|部|中心|科|股|处|室|站|所|组(?!织)|会|院|专班|大队|支队|政府|联社|公司|学校)"
    r"(?:[一-龥]{0,4}(?:科|股|处|室|办))?)"
)
SENT_TO = re.compile(
    rf"(?:报送?|送|抄送|抄报|发给?|传|交|呈|递|报至|分送|另送|报给)(?:至|到|给|往)?{_BODY}(?!提供|确定|制定|统一|组织|开展)"
)
LISTED = re.compile(rf"(?:、|和|及|与|以及){_BODY}")
"""Who a thing is sent to, in one list or with a verb each."""

COPIES = re.compile(r"一[份遍套]")
"""One copy here and one there: two of them in a sentence are the same thing handed in twice."""
COUNTED = frozenset(["条", "篇", "件", "个", "则", "张"])
"""Measure words of items: so many of them a day is a quota of items, not a report a day."""
ENTERED = re.compile(r"录入|补录|填报|填入|填写|上传|登记|导入|录到|更新到|报送|分别录|同步录|各录|各填")
RIVALS = ("inspection", "consequence", "action")


def reporting_of(indicator: IndicatorText) -> list[Reporting]:
    """Return what each sentence asks to be handed in, a frequency cell that applies to it included."""
    found: list[Reporting] = []
    for passage in indicator.passages[1:]:
        if passage.field in EVIDENCE_FIELDS:
            continue
        done = -1
        for clause in passage.clauses:
            if clause.sentence == done:
                continue
            done = clause.sentence
            found.extend(_sentence(indicator, passage, *passage.sentence_range(clause)))
    return found


def _sentence(indicator: IndicatorText, passage: Passage, start: int, end: int) -> list[Reporting]:
    """Return what one sentence asks to be handed in: how often, how many times over, what others have already, each at its own words."""
    anchors = [m for m in _anchors(passage, start, end) if not _is_denied(passage, m)]
    twice = [m for m in passage.between("report", start, end) if m.sense.value == "twice" and not _is_denied(passage, m)]
    nothing = NOTHING_ALSO.search(passage.text, start, end)
    cell = passage.field in CELLS and passage.frequency_in(start, end) is not None
    if not anchors and nothing is None and not (cell and _reports(indicator)):
        return []
    anchor = anchors[0] if anchors else None
    frequency = _frequency(passage, start, end, [m.start for m in anchors], cell=cell)
    place = _place(anchor, frequency, nothing)
    recipients = _recipients(passage, start, end)
    actors = [m.sense.value for m in passage.between("actor", start, end)]
    paces = {m.sense.value for m in passage.between("pace", start, end)}
    report = Reporting(
        words=passage.words(*place),
        force=_force(indicator, passage, anchor, twice, asked_anyway=nothing is not None),
        circumstance=circumstance_of(passage, anchor.start if anchor else start),
        voice=stance_of(passage, anchor, indicator.default_force).voice if anchor else "own",
        actor=next((a for a in actors if a in GRASSROOTS), actors[0] if actors else "unknown"),
        means=_means(passage, start, end, place[0]),
        recipients=recipients if len(recipients) == 1 else (),
        pace="fast" if "fast" in paces else "slow" if "slow" in paces else "unknown",
    )
    aspects = []
    zero = nothing is not None or passage.has("report", start, end, "zero")
    if frequency is not None or zero:
        aspects.append(replace(report, frequency=frequency.interval if frequency else None, zero_report=zero))
    several = _several(passage, start, end, twice, recipients)
    if several is not None:
        repeated, systems, at = several
        words = passage.words(*at) if at else report.words
        aspects.append(replace(report, words=words, repeated=repeated, recipients=recipients, systems=systems))
    held = None if several is not None and several[0] and not passage.valued("held", "said") else _held(passage, start, end, place[0])
    if held is not None:
        holder, item = held
        aspects.append(replace(report, words=passage.words(*_with_verb(passage, item)), held_by=holder))
    return aspects or [report]


def _force(indicator: IndicatorText, passage: Passage, anchor: Mention | None, twice: list[Mention], *, asked_anyway: bool) -> str:
    """Return the force of a report; a report merely allowed, or asked for also when there is nothing, is asked for."""
    if twice and punished_as_such(passage, twice[0]):
        return "prohibited"
    if anchor is None:
        return indicator.default_force
    force = stance_of(passage, anchor, indicator.default_force).force
    return indicator.default_force if force == "allowed" or (force == "mentioned" and asked_anyway) else force


def _several(
    passage: Passage, start: int, end: int, twice: list[Mention], recipients: tuple[str, ...]
) -> tuple[bool, tuple[str, ...], tuple[int, int] | None] | None:
    """Return whether the same is handed in again, in which systems, and the words that say so; None for a single report."""
    copies = list(COPIES.finditer(passage.text, start, end))
    repeated = (bool(twice) or len(copies) > 1) and not passage.has("report", start, end, "once")
    systems = _systems(passage, start, end)
    if _on_paper(passage, start, end) and len(recipients) < 2 and not (repeated and len(systems) > 1):
        return None
    if not repeated and len(recipients) < 2 and len(systems) < 2:
        return None
    acts = [m for m in twice if any(verb in passage.text[m.start : m.end] for verb in "报录填送交发传抄")] or twice
    if acts:
        return repeated, systems, (acts[0].start, acts[0].end)
    sent = (ENTERED if len(systems) > 1 else SENT_TO).search(passage.text, start, end)
    at = sent.span() if sent is not None else copies[0].span() if copies else None
    return repeated, systems, at


def _with_verb(passage: Passage, item: Mention) -> tuple[int, int]:
    """Return where an item stands with the word of its clause that has it collected, or held already, when they are close."""
    clause = passage.clause_of(item.start)
    verbs = [m for m in passage.between("report", clause.start, clause.end) if m.sense.value in ("verb", "weak")]
    verbs = verbs or [m for m in passage.between("held", clause.start, clause.end) if m.sense.value == "said"]
    nearest = min(verbs, key=lambda m: abs(m.start - item.start), default=item)
    first, last = min(item.start, nearest.start), max(item.end, nearest.end)
    return (first, last) if last - first <= 30 else (item.start, item.end)


def _on_paper(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the second time is only the same step on paper, which is another fault."""
    return any(m.sense.value in ("print", "keep_paper", "submit_paper") for m in passage.between("step", start, end))


def _is_denied(passage: Passage, mention: Mention) -> bool:
    """Tell whether a second time is just what does not take place (不再报送)."""
    return mention.sense.value == "twice" and passage.text[max(0, mention.start - 2) : mention.start].endswith(("不", "无需", "不需"))


def _anchors(passage: Passage, start: int, end: int) -> list[Mention]:
    """Return the words that make a sentence one of reporting: plain ones, or a weak verb with its item and a short frequency."""
    said = passage.between("report", start, end)
    strong = [m for m in said if m.sense.value in ("zero", "noun", "verb", "twice")]
    if strong:
        return sorted(strong, key=lambda m: ("zero", "noun", "verb", "twice").index(m.sense.value))
    weak = [m for m in said if m.sense.value == "weak"]
    often = any(f.interval <= OFTEN for f in passage.frequencies if start <= f.start and f.end <= end)
    published = any(m.sense.value in ("ranking", "circular") for m in passage.between("consequence", start, end))
    return weak if weak and often and not published and passage.between("item", start, end) else []


def _reports(indicator: IndicatorText) -> bool:
    """Tell whether the indicator asks for a report somewhere, so that a frequency cell tells how often."""
    return any(
        any(m.sense.value != "weak" for m in p.of("report")) or (p.of("report") and p.of("item"))
        for p in indicator.passages
        if p.field in ("name", "content", "scoring", "measure", "remarks", *CELLS)
    )


def _place(anchor: Mention | None, frequency: Frequency | None, nothing: re.Match[str] | None) -> tuple[int, int]:
    """Return the words to show: the verb with a frequency close by, else the frequency, else the verb."""
    if nothing is not None and (anchor is None or frequency is None) and not (anchor is not None and anchor.sense.value == "zero"):
        return nothing.span()
    if anchor is None:
        return (frequency.start, frequency.end) if frequency is not None else (0, 0)
    if frequency is None:
        return anchor.start, anchor.end
    first, last = min(anchor.start, frequency.start), max(anchor.end, frequency.end)
    return (first, last) if last - first <= 24 else (frequency.start, frequency.end)


def _frequency(passage: Passage, start: int, end: int, verbs: list[int], *, cell: bool) -> Frequency | None:
    """Return the frequency nearest to a reporting verb; one that belongs to a visit, a ranking or another act does not count."""
    found = [f for f in passage.frequencies if f.start >= start and f.end <= end]
    if cell and found:
        return found[0]
    best: tuple[int, Frequency] | None = None
    for frequency in found:
        clause = passage.clause_of(frequency.start)
        if any(q.unit == "count" and q.value > 1 and q.measure_word in COUNTED for q in passage.quantities_in(frequency.end, clause.end)):
            continue
        here = [v for v in verbs if clause.start <= v < clause.end]
        if not here and not any(passage.between(kind, frequency.end, clause.end) for kind in RIVALS):
            here = [v for v in verbs if clause.end <= v < end][:1]
        rivals = [
            m.start
            for kind in RIVALS
            for m in passage.between(kind, max(clause.start, frequency.end - 2), clause.end)
            if m.start not in here
        ]
        for verb in here:
            if any(frequency.end - 2 <= rival < verb for rival in rivals):
                continue
            distance = abs(verb - frequency.end)
            if best is None or distance < best[0]:
                best = (distance, frequency)
    return best[1] if best else None


def _means(passage: Passage, start: int, end: int, at: int) -> str:
    """Return how it is done; what the clause itself says outweighs the rest of the sentence, and hands outweigh machines."""
    clause = passage.clause_of(at)
    for first, last in ((clause.start, clause.end), (start, end)):
        found = {m.sense.value for m in passage.between("means", first, last)}
        for means in ("by_hand", "automatic", "shared"):
            if means in found:
                return means
    return "unknown"


def _held(passage: Passage, start: int, end: int, verb: int) -> tuple[str, Mention] | None:
    """Return who holds the item already, as the sentence says or as the kind of item tells, and the word that tells."""
    held = passage.between("held", start, end)
    if start and not held and any(word in passage.text[start:end] for word in ("仍", "依然", "重新", "还是")):
        held = passage.between("held", passage.sentence_range(passage.clause_of(start - 2))[0], start)
    known = [m for m in held if m.sense.holder]
    said = [m for m in held if m.sense.value == "said"]
    if said:
        bodies = passage.between("body", start, end) or [m for m in passage.between("object", start, end) if m.sense.value == "platform"]
        holder = passage.text[bodies[0].start : bodies[0].end] if bodies else (known[0].sense.holder if known else None)
        return holder or "其他部门", (known or said)[0]
    if not known or _holder_reports(passage, start, verb):
        return None
    return known[0].sense.holder or "其他部门", known[0]


def _holder_reports(passage: Passage, start: int, verb: int) -> bool:
    """Tell whether a body, and nobody of the grassroots, is the one who reports (卫生院通过直报系统报送)."""
    bodies = passage.between("body", start, verb)
    grassroots = any(m.sense.value in GRASSROOTS for m in passage.between("actor", start, verb))
    return bool(bodies) and not grassroots and not passage.has("means", start, verb, "by_hand")


def _recipients(passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """Return the bodies that a thing goes to, each once: those named behind a verb of sending, in one list or one after another."""
    names = [m.group("body") for m in SENT_TO.finditer(passage.text, start, end)]
    for match in SENT_TO.finditer(passage.text, start, end):
        rest = match.end()
        while (more := LISTED.match(passage.text, rest, end)) is not None:
            names.append(more.group("body"))
            rest = more.end()
    return tuple(dict.fromkeys(names))


def _systems(passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """Return the systems an entry is made in, by the words that name them; none where nothing is entered."""
    if not ENTERED.search(passage.text, start, end):
        return ()
    names = []
    for m in passage.between("object", start, end):
        if m.sense.value not in ("platform", "app", "mini_program"):
            continue
        word = passage.text[m.start : m.end]
        if word.endswith("端") or word == "app":
            continue
        lead = re.split(r"[、和及与，在到至于入]", passage.text[max(start, m.start - 8) : m.start])[-1]
        if word in ("系统", "平台") and (not lead or any(c in lead for c in "漏缺每一个各")):
            continue
        names.append((lead + word).strip("“”"))
    return tuple(dict.fromkeys(names))
