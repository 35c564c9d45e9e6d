"""Report → one HTML page that needs nothing else: it loads nothing, opens on a phone, prints on A4, and reads without its script.

The page names by their digests the only style and script that a browser may obey in it, so that nothing of a draft can run.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from assesslint import __version__
from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES, Report
from assesslint.reports.opinion.content import day_in_words
from assesslint.reports.page.content import page_of
from assesslint.reports.page.words import WORDS
from assesslint.reports.pages import BASE_STYLE, in_language, shown, templates

TEMPLATES = Path(__file__).parent / "page" / "templates"


def render_html(report: Report) -> str:
    """Return the report as a page that can be encoded in UTF-8, the same for the same report."""
    style = _text(BASE_STYLE) + _text(TEMPLATES / "report.css")
    script = _text(TEMPLATES / "report.js")
    filled = templates(TEMPLATES, finalize=shown)
    filled.globals.update(
        report=report,
        page=page_of(report),
        t=in_language(WORDS, report.lang),
        lang=report.lang,
        day=day_in_words(report.judged_on, report.lang),
        severities=SEVERITIES,
        names=SEVERITY_NAMES[report.lang],
        tool=f"assesslint {__version__}",
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        style_digest=_digest(style),
        script_digest=_digest(script),
    )
    return filled.get_template("report.html").render()


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _digest(content: str) -> str:
    """Return the digest by which a content security policy names a style or a script (CSP Level 3, 2.3.1)."""
    return f"sha256-{b64encode(sha256(content.encode('utf-8')).digest()).decode('ascii')}"
