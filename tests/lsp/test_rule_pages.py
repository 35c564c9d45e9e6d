"""In the rule of a page: what is offered, what words mean, where that is said. In its drafts: what a scheme takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark.lexer import PatternStr
from lsprotocol.types import TextEdit

from assesslint.linter.rule_page import RuleFolder
from assesslint.lsp.completion import Known
from assesslint.lsp.rule_completion import CASE_CLAUSES, CLAUSES, page_completions
from assesslint.lsp.rule_help import page_definitions, page_hover
from assesslint.lsp.rule_words import fence_at, scope, type_of, word_at
from assesslint.policy.parse import rule_parser
from assesslint.policy.remedies import REMEDIES
from assesslint.scheme.vocabulary import FieldType, central_vocabulary
from assesslint.text.resources import resource
from tests.lsp.views import MARK, marked, page_marked, view_of

TOP = resource("rules")
PAGE = TOP / "adoption" / "download-quota.md"
TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder() -> RuleFolder:
    return RuleFolder(TOP)


def offered(folder: RuleFolder, old: str, new: str) -> dict[str, str]:
    """Return what is offered at the mark in `new`, which stands in the place of `old`, with what would be written."""
    view, at = page_marked(PAGE, old, new)
    found = page_completions(view, at, folder.norms, Known())
    return {item.label: item.text_edit.new_text for item in found if isinstance(item.text_edit, TextEdit)}


@pytest.mark.parametrize(
    ("old", "new", "some", "none"),
    [
        ("GB2026-APP.install-rate,", f"GB20{MARK},", {"GB2026-APP.install-rate", "WXW2023-ZJ.forced-promotion"}, set()),
        ("WXW2023-ZJ.forced-promotion", MARK, {"GB2026-APP.scope"}, set()),
        ("status: stable", f"status: {MARK}", {"preview", "stable", "deprecated"}, set()),
        ("waivable: never", f"waivable: n{MARK}", {"never", "with_reason"}, set()),
        ("severity: error", f"severity: {MARK}", {"error", "warning", "advice"}, set()),
        ("applies to: indicator", f"applies to: {MARK}", {"indicator", "scheme"}, set()),
        ("demand.action in", f"demand.{MARK} in", {"action", "force", "object"}, {"kind"}),
        ("demand.object.kind", f"demand.object.{MARK}", {"kind", "name"}, {"action"}),
        ("demand.action in adoption", f"demand.action in {MARK}", {"adoption", "usage"}, {"apps", "install"}),
        ("demand.action in adoption", f"demand.action in [install, {MARK}", {"register"}, {"adoption"}),
        ("demand.voice is own", f"demand.voice is not {MARK}", {"own", "quoted"}, {"install"}),
        ("demand.voice is own", f"demand.target is {MARK}", {"known", "absent"}, {"own"}),
        ("in indicator.demands", f"in {MARK}", {"indicator.demands", "scheme.indicators"}, {"indicator.points"}),
        ("any(c in indicator.consequences:", f"any(c in {MARK}", {"indicator.consequences"}, set()),
        ("c.hangs_on", f"c.{MARK}", {"hangs_on", "direction"}, {"action"}),
        ("  at demand.words", f"  {MARK}", set(CLAUSES), {"severity"}),
        ("severity: error  basis", f"{MARK}\n basis", {*CASE_CLAUSES, "when"}, {"title"}),
        ("  when demand", f"  when {MARK}demand", {"demand", "pressed", "any"}, set()),
        ("  at demand.words", f"  fix: {MARK}\n at demand.words", set(REMEDIES), {"title"}),
        ("  at demand.words", f"  fix: add_evidence on{MARK}\n at demand.words", {"outcome_data"}, {"pressed"}),
        ("  at demand.words", f"  fix: lower_frequency {MARK}\n at demand.words", {"pressed"}, {"demand", "outcome_data"}),
        ('title en: "D', f'title en: "{MARK}D', set(), {"title", "demand"}),
        ("  at demand.words", f"  # {MARK}", set(), {"at"}),
        ("佐证: 系统数据", f"佐证: {MARK}", {"截图"}, {"demand"}),
        ('指标 "应用推广" 10分 {\n', f'指标 "应用推广" 10分 {{\n{MARK}\n', {"评分", "佐证"}, {"方案"}),
        ("度量: 激活率", f"{MARK}\n度量: 激活率", {"评分", "佐证"}, {"方案"}),
        ("# 下载安装指标", f"# 下载{MARK}", set(), {"评分", "title"}),
    ],
)
def test_what_is_offered_where(folder: RuleFolder, old: str, new: str, some: set[str], none: set[str]) -> None:
    found = offered(folder, old, new).keys()
    assert some <= found
    assert not none & found


HEADS = (
    "title", "status", "replaced", "waivable", "subject", "parameter", "loop", "let", "when", "unless", "case", "at", "message", "advise",
    "fix", "severity", "basis", "unfounded",
)  # fmt: skip
"""The clauses as the grammar calls them."""

EXPRESSIONS = frozenset({"rule", "literal", "negation"})
"""What begins with a word of the language and is no clause."""


def test_every_clause_of_the_language_is_offered() -> None:
    begun = {clause.split()[0].rstrip(":") for clause in (*CLAUSES.values(), *CASE_CLAUSES.values())}
    words = {each.name for each in rule_parser().terminals if isinstance(each.pattern, PatternStr) and each.pattern.value.isalpha()}
    first = {rule.origin.name: rule.expansion[0].name for rule in rule_parser().rules}
    assert begun == {first[name].lstrip("_").lower() for name in HEADS}
    assert {*HEADS, *EXPRESSIONS} == {name for name, word in first.items() if word in words and not name.startswith("_")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("GB2026-APP.install-rate", ("不得强推下载使用", "国办函〔2026〕12号")),
        ("demand.action in", ("`demand.action`", "动作")),
        ("demand.object.kind", ("`demand`", "要求")),
        ("adoption and", ("推广类动作", "安装")),
        ("emergency, security]", ("情形",)),
        ("c.hangs_on", ("`c`", "后果")),
    ],
)
def test_what_words_mean(folder: RuleFolder, words: str, said: tuple[str, ...]) -> None:
    view = view_of(TEXT, PAGE.as_uri(), "markdown")
    found = page_hover(view, TEXT.index(words, TEXT.index("```rule")) + (10 if words == "demand.action in" else 1), folder, "zh")
    assert found is not None
    for part in said:
        assert part in getattr(found.contents, "value", "")


def test_prose_means_nothing(folder: RuleFolder) -> None:
    view = view_of(TEXT, PAGE.as_uri(), "markdown")
    assert page_hover(view, TEXT.index("应用、小程序"), folder, "zh") is None
    assert page_definitions(view, TEXT.index("应用、小程序"), folder) == []
    assert page_hover(view, TEXT.index("pressed and") if "pressed and" in TEXT else TEXT.index("pressed"), folder, "en") is None


@pytest.mark.parametrize(
    ("words", "file", "line"),
    [
        ("GB2026-APP.install-rate", "norms/GB2026-APP.toml", "[clauses.install-rate]"),
        ("adoption and", "vocabulary.toml", "adoption "),
        ("demand.action in", "vocabulary.toml", ""),
        ("emergency, security]", "vocabulary.toml", "emergency"),
    ],
)
def test_where_it_is_said(folder: RuleFolder, words: str, file: str, line: str) -> None:
    view = view_of(TEXT, PAGE.as_uri(), "markdown")
    at = TEXT.index(words, TEXT.index("```rule")) + len(words.split()[0].rstrip(",")) - 1
    found = page_definitions(view, at, folder)
    assert found
    assert found[0].uri == (TOP / file).as_uri()
    assert (TOP / file).read_text(encoding="utf-8").splitlines()[found[0].range.start.line].startswith(line)


def test_another_rule_leads_to_its_page(folder: RuleFolder) -> None:
    view, at = page_marked(PAGE, "status: stable", f"status: deprecated\n  replaced by: follow{MARK}-quota")
    [found] = page_definitions(view, at, folder)
    assert found.uri == (TOP / "adoption" / "follow-quota.md").as_uri()


def test_names_are_typed_by_what_they_walk() -> None:
    names = scope("for demand in indicator.demands let x = 1 when any(c in indicator.consequences: c.kind is ranking) for d in nothing.at")
    assert names["demand"] == FieldType("Demand")
    assert names["c"] == FieldType("Consequence")
    assert names["x"] is None and names["d"] is None
    assert type_of("demand.object.kind", names) == central_vocabulary().records["Object"]["kind"]
    assert type_of("demand.none.kind", names) is None


def test_words_and_fences() -> None:
    assert word_at("a GB2026-APP.scope, b", 5) is not None
    assert word_at("a  b", 2) is None
    view, at = marked(f"# 题\n```rule\nrule {MARK}x {{}}\n```\n文字\n")
    fence = fence_at(view.text.text, at)
    assert fence is not None and fence.kind == "rule"
    assert fence_at(view.text.text, 1) is None


@settings(deadline=None)
@given(st.text(st.sampled_from('rule when demand.action in [任务] basis: "#\n{}()，:. '), max_size=60), st.data())
def test_any_rule_has_an_answer(text: str, data: st.DataObject) -> None:
    folder = _folder()
    page = f"# 题\n\n## 规则\n\n```rule\n{text}\n```\n\n```scheme\n{text}\n```\n"
    at = data.draw(st.integers(0, len(page)))
    view = view_of(page, PAGE.as_uri(), "markdown")
    for item in page_completions(view, at, folder.norms, Known(snippets=True)):
        assert isinstance(item.text_edit, TextEdit)
        span = view.text.span(item.text_edit.range)
        assert span.start <= at <= span.end
    page_hover(view, at, folder, "zh")
    page_definitions(view, at, folder)


_made: list[RuleFolder] = []


def _folder() -> RuleFolder:
    if not _made:
        _made.append(RuleFolder(Path(TOP)))
    return _made[0]
