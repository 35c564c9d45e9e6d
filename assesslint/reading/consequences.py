"""What follows for units and people → Consequences: ranked, named before others, praised, punished, made to sign; how often."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assesslint.reading import fields
from assesslint.reading.carry import NEGATIVE, carries_of
from assesslint.reading.facts import Consequence, Demand, Evidence, Hang, Reporting, Words
from assesslint.reading.grounds import LIVE, Grounds
from assesslint.reading.indicator import EVIDENCE_FIELDS, IndicatorText
from assesslint.reading.lexicon import Mention, Sense
from assesslint.reading.passage import PAPERS, Passage
from assesslint.reading.rhythm import rhythm_of
from assesslint.reading.stance import negated, punished_as_such, stance_of
from assesslint.reading.wrongs import is_listed_wrong
from assesslint.scheme import model
from assesslint.text.source import Source

PLACE = Sense("consequence", "ranking", direction="neutral")
"""What a place in a row (后三名, 垫底) tells of: that somebody ranks."""
TAKEN = frozenset({"loss_of_honours", "quota_cut", "veto"})
"""Consequences beside which a word of honour is only what is taken away."""
PUBLIC = frozenset({"ranking", "circular"})
"""Consequences that have a rhythm."""
CASE = re.compile("[的者]")
"""What closes the case that a consequence follows."""
UNTOLD = (Hang(kind="unknown"),)
"""What a consequence hangs on that is threatened without a word of why."""
NEAR = 24
"""Within how many characters of a consequence its frequency is shown with it."""

PRETEXT_NEAR = 4
"""Within how many characters behind a thing it is said to be a pretext."""


def consequences_of(
    indicator: IndicatorText, demands: Sequence[Demand], evidence: Sequence[Evidence], reporting: Sequence[Reporting]
) -> list[Consequence]:
    """Return what follows for unit or person, each with what it hangs on: a demand, a proof, a report, a breach of law."""
    grounds = Grounds(indicator, demands, evidence, reporting)
    found: list[Consequence] = []
    bare: list[Consequence] = []
    for passage in indicator.passages[1:]:
        for mention in (*passage.of("consequence"), *_places(passage)):
            if not _is_meant(passage, mention):
                continue
            consequence = _consequence(indicator, passage, mention, grounds)
            if passage.field == "consequence" and not CASE.search(passage.text, 0, mention.start):
                bare.append(consequence)
            if not _is_told(passage, mention, consequence, found):
                found.append(consequence)
    found = [c for c in found if not _is_denied_elsewhere(c, found)]
    return [_told_again(c, found) if c in bare else c for c in found]


def _is_told(passage: Passage, mention: Mention, consequence: Consequence, found: Sequence[Consequence]) -> bool:
    """Tell whether a consequence is known already: by the same words, or as another letter of one signing (责任书、责任状)."""
    same = [c for c in found if c.kind == consequence.kind]
    if consequence.kind != "responsibility_letter":
        return any(c.words == consequence.words for c in same)
    sentence = passage.words(*passage.sentence_range(passage.clause_of(mention.start))).spans
    return any(c.force == consequence.force and a.overlaps(b) for c in same for a in c.words.spans for b in sentence)


def _told_again(consequence: Consequence, found: Sequence[Consequence]) -> Consequence:
    """Return a consequence that its cell only names, with what it hangs on in the prose, if that tells of it too."""
    if consequence.hangs_on != UNTOLD:
        return consequence
    prose = (c for c in found if c.kind == consequence.kind and c.force == consequence.force and c.words.field != "consequence")
    told = tuple(hang for c in prose for hang in c.hangs_on)
    return replace(consequence, hangs_on=told) if told and UNTOLD[0] not in told else consequence


def _is_denied_elsewhere(consequence: Consequence, found: Sequence[Consequence]) -> bool:
    """Tell whether a cell says only how often something is made known, and the prose that nobody is ranked by it."""
    if consequence.words.field != "frequency":
        return False
    prose = [c.force for c in found if c.kind == consequence.kind and c.words.field != "frequency"]
    return bool(prose) and all(force in NEGATIVE.values() for force in prose)


def declared_consequences(
    leaf: model.Indicator, text: IndicatorText, demands: Sequence[Demand], evidence: Sequence[Evidence], source: Source | None
) -> list[Consequence]:
    """Return the consequences that structure alone tells: kinds listed in a field, a veto line, a measure of rank."""
    live = [Hang(demand=d) for d in demands if d.force in LIVE and d.voice == "own"]
    hangs = tuple(live or [Hang(evidence=e) for e in evidence if e.role == "counted" and e.voice == "own"] or [Hang(kind="unknown")])
    terms = [
        term for field in leaf.fields if field.name == "consequence" and isinstance(field.value, model.Terms) for term in field.value.terms
    ]
    found = [replace(fields.consequence_of(term.id, term.span, source), hangs_on=hangs) for term in terms]
    if leaf.kind == "veto":
        named = sorted({m.sense.value for p in text.passages for m in p.of("hang")} & {"real_harm", "law"})
        name = Words(leaf.name.text, (leaf.name.span,), "name")
        found.append(Consequence(name, "required", "veto", hangs_on=tuple(Hang(kind=kind) for kind in named) or hangs))
    ranks = [d for d in demands if d.measure == "rank" and d.words.field == "measure"]
    return found + [Consequence(d.words, "required", "ranking", "neutral", hangs_on=(Hang(demand=d),)) for d in ranks]


def _places(passage: Passage) -> list[Mention]:
    """Return the rankings told by places alone (列前三的, 后两名): those in whose sentence nothing else says that somebody ranks."""
    found = []
    for place in passage.of("place"):
        start, end = passage.sentence_range(passage.clause_of(place.start))
        known = passage.between("consequence", start, end, "ranking")
        if all(negated(passage, m) for m in known) and not any(m.start < place.end and place.start < m.end for m in known):
            found.append(Mention(place.start, place.end, PLACE))
    return found


def _is_meant(passage: Passage, mention: Mention) -> bool:
    """Tell whether the words tell what follows: they are no part of longer ones, and an honour is not only what is taken away."""
    kind = mention.sense.value
    clause = passage.clause_of(mention.start)
    if passage.inside_longer(mention, "consequence") or (passage.field in EVIDENCE_FIELDS and kind != "responsibility_letter"):
        return False
    if kind == "honour":
        return not any(m.sense.value in TAKEN for m in passage.between("consequence", clause.start, clause.end))
    if kind == "responsibility_letter":
        return _is_signed(passage, mention)
    return True


def _consequence(indicator: IndicatorText, passage: Passage, mention: Mention, grounds: Grounds) -> Consequence:
    """Return the consequence a mention tells of."""
    kind = mention.sense.value
    clause = passage.clause_of(mention.start)
    stance = stance_of(passage, mention, "required")
    frequency = rhythm_of(indicator, passage, mention) if kind in PUBLIC else None
    start, end = mention.start, mention.end
    is_beside = frequency is not None and frequency.passage is passage and abs(frequency.end - mention.start) <= NEAR
    if frequency is not None and is_beside and frequency.start < clause.end:
        start, end = min(start, frequency.start), max(end, frequency.end)
    return Consequence(
        words=passage.words(start, end),
        force=_force(passage, mention, stance.force),
        kind=kind,
        direction=mention.sense.direction,
        voice=stance.voice,
        circumstance=stance.circumstance,
        frequency=frequency.interval if frequency else None,
        hangs_on=grounds.of(passage, mention),
    )


def _force(passage: Passage, mention: Mention, force: str) -> str:
    """Return whether a consequence takes place: a place in a ranking does unless it is banned outright, any other as its stance says."""
    if mention.sense is PLACE:
        return negated(passage, mention) or "required"
    clause = passage.clause_of(mention.start)
    if carries_of(passage)[clause.index].head_penalty or _is_the_wrong(passage, mention):
        return "prohibited"
    return "required" if force in ("scored", "bonus", "encouraged", "allowed") else force


def _is_the_wrong(passage: Passage, mention: Mention) -> bool:
    """Tell whether the thing is itself what is punished, not what a lack leads to.

    It costs points case by case (按月排名通报的，每起扣2分), or is a mere pretext (以未签责任状为由扣分的).
    """
    clause = passage.clause_of(mention.start)
    start, end = passage.sentence_range(clause)
    if mention.sense.value in PAPERS and passage.has("sign", mention.end, mention.end + PRETEXT_NEAR, "pretext"):
        return True
    if is_listed_wrong(passage, mention.end, clause.end) and passage.has("score", clause.start, end, "penalty"):
        return True
    counted = passage.has("score", mention.end, end, "per_item") or passage.has("sign", start, mention.start, "occurrence")
    falls_short = passage.has("sign", clause.start, clause.end, "shortfall") or passage.has("place", clause.start, clause.end)
    return counted and not falls_short and passage.has("score", mention.end, end, "penalty") and punished_as_such(passage, mention)


def _is_signed(passage: Passage, mention: Mention) -> bool:
    """Tell whether a letter is one that somebody is made to sign, not a form of declaration offered to applicants.

    As evidence it is one only where the cell says who hands it in.
    """
    if passage.field in ("name", "consequence"):
        return True
    start, end = passage.sentence_range(passage.clause_of(mention.start))
    return passage.has("letter", start, end, "signing") and not passage.has("letter", start, end, "applicant")
