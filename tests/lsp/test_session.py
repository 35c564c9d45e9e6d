"""What is open is judged as it stands, by the folder it lies in; what is outdated is never shown, and a fault of the program is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from lsprotocol.types import Diagnostic, TextDocumentContentChangeWholeDocument, TextDocumentItem

from assesslint.lsp import session as sessions
from assesslint.lsp.documents import Document, View
from assesslint.lsp.judging import Judged, judged
from assesslint.lsp.session import Session

TEXT = '方案 "考核" { 指标 "推广" 10分 { 评分: "“平安”APP激活率达到50%得满分" } }'

pytestmark = pytest.mark.asyncio


class Shown(list[tuple[str, int | None, list[Diagnostic]]]):
    """What was shown, in order: URI, version and diagnostics."""

    def add(self, view: View, found: list[Diagnostic]) -> None:
        self.append((view.uri, view.version, found))


def item(uri: str, text: str = TEXT, version: int = 1) -> TextDocumentItem:
    return TextDocumentItem(uri, "assess", version, text)


def whole(text: str) -> list[TextDocumentContentChangeWholeDocument]:
    return [TextDocumentContentChangeWholeDocument(text)]


async def test_only_what_is_found_of_the_last_state_is_shown() -> None:
    shown = Shown()
    session = Session(shown.add)
    session.open(item("untitled:a"))
    for version in range(2, 40):
        session.change("untitled:a", whole(TEXT.replace("50", str(version))), version)
        await asyncio.sleep(0)
    found = await session.current("untitled:a")
    assert found is not None and found.view.version == 39
    assert [(uri, version) for uri, version, _ in shown] == [("untitled:a", 39)]
    session.end()


async def test_an_edit_breaks_off_the_judging_of_the_state_before(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: list[int | None] = []
    session = Session(Shown().add)
    loop = asyncio.get_running_loop()

    def edited_meanwhile(view: View, *rest: object) -> Judged:
        if view.version == 1:
            done = asyncio.run_coroutine_threadsafe(edit(), loop)
            done.result(timeout=60)
            broken.append(view.version)
        return judged(view, *rest)  # type: ignore[arg-type]

    async def edit() -> None:
        session.change("untitled:a", whole(TEXT.replace("50", "60")), 2)

    monkeypatch.setattr(sessions, "judged", edited_meanwhile)
    session.open(item("untitled:a"))
    assert await session.current("untitled:a") is None
    found = await session.current("untitled:a")
    assert found is not None and found.view.version == 2
    assert broken == [1]
    session.end()


async def test_nobody_waits_for_what_is_closed() -> None:
    session = Session(Shown().add)
    session.open(item("untitled:a"))
    waiting = asyncio.ensure_future(session.current("untitled:a"))
    await asyncio.sleep(0)
    session.close("untitled:a")
    assert await asyncio.wait_for(waiting, 60) is None
    assert await session.current("untitled:a") is None
    assert await session.traced("untitled:a", 3) == ()
    session.end()


async def test_the_innermost_folder_counts(tmp_path: Path) -> None:
    session = Session(Shown().add)
    inner = tmp_path / "county" / "town"
    session.set_folders([tmp_path, inner])

    def root_of(uri: str) -> Path | None:
        return session.folder_of(Document(item(uri))).root

    assert root_of((inner / "a.assess").as_uri()) == inner
    assert root_of((tmp_path / "county" / "a.assess").as_uri()) == tmp_path
    assert root_of((tmp_path.parent / "a.assess").as_uri()) is None
    assert root_of("untitled:a") is None
    kept = session.folder_of(Document(item((inner / "a.assess").as_uri())))
    session.set_folders([inner])
    assert session.folder_of(Document(item((inner / "a.assess").as_uri()))) is kept
    session.end()


async def test_a_fault_of_the_program_is_told_without_the_words_of_the_draft(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(view: View, *_rest: object) -> Judged:
        raise KeyError(view.text.text)

    monkeypatch.setattr(sessions, "judged", fail)
    shown = Shown()
    session = Session(shown.add)
    session.open(item("untitled:a"))
    assert (await session.current("untitled:a")) is not None
    [(_, _, [said])] = shown
    assert said.message.startswith("程序出错，没有检查（KeyError test_session.py:")
    log = capsys.readouterr().err
    assert log.startswith("assesslint lsp: KeyError test_session.py:") and "考核" not in log
    session.end()


async def test_what_cannot_be_shown_does_not_end_the_judging() -> None:
    def broken(view: View, _found: list[Diagnostic]) -> None:
        raise BrokenPipeError(view.uri)

    session = Session(broken)
    for uri in ("untitled:a", "untitled:b"):
        session.open(item(uri))
        found = await session.current(uri)
        assert found is not None and found.report is not None
    session.end()


async def test_work_in_the_reading_thread_goes_on_beside_the_judge() -> None:
    session = Session(Shown().add)
    session.open(item("untitled:a", TEXT * 200))
    order: list[str] = []

    def said(word: str) -> Callable[[], None]:
        return lambda: order.append(word)

    await asyncio.gather(session.read(said("one")), session.read(said("two")))
    assert order == ["one", "two"]
    session.end()
