"""Annotations as the runner of GitHub Actions takes commands from a log; the job summary as a Markdown parser reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from assesslint.findings.model import Finding, Report
from assesslint.reports import github_summary
from assesslint.reports.github import render_github
from assesslint.reports.github_summary import render_github_summary
from assesslint.text.shortened import printable
from tests.reports.sample import CLEAN, EMOJI, FULL, ODD, QUOTA


@dataclass(frozen=True)
class Command:
    name: str
    properties: dict[str, str]
    message: str


def commands(log: str) -> Iterator[Command]:
    """Yield the commands of a log as the runner does (actions/runner, ActionCommand.cs): the new form, else the old one anywhere."""
    for line in re.split(r"\r\n|\r|\n", log):
        text = line.lstrip()
        if text.startswith("::") and (end := text.find("::", 2)) > 0:
            name, _, given = text[2:end].partition(" ")
            pairs = (pair.partition("=") for pair in given.split(",") if pair.strip())
            yield Command(name, {key.strip(): _unescaped(value, "%3A:", "%2C,") for key, _, value in pairs}, _unescaped(text[end + 2 :]))
        elif "##[" in text:
            yield Command(text[text.index("##[") :], {}, "")


def _unescaped(text: str, *more: str) -> str:
    for code, meant in (("%0D", "\r"), ("%0A", "\n"), *((pair[:3], pair[3:]) for pair in more), ("%25", "%")):
        text = text.replace(code, meant)
    return text


def test_each_finding_waiver_and_notice_is_one_command() -> None:
    found = list(commands(render_github(FULL)))
    assert [command.name for command in found] == [
        *({"error": "error", "warning": "warning", "advice": "notice"}[finding.severity] for finding in FULL.findings),
        *["notice"] * (len(FULL.waived) + len(FULL.notices)),
    ]
    assert [c.properties["file"] for c in found[: len(FULL.findings)]] == [printable(finding.path) for finding in FULL.findings]


def test_a_command_has_its_place_title_and_whole_message() -> None:
    [command] = commands(render_github(replace(CLEAN, findings=(EMOJI,), rules=FULL.rules)))
    assert command.properties == {
        "file": ODD.path,
        "line": "2",
        "endLine": "2",
        "col": "34",
        "endColumn": "43",
        "title": "错误 下载安装指标 (download-quota)",
    }
    first, second, *rest = command.message.split("\n")
    assert (first, second) == ("“激活率 达到50%”是要求 {0} [看这里](https://example.org) <b>", "::error::x ##[error]y")
    assert rest[-2:] == ["改法：|改|为`考核`*实效*", "@all"]


def test_columns_are_left_out_where_words_go_over_lines() -> None:
    location = ODD.locate(replace(EMOJI.span, end=EMOJI.span.end + 40))  # type: ignore[type-var, union-attr]
    [command] = commands(render_github(replace(CLEAN, findings=(replace(EMOJI, location=location),))))
    assert set(command.properties) == {"file", "line", "endLine", "title"}


def test_a_place_without_lines_is_told_in_the_message() -> None:
    messages = [command.message for command in commands(render_github(FULL))]
    assert "第3段: 要求下载" in messages
    assert "“考核 表”D5: 要求下载" in messages


@pytest.mark.parametrize("text", ["::error::x", " ::stop-commands::y", "a ##[add-path]/tmp", "x\n::error::", "%0A::warning::"])
def test_no_word_of_a_draft_or_setting_is_a_command(text: str) -> None:
    finding = Finding("x", "y", "warning", text, text, text, text, text, excerpt=text)
    found = list(commands(render_github(replace(CLEAN, findings=(finding,), in_force=(text,)))))
    assert [command.name for command in found] == ["warning"]
    assert found[0].message.startswith("\n".join(printable(line) for line in text.split("\n")))


def test_settings_and_counts_stand_in_the_log() -> None:
    log = render_github(FULL)
    assert all(said in log for said in FULL.in_force)
    assert "检查了 6 个文件、7 项指标" in log


# ── the job summary ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Shown(HTMLParser):
    """The cells of the tables of a page, and all elements on it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.in_cell = True
        elif tag == "br" and self.in_cell:
            self.rows[-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        self.in_cell &= tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            self.rows[-1][-1] += data


def shown(report: Report) -> _Shown:
    page = _Shown()
    markdown = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    page.feed(markdown.render(render_github_summary(report)))
    return page


def test_the_summary_is_a_table_of_findings_with_the_worst_first() -> None:
    page = shown(FULL)
    assert page.rows[0] == ["程度", "位置", "规则", "问题", "依据", "改法"]
    assert [row[0].partition(" ")[2] for row in page.rows[1 : len(FULL.findings) + 1]] == ["错误"] * 7 + ["警告"] * 2 + ["建议"] * 2
    assert page.rows[1][1] == "清河县/细则.txt:3:15\n应用推广"
    assert page.rows[1][5] == QUOTA.advice


def test_the_summary_has_waivers_notices_and_settings() -> None:
    page, text = shown(FULL), render_github_summary(FULL)
    cells = [cell for row in page.rows for cell in row]
    assert all(printable(waived.sentence("zh")) in cells for waived in FULL.waived)
    assert all(printable(notice.message).strip() in [cell.strip() for cell in cells] for notice in FULL.notices)
    assert text.count("- 检查设置: ") == len(FULL.in_force)


def test_words_of_a_draft_stay_words_in_the_summary() -> None:
    page = shown(replace(CLEAN, findings=(EMOJI,)))
    assert page.rows[1][3] == printable(EMOJI.message)
    assert page.rows[1][5] == printable(EMOJI.advice)
    assert not page.tags & {"a", "b", "em", "code", "img", "h1"}


def test_a_long_report_is_cut_at_whole_rows() -> None:
    page = render_github_summary(replace(CLEAN, findings=(QUOTA,) * 10_000))
    assert len(page.encode()) < 1024 * 1024
    rows = page.count("| ❌")
    assert f"另有 {10_000 - rows} 处没有列出，见完整报告" in page
    assert github_summary.MOST_BYTES < 1024 * 1024
