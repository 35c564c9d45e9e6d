"""A scheme and a rulebook → its reading and every objection, the words of each pack being read by the rules they may serve.

The rules of a pack are judged by its own words and those of the packs above it. The rules above are judged by their own words alone, and
once more with the words of the packs below: words that a lower pack adds can bring findings to light, but its look-alikes and
negations can take none away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from assesslint.policy.judge import RULE_ERROR
from assesslint.policy.pack import word_folders
from assesslint.policy.rulebook import Objection, Rulebook
from assesslint.reading.kept import KeptReadings
from assesslint.reading.lexicon import Lexicon, central_lexicon, read_lexicon
from assesslint.reading.read import Reading, read_scheme
from assesslint.scheme import model
from assesslint.text.resources import resource
from assesslint.text.source import Source


def judge_scheme(
    rulebook: Rulebook,
    scheme: model.Scheme,
    source: Source | None,
    as_of: date,
    *,
    superior: model.Scheme | None = None,
    lang: str = "zh",
    selected: frozenset[str] | None = None,
    parameters: Mapping[str, Mapping[str, Decimal]] | None = None,
    kept: KeptReadings | None = None,
) -> tuple[Reading, list[Objection]]:
    """Return the scheme as the uppermost pack reads it, and what all selected rules object to.

    `kept` are the readings of an earlier state of the draft.

    Raises RulebookError when a parameter is unknown or moved in the lax direction, LexiconError when a pack's words are faulty.
    """
    first: Reading | None = None
    found: list[Objection] = []
    told: set[object] = set()
    for lexicon, rules in layers(rulebook):
        reading = read_scheme(scheme, source, superior, lexicon, kept)
        first = first or reading
        judged = rules if selected is None else rules & selected
        places = {id(indicator): at for at, indicator in enumerate(reading.facts.indicators)}
        for objection in rulebook.judge(reading.facts, as_of, lang=lang, selected=judged, parameters=parameters):
            at = places.get(id(objection.indicator), -1)
            which = objection.message if objection.rule == RULE_ERROR else objection.rule  # several rules may fail at one place
            key = (which, at, objection.words.text, objection.words.spans)
            if key not in told:
                told.add(key)
                found.append(objection if at < 0 else replace(objection, indicator=first.facts.indicators[at]))
    return first or read_scheme(scheme, source, superior), found


def layers(rulebook: Rulebook) -> Iterator[tuple[Lexicon, frozenset[str]]]:
    """Yield each set of words with the rules judged by it: first the uppermost pack's, then with each pack that has words of its own."""
    rules: set[str] = set()
    waiting: tuple[Lexicon, frozenset[str]] | None = None
    for at, pack in enumerate(rulebook.packs):
        rules |= {rule for rule, origin in rulebook.origin.items() if origin == at}
        if pack.lexicon is not None and waiting is not None:
            yield waiting
        waiting = lexicon_of(word_folders(rulebook.packs[: at + 1])), frozenset(rules)
    yield waiting or (central_lexicon(), frozenset(rulebook.rules))


def words_of(rulebook: Rulebook, rule: str) -> Lexicon:
    """Return the words a rule is judged by before any pack below its own adds to them. Raises KeyError for an unknown rule."""
    for lexicon, rules in layers(rulebook):
        if rule in rules:
            return lexicon
    raise KeyError(rule)


def widest_lexicon(rulebook: Rulebook) -> Lexicon:
    """Return the words that a pack reads with, those of the packs above it among them."""
    *_, (lexicon, _) = layers(rulebook)
    return lexicon


@cache
def lexicon_of(folders: tuple[Path, ...]) -> Lexicon:
    """Return the words of these folders together; a repository without any reads with the central ones. Raises LexiconError."""
    central = resource("rules") / "lexicon"
    return central_lexicon() if folders == (central,) else read_lexicon(folders)


def forget_words() -> None:
    """Let the words of all packs be read anew, since their files may have changed."""
    lexicon_of.cache_clear()
    central_lexicon.cache_clear()
