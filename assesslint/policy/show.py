"""A value of the facts → how a message prints it: vocabulary under the names people know, numbers plain, the draft's own words quoted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assesslint.scheme.vocabulary import FieldType, Vocabulary
from assesslint.text.shortened import on_one_line, shortened

LONGEST = 60
"""Most characters of the draft quoted in a message."""

FLAGS = {"zh": {True: "是", False: "否"}, "en": {True: "yes", False: "no"}}
UNITS = {
    "zh": {"percent": "%", "percentage_points": "个百分点", "points": "分", "days": "天"},
    "en": {"percent": "%", "percentage_points": " percentage points", "points": " points", "days": " days"},
}


def show(value: Any, kind: FieldType, vocabulary: Vocabulary, lang: str) -> str:
    """Return the printed form of a value. An absent one, which the checker lets through nowhere, is “未写明”."""
    if value is None:
        return "未写明" if lang == "zh" else "not said"
    if kind.many:
        return ("、" if lang == "zh" else ", ").join(show(v, FieldType(kind.base), vocabulary, lang) for v in value)
    match kind.base:
        case "words":
            return quote(value.text)
        case "text":
            return quote(value)
        case "number":
            return number(value)
        case "duration":
            return duration(value, lang)
        case "flag":
            return FLAGS[lang][value]
        case "date":
            return str(value)
        case "Object":
            added = value.variety if value.variety in vocabulary.varieties else value.kind
            return f"“{quote(value.name)}”" if value.name else vocabulary.name("object_kind", added, lang)
        case "Target":
            return target(value, vocabulary, lang)
    return vocabulary.name(kind.base, value, lang)


def quote(text: str) -> str:
    """Return words of the draft on one line, cut where they are long."""
    return shortened(on_one_line(text), LONGEST)


def number(value: Decimal | int) -> str:
    """Return a number without needless zeros: 50, 12.5, 33.33."""
    shown = f"{round(Decimal(value), 2):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def duration(days: Decimal, lang: str) -> str:
    """Return a duration in days, or in hours where it is shorter than one."""
    amount, zh, en = (number(days), "天", "day") if days >= 1 else (number(days * 24), "小时", "hour")
    return f"{amount}{zh}" if lang == "zh" else f"{amount} {en}{'' if amount == '1' else 's'}"


def target(value: Any, vocabulary: Vocabulary, lang: str) -> str:
    """Return a target as `不低于50%`."""
    if value.value is None:
        return ("全员" if lang == "zh" else "everyone") if value.universal else ("未写数值" if lang == "zh" else "no figure")
    operator = vocabulary.name("operator", value.operator, lang) if value.operator else ""
    space = " " if operator and lang == "en" else ""
    return f"{operator}{space}{number(value.value)}{UNITS[lang].get(value.unit or '', '')}"
