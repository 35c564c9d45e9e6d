"""What the command line names → what the gate judges one paper by: its bytes, the configuration that is named, signed rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assesslint.linter.settings import Settings
    from assesslint.policy.rulebook import Rulebook
    from assesslint.publication.gate import Judged


def named_settings(config: str | None, lang: str | None) -> Settings:
    """Return what the configuration named says, and the usual settings where none is. Raises RunError where it cannot be followed."""
    from assesslint.linter.configuration import read_configuration
    from assesslint.linter.errors import RunError
    from assesslint.linter.settings import Settings

    settings = read_configuration(Path(config)) if config else Settings()
    if settings.severity_by_path:
        zh = f"{config}：severity-by-path 按路径分轻重，签发的一份文件没有路径可分，请删去或改用 severity"
        raise RunError(zh, f"{config}: severity-by-path judges by paths, and what is published has none; use severity")
    return replace(settings, lang=lang or settings.lang)


def with_signed_rules(settings: Settings) -> tuple[Settings, Rulebook]:
    """Return the rules to judge by, and the settings in their words.

    Rules must be signed unless they are the central ones, since nobody could verify what others judged.
    """
    from assesslint.linter.check import open_rulebook
    from assesslint.linter.selection import choose_rules, redirect

    rulebook = open_rulebook(replace(settings, require_signed=True))
    settings, _ = redirect(settings, rulebook.removed)
    choose_rules(rulebook, settings, date.today())  # what is wrong in the configuration is told with its line
    return settings, rulebook


def bytes_of(draft: Path, settings: Settings) -> bytes:
    """Return what one draft holds. Raises RunError."""
    from assesslint.findings.model import Finding
    from assesslint.linter.errors import RunError
    from assesslint.linter.inputs import Input, is_folder, read_bytes

    if is_folder(draft):
        raise RunError(f"{draft} 是文件夹；一次一份草案，请写明文件", f"{draft} is a folder; name the file of one draft")
    data = read_bytes(Input(str(draft), draft), settings.limits.max_bytes, settings.lang)
    if isinstance(data, Finding):
        raise RunError(f"{draft}: {data.message}", f"{draft}: {data.message}")
    return data


def told_of(judged: Judged, lang: str) -> Iterator[str]:
    """Yield whatever a reader must know of how a paper passed: the configuration, waivers, superior's scheme and accepted notices."""
    from assesslint.publication.excuses import excuses_told

    zh = lang != "en"
    predicate = judged.statement["predicate"]
    yield from judged.report.in_force
    superior, named = predicate["superior"], [scheme.parent.text for scheme in judged.schemes if scheme.parent is not None]
    if superior:
        yield f"对照了上级方案《{'》《'.join(superior)}》" if zh else f"compared with the superior's scheme {', '.join(superior)}"
    elif named:
        names = "》《".join(named) if zh else ", ".join(named)
        yield f"写明的上级方案《{names}》没有对照" if zh else f"not compared with the superior's scheme it names, {names}"
    yield from excuses_told(predicate, None, zh=zh)
