"""A folder of an editor → how the documents in it are judged: its configuration, its rules, the schemes that others name as superior.

All is read anew when its files have changed, which is looked for at most once a second.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from itertools import islice
from pathlib import Path
from threading import RLock
from time import monotonic
from typing import Concatenate, ParamSpec, TypeVar

from assesslint.documents.draft import read_draft
from assesslint.findings.problems import FolderError
from assesslint.linter.check import open_rulebook
from assesslint.linter.configuration import FILE_NAME, PROJECT_FILE, resolve_settings
from assesslint.linter.errors import RunError
from assesslint.linter.fingerprint import scheme_key
from assesslint.linter.judged import forget_words
from assesslint.linter.rule_page import RuleFolder
from assesslint.linter.settings import Settings
from assesslint.policy.rulebook import Rulebook
from assesslint.scheme.model import Scheme
from assesslint.text.resources import resource

LOOK_AGAIN, WALK_AGAIN = 1.0, 5.0
"""Seconds for which the files of rules, and those of schemes, are taken to be as they were."""

MOST_FILES, MOST_SCHEME_BYTES = 5_000, 500_000
"""Files looked at in one folder, and the size of a scheme file among them that is read for what others name."""

SKIPPED = frozenset({"node_modules", "__pycache__"})
"""Folders that hold no schemes and many files; so do those whose names begin with a dot."""

Given = ParamSpec("Given")
Result = TypeVar("Result")

Stamp = tuple[tuple[str, int, int], ...]
"""Files with their sizes and times of change."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for when the server was started, and stands above any configuration."""

    lang: str | None = None
    config: str | None = None
    rules: str | None = None
    require_signed: bool | None = None
    preview: bool | None = None


NOTHING_ASKED = Asked()


def _alone(method: Callable[Concatenate[Folder, Given], Result]) -> Callable[Concatenate[Folder, Given], Result]:
    """Let one thread at a time into the methods of a folder."""

    @wraps(method)
    def alone(self: Folder, /, *values: Given.args, **named: Given.kwargs) -> Result:
        with self._lock:
            return method(self, *values, **named)

    return alone


class Folder:
    """How the documents below `root` are judged; without a root, those that lie in no folder of the editor."""

    def __init__(self, root: Path | None, asked: Asked = NOTHING_ASKED) -> None:
        self.root = root
        self._asked = asked
        self._lock = RLock()
        self._settings: Settings | None = None
        self._rulebook: Rulebook | RunError | FolderError | None = None
        self._stamp: Stamp = ()
        self._looked = self._walked = float("-inf")
        self._rule_folders: dict[Path, tuple[Stamp, RuleFolder]] = {}
        self._files: dict[str, tuple[Stamp, tuple[tuple[str, Scheme], ...]]] = {}
        self._schemes: Mapping[str, tuple[str, Scheme]] = {}

    def look_again(self) -> None:
        """Let the next use look whether files have changed."""
        self._looked = self._walked = float("-inf")

    @_alone
    def settings(self) -> Settings:
        """Return how to judge. Raises RunError where the configuration is faulty."""
        self._refresh()
        if self._settings is None:
            asked = self._asked
            self._settings = resolve_settings(
                (),
                asked.config,
                start=self.root,
                lang=asked.lang,
                rules=asked.rules,
                require_signed=asked.require_signed,
                preview=asked.preview,
            )
            self._stamp = self._stamp_now()
        return self._settings

    @property
    def lang(self) -> str:
        """The language to speak, which a faulty configuration cannot say."""
        try:
            return self.settings().lang
        except RunError:
            return self._asked.lang or "zh"

    @_alone
    def rulebook(self) -> Rulebook:
        """Return the rules to judge by. Raises RunError or FolderError where there are none that load."""
        settings = self.settings()
        if self._rulebook is None:
            try:
                self._rulebook = open_rulebook(settings)
            except (RunError, FolderError) as error:
                self._rulebook = error
            self._stamp = self._stamp_now()
        if isinstance(self._rulebook, Exception):
            raise self._rulebook
        return self._rulebook

    def page_of(self, rule: str) -> str | None:
        """Return the URI of the page of a rule; None where there is none to look at."""
        try:
            rulebook = self.rulebook()
            page = (rulebook.packs[rulebook.origin[rule]].folder / rulebook.rules[rule].page).resolve()
        except (RunError, FolderError, KeyError, IndexError, OSError):
            return None
        return page.as_uri() if page.is_file() else None

    @_alone
    def rule_folder(self, folder: Path) -> RuleFolder:
        """Return a folder of rules, to check its pages. Raises FolderError."""
        stamp = stamp_of(_files_below(folder))
        known = self._rule_folders.get(folder)
        if known is None or known[0] != stamp:
            forget_words()
            known = self._rule_folders[folder] = stamp, RuleFolder(folder)
        return known[1]

    @_alone
    def schemes(self) -> Mapping[str, tuple[str, Scheme]]:
        """Return the schemes in the files of the folder by what others call them, each with its file."""
        if monotonic() - self._walked >= WALK_AGAIN:
            found: dict[str, tuple[str, Scheme]] = {}
            for path in _files_below(self.root) if self.root is not None else ():
                for key, scheme in self._schemes_in(path) if path.suffix == ".assess" else ():
                    found.setdefault(key, (str(path), scheme))
            self._schemes = found
            self._walked = monotonic()
        return self._schemes

    def _schemes_in(self, path: Path) -> tuple[tuple[str, Scheme], ...]:
        """Return the schemes in a file, none where it is too large or cannot be read."""
        stamp = stamp_of([path])
        known = self._files.get(str(path))
        if known is None or known[0] != stamp:
            data = b""
            with suppress(OSError):
                if stamp and stamp[0][2] <= MOST_SCHEME_BYTES:
                    data = path.read_bytes()
            schemes = tuple((scheme_key(scheme.name.text), scheme) for scheme in read_draft(str(path), data).schemes)
            known = self._files[str(path)] = stamp, schemes
        return known[1]

    def _refresh(self) -> None:
        now = monotonic()
        if now - self._looked < LOOK_AGAIN:
            return
        self._looked = now
        if self._settings is not None and self._stamp != self._stamp_now():
            self._settings = self._rulebook = None
            forget_words()

    def _stamp_now(self) -> Stamp:
        """Return the stamp of all that the settings and rules are made from."""
        settings = self._settings or Settings()
        packs = self._rulebook.packs if isinstance(self._rulebook, Rulebook) else ()
        folders = [pack.folder for pack in packs] or [settings.rules or resource("rules")]
        named = [path for path in (settings.file, settings.waivers, settings.baseline, settings.rules) if path is not None]
        return stamp_of([*self._configurations(), *named, *(file for folder in folders for file in _files_below(folder))])

    def _configurations(self) -> Iterator[Path]:
        """Yield the files that are the configuration, or would be if they were there."""
        start = self.root or Path.cwd()
        for folder in (start, *start.parents):
            yield from (folder / name for name in (FILE_NAME, PROJECT_FILE))


def stamp_of(files: Iterable[Path]) -> Stamp:
    """Return what tells whether any of these files has changed, come or gone."""
    stamps = []
    for file in files:
        try:
            status = file.stat()
        except (OSError, ValueError):
            continue
        stamps.append((str(file), status.st_mtime_ns, status.st_size))
    return tuple(stamps)


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in a fixed order, at most `MOST_FILES`; links are not followed."""

    def walk() -> Iterator[Path]:
        for top, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED)
            yield from (Path(top, name) for name in sorted(names))

    return islice(walk(), MOST_FILES)
