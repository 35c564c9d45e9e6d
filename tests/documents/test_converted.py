"""Files LibreOffice opens are read as the .docx it makes of them; nothing in them runs or reaches out, and it never outlives its time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assesslint.documents import office
from assesslint.documents.draft import read_draft
from assesslint.documents.limits import DEFAULT_LIMITS, Limits
from assesslint.documents.unreadable import UnreadableError
from assesslint.scheme.printer import print_schemes
from tests.documents.word_files import cell, docx, p, run, table
from tests.office import converted

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS = [
    ["指标名称", "分值", "评分标准"],
    ["应用推广", "40", "“干部之家”APP激活率达到50%得满分"],
    ["办理实效", "60", "事项按期办结率达到95%"],
]
DRAFT = docx(
    p(run("清河县2026年度数字政务考核细则"))
    + p(run("发布单位：清河县大数据局"))
    + table([[cell(p(run(text))) for text in row] for row in ROWS])
    + p(run("本细则由县大数据局负责解释。"))
)


@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt", "uot"])
def test_a_file_of_an_old_kind_is_read_like_the_word_file_it_was(suffix: str, tmp_path: Path) -> None:
    draft = read_draft(f"a.{suffix}", converted(tmp_path, "a.docx", DRAFT, suffix))
    assert [notice.id for notice in draft.notices] == ["converted"]
    assert print_schemes(draft.schemes) == print_schemes(read_draft("a.docx", DRAFT).schemes)


def test_a_wps_file_which_is_an_old_word_file_is_read(tmp_path: Path) -> None:
    draft = read_draft("a.WPS", converted(tmp_path, "a.docx", DRAFT, "doc"))
    assert [indicator.name.text for _, indicator in draft.schemes[0].indicators()][:2] == ["应用推广", "办理实效"]
    assert ".wps" in draft.notices[0].message


def test_a_file_under_a_wrong_suffix_is_read_as_what_it_is() -> None:
    draft = read_draft("a.doc", DRAFT)
    assert draft.schemes == read_draft("a.docx", DRAFT).schemes
    assert "其实是 .docx" in draft.notices[0].message
    page = "<html xmlns:o='urn:schemas-microsoft-com:office:office'><p>1.应用推广（10分）：激活率达到50%</p></html>"
    draft = read_draft("a.doc", page.encode("gbk"))
    assert [indicator.name.text for _, indicator in draft.schemes[0].indicators()] == ["应用推广"]
    assert "其实是网页" in draft.notices[0].message


@pytest.mark.parametrize("data", [b"x", "考核细则".encode(), b"%PDF-1.7", b"\x89PNG\r\n"])
def test_what_is_no_office_file_is_refused_before_libreoffice_sees_it(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("LibreOffice was started"))
    [finding] = read_draft("a.doc", data).findings
    assert finding.rule == "unreadable-file"
    assert "另存为 .docx" in finding.message


@pytest.mark.parametrize("data", [OLE + b"\x00" * 5000, b"PK\x03\x04" + b"\x00" * 100, OLE, b"{\\rtf1"])
def test_what_libreoffice_cannot_open_is_refused(data: bytes) -> None:
    [finding] = read_draft("a.doc", data).findings
    assert finding.rule == "unreadable-file"
    assert "另存为 .docx" in finding.message


def test_a_truncated_file_is_not_taken_for_text(tmp_path: Path) -> None:
    data = converted(tmp_path, "a.docx", DRAFT, "doc")
    [finding] = read_draft("a.doc", data[: len(data) // 2]).findings
    assert finding.rule == "unreadable-file"


def test_without_libreoffice_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    [finding] = read_draft("a.doc", OLE).findings
    assert finding.rule == "unreadable-file"
    for words in ("另存为 .docx", "libreoffice.org", "apt install", "Windows", "macOS"):
        assert words in finding.message
    assert "LibreOffice" in read_draft("a.doc", OLE, "en").findings[0].message


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder temporary files go to."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_nothing_is_left_behind(temporary: Path, tmp_path: Path) -> None:
    office.converted(converted(tmp_path, "a.docx", DRAFT, "odt"), ".odt", ".docx", DEFAULT_LIMITS)
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")
def test_when_its_time_is_up_it_ends_with_all_it_started(temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    children = tmp_path / "children"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {children}\nsleep 600\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: str(program))
    start = time.monotonic()
    with pytest.raises(UnreadableError, match="超过 1 秒"):
        office.converted(OLE, ".doc", ".docx", Limits(conversion_seconds=1))
    assert time.monotonic() - start < 30
    child = int(children.read_text())
    for _ in range(100):
        if _is_over(child):
            break
        time.sleep(0.05)
    assert _is_over(child)
    assert list(temporary.iterdir()) == []


def _is_over(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and what it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


LINKED = """<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:section text:name="s"><text:section-source xlink:href="{address}/section.odt"/><text:p>1.应用推广（10分）</text:p></text:section>
<text:p><draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image xlink:href="{address}/picture.png"
 xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body></office:document>"""


def test_links_in_a_file_are_not_followed(asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    draft = read_draft("a.fodt", LINKED.format(address=address).encode())
    assert [indicator.name.text for _, indicator in draft.schemes[0].indicators()] == ["应用推广"]
    assert paths == []
