"""The rules a server judges by → their site, to be browsed, and an index of rules and clauses, to be searched and asked for."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assesslint.findings.model import SEVERITIES
from assesslint.policy.page import CHINESE_SECTIONS, ENGLISH_SECTIONS
from assesslint.policy.tree import Rule
from assesslint.reports.site.build import Door, build_site, norms_of
from assesslint.web.exchange import Answer, Job
from assesslint.web.judging import Judging

TOP = "/rules/"
"""Where the site of the rules stands on the server."""

MOST_FOUND = 60
"""Entries listed for one search."""


@dataclass(frozen=True, slots=True)
class Library:
    """`files` is the site, by name; `rules` and `norms` are what the API says of them."""

    files: Mapping[str, bytes]
    rules: tuple[Mapping[str, Any], ...]
    norms: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule or a clause that was found. `address` is where it is explained, `kind` is `rule` or `clause`."""

    kind: str
    title: str
    text: str
    address: str
    severities: tuple[str, ...] = ()


def library(judging: Judging, job: Job) -> Answer:  # noqa: ARG001
    """Return the library as JSON, for the server to keep: it takes longer to make than any draft to judge."""
    rulebook = judging.rulebook
    files = build_site(rulebook, judging.settings.as_of, door=Door("/", "/search"))
    norms = [
        {
            "id": norm.id,
            "title": norm.title,
            "issuer": norm.issuer,
            "number": norm.number,
            "level": norm.level,
            "in_force": norm.in_force.isoformat(),
            "clauses": [
                {
                    "id": clause.id,
                    "reference": clause.ref if clause.confidence == "sure" else "",
                    "confidence": clause.confidence,
                    "says": {"zh": clause.zh, "en": clause.en},
                }
                for clause in norm.clauses.values()
            ],
        }
        for norm in norms_of(rulebook)
    ]
    rules = [_rule(rule, {lang: rulebook.family_title(rule.family, lang) for lang in ("zh", "en")}) for rule in rulebook.rules.values()]
    told = {"files": {name: data.decode("utf-8") for name, data in files.items()}, "rules": rules, "norms": norms}
    return Answer("application/json", data=json.dumps(told, ensure_ascii=False).encode("utf-8"))


def read_library(data: bytes) -> Library:
    told = json.loads(data)
    return Library({name: text.encode("utf-8") for name, text in told["files"].items()}, tuple(told["rules"]), tuple(told["norms"]))


def _rule(rule: Rule, family: Mapping[str, str]) -> Mapping[str, Any]:
    sections = {"zh": CHINESE_SECTIONS, "en": ENGLISH_SECTIONS}
    said = {lang: [rule.sections.get(heading, "") for heading in headings] for lang, headings in sections.items()}
    return {
        "id": rule.id,
        "family": rule.family,
        "family_title": family,
        "title": dict(rule.title),
        "status": rule.status,
        "waivable": rule.waivable,
        "severities": sorted({case.severity for case in rule.cases}, key=SEVERITIES.index),
        "norms": [
            {"norm": norm, "clause": clause}
            for norm, clause in dict.fromkeys((c.norm, c.clause) for case in rule.cases for c in case.citations)
        ],
        **{key: {lang: texts[at] for lang, texts in said.items()} for at, key in enumerate(("checks", "why", "waiver"))},
    }


def found(library: Library, words: str, lang: str) -> list[Entry]:
    """Return the rules and clauses in which all words stand, those first that have them in their titles."""
    wanted = _plain(words).split()
    entries = [*_rule_entries(library.rules, lang), *_clause_entries(library.norms, lang)]
    fits = [(entry, _plain(f"{entry.title} {hidden}"), _plain(entry.text)) for entry, hidden in entries]
    hits = [
        (not all(word in title for word in wanted), entry)
        for entry, title, text in fits
        if wanted and all(word in title or word in text for word in wanted)
    ]
    return [entry for _, entry in sorted(hits, key=lambda hit: hit[0])][:MOST_FOUND]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _within(lang: str) -> str:
    return TOP if lang == "zh" else f"{TOP}en/"


def _rule_entries(rules: Iterable[Mapping[str, Any]], lang: str) -> list[tuple[Entry, str]]:
    """Return each rule with further words that it is found by."""
    return [
        (
            Entry("rule", rule["title"][lang], rule["checks"][lang], f"{_within(lang)}rules/{rule['id']}.html", tuple(rule["severities"])),
            f"{rule['id']} {rule['family_title'][lang]}",
        )
        for rule in rules
    ]


def _clause_entries(norms: Iterable[Mapping[str, Any]], lang: str) -> list[tuple[Entry, str]]:
    return [
        (
            Entry(
                "clause",
                f"{norm['title']} {clause['reference']}".strip(),
                clause["says"][lang],
                f"{_within(lang)}norms/{norm['id']}.html#{clause['id']}",
            ),
            f"{norm['number']} {norm['id']}.{clause['id']}",
        )
        for norm in norms
        for clause in norm["clauses"]
    ]
