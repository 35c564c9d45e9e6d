"""What is to be handed in → Reporting: how often, to whom, through which systems, by hand or not, and who has it already."""

from __future__ import annotations

from decimal import Decimal

from assesslint.reading.facts import Reporting
from assesslint.reading.indicator import EVIDENCE_FIELDS, IndicatorText
from assesslint.reading.passage import Passage
from assesslint.reading.stance import stance_of

GRASSROOTS = frozenset({"village", "township", "staff"})
WEEK = Decimal(7)
NOT_SYSTEMS = frozenset({"系统自动", "系统", "平台"})


def reporting_of(indicator: IndicatorText) -> list[Reporting]:
    """Return one Reporting a sentence that asks for something to be handed in, and one for a frequency cell that applies to it."""
    found: list[Reporting] = []
    for passage in indicator.passages:
        if passage.field in EVIDENCE_FIELDS:
            continue
        done = -1
        for clause in passage.clauses:
            if clause.sentence == done:
                continue
            start, end = passage.sentence_range(clause)
            done = clause.sentence
            item = _sentence(indicator, passage, start, end)
            if item is not None:
                found.append(item)
    return found


def _sentence(indicator: IndicatorText, passage: Passage, start: int, end: int) -> Reporting | None:
    verbs = [m for m in passage.between("report", start, end) if m.sense.value == "verb"]
    nouns = [m for m in passage.between("report", start, end) if m.sense.value == "noun"]
    zeros = [m for m in passage.between("report", start, end) if m.sense.value == "zero"]
    twice = [m for m in passage.between("report", start, end) if m.sense.value == "twice"]
    once = [m for m in passage.between("report", start, end) if m.sense.value == "once"]
    frequency_cell = passage.field in ("frequency", "reporting") and bool(passage.frequencies)
    if not (verbs or nouns or zeros or twice or frequency_cell):
        return None
    anchor = (zeros or nouns or verbs or twice or [None])[0]
    if anchor is None and not _reports_elsewhere(indicator):
        return None
    frequency, f_start, f_end = _frequency(passage, start, end, [m.start for m in (*nouns, *verbs, *twice, *zeros)])
    if anchor is not None:
        w_start, w_end = anchor.start, anchor.end
        if frequency is not None and f_start is not None and f_end is not None:
            w_start, w_end = min(w_start, f_start), max(w_end, f_end) if f_end <= w_end + 4 else w_end
            if w_end - w_start > 24:
                w_start, w_end = f_start, f_end
        stance = stance_of(passage, anchor, indicator.default_force)
        force, voice, circumstance = stance.force, stance.voice, stance.circumstance
    else:
        if f_start is None or f_end is None:
            return None
        w_start, w_end = f_start, f_end
        force, voice, circumstance = indicator.default_force, "own", "normal"
    held = _held(passage, start, end)
    systems = _systems(passage, start, end)
    recipients = _recipients(passage, start, end)
    repeated = bool(twice) and not once
    if repeated and twice:
        w_start, w_end = (twice[0].start, twice[0].end) if frequency is None and not zeros else (w_start, w_end)
    at = passage.clause_of(w_start)
    means_found = {m.sense.value for m in passage.between("means", at.start, at.end)}
    if "by_hand" not in means_found:
        means_found |= {m.sense.value for m in passage.between("means", start, end)}
    means = "automatic" if "automatic" in means_found else "shared" if "shared" in means_found else "by_hand" if "by_hand" in means_found else "unknown"
    pace_found = {m.sense.value for m in passage.between("pace", start, end)}
    actors = [m.sense.value for m in passage.between("actor", start, end)]
    actor = next((a for a in actors if a in GRASSROOTS), actors[0] if actors else "unknown")
    held_by = None
    if held is not None and (actor in GRASSROOTS or means == "by_hand" or passage.between("held", start, end)):
        held_by = held
    return Reporting(
        words=passage.words(w_start, w_end),
        force=force,
        item=None,
        voice=voice,
        actor=actor,
        circumstance=circumstance,
        frequency=frequency,
        zero_report=bool(zeros),
        recipients=recipients if repeated or len(recipients) > 1 else recipients,
        systems=systems,
        repeated=repeated,
        held_by=held_by,
        means=means,
        pace="fast" if "fast" in pace_found else "slow" if "slow" in pace_found else "unknown",
    )


def _reports_elsewhere(indicator: IndicatorText) -> bool:
    """Tell whether the rest of the indicator asks for a report, so that a frequency cell tells how often."""
    return any(p.of("report") for p in indicator.passages if p.field in ("name", "content", "scoring", "measure", "remarks"))


def _frequency(passage: Passage, start: int, end: int, verbs: list[int]) -> tuple[Decimal | None, int | None, int | None]:
    """Return the frequency nearest to a reporting verb in the same clause; one that belongs to another verb does not count."""
    found = [f for f in passage.frequencies if f.start >= start and f.end <= end]
    if passage.field in ("frequency", "reporting") and found:
        return found[0].interval, found[0].start, found[0].end
    best = None
    for frequency in found:
        clause = passage.clause_of(frequency.start)
        here = [v for v in verbs if clause.start <= v < clause.end]
        rival = [
            m.start
            for kind in ("inspection", "consequence", "action")
            for m in passage.between(kind, frequency.end - 2, clause.end)
            if not any(v <= m.start < v + 4 for v in here)
        ]
        if not here and not any(passage.between(kind, frequency.end, clause.end) for kind in ("inspection", "consequence", "action", "report")):
            here = [v for v in verbs if clause.end <= v < end][:1]
        for verb in here:
            distance = abs(verb - frequency.end)
            if any(frequency.end - 2 <= r < verb for r in rival):
                continue
            if best is None or distance < best[0]:
                best = (distance, frequency)
    if best is None:
        return None, None, None
    return best[1].interval, best[1].start, best[1].end


def _held(passage: Passage, start: int, end: int) -> str | None:
    """Return who holds the item already, as the sentence says or as the kind of item tells."""
    held = passage.between("held", start, end)
    said = [m for m in held if m.sense.value == "said"]
    holders = [m.sense.holder for m in held if m.sense.holder]
    if said:
        bodies = [m for m in passage.between("body", start, end)] + [
            m for m in passage.between("object", start, end) if m.sense.value == "platform"
        ]
        if bodies:
            return passage.text[bodies[0].start : bodies[0].end]
        return holders[0] if holders else "其他部门"
    return holders[0] if holders else None


def _recipients(passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """Return the bodies that a thing goes to: those after 向, 报, 送, 抄 or before a reporting verb with 向."""
    names = []
    for m in passage.between("body", start, end):
        before = passage.text[max(start, m.start - 12) : m.start]
        if any(word in before for word in ("向", "报", "送", "至", "抄", "给", "交")):
            name = passage.text[m.start : m.end]
            if name not in names:
                names.append(name)
    return tuple(names)


def _systems(passage: Passage, start: int, end: int) -> tuple[str, ...]:
    """Return the systems an entry is made in, by the words that name them."""
    names = []
    for m in passage.between("object", start, end):
        if m.sense.value not in ("platform", "app", "mini_program"):
            continue
        word = passage.text[m.start : m.end]
        lead = passage.text[max(start, m.start - 6) : m.start]
        name = (lead + word).split("、")[-1].split("和")[-1].split("及")[-1].strip("“”的在到至于")
        if name not in names and word not in NOT_SYSTEMS or len(name) > len(word) and name not in names:
            names.append(name)
    return tuple(names)
