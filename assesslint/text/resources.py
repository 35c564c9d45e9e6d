"""Where the grammars and the central rules lie: in the wheel inside the package, in a checkout beside it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(folder: str) -> Path:
    """Return the folder `grammar` or `rules` that this installation carries.

    Raises FileNotFoundError when the installation is broken.
    """
    for base in (_PACKAGE / "_resources", _PACKAGE.parent):
        if (base / folder).is_dir():
            return base / folder
    raise FileNotFoundError(f"assesslint 安装不完整,缺少 {folder}/ (the installation lacks its {folder}/ folder)")


@cache
def cache_folder() -> Path | None:
    """Return this user's own folder for what can be made again; None where there is none that only the user can write to."""
    from platformdirs import user_cache_path

    folder = user_cache_path("assesslint", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return folder if mine and not status.st_mode & 0o022 else None
