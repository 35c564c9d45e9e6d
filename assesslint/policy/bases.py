"""The norms that rules rest on, and the days these are in force → what is wrong with how they are cited.

A citation is looked at where the page has it: is the norm still in force, can it carry the severity, is the case silent on some days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from assesslint.findings.problems import NOTICE, Problem, did_you_mean, problem_at
from assesslint.policy import tree
from assesslint.policy.norms import Clause, Norm
from assesslint.policy.pack import Pack
from assesslint.policy.rulebook import OwnRules, WrittenRule
from assesslint.text.source import Source

LEVELS = {
    "law": "法律", "administrative-regulation": "行政法规", "ministry-rule": "部门规章", "central-party-regulation": "中央党内法规",
    "central-party": "中央文件", "state-council": "国务院文件", "local": "地方规定", "local-practice": "地方做法",
    "enforcement-precedent": "通报的案例", "one-off-discipline": "一次性纪律要求",
}  # fmt: skip
"""The levels of norms, the strongest first, by what people call them."""

BINDING = frozenset({"law", "administrative-regulation", "ministry-rule", "central-party-regulation", "central-party", "state-council"})
"""Levels that can carry an `error`; a pack that extends another also rests errors on the local norms of its own place."""

STALE, SILENT, COVERED_CASE = "norm-stale", "rule-silent", "case-covered"
SEVERITY, LEVEL, UNCOVERED = "norm-severity", "norm-level", "norm-uncovered"

Days = tuple[date, date | None]
"""From a day on, up to another that is not among them; without end where there is none."""


def check_bases(own: OwnRules, pack: Pack, day: date) -> Iterator[Problem]:
    """Yield what is wrong with the norms of a folder and with how its rules cite them, as of a day."""
    for norm in own.own_norms.values():
        yield from _level_faults(norm)
    for written in own.written:
        yield from check_citations(written, own.norms, pack, day)
    if not any(problem.severity == "error" for problem in own.problems):  # a page that does not load may cite what seems uncovered
        cited = {(c.norm, c.clause) for rule in own.rules.values() for case in rule.cases for c in case.citations}
        for norm in own.own_norms.values():
            yield from _coverage(norm, cited)


# ── norms ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _at(norm: Norm, clause: str, key: str, zh: str, en: str, severity: str, kind: str) -> Problem:
    way = ("clauses", clause, key) if clause else (key,)
    if norm.file is None:
        return Problem(norm.id, 1, 1, zh, en, severity, kind)
    return problem_at(norm.file.source, norm.file.name(*way), zh, en, severity, kind=kind)


def _level_faults(norm: Norm) -> Iterator[Problem]:
    known = "、".join(f"{level}（{zh}）" for level, zh in LEVELS.items())
    if not norm.level:
        en = f"the level is missing, so nobody can tell how severe a rule may be that rests on it; one of {', '.join(LEVELS)}"
        yield _at(norm, "", "id", f"缺少 level（文件的效力），看不出依据它的规则可以多严；可写 {known}", en, "warning", LEVEL)
    elif norm.level not in LEVELS:
        zh, en = did_you_mean(norm.level, LEVELS)
        yield _at(norm, "", "level", f"没有“{norm.level}”这种效力{zh}", f"there is no level {norm.level}{en}", "warning", LEVEL)


def _coverage(norm: Norm, cited: set[tuple[str, str]]) -> Iterator[Problem]:
    for clause in norm.clauses.values():
        if (norm.id, clause.id) in cited:
            if clause.uncovered:
                zh = f"已有规则引用 {norm.id}.{clause.id}，请去掉 uncovered"
                yield _at(norm, clause.id, "uncovered", zh, "a rule cites this clause by now; take uncovered away", "advice", UNCOVERED)
        elif clause.cite_as and not clause.uncovered and not norm.uncovered:
            zh = f'没有规则引用 {norm.id}.{clause.id}：“{clause.zh}”写一条规则，或用 uncovered = "…" 说明为什么不写'
            en = f'no rule cites {norm.id}.{clause.id}: “{clause.en}” Write a rule, or say why there is none: uncovered = "…"'
            yield _at(norm, clause.id, "", zh, en, NOTICE, UNCOVERED)


# ── citations ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def check_citations(written: WrittenRule, norms: Mapping[str, Norm], pack: Pack, day: date) -> Iterator[Problem]:
    """Yield what is wrong with the bases of a rule, each of its cases first."""
    clauses = [clause for clause in written.draft.clauses if isinstance(clause, tree.CaseClause)]
    places = [_basis_clause(clause) for clause in clauses]
    source = written.page.source
    for case, place in zip(clauses, places, strict=True):
        cited = list(_cited(place, norms))
        for word, _, clause in cited:
            yield from _stale(source, word, clause, day)
        yield from _silence(source, place, [clause for _, _, clause in cited], pack, day)
        yield from _severity(source, case, place, norms, pack)
    if written.rule is not None:
        yield from _covered(source, places, written.rule.cases)


def _basis_clause(case: tree.CaseClause) -> tree.Clause:
    """Return the clause of a case that names its norms, an empty one where it has none."""
    found = (c for c in case.clauses if isinstance(c, tree.Clause) and c.keyword.startswith("basis"))
    return next(found, tree.Clause("basis", (), case.span))


def _cited(basis: tree.Clause, norms: Mapping[str, Norm]) -> Iterator[tuple[tree.Word, Norm, Clause]]:
    """Yield the clauses a case cites that there are, with their places."""
    for word in basis.words if basis.keyword == "basis" else ():
        document, _, clause = word.text.partition(".")
        norm = norms.get(document)
        if norm is not None and clause in norm.clauses:
            yield word, norm, norm.clauses[clause]


def _stale(source: Source, word: tree.Word, clause: Clause, day: date) -> Iterator[Problem]:
    if clause.repealed is not None and clause.repealed <= day:
        zh = f"{word.text} 自 {clause.repealed} 起废止：改引接替它的条款；只为检查旧草案才留着"
        en = f"{word.text} was repealed on {clause.repealed}: cite what took its place; keep it only to check old drafts"
        yield problem_at(source, word.span, zh, en, "warning", kind=STALE)
    elif clause.repealed is not None:
        zh = f"{word.text} 将于 {clause.repealed} 废止，请准备改引"
        yield problem_at(source, word.span, zh, f"{word.text} will be repealed on {clause.repealed}", "advice", kind=STALE)
    elif clause.in_force > day:
        zh = f"{word.text} 到 {clause.in_force} 才施行，此前不能作依据"
        yield problem_at(source, word.span, zh, f"{word.text} is in force from {clause.in_force} only", "advice", kind=STALE)


def _silence(source: Source, basis: tree.Clause, cited: Sequence[Clause], pack: Pack, day: date) -> Iterator[Problem]:
    """Yield the days on which a case says nothing since none of its norms is in force, from the day its pack takes effect."""
    if not cited:
        return
    life = pack.in_force or min(day, *(clause.in_force for clause in cited))
    for since, until in gaps([(clause.in_force, clause.repealed) for clause in cited], life):
        past = until is not None and until <= day
        if until is None:
            zh = f"自 {since} 起，这个 case 的依据都已失效，此后它不指出任何问题：补上现行依据"
            en = f"from {since} on none of the norms of this case is in force, and it finds nothing: cite one that is"
        else:
            zh = f"{since} 至 {until}（不含），这个 case 没有有效的依据，不指出任何问题：补上当时有效的依据"
            en = f"from {since} until {until} none of the norms of this case is in force, and it finds nothing: cite one that was"
        yield problem_at(source, basis.span, zh, en, "advice" if past else "warning", kind=SILENT)


def gaps(in_force: Iterable[Days], life: date) -> Iterator[Days]:
    """Yield the days from `life` on that lie in none of the times."""
    at: date | None = life
    for since, until in sorted(in_force, key=lambda days: days[0]):
        if at is None:
            return
        if since > at:
            yield at, since
            at = since
        at = None if until is None else max(at, until)
    if at is not None:
        yield at, None


def _severity(source: Source, case: tree.CaseClause, basis: tree.Clause, norms: Mapping[str, Norm], pack: Pack) -> Iterator[Problem]:
    """Yield the severity of a case that is an error though nothing binding stands behind it."""
    severities = [c for c in case.clauses if isinstance(c, tree.Clause) and c.keyword == "severity"]
    if not severities or severities[0].words[0].text != "error":
        return
    span = severities[0].words[0].span
    if basis.keyword == "basis: none":
        zh = "没有条文作依据，最多定为 warning：查找依据，或降一级"
        yield problem_at(source, span, zh, "without a norm it is a warning at most: find one, or lower it", kind=SEVERITY)
        return
    levels = {norm.level for _, norm, _ in _cited(basis, norms)}
    if levels and not levels & (BINDING | ({"local"} if pack.extends else set())):
        named = "、".join(LEVELS.get(level, level or "没有写明") for level in sorted(levels))
        zh = f"依据只有{named}，不足以定为 error：降为 warning，或引用有约束力的规定"
        en = f"it rests on {', '.join(sorted(levels))} alone, which carries no error: make it a warning, or cite a binding norm"
        yield problem_at(source, span, zh, en, kind=SEVERITY)


def _covered(source: Source, places: Sequence[tree.Clause], cases: Sequence[tree.Case]) -> Iterator[Problem]:
    """Yield the cases that an earlier one with the same condition, or with none, leaves no day, or fewer than their norms give."""
    for later, case in enumerate(cases):
        for earlier in cases[:later]:
            if earlier.when is not None and earlier.when != case.when:
                continue
            both = list(_overlap(earlier, case))
            if not both:
                continue
            if _all_days(earlier, case):
                zh = "前面有一个 case 在同样的条件下总是先成立，这个 case 不会用到：删去，或写明不同的 when"
                en = "under the same condition an earlier case always comes first, so this one is never used: remove it or change its when"
                yield problem_at(source, places[later].span, zh, en, "warning", kind=COVERED_CASE)
                break
            since, until = both[0]
            zh = f"自 {since} {f'至 {until}' if until else '起'}，前面条件相同的 case 同时有效，只有前一个起作用：核对日期"
            time = f"from {since} {f'until {until}' if until else 'on'}"
            en = f"{time} an earlier case with the same condition stands too and comes first: check the dates"
            yield problem_at(source, places[later].span, zh, en, "warning", kind=COVERED_CASE)


def _times(case: tree.Case) -> list[Days]:
    return [(c.in_force, c.repealed) for c in case.citations] or [(date.min, None)]


def _overlap(one: tree.Case, other: tree.Case) -> Iterator[Days]:
    """Yield the times when norms of both cases are in force."""
    for since, until in _times(one):
        for from_, to in _times(other):
            start = max(since, from_)
            end = min((day for day in (until, to) if day is not None), default=None)
            if end is None or start < end:
                yield start, end


def _all_days(earlier: tree.Case, later: tree.Case) -> bool:
    """Tell whether the earlier case stands on every day the later one does."""
    silent = list(gaps(_times(earlier), date.min))
    return not any(max(since, from_) < min(until or date.max, to or date.max) for since, until in silent for from_, to in _times(later))
