"""A rulebook → the files of its site: each page in Chinese, at the top, and in English, in `en/`.

The same rules give the same bytes. Nothing is loaded from anywhere else and nothing runs: pages, one style sheet, no script.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from posixpath import relpath
from typing import Any
from urllib.parse import quote

from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES
from assesslint.policy import tree
from assesslint.policy.changes import RuleText
from assesslint.policy.norms import Clause, Norm, load_norms
from assesslint.policy.page import CHINESE_SECTIONS, ENGLISH_SECTIONS, Page
from assesslint.policy.rulebook import Rulebook
from assesslint.policy.show import duration, number
from assesslint.reports.pages import BASE_STYLE, in_language, templates
from assesslint.reports.site import words
from assesslint.reports.site.prose import change_log, to_html
from assesslint.reports.site.rule_text import groups_named, rule_html
from assesslint.reports.site.shown import shown_cases, shown_examples
from assesslint.scheme.vocabulary import FieldType, central_names
from assesslint.text.resources import resource

Files = dict[str, bytes]
"""Name below the site → content."""

HERE = Path(__file__).parent
CHANGE_LOG = "CHANGELOG.md"
STYLE = "site.css"
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class CitedClause:
    """A clause with the rules that cite it."""

    norm: Norm
    clause: Clause
    rules: tuple[tree.Rule, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """Where a site is part of a larger one: the addresses of its front page and of what searches it."""

    home: str
    search: str


def build_site(
    rulebook: Rulebook, day: date | None = None, changes: Iterable[RuleText] | None = None, *, door: Door | None = None
) -> Files:
    """Return the files of a site. Examples are judged by the norms in force on `day`, today when None, and a day given is told.

    `changes` since an older version stand above the change log of the pack. Raises OSError when a page is gone meanwhile.
    """
    material = _Material(rulebook, day, None if changes is None else tuple(changes), door)
    files = {STYLE: b"".join(sheet.read_bytes() for sheet in (BASE_STYLE, HERE / "templates" / STYLE))}
    for lang in LANGUAGES:
        files |= {name: text.encode("utf-8") for name, text in _Site(material, lang).pages()}
    return dict(sorted(files.items()))


class _Material:
    """What the pages of both languages are made from."""

    def __init__(self, rulebook: Rulebook, day: date | None, changes: tuple[RuleText, ...] | None, door: Door | None) -> None:
        self.rulebook = rulebook
        self.door = door
        self.day_given = day
        self.day = day or date.today()
        self.changes = changes
        self.vocabulary = rulebook.vocabulary
        self.names = central_names()
        self.also = _also(resource("rules") / "vocabulary.toml")
        self.pages = {rule: rulebook.page(rule) for rule in rulebook.rules}
        self.norms = {norm.id: norm for norm in norms_of(rulebook)}
        self.clauses = {
            (norm.id, clause.id): CitedClause(norm, clause, tuple(r for r in rulebook.rules.values() if _cites(r, norm.id, clause.id)))
            for norm in self.norms.values()
            for clause in norm.clauses.values()
        }
        pack = rulebook.packs[-1] if rulebook.packs else None
        log = (pack.folder if pack else rulebook.folder) / CHANGE_LOG
        self.log = log.read_text(encoding="utf-8") if log.is_file() else ""


def _also(path: Path) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return the further words of each value, by enumeration: the vocabulary as loaded does not keep them apart."""
    enums = tomllib.loads(path.read_text(encoding="utf-8"))["enums"]
    return {name: {value: entry.get("also", ()) for value, entry in values.items()} for name, values in enums.items()}


def norms_of(rulebook: Rulebook) -> list[Norm]:
    """Return the norms that rules may cite, the central ones and those of the packs, from the highest level down."""
    norms: dict[str, Norm] = {}
    for folder in dict.fromkeys((resource("rules"), *(pack.folder for pack in rulebook.packs))):
        found, _ = load_norms(folder / "norms")
        norms |= found
    return sorted(norms.values(), key=_rank)


def _rank(norm: Norm) -> tuple[int, date, str]:
    """Order norms from the highest level down, the older before the newer."""
    levels = list(words.LEVELS)
    return levels.index(norm.level) if norm.level in levels else len(levels), norm.in_force, norm.id


def _cites(rule: tree.Rule, norm: str, clause: str) -> bool:
    return any(c.norm == norm and c.clause == clause for case in rule.cases for c in case.citations)


class _Site:
    """The pages in one language."""

    def __init__(self, material: _Material, lang: str) -> None:
        self.material = material
        self.lang = lang
        self.rulebook = material.rulebook
        self.at = 0 if lang == "zh" else 1
        filled = templates(HERE / "templates")
        filled.globals.update(
            t=in_language(words.WORDS, lang),
            lang=lang,
            confidences=in_language(words.CONFIDENCE, lang),
            levels=in_language(words.LEVELS, lang),
            statuses=in_language(words.STATUS, lang),
            status_notes=in_language(words.STATUS_NOTES, lang),
            waivable=in_language(words.WAIVABLE, lang),
            subjects=in_language(words.SUBJECTS, lang),
            severities=SEVERITY_NAMES[lang],
            severities_of=_severities,
            sentences=lambda bases: dict.fromkeys(basis.sentence(lang) for basis in bases),
            title=lambda rule: rule.title[lang],
            family=lambda name: self.rulebook.family_title(name, lang),
            pack_title=self.pack_title,
            version=", ".join(f"{pack.id} {pack.version}".strip() for pack in self.rulebook.packs),
            day_given=material.day_given,
            door=material.door,
        )
        self.templates = filled

    def pages(self) -> Iterator[tuple[str, str]]:
        material = self.material
        covered = sum(bool(cited.rules) for cited in material.clauses.values())
        yield self.page(
            "index.html",
            "index.html",
            families=[
                (family, [rule for rule in self.rulebook.rules.values() if rule.family == family])
                for family in dict.fromkeys(rule.family for rule in self.rulebook.rules.values())
            ],
            examples=sum(len(page.examples) for page in material.pages.values()),
            clauses=len(material.clauses),
            covered=covered,
            removed=[(old, self.rulebook.rules[new]) for old, new in sorted(self.rulebook.removed.items())],
        )
        for old, new in self.rulebook.removed.items():
            yield self.page(f"rules/{old}.html", "removed.html", old=old, rule=self.rulebook.rules[new])
        for rule in self.rulebook.rules.values():
            yield self.page(f"rules/{rule.id}.html", "rule.html", **self.rule(rule))
        yield self.page(
            "norms.html",
            "norms.html",
            norms=[(norm, [material.clauses[norm.id, clause] for clause in norm.clauses]) for norm in material.norms.values()],
            uncovered=[cited for cited in material.clauses.values() if not cited.rules],
        )
        for norm in material.norms.values():
            cited = [material.clauses[norm.id, clause] for clause in norm.clauses]
            yield self.page(f"norms/{norm.id}.html", "norm.html", norm=norm, cited=cited)
        yield self.page("vocabulary.html", "vocabulary.html", **self.words())
        yield self.page("changes.html", "changes.html", **self.changes())

    def page(self, name: str, template: str, **content: Any) -> tuple[str, str]:
        """Return a page's name in the site and its text; links in it lead from where it stands."""
        place = PurePosixPath(name if self.lang == "zh" else f"en/{name}")
        other = f"en/{name}" if self.lang == "zh" else name

        def top(target: str) -> str:
            return quote(relpath(target, place.parent.as_posix()))

        def to(target: str) -> str:
            return top(target if self.lang == "zh" else f"en/{target}")

        if "rule_source" in content:
            content["rule_html"] = rule_html(content.pop("rule_source"), lambda kind, written: self.address(kind, written, to))
        text = self.templates.get_template(template).render(here=name, to=to, style=top(STYLE), other=top(other), **content)
        return place.as_posix(), text

    def pack_title(self, rule: tree.Rule | None = None) -> str:
        """Return the title of the pack a rule is from, of the pack itself when None."""
        packs = self.rulebook.packs
        if not packs:
            return self.rulebook.folder.name
        pack = packs[self.rulebook.origin[rule.id]] if rule else packs[-1]
        return pack.title.get(self.lang, pack.id)

    def address(self, kind: str, written: str, to: Any) -> str:
        """Return where a word of a rule is explained."""
        if kind == "clause":
            norm, _, clause = written.partition(".")
            return to(f"norms/{norm}.html") + f"#{clause}" if (norm, clause) in self.material.clauses else ""
        return to("vocabulary.html") + f"#group-{written}" if written in self.material.vocabulary.groups else ""

    # ── a rule ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def rule(self, rule: tree.Rule) -> Mapping[str, Any]:
        page = self.material.pages[rule.id]
        flagged, passed = shown_examples(self.rulebook, page, self.material.day, self.lang)
        columns, rows = shown_cases(self.rulebook, page, self.material.day, self.lang)
        citations = dict.fromkeys((c.norm, c.clause) for case in rule.cases for c in case.citations)
        return {
            "rule": rule,
            "rules": self.rulebook.rules,
            "several_packs": len(self.rulebook.packs) > 1,
            "sections": self.sections(page),
            "cited": [self.material.clauses[key] for key in citations if key in self.material.clauses],
            "reasons": [(case.severity, case.reason) for case in rule.cases if not case.citations],
            "parameters": [self.parameter(parameter) for parameter in rule.parameters],
            "rule_source": page.rule_text.rstrip("\n"),
            "flagged": flagged,
            "passed": passed,
            "columns": columns,
            "rows": rows,
        }

    def sections(self, page: Page) -> list[tuple[str, Any]]:
        labels = in_language(words.WORDS, self.lang)
        headings = CHINESE_SECTIONS if self.lang == "zh" else ENGLISH_SECTIONS
        keys = ("what_it_checks", "why", "when_waived", "known_gaps")
        return [(labels[key], to_html(page.sections[heading])) for key, heading in zip(keys, headings, strict=True)]

    def parameter(self, parameter: tree.Parameter) -> tuple[str, str, str]:
        value = duration(parameter.default, self.lang) if parameter.type == "duration" else number(parameter.default)
        return parameter.name, value, words.STRICTER[parameter.stricter][self.at]

    # ── the vocabulary ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def words(self) -> Mapping[str, Any]:
        vocabulary, names = self.material.vocabulary, self.material.names
        used: dict[str, list[tree.Rule]] = {group: [] for group in vocabulary.groups}
        for rule in self.rulebook.rules.values():
            for group in groups_named(self.material.pages[rule.id].rule_text) & used.keys():
                used[group].append(rule)
        return {
            "enums": [
                (name, names["enums"][name], [(v, enum.zh[v], enum.en[v], self.material.also[name].get(v, ())) for v in enum.zh])
                for name, enum in vocabulary.enums.items()
            ],
            "groups": [
                (name, names["groups"][name], group.enum, [(v, vocabulary.name(group.enum, v, self.lang)) for v in sorted(group.members)])
                for name, group in vocabulary.groups.items()
            ],
            "used": used,
            "records": [
                (record, names["records"][record], [(f, self.field_name(record, f), *self.type(kind)) for f, kind in fields.items()])
                for record, fields in vocabulary.records.items()
            ],
        }

    def field_name(self, record: str, field: str) -> Mapping[str, str]:
        names = self.material.names["fields"]
        return names.get(f"{record}.{field}") or names[field]

    def type(self, kind: FieldType) -> tuple[str, str]:
        """Return a type in words, and the part of the page that explains it, if any."""
        vocabulary, names = self.material.vocabulary, self.material.names
        if kind.base in vocabulary.enums:
            said, anchor = names["enums"][kind.base][self.lang], f"enum-{kind.base}"
        elif kind.base in vocabulary.records:
            said, anchor = names["records"][kind.base][self.lang], f"record-{kind.base}"
        else:
            said, anchor = words.TYPES[kind.base][self.at], ""
        if kind.many:
            said = words.MANY[self.at].format(said)
        return (words.OPTIONAL[self.at].format(said) if kind.optional else said), anchor

    # ── the change log ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def changes(self) -> Mapping[str, Any]:
        changes = self.material.changes
        log = self.material.log
        return {
            "since": None if changes is None else [(change, [told[self.at] for told in change.told]) for change in changes],
            "rules": self.rulebook.rules,
            "log": to_html(change_log(log, self.lang)) if log else "",
        }


def _severities(rule: tree.Rule) -> list[str]:
    return sorted({case.severity for case in rule.cases}, key=SEVERITIES.index)
