"""Clients that send garbage, floods and monsters: the server goes on, answers the next request soon, and writes down no word of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lsp.wire import Wire, about

QUOTED = "清河县绝密字句"


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire()
    wire.start()
    yield wire
    wire.server.kill()
    wire.server.communicate()


def is_alive(wire: Wire) -> bool:
    """Tell whether the server still answers as it should."""
    wire.open("untitled:alive", f'方案 "考核" {{ 指标 "推广" 10分 {{ 评分: "“平安”APP激活率达到50%得满分，{QUOTED}" }} }}')
    found = wire.shown("untitled:alive", 1)
    wire.tell("textDocument/didClose", {"textDocument": {"uri": "untitled:alive"}})
    return "download-quota" in {each["code"] for each in found}


GARBAGE = (
    b"nonsense\r\n\r\n", b"Content-Length: 3\r\n\r\n{{{", b"Content-Length: 2\r\n\r\n[]", b"Content-Length: 4\r\n\r\nnull",
    b"\x00\xff\r\n" * 50, b"Content-Length: 12\r\n\r\n" + b"[" * 12, b"Content-Length: 60000\r\n\r\n" + b"[" * 60000, b"\r\n" * 9,
    b'Content-Length: 18\r\n\r\n{"jsonrpc": "1.0"}',
)  # fmt: skip


WRONG: tuple[tuple[Any, Any, Any], ...] = (
    ("textDocument/didOpen", None, None),
    ("textDocument/didOpen", None, {"textDocument": {"uri": 3, "text": [QUOTED]}}),
    ("textDocument/didChange", None, {"textDocument": {"uri": "file:///x", "version": 1}, "contentChanges": [{"text": QUOTED}]}),
    ("textDocument/didChange", None, {"textDocument": {"uri": "untitled:a", "version": "x"}, "contentChanges": 3}),
    ("textDocument/didClose", None, about("file://[")),
    ("textDocument/didSave", None, about("\0")),
    ("textDocument/hover", 900, about("file:///nowhere", position={"line": 1, "character": 1})),
    ("textDocument/hover", 901, about("untitled:a", position={"line": -1, "character": 2**40})),
    ("textDocument/hover", 902, about("untitled:a", position={"line": 10**9, "character": 10**9})),
    ("textDocument/completion", "x", QUOTED),
    ("no/such", None, {QUOTED: QUOTED}),
    (3, None, None), ([], None, None), (None, 5, None), ("shutdown", {}, None),
    ("$/cancelRequest", None, {"id": 77}),
    ("$/setTrace", None, {"value": QUOTED}),
    ("workspace/didChangeConfiguration", None, {"settings": QUOTED}),
    ("workspace/didChangeWorkspaceFolders", None, {"event": {"added": [{"uri": "file://[", "name": ""}], "removed": []}}),
    ("workspace/executeCommand", 903, {"command": QUOTED, "arguments": [QUOTED]}),
)  # fmt: skip
"""Methods, ids (none of a notification) and parameters."""


def test_garbage_and_wrong_messages_are_passed_over(wire: Wire) -> None:
    wire.open("untitled:a", f'方案 "{QUOTED}" {{ }}')
    for garbage in GARBAGE:
        wire.send(garbage)
        assert is_alive(wire)
    for method, number, params in WRONG:
        wire.tell(method, params, **({} if number is None else {"id": number}))
    for answer in ({"id": [], "result": QUOTED}, {"id": 99, "result": 1}, {"id": 98, "error": {"code": 1, "message": QUOTED}}):
        wire.send_object(answer)
    assert is_alive(wire)
    code, log = wire.end()
    assert code == 0
    assert QUOTED not in log and "Traceback" not in log


def test_every_request_gets_an_answer(wire: Wire) -> None:
    methods = ("hover", "completion", "definition", "references", "documentSymbol", "foldingRange", "codeAction", "semanticTokens/full")
    for method in methods:
        for params in (None, 3, {}, about("untitled:none", position={"line": 5, "character": 5})):
            assert wire.ask(f"textDocument/{method}", params).keys() & {"result", "error"}
    answer = wire.ask("no/such", {})
    assert answer["error"]["code"] == -32601


FIELDS = (
    "textDocument", "uri", "text", "version", "languageId", "position", "line", "character", "contentChanges", "range", "start", "end",
    "context", "id",
)  # fmt: skip
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 2**33), st.text(st.sampled_from("a/:\0😀方案\ud83d"), max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)),
    max_leaves=12,
)
METHODS = (
    "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave", "textDocument/hover", "initialized",
    "textDocument/completion", "textDocument/codeAction", "$/cancelRequest", "workspace/didChangeWorkspaceFolders", "initialize",
    "workspace/didChangeWatchedFiles", "textDocument/semanticTokens/full",
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(messages=st.lists(st.tuples(st.sampled_from(METHODS), json_values, st.sampled_from((None, 7, "b"))), max_size=6))
def test_no_message_kills_the_server(wire: Wire, messages: list[tuple[str, Any, Any]]) -> None:
    for method, params, number in messages:
        wire.tell(method, params, **({} if number is None else {"id": number}))
    assert wire.ask("textDocument/foldingRange", {"textDocument": {"uri": "untitled:none"}}).keys() & {"result", "error"}


def test_thousands_of_edits_are_taken_and_only_the_last_state_is_shown(wire: Wire) -> None:
    uri, count = "untitled:typing", 3_000
    wire.open(uri, f'方案 "考核" {{ 指标 "推广" 10分 {{ 评分: "{"按期办结，" * 200}" }} }}')
    start = '方案 "考核" { 指标 "推广" 10分 { 评分: "'
    for version in range(2, count + 2):
        place = {"line": 0, "character": len(start)}
        change: dict[str, Any] = {"range": {"start": place, "end": place}, "text": "率"}
        if version == count + 1:
            change = {"text": start + '“平安”APP安装率达到50%得满分" } }'}
        wire.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]})
    found = wire.shown(uri, count + 1)
    assert [(each["code"], each["range"]["start"]["character"]) for each in found if each["code"] == "download-quota"] == [
        ("download-quota", len(start) + len("“平安”APP"))
    ]


def test_a_huge_document_is_named_and_does_not_hold_up_others(wire: Wire) -> None:
    wire.open("untitled:huge", '方案 "考核" {\n' + '指标 "推广" 10分 { 评分: "激活率达到50%得满分" }\n' * 20_000 + "}")
    [said] = wire.shown("untitled:huge", 1)
    assert "1 MB" in said["message"] and "assesslint check" in said["message"]
    assert wire.ask("textDocument/documentSymbol", about("untitled:huge"))["result"] == []
    assert is_alive(wire)


def test_an_edit_makes_void_what_is_being_found(wire: Wire) -> None:
    wire.open("untitled:long", '方案 "考核" {\n' + '指标 "推广" 10分 { 评分: "激活率达到50%得满分，末位约谈" }\n' * 4_000 + "}")
    short = {"text": '方案 "短" { 指标 "巡查" 10分 { 评分: "打卡" } }'}
    wire.tell("textDocument/didChange", {"textDocument": {"uri": "untitled:long", "version": 2}, "contentChanges": [short]})
    first = wire.receive()
    while first.get("method") != "textDocument/publishDiagnostics":
        first = wire.receive()
    assert first["params"]["version"] == 2


def test_the_end_of_the_pipe_ends_the_server() -> None:
    wire = Wire()
    wire.start()
    wire.open("untitled:a", '方案 "考核" {\n' + '指标 "推广" 10分 { 评分: "激活率达到50%得满分，末位约谈" }\n' * 3_000 + "}")
    _, log = wire.server.communicate(timeout=60)
    assert wire.server.returncode == 0
    assert log == b""


def test_leaving_without_goodbye_is_an_error() -> None:
    wire = Wire()
    wire.start()
    wire.tell("exit")
    wire.server.communicate(timeout=60)
    assert wire.server.returncode == 1


def test_nothing_is_written(tmp_path: Path, wire: Wire) -> None:
    (tmp_path / "a.assess").write_text('方案 "考核" { }', encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    wire.open((tmp_path / "a.assess").as_uri(), '方案 "考核" { 指标 "推广" 10分 { 评分: "激活率" } }')
    wire.shown((tmp_path / "a.assess").as_uri(), 1)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "a.assess").read_text(encoding="utf-8") == '方案 "考核" { }'
