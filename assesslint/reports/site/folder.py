"""The files of a site ↔ the folder it is kept in. A list of its files lies with them, so that pages gone since are known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from assesslint.reports.site.build import Files

LIST = ".assesslint-site"
"""The file that names the others, one a line."""


def listed(files: Files) -> Files:
    """Return the files of a site with the list of them."""
    return {**files, LIST: "".join(f"{name}\n" for name in files).encode("utf-8")}


def is_site(folder: Path) -> bool:
    """Tell whether a folder holds a site made by this program, or nothing that a site could be mixed up with."""
    return not folder.exists() or (folder / LIST).is_file() or (folder.is_dir() and not any(folder.iterdir()))


def leftovers(files: Files, folder: Path) -> list[PurePosixPath]:
    """Return the files of the site in a folder that the site has no longer."""
    try:
        names = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    known = [PurePosixPath(name) for name in names if name and name not in files]
    return [name for name in known if not name.is_absolute() and ".." not in name.parts and _lies_in(folder, name)]


def _lies_in(folder: Path, name: PurePosixPath) -> bool:
    path = folder / name
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


def stale(files: Files, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each file that is not in a folder as it is now: its name and `missing`, `stale` or `left over`."""
    for name, data in files.items():
        path = folder / name
        if not path.is_file():
            yield name, "missing"
        elif path.read_bytes() != data:
            yield name, "stale"
    yield from ((name.as_posix(), "left over") for name in leftovers(files, folder))
