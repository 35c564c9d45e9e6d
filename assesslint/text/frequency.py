"""Normal text → how often: 每日, 周报, 一月两次, 每两周, 逐日, 日清日结, 零报告's kin are read as times in a number of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assesslint.text.quantity import number

PERIOD_DAYS = {
    "小时": Decimal(1) / 24, "时": Decimal(1) / 24,
    "天": Decimal(1), "日": Decimal(1), "工作日": Decimal(1), "早": Decimal(1), "晚": Decimal(1), "班": Decimal(1),
    "周": Decimal(7), "星期": Decimal(7), "礼拜": Decimal(7), "旬": Decimal(10), "半月": Decimal(15), "半个月": Decimal(15),
    "月": Decimal(30), "月度": Decimal(30), "季": Decimal(91), "季度": Decimal(91), "半年": Decimal(182), "学期": Decimal(182),
    "年": Decimal(365), "年度": Decimal(365),
}  # fmt: skip
"""Days in each period a frequency is told by."""

NAMES = {"每日": 1, "每周": 7, "每旬": 10, "每半月": 15, "每月": 30, "每季度": 91, "每半年": 182, "每年": 365}
"""The frequencies as the scheme language writes them, with their interval in days."""

_PERIOD = "|".join(sorted(PERIOD_DAYS, key=len, reverse=True))
_COUNT = r"\d+|[一二两三四五六七八九十]+"

_PATTERN = re.compile(
    rf"""
      每(?:周|星期)(?P<weekdays>[一二三四五六日天](?:[、和及与](?:每?(?:周|星期))?[一二三四五六日天])+)
    | (?:每隔?|逐|按|分|隔)(?P<every_count>{_COUNT})?个?(?P<every>{_PERIOD})(?:末|底|初|中)?(?![会子程前内光])
        (?:[^，。；、\d一二两三四五六七八九十]{{0,8}}?(?:不少于|不低于|至少|最少|不得少于|应|须|不超过|不多于|至多|最多)?
          (?P<every_times>{_COUNT})(?:-(?:{_COUNT}))?(?:次|回|遍|轮|报|篇|期|趟)(?!数|以上不))?
    | (?<![\d.第每])(?P<one_count>半|{_COUNT})个?(?P<one>日|天|周|月|季|旬)(?P<one_times>{_COUNT})
        (?:次|回|报|调度|督查|通报|排名|更|传|填|录|送|发|上图|检查|暗访|抽查|晾晒|打卡|清|结|汇总|研判|会商|考|评|访|巡|督|查|碰头|例会
          |晒|亮|排|比|赛|换|公布|点名|张榜|点评|讲评|播报)
    | (?<![\d.第每])(?:(?P<once_count>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})
          (?P<once>天|周|个?星期|个?礼拜|个月|个?季度|旬|年|个?工作日|个?小时)
        |(?P<once_half>半个?月|半年|学期|季度))(?P<once_times>{_COUNT})次(?!数)
    | (?P<bare>天天|(?<![当今每次同])日日(?![历志记])|周周|月月|季季)
    | (?<![上下本首个民元今明昨翌次往当末即生假节年平整抵近终限期逾时近旧往工\d一二三四五六七八九十])(?P<noun>日|周|月|季|旬)度?
        (?P<noun_tail>报告|报表|报(?!纸|销|名|社|警|价|道|刊|到|送)|调度|通报|排名|排序|考核|督查|督导|检查|抽查|暗访|更新|例会|评比|晾晒|清单
          |动态|统计|汇总|点评|巡|积分|活跃|打卡|汇报|研判|推进会|讲评|点评会|分析会|通报会|例会|碰头会|评)
    | (?<![一二两三四五六七八九十\d个上下本当全])(?P<degree>日|周|旬|月|季)(?:度|末|底|初)
        (?=[^，。；：]{{0,14}}?(?:排|晒|榜|点名|通报|公布|公示|挂旗|授旗|颁旗|亮灯|亮牌|红旗|评出|评选|列前|居前|前[一二三四五十\d]+名|末位|垫底|后[一二三四五十\d]+名)
          |(?:数据|成绩|得分)，[^。；]{{0,24}}?(?:晒|晾|通报|公布|排))
    | (?:逢[单双]|双|隔)(?P<alternate>周|月)(?![以年底内后来报节边])[末底初]?
    | 每[到逢至](?P<turn>周|旬|月|季)[末底初]
    | (?P<weekday>(?:逢|每逢)?周[一二三四五六日末](?:[、和]周?[一二三四五六日])*)(?=[^至到]?
        (?:\d|前|上午|下午|下班|中午|晚|各|例|报|早|固定|雷打|公布|晒|通报|汇|发|将|排|出|更新|填|统|导|督|查))
    | (?P<daily>当[日天][^，。；当]{{1,10}}当[日天]|日清日结|日产日清日报|早晚各?|早、?中、?晚各?
        |早[^，。；早晚]{{0,4}}[、，]?晚[^，。；早晚]{{0,4}}(?=各|报|[^，。；]{{0,4}}小结)|早一[次回][、，]?晚一[次回]
        |隔日|隔天|双日|当日下班前|每日|下班前均须|周末不停|每晚|每早|每班|节假日不断|双休日不断|全年365天)
    | (?:少|漏|缺|断)(?:报|更|填|录|传|送)(?:一|1)(?P<lapse>天|日|晚)(?!期)
    | (?P<fifth>逢[五5]、?逢[十0]|每逢[五5][十0]|逢[一1]、?[五5])
    | (?P<sub>小?时时|随时随地|不间断|24小时在线)
    """,
    re.VERBOSE,
)


WEEKDAYS = "一二三四五六日天"
AVERAGED = ("平均", "均分", "累计", "合计")
"""What follows 按12个月 where it tells over how long something is added up."""

_REPORTED = ("上报", "报送", "填报", "通报", "更新", "统计", "调度", "汇总")
"""What follows 按日 where it tells a frequency."""


@dataclass(frozen=True, slots=True)
class Frequency:
    """Something happens every `interval` days, as `text[start:end]` says."""

    start: int
    end: int
    interval: Decimal


def find_frequencies(text: str) -> list[Frequency]:
    """Return the frequencies of a text in normal form, in order.

    What is lost by each day left out (少报一晚扣0.1分) is wanted every day.

    `每周2次` is an interval of 3.5 days; `周报` one of 7 (the span is the whole word); `每隔两天` is read as every two days.
    """
    found = []
    for match in _PATTERN.finditer(text):
        groups = match.groupdict()
        start, end = match.span()
        if groups["every"] is not None:
            span = PERIOD_DAYS[groups["every"]]
            count = number(groups["every_count"]) if groups["every_count"] else None
            times = number(groups["every_times"]) if groups["every_times"] else None
            unit = groups["every"]
            if count and text[start] == "按" and text.startswith(AVERAGED, end):
                continue
            if text[start] in "按分" and (unit in ("时", "班") or (unit in ("日", "早") and text[end : end + 2] not in _REPORTED)):
                continue
            interval = span * (count or 1) / (times or 1)
        elif groups["one"] is not None:
            count = Decimal("0.5") if groups["one_count"] == "半" else number(groups["one_count"])
            interval = PERIOD_DAYS[groups["one"]] * (count or 1) / (number(groups["one_times"]) or 1)
        elif groups["once_times"] is not None:
            period = groups["once_half"] or groups["once"].removeprefix("个")
            interval = PERIOD_DAYS[period] * (number(groups["once_count"] or "一") or 1) / (number(groups["once_times"]) or 1)
        elif groups["weekdays"] is not None:
            interval = PERIOD_DAYS["周"] / sum(day in WEEKDAYS for day in groups["weekdays"])
        elif groups["bare"] is not None:
            interval = PERIOD_DAYS[groups["bare"][0]]
        elif groups["noun"] is not None:
            interval = PERIOD_DAYS[groups["noun"]]
        elif groups["degree"] is not None:
            interval = PERIOD_DAYS[groups["degree"]]
        elif groups["turn"] is not None:
            interval = PERIOD_DAYS[groups["turn"]]
        elif groups["alternate"] is not None:
            interval = PERIOD_DAYS[groups["alternate"]] * 2
        elif groups["weekday"] is not None:
            interval = Decimal(7)
        elif groups["daily"] is not None:
            interval = Decimal(1)
        elif groups["lapse"] is not None:
            interval = PERIOD_DAYS[groups["lapse"]]
        elif groups["fifth"] is not None:
            interval = Decimal(5)
        else:
            interval = Decimal(1) / 24
        found.append(Frequency(start, end, interval))
    return found


_CELL = re.compile(rf"(?:按|逐|分)?(?P<period>{_PERIOD})(?:报|次|期)?")


def frequency_of_cell(text: str) -> list[Frequency]:
    """Return the frequencies of a table cell in normal form that tells nothing else: 季, 月度, 年 mean once in that period."""
    found = find_frequencies(text)
    bare = _CELL.fullmatch(text.strip())
    return found or ([Frequency(0, len(text), PERIOD_DAYS[bare["period"]])] if bare else [])
