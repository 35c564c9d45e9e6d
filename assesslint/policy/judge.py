"""Rules made ready for one day, one language and one set of bounds: facts in, objections out.

A rule is tried on an indicator only when some fact there could set it off: rules that start from `for demand in indicator.demands` and want
`demand.action in adoption` are found by the actions present, so that rules about other things cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from assesslint.findings.model import Basis
from assesslint.policy import tree
from assesslint.policy.evaluate import MOST_STEPS, Evaluator, Frame, TooManyStepsError, evaluator, fresh_frame, steps, take
from assesslint.policy.presence import Lets
from assesslint.policy.show import show
from assesslint.reading import facts
from assesslint.scheme.vocabulary import Vocabulary

RULE_ERROR = "rule-error"
"""The rule named by an objection that says a rule could not be evaluated."""

MOST_STEPS_TOGETHER = 10 * MOST_STEPS
"""Expressions all rules together may compute in their loops over one scheme."""

STEPS_TO_CONCLUDE = 30
"""What it takes, in steps, to go through the cases of a rule and find the words that are at fault."""

Step = Callable[[Frame], None]


@dataclass(frozen=True, slots=True)
class Mending:
    """How an objection is met: a kind of policy/remedies.py, with the value it is told; a bound is a number of days."""

    kind: str
    value: str = ""
    bound: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """What a rule has to say of a draft, at the words it was read from. `indicator` is None when it concerns the scheme."""

    rule: str
    family: str
    severity: str
    message: str
    advice: str
    basis: tuple[Basis, ...]
    words: facts.Words
    indicator: facts.Indicator | None = None
    mending: Mending | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule can object to an indicator only if `list` holds an item; one whose `field` is among `values`, where a field is named."""

    list: str
    field: str = ""
    values: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule ready to run on a frame; `fresh` is the frame with its parameters set. The last slot takes the objections, by their place."""

    rule: tree.Rule
    fresh: Frame
    run: Step


@dataclass(slots=True)
class _Steps:
    """The steps that rules may still take over one scheme: each of them, and all together. `spent` are rules that are not run again."""

    together: int
    left: dict[str, int]
    spent: set[str]


class Judge:
    """Judges schemes by the rules in force on a day."""

    def __init__(
        self,
        rules: Iterable[tree.Rule],
        vocabulary: Vocabulary,
        as_of: date,
        lang: str,
        parameters: Mapping[str, Mapping[str, Decimal]],
    ) -> None:
        self._lang = lang
        compiled = [
            Compiled(rule, _fresh_frame(rule, parameters.get(rule.id, {})), _compile(rule, vocabulary, lang))
            for rule in (on_day(rule, as_of) for rule in rules)
            if rule.cases
        ]
        self._scheme_rules = [c for c in compiled if c.rule.subject == "scheme"]
        self._indicator_rules = [c for c in compiled if c.rule.subject == "indicator"]
        self._always: list[int] = []
        self._by_list: dict[str, list[int]] = {}
        self._by_value: dict[tuple[str, str], dict[Any, list[int]]] = {}
        for at, ready in enumerate(self._indicator_rules):
            self._index(at, trigger(ready.rule))

    def _index(self, at: int, needed: Trigger | None) -> None:
        if needed is None:
            self._always.append(at)
        elif not needed.field:
            self._by_list.setdefault(needed.list, []).append(at)
        else:
            table = self._by_value.setdefault((needed.list, needed.field), {})
            for value in needed.values:
                table.setdefault(value, []).append(at)

    def judge(self, scheme: facts.Scheme) -> list[Objection]:
        """Return the objections to a scheme: first to the scheme as a whole, then by indicator, in the order of the rules."""
        objections: list[Objection] = []
        allowed = _Steps(MOST_STEPS_TOGETHER, {}, set())
        for ready in self._scheme_rules:
            objections += self._run(ready, scheme, None, allowed)
        for indicator in scheme.indicators:
            for at in sorted(self._candidates(indicator)):
                objections += self._run(self._indicator_rules[at], scheme, indicator, allowed)
        return objections

    def _candidates(self, indicator: facts.Indicator) -> set[int]:
        found = set(self._always)
        for name, rules in self._by_list.items():
            if getattr(indicator, name):
                found.update(rules)
        for (name, field), table in self._by_value.items():
            for item in getattr(indicator, name):
                found.update(table.get(getattr(item, field), []))
        return found

    def _run(self, ready: Compiled, scheme: facts.Scheme, indicator: facts.Indicator | None, allowed: _Steps) -> Iterable[Objection]:
        """Run a rule once. Several objections at the same words of one indicator are one."""
        rule = ready.rule.id
        if rule in allowed.spent:
            return ()
        before = min(allowed.left.get(rule, MOST_STEPS), allowed.together)
        frame = ready.fresh.copy()
        frame[tree.SCHEME_SLOT] = scheme
        frame[tree.INDICATOR_SLOT] = indicator
        frame[tree.STEPS_SLOT] = before
        found: dict[object, Objection] = {}
        frame[-1] = found
        try:
            ready.run(frame)
        except TooManyStepsError:
            allowed.spent.add(rule)
            allowed.together -= before
            return (*found.values(), self._too_many_steps(rule, scheme, indicator))
        except Exception as error:
            found[error] = self._rule_error(rule, error, scheme, indicator)
        allowed.left[rule] = frame[tree.STEPS_SLOT]
        allowed.together -= before - frame[tree.STEPS_SLOT]
        return found.values()

    def _too_many_steps(self, rule: str, scheme: facts.Scheme, indicator: facts.Indicator | None) -> Objection:
        if self._lang == "zh":
            message = f"规则 {rule} 在方案“{scheme.name}”上没有算完，此处和此后没有再按它检查：步数超过上限"
            advice = "请人工核对；并请规则的维护者改写这条规则：少套一层 for、any、all、count"
        else:
            message = f"The rule {rule} was not done with the scheme “{scheme.name}”, here and further on: it took too many steps"
            advice = "Check by hand, and ask the rule's maintainer to nest one for, any, all or count less in it"
        return Objection(RULE_ERROR, "rule", "error", message, advice, (), (indicator or scheme).words, indicator)

    def _rule_error(self, rule: str, error: Exception, scheme: facts.Scheme, indicator: facts.Indicator | None) -> Objection:
        what = type(error).__name__
        if self._lang == "zh":
            message, advice = f"规则 {rule} 在此处无法判断（{what}）", "请人工核对此处，并把草案和规则告诉规则的维护者"
        else:
            message = f"The rule {rule} could not be evaluated here ({what})"
            advice = "Check this place by hand, and send the draft and the rule to the rule's maintainer"
        return Objection(RULE_ERROR, "rule", "error", message, advice, (), (indicator or scheme).words, indicator)


def on_day(rule: tree.Rule, day: date) -> tree.Rule:
    """Return a rule as it judges on a day: with the cases that rest on a norm in force then, or on none, citing only norms in force.

    A rule without cases says nothing that day.
    """
    cited = ((case, tuple(c for c in case.citations if c.holds_on(day))) for case in rule.cases)
    return replace(rule, cases=tuple(replace(case, citations=holding) for case, holding in cited if holding or not case.citations))


def _fresh_frame(rule: tree.Rule, moved: Mapping[str, Decimal]) -> Frame:
    frame = fresh_frame(rule.slots + 1)
    for parameter in rule.parameters:
        frame[parameter.slot] = moved.get(parameter.name, parameter.default)
    return frame


# ── from rule to function ────────────────────────────────────────────────────────────────────────────────────────────────────


def _compile(rule: tree.Rule, vocabulary: Vocabulary, lang: str) -> Step:
    """Return the function that runs a rule on a frame. Each condition is tested as soon as the names it uses are bound."""
    step = _objecting(rule, vocabulary, lang)
    order = {binding.slot: at for at, binding in enumerate(rule.bindings, 1)}
    waiting: list[list[Evaluator]] = [[] for _ in range(len(rule.bindings) + 1)]
    for condition in tree.conjuncts(rule.when):
        waiting[max((order.get(p.slot, 0) for p in tree.paths(condition)), default=0)].append(evaluator(condition))
    each = steps(*tree.expressions(rule)) + STEPS_TO_CONCLUDE
    for binding, conditions in zip(reversed(rule.bindings), reversed(waiting[1:]), strict=True):
        step = _bind(binding, _guard(conditions, step), each)
    return _guard(waiting[0], step)


def _guard(conditions: list[Evaluator], then: Step) -> Step:
    if not conditions:
        return then

    def guard(frame: Frame) -> None:
        for condition in conditions:
            if condition(frame) is not True:
                return
        then(frame)

    return guard


def _bind(binding: tree.Binding, then: Step, each: int) -> Step:
    """Bind a name and go on. A loop takes `each` steps for an item: all that the rule may compute of it."""
    slot, value = binding.slot, evaluator(binding.value)

    def loop(frame: Frame) -> None:
        items = value(frame)
        if not items:
            return
        take(frame, len(items), each)
        for item in items:
            frame[slot] = item
            then(frame)

    def let(frame: Frame) -> None:
        frame[slot] = value(frame)
        then(frame)

    return loop if binding.loop else let


def _objecting(rule: tree.Rule, vocabulary: Vocabulary, lang: str) -> Step:
    """Return the last step: nothing excuses, and the first case that fits speaks."""
    unless = [evaluator(condition) for condition in rule.unless]
    places = [evaluator(path) for path in rule.at]
    cases = [
        (
            [evaluator(condition) for condition in tree.conjuncts(case.when)],
            case.severity,
            _writer(case.message[lang], vocabulary, lang),
            _writer(case.advice[lang], vocabulary, lang),
            tuple(Basis(c.norm, c.clause, c.cite, c.confidence) for c in case.citations),
            _mender(case.remedy),
        )
        for case in rule.cases
    ]
    indicator = next((b.slot for b in reversed(rule.bindings) if b.loop and b.type.base == "Indicator"), tree.INDICATOR_SLOT)

    def conclude(frame: Frame) -> None:
        if any(condition(frame) is True for condition in unless):
            return
        for conditions, severity, message, advice, basis, mend in cases:
            if all(condition(frame) is True for condition in conditions):
                words = next((words for place in places if (words := place(frame)) is not None), facts.NO_WORDS)
                at = frame[indicator]
                key = (id(at), words.text, words.spans)
                if key not in frame[-1]:
                    told = message(frame), advice(frame)
                    frame[-1][key] = Objection(rule.id, rule.family, severity, *told, basis, words, at, mend(frame))
                return

    return conclude


def _mender(remedy: tree.Remedy | None) -> Callable[[Frame], Mending | None]:
    if remedy is None or remedy.parameter is None:
        fixed = Mending(remedy.kind, remedy.value) if remedy else None
        return lambda _frame: fixed
    kind, bound = remedy.kind, evaluator(remedy.parameter)
    return lambda frame: Mending(kind, bound=bound(frame))


def _writer(message: tree.Message, vocabulary: Vocabulary, lang: str) -> Callable[[Frame], str]:
    if all(isinstance(part, str) for part in message.parts):
        fixed = "".join(part for part in message.parts if isinstance(part, str))
        return lambda _frame: fixed
    parts = [part if isinstance(part, str) else (evaluator(part), part.type) for part in message.parts]

    def write(frame: Frame) -> str:
        return "".join(part if isinstance(part, str) else show(part[0](frame), part[1], vocabulary, lang) for part in parts)

    return write


# ── what sets a rule off ─────────────────────────────────────────────────────────────────────────────────────────────────────


def trigger(rule: tree.Rule) -> Trigger | None:
    """Return what an indicator must hold for a rule to object, or None when that cannot be told."""
    lets = {binding.slot: binding.value for binding in rule.bindings if not binding.loop}
    conditions = tree.conjuncts(rule.when)
    for binding in rule.bindings:
        if binding.loop and (name := _list_of_indicator(binding.value)):
            return _narrowest(name, binding.slot, conditions, lets)
    for condition in conditions:
        match condition:
            case tree.Presence(tree.Path(start, _, ()), True) if start in lets:
                asked = lets[start]
            case _:
                asked = condition
        match asked:
            case tree.Gathering("any" | "exists" | "first", source, _, body, slot) if name := _list_of_indicator(source):
                return _narrowest(name, slot, tree.conjuncts(body), lets)
    return None


def _list_of_indicator(node: tree.Expression) -> str:
    match node:
        case tree.Path(tree.INDICATOR_SLOT, _, (name,), kind) if kind.many:
            return name
    return ""


def _narrowest(name: str, slot: int, conditions: tuple[tree.Expression, ...], lets: Lets) -> Trigger:
    """Return the trigger by that field of the item in `slot` which tells most: what a fact is, rather than how it is said."""
    mentioned = {path.steps[0] for condition in conditions for path in tree.paths(condition) if path.slot == slot and path.steps}
    found = [
        Trigger(name, field, values)
        for field in sorted(mentioned | {"action", "kind"})
        if (values := _values(tree.And(conditions), slot, field, lets)) is not None
    ]
    return min(found, key=lambda t: (t.field not in ("action", "kind"), len(t.values)), default=Trigger(name))


def _values(node: tree.Expression, slot: int, field: str, lets: Lets) -> frozenset[Any] | None:
    """Return the values of a field of the item in `slot` for which a condition can be true, or None when it may have any."""
    match node:
        case tree.Within(tree.Path(start, _, steps), tree.Members(values), False) if start == slot and steps == (field,):
            return values
        case tree.Comparison("is", tree.Path(start, _, steps), tree.Constant(value)) if start == slot and steps == (field,):
            return frozenset({value})
        case tree.And(items):
            known = [found for item in items if (found := _values(item, slot, field, lets)) is not None]
            return frozenset.intersection(*known) if known else None
        case tree.Or(items):
            each = [_values(item, slot, field, lets) for item in items]
            known = [found for found in each if found is not None]
            return frozenset.union(*known) if len(known) == len(each) else None
        case tree.Path(start, _, ()) if start in lets:
            return _values(lets[start], slot, field, lets)
    return None
