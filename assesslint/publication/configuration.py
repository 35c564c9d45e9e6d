"""Settings ↔ the configuration an attestation names, and what of a configuration the gate does not follow.

The gate judges one paper by itself: what a folder of drafts needs (baselines, waivers, patterns of paths) is left out. It follows nothing
that takes a rule away for which no waiver may be given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any

from assesslint.documents.limits import DEFAULT_LIMITS, Limits
from assesslint.findings.model import SEVERITIES
from assesslint.linter.selection import choose_rules
from assesslint.linter.settings import Settings
from assesslint.policy.rulebook import Rulebook
from assesslint.publication.said import Said

TEXTS = {"type": "array", "items": {"type": "string"}}
SEVERITY = {"enum": list(SEVERITIES)}
NUMBER = {"type": "string", "pattern": r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$"}
LIMIT = {"type": "integer", "minimum": 1, "maximum": 10**12}

CONFIGURATION_SCHEMA = {
    "type": "object",
    "description": "How the draft was judged. Limits are those that differ from the usual ones.",
    "properties": {
        "select": TEXTS,
        "ignore": TEXTS,
        "severity": {"type": "object", "additionalProperties": SEVERITY},
        "parameters": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": NUMBER}},
        "fail_on": SEVERITY,
        "preview": {"type": "boolean"},
        "lang": {"enum": ["zh", "en"]},
        "limits": {"type": "object", "properties": dict.fromkeys(asdict(DEFAULT_LIMITS), LIMIT), "additionalProperties": False},
    },
    "required": ["select", "ignore", "severity", "parameters", "fail_on", "preview", "lang", "limits"],
    "additionalProperties": False,
}


def for_one_paper(settings: Settings, judged_on: date) -> Settings:
    """Return the part of settings that judges one paper wherever it lies, on a day."""
    return Settings(
        select=settings.select,
        ignore=settings.ignore,
        severity=settings.severity,
        parameters=settings.parameters,
        fail_on=settings.fail_on,
        as_of=judged_on,
        lang=settings.lang,
        inline_waivers=False,
        preview=settings.preview,
        limits=settings.limits,
    )


def configuration_to_json(settings: Settings) -> dict[str, Any]:
    """Return settings as an attestation names them."""
    usual = asdict(DEFAULT_LIMITS)
    return {
        "select": list(settings.select),
        "ignore": list(settings.ignore),
        "severity": dict(settings.severity),
        "parameters": {rule: {name: format(value, "f") for name, value in moved.items()} for rule, moved in settings.parameters.items()},
        "fail_on": settings.fail_on,
        "preview": settings.preview,
        "lang": settings.lang,
        "limits": {name: value for name, value in asdict(settings.limits).items() if value != usual[name]},
    }


def configuration_from_json(written: Mapping[str, Any], judged_on: date) -> Settings:
    """Return the settings an attestation names; `written` fits the schema."""
    named = Settings(
        select=tuple(written["select"]),
        ignore=tuple(written["ignore"]),
        severity=written["severity"],
        parameters={rule: {name: Decimal(value) for name, value in moved.items()} for rule, moved in written["parameters"].items()},
        fail_on=written["fail_on"],
        preview=written["preview"],
        lang=written["lang"],
        limits=replace(DEFAULT_LIMITS, **written["limits"]) if written["limits"] else Limits(),
    )
    return for_one_paper(named, judged_on)


def taken_away(settings: Settings, rulebook: Rulebook, judged_on: date) -> Iterator[Said]:
    """Yield each rule without waivers that the settings leave out or make milder. Raises RunError for unknown rules."""
    selection = choose_rules(rulebook, settings, judged_on)
    for rule in rulebook.rules.values():
        if rule.waivable != "never" or rule.status == "preview":
            continue
        own = min((case.severity for case in rule.cases), key=SEVERITIES.index)
        level = settings.severity.get(rule.id, own)
        if rule.id not in selection.rules:
            yield f"规则 {rule.id} 不许豁免，配置却没有用它", f"the rule {rule.id} allows no waiver, and the configuration leaves it out"
        elif SEVERITIES.index(level) > SEVERITIES.index(own):
            yield f"规则 {rule.id} 不许豁免，配置却把它降为{level}", f"the rule {rule.id} allows no waiver, and the configuration lowers it"
