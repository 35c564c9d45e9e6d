"""Numbers that invite padding: which counts, meetings and papers are demands of their kind, and which words only look so."""

from __future__ import annotations

import pytest

from assesslint.reading.groups import OPINION, PAPERWORK, USAGE, VOLUME
from tests.reading.drafts import read


def asked(text: str, kinds: frozenset[str], **other: str) -> set[str]:
    return {d.action for d in read(text, **other).demands if d.force in ("required", "scored", "bonus")} & kinds


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("镇党委每季度听取一次专题汇报，缺一次扣1分。", "hold_meeting"),
        ("推进会每月1次，缺1次扣0.2分。", "hold_meeting"),
        ("参加推进会每缺1次扣0.5分。", "hold_meeting"),
        ("建立由镇长任组长的工作机构，得1分。", "found_leading_group"),
        ("有工作方案得1分。", "issue_document"),
        ("半年小结齐全的得1分。", "issue_document"),
        ("班子成员每人写感悟2篇，每少一篇扣0.2分。", "take_notes"),
    ],
)
def test_meetings_and_papers_that_score(text: str, action: str) -> None:
    assert action in asked(text, PAPERWORK)


@pytest.mark.parametrize(
    "text",
    [
        "召开院坝会听取群众意见并逐件答复，满意率90%以上得满分。",
        "制定方案，推动隐患整改率达到95%得满分。",
        "指导小区成立业主委员会3个得3分。",
        "方案设计通过专家评审，工程按期竣工得5分。",
        "代表缺席全体会议1次扣2分，请假的不扣。",
        "按市领导批示要求整改到位得2分。",
    ],
)
def test_meetings_and_papers_that_are_only_spoken_of(text: str) -> None:
    assert asked(text, PAPERWORK) == set()


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("每名网格员每月提供身边的安全问题照片不少于8张。", "report_item"),
        ("辖区内查摆问题数量低于20个的，扣2分。", "report_item"),
        ("每村全年至少征集好点子10个。", "report_item"),
        ("每周投喂平台图文素材5组。", "report_item"),
        ("被省委办公厅采编的信息每条记3分。", "publish"),
        ("在央视亮相一次加5分。", "publish"),
        ("主要领导在材料上圈阅的，每件加2分。", "obtain_leader_note"),
        ("工作获县委主要领导批示肯定的，每件加2分。", "obtain_leader_note"),
        ("在《清河日报》刊登稿件每篇加1分。", "publish"),
        ("通过“一键求助”功能办理业务不少于50次得满分。", "use_feature"),
    ],
)
def test_counts_that_invite_invention(text: str, action: str) -> None:
    assert action in asked(text, VOLUME)


@pytest.mark.parametrize(
    "text",
    [
        "排查出的隐患整改率100%得满分。",
        "每发现一处问题未整改的扣0.2分。",
        "两个系统信息录入，三处一致的得4分。",
        "检察建议采纳率80%以上得满分。",
        "公文由领导签批后2个工作日内办结，超期一件扣0.5分。",
        "领导批示件按期办结率100%得满分。",
        "县政府领导批示交办的事项，在批示载明期限内办结得满分。",
        "征收土地公告在《清河日报》刊登不少于10日，少1日扣0.5分。",
    ],
)
def test_counts_of_what_was_handled(text: str) -> None:
    assert asked(text, VOLUME) == set()


def test_points_a_piece_are_for_the_briefs_that_the_name_asks_for() -> None:
    assert asked("省级每篇2分，市级每篇1分。", VOLUME, name="信息宣传") == {"publish"}


def test_a_number_that_is_to_shrink_is_a_ceiling() -> None:
    targets = [d.target for d in read("发文数量比上年减少10%得2分。").demands]
    assert [t.operator for t in targets if t is not None] == ["at_most"]


OPINIONS = OPINION | {"avoid_complaints"}


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("民调开始前由网格员逐户上门沟通。", "coach_answers"),
        ("受访名单由村里先行挑选。", "coach_answers"),
        ("印制测评明白卡，做到人人背得出。", "coach_answers"),
        ("家长按样卷填写测评表，每题勾最右一栏。", "coach_answers"),
        ("评议卷由村干部代为填写。", "coach_answers"),
        ("对打低分的来电人限期劝其重新评价。", "coach_answers"),
        ("发动群众在问卷系统应答不少于300人。", "take_survey"),
        ("窗口“非常满意”按键率须达98%。", "give_rating"),
        ("全年群众进京访为零。", "avoid_complaints"),
        ("年内没有群众向上反映。", "avoid_complaints"),
        ("负面舆情零发生。", "avoid_complaints"),
    ],
)
def test_what_people_are_to_say(text: str, action: str) -> None:
    assert action in asked(text, OPINIONS)


@pytest.mark.parametrize(
    "text",
    [
        "政策答复口径准确，答复差错一次扣0.5分。",
        "指导群众填写低保申请表，差错率不高于2%。",
        "热线电话响铃三声内接听，接听率95%以上。",
        "劳动力调查入户访问完成率95%，代记账的每户扣2分。",
        "热线来电人工接通率95%以上，未接来电2小时内回拨。",
        "信访积案化解率100%，存量清零。",
        "不设零信访、零投诉指标。",
        "问卷由第三方随机发放，样本量不少于300份。",
        "对不满意工单回访整改，二次办结率90%。",
    ],
)
def test_what_people_say_of_themselves(text: str) -> None:
    assert asked(text, OPINIONS) == set()


@pytest.mark.parametrize(
    ("text", "growing"),
    [
        ("“e家”平台注册用户每月比上月增长10%。", True),
        ("APP日活逐季走高。", True),
        ("APP日活只许涨不许跌，达到60%。", True),
        ("APP日活达到60%。", False),
    ],
)
def test_growth_without_end(text: str, growing: bool) -> None:
    assert any(d.target is not None and d.target.growing for d in read(text).demands) is growing


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("村干部每周至少打开“村事通”三次，少一次扣0.1分。", "log_in"),
        ("网格员每日进“平安通”不少于2次。", "log_in"),
        ("“平安通”账号连续7天未登录的，每个扣0.2分。", "log_in"),
        ("僵尸账号占比高于5%的扣2分。", "be_active"),
        ("会用、常用“浙里办”的群众不少于七成。", "be_active"),
        ("每日人均停留平台不少于15分钟。", "be_active"),
        ("网络学院完成50学时，未修满的扣1分。", "study"),
        ("线上家长学校听课率达九成。", "study"),
        ("组织居民参加线上反诈知识闯关，参与人数不少于户数一半。", "answer_quiz"),
        ("学法平台考试参考率达98%。", "answer_quiz"),
    ],
)
def test_how_much_a_platform_is_to_be_used(text: str, action: str) -> None:
    assert action in asked(text, USAGE)


@pytest.mark.parametrize(
    "text",
    [
        "登录系统查询办理进度，办结率95%得满分。",
        "水质在线监测设备在线率98%。",
        "体育场馆使用率70%以上。",
        "消防队员岗位练兵考核合格率95%。",
        "开展专题学习不少于6次，每少一次扣0.5分。",
        "线上平台学分不折抵、不评比。",
    ],
)
def test_use_of_other_things_than_platforms(text: str) -> None:
    assert asked(text, USAGE) == set()


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("“云普法”平台积分：各单位人均不满1200分的，扣0.2分。", True),
        ("平台办理的积分入学名单依规公示。", False),
        ("平台僵尸账号发现后限期清理。", False),
        ("按《地方组织法》每年召开会议不少于两次。", False),
    ],
)
def test_points_accounts_and_meetings_by_law(text: str, asks: bool) -> None:
    found = [d for d in read(text).demands if d.action in USAGE | PAPERWORK and d.force != "withdrawn"]
    assert any(d.circumstance != "statutory" for d in found) is asks
