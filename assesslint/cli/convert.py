"""`assesslint convert DRAFT -o OUT`: a draft of any kind that is read → the scheme language, JSON, Word, Excel, a web page or text."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath

import click

from assesslint.cli.manual import Command
from assesslint.cli.options import DRAFT, OUT, config_option, force_option, lang_option

_MOST_TOLD = 20
"""Notices told one by one; beyond, they are counted."""


@click.command(cls=Command, short_help="转换草案格式 / convert a draft")
@click.argument("path", type=DRAFT, metavar="DRAFT")
@click.option("-o", "--output", required=True, type=OUT, help="写到哪个文件，按扩展名定格式 / file to write; its suffix says the kind")
@force_option
@lang_option
@config_option
def convert(path: str, output: str, force: bool, lang: str | None, config: str | None) -> None:
    """把草案转成方案语言（.assess）、.json、.docx、.xlsx、.html、.md 或 .txt。

    没有把握的地方写成 .assess 里的注释，并逐处列出。

    Convert a draft to the scheme language (.assess), .json, .docx, .xlsx, .html, .md or .txt.

    What was uncertain stands as comments in .assess, and is listed.
    """
    from assesslint.cli.outputs import Output, Replacing
    from assesslint.documents.draft import read_draft
    from assesslint.documents.written.uncertain import with_comments
    from assesslint.documents.written.write import WRITERS
    from assesslint.findings.model import Finding, Notice
    from assesslint.linter.configuration import resolve_settings
    from assesslint.linter.errors import RunError
    from assesslint.linter.inputs import Input, read_bytes
    from assesslint.text.shortened import printable

    suffix = PurePath(output).suffix.lower()
    if suffix not in WRITERS:
        known = "、".join(WRITERS), ", ".join(WRITERS)
        raise RunError(f"不能写成 {suffix or '没有扩展名的'} 文件，可写 {known[0]}", f"{output} is no kind of file written; {known[1]} are")
    target = Output(output, [path], is_folder=False, replacing=Replacing(force=force))
    settings = resolve_settings([path], config, lang=lang)
    target.protect([path, settings.file])
    zh = settings.lang == "zh"
    data = read_bytes(Input(path, Path(path)), settings.limits.max_bytes, settings.lang)
    if isinstance(data, Finding):
        raise RunError(f"{path}：{data.message}", f"{path}: {data.message}")
    draft = read_draft(path, data, settings.lang, settings.limits)
    told: list[Finding | Notice] = [*draft.findings, *draft.notices]
    for each in told[:_MOST_TOLD]:
        click.echo(printable(f"{path}{each.location.shown(settings.lang)}  {each.message}"), err=True)
    if len(told) > _MOST_TOLD:
        more = len(told) - _MOST_TOLD
        click.echo(f"另有 {more} 处" if zh else f"{more} more", err=True)
    if not draft.schemes:
        raise RunError(f"没有写出 {output}：{path} 里没有读出方案", f"{output} was not written: no scheme was read from {path}")
    schemes = with_comments(draft, settings.lang) if suffix == ".assess" else draft.schemes
    try:
        written = target.write(PurePath(target.path.name), WRITERS[suffix](schemes))
    except ModuleNotFoundError as error:
        missing = f"写 {suffix} 需要另外安装组件（缺少 {error.name}），请运行 pip install 'assesslint[office]'"
        raise RunError(missing, f"Writing {suffix} needs {error.name}; run pip install 'assesslint[office]'") from error
    noted = f"，{len(told)} 处待核" if told and zh else f", {len(told)} places to be checked" if told else ""
    click.echo(printable(f"已写出 {written}{noted}" if zh else f"Wrote {written}{noted}"), err=True)
    sys.exit(int(any(finding.severity == "error" for finding in draft.findings)))
