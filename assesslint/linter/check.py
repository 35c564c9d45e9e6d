"""Paths and settings → a Report: every draft is read, its prose read into facts, the facts judged, the waivers applied.

A draft is judged as soon as it is read and let go, unless a scheme in it names its superior, which may be in any file given: such
drafts are judged last. What goes wrong in one file is a finding of that file; the others are still judged.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path, PurePath
from typing import Unpack

from assesslint.documents.draft import NOT_YET, READERS, Draft, read_draft
from assesslint.documents.recognised import recognised_file
from assesslint.findings.model import SEVERITIES, Basis, Counts, DraftInfo, Finding, IndicatorInfo, Notice, Report, RuleInfo, SchemeInfo
from assesslint.linter.annotated_copies import bears_our_notes
from assesslint.linter.changed import apart, files_changed_since, only_changed, superiors_in
from assesslint.linter.configuration import Given, resolve_settings
from assesslint.linter.errors import RunError
from assesslint.linter.faults import fault_info, file_fault
from assesslint.linter.fingerprint import by_key, fingerprint, scheme_key
from assesslint.linter.fixes.judged import Judged
from assesslint.linter.fixes.propose import propose
from assesslint.linter.inline_waivers import inline_waivers
from assesslint.linter.inputs import Input, Passed, Unopened, find_inputs, read_bytes
from assesslint.linter.judged import judge_scheme
from assesslint.linter.pages import open_folder
from assesslint.linter.passed import copy_notice, nothing_to_check, passed_notice
from assesslint.linter.repeats import without_repeats
from assesslint.linter.selection import Selection, choose_rules, redirect
from assesslint.linter.settings import Settings
from assesslint.linter.waivers import Waiver, decide, read_waivers, redirected_waivers
from assesslint.policy.rulebook import Objection, Rulebook, load_rulebook
from assesslint.reading import facts
from assesslint.reading.kept import KeptReadings
from assesslint.scheme import model
from assesslint.scheme.printer import Node, print_bare
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.location import WHOLE_FILE
from assesslint.text.memory import free_latest
from assesslint.text.source import Source

Progress = Callable[[Iterable[None], int], Iterable[None]]
"""Passes the steps of a run through, of which there will be so many; between two of them it may show how far the run is."""


Superiors = Callable[[str], model.Scheme | None]
"""The key of a scheme (see `scheme_key`) → the scheme, where it is known."""

Reader = Callable[[str, bytes], Draft]
"""The name of a file and its bytes → the draft in it."""


def in_silence(steps: Iterable[None], total: int) -> Iterable[None]:  # noqa: ARG001
    """Show nothing."""
    return steps


def check(
    paths: Iterable[str | Path],
    *,
    config: str | Path | None = None,
    parent: str | Path | None = None,
    stdin_filename: str = "",
    outputs: Iterable[str | Path] = (),
    progress: Progress = in_silence,
    **given: Unpack[Given],
) -> Report:
    """Judge drafts and return the report.

    `paths` are files, folders or `-`; `config` is a configuration file, searched from the working directory when None. What is
    `given` besides takes the place of what the configuration says: `select`, `ignore`, `severity` (entry by entry), `fail_on`, `as_of`,
    `lang`, `rules`, `require_signed`, `preview`, `baseline`, `ratchet`. `parent` is the superior's scheme, `outputs` are where results of
    this run go, which are no drafts.
    Raises RunError when the run itself is impossible and RulebookError when the rules do not load.
    """
    shown = [str(path) for path in paths]
    settings = resolve_settings(shown, config, **given)
    return judge(
        shown,
        settings,
        open_rulebook(settings),
        parent=parent,
        stdin_filename=stdin_filename,
        outputs=tuple(map(str, outputs)),
        progress=progress,
    )


def open_rulebook(settings: Settings) -> Rulebook:
    """Return the rules to judge by. Raises RunError when they are not there or not trusted, RulebookError when they do not load."""
    if settings.rules is None:
        return load_rulebook()
    if settings.require_signed:
        from assesslint.linter.signed import open_signed

        return open_signed(str(settings.rules))
    return open_folder(str(settings.rules))


@dataclass(slots=True)
class _File:
    """What a run has gathered of one of the files met. `is_draft` is false for one that was passed over."""

    path: str
    is_draft: bool = True
    findings: list[Finding] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    schemes: list[SchemeInfo] = field(default_factory=list)
    readable: bool = True
    sha256: str = ""
    provisions: int = 0
    characters: int = 0
    read_characters: int = 0
    ignored: int = 0
    waivers: list[Waiver] = field(default_factory=list)

    def refuse(self, finding: Finding) -> None:
        """Take note that the file could not be opened."""
        self.findings.append(replace(finding, fingerprint=fingerprint(finding.rule, finding.path, finding.message)))
        self.readable = False

    def info(self) -> DraftInfo:
        text_read = _share(self.read_characters, self.characters) if self.characters else None
        return DraftInfo(self.path, tuple(self.schemes), self.readable, self.sha256, text_read)


def judge(
    paths: Sequence[str],
    settings: Settings,
    rulebook: Rulebook,
    *,
    parent: str | Path | None = None,
    stdin_filename: str = "",
    outputs: Sequence[str] = (),
    changed_since: str | None = None,
    progress: Progress = in_silence,
) -> Report:
    """Judge the drafts at `paths` by `rulebook`, only those changed since a git revision where one is given.

    Raises RunError when there is no draft at all; that none of them has changed is fine.
    """
    met = list(
        find_inputs(paths, is_draft=_is_draft, exclude=settings.exclude, outputs=outputs, stdin_filename=stdin_filename, lang=settings.lang)
    )
    if all(isinstance(item, Passed) for item in met):
        raise nothing_to_check(paths, met, settings.exclude)
    if changed_since is None:
        return judge_met(met, settings, rulebook, parent=parent_input(parent), progress=progress)
    changed, unchanged = apart(met, files_changed_since(changed_since, paths))
    superiors = superiors_in(unchanged, settings.limits)
    report = judge_met(changed, settings, rulebook, parent=parent_input(parent), superiors=superiors, progress=progress)
    return replace(report, in_force=(*report.in_force, only_changed(changed_since, len(unchanged), settings.lang)))


def judge_met(
    met: Sequence[Input | Unopened | Passed],
    settings: Settings,
    rulebook: Rulebook,
    *,
    parent: Input | None = None,
    approved: Sequence[Waiver] = (),
    superiors: Superiors | None = None,
    kept: KeptReadings | None = None,
    reader: Reader | None = None,
    progress: Progress = in_silence,
) -> Report:
    """Judge drafts that were met by `rulebook`.

    `approved` are waivers besides those of the configuration and of the drafts. `superiors` is asked for a superior's scheme that is in
    none of them; `kept` has what was read of an earlier state of the draft.
    `reader` reads the drafts for a caller who has them read already.
    """
    lang = settings.lang
    judged_on = settings.as_of or date.today()
    settings, redirected = redirect(settings, rulebook.removed)
    selection = choose_rules(rulebook, settings, judged_on)
    waivers = read_waivers(settings.waivers, rulebook.rules, rulebook.removed) if settings.waivers else ()
    parents = _read_parent(parent, settings) if parent is not None else ()
    reader = reader or partial(read_draft, lang=lang, limits=settings.limits)
    run = _Run(settings, rulebook, selection, judged_on, parents, superiors, kept, reader)
    for _ in progress(run.steps(met), 2 * len(met)):
        pass
    drafts = [file.info() for file in run.files if file.is_draft]
    notices = [notice for file in run.files for notice in file.notices]
    notices += [*redirected, *redirected_waivers(waivers, lang)]
    if parent is not None and not run.superior_met:
        notices.append(_parent_unused(parent.shown, lang))
    schemes = [scheme for draft in drafts for scheme in draft.schemes]
    decision = decide(
        [finding for file in run.files for finding in file.findings],
        [*waivers, *approved, *(waiver for file in run.files for waiver in file.waivers)],
        judged_on=judged_on,
        never_waivable={rule.id for rule in rulebook.rules.values() if rule.waivable == "never"},
        judged_by=selection.rules,
        schemes={scheme.name for scheme in schemes},
        lang=lang,
    )
    findings = (*decision.standing, *decision.about_waivers)
    fired = {f.rule for f in (*findings, *(w.finding for w in decision.waived))}
    indicators = sum(draft.indicators for draft in drafts)
    leaves = indicators + sum(file.provisions for file in run.files)
    applicable = [rule for rule in selection.in_force if leaves or rulebook.rules[rule].subject == "scheme"]
    return Report(
        judged_on,
        findings,
        tuple(notices),
        decision.waived,
        Counts(
            files=len(drafts),
            unreadable=sum(not draft.readable for draft in drafts),
            schemes=len(schemes),
            indicators=indicators,
            text_read=_share(sum(file.read_characters for file in run.files), sum(file.characters for file in run.files)),
            rules_selected=len(selection.rules),
            rules_applicable=len(applicable) if schemes else 0,
            rules_fired=len(fired & selection.rules),
            ignored=sum(file.ignored for file in run.files),
        ),
        {rule: _info(rulebook, rule, judged_on, lang) for rule in sorted(fired)},
        selection.said,
        lang,
        settings.fail_on,
        tuple(drafts),
        rulebook.version,
        rulebook.title(lang),
    )


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole).quantize(Decimal("0.0001")) if whole else Decimal(1)


def _info(rulebook: Rulebook, rule: str, day: date, lang: str) -> RuleInfo:
    """Return what reporters show of a rule; its norms are those in force on a day."""
    known = rulebook.rules.get(rule)
    if known is None:
        return fault_info(rule, lang)
    from assesslint.policy.page import CHINESE_SECTIONS, ENGLISH_SECTIONS

    checks, why, waiver, _ = (known.sections.get(heading, "") for heading in (CHINESE_SECTIONS if lang == "zh" else ENGLISH_SECTIONS))
    cited = [c for case in known.cases for c in case.citations if c.holds_on(day)]
    return RuleInfo(
        rule,
        known.family,
        known.title[lang],
        rulebook.family_title(known.family, lang),
        min((case.severity for case in known.cases), key=SEVERITIES.index),
        checks,
        why,
        waiver,
        tuple(dict.fromkeys(Basis(c.norm, c.clause, c.cite, c.confidence) for c in cited)),
        rulebook.packs[rulebook.origin[rule]].page_of(rule, lang) if rulebook.packs else "",
    )


def _is_draft(name: str) -> bool:
    """Tell whether a file of a folder may be a draft, by its name or by its bytes: one that is read, or that people use."""
    suffix = PurePath(name).suffix.lower()
    return suffix in READERS or suffix in NOT_YET or recognised_file(Path(name)) in READERS


class _Run:
    """Reads and judges what was met. `files` are in the order met, whenever they are judged."""

    def __init__(
        self,
        settings: Settings,
        rulebook: Rulebook,
        selection: Selection,
        judged_on: date,
        parents: tuple[model.Scheme, ...],
        superiors: Superiors | None,
        kept: KeptReadings | None,
        reader: Reader,
    ) -> None:
        self.files: list[_File] = []
        self.superior_met = False
        self._settings = settings
        self._rulebook = rulebook
        self._selection = selection
        self._judged_on = judged_on
        self._parents = parents
        self._superiors = superiors
        self._kept = kept
        self._reader = reader
        self._known: dict[str, model.Scheme] = {}
        self._texts: dict[bytes, str] = {}
        self._waiting: list[tuple[Draft, _File]] = []

    def steps(self, met: Iterable[Input | Unopened | Passed]) -> Iterator[None]:
        """Do the work in two steps a file, one to read and one to judge it."""
        copies: list[tuple[Input, _File]] = []
        for item in met:
            if self.files:
                free_latest()
            data = self._open(item)
            if data is not None and isinstance(item, Input) and item.in_folder and bears_our_notes(item.shown, data):
                copies.append((item, self.files[-1]))
            else:
                yield from self._read_and_judge(data, self.files[-1])
        for item, file in copies:
            free_latest()
            yield from self._read_and_judge(self._bytes(item, file), file, may_be_copy=True)
        self._known.update(by_key(self._parents))
        for draft, file in self._waiting:
            self._judge(draft, file)
            yield

    def _open(self, item: Input | Unopened | Passed) -> bytes | None:
        """Begin to gather what is said of a file, and return what it holds, None when there is nothing to read."""
        match item:
            case Passed(shown):
                self.files.append(_File(shown, is_draft=False, notices=[passed_notice(item, self._settings.lang)]))
            case Unopened(finding):
                self.files.append(_File(finding.path))
                self.files[-1].refuse(finding)
            case Input(shown):
                self.files.append(_File(shown))
                return self._bytes(item, self.files[-1])
        return None

    def _bytes(self, item: Input, file: _File) -> bytes | None:
        data = read_bytes(item, self._settings.limits.max_bytes, self._settings.lang)
        if isinstance(data, Finding):
            file.refuse(data)
            return None
        file.sha256 = hashlib.sha256(data).hexdigest()
        return data

    def _read_and_judge(self, data: bytes | None, file: _File, *, may_be_copy: bool = False) -> Iterator[None]:
        """Read the draft in a file and judge it; one that names its superior waits for all others, a copy of another is passed over."""
        draft = self._read(data, file) if data is not None else None
        yield
        original = self._texts.setdefault(_text_key(draft), file.path) if draft is not None and draft.source.text else file.path
        if may_be_copy and original != file.path:
            file.is_draft = False
            file.notices.append(copy_notice(file.path, original, self._settings.lang))
        elif draft is not None:
            self._known.update(by_key(draft.schemes))
            if any(scheme.parent is not None for scheme in draft.schemes):
                self._waiting.append((draft, file))
                return
            self._judge(draft, file)
        yield

    def _read(self, data: bytes, file: _File) -> Draft | None:
        """Return the draft in a file, None when the program fails on it, which is gathered."""
        try:
            draft = self._reader(file.path, data)
        except Exception as error:
            file.readable = False
            file.findings.append(_crash(file.path, error, self._settings.lang))
            return None
        file.readable = not any(finding.rule == "unreadable-file" for finding in draft.findings)
        return draft

    def _superior(self, scheme: model.Scheme) -> model.Scheme | None:
        """Return the superior a scheme names among the files given, else the only one of the parent file."""
        if scheme.parent is not None:
            key = scheme_key(scheme.parent.text)
            named = self._known.get(key) or (self._superiors(key) if self._superiors else None)
            if named is not None and named is not scheme:
                return named
        return self._parents[0] if len(self._parents) == 1 and self._parents[0] is not scheme else None

    def _judge(self, draft: Draft, file: _File) -> None:
        """Gather what is to be said of one draft, in the order of its places."""
        lang, path = self._settings.lang, draft.source.path
        findings = [
            replace(f, fingerprint=f.fingerprint or fingerprint(f.rule, f.indicator, f.excerpt or f.message)) for f in draft.findings
        ]
        file.notices += draft.notices
        file.schemes = [_scheme_info(scheme) for scheme in draft.schemes]
        try:
            for number, scheme in enumerate(draft.schemes):
                findings += self._objections(draft, scheme, number, file)
                if scheme.classification is not None:
                    file.notices.append(_classified(scheme.classification, draft, lang))
        except Exception as error:
            findings.append(_crash(path, error, lang))
        file.findings += without_repeats(sorted(findings, key=_place))

    def _objections(self, draft: Draft, scheme: model.Scheme, number: int, file: _File) -> Iterator[Finding]:
        """Yield what the rules object to in one of a draft's schemes, and count what was read."""
        superior = self._superior(scheme)
        self.superior_met |= superior is not None
        reading, objections = judge_scheme(
            self._rulebook,
            scheme,
            draft.source,
            self._judged_on,
            superior=superior,
            lang=self._settings.lang,
            selected=self._rules_for(draft),
            parameters=self._settings.parameters,
            kept=self._kept,
        )
        subjects = _Subjects(draft, scheme, reading.facts)
        text = Source(draft.source.path, draft.source.text)  # findings outlive the draft, and need no place of its characters any more
        leaves = list(zip((leaf for _, leaf in scheme.indicators()), reading.facts.indicators, strict=False))
        indicators = tuple(
            IndicatorInfo(leaf.name.text, leaf.points, subjects.of(read)) for leaf, read in leaves if leaf.kind != "provision"
        )
        file.schemes[number] = replace(file.schemes[number], indicators=indicators)
        file.provisions += len(leaves) - len(indicators)
        file.characters += reading.characters
        file.read_characters += reading.read_characters
        if self._settings.inline_waivers:
            places = [(scheme.waivers, "", subjects.of(None))] if scheme.waivers else []
            places += [(leaf.waivers, leaf.name.text, subjects.of(read)) for leaf, read in leaves if leaf.waivers]
            for declared, name, subject in places:
                yield from self._waivers(declared, text, scheme, name, subject, file)
        heeded = [objection for objection in objections if objection.rule not in self._selection.ignored]
        file.ignored += len(objections) - len(heeded)
        judged = Judged(draft.source, scheme, reading, heeded)
        for objection in heeded:
            finding = _finding(objection, draft, text, scheme, subjects, self._selection)
            yield replace(finding, fix=propose(judged, objection, self._settings.lang))

    def _rules_for(self, draft: Draft) -> frozenset[str]:
        """Return the rules to judge a draft by: where no indicator was recognised it may be no scheme, and none that is about schemes."""
        judged = self._selection.judged
        if all(finding.rule != "nothing-recognised" for finding in draft.findings):
            return judged
        return frozenset(rule for rule in judged if self._rulebook.rules[rule].subject != "scheme")

    def _waivers(
        self, declared: Iterable[model.InlineWaiver], source: Source, scheme: model.Scheme, indicator: str, subject: str, file: _File
    ) -> Iterator[Finding]:
        """Gather the waivers declared in one place of a draft; yield what is wrong with them."""
        rulebook = self._rulebook
        for waiver in inline_waivers(
            declared,
            source,
            subject=subject,
            scheme=scheme.name.text,
            indicator=indicator,
            rules=rulebook.rules,
            removed=rulebook.removed,
            lang=self._settings.lang,
        ):
            if isinstance(waiver, Finding):
                yield waiver
            else:
                file.waivers.append(waiver)


def _scheme_info(scheme: model.Scheme) -> SchemeInfo:
    return SchemeInfo(scheme.name.text, scheme.issuer.text if scheme.issuer else "")


def _text_key(draft: Draft) -> bytes:
    """Return what two drafts have in common that say the same word for word."""
    return hashlib.sha256(draft.source.text.encode("utf-8", "surrogatepass")).digest()


def _crash(path: str, error: Exception, lang: str) -> Finding:
    """Return the finding for a fault of the program itself, with the place a maintainer needs."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    what = f"{type(error).__name__} {at}".strip()
    if lang == "zh":
        return file_fault("internal-error", path, f"检查此文件时程序出错（{what}），其余文件照常检查", "请把此文件和这条消息告诉维护者")
    return file_fault(
        "internal-error",
        path,
        f"The program failed on this file ({what}); the other files were checked",
        "Please tell the maintainers, with the file and this message",
    )


def _parent_unused(path: str, lang: str) -> Notice:
    """Return the notice that the superior's file holds several schemes and no draft says which of them it follows."""
    zh = "上级方案文件里有几个方案，草案没有写明依据哪一个，未核对层层加码；请在草案中写“上级方案：名称”"
    en = "The superior's file holds several schemes and the draft names none of them; raised targets were not looked for"
    return Notice("parent-unused", zh if lang == "zh" else en, path)


def parent_input(path: str | Path | None) -> Input | None:
    """Return the superior's scheme as it is read, None where there is none."""
    return None if path is None else Input(str(path), Path(path))


def _read_parent(parent: Input, settings: Settings) -> tuple[model.Scheme, ...]:
    path = parent.shown
    data = read_bytes(parent, settings.limits.max_bytes, settings.lang)
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
        wholes: list[tuple[tuple[str, ...], Node]]
        wholes = [((*(group.name.text for group in groups), leaf.name.text), leaf) for groups, leaf in scheme.indicators()]
        wholes += [((item.name.text,), item) for item in scheme.data_items]
        wholes += [((inspection.name.text,), inspection) for inspection in scheme.inspections]
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
            return fingerprint(issuer, scheme.name.text, self._written(scheme))
        names, whole = self._wholes[id(indicator)]
        return fingerprint(issuer, scheme.name.text, *names, self._written(whole))

    def _written(self, whole: Node) -> str:
        """Return what is waived as it stands in the draft; of the scheme language what it says, since its form may change."""
        return print_bare(whole) if self._scheme.form == "assess" else self._text[whole.span.start : whole.span.end]


def _finding(objection: Objection, draft: Draft, text: Source, scheme: model.Scheme, subjects: _Subjects, selection: Selection) -> Finding:
    words, indicator = objection.words, objection.indicator
    span = words.span if words.spans else None
    name = indicator.name if indicator else ""
    return Finding(
        objection.rule,
        objection.family,
        selection.severity_of(objection.rule, draft.source.path, objection.severity),
        objection.message,
        draft.source.path,
        advice=objection.advice,
        scheme=scheme.name.text,
        indicator=name,
        indicator_kind=indicator.kind if indicator else "",
        location=draft.source.locate(span) if span else WHOLE_FILE,
        places=draft.source.locate_all(words.spans),
        excerpt=words.text,
        basis=objection.basis,
        fingerprint=fingerprint(objection.rule, name, words.text or name),
        subject=subjects.of(indicator),
        source=text,
        span=span,
        spans=words.spans,
        field_name=words.field if scheme.form == "assess" else "",
    )
