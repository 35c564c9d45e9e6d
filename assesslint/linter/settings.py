"""How a run is to judge: one value, made from the configuration file and what was asked for on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from assesslint.documents.limits import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """`select` and `ignore` hold rule ids and families; an empty `select` means every rule. `as_of` None means today.
    `severity_by_path` has patterns of paths, each with severities by rule; the last that fits a draft counts.

    `require_signed` refuses `rules` that nobody trusted has signed; `preview` lets rules in preview judge too, `inline_waivers` lets drafts
    declare waivers. `baseline` is the file
    of findings known before, compared by counts with `ratchet`. `rules` is a folder or
    pack of rules; None means the central pack. `file` is the configuration file they come from.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    severity_by_path: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    fail_on: str = "error"
    as_of: date | None = None
    lang: str = "zh"
    exclude: tuple[str, ...] = ()
    waivers: Path | None = None
    baseline: Path | None = None
    ratchet: bool = False
    inline_waivers: bool = True
    rules: Path | None = None
    require_signed: bool = False
    preview: bool = False
    limits: Limits = DEFAULT_LIMITS
    file: Path | None = None
    passed_over: Path | None = None
    """A configuration file not followed because it lies inside an input."""
