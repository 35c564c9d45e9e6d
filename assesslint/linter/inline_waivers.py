"""A scheme's own waivers → Waivers for the very indicator or scheme they stand in, and findings on those that name no rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from assesslint.findings.model import Edit, Finding, Fix
from assesslint.linter.faults import FAULTS
from assesslint.linter.waivers import Waiver
from assesslint.scheme.model import InlineWaiver
from assesslint.text.source import Source, Span, whole_lines
from assesslint.text.suggest import suggest

UNKNOWN = "waiver-unknown"


def inline_waivers(
    declared: Iterable[InlineWaiver],
    source: Source,
    *,
    subject: str,
    scheme: str,
    indicator: str,
    rules: Collection[str],
    removed: Mapping[str, str],
    lang: str,
) -> Iterator[Waiver | Finding]:
    """Yield the waivers declared in one indicator, or in a scheme itself, and a finding for each that names no rule.

    `subject` is the fingerprint of the findings there. One that lacks its reason, approver or day was told of by the parser.
    """
    for waiver in declared:
        rule = removed.get(waiver.name.text, waiver.name.text)
        if rule not in rules and rule not in FAULTS:
            yield _unknown(waiver, source, scheme, indicator, rules, lang)
        elif waiver.reason and waiver.approver and waiver.until:
            reason, approver = waiver.reason.text, waiver.approver.text
            words, entry = waiver.name.span, _lines(source.text, waiver.span)
            yield Waiver(rule, subject, reason, approver, waiver.until, scheme, indicator, source, words, entry, is_inline=True)


def _unknown(waiver: InlineWaiver, source: Source, scheme: str, indicator: str, rules: Collection[str], lang: str) -> Finding:
    name = waiver.name.text
    near = suggest(name, rules)
    zh = f"没有规则“{name}”，这项豁免不起作用" + (f"，是不是要写 {near}？" if near else "")
    en = f"There is no rule “{name}”, so this waiver has no effect" + (f"; did you mean {near}?" if near else "")
    span = waiver.name.span
    return Finding(
        UNKNOWN,
        FAULTS[UNKNOWN][0],
        "warning",
        zh if lang == "zh" else en,
        source.path,
        scheme=scheme,
        indicator=indicator,
        location=source.locate(span),
        excerpt=name,
        fix=Fix((Edit(span, near),), safe=True, title=f"改为“{near}”" if lang == "zh" else f"write “{near}”").located(source)
        if near
        else None,
        source=source,
        span=span,
    )


def _lines(text: str, span: Span) -> Span:
    """Return the whole lines a block stands on, or the block alone where something else stands there too."""
    lines = whole_lines(text, span)
    alone = not text[lines.start : span.start].strip() and not text[span.end : lines.end].strip()
    return lines if alone else span
