"""`assesslint rules new FAMILY/ID --rules DIR`: the page of a new rule, with blanks to fill."""

from __future__ import annotations

from pathlib import Path

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import FOLDER, lang_option


@click.command("new", cls=Command, short_help="新写一条规则 / begin a new rule")
@click.argument("place", metavar="FAMILY/ID")
@click.option("--rules", "folder", required=True, type=FOLDER, help="规则文件夹 / folder of rules")
@lang_option
def new_rule(place: str, folder: str, lang: str | None) -> None:
    """在规则文件夹里新建一页规则，各处待填之处写着要填什么；填完就能载入。

    Begin the page of a new rule. Its blanks say what belongs there; once all are filled it loads.
    """
    from assesslint.linter.errors import RunError
    from assesslint.policy.pack import read_pack
    from assesslint.policy.problems import RulebookError
    from assesslint.policy.rulebook import upper_rules
    from assesslint.policy.scaffold import blanks, write_new_page
    from assesslint.text.system_errors import why_refused

    zh = (lang or "zh") == "zh"
    family, _, name = place.partition("/")
    if not name:
        raise RunError(f"请写成 类别/规则名，如 adoption/{family}", f"Write FAMILY/ID, such as adoption/{family}")
    if not Path(folder).is_dir():
        raise RunError(f"没有规则文件夹 {folder}", f"There is no folder of rules {folder}")
    pack, problems = read_pack(Path(folder))
    if problems:
        raise RulebookError(problems)
    upper = upper_rules(pack)
    taken = {*pack.removed, *((*upper.rules, *upper.removed) if upper else ())}
    try:
        path = write_new_page(Path(folder), family, name, taken)
    except OSError as error:
        why = why_refused(error)
        raise RunError(f"没有写出 {place}：{why[0]}", f"{place} was not written: {why[1]}") from error
    click.echo(f"新建 {path}，请填好：" if zh else f"{path} is there; fill in:")
    for line, what in blanks(path.read_text(encoding="utf-8")):
        click.echo(f"  {line}: {what}")
    click.echo(f"填完运行 assesslint rules check {folder}" if zh else f"then run assesslint rules check {folder}")
