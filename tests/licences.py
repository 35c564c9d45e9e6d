"""Checks the licences of everything assesslint needs to run: `python -m tests.licences` fails on one that is not permissive."""

from __future__ import annotations

import re
import sys
from importlib.metadata import metadata
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements.lock"
PERMISSIVE = re.compile(r"\b(MIT|BSD|Apache|MPL|Mozilla|PSF|Python Software Foundation|ISC)\b", re.IGNORECASE)


def required() -> list[str]:
    """Return the names in the lock file that are needed on this platform at all."""
    return re.findall(r"(?m)^([A-Za-z0-9._-]+)==[^;\n]+(?=[ \\]*$)", LOCK.read_text(encoding="utf-8"))


def licence(name: str) -> str:
    """Return what a distribution says of its licence."""
    about = metadata(name)
    classified = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier", []) if c.startswith("License ::")]
    return about.get("License-Expression") or ", ".join(classified) or (about.get("License") or "").partition("\n")[0]


def main() -> int:
    licences = {name: licence(name) for name in required()}
    for name, said in licences.items():
        print(f"{name}: {said or '?'}")
    refused = [name for name, said in licences.items() if not PERMISSIVE.search(said)]
    if refused:
        print(f"not permissive: {', '.join(refused)}", file=sys.stderr)
    return int(bool(refused))


if __name__ == "__main__":
    sys.exit(main())
