"""Labelled corpora → figures: how often the linter says what a careful inspector would. `make quality` prints them.

A case is one indicator with its table cells; its labels are the rules an inspector would cite. Only rules that the corpus's header
names are counted. Precision and recall are micro-averages over (indicator, rule) pairs.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.reading.read import read_scheme
from assesslint.scheme.model import Field, Indicator, Piece, Prose, Scheme
from assesslint.text.resources import resource
from assesslint.text.source import Source, Span

CORPORA = Path(__file__).parent / "corpus"
CELLS = {"standard": "scoring", "evidence": "evidence", "frequency": "frequency", "consequence": "consequence", "remarks": "remarks"}
"""The table cells of a case, with the field of the scheme each becomes."""

AS_OF = date(2026, 11, 23)


@dataclass(frozen=True)
class Case:
    id: str
    cells: Mapping[str, str]
    points: Decimal
    labels: frozenset[str]
    spans: Mapping[str, str]


@dataclass(frozen=True)
class Corpus:
    name: str
    rules: frozenset[str]
    guarded: bool
    cases: tuple[Case, ...]


@dataclass
class Figures:
    """Counts of (indicator, rule) pairs by rule; clean cases and those flagged; true findings and those rightly placed."""

    right: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    flagged: int = 0
    placed: int = 0
    wrong_cases: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        return _ratio(self.right.total(), self.right.total() + self.false.total())

    @property
    def recall(self) -> float:
        return _ratio(self.right.total(), self.right.total() + self.missed.total())

    @property
    def f1(self) -> float:
        return _f1(self.precision, self.recall)

    def macro_f1(self, rules: Sequence[str]) -> float:
        """Return the mean of the rules' own F1, over rules that occur."""
        scores = []
        for rule in rules:
            right, false, missed = self.right[rule], self.false[rule], self.missed[rule]
            if right + false + missed:
                scores.append(_f1(_ratio(right, right + false), _ratio(right, right + missed)))
        return sum(scores) / len(scores) if scores else 1.0


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def read_corpus(path: Path) -> Corpus:
    """Read a corpus: a header line, then one case a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = json.loads(lines[0])
    cases = []
    for line in lines[1:]:
        row = json.loads(line)
        cells = {key: row.get(key) or "" for key in ("scheme", "indicator", *CELLS)}
        cases.append(Case(row["id"], cells, Decimal(str(row["points"] or 0)), frozenset(row["labels"]), row["spans"]))
    return Corpus(header["corpus"], frozenset(header["rules"]), header["guarded"], tuple(cases))


def draft_of(case: Case) -> tuple[Scheme, Source]:
    """Return a case as a scheme of one indicator, and the draft its spans point into: its cells, a line each."""
    text = ""
    prose: dict[str, Prose] = {}
    for key, cell in case.cells.items():
        prose[key] = Prose(cell, (Piece(0, len(text), len(cell)),) if cell else ())
        text += cell + "\n"
    fields = tuple(Field(name, prose[key]) for key, name in CELLS.items() if case.cells[key])
    indicator = Indicator(prose["indicator"], case.points, fields=fields)
    return Scheme(prose["scheme"], items=(indicator,), form="text"), Source(case.id, text)


def findings_of(case: Case, rules: frozenset[str], rulebook: Rulebook) -> dict[str, list[Span]]:
    """Return the places each counted rule objects to in a case."""
    scheme, source = draft_of(case)
    facts = read_scheme(scheme, source).facts
    found: dict[str, list[Span]] = {}
    for objection in rulebook.judge(facts, AS_OF, selected=rules):
        found.setdefault(objection.rule, []).extend(objection.words.spans)
    return found


def measure(corpus: Corpus, rulebook: Rulebook) -> Figures:
    """Judge every case of a corpus and count."""
    figures = Figures()
    for case in corpus.cases:
        found = findings_of(case, corpus.rules, rulebook)
        labels = case.labels & corpus.rules
        for rule in labels & found.keys():
            figures.right[rule] += 1
            figures.placed += _overlaps(case, rule, found[rule])
        figures.false.update(found.keys() - labels)
        figures.missed.update(labels - found.keys())
        if not case.labels:
            figures.clean += 1
            figures.flagged += bool(found)
        if labels != found.keys():
            figures.wrong_cases[case.id] = (tuple(sorted(labels - found.keys())), tuple(sorted(found.keys() - labels)))
    return figures


def _overlaps(case: Case, rule: str, spans: Sequence[Span]) -> bool:
    """Tell whether a finding stands at the words the label names."""
    _, source = draft_of(case)
    words = case.spans.get(rule, "")
    start = source.text.find(words) if words else -1
    return start >= 0 and any(span.overlaps(Span(start, start + len(words))) for span in spans)


def report(corpus: Corpus, figures: Figures) -> Iterator[str]:
    rules = sorted(corpus.rules)
    yield (
        f"{corpus.name}: {len(corpus.cases)} cases  precision {figures.precision:.3f}  recall {figures.recall:.3f}  F1 {figures.f1:.3f}  "
        f"macro F1 {figures.macro_f1(rules):.3f}  clean flagged {figures.flagged}/{figures.clean}  placed {figures.placed}/{figures.right.total()}"
    )
    for rule in rules:
        if figures.right[rule] + figures.false[rule] + figures.missed[rule]:
            yield f"    {rule:24} right {figures.right[rule]:3}  false {figures.false[rule]:3}  missed {figures.missed[rule]:3}"


def main() -> None:
    rulebook = load_rulebook(resource("rules"))
    names = sys.argv[1:]
    for path in sorted(CORPORA.glob("*.jsonl")):
        corpus = read_corpus(path)
        if names and corpus.name not in names:
            continue
        figures = measure(corpus, rulebook)
        print("\n".join(report(corpus, figures)))
        if corpus.guarded and names:
            for case, (missed, false) in figures.wrong_cases.items():
                print(f"    {case}: missed {', '.join(missed) or '-'}; false {', '.join(false) or '-'}")


if __name__ == "__main__":
    main()
