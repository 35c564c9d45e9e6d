"""Where the grammars and the central rules lie: in the wheel inside the package, in a checkout beside it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(folder: str) -> Path:
    """Return the folder `grammar` or `rules` that this installation carries.

    Raises FileNotFoundError when the installation is broken.
    """
    for base in (_PACKAGE / "_resources", _PACKAGE.parent):
        if (base / folder).is_dir():
            return base / folder
    raise FileNotFoundError(f"assesslint 安装不完整，缺少 {folder}/ (the installation lacks its {folder}/ folder)")
