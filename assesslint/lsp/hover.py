"""A place in a draft → what is known of it: the rules that object and their norms, the facts its words became, what a keyword may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from lsprotocol.types import Hover, MarkupContent, MarkupKind

from assesslint.findings.model import SEVERITY_NAMES, Finding
from assesslint.findings.problems import FolderError
from assesslint.linter.errors import RunError
from assesslint.linter.faults import fault_info
from assesslint.linter.trace import TracedFact, TracedIndicator, TracedWord
from assesslint.lsp.documents import SCHEME, View
from assesslint.lsp.folders import Folder
from assesslint.lsp.judging import Judged
from assesslint.lsp.navigation import covers, name_at
from assesslint.lsp.place import place_at
from assesslint.policy.page import Page
from assesslint.policy.rulebook import Rulebook
from assesslint.scheme.keywords import BlockWord, FieldWord, block_words, described, field_words, terms_of
from assesslint.scheme.measures import measure_name, measure_names
from assesslint.scheme.parse import plain
from assesslint.scheme.syntax import scanner
from assesslint.scheme.tokens import Token, scan
from assesslint.scheme.vocabulary import central_names, central_vocabulary
from assesslint.text.source import Span

SECTIONS = {"zh": "查什么", "en": "What it checks"}


def hover(view: View, offset: int, judged: Judged, folder: Folder, traced: Iterable[TracedIndicator]) -> Hover | None:
    """Return what is known of the words at an offset; None where nothing is."""
    findings = [finding for finding in _findings(judged) if covers(finding, judged, offset)]
    try:
        rulebook = folder.rulebook()
    except (RunError, FolderError):
        rulebook = None
    parts = [*_rules(findings, rulebook, judged.lang), *_reading(traced, offset - view.shift, judged.lang)]
    if view.kind == SCHEME:
        parts += _keyword(view, offset, judged.lang)
    if not parts:
        return None
    return Hover(MarkupContent(MarkupKind.Markdown, "\n\n---\n\n".join(parts)))


def _findings(judged: Judged) -> Iterator[Finding]:
    if judged.report is not None:
        yield from judged.report.findings
        yield from (waived.finding for waived in judged.report.waived)


# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rules(findings: Sequence[Finding], rulebook: Rulebook | None, lang: str) -> Iterator[str]:
    """Yield of each rule that objects its title, how severe it is here, what it checks and the norms it cites."""
    for rule in dict.fromkeys(finding.rule for finding in findings):
        own = [finding for finding in findings if finding.rule == rule]
        known = rulebook.rules.get(rule) if rulebook is not None else None
        title = known.title[lang] if known is not None else fault_info(rule, lang).title
        severity = SEVERITY_NAMES[lang][own[0].severity]
        lines = [f"**{escaped(title)}** `{rule}` · {severity}"]
        if rulebook is not None and known is not None:
            lines += _what_it_checks(rulebook, rule, lang)
        lines += dict.fromkeys(escaped(basis.sentence(lang)) for finding in own for basis in finding.basis)
        yield "\n\n".join(lines)


def _what_it_checks(rulebook: Rulebook, rule: str, lang: str) -> list[str]:
    page = page_of(rulebook, rule)
    section = page.sections.get(SECTIONS[lang], "") if page is not None else ""
    return [escaped(section)] if section else []


def page_of(rulebook: Rulebook, rule: str) -> Page | None:
    """Return the page of a rule, None where it cannot be read any more."""
    try:
        return rulebook.page(rule)
    except (OSError, ValueError, KeyError):
        return None


# ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reading(traced: Iterable[TracedIndicator], offset: int, lang: str) -> Iterator[str]:
    """Yield the facts that the words at an offset were read into, and the words of the lexicon met there."""
    for indicator in traced:
        facts = [fact for fact in indicator.facts if fact.record != "Scheme" and _stand(fact.spans, offset)]
        words = [word for _, met in indicator.met for word in met if _stand(word.spans, offset)]
        lines = [*dict.fromkeys(_fact(fact, lang) for fact in facts), *_words(words, lang)]
        if lines:
            head = "读作" if lang == "zh" else "Read as"
            yield f"**{head}**\n\n" + "\n".join(f"- {line}" for line in lines)


def _stand(spans: Iterable[Span], offset: int) -> bool:
    return any(span.start <= offset < span.end for span in spans)


def _fact(fact: TracedFact, lang: str) -> str:
    mark = "：" if lang == "zh" else ": "
    record = _names()["records"].get(fact.record, {}).get(lang, fact.record)
    said = "，".join(_said(value, fact.record, lang) for value in fact.said)
    rules = f" → {', '.join(fact.rules)}" if fact.rules else ""
    return f"“{escaped(' '.join(fact.words.split()))}” {record}{mark}{said}{rules}"


def _said(value: str, record: str, lang: str) -> str:
    """Return `field=value` with the field under the name people know it by."""
    name, _, rest = value.partition("=")
    fields = _names()["fields"]
    known = fields.get(f"{record}.{name}") or fields.get(name, {})
    return f"{known.get(lang, name)} {escaped(rest)}"


def _words(words: Iterable[TracedWord], lang: str) -> Iterator[str]:
    """Yield the words of the lexicon with their meanings, on one line."""
    met = dict.fromkeys(f"{escaped(word.text)} `{word.meaning}`" for word in words)
    if met:
        yield f"词表：{'、'.join(met)}" if lang == "zh" else f"lexicon: {', '.join(met)}"


@cache
def _names() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return central_names()


# ── keywords ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _keyword(view: View, offset: int, lang: str) -> Iterator[str]:
    """Yield what a keyword, a word of the vocabulary or a declared name means."""
    named = name_at(view, offset)
    if named is not None:
        yield _declaration(view, named.place)
        return
    token = next((each for each in scan(scanner(), plain(view.text.text), []) if each.end > offset), None)
    if token is None or not token.start <= offset < token.end:
        return
    place = place_at(view.text.text, token.end if token.type in ("WORD", "FIELD") else offset)
    text = token.text.rstrip(":：(（ \t\u3000")
    if token.type == "FIELD" and place.block is not None and (field := field_words(place.block.id).get(text)):
        yield _field(field, lang)
    elif token.type == "WORD" and text in block_words() and place.role == "entry":
        yield _block(block_words()[text], lang)
    else:
        yield from _term(token, text, place.field, lang)


def _field(field: FieldWord, lang: str) -> str:
    return f"**{field.zh}** · {field.en}\n\n{escaped(described(field, lang))}"


def _block(block: BlockWord, lang: str) -> str:
    fields = ("、" if lang == "zh" else ", ").join(field.word(lang) for field in block.fields)
    return f"**{block.zh}** · {block.en}\n\n{fields}"


def _term(token: Token, text: str, field: FieldWord | None, lang: str) -> Iterator[str]:
    if token.type == "CALL" and text in measure_names():
        action, measure = measure_names()[text]
        yield f"**{measure_name(action, measure, 'zh')}** · {measure_name(action, measure, 'en')}"
    elif field is not None and field.enum and (value := terms_of(field.enum, field.groups).get(text)):
        names = central_vocabulary().enums[field.enum]
        what = _names()["enums"].get(field.enum, {}).get(lang, field.enum)
        yield f"**{names.zh[value]}** · {names.en[value]}\n\n{what} `{value}`"


def _declaration(view: View, place: Span) -> str:
    """Return the block that declares a name, as it is written."""
    for scheme in view.blocks:
        for entry in scheme.entries:
            if entry.word.end <= place.start and hasattr(entry, "closing") and place.end <= entry.closing.end:
                return f"```assess\n{view.text.text[entry.word.start : entry.closing.end]}\n```"
    return ""


def escaped(text: str) -> str:
    """Return a text of a draft or a rule as Markdown that shows it as it is, and leads nowhere."""
    return "".join(f"\\{character}" if character in _MARKS else character for character in text)


_MARKS = frozenset("\\`*_{}[]()<>#+-.!|~&")
