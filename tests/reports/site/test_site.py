"""The site of the rules: complete, whole, safe to open, and the same whenever the rules are."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from html import escape, unescape
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.linter.check import load_rulebook
from assesslint.policy.changes import RuleText, text_changes
from assesslint.policy.rulebook import Rulebook
from assesslint.reports.site.build import Files, build_site
from assesslint.reports.site.prose import change_log, to_html
from assesslint.reports.site.rule_text import groups_named, rule_html
from assesslint.reports.site.shown import marked
from assesslint.scheme.vocabulary import central_names, central_vocabulary
from assesslint.text.source import Span
from tests.markup import Parsed

ROOT = Path(__file__).parent.parent.parent.parent
DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="module")
def site(rulebook: Rulebook) -> Files:
    return build_site(rulebook, DAY)


@pytest.fixture(scope="module")
def parsed(site: Files) -> dict[str, Parsed]:
    return {name: Parsed(data.decode("utf-8")) for name, data in site.items() if name.endswith(".html")}


def broken_links(pages: dict[str, Parsed], files: Files) -> Iterator[str]:
    """Yield each link that leads to no file of the site, or to no place in it; links to the web are left alone."""
    for name, page in pages.items():
        for link in page.values("href"):
            target = urlsplit(link)
            if target.scheme in ("http", "https"):
                continue
            path = normpath(f"{name}/../{unquote(target.path)}") if target.path else name
            if path not in files or (target.fragment and unquote(target.fragment) not in pages[path].values("id")):
                yield f"{name}: {link}"


def test_every_link_leads_somewhere(site: Files, parsed: dict[str, Parsed]) -> None:
    assert list(broken_links(parsed, site)) == []


def test_a_broken_link_is_seen(site: Files) -> None:
    pages = {"a.html": Parsed('<a href="site.css"></a><a href="b.html"></a><a href="#no"></a><a id="yes" href="#yes"></a>')}
    assert list(broken_links(pages, {**site, "a.html": b""})) == ["a.html: b.html", "a.html: #no"]


def test_every_page_is_whole_and_can_be_read_by_all(parsed: dict[str, Parsed]) -> None:
    for name, page in parsed.items():
        assert page.unbalanced == [], name
        assert page.tags["h1"] == page.tags["main"] == page.tags["title"] == 1, name
        ids = page.values("id")
        assert len(ids) == len(set(ids)), name
        assert ("html", "lang", "en" if name.startswith("en/") else "zh-CN") in page.attributes, name
        assert ("meta", "name", "viewport") in page.attributes, name


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs(parsed: dict[str, Parsed], site: Files) -> None:
    for name, page in parsed.items():
        assert not page.tags.keys() & {"script", "iframe", "object", "img", "form", "style"}, name
        assert not [a for _, a, _ in page.attributes if a.startswith("on") or a in ("src", "style")], name
        assert all("://" not in value for tag, attribute, value in page.attributes if tag == "link"), name
    assert b"url(" not in site["site.css"] and b"@import" not in site["site.css"]


def test_every_page_is_there_in_both_languages(site: Files, rulebook: Rulebook) -> None:
    chinese = {name for name in site if name.endswith(".html") and not name.startswith("en/")}
    assert {f"en/{name}" for name in chinese} == {name for name in site if name.startswith("en/")}
    assert {f"rules/{rule}.html" for rule in rulebook.rules} <= chinese
    assert {f"norms/{norm.stem}.html" for norm in (ROOT / "rules" / "norms").glob("*.toml")} <= chinese


def test_the_same_rules_give_the_same_bytes(site: Files) -> None:
    assert build_site(load_rulebook(cached=False), DAY) == site


def test_a_rule_page_shows_what_the_linter_finds(site: Files) -> None:
    chinese, english = (site[f"{folder}rules/download-quota.html"].decode("utf-8") for folder in ("", "en/"))
    assert "<mark>激活率达到50%<sup>1</sup></mark>得满分" in chinese
    assert "“激活率达到50%”把“干部之家”的激活作为考核要求" in chinese
    assert "<dd>疑不符合《政务移动互联网应用程序规范化管理办法》（国办函〔2026〕12号）第（三）类禁止情形（条号待核）</dd>" in chinese
    examples = chinese.partition('id="flagged"')[2].partition('id="cases"')[0]
    assert "<p>--fix 改成</p>" in examples
    assert examples.count("<mark>") == 6 and examples.count('<p class="nothing">') == 5
    assert "makes it a target to activate" in english and "Installing is not serving." in english
    assert '<a href="../norms/GB2026-APP.html#install-rate">GB2026-APP.install-rate</a>' in chinese
    assert '<a href="../vocabulary.html#group-adoption">adoption</a>' in chinese


def test_a_word_is_a_group_only_where_a_rule_asks_for_one() -> None:
    rule = """when demand.action in adoption and x.method is online  # paper in publicity
      unless any(e in usage: e.kind not in traces)  message en: "in opinion" """
    assert groups_named(rule) == {"adoption", "usage", "traces"}


def test_the_groups_that_rules_use_are_told(site: Files) -> None:
    text = site["en/vocabulary.html"].decode("utf-8")
    online = text.partition('id="group-online"')[2].partition("<h3")[0]
    assert re.findall(r'href="rules/([\w-]+).html"', online) == ["dual-track"]


CASES = """指标,评分,期望,说明
应用推广,“干部之家”APP激活率达到50%得满分,error “激活率达到50%”,激活率达到50%
,,,
应用推广,<b>下载量</b>达到300次,error “下载量</b>达到300次”,数量
消防,消防设施安装率达到95%得满分,,不是应用
"""


def test_a_table_of_cases_is_shown_with_what_the_linter_finds(tmp_path: Path) -> None:
    (tmp_path / "adoption").mkdir()
    shutil.copy(ROOT / "rules" / "adoption" / "download-quota.md", tmp_path / "adoption")
    (tmp_path / "adoption" / "download-quota.csv").write_text("\ufeff" + CASES, encoding="utf-8")
    page = build_site(load_rulebook(tmp_path), DAY)["rules/download-quota.html"].decode("utf-8")
    table = page.partition('<table class="cases"')[2].partition("</table>")[0]
    assert re.findall(r"<th [^>]*>([^<]*)", table) == ["指标", "评分", "说明", "检查结果"]
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", table)[1:]]
    assert [row[0] for row in rows] == ["应用推广", "应用推广", "消防"]
    assert "<mark>激活率达到50%<sup>1</sup></mark>" in rows[0][1] and "“激活率达到50%”" in rows[0][3] and rows[0][2] == "激活率达到50%"
    assert "&lt;b&gt;" in rows[1][1] and '<p class="nothing">不指出</p>' in rows[2][3]


def test_a_clause_is_covered_or_said_not_to_be(site: Files, rulebook: Rulebook) -> None:
    cited = {(c.norm, c.clause) for rule in rulebook.rules.values() for case in rule.cases for c in case.citations}
    text = site["norms.html"].decode("utf-8").partition('id="uncovered"')[2]
    listed = {tuple(link.removeprefix("norms/").split(".html#")) for link in Parsed(text).values("href") if "#" in link}
    clauses = {
        (norm.stem, line.split(".")[1].rstrip("]"))
        for norm in (ROOT / "rules" / "norms").glob("*.toml")
        for line in norm.read_text(encoding="utf-8").splitlines()
        if line.startswith("[clauses.")
    }
    assert listed == clauses - cited and listed


def test_everything_of_the_vocabulary_has_a_name() -> None:
    vocabulary, names = central_vocabulary(), central_names()
    assert names["enums"].keys() == vocabulary.enums.keys()
    assert names["groups"].keys() == vocabulary.groups.keys()
    assert names["records"].keys() == vocabulary.records.keys()
    fields = {(record, field) for record, fields in vocabulary.records.items() for field in fields}
    assert {f"{record}.{field}" for record, field in fields if field not in names["fields"]} <= names["fields"].keys()
    assert names["fields"].keys() <= {field for _, field in fields} | {".".join(both) for both in fields}
    assert all(set(name) == {"zh", "en"} for kind in names.values() for name in kind.values())


def test_a_pack_is_documented_with_all_it_extends() -> None:
    files = build_site(load_rulebook(ROOT / "examples" / "packs" / "hunan"), DAY)
    assert "湖南省补充规定" in files["rules/department-veto.html"].decode("utf-8")
    assert "<dd>中央规定</dd>" in files["rules/check-in.html"].decode("utf-8")
    assert "<td>91天</td>" in files["rules/excessive-inspection.html"].decode("utf-8")


def test_a_kind_of_object_that_a_pack_adds_stands_in_its_vocabulary(tmp_path: Path) -> None:
    kind = '[object_kinds.data_screen]\nunder = "platform"\nzh = "数字大屏"\nen = "data screen"\n'
    (tmp_path / "pack.toml").write_text(f'id = "own"\nversion = "1"\nextends = "central"\n{kind}', encoding="utf-8")
    page = build_site(load_rulebook(tmp_path), DAY)["vocabulary.html"].decode("utf-8")
    assert "<code>data_screen</code>" in page and "数字大屏" in page


def test_changes_are_told(rulebook: Rulebook) -> None:
    before = load_rulebook()
    changes = [
        RuleText("check-in", "changed", (("豁免：never → with_reason", "waivable: never → with_reason"),)),
        RuleText("gone", "removed"),
    ]
    files = build_site(rulebook, DAY, changes)
    chinese, english = files["changes.html"].decode("utf-8"), files["en/changes.html"].decode("utf-8")
    assert "<li>豁免：never → with_reason</li>" in chinese and "<li>waivable: never → with_reason</li>" in english
    assert '<code>gone</code> <span class="badge status">删去</span>' in chinese
    assert "首个版本" in chinese and "首个版本" not in english and "The first version" in english
    assert list(text_changes(before, rulebook)) == []
    assert "规则没有变化" in build_site(rulebook, DAY, [])["changes.html"].decode("utf-8")


# ── what a pack may try ──────────────────────────────────────────────────────────────────────────────────────────────────────

EVIL = "<script>alert(1)</script>"


def hostile(folder: Path) -> Path:
    """Return a pack that tries to put HTML of its own into every place of a site."""
    page = (ROOT / "rules" / "adoption" / "download-quota.md").read_text(encoding="utf-8")
    page = page.replace("# 下载安装指标", f"# {EVIL}").replace('"Download and install quota"', f'"{EVIL}"')
    page = page.replace(
        "## 为什么\n", f"## 为什么\n\n{EVIL}\n\n[点我](javascript:alert(1)) ![图](https://evil.example/x.png) <b onclick=x>粗</b>\n"
    )
    page = (
        page.replace("干部之家", f"干部之家{EVIL}")
        .replace("评分标准里的激活率。", EVIL)
        .replace("GB2026-APP.install-rate, WXW2023-ZJ.forced-promotion", "EVIL.a")
    )
    (folder / "adoption").mkdir(parents=True)
    (folder / "adoption" / "download-quota.md").write_text(page, encoding="utf-8")
    (folder / "norms").mkdir()
    keys = "".join(f'{key} = "{EVIL}"\n' for key in ("title", "issuer", "number", "level", "date_note"))
    clause = "".join(f'{key} = "{EVIL}"\n' for key in ("ref", "zh", "en", "limits", "exceptions", "cite_as"))
    norm = f'id = "EVIL"\nin_force = 2020-01-01\n{keys}[clauses.a]\nconfidence = "sure"\n{clause}'
    (folder / "norms" / "EVIL.toml").write_text(norm, encoding="utf-8")
    (folder / "norms" / "a#b?c%.toml").write_text(norm.replace('"EVIL"', '"a#b?c%"', 1), encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(f"# x\n\n## {EVIL}\n\n{EVIL}\n", encoding="utf-8")
    names = f'{{ zh = "{EVIL}", en = "{EVIL}" }}'
    (folder / "pack.toml").write_text(
        f'id = "evil"\nversion = "{EVIL}"\ntitle = {names}\n[families]\nadoption = {names}\n', encoding="utf-8"
    )
    return folder


def test_a_hostile_pack_puts_nothing_of_its_own_into_the_site(tmp_path: Path) -> None:
    files = build_site(load_rulebook(hostile(tmp_path / "evil")), DAY, [RuleText(EVIL, "added", ((EVIL, EVIL),))])
    pages = {name: Parsed(data.decode("utf-8")) for name, data in files.items() if name.endswith(".html")}
    assert escape(EVIL) in files["rules/download-quota.html"].decode("utf-8")
    for name, page in pages.items():
        assert page.unbalanced == [], name
        assert not page.tags.keys() & {"script", "img", "b"} or name.endswith("index.html"), name
        assert "script" not in page.tags and "onclick" not in [a for _, a, _ in page.attributes], name
        assert not [link for link in page.values("href") if urlsplit(link).scheme not in ("", "http", "https")], name
    assert list(broken_links(pages, files)) == []


@pytest.mark.parametrize(
    "url", ["javascript:x", "JaVaScRiPt:x", "data:text/html,x", "file:///etc/passwd", "../../x", "//evil.example", "vbscript:x"]
)
def test_prose_links_to_the_web_only(url: str) -> None:
    assert "<a" not in to_html(f"[x]({url})") and "<a" not in to_html(f"[x]\n\n[x]: {url}\n")
    assert '<a href="https://example.org/">x</a>' in to_html("[x](https://example.org/)")


def plain(html: str) -> str:
    """Return the text of HTML, without the numbers of marks."""
    return unescape(re.sub(r"<sup>\d+</sup>|<[^>]+>", "", html))


TEXTS = st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), max_size=40)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=4))
def test_marks_change_no_letter(text: str, places: list[tuple[int, int]]) -> None:
    html = marked(text, [(Span(*sorted(place)), number) for number, place in enumerate(places, 1)])
    assert plain(html) == text and Parsed(html).unbalanced == []


@given(TEXTS)
def test_the_text_of_a_rule_stays_as_it_is(text: str) -> None:
    html = rule_html(text, lambda kind, written: "x.html" if kind == "group" and written else "")
    assert plain(html) == text and Parsed(html).unbalanced == []


def test_overlapping_marks_each_end_with_their_number() -> None:
    assert (
        marked("甲乙丙丁", [(Span(0, 3), 1), (Span(1, 2), 2)]) == "<mark>甲</mark><mark>乙<sup>2</sup></mark><mark>丙<sup>1</sup></mark>丁"
    )


def test_a_change_log_in_one_language_serves_both() -> None:
    assert change_log("# 记录\n\n## 1\n\n改了\n", "en") == "## 1\n\n改了\n"
