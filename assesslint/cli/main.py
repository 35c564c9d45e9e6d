"""The command `assesslint`: its parts, and the one place where what goes wrong becomes a plain message and an exit code."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import Any

import click

from assesslint import __version__
from assesslint.cli.check import check
from assesslint.cli.completion import VARIABLE, answer, completion
from assesslint.cli.convert import convert
from assesslint.cli.explain import explain
from assesslint.cli.failures import why_impossible
from assesslint.cli.fmt import fmt
from assesslint.cli.init import init
from assesslint.cli.keys import keys
from assesslint.cli.language import asked_language, half
from assesslint.cli.lsp import lsp
from assesslint.cli.manual import Group, in_chinese
from assesslint.cli.options import UNABLE, lang_option
from assesslint.cli.publish import publish
from assesslint.cli.register import register
from assesslint.cli.rules import rules
from assesslint.cli.schema import schema
from assesslint.cli.serve import serve
from assesslint.cli.verify import verify
from assesslint.cli.waive import waive
from assesslint.text.memory import collection_paused

INTERRUPTED, TERMINATED = 130, 143
"""Exit codes of a run that the user broke off, and of one that was told to end."""


class Door(Group):
    """A group whose errors are told in Chinese or English and never as a traceback."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the command line and exit."""
        words = list(sys.argv[1:] if args is None else args)
        lang = asked_language(words)
        if os.environ.get(VARIABLE):
            answer(self)
        extra |= {"standalone_mode": False, "obj": words}
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _terminated)
        try:
            with collection_paused():
                sys.exit(super().main(words, prog_name or "assesslint", *rest, **extra) or 0)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            sys.exit(UNABLE)
        except click.UsageError as error:
            click.echo(_usage(error, lang), err=True)
            sys.exit(UNABLE)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(INTERRUPTED)
        except click.ClickException as error:
            click.echo(error.format_message(), err=True)
            sys.exit(UNABLE)
        except Exception as error:
            click.echo(why_impossible(error, lang), err=True)
            sys.exit(UNABLE)


def _terminated(_number: int, _frame: FrameType | None) -> None:
    """End in the ordinary way, so that what was unpacked for the run goes with it."""
    sys.exit(TERMINATED)


def _usage(error: click.UsageError, lang: str) -> str:
    """Return what is wrong with a command line, with the nearest word that would have done."""
    zh = lang == "zh"
    near = ""
    match error:
        case click.exceptions.NoSuchCommand():
            said = f"没有命令“{error.command_name}”" if zh else f"There is no command “{error.command_name}”"
            near = _near(error.command_name, error.possibilities, zh)
        case click.NoSuchOption():
            said = f"没有选项 {error.option_name}" if zh else f"There is no option {error.option_name}"
            near = _near(error.option_name, error.possibilities, zh)
        case click.MissingParameter():
            said = _missing(error, zh)
        case click.BadOptionUsage():
            said = f"选项 {error.option_name} 后面缺少值" if zh else f"The option {error.option_name} lacks its value"
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=known)) as param):
            name = _name(param, error.ctx)
            zh_said = f"{f'{name} ' if name else '参数'}可写 {'、'.join(known)}"
            said = zh_said if zh else f"{name or 'The argument'} may be {', '.join(known)}"
        case click.BadParameter(param=click.Parameter(type=click.IntRange(min=least, max=most)) as param):
            name = _name(param, error.ctx)
            said = f"{name} 应为 {least} 到 {most} 的整数" if zh else f"{name} takes a whole number from {least} to {most}"
        case click.BadParameter(param=click.Parameter() as param):
            name = _name(param, error.ctx)
            said = f"{name}：{half(error.message, lang)}" if zh else f"{name}: {half(error.message, lang)}"
        case click.UsageError(message="Missing command."):
            said = "缺少命令" if zh else "A command is missing"
        case _:
            said = f"用法不对：{half(error.message, lang)}" if zh else half(error.message, lang)
    command = error.ctx.command_path if error.ctx else "assesslint"
    tail = f"用法见 {command} --help" if zh else f"See {command} --help"
    return f"{said}{near}\n{tail}"


def _missing(error: click.MissingParameter, zh: bool) -> str:
    """Return which option or argument a command line lacks, with the words it may be where they are few."""
    match error.param:
        case click.Option(opts=names) as option:
            value = option.make_metavar(error.ctx) if error.ctx else ""
            return f"缺少 {min(names, key=len)} {in_chinese(value)}" if zh else f"{min(names, key=len)} {value} is missing"
        case click.Argument(type=click.Choice(choices=known)):
            return f"缺少参数，可写 {'、'.join(known)}" if zh else f"An argument is missing; it may be {', '.join(known)}"
        case click.Argument() as argument:
            value = argument.make_metavar(error.ctx).rstrip(".") if error.ctx else ""
            return f"缺少{in_chinese(value)}" if zh else f"{value} is missing"
    return "缺少参数" if zh else "An argument is missing"


def _name(param: click.Parameter, context: click.Context | None) -> str:
    """Return what a parameter is called on the command line, nothing for an argument that is only known by the words it may be."""
    if isinstance(param, click.Argument) and isinstance(param.type, click.Choice):
        return ""
    return param.get_error_hint(context).replace("'", "")


def _near(word: str, known: Any, zh: bool) -> str:
    from assesslint.text.suggest import suggest

    near = suggest(word, known or ())
    if not near:
        return ""
    return f"，是不是要写 {near}？" if zh else f"; did you mean {near}?"


@click.group("assesslint", cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="assesslint %(version)s", help="版本 / show the version")
@lang_option
def main(lang: str | None) -> None:
    """检查考核方案草案：哪些指标违反基层减负规定，依据哪一条，应改成什么。草案只在本机读，不传到任何地方。

    Check drafts of government assessment schemes: which indicators break the rules that relieve the grassroots, by which norm, and what to
    write instead. Drafts are read on this machine and sent nowhere.
    """


for command in (check, serve, convert, fmt, publish, waive, verify, register, rules, explain, schema, keys, completion, lsp, init):
    main.add_command(command)

atexit.register(gc.freeze)  # looking for cycles among values that are about to go anyway takes a tenth of a short run

if __name__ == "__main__":
    main()
