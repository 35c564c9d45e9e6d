"""The language a command line asks for, and the half of a bilingual text that is in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import click

PARTING = " / "
"""What stands between the Chinese and the English half of a text of ours."""


def asked_language(words: Sequence[str]) -> str:
    """Return the language the words of a command line ask for, before anything else of them is understood."""
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    return "en" if "en" in asked else "zh"


def words(context: click.Context) -> list[str]:
    """Return the words of the command line that a context belongs to."""
    given = context.find_root().obj
    return given if isinstance(given, list) else []


def language(context: click.Context) -> str:
    """Return the language the command line asks for that a context belongs to."""
    return asked_language(words(context))


def half(text: str, lang: str) -> str:
    """Return one language of a text of ours, written `Chinese / English`; all of one that is not of two halves."""
    chinese, _, english = text.partition(PARTING)
    return english if english and lang == "en" else chinese
