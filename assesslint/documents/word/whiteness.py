"""A run of a Word file → whether it is white on white: words that stand on the page and that nobody sees."""

from __future__ import annotations

from lxml import etree

from assesslint.documents.word.file import W
from assesslint.documents.word.styles import Style, Styles, is_shaded, is_white

_CONTAINERS = {W + "p": W + "pPr", W + "tc": W + "tcPr", W + "tbl": W + "tblPr"}
"""What a run stands in that may be shaded, and where it says so."""
_FILLED = (W + "txbxContent",)
"""A shape may be filled with any colour or picture."""


def is_white_on_white(run: etree._Element, properties: etree._Element | None, style: Style, styles: Styles) -> bool:
    """Tell whether the words of a run, whose style or paragraph's style is `style`, cannot be seen for their colour.

    Where something around them may be of another colour, they are taken as seen, such as the head of a table in a shaded row.
    """
    own = properties.find(W + "color") if properties is not None else None
    colour = style.colour if own is None else own.get(W + "val", "")
    if not is_white(colour) or style.is_shaded or is_shaded(properties):
        return False
    for above in run.iterancestors():
        tag = above.tag
        if tag in _FILLED:
            return False
        if tag in _CONTAINERS:
            shape = above.find(_CONTAINERS[tag])
            named = shape.find(W + "tblStyle") if shape is not None else None
            if is_shaded(shape) or (named is not None and styles.of(named.get(W + "val", "")).is_shaded):
                return False
        elif tag == W + "document":
            background = above.find(W + "background")
            return background is None or is_white(background.get(W + "color", "auto"))
    return True
