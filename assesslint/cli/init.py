"""`assesslint init [DIR]`: the files a new repository of schemes or of rules begins with, from the templates beside this module."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path, PurePath

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import FOLDER, lang_option

TEMPLATES = Path(__file__).parent / "templates"
BLANK = "【编号】"
"""Stands in a template for the id of the new pack."""

_NEXT = {
    "schemes": ("assesslint check 方案", "assesslint fmt 方案"),
    "rules": ("assesslint rules check rules", "assesslint rules test rules"),
}


@click.command(cls=Command, short_help="新建方案库或规则库 / begin a repository")
@click.argument("folder", type=FOLDER, metavar="[DIR]", default=".")
@click.option("--rules", "for_rules", is_flag=True, help="新建规则库：在中央规则之上加规则 / rules of your own, on top of the central ones")
@lang_option
def init(folder: str, for_rules: bool, lang: str | None) -> None:
    """新建存放考核方案的文件夹：配置、一份示例方案、提交前和 CI 里的检查、给同事看的说明。什么也不问，已有的文件一概不动。

    Begin a repository of schemes: configuration, an example, checks before a commit and in CI, and a page (in Chinese) for colleagues. It
    asks nothing and touches no file that is there.
    """
    from assesslint.linter.errors import RunError
    from assesslint.text.shortened import printable
    from assesslint.text.system_errors import why_refused

    zh = lang != "en"
    kind = "rules" if for_rules else "schemes"
    top = Path(folder)
    try:
        made = [(name, _made(top / name, text)) for name, text in _files(kind, top)]
    except OSError as error:
        why = why_refused(error)
        raise RunError(f"没有写完 {folder}：{why[0]}", f"{folder} was not written to its end: {why[1]}") from error
    said = {True: "新建", False: "已有，没有动"} if zh else {True: "made", False: "there already, left"}
    for name, is_new in made:
        click.echo(printable(f"{said[is_new]}  {top / name}"))
    steps = [*([f"cd {shlex.quote(folder)}"] if folder != "." else []), *_NEXT[kind]]
    click.echo("\n".join(["", "接下来：" if zh else "Next:", *(printable(f"  {step}") for step in steps)]))


def _files(kind: str, top: Path) -> Iterator[tuple[PurePath, str]]:
    """Yield name and text of each file of a template, the configuration first."""
    base = TEMPLATES / kind
    for path in sorted((path for path in base.rglob("*") if path.is_file()), key=lambda path: (len(path.relative_to(base).parts), path)):
        yield PurePath(path.relative_to(base)), path.read_text(encoding="utf-8").replace(BLANK, _pack_id(top))


def _pack_id(top: Path) -> str:
    """Return the id of a pack in this folder: its name as far as an id may be made of it."""
    from assesslint.policy.pack import CENTRAL

    words = re.findall(r"[a-z0-9]+", top.resolve().name.lower())
    name = "-".join(words)
    return name if name[:1].isalpha() and name != CENTRAL else "local"


def _made(path: Path, text: str) -> bool:
    """Write a file unless there is one, or a link, under its name; tell whether it was written. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True
