"""What a draft accepts as proof → Evidence: each item's kind, and whether it counts, only helps, or is refused.

An item is judged by where it comes from before what it is: a ledger the unit writes itself is a trace, the same ledger drawn from a
system, a department or the public is a result. A screenshot stays a screenshot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assesslint.reading.facts import Demand, Evidence
from assesslint.reading.groups import OUTCOMES
from assesslint.reading.indicator import EVIDENCE_FIELDS, IndicatorText
from assesslint.reading.lexicon import Mention
from assesslint.reading.passage import Clause, Passage
from assesslint.reading.stance import negated, stance_of

PICTURES = frozenset({"screenshot", "photo", "video", "check_in_record", "location_track", "post", "link"})
"""Kinds that stay traces wherever they come from."""

TRACE_ENDINGS = re.compile(
    r"(记录|表|册|簿|本|照|图|痕|单|影像|日志|笔记|资料|材料|留痕|底稿|小结|心得|美篇|链接|盒|样张|存根|档案|痕迹|纸|卡|牌|稿)"
    r"(等|若干|原件)?(不少于.*)?$"
)
_ON_SITE = (
    r"(现场|实地|入户|上门|到村|到点|随机|当场|抽样|明察|背靠背)[^照图影拍]{0,8}"
    r"(查|测|验|问|核|评|抽|检|考|勘|观|试|听|监督|点名|称重|丈量|走访|察看|查看|计时|复盘|认定|清点)"
    r"|暗访|(?<!自)抽查|抽测|抽检|抽问|抽核|飞检|实测|拨测|复核|核验|复查|复检|随机调阅|神秘"
)
_IN_SYSTEM = (
    r"(系统|平台|后台|数据库|大数据|监测|直报|交换|网端|信息库|云端|热线|卫星|遥感|在线|传感|物联|服务器|渠道码)[^、，；]{0,8}"
    r"(数据|结果|统计|导出|提取|比对|核|日志|报表|台账|信息|查询|抓取|推送|清单|数|图|记录|回放|时间戳|时限|工单|汇总|取数|计票|质检)"
    r"|(数据|指标)(比对|核验|归集|交换|提取|共享)|共享数据|统计数据|监测数据|业务数据"
)
_BY_OTHERS = (
    r"(督学|督导|打分|考核|检查|督查|核查|评审|巡察|验收|考评|测评|评估)(组|员|人员|小组)?[^、，；]{0,6}(记录|表|单|结果|意见|评分|反馈|结论|报告)"
    r"|第三方|专家|审计|统计(局|部门)|调查队|(检测|监测|评估|鉴定|中介|专业|认证)(机构|中心|站)|检察|法院|人民银行|仲裁"
    r"|(省|市|县|区|州|国家|上级|镇)级?[^、，；]{0,10}(认定|核定|通报|反馈|考核结果|评价结果|验收|下发|提供|核算|核对|复核|登记|比对|普查|公布"
    r"|数据|抽查|核查|结果|督查|测评|检查|鉴定|审核|核实|统计|评定|评审|评议)"
    r"|(局|委|厅|办|部|中心|部门|站|院|公司|企业|银行|大队|纪委|组)[^、，；表]{0,6}(认定|核定|提供|核算|核对|复核|登记|比对|审核|核实|统计|反馈"
    r"|评定|出具|意见|结论|数据|证明|回函|抽查|核查|测评|评价|审计|验收|通报|收件)"
)
_BY_THE_PUBLIC = (
    r"(群众|居民|村民|家长|学生|患者|企业|服务对象|用户|业主|市民|职工|老人|基层|乡镇|游客|被帮扶|受助|当事人|办事人|商户|农户|对象|师生|读者"
    r"|消费者|住户|旅客|纳税人)[^、，；]{0,6}(评价|满意|反馈|反映|测评|回访|访谈|评议|打分|口碑|投诉|意见|调查|认可|问卷|座谈|来信)"
    r"|满意度|回访|访谈|问卷|民意|评议|座谈|投诉(记录|数据|率|情况)|举报核查|来信核实|信访数据"
)
_SOURCES = (
    ("on_site_check", re.compile(_ON_SITE)),
    ("system_data", re.compile(_IN_SYSTEM)),
    ("third_party", re.compile(_BY_OTHERS)),
    ("public_feedback", re.compile(_BY_THE_PUBLIC)),
)
"""Where an item comes from when it does not come from the unit itself."""

DRAWN = re.compile(r"(后台|平台|系统|账号)(?![^、，；]{0,6}(?:打卡|签到|轨迹|截))[^、，；]{0,6}(数据|统计|导出|记录|日志|录音|工单|回放)")
_ITEM = re.compile(r"[^、，；。\n和与及或+/：]+")


def evidence_of(indicator: IndicatorText) -> list[Evidence]:
    """Return the evidence of an indicator, what alone decides first: the items of its own cells, and what stands beside a word of proof."""
    found: list[Evidence] = []
    for passage in indicator.passages[1:]:
        if passage.field in EVIDENCE_FIELDS:
            found.extend(_items(passage))
        else:
            found.extend(e for m in passage.of("evidence") if (e := _beside_proof(passage, m)) is not None)
    return sorted(found, key=lambda e: e.role != "sole")


PRESENCE = {"check_in_record": "check_in", "location_track": "share_location"}


def presence_of(evidence: Sequence[Evidence]) -> list[Demand]:
    """Return the demand that a check-in record as evidence makes: who must show it must check in."""
    return [
        Demand(e.words, "required", PRESENCE[e.kind], voice=e.voice, circumstance=e.circumstance)
        for e in evidence
        if e.kind in PRESENCE and e.role == "counted"
    ]


def _items(passage: Passage) -> list[Evidence]:
    """Return one Evidence for each item a cell of evidence lists; a clause that asks or scores is no item."""
    found = []
    for match in _ITEM.finditer(passage.text):
        start, end = match.span()
        if len(match.group().strip()) < 2 or _is_sentence(passage, start, end):
            continue
        mentions = [m for m in passage.of("evidence") if m.start < end and start < m.end and not passage.inside_longer(m, "object")]
        kind = _kind(match.group(), [m.sense.value for m in mentions])
        if kind is None:
            continue
        anchor = next((m for m in mentions if m.sense.value == kind), None)
        words = passage.words(anchor.start, anchor.end) if anchor else passage.words(start, end)
        excluded = negated(passage, anchor or Mention(start, end, passage.mentions[0].sense)) if passage.mentions else None
        helping = kind not in OUTCOMES and passage.has("cue", *_clause_range(passage, start), "supplementary")
        role = "excluded" if excluded else "supplementary" if helping else "counted"
        found.append(Evidence(words, kind, role, excluded or "required"))
    return found


def _clause_range(passage: Passage, at: int) -> tuple[int, int]:
    clause = passage.clause_of(at)
    return clause.start, clause.end


def _is_sentence(passage: Passage, start: int, end: int) -> bool:
    return bool(passage.between("score", start, end)) and bool(passage.quantities_in(start, end))


def _kind(text: str, known: list[str]) -> str | None:
    """Return the kind of one item by its source, then its noun, then its ending; a short rest of a list has none."""
    if DRAWN.search(text) and "截" not in text:
        return "system_data"
    pictures = [kind for kind in known if kind in PICTURES]
    if pictures:
        return pictures[-1]
    for kind, pattern in _SOURCES:
        if pattern.search(text):
            return kind
    if known:
        return next((kind for kind in known if kind in OUTCOMES), known[-1])
    if len(text.strip()) < 3:
        return None
    return "ledger" if TRACE_ENDINGS.search(text.strip()) else "document"


def _beside_proof(passage: Passage, mention: Mention) -> Evidence | None:
    """Return what a word in other prose says of evidence: checks from outside always, traces only beside a word of proof."""
    kind = mention.sense.value
    clause = passage.clause_of(mention.start)
    if kind == "outcome_data" or (kind in OUTCOMES and kind in ("system_data", "document") and not _is_proof(passage, mention, clause)):
        return None
    if kind not in OUTCOMES and not _is_proof(passage, mention, clause):
        return None
    stance = stance_of(passage, mention, "required")
    excluded = stance.force in ("prohibited", "withdrawn", "reduced", "mentioned")
    if kind in OUTCOMES and excluded:
        return None
    helping = kind not in OUTCOMES and passage.has("cue", clause.start, clause.end, "supplementary")
    role = "excluded" if excluded else "supplementary" if helping else "sole" if _is_sole(passage, mention) else "counted"
    force = stance.force if excluded else "required"
    start, end = mention.start, mention.end
    if role == "sole":
        start, end = _with_sole(passage, start, end)
    return Evidence(passage.words(start, end), kind, role, force, stance.voice, stance.circumstance)


SOLE = re.compile(
    r"只看|只认|仅看|仅凭|只凭|光看|全部依据|唯一依据|(?:齐全|齐备|齐了|凑齐)[^，。；]{0,6}(?:即|就|得|算|的?得)"
    r"|不再到现场|不到现场|不另作实地|不组织现场|不看现场|即认定|即为完成|视为完成|以册定分|[一二三四]缺一不得分|缺一不可得"
)
"""That nothing but what is named counts."""


def _is_sole(passage: Passage, mention: Mention) -> bool:
    """Tell whether the sentence lets a trace alone decide, with nothing from outside beside it."""
    if mention.sense.value in OUTCOMES:
        return False
    start, end = passage.sentence_range(passage.clause_of(mention.start))
    if SOLE.search(passage.text, start, end) is None:
        return False
    others = [m for m in passage.between("evidence", start, end) if m.sense.value in OUTCOMES and not passage.inside_longer(m, "object")]
    return all(negated(passage, m) or _dropped(passage, m, start) for m in others)


def _with_sole(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Return where a trace stands with the words that let it decide, when they are close."""
    match = SOLE.search(passage.text, *passage.sentence_range(passage.clause_of(start)))
    if match is None:
        return start, end
    first, last = min(start, match.start()), max(end, match.end())
    return (first, last) if last - first <= 30 else (start, end)


def _dropped(passage: Passage, mention: Mention, start: int) -> bool:
    """Tell whether a check from outside is said not to take place (不组织现场观摩和学生访谈)."""
    lead = passage.text[max(start, mention.start - 10) : mention.start + 2]
    return "不" in lead or "无需" in lead or "另" in lead


def _is_proof(passage: Passage, mention: Mention, clause: Clause) -> bool:
    cues = [m for m in passage.between("cue", clause.start, clause.end) if m.sense.value == "evidence"]
    return any(abs(m.start - mention.end) <= 8 or abs(mention.start - m.end) <= 8 for m in cues)
