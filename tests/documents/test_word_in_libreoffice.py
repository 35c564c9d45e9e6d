"""The list numbers of a Word file are those that LibreOffice shows."""

from __future__ import annotations

import re
from pathlib import Path

from assesslint.documents.docx import read_docx
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.model import Paragraph
from tests.documents.word_files import NAMESPACES, docx, level, listed
from tests.office import converted

FORMS = (
    "decimal", "chineseCounting", "chineseCountingThousand", "japaneseCounting", "decimalEnclosedCircle", "chineseLegalSimplified",
    "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "decimalZero", "taiwaneseCountingThousand", "ideographLegalTraditional",
)  # fmt: skip
"""Those that LibreOffice writes by the standard; it counts ideographDigital and wide digits like others."""
LEVELS = (0, 1, 1, 2, 2, 0, 2, 1, 2, 1, *[0] * 20)
STARTING_AT_FOUR = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'


def test_list_numbers_are_those_of_libreoffice(tmp_path: Path) -> None:
    definitions = lists = body = ""
    for number, form in enumerate(FORMS, 1):
        levels = (level(form, "%1、"), level(form, "%1.%2"), level("decimal", "（%3）"))
        made = "".join(each.replace("LEVEL", str(at)) for at, each in enumerate(levels))
        definitions += f'<w:abstractNum w:abstractNumId="{number}">{made}</w:abstractNum>'
        lists += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        body += "".join(listed(form, number, at) for at in LEVELS)
    last = len(FORMS) + 1
    lists += f'<w:num w:numId="{last}"><w:abstractNumId w:val="1"/>{STARTING_AT_FOUR}</w:num>'
    body += listed("again", last) + listed("again", last, 1) + listed("back", 1) + listed("again", last)
    data = docx(body, {"numbering.xml": f"<w:numbering {NAMESPACES}>{definitions}{lists}</w:numbering>"})
    ours = [block.prose.text for block in read_docx("a.docx", data, DEFAULT_LIMITS).blocks if isinstance(block, Paragraph)]
    theirs = converted(tmp_path, "lists.docx", data, "txt:Text (encoded):UTF8").decode("utf-8-sig").splitlines()
    assert [re.sub(r"\s", "", line) for line in ours] == [re.sub(r"\s", "", line) for line in theirs]
