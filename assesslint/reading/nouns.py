"""What a word of taking up is said of: the noun a rate is compounded with (良种覆盖率), the object behind a verb (推广良种).

推广, 覆盖, 开通, 申领, 注册 and their rates are said of seeds, roads, licences and tariffs as well as of apps. Their own noun tells,
wherever else an app is spoken of. A noun that is neither an app, nor those who take one up, nor a mere modifier is another thing.
"""

from __future__ import annotations

from collections.abc import Iterable

from assesslint.reading.groups import ACCOUNTS, ADOPTION, APPS, USAGE
from assesslint.reading.indicator import IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Clause, Passage
from assesslint.text.deadline import Deadline
from assesslint.text.frequency import Frequency
from assesslint.text.quantity import Quantity

LINKING = frozenset("的之和与及或等于在自从、 ")
"""Characters passed over between a noun and its figure."""
PERSONS = frozenset("员人者户民工师生友众")
"""Characters that a noun for people ends with."""
BREAKING = frozenset("了好过得到至给入进于后时并且为由让使者上在中前里取提占有较比须应要可能")
"""Characters behind a verb that no object of it begins with."""

TAKEN_UP = APPS | ACCOUNTS
BODIES = frozenset({"village", "township", "department", "villages"})
"""Actors and populations that are places or bodies, and take nothing up on a telephone of their own."""
PASSED = frozenset({"aside", "universal", "actor", "population", "force", "measure", "compare", "sign", "score", "cue", "means"})
"""Kinds of word that say nothing of what is taken up."""
ENDING = frozenset({"action", "measure", "compare", "sign", "score"})
"""Kinds of word that open no object of the verb before them."""
WITHIN_REACH = 14
"""Characters of description between a verb and the app that is its object."""

DEFINED_NEAR = 8
"""Characters before a word of defining in which the word defined stands, with its quotation marks."""

CHANNEL_REACH = 8
"""Characters between 通过 and the name of the platform by which something is done."""


def said_of_another(indicator: IndicatorText, passage: Passage, mention: Mention, clause: Clause) -> bool:
    """Tell whether the word's own noun is something else than an app and those who take it up.

    A verb without an object is said of what stands before it, where no app is spoken of about it or above it. A word that implies an
    app needs none beside it.
    """
    if passage.has("object", mention.start, mention.end):
        return False
    if mention.sense.value == "follow":
        return not _is_figure(passage, mention) and _other_behind(passage, mention.end, clause.end, by_people=False) is True
    if passage.has("cue", mention.start, mention.end, "personal"):
        return _counts_use(passage, mention, clause)
    if _is_figure(passage, mention):
        return mention.sense.implies is None and _other_before(passage, mention.start, clause.start)
    other = _other_behind(passage, mention.end, clause.end)
    if other is not None or mention.sense.implies is not None:
        return other is True
    return not spoken_of(indicator, passage, clause, TAKEN_UP) and _other_before(passage, mention.start, clause.start)


def defined_otherwise(indicator: IndicatorText, mention: Mention) -> bool:
    """Tell whether the draft says that by a word it means another thing (“安装”专指烟感设备; 积分指村规民约积分，与平台无关)."""
    for passage in indicator.fields("content", "scoring", "remarks"):
        for cue in passage.of("cue"):
            if cue.sense.value != "defines":
                continue
            defined = passage.between("action", cue.start - DEFINED_NEAR, cue.start)
            if any(m.sense.value == mention.sense.value and m.end >= cue.start - 1 for m in defined) and _names_thing(passage, cue):
                return True
    return False


def _names_thing(passage: Passage, cue: Mention) -> bool:
    """Tell whether a definition names a physical or legal thing, or says what the word has nothing to do with."""
    _, end = passage.sentence_range(passage.clause_of(cue.start))
    things = any(m.sense.value in ("physical", "legal") for m in passage.between("thing", cue.end, end))
    return things or passage.has("force", cue.end, end, "exclude")


def _counts_use(passage: Passage, mention: Mention, clause: Clause) -> bool:
    """Tell whether users are only those whose use is counted (月活用户数, 沉淀用户人均打开次数, 已建账号当年登录过的)."""
    if any(m.sense.kind == "action" and m.sense.value in USAGE for m in passage.ending_at(mention.start)):
        return True
    if _is_figure(passage, mention):
        return False
    behind = passage.between("action", mention.end, min(mention.end + CHANNEL_REACH, clause.end))
    return any(m.sense.value in USAGE for m in behind)


def is_channel(passage: Passage, thing: Mention) -> bool:
    """Tell whether a thing is only the way by which something is done (通过平台办理), not what is taken up."""
    start = max(passage.clause_of(thing.start).start, thing.start - CHANNEL_REACH)
    ways = passage.between("cue", start, thing.start, "channel")
    return bool(ways) and not passage.between("action", ways[-1].end, thing.start)


def spoken_of(indicator: IndicatorText, passage: Passage, clause: Clause, kinds: frozenset[str]) -> bool:
    """Tell whether an object of one of the kinds is named in the sentence, or in the name, a heading or the title it stands under."""
    here = passage.between("object", *passage.sentence_range(clause))
    return any(m.sense.value in kinds for m in (*here, *(m for p in indicator.topics for m in p.of("object"))))


def _is_figure(passage: Passage, mention: Mention) -> bool:
    return passage.closes_with("figure_noun", mention.end) or passage.opens_with("figure_noun", mention.end)


def _counts_takers(passage: Passage, figure: Quantity) -> bool:
    """Tell whether a figure may count those who take up an app, their telephones or accounts; one without a measure word may."""
    return not figure.measure_word or passage.counts(figure, "people_measure") or passage.counts(figure, "account_measure")


def _other_before(passage: Passage, at: int, floor: int) -> bool:
    """Tell whether the noun that ends at a place is another thing; a figure that stands alone has none."""
    figures: list[Quantity | Frequency | Deadline] = [*passage.quantities, *passage.frequencies, *passage.deadlines]
    while at > floor:
        if passage.text[at - 1] in LINKING:
            at -= 1
            continue
        if passage.text[at - 1] in PERSONS:
            return False
        ending = passage.ending_at(at)
        if not passage.text[at - 1].isalnum():
            return passage.text[at - 1] == "”" and not _tells_uptake(passage.ending_at(at - 1))
        if _tells_uptake(ending):
            return False
        passed = [m for m in ending if m.sense.kind in PASSED]
        starts = [m.start for m in passed]
        starts += [figure.start for figure in figures if figure.end == at]
        if not starts:
            return True
        at = min(starts)
    return False


def _other_behind(passage: Passage, at: int, ceiling: int, *, by_people: bool = True) -> bool | None:
    """Tell whether the object that begins at a place is another thing; None for a verb without an object. People behind a verb take
    up what it says, unless they are what it is done to (关注老人)."""
    while at < ceiling:
        character = passage.text[at]
        if character in LINKING:
            at += 1
            continue
        if not character.isalnum() or character in BREAKING:
            return None
        starting = passage.starting_at(at)
        if _tells_uptake(starting):
            return not by_people and any(m.sense.kind in ("actor", "population") for m in starting)
        if any(m.sense.kind in ENDING for m in starting):
            return None
        figure = next((q for q in passage.quantities if q.start == at), None)
        if figure is not None:
            return True if figure.unit == "count" and not _counts_takers(passage, figure) else None
        passed = [m for m in starting if m.sense.kind in PASSED]
        if not passed:
            return not _app_ahead(passage, at, ceiling)
        at = max(m.end for m in passed)
    return None


def _app_ahead(passage: Passage, at: int, ceiling: int) -> bool:
    """Tell whether the words at a place only describe an app or an account that follows them."""
    end = min(at + WITHIN_REACH, ceiling)
    return any(m.sense.value in TAKEN_UP for m in passage.between("object", at, end)) or passage.has("cue", at, end, "personal")


def _tells_uptake(mentions: Iterable[Mention]) -> bool:
    """Tell whether one of the words is an app, an act of taking it up, a person's own account, or those who have one."""
    return any(
        (m.sense.kind in ("actor", "population") and m.sense.value not in BODIES)
        or (m.sense.kind == "object" and m.sense.value in TAKEN_UP)
        or (m.sense.kind == "action" and m.sense.value in ADOPTION | {"follow"})
        or (m.sense.kind == "cue" and m.sense.value == "personal")
        for m in mentions
    )
