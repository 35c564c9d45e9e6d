"""Words of a draft, of any length → what a line of a message has room for."""

from __future__ import annotations


def shortened(text: str, most: int) -> str:
    """Return `text` in at most so many characters; of a longer one what goes before, and an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


def on_one_line(text: str) -> str:
    """Return `text` with single spaces for its line ends and other gaps."""
    return " ".join(text.split())


def quoted(words: str) -> str:
    """Return words of a draft in quotation marks; marks within them become single ones."""
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def printable(text: str) -> str:
    """Return `text` on one line, without characters that would steer a terminal or turn the direction of the line."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
