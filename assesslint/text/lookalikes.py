"""The text of a file of rules → the characters in it that are not what a person takes them for: hidden ones, and letters like others.

Rules are read by people before they are trusted. A zero-width space in an id, a Cyrillic а in a word, a mark that turns the direction of
a line: each makes a rule do something else than what is seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assesslint.text.normalise import BIDI, INVISIBLE
from assesslint.text.source import Span

_LIKE = {
    "A": "\u0410\u0391", "B": "\u0412\u0392", "C": "\u0421\u03f9", "E": "\u0415\u0395", "H": "\u041d\u0397", "I": "\u0406\u0399\u04c0",
    "J": "\u0408", "K": "\u041a\u039a", "M": "\u041c\u039c", "N": "\u039d", "O": "\u041e\u039f\u0555", "P": "\u0420\u03a1",
    "S": "\u0405\u054f", "T": "\u0422\u03a4", "X": "\u0425\u03a7", "Y": "\u03a5\u04ae", "Z": "\u0396",
    "a": "\u0430\u0251", "c": "\u0441\u03f2", "d": "\u0501", "e": "\u0435", "g": "\u0261", "h": "\u04bb\u0570", "i": "\u0456\u0131",
    "j": "\u0458\u03f3", "l": "\u04cf", "n": "\u0578", "o": "\u043e\u03bf\u0585", "p": "\u0440", "q": "\u051b", "s": "\u0455",
    "u": "\u057d", "v": "\u03bd", "w": "\u051d", "x": "\u0445", "y": "\u0443",
    "一": "\u30fc\u3161", "二": "\u30cb", "三": "\u30df", "口": "\u30ed", "力": "\u30ab", "工": "\u30a8", "夕": "\u30bf", "八": "\u30cf",
    "卜": "\u30c8", "千": "\u30c1", "才": "\u30aa",
}  # fmt: skip
"""Latin letters and Chinese characters by those of other scripts that nobody tells from them."""

_MEANT = {like: meant for meant, likes in _LIKE.items() for like in likes}

_SCRIPTS = {
    "CYRILLIC": ("西里尔字母", "Cyrillic"), "GREEK": ("希腊字母", "Greek"), "ARMENIAN": ("亚美尼亚字母", "Armenian"),
    "LATIN": ("少见的拉丁字母", "an unusual Latin letter"), "FULLWIDTH": ("全角字母", "a wide letter"),
    "MATHEMATICAL": ("数学字母", "a mathematical letter"), "KATAKANA": ("片假名", "Katakana"),
    "KATAKANA-HIRAGANA": ("日文长音符号", "a Japanese length mark"), "HANGUL": ("谚文", "Hangul"),
    "KANGXI": ("康熙部首", "a Kangxi radical"), "CJK": ("兼容汉字", "a compatibility character"),
}  # fmt: skip
"""Scripts by how the names of their characters begin, in both languages."""

_UNUSUAL = re.compile(r"[^\t\n\r -~\u00b0-\u00b7\u2010-\u2027\u2030-\u205e\u2190-\u2bff\u3000-\u303f\u4e00-\u9fff\uff01-\uff20]")
"""Characters worth a second look; the others are what they seem."""


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A character at `span` that a reader does not see, or takes for `meant` (nothing where it is hidden).

    `in_word` tells whether it stands among ASCII letters, digits, hyphens and underscores: in an id, most likely.
    """

    span: Span
    meant: str
    in_word: bool
    zh: str
    en: str


def find_lookalikes(text: str) -> Iterator[Lookalike]:
    """Yield every hidden or deceiving character of a text, in order."""
    for match in _UNUSUAL.finditer(text):
        character, at = match[0], match.start()
        point = f"U+{ord(character):04X}"
        in_word = any(map(_is_of_id, (text[at - 1 : at], text[at + 1 : at + 2])))
        if is_hidden(character):
            turns = character in BIDI
            zh = f"这里有{'改变文字方向' if turns else '看不见'}的字符 {point}，请删去"
            en = f"a character {'that turns the direction of text' if turns else 'that is not seen'} ({point}); take it away"
            yield Lookalike(Span(at, at + 1), "", in_word, zh, en)
        elif meant := _meant(character, in_word=in_word):
            script_zh, script_en = _SCRIPTS.get(unicodedata.name(character, "").split(" ")[0], ("别的字符", "another character"))
            zh = f"“{character}”（{point}）是{script_zh}，看起来像“{meant}”，请改成“{meant}”"
            yield Lookalike(
                Span(at, at + 1), meant, in_word, zh, f"“{character}” ({point}) is {script_en} and looks like “{meant}”; write “{meant}”"
            )


def is_hidden(character: str) -> bool:
    """Tell whether a character shows nothing, turns the direction of text or parts lines where no line end is seen."""
    category = unicodedata.category(character)
    if category in ("Cf", "Zl", "Zp") or character in INVISIBLE:
        return True
    return (category == "Cc" and character not in "\t\n\r") or unicodedata.name(character, "").startswith("VARIATION SELECTOR")


def _meant(character: str, *, in_word: bool) -> str:
    """Return what a reader takes a letter for; nothing where it is what it seems."""
    if character in _MEANT:
        return _MEANT[character]
    if not unicodedata.category(character).startswith(("L", "So")):
        return ""
    plain = unicodedata.normalize("NFKC", character)
    if plain == character or len(plain) != 1:
        return ""
    if plain.isascii():  # ＡＰＰ in prose deceives nobody; one wide letter in an id does
        return plain if in_word and unicodedata.name(character).startswith(("FULLWIDTH", "MATHEMATICAL")) else ""
    return plain if unicodedata.name(plain, "").startswith("CJK UNIFIED") else ""


def _is_of_id(neighbour: str) -> bool:
    return neighbour.isascii() and (neighbour.isalnum() or neighbour in ("-", "_"))
