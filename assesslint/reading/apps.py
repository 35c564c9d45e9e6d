"""The apps of a scheme: those it declares, the issuer's own that its prose makes compulsory, and those a level below is to build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assesslint.reading.facts import App, Indicator, Words
from assesslint.reading.groups import APPS, BINDING, PROCESS
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage
from assesslint.reading.stance import stance_of
from assesslint.scheme import model

OPERATOR_LEVELS = {
    "村": "village", "社区": "village", "镇": "township", "乡": "township", "街道": "township",
    "县": "county", "区": "county", "市": "city", "省": "province",
}  # fmt: skip
"""The level that the name of an app's operator tells, the lowest first."""
PLACE = re.compile(r"^(?:中共|中国共产党|共青团)?(?:[一-龥]{2,5}?[省市州])?(?P<place>[一-龥]{2,5}?)[省市州县区旗镇乡]")
"""The place that the issuer's name opens with, the last of several (云川市江北区教育局)."""
BEHIND_NAME = 18
"""Characters behind an app's name in which it is said whose it is, other names between (“云湖i校”“云湖二课”均为学校统一建设)."""
BEFORE_NAME = 10
"""Characters before an app's name in which it is said whose it is (我部开发的“先锋云学”)."""


def apps_of(scheme: model.Scheme, indicators: Sequence[Indicator], passages: Sequence[Sequence[Passage]]) -> tuple[App, ...]:
    """Return the apps a scheme declares, then those its prose tells of."""
    declared = tuple(_declared(app, scheme, indicators) for app in scheme.apps)
    told: dict[str, App] = {}
    everywhere = [passage for prose in passages for passage in prose]
    for indicator, prose in zip(indicators, passages, strict=True):
        for app in (*_own(scheme, indicator, prose, everywhere), *_built_below(prose)):
            if all(app.name != known.name for known in declared):
                told.setdefault(app.name, app)
    return (*declared, *told.values())


def _declared(app: model.App, scheme: model.Scheme, indicators: Sequence[Indicator]) -> App:
    name = app.name.text
    level = app.operator_level
    if level is None and app.operator is not None:
        level = next((named for word, named in OPERATOR_LEVELS.items() if word in app.operator.text), None)
    own = app.operator is not None and scheme.issuer is not None and app.operator.text == scheme.issuer.text
    return App(
        Words(name, (app.name.span,), "app"),
        name,
        app.operator.text if app.operator else None,
        level,
        app.compulsory is True or any(name in _pressed(i) for i in indicators),
        own,
    )


def _pressed(indicator: Indicator) -> set[str]:
    """Return the names of the apps that an indicator makes people take up or use."""
    pressed = (d for d in indicator.demands if d.object.kind in APPS and d.action in PROCESS and d.force in BINDING and d.voice == "own")
    return {d.object.name for d in pressed if d.object.name is not None}


def _own(scheme: model.Scheme, indicator: Indicator, prose: Sequence[Passage], everywhere: Sequence[Passage]) -> Iterator[App]:
    """Yield the issuer's own apps among those an indicator presses: named after its place, or said to be its own anywhere."""
    issuer = scheme.issuer.text if scheme.issuer else scheme.name.text
    place = PLACE.match(issuer)
    for name in sorted(_pressed(indicator)):
        found = [(passage, at) for passage in prose for at in (passage.text.find(name),) if at >= 0]
        said = any(_is_said_own(passage, at) for passage, at in found) or any(_is_own_behind(passage, name) for passage in everywhere)
        if found and (said or (place is not None and place["place"] in name)):
            passage, at = found[0]
            yield App(passage.words(at, at + len(name)), name, scheme.issuer.text if scheme.issuer else None, None, True, True)


def _is_said_own(passage: Passage, at: int) -> bool:
    """Tell whether the words before a name say that it is the issuer's own."""
    before = passage.text[max(0, at - BEFORE_NAME) : at]
    return any(word in before for word in passage.class_words("own_body"))


def _is_own_behind(passage: Passage, name: str) -> bool:
    """Tell whether the words behind a name, in its clause, say that it is the issuer's own (“…”均为我局主管平台)."""
    at = passage.text.find(name)
    if at < 0:
        return False
    behind = passage.text[at + len(name) : min(at + len(name) + BEHIND_NAME, passage.clause_of(at).end)]
    return any(word in behind for word in passage.class_words("own_body"))


def _built_below(prose: Sequence[Passage]) -> Iterator[App]:
    """Yield what townships or villages are to build for themselves, where that is asked for or earns points."""
    for passage in prose:
        for mention in passage.of("cue", "built_below"):
            if passage.field != "name" and _is_asked(passage, mention):
                words = passage.words(mention.start, mention.end)
                yield App(words, words.text, None, "township", True, False)


def _is_asked(passage: Passage, mention: Mention) -> bool:
    stance = stance_of(passage, mention, "scored")
    return stance.force in BINDING and stance.voice == "own"
