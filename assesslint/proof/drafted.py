"""Facts a solver chose → a draft in the scheme language that says them: structured where a field can say it, else in an official's words.

Not every fact can be said so that it is read back alike; whoever asks for a draft lets the real linter judge it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from assesslint.reading import facts
from assesslint.reading.indicator import DEFAULT_FORCE
from assesslint.scheme import model
from assesslint.scheme.vocabulary import Vocabulary

FORCED = {
    "required": "应当完成{}", "scored": "{}达到要求得满分", "bonus": "{}每增加1个加1分", "ranked": "按{}进行排名", "encouraged": "鼓励{}",
    "allowed": "可以{}", "reduced": "减少{}", "prohibited": "不得考核{}", "withdrawn": "取消{}考核", "mentioned": "介绍{}情况",
}  # fmt: skip
"""How a thing is said that a draft does something with."""

CIRCUMSTANCES = {"emergency": "防汛应急响应期间，", "security": "重大活动安保期间，", "statutory": "依照法律规定，"}
HELD = {"real_harm": "造成人员伤亡事故的，", "real_results": "按工作实绩", "law": "依照中央一票否决清单，", "unknown": ""}
START = date(2026, 1, 1)
OFFICE = "清河县数据局"

Conditioned = facts.Demand | facts.Evidence | facts.Reporting | facts.Procedure | facts.Consequence | facts.Inspection
"""Facts that hold under a circumstance."""


def draft_of(scheme: facts.Scheme, vocabulary: Vocabulary, varieties: Mapping[str, str]) -> model.Scheme:
    """Return a scheme that says these facts, as nearly as can be; `varieties` are words for the kinds of object that packs add."""
    return _Writer(scheme, vocabulary, varieties).scheme()


def prose(text: str) -> model.Prose:
    return model.Prose(text)


class _Writer:
    def __init__(self, scheme: facts.Scheme, vocabulary: Vocabulary, varieties: Mapping[str, str]) -> None:
        self.facts = scheme
        self.vocabulary = vocabulary
        self.varieties = varieties
        self.data: list[model.DataItem] = []
        self.visits: list[model.DeclaredInspection] = []
        self.duties: list[model.Prose] = []

    def zh(self, enum: str, value: str) -> str:
        return self.vocabulary.enums[enum].zh[value]

    def scheme(self) -> model.Scheme:
        told = self.facts
        items = tuple(self.indicator(indicator) for indicator in self._leaves())
        grounds = ((told.plan_named, "列入2026年度督查检查考核计划"), (told.with_consent, "经县委、县政府同意"))
        basis = "，".join(text for wanted, text in grounds if wanted)
        consultation = None
        if told.consultation_days is not None or told.consulted_assessed is not None or told.consultation_words is not None:
            end = START + timedelta(days=int(told.consultation_days)) if told.consultation_days is not None else None
            whom = {True: "各乡镇", False: "局机关各科室", None: ""}[told.consulted_assessed]
            consultation = model.Consultation(START if end else None, end, prose(whom) if whom else None)
        issuer = OFFICE if told.issuer_is_department or any(app.built_by_issuer for app in told.apps) else "清河县人民政府"
        return model.Scheme(
            prose("清河县2026年度综合考核细则"),
            issuer=prose(issuer) if told.issuer is not None or issuer == OFFICE else None,
            level=model.Term(told.level) if told.level else None,
            audience=tuple(model.Term(a) for a in dict.fromkeys((*told.audience, *self._addressed()))),
            total=told.declared_total,
            basis=prose(basis) if basis else None,
            consultation=consultation,
            duties=tuple(self.duties),
            apps=tuple(self.app(app, at) for at, app in enumerate(told.apps, 1)),
            data_items=tuple(self.data),
            inspections=tuple(self.visits),
            items=items,
        )

    def _addressed(self) -> tuple[str, ...]:
        return ("township",) if self.facts.addresses_party_or_government else ()

    def _leaves(self) -> Iterator[facts.Indicator]:
        """Yield the indicators, and as many plain ones as the scheme's counts and sums want."""
        told = self.facts
        if told.indicators and not told.scored_leaves and not told.points_sum and not told.scored_points:
            for indicator in told.indicators:
                twin = replace(indicator, same_as=None, clarity=facts.Clarity(facts.NO_WORDS, True))
                yield from (twin, twin) if indicator.same_as is not None else (indicator,)
            return
        wanted = max(len(told.indicators), int(told.scored_leaves))
        total = told.points_sum or told.scored_points or Decimal(wanted)
        plain = facts.Indicator(facts.NO_WORDS, "", clarity=facts.Clarity(facts.NO_WORDS, True))
        process = facts.Demand(facts.NO_WORDS, "scored", "hold_meeting", facts.Object("meeting"), measure="count")
        split = [told.process_points, total - told.process_points] if 0 < told.process_points < total else [total]
        for at in range(wanted):
            own = told.indicators[at] if at < len(told.indicators) else plain
            share = split[at] if at < len(split) - 1 else sum(split[at:], Decimal(0)) / max(1, wanted - len(split) + 1)
            points = share if at < len(split) - 1 else share.quantize(Decimal("0.01"))
            if at == 0 and told.process_points:
                yield replace(own, points=points, demands=(*own.demands, process), clarity=None)
            else:
                yield replace(own, points=points)

    def app(self, app: facts.App, at: int) -> model.App:
        operator = OFFICE if app.built_by_issuer else app.operator
        return model.App(
            prose(f"{app.name}{at}"),
            operator=prose(operator) if operator else None,
            operator_level=app.operator_level,
            compulsory=app.compulsory,
        )

    # ── an indicator ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def indicator(self, told: facts.Indicator) -> model.Indicator:
        fields = [
            *(self.demand(demand, told.kind) for demand in told.demands),
            *self.evidence(told.evidence),
            *(field for report in told.reporting for field in self.report(report)),
            *(self.procedure(procedure) for procedure in told.procedures),
            *(self.consequence(consequence) for consequence in told.consequences),
            *(field for visit in told.inspections for field in self.visit(visit)),
            *(self.escalation(escalation) for escalation in told.escalations),
            *(self.assignment(assignment) for assignment in told.assignments),
            *self.clarity(told),
            *(field for contradiction in told.contradictions for field in self.contradiction(contradiction)),
        ]
        kinds: tuple[Sequence[Conditioned], ...] = (told.demands, told.evidence, told.reporting, told.procedures, told.consequences)
        circumstances = {fact.circumstance for same_kind in (*kinds, told.inspections) for fact in same_kind}
        if len(circumstances) == 1 and circumstances != {"normal"}:
            fields.append(model.Field("circumstance", model.Terms((model.Term(circumstances.pop()),))))
        if any(not reference.declared for reference in told.references):
            fields.append(model.Field("inspection", prose("未申报的督查")))
            fields.append(model.Field("measure", model.Measure("install", "count", prose("未声明的应用"))))
        points = told.points if told.kind != "provision" else None
        return model.Indicator(prose("基础工作"), points if points is not None else Decimal(10), "points", told.kind, tuple(fields))

    def demand(self, demand: facts.Demand, kind: str) -> model.Field:
        named = demand.object.name
        bare = demand.actor == demand.control == "unknown" and demand.object.variety not in self.varieties
        if demand.force == DEFAULT_FORCE[kind] and demand.voice == "own" and bare:
            target = demand.target
            amount = None
            if target is not None and target.value is not None:
                amount = model.Amount(target.value, target.unit or "count")
            operator = "growth" if target and target.growing else (target.operator if target else None)
            of = target.of if target and target.of != "unknown" else None
            measure = model.Measure(
                demand.action,
                demand.measure or "count",
                prose(named) if named else None,
                None if named or demand.object.kind == "unknown" else demand.object.kind,
                "everyone" if target and target.universal and of is None else of,
                (operator or "at_least") if amount else None,
                amount,
            )
            return model.Field("measure", measure)
        return model.Field("scoring", prose(self.sentence(demand)))

    def sentence(self, demand: facts.Demand) -> str:
        """Return a demand in prose: who, what with what, counted how, to what end, in which force and voice."""
        kind = self.varieties.get(demand.object.variety or "", self.zh("object_kind", demand.object.kind))
        thing = f"“{demand.object.name}”" if demand.object.name else kind
        counted = {"rate": "率", "count": "数量", "rank": "排名", "duration": "时长", "points": "积分", None: ""}[demand.measure]
        actor = "" if demand.actor == "unknown" else self.zh("actor", demand.actor)
        said = FORCED[demand.force].format(f"{actor}{thing}{self.zh('action', demand.action)}{counted}{self.target(demand.target)}")
        said = CIRCUMSTANCES.get(demand.circumstance, "") + said
        return f"上级文件指出，“{said}”" if demand.voice == "quoted" else said

    def target(self, target: facts.Target | None) -> str:
        if target is None or target.value is None:
            return "全覆盖" if target and target.universal else ""
        sign = {"at_most": "不超过", "less": "低于", "more": "超过", "growth": "每年增长"}.get(target.operator or "", "达到")
        unit = {"percent": "%", "percentage_points": "个百分点", "points": "分", "days": "天"}.get(target.unit or "", "个")
        return f"{sign}{target.value:f}{unit}"

    def evidence(self, told: tuple[facts.Evidence, ...]) -> Iterator[model.Field]:
        plain = [e for e in told if e.role == "counted" and e.voice == "own" and e.force in ("required", "scored")]
        if plain:
            yield model.Field("evidence", model.Terms(tuple(model.Term(e.kind) for e in plain)))
        for proof in told:
            if proof not in plain:
                yield model.Field("evidence", prose(self.proof(proof)))

    def proof(self, proof: facts.Evidence) -> str:
        name = self.zh("evidence_kind", proof.kind)
        said = {"sole": f"只认{name}", "supplementary": f"{name}作为参考", "excluded": f"不以{name}为依据"}.get(proof.role, name)
        if proof.force in ("prohibited", "withdrawn", "reduced", "encouraged", "allowed", "mentioned"):
            said = {"prohibited": "不得要求{}", "withdrawn": "取消{}", "reduced": "减少{}"}.get(proof.force, "可以提供{}").format(name)
        said = CIRCUMSTANCES.get(proof.circumstance, "") + said
        return f"上级文件指出，“{said}”" if proof.voice == "quoted" else said

    def report(self, report: facts.Reporting) -> Iterator[model.Field]:
        """Yield the fields of a report, or none where a declared data item says it."""
        plain = not (report.zero_report or report.repeated) and report.voice == "own" and report.circumstance == "normal"
        if plain and report.force in ("required", "scored"):
            item = {"slow": "人口台账", "fast": "疫情数据"}.get(report.pace, report.item or "人口台账")
            self.data.append(
                model.DataItem(
                    prose(item),
                    source=prose("公安人口库") if report.held_by else None,
                    frequency=model.Every(report.frequency) if report.frequency is not None else None,
                    filled_by=(model.Term(report.actor if report.actor != "unknown" else "village"),),
                    recipients=tuple(prose(f"县{text}办") for text in report.recipients),
                    systems=tuple(prose(f"{text}系统{at}") for at, text in enumerate(report.systems, 1)),
                    means=report.means if report.means != "unknown" else None,
                )
            )
            return
        how = f"每{report.frequency:f}天" if report.frequency is not None else ""
        said = f"{how}报送人口台账" + ("，实行零报告" if report.zero_report else "") + ("，重复报送" if report.repeated else "")
        if report.force not in ("required", "scored"):
            said = FORCED[report.force].format(said)
        said = CIRCUMSTANCES.get(report.circumstance, "") + said
        yield model.Field("reporting", prose(f"上级文件指出，“{said}”" if report.voice == "quoted" else said))

    def procedure(self, procedure: facts.Procedure) -> model.Field:
        if procedure.voice == "own" and not procedure.legal_original and procedure.force in ("required", "scored") and procedure.steps:
            return model.Field("procedure", model.Terms(tuple(model.Term(step) for step in procedure.steps)))
        said = "后".join(self.zh("step", step) for step in procedure.steps) or "线上办理"
        if procedure.force not in ("required", "scored"):
            said = FORCED[procedure.force].format(said)
        said += "，法律要求保存纸质原件" if procedure.legal_original else ""
        return model.Field("procedure", prose(f"上级文件指出，“{said}”" if procedure.voice == "quoted" else said))

    def consequence(self, consequence: facts.Consequence) -> model.Field:
        kind = consequence.kind
        outside = next((hang.kind for hang in consequence.hangs_on if hang.kind), None)
        plain = consequence.voice == "own" and consequence.force in ("required", "scored") and consequence.circumstance == "normal"
        if plain and consequence.frequency is None and outside in (None, "unknown"):
            return model.Field("consequence", model.Terms((model.Term(kind),)))
        how = f"每{consequence.frequency:f}天" if consequence.frequency is not None else ""
        said = f"{HELD[outside or 'unknown']}{how}予以{self.zh('consequence_kind', kind)}"
        if consequence.force not in ("required", "scored"):
            said = FORCED[consequence.force].format(said)
        said = CIRCUMSTANCES.get(consequence.circumstance, "") + said
        return model.Field("consequence", prose(f"上级文件指出，“{said}”" if consequence.voice == "quoted" else said))

    def visit(self, visit: facts.Inspection) -> Iterator[model.Field]:
        plain = visit.voice == "own" and visit.force in ("required", "scored") and visit.circumstance == "normal"
        if plain and visit.method in ("announced", "unknown"):
            bodies = visit.bodies or (("县委督查室", "县纪委") if visit.several else ())
            self.visits.append(
                model.DeclaredInspection(
                    prose(f"督查{len(self.visits) + 1}"),
                    model.Every(visit.frequency) if visit.frequency is not None else None,
                    tuple(prose(f"县{body}办" if body in visit.bodies else body) for body in bodies),
                    visit.merged,
                    visit.scored,
                )
            )
            return
        how = f"每{visit.frequency:f}天" if visit.frequency is not None else ""
        said = f"{how}开展{self.zh('inspection_method', visit.method)}"
        if visit.force not in ("required", "scored"):
            said = FORCED[visit.force].format(said)
        said = CIRCUMSTANCES.get(visit.circumstance, "") + said
        yield model.Field("inspection", prose(f"上级文件指出，“{said}”" if visit.voice == "quoted" else said))

    def escalation(self, escalation: facts.Escalation) -> model.Field:
        plain = escalation.voice == "own" and escalation.circumstance == "normal" and escalation.force in ("required", "scored")
        if plain:
            levels = [("province", 40), ("city", 50), ("county", 60)]
            steps = tuple(model.Level(level, model.Amount(Decimal(value), "percent")) for level, value in levels)
            return model.Field("escalation", model.Levels(steps))
        said = CIRCUMSTANCES.get(escalation.circumstance, "") + FORCED[escalation.force].format("在省定目标基础上提高10个百分点")
        return model.Field("escalation", prose(f"上级文件指出，“{said}”" if escalation.voice == "quoted" else said))

    def assignment(self, assignment: facts.Assignment) -> model.Field:
        actor = self.zh("actor", assignment.actor) if assignment.actor != "unknown" else "乡镇"
        if assignment.duty_of_issuer:
            self.duties.append(prose("数据核查"))
        said = f"数据核查工作由{actor}承担"
        if assignment.force not in ("required", "scored"):
            said = FORCED[assignment.force].format(said)
        return model.Field("content", prose(f"上级文件指出，“{said}”" if assignment.voice == "quoted" else said))

    def clarity(self, told: facts.Indicator) -> Iterator[model.Field]:
        if told.clarity is None:
            return
        if told.clarity.discretionary:
            yield model.Field("scoring", prose("由考核组酌情打分"))
        elif not told.clarity.measurable:
            yield model.Field("scoring", prose("高度重视，扎实推进，成效明显"))
        else:
            yield model.Field("scoring", prose("事项按期办结率达到95%得满分，每低1个百分点扣1分"))

    def contradiction(self, _told: facts.Contradiction) -> Iterator[model.Field]:
        half = model.Amount(Decimal(50), "percent")
        yield model.Field("measure", model.Measure("resolve", "rate", None, "matter", None, "at_least", half))
        yield model.Field("scoring", prose("事项办结率达到80%得满分"))
