"""A folder of rule pages and norms → a Rulebook: the rules, what is known of each, and the answer to what they object to in a scheme.

Loading finds every problem of every page before it gives up. Checked rules are kept in a cache, keyed by all they depend on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from assesslint import __version__
from assesslint.findings.problems import NORM, PACK
from assesslint.policy import tree
from assesslint.policy.judge import Judge, Objection, on_day
from assesslint.policy.pack import FILE, Pack, find_pack, packs_from, page_files, read_pack
from assesslint.policy.problems import Problem, RulebookError, did_you_mean, problem_at
from assesslint.reading import facts
from assesslint.scheme.vocabulary import FieldType, Vocabulary, central_vocabulary, with_kinds
from assesslint.text import cache
from assesslint.text.files import UnreadError
from assesslint.text.resources import resource
from assesslint.text.source import Source, Span

if TYPE_CHECKING:
    from assesslint.policy.norms import Norm
    from assesslint.policy.page import Page

__all__ = ["Objection", "Rulebook", "load_rulebook"]

Parameters = Mapping[str, Mapping[str, Decimal]]
"""Bounds moved by configuration: rule, parameter, value (a duration in days)."""

Moved = tuple[tuple[str, tuple[tuple[str, Decimal], ...]], ...]
"""The same in a form that can be a key."""

_PARTS = frozenset(
    {date, Decimal, FieldType, Span, *(c for c in vars(tree).values() if isinstance(c, type) and c.__module__ == tree.__name__)}
)
"""What a rule kept in the cache may consist of."""

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""What a rule or a family can be called."""


@dataclass(frozen=True)
class Rulebook:
    """The rules of one pack, with those of the packs it extends, by id.

    `folder` is the pack's own. `digest` names the content: pages, norms, words and vocabulary; `warnings` did not stop them. `packs` are
    the pack and all it extends, the uppermost first; `origin` tells which of them each rule is from.
    """

    folder: Path
    rules: Mapping[str, tree.Rule]
    digest: str
    warnings: tuple[Problem, ...] = field(default=(), compare=False)
    packs: tuple[Pack, ...] = field(default=(), compare=False)
    origin: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def version(self) -> str:
        """Name what judges: the packs, the program, which reads the words, and the content of the rules."""
        packs = ", ".join(f"{pack.id} {pack.version}".strip() for pack in self.packs)
        return f"{packs} ({__version__}+{self.digest[:12]})".strip()

    def title(self, lang: str) -> str:
        """Name the packs as people call them, each with its version; nothing when the rules are in no pack."""
        titles = ((pack.title.get(lang, pack.id), pack.version) for pack in self.packs)
        if lang == "zh":
            return "、".join(f"{title} {version} 版" if version else title for title, version in titles)
        return ", ".join(f"{title} (version {version})" if version else title for title, version in titles)

    def family_title(self, family: str, lang: str) -> str:
        """Return what a pack calls a family of rules; its id where none does. What a pack says counts before what it extends."""
        named = {name: titles for pack in self.packs for name, titles in pack.families.items()}
        return named.get(family, {}).get(lang, family)

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary, with the kinds of object that the packs add."""
        return with_kinds(central_vocabulary(), {name: kind for pack in self.packs for name, kind in pack.object_kinds.items()})

    @property
    def own_rules(self) -> tuple[str, ...]:
        """The rules of the pack itself, without those of the packs it extends."""
        return tuple(rule for rule in self.rules if self.origin.get(rule, 0) == max(0, len(self.packs) - 1))

    @property
    def removed(self) -> Mapping[str, str]:
        """Rules that are no more, each with the rule that is used instead."""
        listed = {old: new for pack in self.packs for old, new in pack.removed.items()}
        return {old: _last(new, listed) for old, new in listed.items()}

    def judging(self, *, preview: bool) -> frozenset[str]:
        """Return the rules that judge: all but those in preview, unless these are asked for."""
        return frozenset(name for name, rule in self.rules.items() if preview or rule.status != "preview")

    def judge(
        self,
        scheme: facts.Scheme,
        as_of: date,
        *,
        lang: str = "zh",
        selected: frozenset[str] | None = None,
        parameters: Parameters | None = None,
    ) -> list[Objection]:
        """Return what the selected rules (all when None) object to in a scheme on a day.

        Raises RulebookError when a parameter is unknown or moved in the lax direction.
        """
        moved = tuple((rule, tuple(sorted(values.items()))) for rule, values in sorted((parameters or {}).items()))
        return self._judge(as_of, lang, selected, moved).judge(scheme)

    def in_force(self, rule: str, day: date) -> bool:
        """Tell whether a rule has anything to say on a day. Raises KeyError for an unknown rule."""
        return bool(on_day(self.rules[rule], day).cases)

    def page(self, rule: str) -> Page:
        """Read a rule's page again, for its sections and examples, with the table of cases beside it.

        Raises KeyError for an unknown rule, OSError when the page is gone or unreadable, RulebookError when the table is faulty.
        """
        from assesslint.policy.page import read_page, read_source

        known = self.rules[rule]
        folder = self.packs[self.origin[rule]].folder if rule in self.origin else self.folder
        page, _ = read_page(read_source(folder / known.page, known.page), known.family, rule)
        if page is None:
            raise OSError(f"{known.page} holds no rule any more")
        return with_cases(page, folder)

    def parameter_problems(self, parameters: Parameters) -> list[Problem]:
        """Return what is wrong with moved parameters: unknown rules and names, and bounds moved in the lax direction."""
        return [Problem("parameters", 1, 1, zh, en) for *_, zh, en in self.faults_of_bounds(parameters)]

    def faults_of_bounds(self, parameters: Parameters) -> Iterator[tuple[str, str, str, str]]:
        """Yield rule and parameter of each bound that cannot be moved so, and what is wrong with it in Chinese and English."""
        for rule, values in parameters.items():
            if rule in self.removed:
                instead = self.removed[rule]
                zh, en = f"规则“{rule}”已取消，由 {instead} 替代", f"the rule “{rule}” was removed; {instead} is used instead"
                yield rule, "", zh, en
                continue
            if rule not in self.rules:
                zh, en = did_you_mean(rule, self.rules)
                yield rule, "", f"没有规则“{rule}”{zh}", f"there is no rule “{rule}”{en}"
                continue
            known = {p.name: p for p in self.rules[rule].parameters}
            for name, value in values.items():
                if name not in known:
                    zh, en = did_you_mean(name, known)
                    yield rule, name, f"{rule} 没有参数“{name}”{zh}", f"{rule} has no parameter “{name}”{en}"
                elif not is_stricter(known[name], value):
                    yield rule, name, *_too_lax(rule, known[name], value)

    @lru_cache(8)  # noqa: B019 - a run has one rulebook, alive to its end
    def _judge(self, as_of: date, lang: str, selected: frozenset[str] | None, moved: Moved) -> Judge:
        parameters = {rule: dict(values) for rule, values in moved}
        problems = self.parameter_problems(parameters)
        if problems:
            raise RulebookError(problems)
        rules = [rule for name, rule in self.rules.items() if selected is None or name in selected]
        return Judge(rules, self.vocabulary, as_of, lang, parameters)

    def __hash__(self) -> int:
        return hash(self.digest)


def with_cases(page: Page, folder: Path) -> Page:
    """Return a page of a folder with the table of cases that lies beside it. Raises RulebookError when the table is faulty."""
    from assesslint.policy.cases import read_cases

    table = Path(page.source.path).with_suffix(".csv")
    if not (folder / table).is_file():
        return page
    try:
        cases, problems = read_cases(folder / table, table.as_posix(), page.id)
    except UnreadError as error:
        raise RulebookError([Problem(table.as_posix(), 1, 1, error.zh, error.en)]) from error
    if problems:
        raise RulebookError(problems)
    return replace(page, cases=cases)


def _last(rule: str, removed: Mapping[str, str]) -> str:
    """Return the rule at the end of a chain of removed ones; of a chain without end, any of it."""
    for _ in removed:
        rule = removed.get(rule, rule)
    return rule


def is_stricter(parameter: tree.Parameter, value: Decimal) -> bool:
    """Tell whether a bound may be moved to a value: further in the strict direction, or nowhere."""
    return value >= parameter.default if parameter.stricter == "larger" else value <= parameter.default


def _too_lax(rule: str, parameter: tree.Parameter, value: Decimal) -> tuple[str, str]:
    side_zh, side_en = ("小于", "less than") if parameter.stricter == "larger" else ("大于", "more than")
    zh = f"{rule} 的参数 {parameter.name} 只许收紧：不得{side_zh} {parameter.default}，写的是 {value}"
    en = f"the parameter {parameter.name} of {rule} may only be made stricter: {value} is {side_en} {parameter.default}"
    return zh, en


# ── loading ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def load_rulebook(folder: Path | None = None, *, cached: bool = True) -> Rulebook:
    """Load the rules of a pack (the central one when None), and of the packs it extends. It may cite the central norms besides its own.

    Raises RulebookError with every problem found when any of them is an error.
    """
    return _loaded(folder or resource("rules"), cached=cached, below=())


def _loaded(folder: Path, *, cached: bool, below: tuple[Path, ...]) -> Rulebook:
    """Load the rules of a pack that those in the folders `below` extend."""
    pack, problems = read_pack(folder)
    if problems:
        raise RulebookError(problems)
    own = load_own_rules(folder, pack, cached=cached)
    return joined(upper_rules(pack, cached=cached, below=below), own)


def joined(upper: Rulebook | None, own: Rulebook) -> Rulebook:
    """Return the rules of a pack on top of those it extends, if it extends any.

    Raises RulebookError where the two do not go together, or a rule that is to take the place of another is not there.
    """
    [pack] = own.packs
    whole = extended(upper, own) if upper is not None else own
    problems = list(_life_problems(whole, pack))
    if problems:
        raise RulebookError(problems)
    return whole


def _life_problems(rulebook: Rulebook, pack: Pack) -> Iterator[Problem]:
    """Yield what is wrong with the rules a pack says take the place of others."""
    for rule in (rulebook.rules[name] for name in rulebook.own_rules):
        if rule.replaced_by and rule.replaced_by not in rulebook.rules:
            zh, en = did_you_mean(rule.replaced_by, rulebook.rules)
            said = f"replaced by 的规则“{rule.replaced_by}”没有{zh}", f"there is no rule “{rule.replaced_by}” to replace this one{en}"
            source = rulebook.page(rule.id).source
            at = source.text.find(rule.replaced_by, source.text.find("replaced"))
            yield problem_at(source, Span(at, at + len(rule.replaced_by)), *said)
    removed = rulebook.removed
    for old in pack.removed:
        if old in rulebook.rules:
            zh, en = f"[removed] “{old}”还是一条规则", f"[removed] “{old}” is still a rule"
            yield in_pack(pack, ("removed", old), zh, en)
        elif removed[old] not in rulebook.rules:
            zh, en = did_you_mean(removed[old], rulebook.rules)
            said = f"[removed] “{old}”的替代规则“{removed[old]}”没有{zh}", f"[removed] “{old}”: there is no rule “{removed[old]}”{en}"
            yield in_pack(pack, ("removed", old), *said)


def upper_rules(pack: Pack, *, cached: bool = True, below: tuple[Path, ...] = ()) -> Rulebook | None:
    """Return the rules a pack extends, None when it extends nothing. Raises RulebookError when they are nowhere to be had.

    `below` are the folders of the packs that extend it in turn.
    """
    if not pack.extends:
        return None
    folder = find_pack(pack.extends, pack.folder.resolve().parent)
    here = (*below, pack.folder.resolve())
    if folder is None:
        zh = f"没有找到它扩展的规则包“{pack.extends}”：文件夹旁放文件夹，zip 旁放 {pack.extends}.zip，或安装为 Python 包"
        en = f"the pack “{pack.extends}” it extends was not found: put its folder, beside a zip its zip, next to this one, or install it"
        raise RulebookError([in_pack(pack, ("extends",), zh, en)])
    if folder.resolve() in here:
        zh = f"规则包扩展来扩展去成了圈：“{pack.extends}”就是从这里扩展的" if below else "规则包不能扩展自己"
        en = f"packs extend each other in a circle: “{pack.extends}” is extended from here" if below else "a pack cannot extend itself"
        raise RulebookError([in_pack(pack, ("extends",), zh, en)])
    try:
        upper = _loaded(folder, cached=cached, below=here)
    except RulebookError as error:
        place = f"../{pack.extends}/" if folder.parent == here[-1].parent else f"{pack.extends}/"
        raise RulebookError([p if p.path.startswith("../") else replace(p, path=place + p.path) for p in error.problems]) from error
    if upper.packs[-1].id != pack.extends:
        zh = f"“{pack.extends}”处的规则包自称“{upper.packs[-1].id}”：核对是不是放错了，或改它的 id"
        en = f"the pack found as “{pack.extends}” calls itself “{upper.packs[-1].id}”: was it put in the wrong place? Else change its id"
        raise RulebookError([in_pack(pack, ("extends",), zh, en)])
    return upper


def extended(upper: Rulebook, own: Rulebook) -> Rulebook:
    """Return the rules of a pack on top of those it extends, the bounds of these moved as it says.

    Raises RulebookError when it says again what a rule above already says, or moves a bound in the lax direction.
    """
    [pack] = own.packs
    problems = [_again(upper, rule) for name, rule in own.rules.items() if name in upper.rules]
    problems += (in_pack(pack, ("parameters", rule, name), zh, en) for rule, name, zh, en in upper.faults_of_bounds(pack.parameters))
    if problems:
        raise RulebookError(problems)
    rules = {**{name: moved(rule, pack.parameters.get(name, {})) for name, rule in upper.rules.items()}, **own.rules}
    origin = {**upper.origin, **dict.fromkeys(own.rules, len(upper.packs))}
    digest = sha256(f"{upper.digest}{own.digest}{sorted(pack.parameters.items())}".encode()).hexdigest()
    return Rulebook(own.folder, rules, digest, (*upper.warnings, *own.warnings), (*upper.packs, pack), origin)


def moved(rule: tree.Rule, bounds: Mapping[str, Decimal]) -> tree.Rule:
    """Return a rule with its bounds moved."""
    if not bounds:
        return rule
    return replace(rule, parameters=tuple(replace(p, default=bounds.get(p.name, p.default)) for p in rule.parameters))


def in_pack(pack: Pack, key: tuple[str, ...], zh: str, en: str) -> Problem:
    """Return a problem at its place in the pack's file."""
    if pack.file is None:
        return Problem(FILE, 1, 1, zh, en, kind=PACK)
    return problem_at(pack.file.source, pack.file.name(*key), zh, en, kind=PACK)


def _again(upper: Rulebook, rule: tree.Rule) -> Problem:
    above = upper.packs[upper.origin[rule.id]].id
    zh = f"“{rule.id}”是上级规则包 {above} 的规则，不能重写；要收紧请移动参数，或另立一条规则"
    en = f"“{rule.id}” is a rule of the pack {above} and cannot be written anew; move its parameters, or add a rule of another name"
    return Problem(rule.page, 1, 1, zh, en)


def load_own_rules(folder: Path, pack: Pack, *, cached: bool = True) -> Rulebook:
    """Load the rules that stand in one folder, without those it extends. Raises RulebookError."""
    pages = page_files(folder)
    key, content = _key_and_content(folder, pack, pages)
    cached = cached and bool(pages)
    rules = cache.load("rules", key, _PARTS) if cached else None
    if isinstance(rules, tuple) and all(isinstance(rule, tree.Rule) for rule in rules):
        return Rulebook(folder, {rule.id: rule for rule in rules}, content, (), (pack,), {rule.id: 0 for rule in rules})
    loaded = read_own_rules(folder, pack)
    if any(problem.severity == "error" for problem in loaded.problems):
        raise RulebookError(loaded.problems)
    if cached and not loaded.problems:
        cache.store("rules", key, tuple(loaded.rules.values()))
    return rulebook_of(folder, pack, loaded)


def rulebook_of(folder: Path, pack: Pack, own: OwnRules) -> Rulebook:
    """Return the rules that stand in one folder as they were read, without those it extends."""
    _, content = _key_and_content(folder, pack, page_files(folder))
    return Rulebook(folder, own.rules, content, own.problems, (pack,), dict.fromkeys(own.rules, 0))


def _key_and_content(folder: Path, pack: Pack, pages: list[Path]) -> tuple[str, str]:
    """Return what names the rules in the cache, and the digest of all they depend on."""
    central = resource("rules")
    packs = [*_above(folder, pack), folder]
    norms = [file for each in packs for file in sorted((each / "norms").glob("*.toml"))]
    said = [each / FILE for each in packs if (each / FILE).is_file()]
    words = sorted(pack.lexicon.glob("*")) if pack.lexicon and folder != central else []  # the central words go with the program
    content = cache.digest([*pages, *norms, *said, *words, central / "vocabulary.toml"])
    return f"{__version__}-{content[:32]}-{cache.digest(_machinery())[:32]}", content


def _machinery() -> list[Path]:
    """Return the files that decide what a page is made into: another version of any of them makes the cache useless."""
    grammar = resource("grammar")
    return [*sorted(Path(__file__).parent.glob("*.py")), grammar / "common.lark", grammar / "rule.lark"]


@dataclass(frozen=True)
class WrittenRule:
    """A rule as its page has it: `rule` is what it means, None where it is at fault."""

    page: Page
    draft: tree.Draft
    rule: tree.Rule | None


@dataclass(frozen=True)
class OwnRules:
    """All that is read of one folder: its pages as written, the norms they may cite, and those of them that are the folder's own."""

    written: tuple[WrittenRule, ...]
    norms: Mapping[str, Norm]
    own_norms: Mapping[str, Norm]
    vocabulary: Vocabulary
    problems: tuple[Problem, ...]

    @property
    def rules(self) -> dict[str, tree.Rule]:
        return {written.rule.id: written.rule for written in self.written if written.rule is not None}


def read_own_rules(folder: Path, pack: Pack) -> OwnRules:
    """Read every page and norm of a folder, with all that is wrong with them. Raises RulebookError where there are too many."""
    from assesslint.policy.norms import load_norms

    norms, problems = norms_above(folder, pack)
    own, faults = load_norms(folder / "norms")
    problems += faults
    if pack.extends:
        problems += (_norm_again(norms[name], own[name]) for name in sorted(norms.keys() & own.keys()))
    norms = {**own, **norms} if pack.extends else {**norms, **own}
    above = {name: (kind, upper) for upper, _ in packs_from(folder) if upper.folder != folder for name, kind in upper.object_kinds.items()}
    for name in sorted(above.keys() & pack.object_kinds.keys()):
        zh = f"对象种类“{name}”在规则包 {above[name][1].id} 里已有，不能重写，换一个名称"
        en = f"the kind of object “{name}” is in the pack {above[name][1].id} already and cannot be told anew; take another name"
        problems.append(in_pack(pack, ("object_kinds", name), zh, en))
    vocabulary = with_kinds(central_vocabulary(), {**{name: kind for name, (kind, _) in above.items()}, **pack.object_kinds})
    pages = page_files(folder)
    if not pages and not pack.extends:
        zh, en = f"没有找到规则：{folder} 下应有 类别/规则名.md", f"no rule found: {folder} should hold family/rule-id.md"
        problems.append(Problem(str(folder), 1, 1, zh, en))
    known: dict[str, WrittenRule] = {}
    for path in pages:
        shown = path.relative_to(folder).as_posix()
        problems += name_problems(shown, known)
        written, faults = _read_file(path, shown, norms, vocabulary)
        problems += faults
        if written is not None:
            known.setdefault(path.stem, written)
    return OwnRules(tuple(known.values()), norms, own, vocabulary, tuple(problems))


def norms_above(folder: Path, pack: Pack) -> tuple[dict[str, Norm], list[Problem]]:
    """Return the norms a pack may cite besides its own: the central ones, and those of the packs it extends."""
    from assesslint.policy.norms import load_norms

    found: dict[str, Norm] = {}
    problems: list[Problem] = []
    for upper in _above(folder, pack):
        norms, faults = load_norms(upper / "norms", "norms" if upper == resource("rules") else f"../{upper.name}/norms")
        found = {**norms, **found}
        problems += faults
    return found, problems


def _above(folder: Path, pack: Pack) -> list[Path]:
    """Return the folders whose norms a pack may cite besides its own, the uppermost first."""
    extended = [upper.folder for upper, _ in packs_from(folder)][1:] if pack.extends else []
    folders = dict.fromkeys((resource("rules"), *reversed(extended)))
    return [upper for upper in folders if upper.resolve() != folder.resolve()]


def _norm_again(above: Norm, own: Norm) -> Problem:
    """Return the problem of a norm that stands in a pack above already."""
    zh, en = f"“{own.id}”是上级规则包的规定", f"“{own.id}” is a norm of a pack above"
    if above.file is not None:
        zh, en = f"{zh}（{above.file.source.path}）", f"{en} ({above.file.source.path})"
    zh = f"{zh}，不能重写：删去，直接引用；不是同一份文件就换一个 id"
    en = f"{en} and cannot be written anew: remove it and cite that, or take another id"
    if own.file is None:
        return Problem(f"norms/{own.id}.toml", 1, 1, zh, en, kind=NORM)
    return problem_at(own.file.source, own.file.span("id"), zh, en, kind=NORM)


def _read_file(path: Path, shown: str, norms: Mapping[str, Norm], vocabulary: Vocabulary) -> tuple[WrittenRule | None, list[Problem]]:
    """Return the rule of a page, if it has one, and everything wrong with the page."""
    from assesslint.policy.page import read_source

    try:
        source = read_source(path, shown)
    except UnreadError as error:
        return None, [Problem(shown, 1, 1, error.zh, error.en)]
    return read_rule(source, norms, vocabulary)


def read_rule(source: Source, norms: Mapping[str, Norm], vocabulary: Vocabulary) -> tuple[WrittenRule | None, list[Problem]]:
    """Return the rule of a page `family/rule-id.md`, if it has one, and everything wrong with the page."""
    from assesslint.policy.check import check_rule
    from assesslint.policy.page import read_page
    from assesslint.policy.parse import parse_rule

    path = Path(source.path)
    page, problems = read_page(source, path.parent.name, path.stem)
    if page is None:
        return None, problems
    draft = parse_rule(source, page.rule)
    if isinstance(draft, Problem):
        return None, [*problems, draft]
    rule, faults = check_rule(page, draft, vocabulary, norms)
    return WrittenRule(page, draft, rule), [*problems, *faults]


def name_problems(shown: str, known: Mapping[str, WrittenRule]) -> list[Problem]:
    """Return what is wrong with the name of a page and its folder; `known` are the rules of the pages before it."""
    found = []
    name, family = Path(shown).stem, Path(shown).parent.name
    if not NAME.fullmatch(family):
        zh = f"文件夹“{family}”是规则的类别，名称用小写字母、数字和连字符；中文名写在 pack.toml 的 [families]"
        en = f"the folder “{family}” is a family of rules: small letters, digits and hyphens; [families] in pack.toml says its name"
        found.append(Problem(shown, 1, 1, zh, en))
    if not NAME.fullmatch(name):
        zh, en = "文件名用小写字母、数字和连字符", "a page's name is made of small letters, digits and hyphens"
        found.append(Problem(shown, 1, 1, zh, en))
    if name in known:
        other = known[name].page.source.path
        zh, en = f"规则名与 {other} 重复，改一个文件名", f"the rule's id is already used by {other}; rename one of them"
        found.append(Problem(shown, 1, 1, zh, en))
    return found
