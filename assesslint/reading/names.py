"""Names in quotation marks → the apps and accounts they name, told by their shape (“清河通”) and by what stands about them (注册“…”).

The words that make the shapes are classes of the lexicon, so that a pack can add its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from assesslint.reading.lexicon import Lexicon, Mention, Sense, central_lexicon

QUOTED = re.compile(r"“(?P<name>[^“”，。；！？\n]{2,14})”")
LONGEST_SHAPED, LONGEST_TOLD = 10, 9
"""Characters of a name told by its shape, and of one told by what stands about it."""
LONGEST_BEFORE = 32
"""More characters than a verb and what may stand between it and a name are long."""
LONE_LETTER = re.compile(r"(?<![a-z])[a-z](?![a-z\d])")
"""A single letter among Chinese characters (邻里e家); more of them are an abbreviation."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
BETWEEN_VERB = re.compile(r"(?:一下|一个|一次|[好上了的个])?$")
"""What may stand between a verb and the name behind it."""
BETWEEN_NAME = re.compile(r"(?:app|客户端|[上里中内端的])*(?:完成|进行|统一)?")
"""What may stand between a name and the verb or noun behind it."""

APP = Sense("object", "app")
GROUP = Sense("object", "chat_group")
ACCOUNT = Sense("object", "public_account")


def names_in(text: str, lexicon: Lexicon) -> list[Mention]:
    """Return the quoted names in a text in normal form that are an app's or an account's, by place."""
    shapes = _shapes(lexicon)
    found = []
    for match in QUOTED.finditer(text):
        sense = shapes.kind(text, match)
        if sense is not None:
            found.append(Mention(*match.span("name"), sense))
    return found


def looks_like_app(name: str) -> bool:
    """Tell whether a name has the shape of an app's."""
    return _shapes(central_lexicon()).is_app_shaped(name)


class _Shapes:
    """The words of the lexicon's classes, ready to be looked for at the ends of a name and about it."""

    def __init__(self, words: Callable[[str], tuple[str, ...]]) -> None:
        self._heads, self._tails = words("app_head"), words("app_tail")
        self._account_tails, self._account_nouns = words("account_tail"), words("account_noun")
        self._taking_up, self._following = words("taking_up"), words("following")
        self._group_nouns = words("group_noun")
        self._no_apps, self._app_nouns = words("no_app"), words("app_noun")
        self._slogan_heads, self._slogan_tails = words("slogan_head"), words("slogan_tail")
        self._in_app, self._of_account = words("in_app"), words("of_account")

    def kind(self, text: str, match: re.Match[str]) -> Sense | None:
        """Return what a quoted name is the name of; None if nothing tells."""
        name, told = match["name"], len(match["name"]) < LONGEST_TOLD
        before = BETWEEN_VERB.sub("", text[max(0, match.start() - LONGEST_BEFORE) : match.start()])
        behind = text[match.end() : match.end() + LONGEST_SHAPED]
        if behind.startswith(self._no_apps):
            return None
        if behind.startswith(self._group_nouns):
            return GROUP
        if behind.startswith(self._account_nouns) or name.endswith(self._account_tails):
            return ACCOUNT
        if told and (before.endswith(self._following) or _follows(behind, self._of_account)):
            return ACCOUNT
        if self.is_slogan(name) and not behind.startswith(self._app_nouns):
            return None
        if self.is_app_shaped(name) or (told and (before.endswith(self._taking_up) or _follows(behind, self._in_app))):
            return APP
        return None

    def is_slogan(self, name: str) -> bool:
        """Tell whether a name is built like that of a campaign, an honour or a saying: 最美…, …精神."""
        return name.startswith(self._slogan_heads) or name.endswith(self._slogan_tails)

    def is_app_shaped(self, name: str) -> bool:
        """Tell whether a name is built like that of an app: 掌上…, …通, …e….."""
        if len(name) > LONGEST_SHAPED or not CHINESE.search(name):
            return False
        return name.startswith(self._heads) or name.endswith(self._tails) or LONE_LETTER.search(name) is not None


def _follows(behind: str, words: tuple[str, ...]) -> bool:
    """Tell whether one of the words stands right behind a name, or behind what may stand between."""
    between = BETWEEN_NAME.match(behind)
    return any(behind.startswith(words, at) for at in range(between.end() + 1 if between else 1))


@lru_cache(maxsize=8)
def _shapes(lexicon: Lexicon) -> _Shapes:
    return _Shapes(lexicon.class_words)
