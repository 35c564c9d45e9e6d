"""Each unit of characters that an editor may offer is agreed on, and then counted in by both."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import LanguageClient

from tests.lsp.editor import CONFIG, Editor

UTF_8, UTF_16, UTF_32 = types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf16, types.PositionEncodingKind.Utf32
TEXT = '方案 "考核" {\r\n  指标 "😀推广😀" 10分 { 评分: "🏳️‍🌈“平安”APP安装率达到50%得满分" }\u2028\r\n}\r'


@pytest_lsp.fixture(config=CONFIG)
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    yield
    await lsp_client.shutdown_session()


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("offered", "agreed", "start"),
    [((), "utf-16", 38), ((UTF_8, UTF_16), "utf-8", 72), ((UTF_32,), "utf-32", 34), ((UTF_16, UTF_32), "utf-16", 38)],
)
async def test_positions(client: LanguageClient, offered: tuple[types.PositionEncodingKind, ...], agreed: str, start: int) -> None:
    editor = Editor(client)
    result = await editor.start(None, *offered)
    assert result.capabilities.position_encoding == agreed
    uri = "untitled:方案"
    editor.open(uri, TEXT)
    [found] = [d for d in await editor.diagnostics(uri) if d.code == "download-quota"]
    assert editor.words(uri, found.range) == "安装率达到50%"
    assert (found.range.start.line, found.range.start.character) == (1, start)
    editor.insert(uri, "安装率", "😀指标的")
    [found] = [d for d in await editor.diagnostics(uri) if d.code == "download-quota"]
    assert editor.words(uri, found.range) == "安装率达到50%"
