"""Bytes of any kind: every whole message is read, and what is none is passed over."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.lsp import wire


def framed(body: bytes, head: bytes = b"Content-Length: %d\r\n\r\n") -> bytes:
    return head % len(body) + body


def messages(data: bytes) -> list[bytes]:
    stream = BytesIO(data)
    found = []
    while (message := wire.read_message(stream)) is not None:
        found.append(message)
    return found


@given(st.lists(st.binary(max_size=50)))
def test_messages_are_read_one_after_the_other(bodies: list[bytes]) -> None:
    assert messages(b"".join(map(framed, bodies))) == bodies


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: %d\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
        b"Content-Type: x\r\ncontent-length:%d \r\n\r\n",
        b"nonsense\r\n\r\n\r\nContent-Length: abc\r\nContent-Length: %d\r\n\r\n",
        b"{}{}{}Content-Length: %d\n\n",
        "标题\r\n".encode() + b"Content-Length: %d\r\n\r\n",
    ],
)
def test_a_header_may_hold_more_than_the_length(head: bytes) -> None:
    assert messages(framed("{方案}".encode(), head)) == ["{方案}".encode()]


@given(st.binary(max_size=200))
def test_what_is_no_message_ends_with_its_bytes(data: bytes) -> None:
    stream = BytesIO(data)
    while wire.read_message(stream) is not None:
        pass
    assert stream.read() == b""


@given(st.binary(max_size=60).filter(lambda data: b"\n" not in data))
def test_reading_goes_on_behind_a_body_longer_than_it_said(rest: bytes) -> None:
    assert messages(framed(b"{}") + rest + b"\r\n" + framed(b"[]"))[-1] == b"[]"


def test_a_message_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_BYTES", 10)
    monkeypatch.setattr(wire, "CHUNK", 4)
    assert messages(framed(b"x" * 11) + framed(b"y" * 10)) == [b"", b"y" * 10]


def test_a_body_cut_short_ends_the_stream() -> None:
    assert messages(b"Content-Length: 9\r\n\r\n{}") == []


@pytest.mark.parametrize("body", [b"", b"{", b"3", b"[]", b"null", b'"a"', b"\xff", b"[" * 100_000, b'{"a": NaN', b"1e999999"])
def test_what_is_no_object_says_nothing(body: bytes) -> None:
    assert wire.parsed(body) is None


def test_an_object_is_what_it_says() -> None:
    assert wire.parsed('{"id": 1, "😀": "\\ud83d"}'.encode()) == {"id": 1, "😀": "\ud83d"}
