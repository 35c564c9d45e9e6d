"""The examples and what assesslint says of them: `python -m tests.examples` shows and compares, `--write` writes the answers anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import assesslint
from assesslint.reports.text import render_text

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
EXPECTED = EXAMPLES / "expected"
JUDGED_ON = date(2026, 11, 23)
"""The day the examples are judged by, so that the answer does not change with the calendar."""


def examples() -> Iterator[Path]:
    """Yield every example, known by its number: a draft, or a folder of drafts that belong together."""
    for path in sorted(EXAMPLES.iterdir()):
        if path.name[0].isdigit():
            yield path


def expected_file(example: Path) -> Path:
    return EXPECTED / f"{example.stem}.txt"


def answer(example: Path) -> str:
    """Return the report on an example; the working directory is to be the root of the checkout."""
    return render_text(assesslint.check([example.relative_to(ROOT)], as_of=JUDGED_ON))


def main(arguments: list[str]) -> int:
    changed = []
    for example in examples():
        text = answer(example)
        print(text)
        file = expected_file(example)
        if arguments == ["--write"]:
            EXPECTED.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        elif not file.is_file() or file.read_text(encoding="utf-8") != text:
            changed.append(example.name)
    total = len(list(examples()))
    print(f"{total - len(changed)} of {total} examples as expected" + (f"; not: {', '.join(changed)}" if changed else ""))
    return int(bool(changed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
