"""What is to be handed in → Reporting: how often, to whom, through which systems, by hand or not, and who has it already.

A sentence tells several things of one report: each becomes a fact of its own, at the words that tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assesslint.reading.facts import Reporting
from assesslint.reading.groups import APPS, PRESENCE
from assesslint.reading.indicator import EVIDENCE_FIELDS, IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Passage, Range
from assesslint.reading.stance import negated, punished_as_such, stance_of
from assesslint.reading.voice import circumstance_of
from assesslint.text.frequency import Frequency

GRASSROOTS = frozenset({"village", "township", "staff"})
OFTEN = Decimal(7)
CELLS = ("frequency", "reporting")
ANCHORS = ("zero", "noun", "verb", "twice")
"""What makes a sentence one of reporting by itself, the most telling first."""

_BODY = (
    r"(?P<body>[一-龥]{0,9}?(?:局|委(?![一-龥]{1,4}[部委办会])|办|部|中心|科|股|处|室|站|所|组(?!织)|(?<!社)会|院|专班|大队|支队|政府|联社|公司|学校|残联|妇联"
    r"|团委|供销社|工商联|红十字会|工会)(?:[一-龥]{0,4}(?:科|股|处|室|办))?)"
)
NAMED_BODY = re.compile(rf"(?:一[份套本]|1份)?(?:至|到|给|往)?{_BODY}(?!提供|确定|制定|统一|组织|开展)")
NEXT_BODY = re.compile(rf"(?:、|和|及|与|以及){_BODY}")
EACH_BEFORE = re.compile(r"[一-龥]{2,9}(?:、[一-龥]{2,9})+(?=各(?:送|交|报|填|抄|发|要))")
TOWARDS = re.compile(rf"(?:向|给){_BODY}")
"""Bodies are told by the shape of their names: behind a word of sending, in one list, or before it (向…报送)."""
SHARED_OUT = re.compile(r"[一-龥]{2,9}(?:、[一-龥]{2,9})+")
"""A list of short names behind a word that shares out (分送组织、宣传、统战)."""

NEAR, IN_LIST = 8, 14
"""How far a word of entry may stand from the system it is made in, and a system from the one before it in a list."""
LONGEST_NAME = 14
"""How far before a system the word of entry may stand that the first words of its name part it from."""
SHOWN = 30
"""Words further apart than this are not shown together."""
LISTING = ("、", "和", "及", "与")
COUNTED = frozenset(["条", "篇", "件", "个", "则", "张", "处", "幅", "起", "例"])
"""Measure words of items: so many of them a day is a quota of items, not a report a day."""
ON_PAPER = ("print", "keep_paper", "submit_paper")
"""Steps beside which the second time is only the same on paper, which is another fault."""
GOING_ON = ("也", "亦", "仍", "还", "都")
"""Ends of words of reporting behind which it is still to be said what is done."""
RIVALS = ("inspection", "consequence", "action")


def reporting_of(indicator: IndicatorText) -> list[Reporting]:
    """Return what each sentence asks to be handed in, a frequency cell that applies to it included."""
    found: list[Reporting] = []
    for passage in indicator.passages[1:]:
        for start, end in dict.fromkeys(passage.sentence_range(clause) for clause in passage.clauses):
            found.extend(_Sentence(indicator, passage, start, end).reports())
    return found


class _Sentence:
    """One sentence, and what it says of reports."""

    def __init__(self, indicator: IndicatorText, passage: Passage, start: int, end: int) -> None:
        self.indicator, self.passage, self.start, self.end = indicator, passage, start, end
        self.twice = [m for m in self._all("report", "twice") if not (self._is_denied(m) or self._is_each_time(m))]
        self.anchors = self._anchors()
        self.zero = self._all("report", "zero")

    def reports(self) -> list[Reporting]:
        """Return what the sentence asks to be handed in: how often, how many times over, what others have already."""
        cell = self._is_cell_of_frequency()
        gathered = None if self.anchors or self.passage.field in EVIDENCE_FIELDS else self._gathered()
        if not self.anchors and gathered is None and not (cell and _reports(self.indicator)):
            return []
        anchor = next((m for m in self.anchors if not self._is_told_of(m)), self.anchors[0]) if self.anchors else gathered
        frequency = self._frequency([m.start for m in self.anchors], cell=cell)
        report = self._plain(anchor, frequency)
        aspects = [] if gathered is not None else [*self._as_often(report, frequency), *self._again(report)]
        aspects += self._held_already(report, repeated=any(a.repeated for a in aspects))
        return aspects or ([] if gathered is not None else [report])

    def _is_told_of(self, mention: Mention) -> bool:
        """Tell whether a verb only says which data the sentence goes on to speak of (已在系统登记的信息，不再要求填报)."""
        clause = self.passage.clause_of(mention.start)
        goes_on = clause.end < self.end and self.passage.text.startswith("的", mention.end)
        return goes_on and any(mention.end < item.start and item.end >= clause.end - 1 for item in self._all("item"))

    def _is_cell_of_frequency(self) -> bool:
        """Tell whether this is a cell that says how often the indicator's reports are due, not its inspections."""
        told = self.passage.field in CELLS and self.passage.frequency_in(self.start, self.end) is not None
        return told and (bool(self.anchors) or not self._all("inspection"))

    def _plain(self, anchor: Mention | None, frequency: Frequency | None) -> Reporting:
        """Return the report with what holds for all that the sentence says of it."""
        place = self._unbroken(_place(anchor, frequency))
        actors = [m.sense.value for m in self._all("actor")]
        paces = {m.sense.value for m in self._all("pace")}
        recipients = self._recipients()
        return Reporting(
            words=self.passage.words(*place),
            force=self._force(anchor),
            circumstance=circumstance_of(self.passage, anchor.start if anchor else self.start),
            voice=stance_of(self.passage, anchor, self.indicator.default_force).voice if anchor else "own",
            actor=next((a for a in actors if a in GRASSROOTS), actors[0] if actors else "unknown"),
            means=self._means(place[0]),
            recipients=recipients if len(recipients) == 1 else (),
            pace="fast" if "fast" in paces else "slow" if "slow" in paces else "unknown",
        )

    def _unbroken(self, place: Range) -> Range:
        """Return a place up to the end of its clause where it breaks off at a word that goes on (没有进展也要报), if that is near."""
        start, end = place
        last = self.passage.clause_of(end - 1).end
        return (start, last) if self.passage.text.endswith(GOING_ON, start, end) and 0 < last - end <= NEAR else place

    def _as_often(self, report: Reporting, frequency: Frequency | None) -> list[Reporting]:
        """Return the report with how often it is asked for, and whether when there is nothing to report too."""
        if frequency is None and not self.zero:
            return []
        return [replace(report, frequency=frequency.interval if frequency else None, zero_report=bool(self.zero))]

    def _again(self, report: Reporting) -> list[Reporting]:
        """Return the report as one handed in again, to several or in several systems; none for a single report."""
        recipients, systems = self._recipients(), self._systems()
        repeated = bool(self.twice) and not self._all("report", "once")
        if len(recipients) < 2 and len(systems) < 2 and self._all("step", *ON_PAPER):
            return []
        if not repeated and len(recipients) < 2 and len(systems) < 2:
            return []
        at = self.twice or (self._all("entry") if len(systems) > 1 else self._all("sent"))
        words = self.passage.words(at[0].start, at[0].end) if at else report.words
        return [replace(report, words=words, repeated=repeated, recipients=recipients, systems=systems)]

    def _held_already(self, report: Reporting, *, repeated: bool) -> list[Reporting]:
        """Return the report as one of what another body has.

        What is only handed on to several was not got together for it, nor is what the same hands enter elsewhere (除在平台填报外，再报…).
        """
        if repeated and (self._all("report", "entered") or not (self._gets_together() or self._all("held", "said"))):
            return []
        held = self._held()
        if held is None:
            return []
        holder, item = held
        return [replace(report, words=self.passage.words(*self._with_verb(item)), held_by=holder)]

    def _all(self, kind: str, *values: str) -> list[Mention]:
        return self.passage.between(kind, self.start, self.end, *values)

    def _is_denied(self, mention: Mention) -> bool:
        """Tell whether a second time is just what does not take place (不再报送)."""
        return self.passage.text[max(0, mention.start - 2) : mention.start].endswith(("不", "无需", "不需"))

    def _is_each_time(self, mention: Mention) -> bool:
        """Tell whether 分别 says only that something is handed in on each of the days right before it (每周二、周四分别报送)."""
        return any(0 <= mention.start - f.end <= 1 for f in self.passage.frequencies)

    def _anchors(self) -> list[Mention]:
        """Return the words that make this a sentence of reporting: plain ones, or a weak verb with its item and a short frequency."""
        if self.passage.field in EVIDENCE_FIELDS:
            return self._all("report", "noun")
        said = [m for m in self._all("report", *ANCHORS) if m.sense.value != "twice" or m in self.twice or self._is_each_time(m)]
        strong = [m for m in said if not self._is_name(m)]
        if strong:
            return sorted(strong, key=lambda m: ANCHORS.index(m.sense.value))
        weak = [m for m in self._all("report", "weak") if not self.passage.text.startswith("有", m.start - 1)]  # 有记录 is there to be seen
        if not strong and self._all("again") and len(self._recipients()) > 1:
            return self._all("sent")[:1]
        often = any(f.interval <= OFTEN for f in self._frequencies())
        published = bool(self._all("consequence", "ranking", "circular"))
        return weak if weak and often and not published and (self._all("item") or self._all("held")) else []

    def _gathering(self) -> list[Mention]:
        """Return the words that have data got together; as part of a name they do not (统计局, 婚姻登记)."""
        held = self._all("held")
        named = [m for m in self._all("gather") if self.passage.inside_longer(m, "body")]
        named += [m for m in self._all("gather") if any(h.start <= m.start <= h.end for h in held)]
        return [m for m in self._all("gather") if m not in named and negated(self.passage, m) is None]

    def _is_name(self, verb: Mention) -> bool:
        """Tell whether a verb is only part of what a paper is called (登记簿), or of an act of its own (上传定位)."""
        return verb.sense.value == "verb" and (
            self.passage.inside_longer(verb, "evidence")
            or any(m.sense.value in PRESENCE and m.start - 4 <= verb.start < m.end for m in self._all("action"))
        )

    def _gathered(self) -> Mention | None:
        """Return the word that has something got together which others may hold already."""
        verbs = [] if self._all("cue", "defines") else self._gathering()
        return verbs[0] if verbs and (self._all("held") or self._held_before()) else None

    def _force(self, anchor: Mention | None) -> str:
        """Return the force of a report; one merely allowed, or asked for also when there is nothing, is asked for."""
        if self.twice and punished_as_such(self.passage, self.twice[0]):
            return "prohibited"
        default = self.indicator.default_force
        if anchor is None:
            return default
        force = stance_of(self.passage, anchor, default).force
        return default if force == "allowed" or (force == "mentioned" and self.zero) else force

    def _means(self, at: int) -> str:
        """Return how it is done; what the clause itself says outweighs those beside it, and hands outweigh machines."""
        clauses, own = self.passage.clauses, self.passage.clause_of(at)
        beside = [c for c in clauses[max(0, own.index - 1) : own.index + 2] if c.sentence == own.sentence]
        for first, last in ((own.start, own.end), (beside[0].start, beside[-1].end)):
            found = {m.sense.value for m in self.passage.between("means", first, last)}
            for means in ("by_hand", "automatic", "shared"):
                if means in found:
                    return means
        return "unknown"

    def _frequency(self, verbs: Sequence[int], *, cell: bool) -> Frequency | None:
        """Return the frequency nearest to a reporting verb; one that belongs to a visit, a ranking or another act does not count."""
        found = self._frequencies()
        if cell and found:
            return found[0]
        distances = [(d, f.start, f) for f in found if (d := self._distance(f, verbs)) is not None]
        return min(distances)[2] if distances else None

    def _frequencies(self) -> list[Frequency]:
        """Return the frequencies of the sentence; what the title of a paper seems to say (《某某日报》) is none."""
        found = [f for f in self.passage.frequencies if f.start >= self.start and f.end <= self.end]
        return [f for f in found if not self._in_title(f.start)]

    def _in_title(self, at: int) -> bool:
        text = self.passage.text
        return text.rfind("《", self.start, at) > text.rfind("》", self.start, at)

    def _distance(self, frequency: Frequency, verbs: Sequence[int]) -> int | None:
        """Return how far the nearest verb stands that a frequency belongs to, or None."""
        passage = self.passage
        clause = passage.clause_of(frequency.start)
        figures = passage.quantities_in(frequency.start, clause.end)
        items = (q for q in figures if q.measure_word in COUNTED and not passage.opens_with("takes_entries", q.end))
        if any(q.unit == "count" and q.value > 1 for q in items):
            return None
        here = [v for v in verbs if clause.start <= v < clause.end]
        if not here and not any(passage.between(kind, frequency.end, clause.end) for kind in RIVALS):
            later = [v for v in verbs if clause.end <= v < self.end][:1]
            here = [v for v in later if not passage.has("rhythm", passage.clause_of(v).start, v, "yearly")]
        first = max(clause.start, frequency.end - 2)
        rivals = [m for kind in RIVALS for m in passage.between(kind, first, clause.end) if m.start not in here and not self._is_way(m)]
        owned = [v for v in here if not any(rival.end <= v for rival in rivals)]
        return min((abs(v - frequency.end) for v in owned), default=None)

    def _is_way(self, mention: Mention) -> bool:
        """Tell whether a word only names where, or by what relay, something is handed in (在“参保攻坚”群接龙报数)."""
        return mention.sense.value == "relay_in_group" or self.passage.inside_longer(mention, "object")

    def _recipients(self) -> tuple[str, ...]:
        """Return the bodies one thing goes to, each once: a list, and those that later words of sending add (再抄送…)."""
        names: list[str] = []
        for at, named in sorted((*self._sent_to(), *self._sent_towards())):
            if not names or self.passage.has("again", max(self.start, at - 6), at + 2):
                names += named
        return tuple(dict.fromkeys(names))

    def _sent_to(self) -> Iterator[tuple[int, list[str]]]:
        """Yield where words of sending stand, with the bodies named behind them."""
        return ((sent.start, self._named_behind(sent)) for sent in self._all("sent"))

    def _sent_towards(self) -> Iterator[tuple[int, list[str]]]:
        """Yield where bodies are named before a word of sending (向…报送), with their names."""
        for match in TOWARDS.finditer(self.passage.text, self.start, self.end):
            if self.passage.between("sent", match.end(), match.end() + SHOWN):
                yield match.start(), [match.group("body"), *self._listed(match.end())]
        for match in EACH_BEFORE.finditer(self.passage.text, self.start, self.end):
            names = match.group().split("、")
            others = self.passage.class_words("giving_unit") + self.passage.class_words("due_time")
            if not any(name.startswith(("各", "每")) or name.endswith(others) for name in names):
                yield match.start(), names

    def _named_behind(self, sent: Mention) -> list[str]:
        text = self.passage.text
        shared = SHARED_OUT.match(text, sent.end, self.end) if text[sent.start] == "分" else None
        if shared is not None:
            return shared.group().split("、")
        first = NAMED_BODY.match(text, sent.end, self.end)
        return [first.group("body"), *self._listed(first.end())] if first is not None else []

    def _listed(self, at: int) -> list[str]:
        """Return the bodies that go on a list from a place on."""
        names = []
        while (more := NEXT_BODY.match(self.passage.text, at, self.end)) is not None:
            names.append(more.group("body"))
            at = more.end()
        return names

    def _systems(self) -> tuple[str, ...]:
        """Return the systems one entry is made in: those a word of entry stands by, as a list or as more of the same."""
        names: list[str] = []
        before: Mention | None = None
        for system in self._all("object"):
            if system.sense.value not in APPS or self._is_kind_of_system(system):
                continue
            joined = before is not None and self._is_joined(before, system)
            if not joined and not self._takes_entry(system):
                continue
            if before is not None and not joined and not self.passage.has("again", before.end, system.end):
                names = []
            if before is None or not self._is_same_name(before, system):
                names.append(self._system_name(system))
            before = system
        return tuple(dict.fromkeys(names))

    def _is_kind_of_system(self, system: Mention) -> bool:
        """Tell whether a word only says what kind of thing holds the entries (手机端, app, 每个系统)."""
        word = self.passage.text[system.start : system.end]
        lead = self._system_lead(system)
        return word.endswith("端") or word == "app" or (word in ("系统", "平台") and (not lead or any(c in lead for c in "漏缺每一个各")))

    def _system_lead(self, system: Mention) -> str:
        text = self.passage.text[max(self.start, system.start - 8) : system.start]
        return re.split(r"[、和及与，在到至于入]", text)[-1]

    def _system_name(self, system: Mention) -> str:
        return (self._system_lead(system) + self.passage.text[system.start : system.end]).strip("“”")

    def _is_joined(self, before: Mention, system: Mention) -> bool:
        """Tell whether a system stands in one list with the one before it."""
        between = self.passage.text[before.end : system.start]
        return self._is_same_name(before, system) or (len(between) <= IN_LIST and any(word in between for word in LISTING))

    def _is_same_name(self, before: Mention, system: Mention) -> bool:
        """Tell whether two words name one system (“智慧消安”平台)."""
        return self.passage.text[before.end : system.start] in ("", "”")

    def _takes_entry(self, system: Mention) -> bool:
        clause = self.passage.clause_of(system.start)
        first, last = max(clause.start, system.start - LONGEST_NAME), min(clause.end, system.end + NEAR)
        return any(self.passage.has("entry", a, b) for a, b in ((first, system.start), (system.end, last)))

    def _held_before(self) -> list[Mention]:
        """Return what the sentence before says of data already held, where this one asks for them all the same (仍由, 还是)."""
        if not self.start or not self._all("still"):
            return []
        return self.passage.between("held", self.passage.sentence_range(self.passage.clause_of(self.start - 2))[0], self.start)

    def _held(self) -> tuple[str, Mention] | None:
        """Return who holds the item already, as the sentence says or as the kind of item tells, and the word that tells."""
        held = [m for m in self._all("held") or self._held_before() if not self._names_system(m) and not self._in_title(m.start)]
        known = [m for m in held if m.sense.holder]
        said = [m for m in held if m.sense.value == "said"]
        if said and (known or self._gets_together()):
            bodies = self._all("body") or self._all("object", "platform")
            holder = self.passage.text[bodies[0].start : bodies[0].end] if bodies else (known[0].sense.holder if known else None)
            return holder or "其他部门", (known or said)[0]
        others = [m for m in known if self._is_asked_for(m) and not self._is_own(m)]
        return (others[0].sense.holder or "其他部门", others[0]) if others else None

    def _gets_together(self) -> bool:
        """Tell whether the sentence has something got together: by a word for it, by hand, or all the same (仍)."""
        return bool(self._gathering() or self._all("means", "by_hand") or self._all("still"))

    def _is_asked_for(self, item: Mention) -> bool:
        """Tell whether an item is what is got together, or what a verb of its clause before it has reported (上报住院人数)."""
        clause = self.passage.clause_of(item.start)
        before = self.passage.between("report", self.start, item.start)
        put_first = self.passage.has("handling", clause.start, item.end + NEAR) or self.passage.has("duty", item.end, clause.end, "handed")
        behind = self.passage.between("report", item.end, clause.end) if put_first else []
        return self._gets_together() or any(m.sense.value in ("verb", "noun", "weak") for m in (*before, *behind))

    def _names_system(self, item: Mention) -> bool:
        """Tell whether an item is only part of a system's name (学籍系统)."""
        return any(m.start - item.end <= 1 and m.sense.value in APPS for m in self.passage.between("object", item.end, item.end + NEAR))

    def _is_own(self, item: Mention) -> bool:
        """Tell whether it is the holder, and nobody of the grassroots, who reports (卫生院通过直报系统报送)."""
        owners = self._all("owner", item.sense.value)
        places = {(m.start, m.end) for m in owners}
        grassroots = [m for m in self._all("actor") if m.sense.value in GRASSROOTS and (m.start, m.end) not in places]
        if grassroots or self._all("means", "by_hand"):
            return False
        return bool(
            owners
            or self.passage.between("body", self.start, item.start)
            or self.passage.has("owner", 0, self.start, item.sense.value)
            or any(m.sense.value == item.sense.value for p in self.indicator.topics for m in p.of("owner"))
        )

    def _with_verb(self, item: Mention) -> Range:
        """Return where an item stands with the word of its clause that has it collected, or held already, when they are close."""
        clause = self.passage.clause_of(item.start)
        verbs = self.passage.between("report", clause.start, clause.end, "verb", "weak")
        verbs = verbs or self.passage.between("gather", clause.start, clause.end)
        verbs = verbs or self.passage.between("held", clause.start, clause.end, "said")
        nearest = min(verbs, key=lambda m: abs(m.start - item.start), default=item)
        first, last = min(item.start, nearest.start), max(item.end, nearest.end)
        return (first, last) if last - first <= SHOWN else (item.start, item.end)


def _reports(indicator: IndicatorText) -> bool:
    """Tell whether the indicator asks for a report somewhere, so that a frequency cell tells how often."""
    return any(
        any(m.sense.value != "weak" for m in p.of("report")) or (p.of("report") and p.of("item"))
        for p in indicator.passages
        if p.field in ("name", "content", "scoring", "measure", "remarks", *CELLS)
    )


def _place(anchor: Mention | None, frequency: Frequency | None) -> Range:
    """Return the words to show: the verb with a frequency close by, else the frequency, else the verb."""
    if anchor is None:
        return (frequency.start, frequency.end) if frequency is not None else (0, 0)
    if frequency is None:
        return anchor.start, anchor.end
    first, last = min(anchor.start, frequency.start), max(anchor.end, frequency.end)
    return (first, last) if last - first <= 24 else (frequency.start, frequency.end)
