"""Labelled corpora → figures: how often the linter says what a careful inspector would. `make quality` prints them.

A case is one indicator with its table cells; its labels are the rules an inspector would cite. Only rules that the corpus's header
names are counted. Precision and recall are micro-averages over (indicator, rule) pairs. A guarded corpus has its known gaps, the cases
that are wrong, in corpus/known_gaps.toml; `python -m tests.quality --write-gaps` brings that list up to date.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from assesslint.policy.rulebook import Objection, Rulebook, load_rulebook
from assesslint.reading.read import read_scheme
from assesslint.scheme.model import Field, Indicator, Piece, Prose, Scheme
from assesslint.text.resources import resource
from assesslint.text.source import Source, Span

CORPORA = Path(__file__).parent / "corpus"
KNOWN_GAPS = CORPORA / "known_gaps.toml"
GAPS_HEAD = """\
# The cases of the guarded corpora that are wrong today: what is missed, what is false, and why they are hard.
# `python -m tests.quality --write-gaps` writes this list anew and keeps every `why`, which is there to be edited.
"""
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
    why: str


@dataclass(frozen=True)
class Gap:
    """How a case is wrong: the rules it misses and those it cites falsely; `why` is for people."""

    missed: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    why: str = field(default="", compare=False)


@dataclass(frozen=True)
class Corpus:
    name: str
    rules: frozenset[str]
    guarded: bool
    cases: tuple[Case, ...]


@dataclass
class Figures:
    """Counts of (indicator, rule) pairs by rule; clean cases and those flagged; true findings and those rightly placed.

    A clean case is flagged by an error or a warning; an advice flags nothing.
    """

    right: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    flagged: int = 0
    placed: int = 0
    gaps: dict[str, Gap] = field(default_factory=dict)

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
    """Read a corpus: a header line, then one case a line. What makes a case hard is its `why`, else why it has its labels."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = json.loads(lines[0])
    cases = []
    for line in lines[1:]:
        row = json.loads(line)
        cells = {key: row.get(key) or "" for key in ("scheme", "indicator", *CELLS)}
        why = ", ".join(row.get("hard") or ()) or row["why"]
        cases.append(Case(row["id"], cells, Decimal(str(row["points"] or 0)), frozenset(row["labels"]), row["spans"], why))
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


def objections_to(case: Case, rules: frozenset[str], rulebook: Rulebook) -> list[Objection]:
    """Return what the counted rules object to in a case."""
    scheme, source = draft_of(case)
    return list(rulebook.judge(read_scheme(scheme, source).facts, AS_OF, selected=rules))


def places(objections: Iterable[Objection]) -> dict[str, list[Span]]:
    """Return the places each rule objects to."""
    found: dict[str, list[Span]] = {}
    for objection in objections:
        found.setdefault(objection.rule, []).extend(objection.words.spans)
    return found


def measure(corpus: Corpus, rulebook: Rulebook) -> Figures:
    """Judge every case of a corpus and count."""
    figures = Figures()
    for case in corpus.cases:
        objections = objections_to(case, corpus.rules, rulebook)
        found = places(objections)
        labels = case.labels & corpus.rules
        for rule in labels & found.keys():
            figures.right[rule] += 1
            figures.placed += _overlaps(case, rule, found[rule])
        figures.false.update(found.keys() - labels)
        figures.missed.update(labels - found.keys())
        if not case.labels:
            figures.clean += 1
            figures.flagged += any(objection.severity != "advice" for objection in objections)
        if labels != found.keys():
            figures.gaps[case.id] = Gap(tuple(sorted(labels - found.keys())), tuple(sorted(found.keys() - labels)), case.why)
    return figures


def _overlaps(case: Case, rule: str, spans: Sequence[Span]) -> bool:
    """Tell whether a finding stands at the words the label names."""
    _, source = draft_of(case)
    words = case.spans.get(rule, "")
    start = source.text.find(words) if words else -1
    return start >= 0 and any(span.overlaps(Span(start, start + len(words))) for span in spans)


def corpora() -> list[Corpus]:
    """Return every corpus, the guarded ones first."""
    return sorted((read_corpus(path) for path in sorted(CORPORA.glob("*.jsonl"))), key=lambda corpus: not corpus.guarded)


def read_gaps(path: Path = KNOWN_GAPS) -> dict[str, dict[str, Gap]]:
    """Return the known gaps of each guarded corpus, by case."""
    data = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {
        corpus: {case: Gap(tuple(gap.get("missed", ())), tuple(gap.get("false", ())), gap["why"]) for case, gap in cases.items()}
        for corpus, cases in data.items()
    }


def written_gaps(gaps: Mapping[str, Mapping[str, Gap]], known: Mapping[str, Mapping[str, Gap]]) -> str:
    """Return the list of gaps as TOML, a case a line; a case that was listed before keeps its `why`."""
    lines = [GAPS_HEAD]
    for corpus, cases in gaps.items():
        lines.append(f"[{corpus}]\n")
        for case, gap in sorted(cases.items()):
            why = known.get(corpus, {}).get(case, gap).why
            rules = [f"{key} = {json.dumps(names)}" for key, names in (("missed", gap.missed), ("false", gap.false)) if names]
            lines.append(f"{case} = {{ {', '.join(rules)}, why = {json.dumps(why, ensure_ascii=False)} }}\n")
        lines.append("\n")
    return "".join(lines).rstrip("\n") + "\n"


def report(corpus: Corpus, figures: Figures) -> Iterator[str]:
    rules = sorted(corpus.rules)
    yield (
        f"{corpus.name}: {len(corpus.cases)} cases  precision {figures.precision:.3f}  recall {figures.recall:.3f}  F1 {figures.f1:.3f}  "
        f"macro F1 {figures.macro_f1(rules):.3f}  clean flagged {figures.flagged}/{figures.clean}  "
        f"placed {figures.placed}/{figures.right.total()}{'' if corpus.guarded else '  (report only: not guarded, never tuned to)'}"
    )
    for rule in rules:
        if figures.right[rule] + figures.false[rule] + figures.missed[rule]:
            yield f"    {rule:24} right {figures.right[rule]:3}  false {figures.false[rule]:3}  missed {figures.missed[rule]:3}"


def main() -> None:
    """Print the figures of every corpus, or of the named ones with the gaps of those that are guarded."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description="How often the linter says what an inspector would.")
    parser.add_argument("names", nargs="*", metavar="CORPUS", help="only these, with the cases that are wrong")
    parser.add_argument("--write-gaps", action="store_true", help="write the known gaps of the guarded corpora anew")
    arguments = parser.parse_args()
    rulebook = load_rulebook(resource("rules"))
    if arguments.write_gaps:
        gaps = {corpus.name: measure(corpus, rulebook).gaps for corpus in corpora() if corpus.guarded}
        KNOWN_GAPS.write_text(written_gaps(gaps, read_gaps()), encoding="utf-8")
        return
    for corpus in corpora():
        if arguments.names and corpus.name not in arguments.names:
            continue
        figures = measure(corpus, rulebook)
        print("\n".join(report(corpus, figures)))
        if corpus.guarded and arguments.names:
            for case, gap in figures.gaps.items():
                print(f"    {case}: missed {', '.join(gap.missed) or '-'}; false {', '.join(gap.false) or '-'}")


if __name__ == "__main__":
    main()
