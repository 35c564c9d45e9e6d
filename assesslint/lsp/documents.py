"""What an editor has open → each document as it stands, kept up to date by the edits the editor tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from urllib.parse import unquote

from lsprotocol.types import Range, TextDocumentContentChangeEvent, TextDocumentContentChangePartial, TextDocumentItem
from pygls.uris import to_fs_path

from assesslint.documents.draft import read_draft
from assesslint.linter.rule_page import folder_of_page
from assesslint.lsp.positions import LINE_END, UTF_16, Text, reached
from assesslint.scheme.model import Scheme
from assesslint.scheme.parse import plain
from assesslint.scheme.syntax import Block, read_blocks
from assesslint.scheme.tokens import Token

SCHEME, DRAFT, PAGE = "scheme", "draft", "page"
"""What a document is: in the scheme language, a draft in prose, a page of a folder of rules."""

SCHEME_LANGUAGE, DRAFT_LANGUAGE = "assess", "assess-draft"
"""The languages of the editor that say so."""

SCHEME_SUFFIX, DRAFT_SUFFIXES = ".assess", (".txt", ".md", ".markdown")


def path_of(uri: str) -> Path | None:
    """Return the file that a URI names, None where it names none."""
    try:
        path = to_fs_path(uri)
    except ValueError:
        return None
    return Path(path) if path and "\0" not in path else None


def kind_of(path: Path | None, language: str) -> str:
    """Return what a document is, empty where it is nothing that is judged: prose is only where its editor says so."""
    if path is not None and folder_of_page(path) is not None:
        return PAGE
    if language == SCHEME_LANGUAGE or (path is not None and path.suffix.lower() == SCHEME_SUFFIX):
        return SCHEME
    return DRAFT if language == DRAFT_LANGUAGE else ""


class _Quiet:
    """Hears of mistakes and says nothing."""

    def misfit(self, situation: str, before: Token | None, before_sort: str, seen: Token, seen_sort: str) -> None:
        pass

    def say(self, message: str, token: Token) -> None:
        pass


@dataclass(frozen=True)
class View:
    """A document as it stood at one time; `revision` counts its states, `version` is what the editor calls this one."""

    uri: str
    kind: str
    path: Path | None
    name: str
    version: int | None
    revision: int
    text: Text

    @cached_property
    def data(self) -> bytes:
        """What the file would hold, saved as it stands."""
        return self.text.text.encode("utf-8", "surrogatepass")

    @property
    def shift(self) -> int:
        """How many characters stand in the document before those that are read: a byte order mark."""
        return int(self.text.text.startswith("\ufeff"))

    @cached_property
    def schemes(self) -> tuple[Scheme, ...]:
        """The schemes in it, of a page none."""
        return read_draft(self.name, self.data).schemes if self.kind in (SCHEME, DRAFT) else ()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of a scheme, with what can be understood where it is at fault."""
        blocks, _ = read_blocks(plain(self.text.text), _Quiet())
        return tuple(blocks)


class Document:
    """One document. Edits change its lines; what looks at it looks at a `View`."""

    def __init__(self, item: TextDocumentItem, encoding: str = UTF_16) -> None:
        self.uri = item.uri
        self.version: int | None = item.version
        self.revision = 0
        self.path = path_of(item.uri)
        self.kind = kind_of(self.path, item.language_id)
        self._encoding = encoding
        self._lines = list(_lines_of(item.text))
        self._view: View | None = None

    def change(self, changes: Iterable[TextDocumentContentChangeEvent], version: int | None) -> None:
        """Take edits over, in their order."""
        for change in changes:
            if isinstance(change, TextDocumentContentChangePartial):
                self._replace(change.range, change.text)
            else:
                self._lines = list(_lines_of(change.text))
        self.version = version
        self.outdate()

    def outdate(self) -> None:
        """Make void what was or is being found out of the document as it stood."""
        self.revision += 1
        self._view = None

    @property
    def view(self) -> View:
        """The document as it stands now."""
        if self._view is None:
            text = "".join(self._lines)
            if self.kind == PAGE:  # which is read with its line ends made alike
                text = LINE_END.sub("\n", text)
            self._view = View(self.uri, self.kind, self.path, self._name(), self.version, self.revision, Text(text, self._encoding))
        return self._view

    def _name(self) -> str:
        """Return what the document is called in findings: its path, with the suffix of what it is."""
        name = str(self.path) if self.path is not None else unquote(self.uri.partition(":")[2]) or "untitled"
        suffixes = {SCHEME: (SCHEME_SUFFIX,), DRAFT: DRAFT_SUFFIXES}.get(self.kind, ("",))
        return name if PurePath(name).suffix.lower() in suffixes or not suffixes[0] else name + suffixes[0]

    def _replace(self, range_: Range, text: str) -> None:
        lines = self._lines
        first, start = self._place(range_.start.line, range_.start.character)
        last, end = max((first, start), self._place(range_.end.line, range_.end.character))
        before, behind = lines[first][:start], lines[last][end:]
        if not before and first and lines[first - 1].endswith("\r"):  # with an LF behind it, that is one line end and not two
            first -= 1
            before = lines[first]
        written = list(_lines_of(before + text + behind))
        if last + 1 < len(lines):  # `behind` closes its line, so nothing follows in it
            written.pop()
        lines[first : last + 1] = written

    def _place(self, line: int, character: int) -> tuple[int, int]:
        """Return a line and an offset in it that are there."""
        if line >= len(self._lines):
            return len(self._lines) - 1, len(self._lines[-1])
        return line, reached(self._lines[line].rstrip("\r\n"), character, self._encoding)


def _lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends, last the one that has none."""
    start = 0
    for match in LINE_END.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    yield text[start:]
