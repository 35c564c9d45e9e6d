"""Drafts in the scheme language and in prose → their text once the fix of one finding is in it, and what that is called."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import assesslint
from assesslint.findings.model import Finding

HEAD = '方案 "清河县考核细则" {\n'
OTHER = '  指标 "办理" 30分 { 评分: "群众事项按期办结率达到95%得满分"  佐证: 系统数据 }\n'
THIRD = '  指标 "服务" 60分 { 评分: "群众满意度达到90%得满分"  佐证: 第三方测评 }\n'
QUOTA = '  指标 "推广" 10分 { 度量: 激活率("清河通", 户籍人口) >= 50%  佐证: 系统数据 }\n'


def finding(folder: Path, text: str, rule: str, suffix: str = ".assess") -> Finding:
    path = folder / f"draft{suffix}"
    path.write_text(text, encoding="utf-8")
    found = [f for f in assesslint.check([path], as_of=date(2026, 11, 27)).findings if f.rule == rule]
    return found[0]


def fixed(text: str, found: Finding) -> str | None:
    if found.fix is None:
        return None
    for edit in sorted(found.fix.edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("rule", "before", "after", "safe"),
    [
        ("check-in", "    佐证: 现场核查, 打卡记录  # 记录\n", "    佐证: 现场核查  # 记录\n", True),
        ("check-in", "    佐证: 打卡记录, 现场核查\n", "    佐证: 现场核查\n", True),
        ("check-in", '    佐证: "现场核查、打卡记录"\n', '    佐证: "现场核查"\n', True),
        ("check-in", "    佐证: 打卡记录\n", None, True),
        ("usage-ranking", '    度量: 登录率("清河通") >= 90%\n    后果: 排名\n', '    度量: 登录率("清河通") >= 90%\n', True),
        ("usage-ranking", '    评分: "登录率达到90%得满分，末位约谈"\n', '    评分: "登录率达到90%得满分"\n', True),
        ("trace-only-evidence", "    佐证: 截图\n", "    佐证: 现场核查, 截图\n", False),
        ("trace-only-evidence", "    evidence: screenshot\n", "    evidence: on_site_check, screenshot\n", False),
        ("trace-only-evidence", '    佐证: "微信截图"\n', '    佐证: "现场核查、微信截图"\n', False),
        ("excessive-frequency", '    评分: "每日报送进展，缺一次扣1分"\n', '    评分: "每月报送进展，缺一次扣1分"\n', False),
        ("excessive-frequency", '    评分: "实行周报，缺一次扣1分"\n', '    评分: "实行月报，缺一次扣1分"\n', False),
        ("excessive-frequency", '    评分: "实行零报告，缺一次扣1分"\n', None, False),
        ("frequent-ranking", '    评分: "满意度达到90%得满分，每月排名"\n', '    评分: "满意度达到90%得满分，每半年排名"\n', False),
        ("excessive-inspection", '    督查: 每月\n    评分: "按督查得分计分"\n', '    督查: 每季度\n    评分: "按督查得分计分"\n', False),
    ],
)
def test_a_field_of_an_indicator_is_mended(tmp_path: Path, rule: str, before: str, after: str | None, safe: bool) -> None:
    text = f'{HEAD}  指标 "巡查" 10分 {{\n{before}  }}\n}}\n'
    found = finding(tmp_path, text, rule)
    assert fixed(text, found) == (None if after is None else f'{HEAD}  指标 "巡查" 10分 {{\n{after}  }}\n}}\n')
    assert found.fix is None or found.fix.safe is safe


def test_the_points_of_a_dropped_indicator_are_shared(tmp_path: Path) -> None:
    text = HEAD + QUOTA + OTHER + THIRD + "}\n"
    found = finding(tmp_path, text, "download-quota")
    assert fixed(text, found) == HEAD + OTHER.replace("30分", "33.3分") + THIRD.replace("60分", "66.7分") + "}\n"
    assert found.fix is not None and not found.fix.safe
    assert found.fix.title == "删去指标“推广”，其10分按同组其余指标分值的比例分摊：“办理”30→33.3分，“服务”60→66.7分"


def test_an_indicator_stays_that_asks_for_something_else_too_or_has_nobody_to_share_with(tmp_path: Path) -> None:
    mixed = QUOTA.replace("佐证", '评分: "群众事项按期办结率达到95%得满分"  佐证')
    assert finding(tmp_path, HEAD + mixed + OTHER + "}\n", "download-quota").fix is None
    assert finding(tmp_path, HEAD + QUOTA + "}\n", "download-quota").fix is None


def test_the_same_indicator_is_merged_into_the_first(tmp_path: Path) -> None:
    again = OTHER.replace("办理", "办结").replace("30", "20")
    text = HEAD + OTHER + THIRD + again + "}\n"
    found = finding(tmp_path, text, "duplicate-indicator")
    assert fixed(text, found) == HEAD + OTHER.replace("30分", "50分") + THIRD + "}\n"
    assert found.fix is not None and found.fix.title == "把“办结”并入“办理”，“办理”30→50分"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '  数据 "台账" { 填报: 村社区  报送: "县民政局", "县残联" }\n',
            '  数据 "台账" { 方式: 共享  填报: 村社区  报送: "县民政局", "县残联" }\n',
        ),
        (
            '  data "台账" { filled_by: village  recipients: "县民政局", "县残联" }\n',
            '  data "台账" { means: shared  filled_by: village  recipients: "县民政局", "县残联" }\n',
        ),
    ],
)
def test_data_that_go_several_ways_are_shared(tmp_path: Path, before: str, after: str) -> None:
    text = HEAD + before + OTHER + "}\n"
    assert fixed(text, finding(tmp_path, text, "duplicate-reporting")) == HEAD + after + OTHER + "}\n"


PROSE = """清河县2026年河道管护考核细则

一、巡查（40分）
评分标准：{scoring}
佐证材料：{evidence}

二、整治（60分）
评分标准：问题按期整改率达到95%得满分。
佐证材料：现场核查
"""


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("check-in", {"evidence": "打卡记录、现场核查"}, {"evidence": "现场核查"}),
        ("check-in", {"evidence": "打卡记录"}, None),
        ("trace-only-evidence", {"evidence": "打卡记录"}, {"evidence": "现场核查、打卡记录"}),
        ("usage-accountability", {"scoring": "登录率达到90%得满分，末位约谈。"}, {"scoring": "登录率达到90%得满分。"}),
    ],
)
def test_prose_is_mended(tmp_path: Path, rule: str, before: dict[str, str], after: dict[str, str] | None) -> None:
    plain = {"scoring": "按期办结率达到95%得满分。", "evidence": "系统数据"}
    text = PROSE.format(**{**plain, **before})
    found = finding(tmp_path, text, rule, ".txt")
    assert fixed(text, found) == (PROSE.format(**{**plain, **after}) if after else None)


def test_an_indicator_of_prose_goes_with_its_lines(tmp_path: Path) -> None:
    text = PROSE.format(scoring="“清河通”APP登录率达到90%得满分。", evidence="系统数据")
    found = finding(tmp_path, text, "activity-quota", ".txt")
    assert fixed(text, found) == (
        "清河县2026年河道管护考核细则\n\n一、整治（100分）\n评分标准：问题按期整改率达到95%得满分。\n佐证材料：现场核查\n"
    )


def test_a_draft_in_json_has_no_fix(tmp_path: Path) -> None:
    text = '{"schemes": [{"name": "方案", "items": [{"kind": "scored", "name": "巡查", "points": 10, "evidence": ["screenshot"]}]}]}'
    path = tmp_path / "draft.json"
    path.write_text(text, encoding="utf-8")
    report = assesslint.check([path])
    assert report.fixable(safe=True) == report.fixable(safe=False) == 0


def test_numbers_behind_the_gap_move_up(tmp_path: Path) -> None:
    lines = (
        "一、推广（10分）\n“清河通”APP激活率达到50%得满分。",
        "二、办理（30分）\n按期办结率达到95%得满分。",
        "三、服务（60分）\n群众满意度达到90%得满分。",
    )
    text = "清河县2026年度考核细则\n\n" + "\n\n".join(lines) + "\n"
    assert fixed(text, finding(tmp_path, text, "download-quota", ".txt")) == (
        "清河县2026年度考核细则\n\n一、办理（33.3分）\n按期办结率达到95%得满分。\n\n二、服务（66.7分）\n群众满意度达到90%得满分。\n"
    )


def test_a_row_of_a_markdown_table_goes_and_the_rows_behind_it_move_up(tmp_path: Path) -> None:
    head = "# 清河县2026年度考核细则\n\n| 序号 | 指标 | 分值 | 评分标准 | 佐证材料 |\n|---|---|---|---|---|\n"
    quota = "| 1 | 推广 | 20 | “清河通”APP激活率达到50%得满分 | 系统数据 |\n"
    text = head + quota + "| 2 | 办理 | 80 | 按期办结率达到95%得满分 | 系统数据 |\n"
    after = head + "| 1 | 办理 | 100 | 按期办结率达到95%得满分 | 系统数据 |\n"
    assert fixed(text, finding(tmp_path, text, "download-quota", ".md")) == after
