"""A template and what it is given → a page of the web interface, in Chinese or English."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from assesslint import __version__
from assesslint.documents.draft import READERS
from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES
from assesslint.reports.html import TEMPLATES as REPORT_TEMPLATES
from assesslint.reports.page.words import WORDS as REPORT_WORDS
from assesslint.reports.pages import BASE_STYLE, in_language, shown, templates
from assesslint.web.words import WORDS

HERE = Path(__file__).parent
LANGUAGES = ("zh", "en")


@cache
def _templates(lang: str) -> Environment:
    filled = templates(HERE / "templates", REPORT_TEMPLATES, finalize=shown)
    filled.globals.update(
        t=in_language(REPORT_WORDS, lang),
        w=in_language(WORDS, lang),
        lang=lang,
        names=SEVERITY_NAMES[lang],
        severities=SEVERITIES,
        tool=f"assesslint {__version__}",
        accepted=",".join(READERS),
        here="",
        with_register=False,
    )
    return filled


def render(template: str, lang: str, **given: Any) -> bytes:
    """Return a page that can be encoded whatever a draft holds."""
    return _templates(lang).get_template(template).render(**given).encode("utf-8", "replace")


def style_sheet() -> bytes:
    """Return the style of every page: what reports share, and what only stands here."""
    return b"".join(file.read_bytes() for file in (BASE_STYLE, REPORT_TEMPLATES / "report.css", HERE / "static" / "web.css"))
