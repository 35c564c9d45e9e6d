"""A rule's Markdown page → its title, sections, rule block and examples.

Only what a page may hold is understood: headings, fences, list lines, prose. A page is read again whenever somebody wants it explained or
its examples run; checking a draft needs none of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assesslint.policy.problems import Problem, problem_at
from assesslint.text.files import MOST_PAGE, read_text
from assesslint.text.source import Source, Span

CHINESE_SECTIONS = ("查什么", "为什么", "何时可豁免", "已知局限")
ENGLISH_SECTIONS = ("What it checks", "Why", "When a waiver is right", "Known gaps")
RULE, FLAGGED, PASSED = "规则", "应指出", "不应指出"

LEAST_FLAGGED, LEAST_PASSED = 3, 4
"""How many drafts a page shows of each kind, at least."""

BLANK = re.compile(r"【待填：([^】\n]*)】")
"""What a page begun by `rules new` holds where its maker has to decide."""

_EXPECTED = re.compile(r"[-*] +([a-z0-9-]+) +(.*)")
_NORM = r"[\w-]+\.[\w-]+"
_FINDING = re.compile(rf"(error|warning|advice) +“(.*)”(?: +({_NORM}(?:, *{_NORM})*))?(?: +提示：([^”]+))?")
_OPENING = re.compile(r"^(`{3,}) *(\w*(?: known-gap| fixed)?) *$")
_BLOCKS = r"(?:指标|加分指标|扣分指标|否决指标|类别|条款|indicator|bonus|deduction|veto|group|provision)"
_HAS_BLOCK = re.compile(rf"^[^\S\n]*{_BLOCKS}\s*[\"“]", re.MULTILINE)
_IS_SCHEME = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:方案|scheme)\s*[\"“]")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page at `span`: a `heading` (its level in `kind`, as `#` marks), a `fence` of some `kind`, or a `line` of text."""

    shape: str
    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding an example wants: exactly this excerpt; exactly these norms, and a message that says this, where the example names them."""

    rule: str
    severity: str
    excerpt: str
    norms: frozenset[str] = frozenset()
    says: str = ""

    def text(self) -> str:
        """Return the finding as an example writes it."""
        norms = f" {', '.join(sorted(self.norms))}" if self.norms else ""
        return f"{self.severity} “{self.excerpt}”{norms}" + (f" 提示：{self.says}" if self.says else "")


@dataclass(frozen=True, slots=True)
class Example:
    """A draft of a page, ready to be judged: `text` is in the scheme language when `kind` is `scheme`, a plain draft when `text`.

    A `known_gap` is expected not to come out as it should. `source` is the file it stands in where that is not the page. `fixed` is
    the same draft with what the rule's `fix` makes of it.
    """

    kind: str
    text: str
    span: Span
    expected: tuple[Expected, ...] = ()
    known_gap: bool = False
    source: Source | None = None
    fixed: Example | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page, read. `sections` maps each heading of prose to its text; `rule` is the place of the rule's text."""

    source: Source
    id: str
    family: str
    title: str
    sections: dict[str, str]
    rule: Span
    flagged: tuple[Example, ...]
    passed: tuple[Example, ...]
    cases: tuple[Example, ...] = ()
    """The rows of the table of cases beside the page."""

    @property
    def rule_text(self) -> str:
        return self.source.text[self.rule.start : self.rule.end]

    @property
    def examples(self) -> tuple[Example, ...]:
        return (*self.flagged, *self.passed, *self.cases)


def read_source(path: Path, name: str | None = None) -> Source:
    """Read a page `family/rule-id.md` of a rule repository, or the table beside it. Raises UnreadError."""
    text = read_text(path, MOST_PAGE, path.parent.parent)
    return Source(name or str(path), text.replace("\r\n", "\n").replace("\r", "\n"))


def blocks(source: Source) -> Iterator[Block]:
    """Yield the headings, fences and lines of a Markdown text, in order. A fence that is never closed runs to the end."""
    lines = source.text.splitlines(keepends=True)
    at = 0
    index = 0
    while index < len(lines):
        line = lines[index]
        text = line.rstrip()
        opening = _OPENING.match(text)
        if opening:
            start = at + len(line)
            end = start
            index += 1
            while index < len(lines) and lines[index].rstrip() != opening[1]:
                end += len(lines[index])
                index += 1
            yield Block("fence", opening[2], source.text[start:end], Span(start, end))
            at = end + (len(lines[index]) if index < len(lines) else 0)
        else:
            heading = re.match(r"(#{1,6}) +(.*)", text)
            kind = heading[1] if heading else ""
            yield Block("heading" if heading else "line", kind, heading[2] if heading else text, Span(at, at + len(text)))
            at += len(line)
        index += 1


def read_expected(rule: str, text: str) -> Expected | None:
    """Read `error “the words”`, perhaps with the norms and with words of the message: `error “…” GB2026-APP.scope 提示：由乡镇自建`."""
    match = _FINDING.fullmatch(text.strip())
    return Expected(rule, match[1], match[2], frozenset(re.findall(_NORM, match[3] or "")), match[4] or "") if match else None


def whole_scheme(text: str) -> str:
    """Return a scheme block as a whole file: wrapped in a scheme, and fields alone in an indicator, on the lines they stand on."""
    if _IS_SCHEME.match(text):
        return text
    if _HAS_BLOCK.search(text):
        return f'方案 "示例" {{ {text}}}\n'
    return f'方案 "示例" {{ 指标 "示例" 10分 {{ {text}}} }}\n'


def read_page(source: Source, family: str, name: str) -> tuple[Page | None, list[Problem]]:
    """Read a page; `name` is the rule's id. A page without a rule block, or with blanks, is None; other faults leave the page usable."""
    problems = [_unfilled(source, blank) for blank in BLANK.finditer(source.text)]
    if problems:
        return None, problems
    title = ""
    heading = ""
    order: list[str] = []
    sections: dict[str, list[str]] = {}
    rules: list[Span] = []
    drafts: dict[str, list[Example]] = {FLAGGED: [], PASSED: []}
    for block in blocks(source):
        if block.shape == "heading":
            heading = block.text.strip()
            if block.kind == "#":
                title = heading
            else:
                order.append(heading)
                sections[heading] = []
        elif block.shape == "fence" and block.kind == "rule":
            rules.append(block.span)
        elif block.shape == "fence" and heading in drafts:
            kind, _, mark = block.kind.partition(" ")
            if kind in ("scheme", "text"):
                text = whole_scheme(block.text) if kind == "scheme" else block.text
                example = Example(kind, text, block.span, known_gap=mark == "known-gap")
                if mark == "fixed":
                    problems += _take_fixed(source, example, drafts[heading] if heading == FLAGGED else [])
                else:
                    drafts[heading].append(example)
            else:
                zh, en = "例子的代码块写 ```scheme 或 ```text", "an example is a ```scheme or a ```text block"
                problems.append(problem_at(source, block.span, zh, en))
        elif heading in drafts and block.text.startswith(("- ", "* ")):
            problems += _take_expected(source, block, name, drafts[heading] if heading == FLAGGED else [])
        elif heading in sections:
            sections[heading].append(block.text)
    problems += _structure(source, title, order, rules, drafts)
    if not rules:
        return None, problems
    prose = {h: "\n".join(lines).strip() for h, lines in sections.items() if h in CHINESE_SECTIONS + ENGLISH_SECTIONS}
    return Page(source, name, family, title, prose, rules[0], tuple(drafts[FLAGGED]), tuple(drafts[PASSED])), problems


def _unfilled(source: Source, blank: re.Match[str]) -> Problem:
    zh, en = f"还没有填：{blank[1]}", f"not filled in yet: {blank[1]}"
    return problem_at(source, Span(blank.start(), blank.end()), zh, en)


def _take_expected(source: Source, block: Block, name: str, drafts: list[Example]) -> list[Problem]:
    """Add the finding of a list line to the draft above it."""
    match = _EXPECTED.fullmatch(block.text)
    expected = read_expected(name, match[2]) if match and match[1] == name else None
    if expected is None or not drafts:
        zh = f"此处应是一条期望的问题，写作：- {name} error “原文”，放在所说的例子之后"
        en = f"here stands a finding expected of the example above it: - {name} error “the words”"
        return [problem_at(source, block.span, zh, en)]
    last = drafts[-1]
    drafts[-1] = replace(last, expected=(*last.expected, expected))
    return []


def _take_fixed(source: Source, fixed: Example, drafts: list[Example]) -> list[Problem]:
    """Add to the draft above it what a fix makes of it."""
    if not drafts or drafts[-1].fixed is not None or drafts[-1].kind != fixed.kind:
        zh = "改后的样子写在应指出的例子和它期望的问题之后，代码块与例子同类，只写一个"
        en = "what a fix makes of a flagged example stands once, behind it and its findings, in a block of the same kind"
        return [problem_at(source, fixed.span, zh, en)]
    drafts[-1] = replace(drafts[-1], fixed=fixed)
    return []


def _structure(source: Source, title: str, order: list[str], rules: list[Span], drafts: dict[str, list[Example]]) -> list[Problem]:
    """Return what is missing from a page, or not where it belongs."""
    top = Span(0, 0)
    found: list[Problem] = []
    wanted = [*CHINESE_SECTIONS, "English", *ENGLISH_SECTIONS, RULE, FLAGGED, PASSED]
    missing = [h for h in wanted if h not in order]
    if not title:
        found.append(problem_at(source, top, "缺少标题：第一行写 # 中文标题", "the page begins with # and its Chinese title"))
    if missing:
        found.append(problem_at(source, top, f"缺少小节：{'、'.join(missing)}", f"sections are missing: {', '.join(missing)}"))
    elif [h for h in order if h in wanted] != wanted:
        found.append(problem_at(source, top, f"小节的次序应为：{'、'.join(wanted)}", f"the order of sections is: {', '.join(wanted)}"))
    if len(rules) != 1:
        zh, en = f"一页应有一个 ```rule 代码块，这里有 {len(rules)} 个", f"a page has one ```rule block, this one has {len(rules)}"
        found.append(problem_at(source, rules[1] if rules else top, zh, en))
    for heading, least in ((FLAGGED, LEAST_FLAGGED), (PASSED, LEAST_PASSED)):
        if heading in order and len(drafts[heading]) < least:
            zh = f"“{heading}”下至少要有 {least} 个例子，现有 {len(drafts[heading])} 个"
            en = f"“{heading}” needs at least {least} examples, it has {len(drafts[heading])}"
            found.append(problem_at(source, top, zh, en))
    for draft in drafts[FLAGGED]:
        if not draft.expected:
            zh, en = "例子之后缺少期望的问题", "the finding expected of this example is missing"
            found.append(problem_at(source, draft.span, zh, en))
    return found
