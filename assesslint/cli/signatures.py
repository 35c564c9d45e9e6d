"""What commands that sign, verify or trust share: the library they need, the keys a user names, and the list of what is trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from assesslint.linter.errors import RunError
from assesslint.text.system_errors import why_refused


@contextmanager
def library() -> Iterator[None]:
    """Import within it what signatures need. Raises RunError when that is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        from assesslint.linter.signed import NO_LIBRARY

        raise RunError(*NO_LIBRARY) from error


@contextmanager
def recording() -> Iterator[None]:
    """Record within it what is trusted. Raises RunError when that cannot be written, or its library is not installed."""
    try:
        with library():
            yield
    except OSError as error:
        why = why_refused(error)
        raise RunError(f"没有记下：{why[0]}", f"It was not recorded: {why[1]}") from error


def named_key(file: str) -> tuple[str, bytes]:
    """Return the id of the public key in a file, and the key. Raises SourceError when it is none."""
    from assesslint.linter.signed import read_whole
    from assesslint.policy.keys import key_id, public_key

    public = public_key(read_whole(Path(file)))
    return key_id(public), public


def one_of(known: Iterable[str], start: str) -> str:
    """Return the one id that begins so. Raises RunError when none does, or several do."""
    found = [name for name in known if start and name.startswith(start.lower())]
    if len(found) != 1:
        raise RunError(f"以“{start}”开头的有 {len(found)} 个，请写明一个", f"“{start}” begins {len(found)} of them; name one")
    return found[0]


def noted(names: Iterable[str], notes: Mapping[str, str]) -> dict[str, str]:
    """Return ids, each with where it came from."""
    return {name: notes.get(name, "") for name in names}


def show_trusted(kinds: Mapping[str, Mapping[str, str]], nothing: str) -> None:
    """Print ids under what they are trusted as, each with what is said of it; `nothing` when there are none."""
    lines = [f"{kind}  {name}  {said}" for kind, names in kinds.items() for name, said in sorted(names.items())]
    click.echo("\n".join(lines) or nothing)
