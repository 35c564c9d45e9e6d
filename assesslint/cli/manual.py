"""A command → its help page: purpose, usage, arguments, options, examples, exit codes, files and environment, in one language.

Words of ours are written `Chinese / English`; a docstring has its paragraphs in Chinese first, then those without Chinese characters.
Widths are terminal cells, which click does not count.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from assesslint.cli.language import half, language
from assesslint.text.filling import filled
from assesslint.text.source import cells

NARROWEST, WIDEST = 50, 100
"""Cells of a page, however wide the terminal is."""

LONGEST_TERM = 24
"""Cells of what is explained beside its explanation; behind a longer one the explanation begins on the next line."""

LONGEST_CHOICE = 22
"""Cells of the values of an option written out in its place; longer ones stand in the explanation."""

TITLES = {
    "usage": "用法 / Usage",
    "arguments": "参数 / Arguments",
    "options": "选项 / Options",
    "others": "其他选项 / Other options",
    "commands": "命令 / Commands",
    "more": "其他命令 / Other commands",
    "examples": "例子 / Examples",
    "exits": "退出码 / Exit codes",
    "files": "文件 / Files",
    "environment": "环境变量 / Environment",
}
HELP = "显示本页 / show this page"

NAMES = {
    "YYYY-MM-DD": "年-月-日", "OPTIONS": "选项", "COMMAND": "命令", "ARGS": "参数", "PATH": "路径", "FILE": "文件", "DIR": "文件夹",
    "OUT": "输出", "RULE": "规则", "FAMILY": "类别", "LEVEL": "程度", "FORMAT": "格式", "NAME": "名称", "DRAFT": "草案", "REV": "版本",
    "OLD": "旧版", "NEW": "新版", "SITE": "网站", "ID": "编号", "PACK": "规则包", "KEYFILE": "公钥文件", "SHELL": "命令行", "FLOAT": "小数",
    "INTEGER": "整数", "TEXT": "文字", "NOTICE": "提示", "REGISTER": "登记簿", "PROOF": "登记证明", "NUMBER": "编号", "UNIT": "单位",
}  # fmt: skip
"""What the words are in Chinese that stand for what is to be written."""

_NAME = re.compile(r"YYYY-MM-DD|[A-Z]+(?![a-z])")
_CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_CHINESE_LINE_END = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")


@dataclass(frozen=True)
class Manual:
    """What a command says of itself beyond its docstring and options. `groups` part its options, or its commands, by what they are for."""

    arguments: Mapping[str, str] = field(default_factory=dict)
    groups: Sequence[tuple[str, Sequence[str]]] = ()
    examples: Sequence[tuple[str, str]] = ()
    exits: Mapping[int, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)


class Command(click.Command):
    """A command with a help page of ours."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page in the language asked for."""
        return help_page(self, ctx)


class Group(click.Group):
    """A group of commands with help pages of ours; the language asked for before a command is the command's too."""

    command_class = Command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command called, in the language the group was asked for unless it is asked for another."""
        if ctx.params.get("lang"):
            ctx.default_map = {name: {"lang": ctx.params["lang"]} for name in self.commands}
        return super().invoke(ctx)

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page in the language asked for."""
        return help_page(self, ctx)


def help_page(command: click.Command, context: click.Context) -> str:
    """Return the help page of a command, without the last line end."""
    from assesslint.cli.manuals import MANUALS

    path = context.command_path.partition(" ")[2]
    page = _Page(language(context), MANUALS.get(path, Manual()))
    return "\n".join(page.lines(command, context)).rstrip("\n")


def in_chinese(name: str) -> str:
    """Return what stands for something to be written, in Chinese: `文件` for FILE."""
    return _NAME.sub(lambda match: NAMES.get(match[0], match[0]), name)


class _Page:
    """Writes a page in one language."""

    def __init__(self, lang: str, manual: Manual) -> None:
        self.lang = lang
        self.manual = manual
        self.width = max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))

    def lines(self, command: click.Command, context: click.Context) -> Iterator[str]:
        manual = self.manual
        yield from self.usage(command, context)
        yield ""
        for paragraph in self.paragraphs(command.help or ""):
            yield from filled(paragraph, self.width)
            yield ""
        yield from self.section("arguments", manual.arguments.items())
        options = [self.option(option, context) for option in command.get_params(context) if isinstance(option, click.Option)]
        if isinstance(command, click.Group):
            names = {name: command.get_command(context, name) for name in command.list_commands(context)}
            commands = [(name, one.short_help or "") for name, one in names.items() if one is not None and not one.hidden]
            yield from self.grouped("commands", "more", {name: (name, about) for name, about in commands})
            yield from self.section("options", options)
        else:
            yield from self.grouped("options", "others", {_long_name(term): (term, about) for term, about in options})
        yield from self.examples()
        yield from self.section("exits", ((str(code), about) for code, about in manual.exits.items()))
        yield from self.section("files", manual.files.items())
        yield from self.section("environment", manual.environment.items())

    def said(self, text: str) -> str:
        return half(text, self.lang)

    def named(self, name: str) -> str:
        return in_chinese(name) if self.lang == "zh" else name

    def title(self, title: str) -> str:
        return self.said(title) + ("：" if self.lang == "zh" else ":")

    def usage(self, command: click.Command, context: click.Context) -> list[str]:
        head = f"{self.title(TITLES['usage'])}{'' if self.lang == 'zh' else ' '}{context.command_path} "
        pieces = self.named(" ".join(command.collect_usage_pieces(context)))
        first, *rest = filled(pieces, self.width - cells(head))
        return [head + first, *(" " * cells(head) + line for line in rest)]

    def paragraphs(self, text: str) -> Iterator[str]:
        """Yield the paragraphs of a docstring that are in the language of the page, each on one line."""
        for paragraph in text.split("\n\n"):
            if bool(_CHINESE.search(paragraph)) == (self.lang == "zh"):
                yield _CHINESE_LINE_END.sub("", paragraph).replace("\n", " ")

    def option(self, option: click.Option, context: click.Context) -> tuple[str, str]:
        """Return how an option is written and what it does, in the language of the page."""
        names = ", ".join(sorted((*option.opts, *option.secondary_opts), key=len))
        about = self.said(HELP if "--help" in option.opts else option.help or "")
        if not option.is_flag and not option.count:
            value, choices = self.value(option, context)
            names += f" {value}"
            about += choices
        if option.required:
            about += "（必填）" if self.lang == "zh" else " (required)"
        if option.show_default and option.default is not None:
            about += f"，默认 {option.default}" if self.lang == "zh" else f", default {option.default}"
        return names, about

    def value(self, option: click.Option, context: click.Context) -> tuple[str, str]:
        """Return what stands for the value of an option, and the values it may have where they are too many for that place."""
        if not isinstance(option.type, click.Choice) or option.metavar:
            return self.named(option.make_metavar(context).removesuffix(" RANGE")), ""
        choices = [str(choice) for choice in option.type.choices]
        if cells("|".join(choices)) <= LONGEST_CHOICE:
            return "|".join(choices), ""
        name = self.named(max(option.opts, key=len).strip("-").upper())
        return name, f"。可写 {'、'.join(choices)}" if self.lang == "zh" else f". One of {', '.join(choices)}"

    def grouped(self, alone: str, rest: str, rows: Mapping[str, tuple[str, str]]) -> Iterator[str]:
        """Yield rows under the titles of the manual's groups, and what no group names under one of its own."""
        left = dict(rows)
        for title, names in self.manual.groups:
            yield from self.section(title, [left.pop(name) for name in names if name in left])
        yield from self.section(rest if self.manual.groups else alone, left.values())

    def section(self, title: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield a title and rows of a term and its explanation, side by side; nothing where there are no rows."""
        found = [(self.named(term) if title == "arguments" else term, self.said(about)) for term, about in rows]
        if not found:
            return
        yield self.title(TITLES.get(title, title))
        column = 4 + max((cells(term) for term, _ in found if cells(term) <= LONGEST_TERM), default=LONGEST_TERM)
        for term, about in found:
            explained = filled(about, self.width - column)
            if cells(term) + 4 <= column:
                yield f"  {term}{' ' * (column - 2 - cells(term))}{explained[0] if explained else ''}".rstrip()
                explained = explained[1:]
            else:
                yield f"  {term}"
            yield from (" " * column + line for line in explained)
        yield ""

    def examples(self) -> Iterator[str]:
        if not self.manual.examples:
            return
        yield self.title(TITLES["examples"])
        for command, about in self.manual.examples:
            yield f"  {self.said(command)}"
            yield from (f"      {line}" for line in filled(self.said(about), self.width - 6))
        yield ""


def _long_name(term: str) -> str:
    """Return the long name of an option as it is written: `--output` of `-o, --output FILE`."""
    return next((word for word in term.replace(",", "").split() if word.startswith("--")), term)
