"""A number → that many made-up schemes of twenty indicators, each in the scheme language and as a plain text draft.

About one indicator in four asks for what the rules object to; the rest are sound. The same number gives the same schemes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

INDICATORS = 20
"""Indicators a scheme."""

_PLACES = ("清河", "云川", "柳溪", "北岭", "东湖", "安平", "长宁", "石门", "临江", "新泽", "望山", "双桥")
_FIELDS = ("河湖长制", "义务教育", "公路养护", "政务服务", "基层治理", "文化惠民", "卫生健康", "乡村建设", "安全生产", "社会救助")
_BODIES = ("水务局", "教育局", "交通运输局", "数据局", "民政局", "文化和旅游局", "卫生健康局", "农业农村局", "应急管理局", "司法局")
_AUDIENCES = ("各乡镇", "各街道", "各村（社区）", "县直各部门", "各学校")
_APPS = ("干部之家", "云上清风", "智慧河湖", "掌上民生", "平安随手拍", "乡村一点通")
_MATTERS = ("群众诉求", "信访事项", "安全隐患", "路面病害", "救助申请", "超标断面", "欠费投诉", "电梯故障", "农房鉴定", "辍学学生劝返")
_OUTCOMES = ("按期办结率", "一次办结率", "整改合格率", "抽查合格率", "群众满意率", "达标率", "及时救助率", "复查无误率")
_PROOF = ("系统数据、现场核查", "第三方测评", "业务系统自动统计", "随机抽查、群众评价", "检测报告", "台账和现场核查")
_SOUND = (
    "{matter}{outcome}达到{high}%得满分，每低1个百分点扣{cut}分，扣完为止。",
    "本年度随机抽取{count}件{matter}，{outcome}每低于{high}%一个百分点扣{cut}分，由{body}会同第三方核定。",
    "对{matter}应当在{days}个工作日内办结，逾期未办且无正当理由的，每件扣{cut}分；因自然灾害等不可抗力延误的不扣分。",
    "{audience}要把{matter}办理情况纳入日常工作，{body}按季度抽查，抽查结果只作改进工作之用，不作排名。",
    "不得将下载量、注册量、活跃度纳入考核；使用“{app}”由群众自愿选择，线下窗口照常办理{matter}。",
    "{matter}的办理数据由系统自动汇总，不再要求基层另行填报，已有数据通过共享取得，{outcome}以第三方抽样回访为准。",
)
_FAULTY = (
    "“{app}”激活人数达到辖区常住人口的{high}%得满分，每低1个百分点扣{cut}分，年底仍未完成的予以问责。",
    "网格员每日登录“{app}”并上传走访照片不少于{few}张，以截图为准，少一次扣{cut}分。",
    "{audience}转发县级公众号文章每月不少于{count}篇，点赞率达到{high}%，每周通报排名，末位约谈主要负责人。",
    "{matter}情况每日上报，实行零报告，同时报送{body}和督查室，漏报一次扣{cut}分。",
    "建立{few}个工作群，群内接龙打卡，未在两小时内回复的每次扣{cut}分并通报批评。",
)
_REMARKS = (
    "由{body}负责解释。",
    "参照上年度做法执行，数据截至12月31日。",
    "有异议的，可在公布后{days}日内向{body}申请复核。",
    "村（社区）只核对，不填表。",
)
_NUMBERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Sample:
    """One scheme in both forms."""

    language: str
    plain: str


@dataclass(frozen=True, slots=True)
class _Indicator:
    name: str
    points: int
    scoring: str
    evidence: str
    remark: str


def samples(count: int) -> Iterator[Sample]:
    """Yield the first `count` schemes."""
    for number in range(count):
        yield _sample(Random(number), number)  # noqa: S311 - made-up text, not a secret


def _sample(random: Random, number: int) -> Sample:
    place, field, body = random.choice(_PLACES), random.choice(_FIELDS), random.choice(_BODIES)
    title = f"{place}县2026年{field}工作考核细则（第{number + 1}号）"
    indicators = [_indicator(random, body, at) for at in range(INDICATORS)]
    groups = [(f"第{mark}类工作", indicators[at * 5 : at * 5 + 5]) for at, mark in enumerate(_NUMBERS)]
    return Sample(_in_language(title, f"{place}县{body}", groups), _in_plain_text(title, f"{place}县{body}", groups))


def _indicator(random: Random, body: str, at: int) -> _Indicator:
    values = {
        "matter": random.choice(_MATTERS), "outcome": random.choice(_OUTCOMES), "app": random.choice(_APPS), "body": body,
        "audience": random.choice(_AUDIENCES), "high": random.choice((50, 60, 85, 90, 95, 98)), "few": random.randint(2, 6),
        "cut": random.choice(("0.2", "0.5", "1", "2")), "count": random.randint(10, 60), "days": random.choice((3, 5, 7, 15)),
    }  # fmt: skip
    kinds = _FAULTY if random.random() < 0.25 else _SOUND
    scoring = random.choice(kinds).format_map(values)
    if random.random() < 0.4:
        scoring += random.choice(_SOUND).format_map(values)
    remark = random.choice(_REMARKS).format_map(values) if random.random() < 0.5 else ""
    return _Indicator(f"{values['matter']}办理{at + 1}", 5, scoring, random.choice(_PROOF), remark)


def _in_language(title: str, issuer: str, groups: list[tuple[str, list[_Indicator]]]) -> str:
    lines = [f'方案 "{title}" {{', f'  发布单位: "{issuer}"', "  层级: 县", "  对象: 乡镇, 村社区", "  总分: 100"]
    lines += ['  依据: "列入年度督查检查考核计划第12项"', '  征求意见: 2025-12-05 至 2025-12-20, "各乡镇"', ""]
    for name, indicators in groups:
        lines.append(f'  类别 "{name}" 25分 {{')
        for each in indicators:
            lines += [f'    指标 "{each.name}" {each.points}分 {{', f'      评分: "{each.scoring}"', f'      佐证: "{each.evidence}"']
            lines += [f'      备注: "{each.remark}"'] if each.remark else []
            lines.append("    }")
        lines.append("  }")
    return "\n".join([*lines, "}", ""])


def _in_plain_text(title: str, issuer: str, groups: list[tuple[str, list[_Indicator]]]) -> str:
    lines = [title, "（满分100分）", "", f"发布单位：{issuer}", "考核对象：各乡镇", "计划依据：列入年度督查检查考核计划第12项"]
    lines += ["征求意见：2025年12月5日至12月20日，各乡镇", ""]
    for mark, (name, indicators) in zip(_NUMBERS, groups, strict=True):
        lines.append(f"{mark}、{name}（25分）")
        for at, each in enumerate(indicators, 1):
            lines += [f"{at}. {each.name}（{each.points}分）", f"评分标准：{each.scoring}", f"佐证材料：{each.evidence}"]
            lines += [f"备注：{each.remark}"] if each.remark else []
        lines.append("")
    return "\n".join(lines)
