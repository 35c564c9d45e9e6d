"""Words of a passage → the item of a list, the clauses or the sentence around them that can be cut out, the rest staying whole.

What hangs together is cut together: a case (…末位的，) goes with what follows in it. Where it cannot be told that the rest stays whole,
or that nothing else goes, there is no cut.
"""

from __future__ import annotations

from dataclasses import dataclass

from assesslint.reading.passage import CIRCLED, ENUMERATOR, NUMBERED, SENTENCE_ENDS, Clause, Passage, Range

LISTED_FIELDS = frozenset({"evidence", "source"})
"""Fields whose prose is a list, whatever parts its items."""

LONGEST = 200
"""Most characters of a cut; of more than two or three sentences nobody can tell at a glance that the rest stays whole."""

MARKS = "、，；\n"
AND = ("以及", "和", "及", "与")
ETC = ("等", "等等", "等资料", "等材料")
OPENING = 6
"""Characters at the start of a sentence in which a word tells that it speaks of what falls short of the one before."""
JOINTS = ("并", "且", "、", "和", "及", "同时", "再")
BRACKETS = (("（", "）"), ("“", "”"), ("《", "》"), ("〈", "〉"), ("【", "】"), ("「", "」"))


@dataclass(frozen=True, slots=True)
class Cut:
    """`start` to `end` of the passage go, the marks that part them from the rest among them; `words` are what goes without those marks."""

    start: int
    end: int
    words: Range

    def empties(self, passage: Passage) -> bool:
        """Tell whether nothing that says anything is left of the passage."""
        return not any(map(str.isalnum, passage.text[: self.start] + passage.text[self.end :]))


def cut_around(passage: Passage, start: int, end: int, *, is_demand: bool = False) -> Cut | None:
    """Return what can be cut so that `text[start:end]` goes.

    A demand is what a penalty behind it hangs on; and it may share its clause with another one, which must not go with it.
    """
    if passage.field in LISTED_FIELDS:
        cut = _item(passage, start, end)
    else:
        cut = _named(passage, start, end) or _clauses(passage, start, end, is_demand=is_demand)
    return cut if cut is not None and cut.end - cut.start <= LONGEST and _is_balanced(passage.text[cut.start : cut.end]) else None


# ── items of a list ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _item(passage: Passage, start: int, end: int) -> Cut | None:
    """Return the cut of an item of a list of proofs, with the mark before it, or behind it where it is the first; of the only one, all."""
    text = passage.text
    ends = (*MARKS, "。", *AND)
    while start and not text.endswith((*ends, "："), 0, start):
        start -= 1
    while end < len(text) and not text.startswith((*ends, *ETC), end):
        end += 1
    before = next((len(joint) for joint in (*AND, *MARKS) if text.endswith(joint, 0, start)), 0)
    behind = next((len(joint) for joint in (*AND, *MARKS) if text.startswith(joint, end) and end + len(joint) < len(text)), 0)
    if before or not behind:
        return Cut(start - before, end, (start, end))
    return Cut(start, end + behind, (start, end))


def _named(passage: Passage, start: int, end: int) -> Cut | None:
    """Return the cut of one of several consequences named side by side: 排名、通报、约谈."""
    text = passage.text
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if before == "、" and (not behind or behind in "、，" or behind in SENTENCE_ENDS):
        left = max(text.rfind(mark, 0, start - 1) for mark in "、，；。：\n") + 1
        return Cut(start - 1, end, (start, end)) if passage.has("consequence", left, start - 1) else None
    if behind == "、" and (not before or before in "，：" or before in SENTENCE_ENDS):
        right = min((at for mark in "、，；。\n" if (at := text.find(mark, end + 1)) >= 0), default=len(text))
        return Cut(start, end + 1, (start, end)) if passage.has("consequence", end + 1, right) else None
    return None


# ── clauses and sentences ────────────────────────────────────────────────────────────────────────────────────────────────────


def _clauses(passage: Passage, start: int, end: int, *, is_demand: bool) -> Cut | None:
    """Return the cut of the clauses that words stand in, with those before them that lead to them."""
    first, last = passage.clause_of(start), passage.clause_of(end - 1)
    sentence = [clause for clause in passage.clauses if clause.sentence == first.sentence]
    if (
        last.sentence != first.sentence
        or last.mark == "："
        or (is_demand and (last is not sentence[-1] or _says_more(passage, first.start, start, end, last.end)))
    ):
        return None
    while first is not sentence[0] and not _is_complete(passage, before := passage.clauses[first.index - 1]):
        first = before
    if any(clause.mark == "：" for clause in sentence[: first.index - sentence[0].index]):
        return None
    if last is not sentence[-1]:
        following = passage.clauses[last.index + 1]
        if first is sentence[0] or not _is_complete(passage, following) or passage.opens_with("goes_on", following.start):
            return None
    elif first is sentence[0]:
        return _sentence(passage, first, last, is_demand=is_demand)
    cut_from = passage.clauses[first.index - 1].end
    if passage.text[cut_from : cut_from + 1] != "，" or _is_taken_up(passage, first, last):
        return None
    return Cut(cut_from, last.end, (first.start, last.end))


def _says_more(passage: Passage, start: int, first: int, last: int, end: int) -> bool:
    """Tell whether the clause of `text[first:last]` has a figure beside these words, or a second thing joined to them."""
    outside = ((start, first), (last, end))
    if any(passage.quantities_in(*each) or passage.frequency_in(*each) for each in outside):
        return True
    return any(mark in passage.text[each[0] : each[1]] for each in outside for mark in JOINTS)


def _is_complete(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause says by itself how points are earned or lost, or what follows; it is no mere case of what comes behind it."""
    if passage.closes_with("leads_on", clause.end) or clause.mark == "：":
        return False
    if passage.has("score", clause.start, clause.end):
        return True
    case = passage.has("place", clause.start, clause.end) or passage.has("sign", clause.start, clause.end, "shortfall")
    return not case and passage.has("consequence", clause.start, clause.end)


def _is_taken_up(passage: Passage, first: Clause, last: Clause) -> bool:
    """Tell whether something behind some clauses speaks of what only they brought up: two characters side by side that they had first."""
    text = passage.text
    if last.end - first.start > LONGEST:
        return True
    before, behind = text[: first.start], text[last.end :]
    own = text[first.start : last.end]
    pairs = {own[at : at + 2] for at in range(len(own) - 1)}
    return any(pair.isalpha() and pair in behind and pair not in before for pair in pairs)


def _sentence(passage: Passage, first: Clause, last: Clause, *, is_demand: bool) -> Cut | None:
    """Return the cut of a whole sentence; none of a numbered one, nor where the next goes on with it."""
    text = passage.text
    numbered = ENUMERATOR.match(text, first.start) or NUMBERED.match(text, first.start)
    if numbered or CIRCLED.search(passage.words(first.start, first.start + 1).text):
        return None
    following = passage.clauses[last.index + 1] if last.index + 1 < len(passage.clauses) else None
    if following is not None and (passage.opens_with("goes_on", following.start) or _is_taken_up(passage, first, last)):
        return None
    if following is not None and is_demand and any(passage.opens_with("falls_short", following.start + at) for at in range(OPENING)):
        return None
    before = text[first.start - 1] if first.start else ""
    if before == "；" and following is None:
        return Cut(first.start - 1, last.end, (first.start, last.end))
    if before and before not in SENTENCE_ENDS:
        return None
    return Cut(first.start, min(last.end + 1, len(text)), (first.start, last.end))


def _is_balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in BRACKETS)
