"""Paths and settings → a Report: every draft is read, its prose read into facts, the facts judged, the waivers applied.

Two passes: all drafts are read first, since a scheme may name its superior among the files given. What goes wrong in one
file is a finding of that file; the others are still judged.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePath

from assesslint.documents.draft import NOT_YET, READERS, Draft, read_draft
from assesslint.findings.model import SEVERITIES, Counts, Finding, Notice, Report, RuleInfo
from assesslint.linter.configuration import find_configuration, read_configuration
from assesslint.linter.errors import RunError
from assesslint.linter.faults import fault_info, file_fault
from assesslint.linter.fingerprint import fingerprint
from assesslint.linter.inputs import Input, Passed, Unopened, find_inputs, read_bytes
from assesslint.linter.repeats import without_repeats
from assesslint.linter.selection import Selection, choose_rules
from assesslint.linter.settings import Settings
from assesslint.linter.waivers import decide, read_waivers
from assesslint.policy.rulebook import Objection, Rulebook, load_rulebook
from assesslint.reading import facts
from assesslint.reading.read import read_scheme
from assesslint.scheme import model
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.location import WHOLE_FILE
from assesslint.text.source import Span

Progress = Callable[[Sequence[Draft]], Iterable[Draft]]


def check(
    paths: Iterable[str | Path],
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    severity: Mapping[str, str] | None = None,
    fail_on: str | None = None,
    as_of: date | None = None,
    lang: str | None = None,
    config: str | Path | None = None,
    parent: str | Path | None = None,
    rules: str | Path | None = None,
    stdin_filename: str = "",
    progress: Progress = iter,
) -> Report:
    """Judge drafts and return the report.

    `paths` are files, folders or `-`; `config` is a configuration file, searched from the working directory when None. What is
    given here takes the place of what the configuration says, `severity` entry by entry. `parent` is the superior's scheme.
    Raises RunError when the run itself is impossible and RulebookError when the rules do not load.
    """
    given = [str(path) for path in paths]
    settings = resolve_settings(
        given, config, select=select, ignore=ignore, severity=severity, fail_on=fail_on, as_of=as_of, lang=lang, rules=rules
    )
    return judge(given, settings, open_rulebook(settings), parent=parent, stdin_filename=stdin_filename, progress=progress)


def resolve_settings(
    inputs: Iterable[str],
    config: str | Path | None = None,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
    severity: Mapping[str, str] | None = None,
    fail_on: str | None = None,
    as_of: date | None = None,
    lang: str | None = None,
    rules: str | Path | None = None,
) -> Settings:
    """Return what the configuration says, with what is given here in its place.

    The configuration is `config`, or the nearest file that lies in none of the inputs. Raises RunError when it is faulty.
    """
    if config is not None:
        settings = read_configuration(Path(config))
    else:
        file, passed_over = find_configuration(Path.cwd(), inputs)
        settings = replace(read_configuration(file) if file else Settings(), passed_over=passed_over)
    return replace(
        settings,
        select=settings.select if select is None else tuple(select),
        ignore=settings.ignore if ignore is None else tuple(ignore),
        severity={**settings.severity, **(severity or {})},
        fail_on=fail_on or settings.fail_on,
        as_of=as_of or settings.as_of,
        lang=lang or settings.lang,
        rules=Path(rules) if rules else settings.rules,
    )


def open_rulebook(settings: Settings) -> Rulebook:
    """Return the rules to judge by. Raises RunError when there is no such folder, RulebookError when they do not load."""
    folder = settings.rules
    if folder is not None and not folder.is_dir():
        raise RunError(f"没有规则文件夹 {folder}", f"There is no folder of rules {folder}")
    return load_rulebook(folder)


@dataclass(slots=True)
class _Tally:
    """What a run has gathered so far."""

    findings: list[Finding] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    files: int = 0
    unreadable: int = 0
    schemes: int = 0
    indicators: int = 0
    provisions: int = 0
    characters: int = 0
    read_characters: int = 0
    ignored: int = 0


def judge(
    paths: Sequence[str],
    settings: Settings,
    rulebook: Rulebook,
    *,
    parent: str | Path | None = None,
    stdin_filename: str = "",
    progress: Progress = iter,
) -> Report:
    """Judge the drafts at `paths` by `rulebook`. Raises RunError when nothing is there to judge."""
    lang = settings.lang
    judged_on = settings.as_of or date.today()
    selection = choose_rules(rulebook, settings, judged_on)
    waivers = read_waivers(settings.waivers, rulebook.rules) if settings.waivers else ()
    tally = _Tally()
    drafts = _read_all(paths, settings, tally, stdin_filename)
    if not tally.files:
        raise RunError("没有找到可检查的文件：" + "、".join(paths), "No draft found in " + ", ".join(paths))
    superiors = _superiors(drafts, parent, settings)
    if parent is not None and not any(superiors(scheme) for draft in drafts for scheme in draft.schemes):
        tally.notices.append(_parent_unused(str(parent), lang))
    for draft in progress(drafts):
        _judge_draft(draft, rulebook, selection, settings, judged_on, superiors, tally)
    decision = decide(
        tally.findings,
        waivers,
        judged_on=judged_on,
        never_waivable={rule.id for rule in rulebook.rules.values() if rule.waivable == "never"},
        judged_by=selection.rules,
        schemes={scheme.name.text for draft in drafts for scheme in draft.schemes},
        lang=lang,
    )
    findings = (*decision.standing, *decision.about_waivers)
    fired = {f.rule for f in (*findings, *(w.finding for w in decision.waived))}
    leaves = tally.indicators + tally.provisions
    applicable = [rule for rule in selection.in_force if leaves or rulebook.rules[rule].subject == "scheme"]
    return Report(
        judged_on,
        findings,
        tuple(tally.notices),
        decision.waived,
        Counts(
            files=tally.files,
            unreadable=tally.unreadable,
            schemes=tally.schemes,
            indicators=tally.indicators,
            text_read=_share(tally.read_characters, tally.characters),
            rules_selected=len(selection.rules),
            rules_applicable=len(applicable) if tally.schemes else 0,
            rules_fired=len(fired & selection.rules),
            ignored=tally.ignored,
        ),
        {rule: _info(rulebook, rule, lang) for rule in sorted(fired)},
        selection.said,
        lang,
        settings.fail_on,
    )


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole).quantize(Decimal("0.0001")) if whole else Decimal(1)


def _info(rulebook: Rulebook, rule: str, lang: str) -> RuleInfo:
    known = rulebook.rules.get(rule)
    return RuleInfo(rule, known.family, known.title[lang]) if known else fault_info(rule, lang)


def _read_all(paths: Sequence[str], settings: Settings, tally: _Tally, stdin_filename: str) -> list[Draft]:
    """Return the drafts that can be read; what cannot goes to the tally."""
    lang = settings.lang
    inputs: list[Input] = []
    for item in find_inputs(paths, is_draft=_is_draft, exclude=settings.exclude, stdin_filename=stdin_filename, lang=lang):
        match item:
            case Input():
                inputs.append(item)
            case Unopened(finding):
                _unreadable(finding, tally)
            case Passed(shown):
                message = "不是草案的文件类型，未检查" if lang == "zh" else "Not a kind of file that holds a draft; it was not checked"
                tally.notices.append(Notice("skipped-file", message, shown))
    drafts = []
    for given in inputs:
        data = read_bytes(given, settings.limits.max_bytes, lang)
        if isinstance(data, Finding):
            _unreadable(data, tally)
            continue
        tally.files += 1
        try:
            draft = read_draft(given.shown, data, lang=lang, limits=settings.limits)
        except Exception as error:
            tally.findings.append(_crash(given.shown, error, lang))
            continue
        tally.unreadable += any(f.rule == "unreadable-file" for f in draft.findings)
        drafts.append(draft)
    return drafts


def _is_draft(name: str) -> bool:
    """Tell whether a file of a folder may be a draft: of a kind that is read, or of one that people write drafts in."""
    suffix = PurePath(name).suffix.lower()
    return suffix in READERS or suffix in NOT_YET


def _unreadable(finding: Finding, tally: _Tally) -> None:
    tally.files += 1
    tally.unreadable += 1
    tally.findings.append(replace(finding, fingerprint=fingerprint(finding.rule, finding.path, finding.message)))


def _crash(path: str, error: Exception, lang: str) -> Finding:
    """Return the finding for a fault of the program itself, with the place a maintainer needs."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    what = f"{type(error).__name__} {at}".strip()
    if lang == "zh":
        return file_fault("internal-error", path, f"检查此文件时程序出错({what})，其余文件照常检查", "请把此文件和这条消息告诉维护者")
    return file_fault(
        "internal-error",
        path,
        f"The program failed on this file ({what}); the other files were checked",
        "Please tell the maintainers, with the file and this message",
    )


def _superiors(drafts: Sequence[Draft], parent: str | Path | None, settings: Settings) -> Callable[[model.Scheme], model.Scheme | None]:
    """Return what finds a scheme's superior: the one it names among the files given, else the only one of the `parent` file."""
    known = {_name_key(scheme.name.text): scheme for draft in drafts for scheme in draft.schemes}
    given: tuple[model.Scheme, ...] = ()
    if parent is not None:
        given = _read_parent(str(parent), settings)
        known.update({_name_key(scheme.name.text): scheme for scheme in given})

    def superior(scheme: model.Scheme) -> model.Scheme | None:
        if scheme.parent is not None:
            named = known.get(_name_key(scheme.parent.text))
            if named is not None and named is not scheme:
                return named
        return given[0] if len(given) == 1 and given[0] is not scheme else None

    return superior


def _parent_unused(path: str, lang: str) -> Notice:
    """Return the notice that the superior's file holds several schemes and no draft says which of them it follows."""
    zh = "上级方案文件里有几个方案，草案没有写明依据哪一个，未核对层层加码；请在草案中写“上级方案：名称”"
    en = "The superior's file holds several schemes and the draft names none of them; raised targets were not looked for"
    return Notice("parent-unused", zh if lang == "zh" else en, path)


def _name_key(name: str) -> str:
    return fingerprint(name.strip('《》“”" '))


def _read_parent(path: str, settings: Settings) -> tuple[model.Scheme, ...]:
    data = read_bytes(Input(path, Path(path)), settings.limits.max_bytes, settings.lang)
    found = data if isinstance(data, Finding) else None
    schemes: tuple[model.Scheme, ...] = ()
    if not isinstance(data, Finding):
        draft = read_draft(path, data, lang=settings.lang, limits=settings.limits)
        schemes = draft.schemes
        found = next(iter(draft.findings), None)
    if not schemes:
        why = found.message if found else ""
        raise RunError(f"上级方案 {path} 不能读取：{why}", f"The superior's scheme {path} cannot be read: {why}")
    return schemes


def _judge_draft(
    draft: Draft,
    rulebook: Rulebook,
    selection: Selection,
    settings: Settings,
    judged_on: date,
    superior: Callable[[model.Scheme], model.Scheme | None],
    tally: _Tally,
) -> None:
    """Add to the tally what is to be said of one draft, in the order of its places."""
    lang = settings.lang
    path = draft.source.path
    findings = [replace(f, fingerprint=f.fingerprint or fingerprint(f.rule, f.indicator, f.excerpt or f.message)) for f in draft.findings]
    tally.notices.extend(draft.notices)
    try:
        for scheme in draft.schemes:
            reading = read_scheme(scheme, draft.source, superior(scheme))
            objections = rulebook.judge(reading.facts, judged_on, lang=lang, selected=selection.judged, parameters=settings.parameters)
            subjects = _Subjects(draft, scheme, reading.facts)
            for objection in objections:
                if objection.rule in selection.ignored:
                    tally.ignored += 1
                else:
                    findings.append(_finding(objection, draft, scheme, subjects, selection))
            if scheme.classification is not None:
                tally.notices.append(_classified(scheme.classification, draft, lang))
            tally.schemes += 1
            kinds = [leaf.kind for _, leaf in scheme.indicators()]
            tally.provisions += kinds.count("provision")
            tally.indicators += len(kinds) - kinds.count("provision")
            tally.characters += reading.characters
            tally.read_characters += reading.read_characters
    except Exception as error:
        findings.append(_crash(path, error, lang))
    tally.findings.extend(without_repeats(sorted(findings, key=_place)))


def _classified(mark: model.Term, draft: Draft, lang: str) -> Notice:
    """Return the warning that a draft bears a mark of secrecy."""
    word = central_vocabulary().name("classification", mark.id, lang)
    zh, en = f"草案标有密级（{word}），请在符合保密要求的设备上检查", f"The draft is marked {word}; check it only where that is allowed"
    written = draft.source.text[mark.span.start : mark.span.end]
    return Notice("classified-draft", zh if lang == "zh" else en, draft.source.path, draft.source.locate(mark.span), written)


def _place(finding: Finding) -> tuple[int, int, str]:
    start = finding.span.start if finding.span else -1
    return start, SEVERITIES.index(finding.severity), finding.rule


class _Subjects:
    """Fingerprints of whole indicators with their scheme and issuer, each made when first asked for."""

    def __init__(self, draft: Draft, scheme: model.Scheme, read: facts.Scheme) -> None:
        self._text = draft.source.text
        self._scheme = scheme
        self._known: dict[int, str] = {}
        wholes = [((*(group.name.text for group in groups), leaf.name.text), leaf.span) for groups, leaf in scheme.indicators()]
        wholes += [((item.name.text,), item.span) for item in scheme.data_items]
        wholes += [((inspection.name.text,), inspection.span) for inspection in scheme.inspections]
        self._wholes = {id(fact): whole for fact, whole in zip(read.indicators, wholes, strict=True)}

    def of(self, indicator: facts.Indicator | None) -> str:
        """Return the fingerprint of an indicator, or of the scheme as a whole."""
        known = self._known.get(id(indicator))
        if known is None:
            known = self._known[id(indicator)] = self._make(indicator)
        return known

    def _make(self, indicator: facts.Indicator | None) -> str:
        scheme = self._scheme
        issuer = scheme.issuer.text if scheme.issuer else ""
        if indicator is None:
            return fingerprint(issuer, scheme.name.text, self._written(scheme.span))
        names, span = self._wholes[id(indicator)]
        return fingerprint(issuer, scheme.name.text, *names, self._written(span))

    def _written(self, span: Span) -> str:
        return self._text[span.start : span.end]


def _finding(objection: Objection, draft: Draft, scheme: model.Scheme, subjects: _Subjects, selection: Selection) -> Finding:
    words, indicator = objection.words, objection.indicator
    span = words.span if words.spans else None
    name = indicator.name if indicator else ""
    return Finding(
        objection.rule,
        objection.family,
        selection.severity.get(objection.rule, objection.severity),
        objection.message,
        draft.source.path,
        advice=objection.advice,
        scheme=scheme.name.text,
        indicator=name,
        location=draft.source.locate(span) if span else WHOLE_FILE,
        places=draft.source.locate_all(words.spans),
        excerpt=words.text,
        basis=objection.basis,
        fingerprint=fingerprint(objection.rule, name, words.text or name),
        subject=subjects.of(indicator),
        source=draft.source,
        span=span,
    )
