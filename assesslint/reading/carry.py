"""What the clauses of a sentence, or the head of a list, lay on the clauses behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import ENUMERATOR, Clause, Passage

NEGATIVE = {"prohibit": "prohibited", "withdraw": "withdrawn", "reduce": "reduced", "exclude": "prohibited", "combat": "prohibited"}
"""The operators that turn a demand round, with the force they give it."""

TURNS = ("turn", "replace")
"""The operators that end the reign of those before them: 但 turns from what was said, 改为 puts something in its place."""

OPENING = 4
"""Characters at the start of a clause in which a word of duty speaks for the whole clause."""


NUMBERED = ("(1", "(一", "（1", "（一", "1.", "1、", "①", "一是", "一、")
"""What opens the first item of a list whose head ends without a colon."""

PURPOSE = "为"
"""What opens a clause that only says what for (为减少负担，); it lays nothing on what follows."""


@dataclass(frozen=True, slots=True)
class Carry:
    """What an earlier clause lays on the next: a negative operator, and whether the penalty of a list head applies to each item."""

    operator: Mention | None = None
    from_head: bool = False
    head_penalty: bool = False

    @property
    def force(self) -> str | None:
        """The negative force that is carried, or None."""
        return NEGATIVE[self.operator.sense.value] if self.operator else None


NOTHING = Carry()
"""That no clause before lays anything on a clause."""


@lru_cache(maxsize=64)
def carries_of(passage: Passage) -> tuple[Carry, ...]:
    """Return, for each clause, what the clauses before it lay on it."""
    carries = []
    current = NOTHING
    previous: Clause | None = None
    for clause in passage.clauses:
        if previous is not None and clause.sentence != previous.sentence and not current.from_head:
            current = NOTHING
        if _is_freed(passage, clause, current):
            current = NOTHING
        carries.append(NOTHING if _ends_head(passage, clause, previous) else current)
        current = _laid_by(passage, clause) or current
        previous = clause
    return tuple(carries)


def antithesis(passage: Passage, operator: Mention, start: int, end: int) -> bool:
    """Tell whether what an operator denies is affirmed of something else at `text[start:end]` (不以…排名，以…排名; 不看…看…)."""
    word = passage.text[operator.start : operator.end]
    denied = word.removeprefix("不").lstrip("再得") if word.startswith("不") else ""
    return bool(denied) and passage.text.startswith((denied, "而" + denied, "只" + denied), start, end)


def _is_freed(passage: Passage, clause: Clause, carry: Carry) -> bool:
    """Tell whether a clause speaks for itself, whatever the clauses before it lay on it."""
    if any(_turns(passage, m, clause, carry) for m in passage.between("force", clause.start, clause.end)):
        return True
    if carry.operator is not None and antithesis(passage, carry.operator, clause.start, clause.end):
        return True
    if carry.operator is not None and carry.operator.sense.value in ("reduce", "withdraw") and not carry.from_head:
        return _has_amount(passage, clause)
    if carry.head_penalty:
        return _opens_scoring(passage, clause)
    if not claims(passage, clause):
        return False
    return not carry.from_head or _claims_figure(passage, clause)


def _turns(passage: Passage, mention: Mention, clause: Clause, carry: Carry) -> bool:
    """Tell whether a word opens a new turn.

    In a list of wrongs only what opens an item does, and not whom one befalls (以打卡代替今年实绩的; 对未关注的干部进行谈话).
    """
    if mention.sense.value not in TURNS or not carry.head_penalty:
        return mention.sense.value in TURNS
    number = ENUMERATOR.match(passage.text, clause.start)
    opens = mention.start == (number.end() if number else clause.start)
    return opens and not passage.has("sign", mention.start, mention.end, "shortfall")


def _laid_by(passage: Passage, clause: Clause) -> Carry | None:
    """Return what a clause lays on those behind it, or None if it lays nothing."""
    forces = passage.between("force", clause.start, clause.end)
    negatives = [m for m in forces if m.sense.value in NEGATIVE and not _is_undone(passage, m)]
    is_head = _is_head(passage, clause)
    if negatives and not claims(passage, clause) and not passage.text.startswith(PURPOSE, clause.start):
        last = negatives[-1]
        turned = any(m.sense.value in TURNS and m.start > last.start for m in forces)
        against_fraud = passage.has("sign", last.end, clause.end, "fraud") and not is_head
        named = last.sense.value == "combat" and last.start - clause.start > OPENING and not is_head
        if not (turned or against_fraud or named) and (last.sense.value != "exclude" or is_head):
            return Carry(last, from_head=is_head)
    elif is_head and _punishes_cases(passage, clause):
        return Carry(from_head=True, head_penalty=True)
    return None


def _is_head(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause is the head of a list, or of its sentence announces one."""
    if passage.between("action", clause.start, clause.end):
        return False
    if clause.mark == "：":
        return True
    if not passage.has("sign", clause.start, clause.end, "listing"):
        return False
    return "：" in passage.text[clause.end : passage.sentence_range(clause)[1] + 1] or passage.text.startswith(NUMBERED, clause.end + 1)


def _ends_head(passage: Passage, clause: Clause, previous: Clause | None) -> bool:
    """Tell whether a clause only says what befalls those in the list announced right before (有下列情形之一的，不得评先：)."""
    return clause.mark == "：" and previous is not None and previous.sentence == clause.sentence and _is_head(passage, previous)


def _is_undone(passage: Passage, operator: Mention) -> bool:
    """Tell whether an operator is itself said not to take place (未取消, 没有减少)."""
    return any(m.end == operator.start for m in passage.between("sign", operator.start - 3, operator.start))


def _punishes_cases(passage: Passage, head: Clause) -> bool:
    """Tell whether the head of a list takes something away for each of the cases listed, or gives points where there is none of them.

    (有下列情形的，每项扣1分：…; 未发现下列情形的得6分：…)
    """
    start, end = passage.sentence_range(head)
    occurs = passage.between("sign", start, head.end, "occurrence")
    if not occurs:
        return False
    absent = passage.has("sign", start, occurs[-1].start, "shortfall") and passage.has("score", occurs[-1].end, end, "reward")
    return absent or bool(passage.has("score", start, end, "penalty") or passage.between("consequence", start, end))


def claims(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause asserts something itself: a figure, or a duty in so many words."""
    if _claims_figure(passage, clause):
        return True
    return any(m.sense.value == "must" and m.start - clause.start <= OPENING for m in passage.between("force", clause.start, clause.end))


def _opens_scoring(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause opens a sentence, behind a full stop, that gives points: no case of a list of wrongs does."""
    start, end = passage.sentence_range(clause)
    if clause.start != start or passage.text[start - 1] != "。":
        return False
    rewarded = passage.has("score", start, end, "reward", "bonus") and not passage.has("score", start, end, "penalty")
    return rewarded and any(q.unit == "points" for q in passage.quantities_in(start, end))


def _claims_figure(passage: Passage, clause: Clause) -> bool:
    """Tell whether a clause sets a target with its figure, or gives points."""
    figures = passage.quantities_in(clause.start, clause.end)
    if passage.has("compare", clause.start, clause.end, "at_least") and any(q.unit != "points" for q in figures):
        return True
    given = any(m.sense.value in ("reward", "bonus") for m in passage.between("score", clause.start, clause.end))
    return given and any(q.unit == "points" for q in figures)


def _has_amount(passage: Passage, clause: Clause) -> bool:
    return bool(passage.quantities_in(clause.start, clause.end)) or passage.frequency_in(clause.start, clause.end) is not None
