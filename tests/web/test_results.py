"""What comes back of a draft: the page with its marks, the report, the files; and that nothing in a draft can do more than be read."""

from __future__ import annotations

import io
import json
import re
from html import unescape
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assesslint.cli.main import main
from assesslint.documents.draft import Draft
from assesslint.findings.model import Finding
from assesslint.text.source import Source, Span
from assesslint.web.paper import paper_of
from assesslint.web.uploads import LONGEST_NAME, safe_name
from tests.markup import Parsed
from tests.web.conftest import EXAMPLES, TODAY

DRAFT = "甲乡考核细则\n\n一、推广（20分）\n评分标准：下载量达到5000次得满分，{}。\n佐证材料：截图\n"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;</textarea></title>"


def sent(client: TestClient, address: str, name: str, data: bytes, **fields: str) -> bytes:
    answer = client.post(address, files={"file": (name, data)}, data=fields)
    assert answer.status_code == 200, answer.text
    return answer.content


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["17-word-draft.docx", "18-excel-draft.xlsx", "08-groups-and-timed-punch-ins.assess"])
def test_every_finding_is_marked_in_the_draft_and_each_leads_to_the_other(client: TestClient, name: str, lang: str) -> None:
    text = sent(client, "/check", name, (EXAMPLES / name).read_bytes(), lang=lang).decode()
    page = Parsed(text)
    assert page.unbalanced == []
    targets = set(page.values("id"))
    assert len(targets) == len(page.values("id"))
    links = {href[1:] for href in page.values("href") if href.startswith("#")}
    assert links <= targets
    findings = {each for each in targets if each.startswith("finding-")}
    marks = {each for each in targets if each.startswith("mark-")}
    report = json.loads(sent(client, "/api/v1/check", name, (EXAMPLES / name).read_bytes()))
    assert len(findings) == len(report["findings"])
    assert {each.replace("finding", "mark") for each in findings} >= marks
    assert len(marks) >= len([f for f in report["findings"] if f["location"]["kind"] != "file"])


@given(st.text(min_size=1), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["error", "warning", "advice"]))))
def test_a_draft_is_shown_whole_with_the_very_words_marked(text: str, places: list[tuple[int, int, str]]) -> None:
    source = Source("draft.assess", text)
    found = {
        number: Finding("rule", "family", severity, "", source.path, span=Span(min(a, b), max(a, b)))
        for number, (a, b, severity) in enumerate(places, 1)
    }
    paper = paper_of(Draft(source), found, "意见")
    bare = re.sub(r"<a class=.*?</a>", "", str(paper.html))
    lines = [unescape(line) for line in re.findall(r"<p[^>]*>(.*?)</p>\n", re.sub("</?mark[^>]*>", "", bare))]
    assert lines == ["".join(c if c.isprintable() else " " for c in line) for line in text.split("\n")]
    marked = "".join(unescape(each) for each in re.findall(r"<mark[^>]*>(.*?)</mark>", bare))
    covered = [at for at, c in enumerate(text) if c != "\n" and any(f.span and f.span.start <= at < f.span.end for f in found.values())]
    assert len(marked) == len(covered)


@pytest.mark.parametrize("address", ["/check", "/api/v1/report"])
@pytest.mark.parametrize("name", ["草案.txt", "草案.md", "草案.html", f"{SCRIPT}.txt"])
def test_a_draft_full_of_script_is_only_text(client: TestClient, address: str, name: str) -> None:
    written = DRAFT.format(SCRIPT.replace("<", "&lt;") if name.endswith("html") else SCRIPT)
    page = Parsed(sent(client, address, name, written.encode()).decode())
    assert page.unbalanced == []
    assert page.tags["img"] == 0
    assert not any(attribute.startswith("on") for _, attribute, _ in page.attributes)
    assert page.tags["script"] <= (address == "/api/v1/report")


def test_the_report_is_that_of_the_command_line(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    monkeypatch.chdir(tmp_path)
    data = (EXAMPLES / "17-word-draft.docx").read_bytes()
    (tmp_path / "a.docx").write_bytes(data)
    printed = CliRunner().invoke(main, ["check", "a.docx", "--format", "json", "--as-of", TODAY.isoformat()]).stdout
    assert json.loads(sent(client, "/api/v1/check", "C:\\Users\\张三\\a.docx", data)) == json.loads(printed)


def test_files_that_come_back_open_in_their_programs(client: TestClient) -> None:
    data = (EXAMPLES / "17-word-draft.docx").read_bytes()
    notes = docx.Document(io.BytesIO(sent(client, "/api/v1/annotate", "a.docx", data)))
    assert len(list(notes.comments)) == 13
    changed = sent(client, "/api/v1/annotate", "a.docx", data, changes="yes")
    assert docx.Document(io.BytesIO(changed)).element.xpath("//w:del")
    assert docx.Document(io.BytesIO(sent(client, "/api/v1/opinion", "a.docx", data))).tables
    assert openpyxl.load_workbook(io.BytesIO(sent(client, "/api/v1/opinion", "a.docx", data, **{"as": ".xlsx"}))).worksheets
    answer = client.post("/api/v1/annotate", files={"file": ("细则 a.docx", data)})
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%E7%BB%86%E5%88%99%20a-%E6%89%B9%E6%B3%A8.docx"


def test_a_proposal_is_made_in_the_text_and_the_text_judged_again(client: TestClient) -> None:
    written = (EXAMPLES / "02-ninety-percent-daily-activity.txt").read_text(encoding="utf-8")
    before = client.post("/check", data={"text": written, "name": "a.txt"}).text
    [wanted] = re.findall(r'name="apply" value="(\w+)"', before)
    after = client.post("/check", data={"text": written, "name": "a.txt", "apply": wanted}).text
    assert 'data-counts="1,0,0"' in before
    assert 'data-counts="0,0,0"' in after
    assert "日活跃率" not in after


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "秘密★1年\n" + DRAFT),
        ("a.md", "**机 密**\n\n" + DRAFT),
        ("a.assess", '方案 "甲" {\n  密级: 绝密\n}\n'),
        ("a.txt", "关于某事的函\n密级：机密\n正文没有指标。"),
        ("【秘密】考核细则.txt", DRAFT),
    ],
)
@pytest.mark.parametrize("address", ["/check", "/api/v1/check", "/api/v1/annotate", "/api/v1/opinion", "/api/v1/report"])
def test_what_is_marked_secret_is_refused(client: TestClient, address: str, name: str, text: str) -> None:
    answer = client.post(address, files={"file": (name, text.encode())})
    assert answer.status_code == 422
    assert answer.json()["error"]["id"] == "classified-draft"
    assert "严禁上传涉密文件" in answer.json()["error"]["message"]


def test_secrets_that_are_only_spoken_of_are_no_mark(client: TestClient) -> None:
    said = DRAFT + "二、保密（5分）\n评分标准：发生泄露国家秘密案件的不得分。\n佐证材料：机密文件管理台账、现场检查\n"
    assert sent(client, "/api/v1/check", "保守秘密考核细则.txt", said.encode())


@pytest.mark.parametrize(("name", "data"), [("a.docx", b"PK damaged"), ("a.exe", b"MZ"), ("a.pdf", b"%PDF-1.7"), ("a.txt", b"\xff\x00")])
def test_what_cannot_be_read_is_said_on_the_page_and_in_the_report(client: TestClient, name: str, data: bytes) -> None:
    assert b"unreadable" in sent(client, "/api/v1/check", name, data)
    assert 'data-state="unread"' in sent(client, "/check", name, data).decode()
    assert client.post("/api/v1/annotate", files={"file": (name, data)}).status_code == 422


@given(st.text())
def test_a_name_is_no_path(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= LONGEST_NAME
    assert not set(safe) & set("/\\:\n\0")
    assert safe.strip(" .") == safe
    assert safe_name(f"{name}x.docx").endswith(".docx")
