"""The laws of the vocabulary (what holds of the facts of every draft) → conditions that can be evaluated or put to a solver."""

from __future__ import annotations

from assesslint.policy import tree
from assesslint.policy.parse import parse_rule
from assesslint.policy.problems import Problem, RulebookError
from assesslint.policy.resolve import Resolver
from assesslint.scheme.vocabulary import Vocabulary
from assesslint.text.source import Source, Span


def read_laws(vocabulary: Vocabulary, subject: str) -> tuple[tree.Expression, ...]:
    """Return the laws of `scheme` or `indicator`, over the slots every rule starts from. Raises RulebookError for one that is at fault."""
    return tuple(_law(text, vocabulary, subject) for text in vocabulary.laws.get(subject, ()))


def _law(text: str, vocabulary: Vocabulary, subject: str) -> tree.Expression:
    source = Source("vocabulary.toml [laws]", f"rule law {{ when {text} }}")
    draft = parse_rule(source, Span(0, len(source.text)))
    if isinstance(draft, Problem):
        raise RulebookError([draft])
    resolver = Resolver(source, vocabulary, subject)
    [condition] = [resolver.condition(clause.condition) for clause in draft.clauses if isinstance(clause, tree.ConditionClause)]
    if resolver.problems:
        raise RulebookError(resolver.problems)
    return condition
