"""A scheme's head and the facts of its leaves → the facts of the scheme: sums, shares, apps, consultation, plan, whom it addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assesslint.reading.facts import App, Demand, Indicator, Scheme, Words
from assesslint.reading.groups import BINDING, PROCESS, TRACES
from assesslint.reading.lexicon import Lexicon
from assesslint.scheme import model
from assesslint.text.normalise import normalise
from assesslint.text.quantity import number

IN_BRACKETS = re.compile(r"（[^（）]*）")
"""What stands in brackets within an address: 各县（市、区）医保局."""
EVERY = re.compile(r"各(?P<who>[一-龥]{2,6})")
"""Whose opinion was asked for, where it is not said what they are: 各病区, 各分局."""

BESIDE_NAME = re.compile(r"（[^（）]*）$")
"""What stands behind the name of an issuer in brackets: 应急管理局（安委办）."""
ITS_OWN_ISSUING = re.compile(r"关于印发|现予?将?[^，。；]{0,30}印发|现予以?印发|印发给你们")
"""How a body says that it issues a scheme itself, which is nobody's consent."""
DAYS_TOLD = re.compile(
    r"(?:征求|听取|公示|为期|期限|历时|时间)[^。；]{0,14}?(?<![月\d日])(?:(?P<days>\d{1,2}|[一二两三四五六七八九十]{1,3})个?(?:天|日|工作日)(?![前起至内到])"
    r"|(?P<weeks>[一二两三四\d])个?(?:周|星期))"
)
"""For how long opinions were asked for, where no dates are given."""
DATES_TOLD = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日?(?:起)?(?:至|到|-|—|~)(?:(?:\d{4}年)?(?P<last_month>\d{1,2})月)?(?P<last_day>\d{1,2})日"
)
"""From which day to which, without the year."""
NAMED_AFTER = 4
"""Characters that the names of two leaves and their standard have in common where they are of one thing."""
COMMON_YEAR = 2001
"""A year without a leap day, for dates that name none."""


def scheme_facts(scheme: model.Scheme, indicators: tuple[Indicator, ...], apps: tuple[App, ...], lexicon: Lexicon) -> Scheme:
    """Return the facts of a scheme whose leaves and apps are read."""
    title = scheme.name.text
    issuer = scheme.issuer.text if scheme.issuer else None
    head = " ".join(p.text for p in (scheme.basis, scheme.audience_text) if p is not None)
    issued = ITS_OWN_ISSUING.sub("", head + title)
    audience = tuple(term.id for term in scheme.audience)
    days, consulted = _consultation(scheme, lexicon)
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
        with_consent=_names(issued, "consented", lexicon),
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
        apps=apps,
        indicators=_with_twins(shared),
    )


def _names(text: str, name: str, lexicon: Lexicon) -> bool:
    """Tell whether a word of a class of the lexicon stands in a text."""
    return any(word in text for word in lexicon.class_words(name))


def _is_department(issuer: str, lexicon: Lexicon) -> bool:
    """Tell whether all the bodies that issue a scheme are departments, offices of a Party committee among them (县委宣传部)."""
    bodies = [BESIDE_NAME.sub("", body) for body in issuer.split()]
    government, department = lexicon.class_words("government"), lexicon.class_words("department_tail")
    return bool(bodies) and all(body.endswith(department) and not body.endswith(government) for body in bodies)


def _declared_total(scheme: model.Scheme) -> Decimal | None:
    """Return the total a scheme declares; one whose leaves are all weighed in per cent is of a hundred."""
    scored = [leaf for _, leaf in scheme.indicators() if leaf.kind == "scored" and leaf.points is not None]
    weighed = bool(scored) and all(leaf.points_unit == "percent" for leaf in scored)
    return Decimal(100) if weighed and scheme.total is not None else scheme.total


def _share(indicator: Indicator, total: Decimal) -> Decimal | None:
    """Return which part of all points an indicator gives."""
    return indicator.points / total if indicator.kind == "scored" and indicator.points is not None and total else None


LOWER_GOVERNMENT = re.compile(
    r"党委|党工委|政府|办事处|(?:乡镇|街道|[各市]镇|县|(?<!社)(?<!辖)区|州|市)(?![^，。；、]{0,6}(?:所|站|院|校|中心|队|局|办|厅|室|公司|会|支部|村|社区|单位|部门|残联|妇联|工会|团委|侨联|文联|科协|商会|武装部|联合会|联社|协会|管理部|营业部|网点|支行|分行))"
)
"""Lower Party committees and governments as addressees; their branch offices are not."""


def _addresses(said: model.Prose | None, audience: tuple[str, ...]) -> bool:
    """Tell whether a scheme addresses lower Party committees or governments: as it says in prose, else by the levels it names."""
    if said is not None:
        return LOWER_GOVERNMENT.search(IN_BRACKETS.sub("", normalise(said.text).text)) is not None
    return any(level in ("township", "county", "city", "province") for level in audience)


def _is_process(indicator: Indicator) -> bool:
    """Tell whether an indicator's points hang on traces of work alone: usage, meetings, papers, or reports no law asks for."""
    process = [d for d in indicator.demands if d.action in PROCESS and d.force in BINDING and d.voice == "own"]
    results = [d for d in indicator.demands if d.action in ("resolve", "satisfy", "deliver") and d.force in BINDING]
    reports = [r for r in indicator.reporting if r.force in BINDING and r.circumstance == "normal"]
    counted = [e for e in indicator.evidence if e.role == "counted"]
    traces = bool(counted) and all(e.kind in TRACES for e in counted)
    return bool(process or reports or traces) and not results


def _consultation(scheme: model.Scheme, lexicon: Lexicon) -> tuple[Decimal | None, bool | None]:
    """Return for how many days a draft was open to comment, and whether those it assesses were asked; None where it is not said."""
    consultation = scheme.consultation
    if consultation is None:
        return None, None
    told = consultation.consulted.text if consultation.consulted else ""
    if consultation.start is not None and consultation.end is not None:
        days: Decimal | None = Decimal((consultation.end - consultation.start).days + 1)
    else:
        days = _days_told(normalise(told).text)
    if _asks_those_named(told, " ".join(p.text for p in (scheme.name, scheme.audience_text) if p is not None)):
        return days, True
    for own in sorted(lexicon.class_words("own_section"), key=len, reverse=True):
        told = told.replace(own, "")
    return days, _names(told, "assessed_body", lexicon) if consultation.consulted else None


def _asks_those_named(told: str, head: str) -> bool:
    """Tell whether those asked are whom the title or the address names as assessed (各分局, of 分局工作评价方案)."""
    asked = (match["who"] for match in EVERY.finditer(told))
    return any(who[:length] in head for who in asked for length in range(len(who), 1, -1))


def _days_told(text: str) -> Decimal | None:
    """Return how many days a text says that opinions were asked for."""
    dates = DATES_TOLD.search(text)
    if dates is not None:
        try:
            first = date(COMMON_YEAR, int(dates["month"]), int(dates["day"]))
            last = date(COMMON_YEAR, int(dates["last_month"] or dates["month"]), int(dates["last_day"]))
        except ValueError:
            return None
        days = (last - first).days + 1
        return Decimal(days if days > 0 else days + 365)
    told = DAYS_TOLD.search(text)
    if told is None:
        return None
    return number(told["days"]) if told["days"] else (number(told["weeks"]) or Decimal(1)) * 7


def _signature(indicator: Indicator) -> tuple[object, ...] | None:
    """Return what an indicator asks, without its places; None when too little was read to call two the same."""

    def plain(d: Demand) -> tuple[object, ...]:
        return (d.action, d.object, d.measure, d.force, d.target)

    demands = tuple(plain(d) for d in indicator.demands)
    if not demands:
        return None
    return (indicator.kind, demands, tuple((e.kind, e.role) for e in indicator.evidence), tuple(c.kind for c in indicator.consequences))


def _named_after(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Yield the standard of a leaf with each piece of its name that the standard speaks of (物业服务, of 物业服务水平)."""
    standard = indicator.clarity.words.text if indicator.clarity is not None else ""
    starts = range(len(indicator.name) - NAMED_AFTER + 1)
    yield from ((standard, piece) for start in starts if (piece := indicator.name[start : start + NAMED_AFTER]) in standard)


def _with_twins(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Return the indicators, each that asks the same as an earlier one naming it.

    Where too little was read to tell, it asks the same if its standard is the same word for word and speaks of what both are named after.
    """
    seen: dict[tuple[object, ...], str] = {}
    standards: dict[tuple[str, str], int] = {}
    out: list[Indicator] = []
    for at, indicator in enumerate(indicators):
        signature, pieces = _signature(indicator), list(_named_after(indicator))
        if signature is None:
            first = min((standards[piece] for piece in pieces if piece in standards), default=None)
            twin = indicators[first].name if first is not None else None
        else:
            twin = seen.get(signature)
            seen.setdefault(signature, indicator.name)
        for piece in pieces:
            standards.setdefault(piece, at)
        out.append(replace(indicator, same_as=twin) if twin is not None else indicator)
    return tuple(out)
