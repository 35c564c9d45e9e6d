"""The HTML report of five thousand findings in five hundred drafts: how long writing it takes, how large it is, how soon it is filtered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from statistics import median

from assesslint.findings.model import Report
from assesslint.linter.check import check
from assesslint.reports.html import render_html
from assesslint.reports.json import render_json
from tests.benchmarks.bench_speed import bounded, seconds
from tests.browser import browser

DRAFTS, FINDINGS = 500, 10
EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "17-word-draft.docx"

MOST_FOR_JSON, MOST_FOR_TWICE, MOST_SIZE, MOST_FOR_FILTER = 3.0, 2.3, 1.2, 0.25

FILTERED = """(async words => {
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const times = [];
  for (const word of words) {
    const start = performance.now();
    document.querySelector("[name=words]").value = word;
    document.getElementById("filter").dispatchEvent(new Event("input"));
    await frame();
    times.push((performance.now() - start) / performance.getEntriesByType("navigation")[0].loadEventEnd);
  }
  return times;
})(["打", "打卡", "打卡记", "日活跃", "", "截图"])"""


def report(drafts: int) -> Report:
    """Return what a run says of so many drafts, all alike."""
    one = check([EXAMPLE])
    paths = [f"乡镇{number:03}/方案.docx" for number in range(drafts)]
    findings = tuple(replace(finding, path=path) for path in paths for finding in one.findings[:FINDINGS])
    return replace(one, findings=findings, drafts=tuple(replace(one.drafts[0], path=path) for path in paths))


def test_writing_it_of_writing_the_same_as_json(said: list[str]) -> None:
    whole, half = report(DRAFTS), report(DRAFTS // 2)
    page = seconds(lambda: render_html(whole))
    bounded(said, "an HTML report, of the same as JSON", page / seconds(lambda: render_json(whole)), MOST_FOR_JSON)
    bounded(said, "an HTML report of twice the drafts", page / seconds(lambda: render_html(half)), MOST_FOR_TWICE)
    sizes = [len(render(whole).encode("utf-8")) for render in (render_html, render_json)]
    bounded(said, "its size, of the same as JSON", sizes[0] / sizes[1], MOST_SIZE)


def test_filtering_it_of_opening_it(said: list[str], tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(render_html(report(DRAFTS)), encoding="utf-8")
    with browser(tmp_path / "browser") as chromium:
        chromium.open(page)
        bounded(said, "filtering it for a word, of opening it", median(chromium.run(FILTERED)), MOST_FOR_FILTER)
