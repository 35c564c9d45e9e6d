"""What a careful inspector would object to in each example, and nothing else: (indicator, rule) pairs, decided without the linter."""

from __future__ import annotations

from pathlib import Path

import pytest

import assesslint
from tests.examples import JUDGED_ON, ROOT, examples

OBJECTIONS = {
    "01-half-the-population-activated": {"激活任务": "download-quota unrealistic-target usage-accountability"},
    "02-ninety-percent-daily-activity": {"教师应用": "activity-quota"},
    "03-hazard-platform-use-frequency": {"平台使用频次": "activity-quota", "隐患录入": "volume-quota"},
    "04-appointment-feature": {"预约服务": "volume-quota"},
    "05-screenshots-as-proof-of-duty": {"巡河履职": "check-in trace-only-evidence", "宣传发动": "engagement-quota trace-only-evidence"},
    "06-likes-forwards-follows-votes": {
        "": "issuer-mandate",
        "关注“文明白石”": "follow-quota",
        "互动传播": "engagement-quota trace-only-evidence unrealistic-target",
        "网络投票": "engagement-quota trace-only-evidence",
    },
    "07-ranked-though-not-assessed": {"小程序应用（不计分）": "frequent-ranking usage-accountability usage-ranking"},
    "08-groups-and-timed-punch-ins": {
        "": "issuer-mandate",
        "微网实格": "group-burden trace-only-evidence",
        "在岗在线": "check-in trace-only-evidence",
        "信息响应": "group-burden",
    },
    "09-one-event-four-systems": {"文化活动台账": "duplicate-reporting", "活动信息录入": "duplicate-reporting"},
    "10-approved-online-printed-again": {"公文办理": "dual-track"},
    "11-figures-the-hospital-holds": {"孕产妇信息台账": "obtainable-data", "妇幼信息上报": "obtainable-data"},
    "12-refilling-data-that-hardly-change": {"村情台账": "excessive-frequency obtainable-data", "留守老人信息": "excessive-frequency"},
    "13-inspections-not-merged": {"": "issuer-mandate", "人居环境月度督查": "excessive-inspection", "督查得分": "excessive-inspection"},
    "14-targets-raised-layer-by-layer": {"电子社保卡": "download-quota target-escalation"},
    "15-good-government-services": {},
    "16-good-rural-roads": {},
    "17-word-draft": {
        "“清河通”推广": "download-quota frequent-ranking trace-only-evidence unrealistic-target usage-accountability usage-ranking",
        "积分活跃": "activity-quota trace-only-evidence",
        "隐患随手拍": "volume-quota",
        "资料归档": "dual-track duplicate-reporting excessive-frequency",
    },
    "18-excel-draft": {
        "": "issuer-mandate process-over-results unplanned-assessment",
        "网格员在岗": "check-in excessive-frequency trace-only-evidence",
        "微信群管理": "engagement-quota group-burden trace-only-evidence",
        "社情民意": "trace-only-evidence usage-ranking volume-quota",
    },
}


@pytest.mark.parametrize("example", list(examples()), ids=lambda path: path.name)
def test_an_example_is_flagged_where_it_should_be(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    findings = assesslint.check([example.relative_to(ROOT)], as_of=JUDGED_ON).findings
    expected = {(name, rule) for name, rules in OBJECTIONS[example.stem].items() for rule in rules.split()}
    assert {(finding.indicator, finding.rule) for finding in findings} == expected
