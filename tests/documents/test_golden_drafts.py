"""Whole drafts of different layouts, each compared with the scheme it was read into; `make golden` writes the files anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assesslint.documents.draft import Draft, read_draft
from assesslint.scheme.parse import parse_schemes
from assesslint.scheme.printer import print_schemes
from assesslint.text.source import Source

DRAFTS = sorted((Path(__file__).parent / "drafts").iterdir())
GOLDEN = Path(__file__).parent.parent / "golden" / "documents"


def read(path: Path) -> Draft:
    return read_draft(path.name, path.read_bytes())


def shown(draft: Draft) -> str:
    """The schemes as the printer shows them, and above them as comments what was found and noticed."""
    remarks = [f"# {item.message}" for item in (*draft.findings, *draft.notices)]
    return "\n".join([*remarks, print_schemes(draft.schemes)])


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_a_draft_is_read_as_in_its_golden_file(path: Path) -> None:
    golden = GOLDEN / f"{path.name}.assess"
    text = shown(read(path))
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.name)
def test_what_was_read_can_be_written_in_the_scheme_language(path: Path) -> None:
    draft = read(path)
    parsed = parse_schemes(Source("again.assess", print_schemes(draft.schemes)))
    assert parsed.findings == ()
    assert parsed.schemes == draft.schemes
