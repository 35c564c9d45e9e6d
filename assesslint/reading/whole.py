"""A scheme's head and the facts of its leaves → the facts of the scheme: sums, shares, apps, consultation, plan, whom it addresses."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assesslint.reading.facts import App, Demand, Indicator, Scheme, Words
from assesslint.reading.groups import BINDING, PROCESS, TRACES
from assesslint.reading.lexicon import Lexicon
from assesslint.scheme import model

OPERATOR_LEVELS = {
    "村": "village", "社区": "village", "镇": "township", "乡": "township", "街道": "township",
    "县": "county", "区": "county", "市": "city", "省": "province",
}  # fmt: skip
"""The level that the name of an app's operator tells, the lowest first."""


def scheme_facts(scheme: model.Scheme, indicators: tuple[Indicator, ...], lexicon: Lexicon) -> Scheme:
    """Return the facts of a scheme whose leaves are read."""
    title = scheme.name.text
    issuer = scheme.issuer.text if scheme.issuer else None
    head = " ".join(p.text for p in (scheme.basis, scheme.audience_text) if p is not None)
    audience = tuple(term.id for term in scheme.audience)
    days, consulted = _consultation(scheme.consultation, lexicon)
    declared = _declared_total(scheme)
    scored = [(i, i.points) for i in indicators if i.kind == "scored" and i.points is not None]
    total = model.points_of_scored(scheme.items)
    shared = tuple(replace(i, share=_share(i, total)) for i in indicators)
    return Scheme(
        words=Words(title, (scheme.name.span,), "title"),
        name=title,
        form=scheme.form,
        issuer=issuer,
        issuer_words=Words(issuer, (scheme.issuer.span,), "issuer") if scheme.issuer and issuer is not None else None,
        issuer_is_department=issuer is not None and _is_department(issuer, lexicon),
        level=scheme.level.id if scheme.level else None,
        audience=audience,
        addresses_party_or_government=_addresses(scheme.audience_text, audience),
        with_consent=_names(head + title, "consented", lexicon),
        declared_total=declared,
        total_words=Words(title, (scheme.name.span,), "total") if declared is not None else None,
        points_sum=total or (total if scored else None),
        scored_leaves=Decimal(len(scored)),
        process_points=sum((points for i, points in scored if _is_process(i)), Decimal(0)),
        scored_points=total,
        basis=scheme.basis.text if scheme.basis else None,
        plan_named=_names(head, "plan_named", lexicon),
        consultation_days=days,
        consultation_words=Words("征求意见", (scheme.consultation.span,), "consultation") if scheme.consultation else None,
        consulted_assessed=consulted,
        apps=tuple(_app(app, scheme, shared) for app in scheme.apps),
        indicators=_with_twins(shared),
    )


def _names(text: str, name: str, lexicon: Lexicon) -> bool:
    """Tell whether a word of a class of the lexicon stands in a text."""
    return any(word in text for word in lexicon.class_words(name))


def _is_department(issuer: str, lexicon: Lexicon) -> bool:
    return issuer.endswith(lexicon.class_words("department_tail")) and not _names(issuer, "government", lexicon)


def _declared_total(scheme: model.Scheme) -> Decimal | None:
    """Return the total a scheme declares; one whose leaves are all weighed in per cent is of a hundred."""
    scored = [leaf for _, leaf in scheme.indicators() if leaf.kind == "scored" and leaf.points is not None]
    weighed = bool(scored) and all(leaf.points_unit == "percent" for leaf in scored)
    return Decimal(100) if weighed and scheme.total is not None else scheme.total


def _share(indicator: Indicator, total: Decimal) -> Decimal | None:
    """Return which part of all points an indicator gives."""
    return indicator.points / total if indicator.kind == "scored" and indicator.points is not None and total else None


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
    """Tell whether an indicator's points hang on traces of work alone: usage, meetings, papers, or reports no law asks for."""
    process = [d for d in indicator.demands if d.action in PROCESS and d.force in BINDING and d.voice == "own"]
    results = [d for d in indicator.demands if d.action in ("resolve", "satisfy", "deliver") and d.force in BINDING]
    reports = [r for r in indicator.reporting if r.force in BINDING and r.circumstance == "normal"]
    counted = [e for e in indicator.evidence if e.role == "counted"]
    traces = bool(counted) and all(e.kind in TRACES for e in counted)
    return bool(process or reports or traces) and not results


def _consultation(consultation: model.Consultation | None, lexicon: Lexicon) -> tuple[Decimal | None, bool | None]:
    """Return for how many days a draft was open to comment, and whether those it assesses were asked; None where it is not said."""
    if consultation is None:
        return None, None
    days = None
    if consultation.start is not None and consultation.end is not None:
        days = Decimal((consultation.end - consultation.start).days + 1)
    consulted = consultation.consulted
    return days, _names(consulted.text, "assessed_body", lexicon) if consulted else None


def _app(app: model.App, scheme: model.Scheme, indicators: tuple[Indicator, ...]) -> App:
    name = app.name.text
    level = app.operator_level
    if level is None and app.operator is not None:
        level = next((named for word, named in OPERATOR_LEVELS.items() if word in app.operator.text), None)
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
