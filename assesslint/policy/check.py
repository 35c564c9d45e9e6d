"""A rule as written, on its page → a `tree.Rule` that can be evaluated, with everything that is wrong with it.

Names and types are the resolver's; here stand the clauses: what a rule must say, what it may say once, what its messages may name and what
its cases rest on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assesslint.findings.model import SEVERITIES
from assesslint.policy import tree
from assesslint.policy.norms import Norm
from assesslint.policy.page import Page
from assesslint.policy.presence import Place, absent, is_known, known, needs, never_told
from assesslint.policy.problems import Problem, did_you_mean
from assesslint.policy.remedies import REMEDIES
from assesslint.policy.resolve import UNKNOWN, Resolver, type_name
from assesslint.scheme.vocabulary import FieldType, Vocabulary
from assesslint.text.source import Span

STATUSES = ("preview", "stable", "deprecated")
WAIVABLE = ("never", "with_reason")
SUBJECTS = ("indicator", "scheme")
PARAMETER_TYPES = ("number", "duration")
STRICTER = ("larger", "smaller")
LANGUAGES = ("zh", "en")

PRINTED_RECORDS = frozenset({"Object", "Target"})
"""Records a message can print as a whole; of any other it names a field."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PATH = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")

Texts = dict[str, tree.Word]


def check_rule(page: Page, draft: tree.Draft, vocabulary: Vocabulary, norms: Mapping[str, Norm]) -> tuple[tree.Rule | None, list[Problem]]:
    """Check a rule. There is none when any problem is an error; warnings come with it."""
    checker = _Checker(page, draft, vocabulary, norms)
    rule = checker.rule()
    problems = list(dict.fromkeys(checker.resolver.problems))
    return (None if any(p.severity == "error" for p in problems) else rule), problems


class _Checker:
    def __init__(self, page: Page, draft: tree.Draft, vocabulary: Vocabulary, norms: Mapping[str, Norm]) -> None:
        self.page = page
        self.draft = draft
        self.vocabulary = vocabulary
        self.norms = norms
        self.subject = self._word("applies to", SUBJECTS)
        self.resolver = Resolver(page.source, vocabulary, self.subject)
        self.lets: dict[int, tree.Expression] = {}
        self.sure: frozenset[Place] = frozenset()
        self.gone: frozenset[Place] = frozenset()

    # ── clauses by kind ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _clauses(self, keyword: str) -> list[tree.Clause]:
        return [c for c in self.draft.clauses if isinstance(c, tree.Clause) and c.keyword == keyword]

    def _conditions(self, keyword: str) -> list[tree.ConditionClause]:
        return [c for c in self.draft.clauses if isinstance(c, tree.ConditionClause) and c.keyword == keyword]

    def _word(self, keyword: str, choices: Sequence[str]) -> str:
        """Return the word of a head clause, or the first choice where there is none."""
        clauses = self._clauses(keyword)
        return clauses[0].words[0].text if clauses else choices[0]

    def _fault(self, span: Span, zh: str, en: str, severity: str = "error") -> None:
        self.resolver.fault(span, zh, en, severity)

    def _choice(self, keyword: str, word: tree.Word, choices: Sequence[str]) -> None:
        if word.text not in choices:
            zh, en = did_you_mean(word.text, choices)
            self._fault(word.span, f"{keyword} 没有“{word.text}”这个值{zh}", f"{keyword} has no value “{word.text}”{en}")

    def _once(self, keyword: str, found: Sequence[tree.AnyClause]) -> None:
        for again in found[1:]:
            self._fault(again.span, f"{keyword} 只写一次", f"{keyword} is written once only")

    # ── the rule ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def rule(self) -> tree.Rule:
        if self.draft.id.text != self.page.id:
            zh = f"规则名应与文件名相同：{self.page.id}"
            self._fault(self.draft.id.span, zh, f"the rule's id is its file's name: {self.page.id}")
        title = self._head()
        parameters = tuple(self._parameter(c) for c in self.draft.clauses if isinstance(c, tree.ParameterClause))
        bindings = tuple(self._binding(c) for c in self.draft.clauses if isinstance(c, tree.BindingClause))
        conditions = self._conditions("when")
        self._once("when", conditions)
        when = self._condition(conditions[0].condition) if conditions else None
        unless = tuple(self._excuse(c.condition) for c in self._conditions("unless"))
        messages, advice = self._texts("message", self.draft.clauses), self._texts("advise", self.draft.clauses)
        remedy = self._remedy(self.draft.clauses)
        cases = tuple(self._case(c, messages, advice, remedy) for c in self.draft.clauses if isinstance(c, tree.CaseClause))
        if not cases:
            zh = "缺少 case { severity: … basis: … }"
            self._fault(self.draft.id.span, zh, "the rule has no case { severity: … basis: … }")
        return tree.Rule(
            id=self.page.id,
            family=self.page.family,
            title={"zh": self.page.title, "en": title},
            status=self._word("status", STATUSES),
            waivable=self._word("waivable", WAIVABLE),
            subject=self.subject,
            parameters=parameters,
            bindings=bindings,
            when=when,
            unless=unless,
            cases=cases,
            at=self._place(),
            slots=self.resolver.slots,
            page=self.page.source.path,
            replaced_by=self._replaced_by(),
            sections=self.page.sections,
        )

    def _head(self) -> str:
        """Check the clauses every rule has once, and return the English title."""
        for keyword, choices in (("status", STATUSES), ("waivable", WAIVABLE), ("applies to", SUBJECTS)):
            clauses = self._clauses(keyword)
            self._once(keyword, clauses)
            if clauses:
                self._choice(keyword, clauses[0].words[0], choices)
            else:
                zh, en = f"缺少 {keyword}: {' 或 '.join(choices)}", f"{keyword} is missing: one of {', '.join(choices)}"
                self._fault(self.draft.id.span, zh, en)
        titles = self._clauses("title")
        self._once("title", titles)
        if not titles or titles[0].words[0].text != "en":
            zh, en = '缺少英文标题，写作 title en: "…"（中文标题是页面的标题）', 'the English title is missing: title en: "…"'
            self._fault(titles[0].span if titles else self.draft.id.span, zh, en)
            return ""
        return titles[0].words[1].text

    def _replaced_by(self) -> str:
        """Return the rule that takes this one's place; whether there is such a rule is known when all pages are."""
        clauses = self._clauses("replaced by")
        self._once("replaced by", clauses)
        if not clauses:
            return ""
        word = clauses[0].words[0]
        if self._word("status", STATUSES) != "deprecated":
            zh = "只有将停用的规则（status: deprecated）才写 replaced by"
            self._fault(clauses[0].span, zh, "only a deprecated rule says what it is replaced by")
        if word.text == self.page.id:
            self._fault(word.span, "规则不能由自己替代", "a rule cannot be replaced by itself")
        return word.text

    def _parameter(self, clause: tree.ParameterClause) -> tree.Parameter:
        kind = clause.type.text
        self._choice("parameter", clause.type, PARAMETER_TYPES)
        self._choice("stricter", clause.stricter, STRICTER)
        if kind in PARAMETER_TYPES and clause.value.type.base != kind:
            zh = f"参数“{clause.name.text}”应是 {kind}，写的是 {clause.value.type.base}"
            en = f"the parameter “{clause.name.text}” is a {kind}, its value is a {clause.value.type.base}"
            self._fault(clause.value.span, zh, en)
        slot = self.resolver.bind(clause.name.text, FieldType(kind) if kind in PARAMETER_TYPES else UNKNOWN, clause.name.span)
        self.resolver.value(clause.value)
        value = clause.value.value if isinstance(clause.value.value, Decimal) else Decimal(0)
        return tree.Parameter(clause.name.text, kind, value, clause.stricter.text, slot)

    def _binding(self, clause: tree.BindingClause) -> tree.Binding:
        value = self.resolver.value(clause.value)
        kind = value.type or UNKNOWN
        if clause.keyword == "for":
            self.resolver.enter_loop(clause.span)
            if value.type is not None and not value.type.many:
                zh, en = f"for 要一个列表，得到的是 {kind.base}", f"for walks a list, this is a {kind.base}"
                self._fault(clause.value.span, zh, en)
                kind = UNKNOWN
            kind = FieldType(kind.base)
            self.sure |= frozenset(needs(value.node, self.lets))
        slot = self.resolver.bind(clause.name.text, kind, clause.name.span)
        if clause.keyword == "let":
            self.lets[slot] = value.node
        return tree.Binding(clause.keyword == "for", clause.name.text, slot, value.node, kind)

    def _condition(self, written: tree.Expression) -> tree.Expression:
        """Resolve what must be true, keep what it makes sure of, and warn where it cannot become true."""
        condition = self._excuse(written)
        gone = absent(condition, self.lets)
        if self.sure & gone:
            zh = "这个条件不会成立：它要没有值的，前面的条件已要求有值"
            en = "this condition is never true: it wants absent what a condition before it makes sure of"
            self._fault(written.span, zh, en, "warning")
        self.sure |= known(condition, self.lets)
        self.gone |= gone
        return condition

    def _excuse(self, written: tree.Expression) -> tree.Expression:
        """Resolve a condition, and warn where a part of it can only be unknown."""
        condition = self.resolver.condition(written)
        for part in never_told(condition, self.lets, self.gone):
            zh = "这里只会是未知：所比的值按旁边或前面的条件没有值"
            self._fault(part.span, zh, "this can only be unknown: a condition beside or before it says that the value is absent", "warning")
        return condition

    # ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _case(self, clause: tree.CaseClause, messages: Texts, advice: Texts, remedy: tree.Remedy | None) -> tree.Case:
        before = self.sure, self.gone
        conditions = [c for c in clause.clauses if isinstance(c, tree.ConditionClause)]
        self._once("when", conditions)
        when = self._condition(conditions[0].condition) if conditions else None
        words = [c for c in clause.clauses if isinstance(c, tree.Clause)]
        severities = [c for c in words if c.keyword == "severity"]
        self._once("severity", severities)
        if severities:
            self._choice("severity", severities[0].words[0], SEVERITIES)
        else:
            zh, en = f"case 缺少 severity: {' 或 '.join(SEVERITIES)}", f"the case has no severity: one of {', '.join(SEVERITIES)}"
            self._fault(clause.span, zh, en)
        citations, reason = self._basis(clause, [c for c in words if c.keyword.startswith("basis")])
        case = tree.Case(
            when,
            severities[0].words[0].text if severities else "",
            citations,
            reason,
            self._messages("message", clause, messages | self._texts("message", clause.clauses)),
            self._messages("advise", clause, advice | self._texts("advise", clause.clauses)),
            self._remedy(clause.clauses) or remedy,
        )
        self.sure, self.gone = before
        return case

    def _basis(self, clause: tree.CaseClause, bases: list[tree.Clause]) -> tuple[tuple[tree.Citation, ...], str]:
        self._once("basis", bases)
        if not bases:
            zh = 'case 缺少 basis: 文件.条款，或 basis: none "理由"'
            self._fault(clause.span, zh, 'the case has no basis: DOCUMENT.clause, or basis: none "reason"')
            return (), ""
        if bases[0].keyword == "basis: none":
            return (), bases[0].words[0].text
        cited = [self._citation(word) for word in bases[0].words]
        return tuple(c for c in cited if c is not None), ""

    def _citation(self, word: tree.Word) -> tree.Citation | None:
        document, _, clause = word.text.partition(".")
        norm = self.norms.get(document)
        if norm is None:
            self.resolver.unknown(document, word.span, "文件", "norm", self.norms)
            return None
        if clause not in norm.clauses:
            self.resolver.unknown(clause, word.span, f" {document} 的条款", f"clause of {document} named", norm.clauses)
            return None
        citation = norm.citation(clause)
        if not citation.cite:
            zh = f"{word.text} 没有 cite_as，不能引用"
            self._fault(word.span, zh, f"{word.text} has no cite_as and cannot be cited")
        return citation

    # ── remedies ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _remedy(self, clauses: Sequence[tree.AnyClause]) -> tree.Remedy | None:
        """Return how the fault is mended, where the clauses of a rule or a case say so."""
        found = [c for c in clauses if isinstance(c, tree.Clause) and c.keyword == "fix"]
        self._once("fix", found)
        if not found:
            return None
        name, *more = found[0].words
        self._choice("fix", name, tuple(REMEDIES))
        kind = REMEDIES.get(name.text)
        if kind is None:
            return None
        if bool(more) != bool(kind.enum or kind.parameter):
            wanted = ("一个参数名", "the name of a parameter") if kind.parameter else (f"{kind.enum} 的一个值", f"a value of {kind.enum}")
            zh, en = (f"后面要写{wanted[0]}", f"wants {wanted[1]} behind it") if not more else ("后面不写别的", "has nothing behind it")
            self._fault(found[0].span, f"fix: {name.text} {zh}", f"fix: {name.text} {en}")
            return None
        if kind.enum:
            self._choice(f"fix: {name.text}", more[0], tuple(self.vocabulary.enums[kind.enum].zh))
            return tree.Remedy(name.text, more[0].text)
        return tree.Remedy(name.text, parameter=self._parameter_of(more[0], kind.parameter)) if kind.parameter else tree.Remedy(name.text)

    def _parameter_of(self, word: tree.Word, kind: str) -> tree.Path | None:
        """Return the parameter that a fix is told, which has to be of this type."""
        clauses = [c for c in self.draft.clauses if isinstance(c, tree.ParameterClause) and c.type.text == kind]
        if word.text not in {c.name.text for c in clauses}:
            self.resolver.unknown(word.text, word.span, f" {kind} 类型的参数", f"parameter of type {kind}", [c.name.text for c in clauses])
            return None
        node = self.resolver.value(tree.Reference((word.text,), word.span)).node
        return node if isinstance(node, tree.Path) else None

    # ── messages and places ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _texts(self, keyword: str, clauses: Sequence[tree.AnyClause]) -> Texts:
        """Return the texts of a keyword by language."""
        texts: Texts = {}
        for clause in clauses:
            if isinstance(clause, tree.Clause) and clause.keyword == keyword:
                language, text = clause.words
                self._choice(keyword, language, LANGUAGES)
                if language.text in texts:
                    zh, en = f"{keyword} {language.text} 只写一次", f"{keyword} {language.text} is written once only"
                    self._fault(clause.span, zh, en)
                texts[language.text] = text
        return texts

    def _messages(self, keyword: str, clause: tree.CaseClause, texts: Texts) -> dict[str, tree.Message]:
        for language in LANGUAGES:
            if language not in texts:
                zh = f'缺少 {keyword} {language}: "…"，写在规则里或此 case 里'
                self._fault(clause.span, zh, f'{keyword} {language}: "…" is missing, in the rule or in this case')
        return {language: self._message(text) for language, text in texts.items()}

    def _message(self, word: tree.Word) -> tree.Message:
        parts: list[str | tree.Path] = []
        at = 0
        for match in _PLACEHOLDER.finditer(word.text):
            parts.append(word.text[at : match.start()])
            at = match.end()
            start = word.span.start + 1 + match.start()
            path = self._printed(match[1].strip(), Span(start, start + len(match[0])))
            if path is not None:
                parts.append(path)
        parts.append(word.text[at:])
        if any(mark in part for part in parts if isinstance(part, str) for mark in "{}"):
            zh, en = "花括号要成对，里面写字段，如 {demand.words}", "braces come in pairs around a field such as {demand.words}"
            self._fault(word.span, zh, en)
        return tree.Message(tuple(p for p in parts if p))

    def _printed(self, written: str, span: Span) -> tree.Path | None:
        """Resolve a placeholder: a path whose value is sure to be there and can be printed."""
        if not _PATH.fullmatch(written):
            zh = f"{{{written}}} 里只能写字段，如 {{demand.words}}"
            self._fault(span, zh, f"{{{written}}}: only a field can stand here, such as {{demand.words}}")
            return None
        typed = self.resolver.value(tree.Reference(tuple(written.split(".")), span))
        if not isinstance(typed.node, tree.Path) or typed.type is None:
            return None
        if typed.type.base in self.vocabulary.records and (typed.type.base not in PRINTED_RECORDS or typed.type.many):
            zh = f"{{{written}}} 是 {type_name(typed.type)}，印不出来，写它的一个字段"
            self._fault(span, zh, f"{{{written}}} is a {type_name(typed.type)} and cannot be printed; name a field of it")
        elif not self._is_known(typed.node):
            zh = f"{{{written}}} 可能没有值：先在 when 里写 {written} is known，或与它比较"
            self._fault(span, zh, f"{{{written}}} may be absent: put “{written} is known” or a comparison with it into when")
        return typed.node

    def _is_known(self, path: tree.Path) -> bool:
        return is_known(path, self.resolver.scope[path.name].type, self.vocabulary.records, self.sure, self.lets)

    def _place(self) -> tuple[tree.Path, ...]:
        clauses = [c for c in self.draft.clauses if isinstance(c, tree.PlaceClause)]
        self._once("at", clauses)
        if not clauses:
            zh = "缺少 at：问题标在哪些文字上，如 at demand.words"
            self._fault(self.draft.id.span, zh, "at is missing: the words the finding points at, such as at demand.words")
            return ()
        typed = [self.resolver.value(place) for place in clauses[0].places]
        paths = [t.node for t in typed if isinstance(t.node, tree.Path)]
        for item in typed:
            if item.type is not None and (item.type.base != "words" or item.type.many):
                zh = f"at 之后要文字的位置，如 x.words，得到的是 {type_name(item.type)}"
                self._fault(item.node.span, zh, f"after at stand words of the draft, such as x.words; this is a {type_name(item.type)}")
        if paths and len(paths) == len(typed) and paths[-1].type.base == "words" and not self._is_known(paths[-1]):
            zh = "此处可能没有文字，写明否则标在哪里：at … else scheme.words"
            self._fault(clauses[0].span, zh, "these words may be absent; say where else: at … else scheme.words")
        return tuple(paths)
