"""`assesslint fmt PATH…`: files in the scheme language → the same files in the one layout, or what would change in them."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import UNABLE, Word, config_option
from assesslint.cli.proposals import files
from assesslint.linter.errors import RunError
from assesslint.text.late import late

if TYPE_CHECKING:
    from assesslint.findings.model import Finding
    from assesslint.linter.inputs import Input, Unopened
    from assesslint.linter.settings import Settings

SUFFIX = ".assess"
NAME_OF_STDIN = f"stdin{SUFFIX}"

Mode = Literal["write", "check", "diff"]
State = Literal["changed", "same", "failed"]

_WRITING: Mapping[State, tuple[str, str]] = {
    "changed": ("已排版", "formatted"),
    "same": ("无须改动", "unchanged"),
    "failed": ("没有排成", "not formatted"),
}
_LOOKING: Mapping[State, tuple[str, str]] = {
    "changed": ("需要排版", "to be formatted"),
    "same": ("无须改动", "unchanged"),
    "failed": ("不能排版", "cannot be formatted"),
}
"""What is said of a file, in Chinese and English, when files are written and when they are only looked at."""

printable = late("assesslint.reports.text", "printable")


@click.command("fmt", cls=Command, short_help="排版方案文件 / format schemes")
@click.argument("paths", nargs=-1, required=True, type=Word("PATH", files(SUFFIX)), metavar="PATH...")
@click.option("--check", "only_check", is_flag=True, help="只看哪些文件需要排版，不写文件 / only tell which files would change")
@click.option("--diff", is_flag=True, help="只显示会怎样改，不写文件 / show what would change, write nothing")
@click.option("--lang", "keywords", type=click.Choice(["zh", "en"]), help="把关键词改成中文或英文 / put keywords into this language")
@config_option
def fmt(paths: tuple[str, ...], only_check: bool, diff: bool, keywords: str | None, config: str | None) -> None:
    """把方案文件（.assess）排成统一的版式；注释不丢，意思不变。- 表示从标准输入读，写到标准输出。

    Format scheme files (.assess): one layout, no comment lost, the meaning unchanged. - formats the standard input.
    """
    from assesslint.linter.configuration import resolve_settings

    settings = resolve_settings(paths, config, lang=keywords)
    mode: Mode = "diff" if diff else "check" if only_check else "write"
    tally = Counter(_settled(item, settings, keywords, mode) for item in _inputs(paths, settings))
    if list(paths) != ["-"]:
        click.echo(_summary(tally, mode, settings.lang), err=True)
    sys.exit(UNABLE if tally["failed"] else int(mode != "write" and tally["changed"] > 0))


def _inputs(paths: Sequence[str], settings: Settings) -> list[Input | Unopened]:
    """Return the files named, and the schemes in the folders named. Raises RunError when there are none."""
    from assesslint.linter.inputs import Passed, find_inputs

    met = find_inputs(paths, is_draft=_is_scheme, exclude=settings.exclude, stdin_filename=NAME_OF_STDIN, lang=settings.lang)
    found = [item for item in met if not isinstance(item, Passed)]
    if not found:
        named = " ".join(paths)
        raise RunError(f"没有找到方案文件（*{SUFFIX}）：{named}", f"No scheme file (*{SUFFIX}) found in {named}")
    return found


def _is_scheme(name: str) -> bool:
    return PurePath(name).suffix.lower() == SUFFIX


def _settled(item: Input | Unopened, settings: Settings, keywords: str | None, mode: Mode) -> State:
    """Format a file and say what became of it; one that cannot be formatted stays as it is and stops none of the others."""
    from assesslint.linter.inputs import Unopened

    colon = "：" if settings.lang == "zh" else ": "
    if isinstance(item, Unopened):
        click.echo(printable(f"{item.finding.path}{colon}{item.finding.message}"), err=True)
        return "failed"
    try:
        state = _formatted(item, settings, keywords, mode)
    except RunError as error:
        click.echo(printable(f"{item.shown}{colon}{error.text(settings.lang)}"), err=True)
        return "failed"
    if state == "changed" and mode != "diff" and item.file is not None:
        click.echo(printable(f"{_said(state, mode, settings.lang)}  {item.shown}"), err=True)
    return state


def _formatted(item: Input, settings: Settings, keywords: str | None, mode: Mode) -> State:
    """Format a file: write it, or show what would change. Raises RunError when it cannot be read or written."""
    from assesslint.cli.diffs import is_coloured, unified
    from assesslint.cli.outputs import write_over
    from assesslint.scheme.formatting import FormattingError, format_text
    from assesslint.text.source import Source

    data, text = _read(item, settings)
    try:
        result = format_text(Source(item.shown, text), settings.lang, keywords)
    except FormattingError as error:
        zh = "程序出错：排版会改变内容，没有写入。请把此文件告诉维护者"
        raise RunError(zh, "The program failed: it would have changed what the file says. Please tell the maintainers") from error
    if result.text is None:
        _tell(result.findings, settings.lang)
        return "failed"
    after = result.text.encode()
    if mode == "diff":
        click.echo(unified(item.shown, text, result.text, for_terminal=sys.stdout.isatty()), nl=False, color=is_coloured())
    elif mode == "write" and item.file is None:
        click.echo(after, nl=False)
    elif mode == "write" and after != data:
        write_over(Path(os.path.realpath(item.shown)), after)
    return "same" if after == data else "changed"


def _read(item: Input, settings: Settings) -> tuple[bytes, str]:
    """Return the bytes and the text of a file. Raises RunError when it is no text in the scheme language."""
    from assesslint.findings.model import Finding
    from assesslint.linter.inputs import read_bytes
    from assesslint.text.decode import decode

    if not _is_scheme(item.shown):
        zh = f"不是方案语言的文件（*{SUFFIX}），没有排版；其他格式的草案可先用 assesslint convert 转换"
        raise RunError(zh, f"Not a file in the scheme language (*{SUFFIX}); assesslint convert makes one of other drafts")
    data = read_bytes(item, settings.limits.max_bytes, settings.lang)
    if isinstance(data, Finding):
        raise RunError(data.message, data.message)
    decoded = decode(data)
    if decoded.fault is not None:
        raise RunError(decoded.fault.zh, decoded.fault.en)
    if "\ufffd" in decoded.text:
        raise RunError("有不成字的字节，没有排版", "It holds bytes that are no character, and was not formatted")
    return data, data.decode() if decoded.encoding == "utf-8" else decoded.text  # with its byte order mark, as a diff needs it


def _tell(findings: Sequence[Finding], lang: str) -> None:
    from assesslint.cli.diffs import is_coloured
    from assesslint.reports.text import finding_lines

    colour = sys.stderr.isatty() and is_coloured()
    for finding in findings:
        click.echo("\n".join([*finding_lines(finding, lang, colour=colour), ""]), err=True, color=colour)


def _said(state: State, mode: Mode, lang: str) -> str:
    return (_WRITING if mode == "write" else _LOOKING)[state][0 if lang == "zh" else 1]


def _summary(tally: Counter[State], mode: Mode, lang: str) -> str:
    """Return how many files came out how."""
    zh = lang == "zh"
    counted = [(state, tally[state]) for state in _WRITING if tally[state]]
    parts = [f"{_said(state, mode, lang)} {number} 个" if zh else f"{number} {_said(state, mode, lang)}" for state, number in counted]
    total = tally.total()
    return f"{total} 个文件：{'，'.join(parts)}" if zh else f"{total} file{'s' if total != 1 else ''}: {', '.join(parts)}"
