"""The HTML report: whole, safe with whatever a draft holds, and used in a real browser as its reader would, on a screen and on paper."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zlib import crc32

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer

from assesslint.findings.model import Basis, Finding, Report
from assesslint.reports.html import TEMPLATES, render_html
from assesslint.reports.pages import BASE_STYLE
from assesslint.text.location import PageLocation, TextLocation, WordLocation
from assesslint.text.source import Source
from tests.browser import Browser, browser
from tests.markup import Parsed
from tests.reports.sample import CLEAN, FULL, QUOTA, REPORT

GOLDEN = Path(__file__).parent.parent / "golden" / "reports"
STYLE = BASE_STYLE.read_text(encoding="utf-8") + (TEMPLATES / "report.css").read_text(encoding="utf-8")
SCRIPT = (TEMPLATES / "report.js").read_text(encoding="utf-8")

REPORTS = {
    "full": FULL,
    "full.en": replace(FULL, lang="en"),
    "clean": CLEAN,
    "rules": Report(REPORT.judged_on, (replace(QUOTA, path="adoption/a.md"),), rules=REPORT.rules, of_rules=True),
}


def part(page: str, element: str) -> str:
    """Return the content of the one element of this name."""
    return page.partition(f"<{element}>")[2].partition(f"</{element}>")[0]


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_reads_as_in_its_golden_file(name: str) -> None:
    page = render_html(REPORTS[name]).replace(STYLE, "…").replace(SCRIPT, "…")
    page = re.sub(r"'sha256-[\w+/=]+'", "'sha256-…'", page)
    file = GOLDEN / f"{name}.html"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(page, encoding="utf-8")
    assert page == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_is_whole_and_can_be_read_by_all(name: str) -> None:
    page = Parsed(render_html(REPORTS[name]))
    assert page.unbalanced == []
    assert page.tags["h1"] == page.tags["main"] == page.tags["style"] == 1
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert ("html", "lang", "en" if name.endswith("en") else "zh-CN") in page.attributes
    assert {link.removeprefix("#") for link in page.values("href") if "=" not in link} <= set(ids)
    assert set(page.values("aria-labelledby")) <= set(ids)
    pictures = sum((tag, attribute) == ("svg", "role") for tag, attribute, _ in page.attributes)
    assert pictures == page.tags["svg"] == page.tags["desc"] == page.tags["title"] - 1


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_is_loaded_and_only_what_the_page_names_may_run(name: str) -> None:
    text = render_html(REPORTS[name])
    page = Parsed(text)
    [policy] = [value for _, attribute, value in page.attributes if attribute == "content" and "default-src" in value]
    digests = {
        element: "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode()
        for element, content in (("style", part(text, "style")), ("script", SCRIPT))
    }
    assert policy == (
        f"default-src 'none'; style-src '{digests['style']}'; script-src '{digests['script']}'; base-uri 'none'; form-action 'none'"
    )
    assert text.index("Content-Security-Policy") < text.index("<style>") < text.index("<body>")
    assert not page.tags.keys() & {"link", "img", "iframe", "object", "base", "embed"}
    assert not [a for _, a, _ in page.attributes if a.startswith("on") or a in ("src", "style", "srcdoc", "action")]
    assert all(link.startswith("#") for link in page.values("href"))
    assert "url(" not in STYLE and "@import" not in STYLE and "</style" not in STYLE and "</script" not in SCRIPT


def test_nothing_moves() -> None:
    assert not re.search(r"transition|animation|scroll-behavior", STYLE)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render_html(REPORT) == render_html(replace(REPORT))


def test_what_was_left_out_lowered_waived_or_known_stands_in_the_head() -> None:
    head = part(render_html(REPORT).replace('<div class="wide">', "<wide>").replace("</dd></div>\n</dl>", "</wide>"), "wide")
    said = [re.sub("<[^>]+>", "", item) for item in re.findall(r"<li>(.*?)</li>", head)]
    assert said == [
        "配置文件 assesslint.toml",
        "check-in 的程度由错误降为警告",
        "略去 1 处，是未用的规则所发现的",
        "豁免 1 处，列在各草案之下",
        "存量清单已知 1 处，不再计数，列在各草案之下",
    ]
    assert "县委督查室 批准至 2027-06-30：试点期间" in render_html(REPORT)


def test_two_clauses_cited_alike_are_one_line() -> None:
    basis = Basis("WXW2023-ZJ", "use", "《若干意见》", "sure"), Basis("WXW2023-ZJ", "traces", "《若干意见》", "sure")
    page = render_html(replace(CLEAN, findings=(Finding("follow-quota", "adoption", "error", "要求关注", "a.txt", basis=basis),)))
    assert page.count("<p>不符合《若干意见》</p>") == 1 and "条号待核" not in page


# ── whatever a draft holds ───────────────────────────────────────────────────────────────────────────────────────────────────

EVIL = (
    "</title></style></script>--><script>alert(1)</script><img src=x onerror=alert(1)>"
    "\"'><b x={{7*7}}{% raw %}\u202e\u2066\x1b\x00\udc80&lt;"
)

KEPT = frozenset({"severity", "lang", "fail_on", "confidence", "sha256", "fingerprint", "subject"})
PLACES = (TextLocation, WordLocation, PageLocation)
"""What no draft and no pack of rules can choose freely."""


def filled(value: Any, text: str) -> Any:
    """Return a value of a report with `text` in place of every text it holds, a number behind it to tell one from another."""
    if isinstance(value, str):
        return f"{text}{crc32(value.encode('utf-8', 'surrogatepass'))}"
    if isinstance(value, Source):
        return Source(text, "".join(text[at % len(text)] if c != "\n" else c for at, c in enumerate(value.text)))
    if isinstance(value, tuple):
        return tuple(filled(each, text) for each in value)
    if isinstance(value, dict):
        return {filled(key, text): filled(each, text) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type) and not isinstance(value, PLACES):
        old = {field.name: getattr(value, field.name) for field in fields(value)}
        return replace(value, **{name: each if name in KEPT else filled(each, text) for name, each in old.items()})
    return value


def elements(page: str) -> list[tuple[str, str]]:
    """Return the elements of a page with the names of their attributes, as the parser of libxml2 sees them."""
    tree = lxml_html.document_fromstring(page.encode("utf-8"))
    return [(str(element.tag), " ".join(sorted(map(str, element.attrib)))) for element in tree.iter()]


HARMLESS = render_html(filled(FULL, "x"))


@settings(deadline=None, max_examples=25)
@given(st.text(min_size=1, max_size=60))
@example(EVIL)
@example("\u202e" + "名" * 10_000)
@example("a\u0301" * 5_000)
def test_no_element_comes_from_a_draft(text: str) -> None:
    hostile = render_html(filled(FULL, text))
    assert Parsed(hostile).tags == Parsed(HARMLESS).tags and Parsed(hostile).unbalanced == []
    assert elements(hostile) == elements(HARMLESS)
    assert re.sub("[\n\x20-\x7e]", "", hostile).isprintable()
    assert (part(hostile, "style"), hostile.count(SCRIPT)) == (part(HARMLESS, "style"), 1)


def test_names_of_ten_thousand_characters_take_no_more_room_than_there_is() -> None:
    assert len(render_html(filled(FULL, "名" * 10_000))) < 2 * len(render_html(filled(FULL, "名" * 600)))


# ── in a browser ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def many() -> Report:
    """Return a report on three drafts, of which two have findings enough to fill some pages, and one is clean."""
    [draft, clean] = (replace(REPORT.drafts[0], path=path) for path in ("乡镇/甲.txt", "乡镇/丙.txt"))
    closed = replace(REPORT.drafts[1], path="乡镇/乙.txt")
    severities = ("error", "warning", "advice")
    found = tuple(
        replace(QUOTA, message=f"第{n}号问题", advice=f"第{n}号改法" * (1 + n % 9), severity=severities[n % 3], indicator=f"指标{n // 5}")
        for n in range(30)
    )
    findings = (
        *(replace(finding, path=draft.path) for finding in found),
        replace(REPORT.findings[3], path=closed.path, message="扫描件不能读取"),
    )
    notices = (replace(REPORT.notices[0], path=draft.path), REPORT.notices[1])
    waived = tuple(replace(each, finding=replace(each.finding, path=draft.path)) for each in REPORT.waived)
    counts = replace(REPORT.counts, files=3)
    return replace(REPORT, findings=findings, notices=notices, waived=waived, known=(), drafts=(draft, closed, clean), counts=counts)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "报告.html"
    file.write_text(render_html(many()), encoding="utf-8")
    return file


VISIBLE = "[...document.querySelectorAll('{}')].filter(each => each.checkVisibility()).length"
COUNT = "document.getElementById('count').textContent"
FILTERED = "document.getElementById('filtered').checkVisibility() ? document.getElementById('filtered').textContent : ''"


def visible(chromium: Browser, selector: str) -> int:
    return int(chromium.run(VISIBLE.format(selector)))


@pytest.mark.parametrize("name", REPORTS)
def test_a_browser_sees_the_page_as_it_is_written(chromium: Browser, tmp_path: Path, name: str) -> None:
    file = tmp_path / "page.html"
    text = render_html(REPORTS[name])
    file.write_text(text, encoding="utf-8")
    chromium.open(file, script=False)
    seen = chromium.run("[...document.querySelectorAll('*')].map(each => each.localName)")
    assert {tag: seen.count(tag) for tag in set(seen)} == dict(Parsed(text).tags)
    chromium.open(file)
    assert chromium.said == [] and chromium.asked == [file.as_uri()]


def test_a_browser_knows_every_rule_of_the_style_sheet(chromium: Browser, page: Path) -> None:
    style = re.sub(r"/\*.*?\*/|@page \{.*?\} \}", "", STYLE, flags=re.DOTALL)
    declared = [d.replace("!important", "").strip() for block in re.findall(r"\{([^{}]*)\}", style) for d in block.split(";") if d.strip()]
    assert len(declared) > 200
    chromium.open(page)
    unknown = chromium.run(f"{declared!r}.filter(each => !CSS.supports(...each.match(/([^:]+):(.*)/).slice(1)))")
    assert unknown == []


def test_nothing_of_a_hostile_draft_runs(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(render_html(filled(FULL, EVIL)), encoding="utf-8")
    for fragment in ("", "words=alert", "kind=%3Cscript%3E&draft=1"):
        chromium.open(file, fragment)
        assert chromium.said == [] and chromium.asked == [file.as_uri()]
        assert chromium.run("document.scripts.length") == 1


def test_a_page_of_which_somebody_changed_the_script_does_not_run_it(chromium: Browser, page: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page.read_text(encoding="utf-8").replace('"use strict"', '"use strict" + document.title'), encoding="utf-8")
    chromium.open(file)
    assert any("Content Security Policy" in said for said in chromium.said) and visible(chromium, "form") == 0


def test_without_script_everything_is_there(chromium: Browser, page: Path) -> None:
    chromium.open(page, "severity=error", script=False)
    assert visible(chromium, ".finding") == 31
    assert visible(chromium, "form") == 0
    assert chromium.run("document.querySelectorAll('a[href*=\"=\"]').length") == 0


@pytest.mark.parametrize(
    ("fragment", "findings", "drafts", "notices", "excused"),
    [
        ("", 31, 3, 1, 1),
        ("severity=error", 11, 2, 0, 0),
        ("severity=error,advice", 21, 2, 0, 0),
        ("kind=reading", 1, 1, 0, 0),
        ("kind=check-in", 0, 1, 0, 1),
        ("draft=3", 0, 1, 0, 0),
        ("draft=1&severity=warning", 10, 1, 0, 1),
        ("words=%E7%AC%AC7%E5%8F%B7", 1, 1, 0, 0),
        ("words=%E6%8C%87%E6%A0%873", 5, 1, 0, 0),
        ("words=U%2B200B", 0, 1, 1, 0),
        ("words=%E4%B8%99.TXT", 0, 1, 0, 0),
        ("words=none", 0, 0, 0, 0),
        ("draft=99&kind=none&severity=none", 31, 3, 1, 1),
    ],
)
def test_the_address_of_the_page_filters_it(
    chromium: Browser, page: Path, fragment: str, findings: int, drafts: int, notices: int, excused: int
) -> None:
    chromium.open(page, fragment)
    assert chromium.said == []
    assert chromium.run(COUNT) == f"{findings} / 31 处"
    assert visible(chromium, ".finding") == findings
    shown = [visible(chromium, f"section.draft{more}") for more in ("[id]", " [data-item=notice]", " [data-item=excused]")]
    others = visible(chromium, ".others [data-item]")
    assert [shown[0], shown[1] - others, shown[2]] == [drafts, notices, excused]
    assert bool(chromium.run(FILTERED)) == (findings < 31)
    assert visible(chromium, "#nothing") == int(not (findings or drafts))


def test_the_filter_is_used_by_keyboard_and_stands_in_the_address(chromium: Browser, page: Path) -> None:
    chromium.open(page)
    chromium.run("document.getElementById('findings').focus()")
    chromium.press("Tab")
    chromium.press("Space")
    assert chromium.run(COUNT) == "11 / 31 处"
    chromium.run("document.querySelector('[name=words]').focus()")
    chromium.write("第3号")
    assert chromium.run(COUNT) == "1 / 31 处"
    assert chromium.run(FILTERED) == "只列出筛选后的内容：错误 · “第3号”  1 / 31 处"
    assert chromium.run("decodeURIComponent(location.hash)") == "#severity=error&words=第3号"
    chromium.press("Tab")
    chromium.press("Enter")
    assert (chromium.run(COUNT), chromium.run(FILTERED), chromium.said) == ("31 / 31 处", "", [])


def test_figures_and_charts_lead_to_what_they_count(chromium: Browser, page: Path) -> None:
    chromium.open(page)
    chromium.run("document.querySelector('.tiles .warning a').click()")
    chromium.wait_for(f"{COUNT} === '10 / 31 处'")
    chromium.run("document.querySelector('[data-filter=\"kind=reading\"] a').click()")
    chromium.wait_for(f"{COUNT} === '1 / 31 处' && document.activeElement.id === 'findings'")
    chromium.run("document.querySelector('a[href=\"#draft-3\"]').click()")
    chromium.wait_for(f"{COUNT} === '31 / 31 处' && document.getElementById('draft-3').getBoundingClientRect().top < innerHeight")
    assert chromium.said == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen(chromium: Browser, tmp_path: Path, width: int) -> None:
    for number, report in enumerate((many(), filled(FULL, "W" * 300), filled(FULL, "名" * 300))):
        file = tmp_path / f"{number}.html"
        file.write_text(render_html(report), encoding="utf-8")
        chromium.open(file, width=width)
        assert chromium.run("[document.documentElement.scrollWidth - document.documentElement.clientWidth, innerWidth]") == [0, width]


def test_colours_can_be_read(chromium: Browser, page: Path) -> None:
    """Every text stands out from its ground by 4.5 : 1 (WCAG 2.2, 1.4.3)."""
    chromium.open(page)
    assert chromium.run(CONTRAST) == []


CONTRAST = """(() => {
  const light = colour => {
    const linear = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(value => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)") return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const poor = [];
  for (const element of document.querySelectorAll("body *")) {
    if (![...element.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !element.checkVisibility()) continue;
    const [low, high] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => a - b);
    if ((high + 0.05) / (low + 0.05) < 4.5) poor.push(element.className + " " + element.textContent.slice(0, 20));
  }
  return poor;
})()"""


RADICALS = re.compile("[\u2f00-\u2fd5]")


@pytest.fixture(scope="module")
def printed(chromium: Browser, page: Path) -> list[str]:
    """Return the text of each page as printed, without spaces."""
    chromium.open(page)
    pdf = chromium.pdf()
    (page.parent / "report.pdf").write_bytes(pdf)
    return texts(pdf)


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page of a PDF, without spaces; fonts have one glyph for 方 and for the radical ⽅, which are told as one."""
    pages = ("".join(box.get_text() for box in page if isinstance(box, LTTextContainer)) for page in extract_pages(io.BytesIO(pdf)))
    return [RADICALS.sub(lambda found: normalize("NFKC", found[0]), "".join(page.split())) for page in pages]


def test_every_finding_is_printed_on_one_page(printed: list[str]) -> None:
    for number in range(30):
        on = [at for at, text in enumerate(printed) if f"第{number}号问题" in text]
        assert len(on) == 1
        assert f"第{number}号改法" * (1 + number % 9) in printed[on[0]]
    assert "扫描件不能读取" in "".join(printed)


def test_a_draft_begins_on_its_own_page_and_what_is_used_by_hand_is_not_printed(printed: list[str], page: Path) -> None:
    text = "".join(printed)
    assert "清除筛选" not in text and "全部类别" not in text
    assert "未能读取" in text and "县委督查室批准至" in text and "未检查" in text
    assert printed[-1].endswith(f"{len(printed)}/{len(printed)}")
    assert all(f"{number}/{len(printed)}" in sheet for number, sheet in enumerate(printed, 1))
    [a4] = {tuple(map(round, sheet.bbox[2:])) for sheet in extract_pages(page.parent / "report.pdf")}
    assert a4 in ((595, 842), (594, 841), (596, 842), (595, 841))


def test_what_is_filtered_is_printed_so_and_says_so(chromium: Browser, page: Path) -> None:
    chromium.open(page, "words=%E7%AC%AC3%E5%8F%B7")
    text = "".join(texts(chromium.pdf()))
    assert "只列出筛选后的内容：“第3号”1/31处" in text
    assert "第3号问题" in text and "第4号问题" not in text
