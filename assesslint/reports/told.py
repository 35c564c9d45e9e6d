"""A finding → the lines that tell it, and texts → what other programs can hold: what the formats for programs have in common."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

from assesslint.findings.model import Finding, Report, RuleInfo

LABELS = {
    "zh": {
        "advice": "改法：", "fix": "可自动修改：", "proposal": "建议（需人工确认）：",
        "notice": "提示", "waived": "已豁免", "known": "已知", "setting": "检查设置",
    },
    "en": {
        "advice": "Instead: ", "fix": "Fixable: ", "proposal": "Proposed (for a person to confirm): ",
        "notice": "notice", "waived": "waived", "known": "known", "setting": "setting",
    },
}  # fmt: skip
"""Words that stand before what they name."""

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, lone surrogates and what is no character, which XML 1.0 (section 2.2) forbids or discourages and Excel refuses; and
marks that turn the direction of a line, by which a draft could make a cell read as something else.
"""


def told(finding: Finding, lang: str) -> list[str]:
    """Return what is wrong, by which norms, what to write instead, and what a fix would do."""
    advice = LABELS[lang]["advice"] + finding.advice if finding.advice else ""
    return [line for line in (finding.message, *finding.norms(lang), advice, fix_told(finding, lang)) if line]


def fix_told(finding: Finding, lang: str) -> str:
    """Return what a finding's fix would do, nothing where it has none that is told."""
    if finding.fix is None or not finding.fix.title:
        return ""
    return LABELS[lang]["fix" if finding.fix.safe else "proposal"] + finding.fix.title


def rule_info(report: Report, finding: Finding) -> RuleInfo:
    """Return what is known of a finding's rule."""
    return report.rules.get(finding.rule) or RuleInfo(finding.rule, finding.family, finding.rule, finding.family, finding.severity)


def legal(text: str) -> str:
    """Return `text` with U+FFFD for every character that XML and spreadsheets cannot hold or should not, and \\n for every line end."""
    return _NO_TEXT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def from_here(path: str) -> str:
    """Return a path as it leads from the working directory, parted by `/`: CI looks for it in the repository it runs in."""
    shown, here = Path(os.path.normpath(path)), Path.cwd()
    return (shown.relative_to(here) if shown.is_relative_to(here) else shown).as_posix()


def uri(path: str) -> str:
    """Return a path as a URI (RFC 3986, 8089): relative to the working directory where it lies below it."""
    shown = from_here(path)
    try:
        quoted = quote(shown, errors="surrogateescape")  # the bytes of a name that is not in UTF-8
    except UnicodeEncodeError:
        quoted = quote(shown, errors="surrogatepass")
    return f"file://{'' if quoted.startswith('/') else '/'}{quoted}" if Path(shown).is_absolute() else quoted
