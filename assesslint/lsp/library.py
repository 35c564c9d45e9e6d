"""What stands in other files, for whoever names it: the schemes and pages of a folder, and those that are open, as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lsprotocol.types import Location

from assesslint.documents.draft import read_draft
from assesslint.findings.problems import FolderError
from assesslint.linter.errors import RunError
from assesslint.linter.fingerprint import scheme_key
from assesslint.lsp.completion import Known
from assesslint.lsp.documents import View
from assesslint.lsp.folders import Folder
from assesslint.lsp.positions import Text
from assesslint.scheme.model import Scheme
from assesslint.text.source import Span


@dataclass(frozen=True)
class Shelf:
    """The other documents that are open, and the folder around one of them."""

    views: Sequence[View]
    folder: Folder
    encoding: str

    def scheme(self, name: str) -> Location | None:
        """Return where the scheme of a name stands."""
        key = scheme_key(name)
        for view in self.views:
            for scheme in view.schemes:
                if scheme_key(scheme.name.text) == key:
                    return Location(view.uri, view.text.range(Span(scheme.name.span.start + view.shift, scheme.name.span.end + view.shift)))
        path, _ = self.folder.schemes().get(key, ("", None))
        return self._in_file(Path(path), key) if path else None

    def page(self, rule: str) -> str | None:
        """Return the URI of the page of a rule."""
        return self.folder.page_of(rule)

    def known(self, *, snippets: bool) -> Known:
        """Return the names that can be completed."""
        try:
            rules = {rule.id: rule.title[self.folder.lang] for rule in self.folder.rulebook().rules.values()}
        except (RunError, FolderError):
            rules = {}
        schemes = [scheme.name.text for view in self.views for scheme in view.schemes]
        schemes += [scheme.name.text for _, scheme in self.folder.schemes().values()]
        return Known(rules, tuple(dict.fromkeys(schemes)), snippets)

    def _in_file(self, path: Path, key: str) -> Location | None:
        try:
            draft = read_draft(str(path), path.read_bytes())
        except OSError:
            return None
        found: list[Scheme] = [scheme for scheme in draft.schemes if scheme_key(scheme.name.text) == key]
        return Location(path.resolve().as_uri(), Text(draft.source.text, self.encoding).range(found[0].name.span)) if found else None
