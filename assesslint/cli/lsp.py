"""`assesslint lsp`: serves an editor that speaks the language server protocol, between the standard input and output."""

from __future__ import annotations

import sys

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import config_option, lang_option, rules_option, signed_option


@click.command(cls=Command, short_help="供编辑器使用的语言服务 / language server for editors")
@lang_option
@config_option
@rules_option
@signed_option
@click.option("--preview", is_flag=True, default=None, help="试行规则也参与检查 / let rules in preview judge too")
def lsp(lang: str | None, config: str | None, rules_folder: str | None, require_signed: bool | None, preview: bool | None) -> None:
    """在编辑器里边写边查方案和规则页。由编辑器启动，不必手工运行；设置方法见 docs/editors.md。

    Check schemes and rule pages in an editor while they are written. The editor starts it; docs/editors.md says how.
    """
    from assesslint.linter.errors import RunError

    try:
        from assesslint.lsp.folders import Asked
        from assesslint.lsp.server import serve
    except ModuleNotFoundError as error:
        raise RunError(
            "语言服务需要另外安装，请运行 pip install 'assesslint[lsp]'",
            "The language server is installed apart; run pip install 'assesslint[lsp]'",
        ) from error

    if sys.stdin.isatty():
        raise RunError(
            "语言服务由编辑器启动，在终端里没有用处；设置方法见 docs/editors.md",
            "An editor starts the language server; in a terminal it is of no use. docs/editors.md says how to set it up",
        )
    serve(Asked(lang, config, rules_folder, require_signed, preview), sys.stdin.buffer, sys.stdout.buffer)
