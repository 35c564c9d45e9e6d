"""Settings and a rulebook → which rules judge, how severe each is, and the sentences that say so in every report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assesslint.findings.model import SEVERITIES, SEVERITY_NAMES, Notice
from assesslint.linter.configuration import line_of, place_of
from assesslint.linter.errors import RunError
from assesslint.linter.faults import FAULTS
from assesslint.linter.inputs import path_fits
from assesslint.linter.settings import Settings
from assesslint.policy import tree
from assesslint.policy.rulebook import Rulebook
from assesslint.text.location import WHOLE_FILE, Location, Position, TextLocation
from assesslint.text.suggest import suggest


@dataclass(frozen=True, slots=True)
class Selection:
    """`rules` judge; `ignored` judge too, but their findings are only counted. `in_force` are those with something to say that day."""

    rules: frozenset[str]
    ignored: frozenset[str]
    in_force: frozenset[str]
    severity: Mapping[str, str]
    severity_by_path: Mapping[str, Mapping[str, str]]
    said: tuple[str, ...]

    @property
    def judged(self) -> frozenset[str]:
        return self.rules | self.ignored

    def severity_of(self, rule: str, path: str, own: str) -> str:
        """Return how severe a rule's objection in a draft is: `own` unless the configuration changed it, for that draft at the last."""
        level = self.severity.get(rule, own)
        for pattern, levels in self.severity_by_path.items():
            if rule in levels and path_fits(path, pattern):
                level = levels[rule]
        return level


def redirect(settings: Settings, removed: Mapping[str, str]) -> tuple[Settings, list[Notice]]:
    """Return settings that name, for each removed rule, the one used instead, and a notice for each that was named."""
    changed = [name for levels in (settings.severity, *settings.severity_by_path.values()) for name in levels]
    named = [name for name in dict.fromkeys((*settings.select, *settings.ignore, *changed)) if name in removed]
    if not named:
        return settings, []
    moved = replace(
        settings,
        select=tuple(removed.get(name, name) for name in settings.select),
        ignore=tuple(removed.get(name, name) for name in settings.ignore),
        severity=_redirected(settings.severity, removed),
        severity_by_path={pattern: _redirected(levels, removed) for pattern, levels in settings.severity_by_path.items()},
    )
    return moved, [removed_rule(name, removed[name], settings.lang, *_written_at(settings.file, name)) for name in named]


def _redirected(levels: Mapping[str, str], removed: Mapping[str, str]) -> dict[str, str]:
    """Return severities by the rules that are used; what is said of such a rule itself counts, not what is said of a removed one."""
    old = {removed[name]: level for name, level in levels.items() if name in removed}
    return old | {name: level for name, level in levels.items() if name not in removed}


def removed_rule(old: str, new: str, lang: str, path: str = "", location: Location = WHOLE_FILE) -> Notice:
    """Return the notice that a rule is named that was removed, and which is used instead."""
    zh, en = f"规则“{old}”已取消，改用替代它的 {new}，请改写", f"The rule “{old}” was removed; {new} is used instead, please write that"
    return Notice("removed-rule", zh if lang == "zh" else en, path, location)


def _written_at(file: Path | None, word: str) -> tuple[str, Location]:
    """Return the configuration file and the line where it writes a word; nothing when the word is from elsewhere."""
    line = line_of(file, word) if file else 0
    return (_shown(file), TextLocation(Position(line, 1), Position(line, 1))) if file and line else ("", WHOLE_FILE)


def choose_rules(rulebook: Rulebook, settings: Settings, judged_on: date) -> Selection:
    """Return which rules judge on a day, and how severely. Raises RunError for unknown rules and levels, and for bounds made laxer."""
    families: dict[str, set[str]] = {}
    for rule in rulebook.rules.values():
        families.setdefault(rule.family, set()).add(rule.id)
    chosen = _named(settings.select, rulebook, families, settings.file) if settings.select else set(rulebook.rules)
    judging = rulebook.judging(preview=settings.preview)
    for name in settings.select:
        if not settings.preview and not _named([name], rulebook, families, settings.file) & judging:
            raise _in_preview(name, place_of(settings.file, name))
    chosen &= judging
    ignored = _named(settings.ignore, rulebook, families, settings.file) & chosen
    for rule_id, level in [pair for levels in (settings.severity, *settings.severity_by_path.values()) for pair in levels.items()]:
        _named([rule_id], rulebook, {}, settings.file)
        if level not in SEVERITIES:
            zh, en = "、".join(SEVERITIES), ", ".join(SEVERITIES)
            raise RunError(f"没有“{level}”这一级，可写 {zh}", f"There is no level “{level}”; known are {en}")
    for problem in rulebook.parameter_problems(settings.parameters):
        at = f"{settings.file}: " if settings.file else ""
        raise RunError(at + problem.zh, at + problem.en)
    rules = frozenset(chosen - ignored)
    return Selection(
        rules,
        frozenset(ignored),
        frozenset(rule for rule in rules if rulebook.in_force(rule, judged_on)),
        settings.severity,
        settings.severity_by_path,
        tuple(_sentences(rulebook, settings, sorted(ignored), [rule for name, rule in rulebook.rules.items() if name in rules])),
    )


def _named(names: Iterable[str], rulebook: Rulebook, families: Mapping[str, set[str]], file: Path | None) -> set[str]:
    """Return the rules that names of rules and families mean. Raises RunError for any other name, with its place in the file."""
    found: set[str] = set()
    for name in names:
        if name in rulebook.rules:
            found.add(name)
        elif name in families:
            found |= families[name]
        elif name in FAULTS:
            place = place_of(file, name)
            raise RunError(
                f"{place}“{name}”不是规则，它说明有内容未能检查，不能选择、忽略或改变程度",
                f"{place}“{name}” is no rule: it says that something was not checked, and can be neither selected, ignored nor changed",
            )
        else:
            raise unknown_rule(name, (*rulebook.rules, *families), place_of(file, name))
    return found


def unknown_rule(name: str, known: Iterable[str], place: str = "") -> RunError:
    """Return the error for a name that is no rule, with the nearest one; `place` leads the message."""
    near = suggest(name, known)
    return RunError(
        f"{place}没有规则“{name}”" + (f"，是不是要写 {near}？" if near else "；用 assesslint rules 查看全部规则"),
        f"{place}There is no rule “{name}”" + (f"; did you mean {near}?" if near else "; assesslint rules lists them all"),
    )


def _in_preview(name: str, place: str) -> RunError:
    return RunError(
        f"{place}“{name}”还在试行，要用请加 --preview，或在配置里写 preview = true",
        f"{place}“{name}” is in preview; to use it add --preview, or preview = true in the configuration",
    )


def _shown(file: Path) -> str:
    """Return a path as somebody in the working directory would write it, so that a report is the same in every checkout."""
    here = Path.cwd()
    return str(file.relative_to(here)) if file.is_relative_to(here) else str(file)


def _sentences(rulebook: Rulebook, settings: Settings, ignored: list[str], judging: list[tree.Rule]) -> Iterable[str]:
    """Yield what the configuration changed and which rules are in preview or on their way out, a sentence each."""
    zh = settings.lang == "zh"
    if settings.file:
        yield f"配置文件 {_shown(settings.file)}" if zh else f"Configuration {_shown(settings.file)}"
    if settings.passed_over:
        yield (
            f"{settings.passed_over} 在被检查的文件夹内，未采用；要采用须写明 --config"
            if zh
            else f"{settings.passed_over} lies inside what is checked and was not followed; name it with --config to follow it"
        )
    if settings.rules:
        yield f"规则取自 {settings.rules}" if zh else f"Rules from {settings.rules}"
    if settings.select:
        yield f"只用规则 {'、'.join(settings.select)}" if zh else f"Only the rules {', '.join(settings.select)}"
    if ignored:
        yield f"未用规则 {'、'.join(ignored)}" if zh else f"Rules left out: {', '.join(ignored)}"
    if settings.baseline:
        by = ("，按数目比对" if zh else ", by counts") if settings.ratchet else ""
        yield f"存量清单 {_shown(settings.baseline)}{by}" if zh else f"Baseline {_shown(settings.baseline)}{by}"
    if not settings.inline_waivers:
        yield "不采用方案里写的豁免" if zh else "Waivers declared in drafts are not honoured"
    preview = [rule.id for rule in judging if rule.status == "preview"]
    if preview:
        yield f"采用试行规则 {'、'.join(preview)}" if zh else f"Rules in preview are used: {', '.join(preview)}"
    for rule in judging:
        if rule.status == "deprecated":
            yield _going(rule, zh)
    if settings.exclude:
        yield f"不检查的文件 {'、'.join(settings.exclude)}" if zh else f"Files left out: {', '.join(settings.exclude)}"
    for rule_id, level in settings.severity.items():
        yield _changed(rulebook.rules[rule_id], level, settings.lang)
    for pattern, levels in settings.severity_by_path.items():
        for rule_id, level in levels.items():
            yield (f"对 {pattern}，" if zh else f"For {pattern}, ") + _changed(rulebook.rules[rule_id], level, settings.lang)
    for rule_id, moved in settings.parameters.items():
        for name, value in moved.items():
            yield f"{rule_id} 的参数 {name} 为 {value}" if zh else f"Parameter {name} of {rule_id} is {value}"


def _changed(rule: tree.Rule, level: str, lang: str) -> str:
    """Return the sentence that a rule's severity is another than its own."""
    names = SEVERITY_NAMES[lang]
    own = min((case.severity for case in rule.cases), key=SEVERITIES.index)
    lowered = SEVERITIES.index(level) > SEVERITIES.index(own)
    banned = rule.waivable == "never" and lowered
    if lang == "zh":
        return f"{rule.id} 的程度由{names[own]}{'降' if lowered else '改'}为{names[level]}" + ("，而此规则不许豁免" if banned else "")
    said = f"{rule.id} {'lowered' if lowered else 'set'} from {names[own]} to {names[level]}"
    return said + (", though the rule allows no waiver" if banned else "")


def _going(rule: tree.Rule, zh: bool) -> str:
    """Return the sentence that a rule is deprecated."""
    if rule.replaced_by:
        by = rule.replaced_by
        return f"规则 {rule.id} 将停用，由 {by} 替代" if zh else f"The rule {rule.id} is deprecated; {by} replaces it"
    return f"规则 {rule.id} 将停用，没有替代" if zh else f"The rule {rule.id} is deprecated, with nothing in its place"
