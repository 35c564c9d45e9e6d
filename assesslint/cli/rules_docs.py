"""`assesslint rules docs DIR -o SITE`: the rules of a folder as a static site, or whether the site there is still theirs."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path, PurePath

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import FOLDER, PACK, Day, lang_option


@click.command("docs", cls=Command, short_help="生成规则网站 / build a site of the rules")
@click.argument("folder", type=PACK, metavar="DIR")
@click.option("-o", "--out", "site", required=True, type=FOLDER, metavar="SITE", help="网站放在哪个文件夹 / folder of the site")
@click.option("--since", type=PACK, metavar="OLD", help="列出相对旧版的改动：文件夹、zip 或 git 版本 / list changes since OLD")
@click.option("--as-of", type=Day(), help="例子按哪一天有效的规定检查，默认今天 / day to judge the examples by")
@click.option("--check", "only_check", is_flag=True, help="只看网站是否过期 / only tell whether the site is stale")
@lang_option
def docs(folder: str, site: str, since: str | None, as_of: date | None, only_check: bool, lang: str | None) -> None:
    """由规则生成中英文静态网站：每条规则一页，另有规定、词汇、变更。不联网，不用脚本，双击 index.html 即可看。

    Build a static site, in Chinese and English, from the rules: a page a rule, the norms, the vocabulary, the changes. It needs no network
    and no script; open index.html.
    """
    from assesslint.cli.outputs import Output, Replacing
    from assesslint.linter.errors import RunError
    from assesslint.linter.pages import open_folder
    from assesslint.policy.changes import text_changes
    from assesslint.policy.sources import opened

    try:
        from assesslint.reports.site.build import build_site
        from assesslint.reports.site.folder import is_site, leftovers, listed, stale
    except ModuleNotFoundError as error:
        raise RunError(
            "生成网站需要另外安装排版库，请运行 pip install 'assesslint[docs]'",
            "Building a site needs libraries that are not installed; run pip install 'assesslint[docs]'",
        ) from error

    zh = (lang or "zh") == "zh"
    rulebook = open_folder(folder)
    with ExitStack() as stack:
        changes = list(text_changes(open_folder(str(stack.enter_context(opened(since)))), rulebook)) if since else None
    files = listed(build_site(rulebook, as_of, changes))
    if only_check:
        found = list(stale(files, Path(site)))
        said = {"missing": ("缺少", "missing"), "stale": ("过期", "stale"), "left over": ("多余", "left over")}
        for name, what in found:
            click.echo(f"{name}  {said[what][0 if zh else 1]}")
        click.echo(
            (f"{len(found)} 个文件过期，请重新生成" if zh else f"{len(found)} files are stale; build the site anew")
            if found
            else (f"{len(files)} 个文件都是最新的" if zh else f"all {len(files)} files are up to date")
        )
        sys.exit(1 if found else 0)
    if not is_site(Path(site)):
        raise RunError(
            f"{site} 里有别的文件，不是规则网站，没有写入；请换一个文件夹",
            f"{site} holds other files and is no site of rules; nothing was written, name another folder",
        )
    output = Output(site, [folder], is_folder=True, replacing=Replacing())
    gone = leftovers(files, Path(site))
    for name, data in files.items():
        output.write(PurePath(name), data)
    for old in gone:
        (Path(site) / old).unlink()
    first = Path(site) / "index.html"
    click.echo(f"写出 {len(files)} 个文件，从 {first} 看起" if zh else f"{len(files)} files written; begin at {first}")
