"""Words of a passage → the item of a list, the clauses or the sentence around them that can be cut out, the rest staying whole.

What hangs together is cut together: a case (…末位的，) goes with what follows in it. Where it cannot be told that the rest stays whole,
there is no cut.
"""

from __future__ import annotations

from dataclasses import dataclass

from assesslint.reading.passage import CIRCLED, ENUMERATOR, NUMBERED, SENTENCE_ENDS, Clause, Passage, Range

LIST_MARKS = {"evidence": "、，；\n", "source": "、，；\n", "consequence": "、；\n"}
"""What parts the items of fields whose prose is a list; elsewhere only 、 does."""

AND = ("以及", "和", "及", "与")
ETC = ("等", "等等", "等资料", "等材料")
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


def cut_around(passage: Passage, start: int, end: int) -> Cut | None:
    """Return what can be cut so that `text[start:end]` goes."""
    cut = _item(passage, start, end) or _clauses(passage, start, end)
    return cut if cut is not None and _is_balanced(passage.text[cut.start : cut.end]) else None


# ── items of a list ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _item(passage: Passage, start: int, end: int) -> Cut | None:
    """Return the cut of an item of a list: all of it with the mark before it, or behind it where it is the first."""
    text = passage.text
    marks = LIST_MARKS.get(passage.field, "、")
    if passage.field in LIST_MARKS:
        start, end = _stretched(text, start, end, marks)
    before, behind = _joint_before(text, start, marks), _joint_behind(text, end, marks)
    closed = behind > 0 or end == len(text) or text[end] in SENTENCE_ENDS or text[end] == "，" or text.startswith(ETC, end)
    if before and closed:
        return Cut(start - before, end, (start, end))
    opened = start == 0 or text[start - 1] in SENTENCE_ENDS or text[start - 1] in "，："
    if behind and opened:
        return Cut(start, end + behind, (start, end))
    return None


def _stretched(text: str, start: int, end: int, marks: str) -> Range:
    """Return the whole item that words stand in."""
    ends = (*marks, "。", *AND)
    while start and not text.endswith(ends, 0, start) and text[start - 1] != "：":
        start -= 1
    while end < len(text) and not text.startswith((*ends, *ETC), end):
        end += 1
    return start, end


def _joint_before(text: str, at: int, marks: str) -> int:
    """Return the length of what joins an item to the one before it; 0 where none is before it."""
    return next((len(joint) for joint in (*AND, *marks) if text.endswith(joint, 0, at)), 0)


def _joint_behind(text: str, at: int, marks: str) -> int:
    return next((len(joint) for joint in (*AND, *marks) if text.startswith(joint, at) and at + len(joint) < len(text)), 0)


# ── clauses and sentences ────────────────────────────────────────────────────────────────────────────────────────────────────


def _clauses(passage: Passage, start: int, end: int) -> Cut | None:
    """Return the cut of the clauses that words stand in, with those before them that lead to them."""
    first, last = passage.clause_of(start), passage.clause_of(end - 1)
    sentence = [clause for clause in passage.clauses if clause.sentence == first.sentence]
    if last.sentence != first.sentence:
        return None
    while first is not sentence[0] and not _is_complete(passage, before := passage.clauses[first.index - 1]):
        first = before
    if any(clause.mark == "：" for clause in sentence[: first.index - sentence[0].index]):
        return None
    if last is not sentence[-1]:
        following = passage.clauses[last.index + 1]
        own = passage.text[start:end]
        if first is sentence[0] or not _is_complete(passage, following) or _goes_on(passage, following, own):
            return None
    elif first is sentence[0]:
        return _sentence(passage, first, last)
    cut_from = passage.clauses[first.index - 1].end
    return Cut(cut_from, last.end, (first.start, last.end)) if passage.text[cut_from : cut_from + 1] == "，" else None


def _is_complete(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause says by itself how points are earned or lost, or what follows; it is no mere case of what comes behind it."""
    if passage.closes_with("leads_on", clause.end) or clause.mark == "：":
        return False
    if passage.has("score", clause.start, clause.end):
        return True
    case = passage.has("place", clause.start, clause.end) or passage.has("sign", clause.start, clause.end, "shortfall")
    return not case and passage.has("consequence", clause.start, clause.end)


def _goes_on(passage: Passage, clause: Clause, words: str) -> bool:
    """Tell whether a clause cannot stand without the words before it."""
    return passage.opens_with("goes_on", clause.start) or words in passage.text[clause.start : clause.end]


def _sentence(passage: Passage, first: Clause, last: Clause) -> Cut | None:
    """Return the cut of a whole sentence; none of a numbered one, nor where the next goes on with it."""
    text = passage.text
    numbered = ENUMERATOR.match(text, first.start) or NUMBERED.match(text, first.start)
    if numbered or CIRCLED.search(passage.words(first.start, first.start + 1).text):
        return None
    following = passage.clauses[last.index + 1] if last.index + 1 < len(passage.clauses) else None
    if following is not None and passage.opens_with("goes_on", following.start):
        return None
    before = text[first.start - 1] if first.start else ""
    if before == "；" and following is None:
        return Cut(first.start - 1, last.end, (first.start, last.end))
    if before and before not in SENTENCE_ENDS:
        return None
    return Cut(first.start, min(last.end + 1, len(text)), (first.start, last.end))


def _is_balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in BRACKETS)
