"""The entries of a lexicon → words in it that do not do what their writer thinks: given twice, never met, with two meanings at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from pathlib import Path

from assesslint.findings.model import Edit, Fix
from assesslint.findings.problems import Problem, problem_at
from assesslint.reading.entries import SHARED, Told, WordsEntry, refers
from assesslint.reading.frames import compose
from assesslint.reading.lexicon import OPERATORS, Lexicon, Sense, made_of, sense_of
from assesslint.text.normalise import normalise
from assesslint.text.source import Span

AMBIGUOUS, SHADOWED, DOUBLED = "lexicon-ambiguous", "lexicon-shadowed", "lexicon-doubled"

Use = tuple[Told, Sense]
"""An entry that lists a word, and what it says the word means."""


MOST_TOLD = 1_000
"""Problems told of the words of one pack."""


def check_words(own: Sequence[Told], upper: Sequence[Told], folders: tuple[Path, ...]) -> Iterator[Problem]:
    """Yield what is wrong with the words of the `own` entries, which are read together with those of the packs above.

    All entries are sound by themselves; `folders` hold the common words that are read with them.
    """
    found = list(islice(_faults(own, upper, folders), MOST_TOLD + 1))
    yield from found[:MOST_TOLD]
    if len(found) > MOST_TOLD:
        zh = f"词表的问题超过 {MOST_TOLD} 处，其余没有核对：先改这些"
        yield replace(found[-1], zh=zh, en=f"more than {MOST_TOLD:,} problems; the rest was not checked: mend these first", fix=None)


def _faults(own: Sequence[Told], upper: Sequence[Told], folders: tuple[Path, ...]) -> Iterator[Problem]:
    for told in own:
        yield from _list_faults(told)
    uses: dict[str, list[Use]] = {}
    for told in (*upper, *own):
        if isinstance(told.entry, WordsEntry):
            sense = sense_of(told.entry)
            for word in dict.fromkeys(told.entry.words.split()):
                uses.setdefault(word, []).append((told, sense))
    above = frozenset(map(id, upper))
    left = Counter(id(told) for found in uses.values() for told, _ in found)
    for word, found in uses.items():
        for at, use in enumerate(found):
            if id(use[0]) not in above:
                for problem in _fault_of_use(word, use, found[:at], found[at + 1 :], above):
                    last = left[id(use[0])] <= 1  # an entry without words is none
                    left[id(use[0])] -= problem.fix is not None
                    yield replace(problem, fix=None) if last else problem
    yield from _never_met(own, upper, folders)


def _list_faults(told: Told) -> Iterator[Problem]:
    """Yield the words of an entry that stand twice in a list, or are written as no text is once it is in normal form."""
    places: Counter[tuple[str | int, str]] = Counter()
    """How often a word has stood in the lists of a name; the parts of a frame are such lists."""
    for key, words in told.lists:
        met: set[str] = set()
        for word in words.split():
            if word in met:
                yield _doubled(told, word, key[-1], "同一列表里", "this list", place=places[key[-1], word])
            elif not refers(word) and (normal := normalise(word).text) != word:
                yield _not_normal(told, word, normal, key[-1])
            met.add(word)
            places[key[-1], word] += 1


def _doubled(told: Told, word: str, list_name: str | int, where_zh: str, where_en: str, place: int = 0) -> Problem:
    """Return the problem of a word that was given before; it is to go where it stands in its list for the time `place`, from 0."""
    found = told.file.words(word, *told.key, list_name)
    span = found[min(place, len(found) - 1)] if found else told.file.span(*told.key, list_name)
    zh, en = f"“{word}”在{where_zh}已经有了，删去", f"“{word}” stands in {where_en} already; remove it"
    fix = Fix((Edit(_with_space(told.file.source.text, span), ""),), safe=True) if found else None
    return problem_at(told.file.source, span, zh, en, "warning", kind=DOUBLED, fix=fix)


def _with_space(text: str, span: Span) -> Span:
    """Return the place of a word in a list with the spaces behind it, so that words side by side can go in one go."""
    end = span.end
    while text[end] == " ":
        end += 1
    return Span(span.start, end)


def _not_normal(told: Told, word: str, normal: str, list_name: str | int) -> Problem:
    zh = f"“{word}”不会被读到：草案先化为规范写法再查词，应写“{normal}”"
    en = f"“{word}” is never met: drafts are put into normal form first; write “{normal}”"
    problem = told.problem(zh, en, list_name, word=word, severity="warning", kind=SHADOWED)
    return replace(problem, fix=Fix((Edit(problem.span, normal),), safe=True)) if problem.span and normal else problem


def _fault_of_use(word: str, use: Use, before: Sequence[Use], after: Sequence[Use], above: frozenset[int]) -> Iterator[Problem]:
    """Yield what is wrong with one use of a word beside its other uses."""
    told, sense = use
    again = next((other for other in before if other[1] == sense), None)
    if again is not None:
        where = f"{again[0].file.source.path} 的 {sense_name(sense)} 里", f"{sense_name(sense)} of {again[0].file.source.path}"
        yield _doubled(told, word, "words", *where)
        return
    wider = next((other for other in (*before, *after) if other[1] != sense and _says_no_more(sense, other[1])), None)
    if wider is not None:
        yield _shadowed(told, word, wider)
        return
    for other, meant in before:
        if _ambiguous(sense, meant) and not ({sense_name(sense), sense_name(meant)} & {*told.entry_also, *other.entry_also}):
            yield _two_meanings(told, word, sense, other, meant)
    lost = next((other for other in before if sense.kind == "none" and other[1].kind != "none" and id(other[0]) in above), None)
    if lost is not None:
        zh = f"“{word}”在上级词表里是 {sense_name(lost[1])}，写进 none 不会取消它，只会遮住其中更短的词：删去，或写更长的词"
        en = f"“{word}” is {sense_name(lost[1])} in the words above; none does not undo that and only hides shorter words in it: remove it"
        yield told.problem(zh, en, "words", word=word, severity="warning", kind=AMBIGUOUS)


def sense_name(sense: Sense) -> str:
    """Return a meaning as entries write it."""
    return f"{sense.kind}.{sense.value}" if sense.value else sense.kind


def _says_no_more(narrow: Sense, wide: Sense) -> bool:
    """Tell whether a sense holds only where another one of the same meaning holds too, and adds nothing to it."""
    if (narrow.kind, narrow.value) != (wide.kind, wide.value):
        return False
    if narrow.implies not in (None, wide.implies) or narrow.variety not in (None, wide.variety):
        return False
    if (narrow.control, narrow.direction, narrow.holder) != (wide.control, wide.direction, wide.holder):
        return False
    needs_no_less = not wide.needs or (narrow.needs <= wide.needs and bool(narrow.needs) and narrow.reach == wide.reach)
    return needs_no_less and wide.without <= narrow.without and (narrow.nominal or not wide.nominal)


def _shadowed(told: Told, word: str, wider: Use) -> Problem:
    other, sense = wider
    place = other.file.source.position(other.file.word(word, *other.key, "words").start)
    at = f"{other.file.source.path}:{place.line}"
    zh = f"“{word}”在 {at} 已是 {sense_name(sense)}，条件更宽，这里写的不起作用：删去一处"
    en = f"“{word}” is {sense_name(sense)} on wider terms at {at}, so this entry adds nothing: remove it from one of them"
    span = told.file.word(word, *told.key, "words")
    fix = Fix((Edit(_with_space(told.file.source.text, span), ""),), safe=False)
    return problem_at(told.file.source, span, zh, en, "warning", kind=SHADOWED, fix=fix)


def _ambiguous(one: Sense, other: Sense) -> bool:
    """Tell whether a word would give a draft two facts of one kind, and nothing beside it tells which is meant."""
    if one.kind != other.kind or one.value == other.value or one.kind not in SHARED:
        return False
    return not any(sense.needs or sense.without or sense.nominal for sense in (one, other))


def _two_meanings(told: Told, word: str, sense: Sense, other: Told, meant: Sense) -> Problem:
    place = other.file.source.position(other.file.word(word, *other.key, "words").start)
    at = f"{other.file.source.path}:{place.line}"
    one, two = sense_name(sense), sense_name(meant)
    zh = f"“{word}”既是 {one} 又是 {two}（{at}），没有什么区分：删去一处，写明 needs 或 without，两义都要就写 also"
    en = f"“{word}” is both {one} and {two} ({at}), and nothing tells which: remove one, add needs or without, or also if both are meant"
    return told.problem(zh, en, "words", word=word, severity="warning", kind=AMBIGUOUS)


_APART = "\n" * 8
"""What words are parted by so that no frame and no word that undoes a frame reaches from one to the next."""

_AT_ONCE = 200
"""Words read as one text: fewer cost more to begin with, more cost more to compare."""


def _never_met(own: Sequence[Told], upper: Sequence[Told], folders: tuple[Path, ...]) -> Iterator[Problem]:
    """Yield the words that are not read even where they stand alone, since a frame always takes their place.

    A frame takes the place of words that turn others round, and of no others.
    """
    lexicon = made_of((told.entry for told in (*upper, *own)), folders)
    uses = [
        (told, entry.meaning, word)
        for told in own
        if isinstance(entry := told.entry, WordsEntry) and entry.meant[0] in OPERATORS
        for word in dict.fromkeys(entry.words.split())
        if normalise(word).text == word
    ]
    read_as = _read_alone(list(dict.fromkeys(word for _, _, word in uses)), lexicon)
    for told, meaning, word in uses:
        if meaning not in read_as[word]:
            by = "、".join(sorted(read_as[word])) or "none"
            zh = f"“{word}”读不出 {meaning}：总被一个框架读作 {by}，删去，或改那个框架"
            en = f"“{word}” is never read as {meaning}: a frame always makes it {by}; remove it, or change that frame"
            yield told.problem(zh, en, "words", word=word, severity="warning", kind=SHADOWED)


def _read_alone(words: Sequence[str], lexicon: Lexicon) -> dict[str, set[str]]:
    """Return what each word means to a reader who meets it alone."""
    meanings: dict[str, set[str]] = {word: set() for word in words}
    for first in range(0, len(words), _AT_ONCE):
        some = words[first : first + _AT_ONCE]
        text = _APART.join(some)
        ends = accumulate(len(word) + len(_APART) for word in some)
        places = {(end - len(_APART) - len(word), end - len(_APART)): word for word, end in zip(some, ends, strict=True)}
        for mention in compose(text, lexicon.scan(text), [], lexicon):
            if word := places.get((mention.start, mention.end)):
                meanings[word].add(sense_name(mention.sense))
    return meanings
