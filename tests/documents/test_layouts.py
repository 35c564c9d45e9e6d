"""One small scheme in layouts as officials set them: whatever numbers, marks and columns they use, the same indicators are read."""

from __future__ import annotations

import pytest

from assesslint.documents.draft import read_draft

LAYOUTS = {
    "one paragraph": "考核内容有：环境卫生（20分），脏乱扣1分；垃圾分类（30分），达90%得满分；河道管护（50分），每处扣2分。",
    "一是 in one paragraph": "考核内容有：一是环境卫生（20分），脏乱扣1分；二是垃圾分类（30分），达标得分；三是河道管护（50分）。",
    "一是 on lines": "一是环境卫生。脏乱扣1分，满分20分。\n二是垃圾分类。达90%得30分，80%得20分。\n三是河道管护。扣完50分为止。",
    "1-1": "1 环境（50分）\n1-1 环境卫生（20分）：脏乱扣1分。\n1-2 垃圾分类（30分）\n2 治水（50分）\n2-1 河道管护（50分）：每处扣2分。",
    "Ⅰ and A1": "Ⅰ. 环境（50分）\nA1 环境卫生　20分　脏乱扣1分。\nA2 垃圾分类　30分　达标得满分。\nⅡ. 治水（50分）\nB1 河道管护　50分",
    "甲 and ①": "甲、环境\n①环境卫生——每处脏乱扣1分。（20分）\n②垃圾分类：达90%得30分。\n乙、治水\n③河道管护。每处扣2分，减完50分为止。",
    "㈠ and ⒈": "㈠环境\n⒈环境卫生。脏乱扣1分，20分。\n⒉垃圾分类。达90%得满分，满分30分。\n㈡治水\n⒊河道管护。每处扣2分，共50分。",
    "◆ over ①": "◆环境（50分）\n①环境卫生（20分）脏乱扣1分。\n②垃圾分类（30分）达90%得满分。\n◆治水（50分）\n①河道管护（50分）每处扣2分。",
    "第一项": "第一项 环境卫生 20分\n脏乱扣1分。\n第二项 垃圾分类 30分\n达90%得满分。\n第三项 河道管护 50分\n每处扣2分。",
    "names alone": "环境卫生：满分20分，每处脏乱扣1分。\n垃圾分类：满分30分，准确率达90%得满分。\n河道管护：满分50分，漂浮物每处扣2分。",
    "points on a line": "环境卫生\n20分\n每处脏乱扣1分。\n\n垃圾分类\n30分\n达90%得满分。\n\n河道管护\n50分\n每处扣2分。",
    "points before names": "[20分] 环境卫生\n每处脏乱扣1分\n[30分] 垃圾分类\n达90%得满分\n[50分] 河道管护\n每处扣2分",
    "leaders": "1、环境卫生 ……… 20分\n脏乱扣1分。\n2、垃圾分类 ……… 30分\n达标得满分。\n3、河道管护 ……… 50分\n合  计 …… 100分",
    "spaced out": "1 . 环 境 卫 生 （ 2 0 分 ） ： 脏 乱 扣 1 分 。\n2 . 垃 圾 分 类 （ 3 0 分 ） ： 达 标 得 满 分 。\n"
    "3 . 河 道 管 护 （ 5 0 分 ） ： 每 处 扣 2 分 。",
    "unknown heads": "| 编号 | 考什么 | 分 | 怎么算 | 谁提供 |\n| A1 | 环境卫生 | 20 | 每处脏乱扣1分 | 镇环卫所 |\n"
    "| A2 | 垃圾分类 | 30 | 达90%得满分 | 镇环卫所 |\n| B1 | 河道管护 | 50 | 每处扣2分 | 镇水利站 |",
    "tabs without a head": "1\t环境卫生\t20\t每处脏乱扣1分\n2\t垃圾分类\t30\t达90%得满分\n3\t河道管护\t50\t每处扣2分",
    "codes in tabs": "编码\t指标\t权重\t计分规则\nA\t环境\nA-01\t环境卫生\t20\t每处脏乱扣1分\nA-02\t垃圾分类\t30\t达90%得满分\nB\t治水\n"
    "B-01\t河道管护\t50\t每处扣2分\n合计\t\t100",
    "turned": "| 指标 | 环境卫生 | 垃圾分类 | 河道管护 |\n| 分值 | 20 | 30 | 50 |\n| 怎么算 | 每处脏乱扣1分 | 达90%得满分 | 每处扣2分 |",
    "side by side": "| 指标 | 分值 | 怎么算 | 指标 | 分值 | 怎么算 |\n| 环境卫生 | 20 | 脏乱扣1分 | 河道管护 | 50 | 每处扣2分 |\n"
    "| 垃圾分类 | 30 | 达标得满分 | | | |",
    "drawn": "+----+------+----+----------+\n| 号 | 项目 | 分 | 扣分标准 |\n+----+------+----+----------+\n| 1  | 环境 | 20 | 每处脏乱 |\n"
    "|    | 卫生 |    | 扣1分    |\n+----+------+----+----------+\n| 2  | 垃圾 | 30 | 不准1次  |\n|    | 分类 |    | 扣1分    |\n"
    "+----+------+----+----------+\n| 3  | 河道 | 50 | 漂浮物   |\n|    | 管护 |    | 扣2分    |\n+----+------+----+----------+",
}


def test_names_alone_may_all_have_the_same_points() -> None:
    text = "".join(f"{name}：满分20分，脏乱扣1分。\n" for name in ("环境卫生", "垃圾分类", "河道管护"))
    draft = read_draft("draft.txt", f"青山镇2026年环境整治考核办法\n\n{text}".encode())
    assert [leaf.points for scheme in draft.schemes for _, leaf in scheme.indicators()] == [20, 20, 20]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_indicators_in_every_layout(layout: str) -> None:
    draft = read_draft("draft.txt", f"青山镇2026年环境整治考核办法\n\n{LAYOUTS[layout]}\n".encode())
    leaves = {
        leaf.name.text.replace(" ", ""): leaf.points for scheme in draft.schemes for _, leaf in scheme.indicators() if leaf.kind == "scored"
    }
    assert leaves == {"环境卫生": 20, "垃圾分类": 30, "河道管护": 50}
