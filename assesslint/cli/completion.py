"""A command line not yet finished → what could come next, for bash, zsh and fish, whose scripts `assesslint completion` prints.

The scripts call `assesslint` with the line in the environment. It answers with a line a proposal (kind, words and help, parted by tabs),
and with nothing where it has none or something is wrong: this is no place for messages.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

import click
from click.shell_completion import CompletionItem, ShellComplete, split_arg_string

from assesslint.cli.language import asked_language, half
from assesslint.cli.manual import Command
from assesslint.cli.options import lang_option
from assesslint.cli.proposals import names_from
from assesslint.text.shortened import printable

VARIABLE = "_ASSESSLINT_COMPLETE"
"""The variable of the environment by which a shell says that it only asks, and which shell it is."""

_BASH = r"""
_assesslint() {
    local kind value
    COMPREPLY=()
    while IFS=$'\t' read -r kind value _; do
        COMPREPLY+=("$value")
        case $kind in
            name|folder) compopt -o filenames ;;
            open) compopt -o nospace ;;
        esac
    done < <(_ASSESSLINT_COMPLETE=bash COMP_WORDS="${COMP_LINE:0:COMP_POINT}" COMP_WORDBREAKS="$COMP_WORDBREAKS" "$1" 2> /dev/null)
}
complete -o nosort -F _assesslint assesslint
"""

_ZSH = r"""#compdef assesslint
_assesslint() {
    local line kind value help
    local -a words_ opens files folders
    for line in "${(@f)$(_ASSESSLINT_COMPLETE=zsh COMP_WORDS="${(j: :)words[1,CURRENT]}" ${words[1]} 2> /dev/null)}"; do
        IFS=$'\t' read -r kind value help <<< "$line"
        case $kind in
            plain) words_+=("${value//:/\\:}:$help") ;;
            open) opens+=("${value//:/\\:}:$help") ;;
            name) files+=("$value") ;;
            folder) folders+=("$value") ;;
        esac
    done
    local -i none=1
    (( $#words_ )) && _describe -V words words_ -U && none=0
    (( $#opens )) && _describe -V words opens -U -S '' && none=0
    (( $#files )) && compadd -U -f -V files -a files && none=0
    (( $#folders )) && compadd -U -f -S '' -V files -a folders && none=0
    return none
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _assesslint "$@"
else
    compdef _assesslint assesslint
fi
"""

_FISH = r"""
function __assesslint_complete
    set -l command (commandline -cp)
    set -l name (commandline -opc)[1]
    for line in (_ASSESSLINT_COMPLETE=fish COMP_WORDS="$command" $name 2> /dev/null)
        string replace -r '^\w+\t' '' -- $line
    end
end
complete --command assesslint --no-files --keep-order --arguments '(__assesslint_complete)'
"""

SCRIPTS = {
    "bash": (_BASH, ("写进 ~/.bashrc", "put into ~/.bashrc"), 'eval "$(assesslint completion bash)"'),
    "zsh": (_ZSH, ("写进 ~/.zshrc，在 compinit 之后", "put into ~/.zshrc, after compinit"), 'eval "$(assesslint completion zsh)"'),
    "fish": (
        _FISH,
        ("执行一次即可", "run once"),
        "assesslint completion fish > ~/.config/fish/completions/assesslint.fish",
    ),
}
"""The script of each shell, and how it is installed: where in both languages, and the line."""


class _Line(ShellComplete):
    """A command line up to the cursor, as the scripts give it in COMP_WORDS."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words that are finished, and the one that is not."""
        line = os.environ["COMP_WORDS"]
        words = split_arg_string(line)[1:]
        is_open = words and (not line[-1:].isspace() or words[-1][-1:].isspace())
        return words, words.pop() if is_open else ""


def answer(cli: click.Command) -> None:
    """Answer the shell that asks, and end. Whatever goes wrong, nothing is said of it."""
    try:
        proposals = "".join(f"{line}\n" for line in _proposals(cli, os.environ[VARIABLE]))
        sys.stdout.buffer.write(proposals.encode("utf-8", "surrogateescape"))
        sys.stdout.flush()
    except Exception:
        sys.exit(1)
    sys.exit(0)


def _proposals(cli: click.Command, shell: str) -> Iterator[str]:
    """Yield a line for each proposal."""
    line = _Line(cli, {}, "assesslint", VARIABLE)
    words, begun = line.get_completion_args()
    line.ctx_args = {"obj": words}
    lang = asked_language(words)
    option, equals, value = begun.partition("=")
    lead = option + equals if equals and begun.startswith("--") else ""
    kept = _kept_by_bash(begun) if shell == "bash" else 0
    for item in _items(line.get_completions(words, begun), value if lead else begun):
        help_ = printable(half(item.help or "", lang))
        yield f"{item.type}\t{(lead + item.value)[kept:]}\t{help_}"


def _items(proposed: Iterable[CompletionItem[str]], begun: str) -> Iterator[CompletionItem[str]]:
    """Yield what was proposed, with names in the place of click's wish for any file or folder."""
    for item in proposed:
        if item.type in ("file", "dir"):
            yield from names_from(begun, ("",) if item.type == "file" else ())
        else:
            yield item


def _kept_by_bash(begun: str) -> int:
    """Return how much of a word bash takes for words of their own, and leaves as it is: all up to a mark that parts words to it."""
    marks = set("=:") & set(os.environ.get("COMP_WORDBREAKS", "=:"))
    return max((begun.rfind(mark) + 1 for mark in marks), default=0)


@click.command("completion", cls=Command, short_help="命令补全 / shell completion")
@click.argument("shell", type=click.Choice(list(SCRIPTS)))
@lang_option
def completion(shell: str, lang: str | None) -> None:
    """打印让 bash、zsh 或 fish 补全命令、选项、规则名和文件名的脚本。

    Print the script by which bash, zsh or fish completes commands, options, names of rules and files.
    """
    script, (zh, en), line = SCRIPTS[shell]
    where = en if lang == "en" else zh
    first, _, rest = script.partition("\n")
    note = f"# {where}{':' if lang == 'en' else '：'} {line}\n"
    click.echo(f"{first}\n{note}{rest}" if first else note + rest, nl=False)
