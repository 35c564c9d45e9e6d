"""A scheme's head and the facts of its leaves → the facts of the scheme: sums, shares, apps, consultation, plan, whom it addresses."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assesslint.reading.facts import App, Demand, Indicator, Scheme, Words
from assesslint.reading.groups import BINDING, PROCESS, TRACES
from assesslint.scheme import model

DEPARTMENTS = ("局", "委", "办", "部", "厅", "中心", "团委", "妇联", "工会", "科协", "残联", "队", "室", "联合会", "处", "院", "组")
GOVERNMENTS = ("人民政府", "县委", "市委", "省委", "区委", "政府办", "党委", "县政府", "市政府", "省政府", "区政府")
PLAN_WORDS = (
    "督查检查考核计划",
    "督检考计划",
    "督查考核计划",
    "考核计划",
    "计划第",
    "备案",
    "批准",
    "批复",
    "年度计划",
    "经县委",
    "经市委",
    "经省委",
    "同意",
)
CONSENT_WORDS = ("同意", "批准", "授权", "转发", "印发")


def scheme_facts(scheme: model.Scheme, indicators: tuple[Indicator, ...]) -> Scheme:
    """Return the facts of a scheme whose leaves are read."""
    scored = [i for i in indicators if i.kind == "scored" and i.points is not None]
    leaves = {id(leaf): leaf for _, leaf in scheme.indicators()}
    percent = [leaf for leaf in leaves.values() if leaf.kind == "scored" and leaf.points is not None and leaf.points_unit == "percent"]
    total = sum((i.points for i in scored if i.points is not None), Decimal(0))
    declared = scheme.total
    if percent and len(percent) == len(scored) and declared not in (None, Decimal(100)):
        declared = Decimal(100)
    shared = tuple(
        replace(i, share=i.points / total if i.kind == "scored" and i.points is not None and total else None) for i in indicators
    )
    process = sum((i.points for i in scored if i.points is not None and _is_process(i)), Decimal(0))
    issuer = scheme.issuer.text if scheme.issuer else None
    title = scheme.name.text
    head = " ".join(p.text for p in (scheme.basis, scheme.audience_text) if p is not None)
    audience = tuple(term.id for term in scheme.audience)
    days, consulted = _consultation(scheme.consultation)
    return Scheme(
        words=Words(title, (scheme.name.span,), "title"),
        name=title,
        form=scheme.form,
        issuer=issuer,
        issuer_words=Words(scheme.issuer.text, (scheme.issuer.span,), "issuer") if scheme.issuer else None,
        issuer_is_department=issuer is not None and issuer.endswith(DEPARTMENTS) and not any(word in issuer for word in GOVERNMENTS),
        level=scheme.level.id if scheme.level else None,
        audience=audience,
        addresses_party_or_government=_addresses(scheme.audience_text, audience),
        with_consent=any(word in head + title for word in CONSENT_WORDS),
        declared_total=declared,
        total_words=Words(title, (scheme.name.span,), "total") if declared is not None else None,
        points_sum=total if scored else None,
        scored_leaves=Decimal(len(scored)),
        process_points=process,
        scored_points=total,
        basis=scheme.basis.text if scheme.basis else None,
        plan_named=any(word in head for word in PLAN_WORDS),
        consultation_days=days,
        consultation_words=Words("征求意见", (scheme.consultation.span,), "consultation") if scheme.consultation else None,
        consulted_assessed=consulted,
        apps=tuple(_app(app, scheme, shared) for app in scheme.apps),
        indicators=_with_twins(shared),
    )


LOWER_GOVERNMENT = re.compile(
    r"党委|党工委|政府|办事处|(?:乡镇|街道|[各市]镇|县|(?<!社)(?<!辖)区|州|市)(?![^，。；、]{0,6}(?:所|站|院|校|中心|队|局|办|厅|室|公司|会|支部|村|社区|单位|部门))"
)
"""Lower Party committees and governments as addressees; their branch offices are not."""


def _addresses(said: model.Prose | None, audience: tuple[str, ...]) -> bool:
    """Tell whether a scheme addresses lower Party committees or governments: as it says in prose, else by the levels it names."""
    if said is not None:
        return LOWER_GOVERNMENT.search(said.text) is not None
    return any(level in ("township", "county", "city", "province") for level in audience)


def _is_process(indicator: Indicator) -> bool:
    """Tell whether an indicator's points hang on traces of work alone: usage, meetings, papers, reports."""
    process = [d for d in indicator.demands if d.action in PROCESS and d.force in BINDING and d.voice == "own"]
    results = [d for d in indicator.demands if d.action in ("resolve", "satisfy", "deliver") and d.force in BINDING]
    reports = [r for r in indicator.reporting if r.force in BINDING]
    counted = [e for e in indicator.evidence if e.role == "counted"]
    traces = bool(counted) and all(e.kind in TRACES for e in counted)
    return bool(process or reports or traces) and not results


def _consultation(consultation: model.Consultation | None) -> tuple[Decimal | None, bool | None]:
    if consultation is None:
        return None, None
    days = None
    if consultation.start is not None and consultation.end is not None:
        days = Decimal((consultation.end - consultation.start).days + 1)
    consulted = consultation.consulted.text if consultation.consulted else None
    return days, None if consulted is None else any(
        word in consulted for word in ("乡", "镇", "街道", "村", "社区", "基层", "被考核", "学校", "医院", "各单位", "县", "区")
    )


def _app(app: model.App, scheme: model.Scheme, indicators: tuple[Indicator, ...]) -> App:
    name = app.name.text
    level = app.operator_level
    if level is None and app.operator is not None:
        level = next(
            (
                v
                for word, v in (
                    ("村", "village"),
                    ("社区", "village"),
                    ("镇", "township"),
                    ("乡", "township"),
                    ("街道", "township"),
                    ("县", "county"),
                    ("区", "county"),
                    ("市", "city"),
                    ("省", "province"),
                )
                if word in app.operator.text
            ),
            None,
        )
    pressed = any(d.object.name == name and d.action in PROCESS and d.force in BINDING for i in indicators for d in i.demands)
    own = app.operator is not None and scheme.issuer is not None and app.operator.text == scheme.issuer.text
    return App(
        Words(name, (app.name.span,), "app"),
        name,
        app.operator.text if app.operator else None,
        level,
        app.compulsory is True or pressed,
        own,
    )


def _signature(indicator: Indicator) -> tuple[object, ...] | None:
    """Return what an indicator asks, without its places; None when too little was read to call two the same."""

    def plain(d: Demand) -> tuple[object, ...]:
        return (d.action, d.object, d.measure, d.force, d.target)

    demands = tuple(plain(d) for d in indicator.demands)
    if not demands:
        return None
    return (indicator.kind, demands, tuple((e.kind, e.role) for e in indicator.evidence), tuple(c.kind for c in indicator.consequences))


def _with_twins(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Return the indicators, each that asks the same as an earlier one naming it."""
    seen: dict[tuple[object, ...], str] = {}
    out = []
    for indicator in indicators:
        signature = _signature(indicator)
        if signature is None:
            out.append(indicator)
            continue
        twin = seen.get(signature)
        seen.setdefault(signature, indicator.name)
        out.append(replace(indicator, same_as=twin) if twin is not None else indicator)
    return tuple(out)
