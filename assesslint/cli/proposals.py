"""What could stand next on a command line: rules and families, severities, files by their suffix; asked for by shells, never by a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from assesslint.cli.language import language, words
from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES
from assesslint.text.resources import resource

Items = list[CompletionItem[str]]
Propose = Callable[[click.Context, click.Parameter, str], Items]

WORD, OPEN, FILE, FOLDER = "plain", "open", "name", "folder"
"""Kinds of proposals: a word, one that goes on, the name of a file, of a folder."""

MOST_ENTRIES = 5_000
"""Entries of one folder that are looked at."""


def rule_list(context: click.Context, _: click.Parameter, incomplete: str) -> Items:
    """Propose the next of several rules and families parted by commas."""
    before, comma, begun = incomplete.rpartition(",")
    given = set(before.split(","))
    named = {name: title for name, title in {**_families(context), **_rules(context)}.items() if name not in given}
    return [CompletionItem(before + comma + name, WORD, title) for name, title in named.items() if name.startswith(begun)]


def rule(context: click.Context, _: click.Parameter, incomplete: str) -> Items:
    """Propose a rule."""
    return [CompletionItem(name, WORD, title) for name, title in _rules(context).items() if name.startswith(incomplete)]


def page(context: click.Context, parameter: click.Parameter, incomplete: str) -> Items:
    """Propose a rule, or what is found without one, as `explain` takes it."""
    from assesslint.linter.faults import FAULTS, fault_info

    faults = [CompletionItem(name, WORD, fault_info(name, language(context)).title) for name in FAULTS if name.startswith(incomplete)]
    return [*rule(context, parameter, incomplete), *faults]


def rule_severity(context: click.Context, _: click.Parameter, incomplete: str) -> Items:
    """Propose a rule, and behind its `=` a severity."""
    name, equals, begun = incomplete.partition("=")
    if not equals:
        return [CompletionItem(f"{known}=", OPEN, title) for known, title in _rules(context).items() if known.startswith(name)]
    names = SEVERITY_NAMES[language(context)]
    return [CompletionItem(f"{name}={level}", WORD, names[level]) for level in SEVERITIES if level.startswith(begun)]


def report_file(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Propose a format for a report, behind its `=` or in its place a file."""
    from assesslint.reports.formats import FORMATS

    form, equals, begun = incomplete.partition("=")
    if equals and form in FORMATS:
        return [CompletionItem(f"{form}={item.value}", item.type) for item in names_from(begun, ("",))]
    return [*(CompletionItem(f"{name}=", OPEN) for name in FORMATS if name.startswith(incomplete)), *names_from(incomplete, ("",))]


def files(*suffixes: str) -> Propose:
    """Return what proposes files of these suffixes, and folders; folders alone when there is no suffix."""
    return lambda _context, _parameter, incomplete: list(names_from(incomplete, suffixes))


def drafts(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Propose files that can be drafts, and folders."""
    from assesslint.documents.draft import READERS

    return list(names_from(incomplete, READERS))


def names_from(incomplete: str, suffixes: tuple[str, ...]) -> Iterator[CompletionItem[str]]:
    """Yield the files of some suffixes, and the folders, whose names go on from what is written; hidden ones only behind a dot."""
    folder, begun = os.path.split(incomplete)
    lead = incomplete[: len(incomplete) - len(begun)]
    with os.scandir(Path(folder or ".").expanduser()) as scan:
        entries = sorted(islice(scan, MOST_ENTRIES), key=lambda entry: entry.name)
    for entry in entries:
        hidden = entry.name.startswith(".") and not begun.startswith(".")
        if hidden or not entry.name.startswith(begun) or not entry.name.isprintable():
            continue
        if entry.is_dir():
            yield CompletionItem(f"{lead}{entry.name}/", FOLDER)
        elif entry.name.lower().endswith(suffixes):
            yield CompletionItem(lead + entry.name, FILE)


def _rules(context: click.Context) -> dict[str, str]:
    from assesslint.policy.names import rule_names

    return rule_names(_folder(context), language(context))


def _families(context: click.Context) -> dict[str, str]:
    from assesslint.policy.names import family_names

    return family_names(_folder(context), language(context))


def _folder(context: click.Context) -> Path:
    """Return the folder of rules a command line means: the one it names, else the configuration's, else the central pack."""
    takes = {parameter.name for parameter in context.command.params}
    named = [context.params.get("rules_folder") or ""] if "rules_folder" in takes else words(context) if "folder" in takes else []
    for folder in map(Path, filter(None, named)):
        if folder.is_dir():
            return folder
    configured = _configured(context.params.get("config"))
    return configured if configured and configured.is_dir() else resource("rules")


def _configured(given: str | None) -> Path | None:
    """Return the folder of rules that the configuration names, read by nothing but its key."""
    import tomllib

    from assesslint.linter.configuration import PROJECT_FILE, find_configuration

    file = Path(given) if given else find_configuration(Path.cwd(), ())[0]
    if file is None:
        return None
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    table = data.get("tool", {}).get("assesslint", {}) if file.name == PROJECT_FILE else data
    return file.parent / table["rules"] if isinstance(table.get("rules"), str) else None
