"""The documents an editor has open → each judged as it stands: soon after an edit, in a thread of its own, and never shown when outdated.

An edit that arrives while a document is judged makes the result void: judging stops before the next indicator, and begins anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from lsprotocol.types import Diagnostic, TextDocumentContentChangeEvent, TextDocumentItem

from assesslint.documents.draft import read_draft
from assesslint.findings.problems import FolderError
from assesslint.linter.check import Superiors
from assesslint.linter.errors import RunError
from assesslint.linter.trace import TracedIndicator, trace_draft
from assesslint.lsp.diagnostics import diagnostics
from assesslint.lsp.documents import PAGE, Document, View
from assesslint.lsp.folders import NOTHING_ASKED, Asked, Folder
from assesslint.lsp.judging import Judged, judged, scheme_among
from assesslint.lsp.log import fault, log
from assesslint.lsp.positions import UTF_16
from assesslint.reading.kept import KeptReadings
from assesslint.scheme.keywords import field_words
from assesslint.scheme.model import Scheme

Result = TypeVar("Result")

SUPERIOR = field_words("scheme")["parent"]

QUIET_SECONDS = 0.05
"""How long edits that follow each other are waited for, so that they are judged together."""

SUPERIOR_WORDS = (SUPERIOR.zh, SUPERIOR.en)
"""Words without which a document names no superior's scheme."""


class VoidError(BaseException):
    """A document was edited while it was judged. No fault of the program, so nothing that catches faults may catch it."""


class _Open:
    """A document with what was read and found of it last."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.kept = KeptReadings(self._check)
        self.judged: Judged | None = None
        self.judging = -1
        self.names_superior = False

    def _check(self) -> None:
        if self.document.revision != self.judging:
            raise VoidError


class Session:
    """What one editor has open. Its methods are called from one thread, that of the event loop; `judge` and `read` work in others."""

    def __init__(self, publish: Callable[[View, list[Diagnostic]], None], asked: Asked = NOTHING_ASKED) -> None:
        self.encoding: str = UTF_16
        self._publish = publish
        self._asked = asked
        self._open: dict[str, _Open] = {}
        self._folders: dict[Path | None, Folder] = {None: Folder(None, asked)}
        self._due: dict[str, None] = {}
        self._wake = asyncio.Event()
        self._news = asyncio.Event()
        self._judge_thread = ThreadPoolExecutor(1, "judge")
        self._read_thread = ThreadPoolExecutor(1, "read")
        self._loop: asyncio.Task[None] | None = None

    # ── what the editor tells ────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, item: TextDocumentItem) -> None:
        self._open[item.uri] = _Open(Document(item, self.encoding))
        self._judge_soon(item.uri)

    def change(self, uri: str, changes: Iterable[TextDocumentContentChangeEvent], version: int | None) -> None:
        """Take edits over; those of a document that is not open are none."""
        opened = self._open.get(uri)
        if opened is not None:
            opened.document.change(changes, version)
            self._judge_soon(uri)
            self._tell()

    def close(self, uri: str) -> None:
        opened = self._open.pop(uri, None)
        if opened is not None:
            opened.document.outdate()
            self._due.pop(uri, None)
            self._tell()

    def set_folders(self, roots: Iterable[Path]) -> None:
        """Say which folders the editor has open."""
        known = self._folders
        self._folders = {None: known[None], **{root: known.get(root) or Folder(root, self._asked) for root in roots}}
        self.judge_all()

    @property
    def roots(self) -> list[Path]:
        return [root for root in self._folders if root is not None]

    def judge_all(self) -> None:
        """Judge everything anew, with configuration and rules as they are now."""
        for folder in self._folders.values():
            folder.look_again()
        for uri, opened in self._open.items():
            opened.document.outdate()
            self._due[uri] = None
        self._start()

    # ── what is asked for ────────────────────────────────────────────────────────────────────────────────────────────────────

    def document(self, uri: str) -> Document | None:
        opened = self._open.get(uri)
        return opened.document if opened is not None else None

    def documents(self) -> Iterator[Document]:
        return (opened.document for opened in self._open.values())

    def folder_of(self, document: Document | View) -> Folder:
        """Return the innermost folder of the editor that a document lies in."""
        path = document.path
        around = [root for root in self._folders if root is not None and path is not None and path.is_relative_to(root)]
        return self._folders[max(around, key=lambda root: len(root.parts), default=None)]

    async def current(self, uri: str) -> Judged | None:
        """Return what is found of a document as it stands now, once that is known; None when it is edited or closed before."""
        opened = self._open.get(uri)
        if opened is None or not opened.document.kind:
            return None
        revision = opened.document.revision
        while self._open.get(uri) is opened and opened.document.revision == revision:
            if opened.judged is not None and opened.judged.view.revision == revision:
                return opened.judged
            await self._news.wait()
        return None

    async def traced(self, uri: str, offset: int) -> tuple[TracedIndicator, ...]:
        """Return what was read around an offset of a draft as it stands now; nothing when it is edited or closed before that is known."""
        opened = self._open.get(uri)
        if opened is None:
            return ()
        view, folder = opened.document.view, self.folder_of(opened.document)
        return await self._in_judge_thread(opened, view.revision, partial(_traced, view, folder, offset - view.shift)) or ()

    def read(self, work: Callable[[], Result]) -> Awaitable[Result]:
        """Do work that needs no judging, in a thread beside the one that judges."""
        return asyncio.get_running_loop().run_in_executor(self._read_thread, work)

    # ── judging ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _judge_soon(self, uri: str) -> None:
        """Judge a document, and those that may name a scheme in it as their superior."""
        opened = self._open[uri]
        for other, each in self._open.items():
            if each is not opened and each.names_superior:
                each.document.outdate()
                self._due[other] = None
        if opened.document.kind:
            self._due.pop(uri, None)
            self._due[uri] = None
        self._start()

    def _start(self) -> None:
        self._wake.set()
        if self._loop is None:
            self._loop = asyncio.get_running_loop().create_task(self._judge_forever())

    async def _judge_forever(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._due:
                await asyncio.sleep(QUIET_SECONDS)
                uri = next(reversed(self._due), "")  # the document edited last is the one looked at
                self._due.pop(uri, None)
                opened = self._open.get(uri)
                if opened is not None:
                    await self._judge(opened)

    async def _judge(self, opened: _Open) -> None:
        view, folder = opened.document.view, self.folder_of(opened.document)
        others = [document.view for document in self.documents() if document is not opened.document]
        found = await self._in_judge_thread(opened, view.revision, partial(_judged, view, folder, partial(_superior, others, folder)))
        if found is not None and opened.document.revision == view.revision:
            opened.judged, shown = found
            opened.names_superior = view.kind != PAGE and any(word in view.text.text for word in SUPERIOR_WORDS)
            try:
                self._publish(view, shown)
            except Exception as error:
                log(error)
        self._tell()

    async def _in_judge_thread(self, opened: _Open, revision: int, work: Callable[[KeptReadings], Result]) -> Result | None:
        def run() -> Result | None:
            opened.judging = revision
            try:
                return work(opened.kept)
            except VoidError:
                return None

        return await asyncio.get_running_loop().run_in_executor(self._judge_thread, run)

    def _tell(self) -> None:
        """Wake those that wait for news of a document."""
        self._news.set()
        self._news = asyncio.Event()

    def end(self) -> None:
        """Stop all work."""
        if self._loop is not None:
            self._loop.cancel()
        for opened in self._open.values():
            opened.document.outdate()
        for thread in (self._judge_thread, self._read_thread):
            thread.shutdown(wait=False, cancel_futures=True)


def _judged(view: View, folder: Folder, superiors: Superiors, kept: KeptReadings) -> tuple[Judged, list[Diagnostic]]:
    """Return what is found of a document and how it is shown; a fault of the program is something found, too."""
    try:
        found = judged(view, folder, superiors, kept)
        return found, diagnostics(found, cache(folder.page_of))
    except Exception as error:
        log(error)
        lang = folder.lang
        zh, en = f"程序出错，没有检查（{fault(error)}）。请告诉维护者", f"The program failed and this was not checked ({fault(error)})"
        found = Judged(view, view.name, lang, failure=zh if lang == "zh" else en)
        return found, diagnostics(found)


def _superior(others: Sequence[View], folder: Folder, key: str) -> Scheme | None:
    """Return the scheme of a name in the other documents that are open, as they stand, else in the files of the folder."""
    found = scheme_among(others, key)
    return found if found is not None else folder.schemes().get(key, (None, None))[1]


def _traced(view: View, folder: Folder, at: int, kept: KeptReadings) -> tuple[TracedIndicator, ...]:
    """Return what was read around a character of a draft; nothing where there are no rules to read it by."""
    try:
        draft = read_draft(view.name, view.data, lang=folder.lang)
        return tuple(trace_draft(draft, folder.settings(), folder.rulebook(), kept, at))
    except (RunError, FolderError):
        return ()
