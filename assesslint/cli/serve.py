"""`assesslint serve`: the web page and the REST API, on this machine unless told otherwise, until interrupted."""

from __future__ import annotations

import os
import webbrowser
from dataclasses import replace

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import config_option, lang_option, rules_option, signed_option


@click.command(cls=Command, short_help="网页检查 / check drafts on a web page")
@click.option(
    "--host", default="127.0.0.1", metavar="ADDRESS", help="在哪个地址上服务，默认只供本机 / address; by default for this machine alone"
)
@click.option("--port", default=8765, type=click.IntRange(0, 65535), help="端口，默认 8765，0 为任选 / port, 8765 by default, 0 for any")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="检查进程数，默认每个处理器一个 / processes that judge, one a processor by default"
)
@click.option("--seconds", default=60, type=click.IntRange(5, 3600), help="一份草案最多检查多少秒 / longest for one draft")
@click.option("--memory", default=2000, type=click.IntRange(500, 100_000), help="一个检查进程最多用多少 MB / most MB of a process")
@click.option(
    "--rate", default=240, type=click.IntRange(0), help="一个地址每分钟最多提交多少份，0 不限 / most drafts a minute of one address; 0: any"
)
@click.option("--allow-host", multiple=True, metavar="NAME", help="用户访问时用的域名，可写多次 / name users call it by; repeatable")
@click.option("--open", "in_browser", is_flag=True, help="在浏览器里打开网页 / open the page in the browser")
@click.option("--register", "where", default="", metavar="REGISTER", help="公开这份登记簿，只读 / show this register, for reading only")
@lang_option
@config_option
@rules_option
@signed_option
@click.option("--preview", is_flag=True, default=None, help="试行规则也参与检查 / let rules in preview judge too")
def serve(
    host: str,
    port: int,
    workers: int | None,
    seconds: int,
    memory: int,
    rate: int,
    allow_host: tuple[str, ...],
    in_browser: bool,
    where: str,
    lang: str | None,
    config: str | None,
    rules_folder: str | None,
    require_signed: bool | None,
    preview: bool | None,
) -> None:
    """打开网页，供不用命令行的同事检查草案；办公系统可用同一地址的接口。草案不保存、不记录。按 Ctrl+C 结束。

    Serve the web page, for colleagues who use no command line, and the API for office systems. Drafts are neither stored nor logged.
    Ctrl+C ends it.
    """
    from assesslint.linter.configuration import resolve_settings
    from assesslint.linter.errors import RunError

    try:
        from assesslint.web.app import Service
        from assesslint.web.server import run
    except ModuleNotFoundError as error:
        raise RunError(
            f"网页服务需要另外安装（缺少 {error.name}），请运行 pip install 'assesslint[web]'",
            f"The web page is installed apart ({error.name} is missing); run pip install 'assesslint[web]'",
        ) from error

    settings = resolve_settings((), config, lang=lang, rules=rules_folder, require_signed=require_signed, preview=preview)
    settings = replace(settings, exclude=())  # which is for folders, and nobody sends one
    service = Service(settings, host, workers or max(2, os.cpu_count() or 1), seconds, memory * 1_000_000, rate, allow_host, where)
    if where:
        try:
            from assesslint.web.registry import Registry
        except ModuleNotFoundError as error:
            raise RunError(
                "登记簿需要另外安装数据库和加密库，请运行 pip install 'assesslint[register]'",
                "A register needs libraries that are not installed; run pip install 'assesslint[register]'",
            ) from error
        Registry(where).size()

    def ready(address: str) -> None:
        said = f"请在浏览器中打开 {address}（按 Ctrl+C 结束）" if settings.lang == "zh" else f"Open {address} in a browser (Ctrl+C ends it)"
        click.echo(said, err=True)
        if in_browser:
            webbrowser.open(address)

    run(service, port, ready)
