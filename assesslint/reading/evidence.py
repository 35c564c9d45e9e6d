"""What a draft accepts as proof → Evidence: each item's kind, and whether it counts, only helps, or is refused.

An item is judged by where it comes from before what it is: a ledger the unit writes itself is a trace, the same ledger drawn from a
system, a department or the public is a result. A screenshot stays a screenshot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assesslint.reading.facts import Demand, Evidence
from assesslint.reading.groups import OUTCOMES
from assesslint.reading.indicator import EVIDENCE_FIELDS, IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage, Range
from assesslint.reading.stance import negated, stance_of

PICTURES = frozenset({"screenshot", "photo", "video", "check_in_record", "location_track", "post", "link"})
"""Kinds that stay traces wherever they come from."""
SOURCES = ("on_site_check", "system_data", "third_party", "public_feedback")
"""Where an item comes from when it does not come from the unit itself, the most telling first; each is a kind of proof too."""
PRESENCE = {"check_in_record": "check_in", "location_track": "share_location"}

ITEM = re.compile(r"[^、，；。\n和与及或+/：]+")
COUNTED_OFF = re.compile(r"[（(].*|(?:不少于|至少|每).*|[\d一二两三四五六七八九十]+[份张次本盒套个篇册].*|等|若干|原件|各")
"""What may follow the noun of an item: how many, and more of the kind."""
SHORTEST, SHORTEST_UNKNOWN = 2, 4
"""Items shorter than this are rests of a list; one whose noun is not known says nothing unless it is longer."""
PROOF = frozenset({"evidence", "sole", "lacking"})
"""Words of proof: that something serves as proof, that it alone does, and that its lack costs points."""
KEPT = frozenset({"ledger", "meeting_record"})
WAYS = PROOF | {"supplementary"}
"""What tells how proof is taken; a piece that tells only that is no item (装盒备查)."""
OF_PAPERS = re.compile(r"\d+[盒本册]")
"""How many boxes or books are looked into: a check of papers, not of results."""
REFUSED = frozenset({"prohibited", "withdrawn", "reduced", "mentioned"})
"""What is done with proof that does not count."""
NEAR, SHOWN = 8, 30
"""How far a word of proof may stand from what it takes for proof, and words from one another that are shown together."""


def evidence_of(indicator: IndicatorText) -> list[Evidence]:
    """Return the evidence of an indicator, what alone decides first: the items of its own cells, and what stands beside a word of proof."""
    found: list[Evidence] = []
    for passage in indicator.passages[1:]:
        if passage.field in EVIDENCE_FIELDS:
            found.extend(_items(passage))
        else:
            found.extend(e for m in passage.of("evidence") if (e := _beside_proof(passage, m)) is not None)
    return sorted(found, key=lambda e: e.role != "sole")


def presence_of(evidence: Sequence[Evidence]) -> list[Demand]:
    """Return the demand that a check-in record as evidence makes: who must show it must check in."""
    return [
        Demand(e.words, "required", PRESENCE[e.kind], voice=e.voice, circumstance=e.circumstance)
        for e in evidence
        if e.kind in PRESENCE and e.role == "counted"
    ]


# ── the items of a cell ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _items(passage: Passage) -> list[Evidence]:
    """Return one Evidence for each item a cell of evidence lists; a clause that asks or scores is no item."""
    found = []
    for start, end in _item_ranges(passage):
        mentions = [m for m in passage.of("evidence") if m.start < end and start < m.end and not passage.inside_longer(m, "object")]
        kind = _kind(passage, start, end, [m.sense.value for m in mentions])
        if kind is None:
            continue
        anchor = next((m for m in mentions if m.sense.value == kind), None)
        words = passage.words(anchor.start, anchor.end) if anchor else passage.words(start, end)
        excluded = negated(passage, anchor or Mention(start, end, passage.mentions[0].sense)) if passage.mentions else None
        role = "excluded" if excluded else _role(passage, kind, start)
        found.append(Evidence(words, kind, role, excluded or "required"))
    return found


def _item_ranges(passage: Passage) -> Iterator[Range]:
    for match in ITEM.finditer(passage.text):
        start, end = match.span()
        if len(match.group().strip()) >= SHORTEST and not _is_sentence(passage, start, end):
            yield start, end


def _is_sentence(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a piece of a cell says what is scored, or that nothing else counts, rather than what is shown."""
    if passage.has("cue", start, end, "sole") and not passage.between("evidence", start, end):
        return True
    return bool(passage.between("score", start, end)) and (bool(passage.quantities_in(start, end)) or passage.has("sign", start, end))


def _kind(passage: Passage, start: int, end: int, known: list[str]) -> str | None:
    """Return the kind of one item by its source, then its noun, then its ending; a short rest of a list has none."""
    sources = {m.sense.value for m in passage.of("source") if start <= m.start and m.end <= end}
    pictures = [kind for kind in known if kind in PICTURES]
    if "drawn" in sources:
        return "system_data"
    if pictures:
        return pictures[-1]
    if "own" not in sources:
        source = next((kind for kind in SOURCES if kind in sources), None)
        if source is not None:
            return source
    if known:
        return _of_nouns(known)
    if any(m.sense.value in WAYS for m in passage.between("cue", start, end)):
        return None
    if _ends_as_trace(passage, start, end):
        return "ledger"
    return "document" if end - start >= SHORTEST_UNKNOWN else None


def _of_nouns(known: list[str]) -> str:
    """Return the kind that the nouns of an item make: what shows a result, but a ledger of such papers is a ledger (合同台账)."""
    outcome = next((kind for kind in known if kind in OUTCOMES), known[-1])
    kept = [kind for kind in known[known.index(outcome) :] if kind in KEPT]
    return kept[0] if outcome == "document" and kept else outcome


def _ends_as_trace(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the noun of an item is one of papers that the unit itself writes, takes or keeps."""
    return any(COUNTED_OFF.fullmatch(passage.text, m.end, end) or m.end == end for m in passage.between("ending", start, end))


# ── what other prose says of proof ───────────────────────────────────────────────────────────────────────────────────────────────


def _beside_proof(passage: Passage, mention: Mention) -> Evidence | None:
    """Return what a word in other prose says of evidence: checks from outside always, traces only beside a word of proof."""
    kind = mention.sense.value
    outside = kind in OUTCOMES
    if kind == "outcome_data" or (not _is_proof(passage, mention) and (not outside or kind in ("system_data", "document"))):
        return None
    stance = stance_of(passage, mention, "required")
    excluded = stance.force in REFUSED and not _is_missed(passage, mention)
    if outside and (excluded or _is_dropped(passage, mention) or _is_aside(passage, mention)):
        return None
    role = "excluded" if excluded else "sole" if _is_sole(passage, mention) else _role(passage, kind, mention.start)
    place = _with_sole(passage, mention) if role == "sole" else (mention.start, mention.end)
    return Evidence(passage.words(*place), kind, role, stance.force if excluded else "required", stance.voice, stance.circumstance)


def _is_missed(passage: Passage, mention: Mention) -> bool:
    """Tell whether a trace is what the lack of costs points, so that it counts (没有照片的不予认定)."""
    return any(m.holds(mention) for m in passage.of("cue", "lacking"))


def _is_aside(passage: Passage, mention: Mention) -> bool:
    """Tell whether a check from outside only earns something extra, or is one of papers (抽查30盒)."""
    clause = passage.clause_of(mention.start)
    near = passage.text[mention.end : min(clause.end, mention.end + NEAR)]
    end = next((c.end for c in passage.clauses[clause.index + 1 : clause.index + 2] if c.sentence == clause.sentence), clause.end)
    return passage.has("score", clause.start, end, "bonus") or (
        mention.sense.value == "on_site_check" and OF_PAPERS.match(near) is not None
    )


def _role(passage: Passage, kind: str, at: int) -> str:
    """Return whether proof counts or only helps; what shows a result always counts."""
    clause = passage.clause_of(at)
    helping = kind not in OUTCOMES and passage.has("cue", clause.start, clause.end, "supplementary")
    return "supplementary" if helping else "counted"


def _is_proof(passage: Passage, mention: Mention) -> bool:
    """Tell whether a word of proof stands by a mention or round it, or opens the list that it is in (佐证：…)."""
    clause = passage.clause_of(mention.start)
    if any(cue.holds(mention) for cue in passage.of("cue", "lacking", "sole")) or _said_behind(passage, passage.sentence_range(clause)[1]):
        return True
    if _has_cue(passage, clause.start, clause.end, mention):
        return True
    behind = passage.clauses[clause.index + 1] if clause.index + 1 < len(passage.clauses) else None
    if behind is not None and behind.sentence == clause.sentence and _opens_with_cue(passage, behind.start):
        return True
    before = passage.clauses[clause.index - 1] if clause.index else None
    return before is not None and before.mark == "：" and _opens_list(passage, before.start, before.end)


def _opens_list(passage: Passage, start: int, end: int) -> bool:
    return any(m.sense.value in PROOF for m in passage.between("cue", max(start, end - NEAR), end))


def _opens_with_cue(passage: Passage, start: int) -> bool:
    """Tell whether a clause begins with a word of proof, so that it speaks of the list before it (…，齐全得5分)."""
    return any(m.start == start and m.sense.value in PROOF for m in passage.between("cue", start, start + NEAR))


def _has_cue(passage: Passage, start: int, end: int, mention: Mention) -> bool:
    cues = [m for m in passage.between("cue", start, end) if m.sense.value in PROOF]
    return any(m.start - mention.end <= NEAR and mention.start - m.end <= NEAR for m in cues)


def _is_sole(passage: Passage, mention: Mention) -> bool:
    """Tell whether the sentence lets a trace alone decide, with nothing from outside beside it."""
    if mention.sense.value in OUTCOMES:
        return False
    start, end = passage.sentence_range(passage.clause_of(mention.start))
    said = passage.between("cue", start, end, "sole") or _said_behind(passage, end)
    if not said or any(negated(passage, m) for m in said):
        return False
    others = [m for m in passage.between("evidence", start, end) if m.sense.value in OUTCOMES and not passage.inside_longer(m, "object")]
    return all(negated(passage, m) or _is_dropped(passage, m) for m in others)


def _said_behind(passage: Passage, end: int) -> list[Mention]:
    """Return the words of the next sentence by which what the one before it told of decides alone (照片…；考核组据此赋分，不再察看)."""
    near = [m for m in passage.of("cue", "sole") if end <= m.start <= end + 2 * NEAR]
    return [m for m in near if any(word in passage.text[end : m.end] for word in passage.class_words("back_to"))]


def _is_dropped(passage: Passage, mention: Mention) -> bool:
    """Tell whether a check from outside is said not to take place (不组织现场观摩和学生访谈)."""
    if any(m.holds(mention) for m in passage.of("cue", "sole")):
        return True
    if passage.has("cue", mention.end, mention.end + 4, "sole"):
        return True
    clause = passage.clause_of(mention.start)
    lead = passage.text[max(clause.start, mention.start - NEAR - 2) : mention.start + 2]
    return "不" in lead or "无需" in lead


def _with_sole(passage: Passage, mention: Mention) -> Range:
    """Return where a trace stands with the words that let it decide, when they are close."""
    start, end = passage.sentence_range(passage.clause_of(mention.start))
    sole = (passage.between("cue", start, end, "sole") or _said_behind(passage, end))[0]
    first, last = min(mention.start, sole.start), max(mention.end, sole.end)
    return (first, last) if last - first <= SHOWN else (mention.start, mention.end)
