"""Sentences → Demands: who is to do what with which object, counted how, against what target."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assesslint.reading.facts import NO_WORDS, Demand, Object, Target
from tests.reading.drafts import read, read_cells, said

VOLUNTARY = frozenset(
    [
        "install",
        "register",
        "activate",
        "bind",
        "authenticate",
        "open_account",
        "scan_code",
        "promote",
        "follow",
        "log_in",
        "be_active",
        "study",
        "answer_quiz",
        "like",
        "forward",
        "comment",
        "vote",
        "view",
        "take_survey",
        "give_rating",
        "join_group",
    ]
)


def demand(action: str, kind: str = "unknown", name: str | None = None, force: str = "scored", **rest: Any) -> Demand:
    """Return a demand as the readers write it: what others choose is voluntary for them unless told."""
    rest.setdefault("control", "voluntary" if action in VOLUNTARY else "unknown")
    return Demand(NO_WORDS, force, action, Object(kind, name), **rest)


def rate(percent: int, operator: str = "at_least", **rest: Any) -> dict[str, Any]:
    target = Target(operator, Decimal(percent), "percent", universal=percent == 100, **rest)
    return {"measure": "rate", "scoring": "threshold", "target": target}


def count(number: int, scoring: str = "threshold", **rest: Any) -> dict[str, Any]:
    return {"measure": "count", "scoring": scoring, "target": Target("at_least", Decimal(number), "count", **rest)}


MONTH, QUARTER = Decimal(30), Decimal(91)

DEMANDS: list[tuple[str, str, Demand]] = [
    ("“渝快办”APP安装率达到80%以上，得5分。", "安装率达到80%", demand("install", "app", "渝快办", **rate(80))),
    ("完成实名认证2000人以上。", "实名认证2000人", demand("authenticate", "app", **count(2000))),
    ("政务小程序扫码量不少于1000次。", "扫码量不少于1000次", demand("scan_code", "mini_program", force="required", **count(1000))),
    ("关注公众号人数不少于500人。", "关注公众号人数不少于500人", demand("follow", "public_account", force="required", **count(500))),
    ("月活跃用户占比达到60%。", "月活跃用户占比达到60%",
     demand("be_active", "platform", actor="residents", frequency=MONTH, **rate(60, per=MONTH))),
    ("每月转发推文不少于10条。", "转发推文不少于10条",
     demand("forward", "article", force="required", frequency=MONTH, **count(10, per=MONTH))),
    ("作品获点赞量不少于2000次。", "点赞量不少于2000次", demand("like", "post", force="required", **count(2000))),
    ("每季度上报隐患不少于10条，每少1条扣0.5分。", "上报隐患不少于10条",
     demand("report_item", "hazard", force="required", frequency=QUARTER, **count(10, "ladder", per=QUARTER))),
    ("被市级以上媒体采用信息每篇加1分。", "采用信息", demand("publish", "brief", scoring="per_item")),
    ("获得县级以上主要领导批示的，每件加2分。", "主要领导批示", demand("obtain_leader_note", "leader_note")),
    ("每季度召开专题会议不少于1次，每少1次扣0.5分。", "召开专题会议不少于1次",
     demand("hold_meeting", "meeting", force="required", frequency=QUARTER, **count(1, "ladder", per=QUARTER))),
    ("满意度测评参评率达到95%以上。", "参评率达到95%", demand("take_survey", "survey", **rate(95))),
    ("引导群众回答“非常满意”。", "引导群众回答", demand("coach_answers", actor="residents")),
    ("全年零信访，发生1起扣1分。", "零信访", demand("avoid_complaints", "complaint")),
    ("学习笔记不少于2万字。", "学习笔记不少于2万字", demand("take_notes", force="required", **count(20_000))),
    ("投诉办结率达到100%。", "办结率达到100%", demand("resolve", "complaint", control="own_work", **rate(100))),
    ("在群内接龙报名。", "群内接龙", demand("relay_in_group", "chat_group")),
    ("收到群通知10分钟内回复“收到”。", "10分钟内回复", demand("reply_in_group", "chat_group")),
    ("干部职工全员激活电子社保卡。", "激活",
     demand("activate", "app", "电子社保卡", actor="staff", target=Target(of="staff", universal=True))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "expected"), DEMANDS)
def test_a_sentence_of_one_demand(text: str, words: str, expected: Demand) -> None:
    assert [said(d) for d in read(text).demands] == [(words, expected)]


ACTIONS: list[tuple[str, list[tuple[str, str]]]] = [
    ("“渝快办”APP于6月底前激活人数达到500人。", [("activate", "app")]),
    ("下载“渝快办”APP并完成注册、登录。", [("install", "app"), ("register", "app"), ("log_in", "app")]),
    ("每户至少绑定1名亲属。", [("bind", "app")]),
    ("向群众推广“惠民通”小程序，覆盖率达到90%。", [("promote", "app"), ("promote", "mini_program")]),
    ("每月转发推文不少于10条，点赞不少于20次。", [("forward", "article"), ("like", "article")]),
    ("巡查轨迹每日不少于2公里。", [("share_location", "unknown")]),
    ("每月使用“随手拍”功能不少于5次。", [("use_feature", "feature")]),
    ("各村应建立微信群，入群率达到90%。", [("create_group", "chat_group"), ("join_group", "chat_group")]),
    ("为经营主体开通账号，开通率达到95%。", [("open_account", "app")]),
    ("每村建立1个微信群，入群率95%以上。", [("create_group", "chat_group"), ("join_group", "chat_group")]),
    ("成立领导小组得1分。", [("found_leading_group", "unknown")]),
    ("组织开展网络投票，得票数进入前三名。", [("vote", "post")]),
    ("直播观看人数不少于300人。", [("view", "post")]),
    ("网络课程参学率达到95%。", [("study", "course")]),
    ("县级视频号粉丝量较上年增长20%。", [("follow", "video_account")]),
    ("收集社情民意信息不少于20条。", [("report_item", "brief")]),
]


@pytest.mark.parametrize(("text", "actions"), ACTIONS)
def test_what_is_to_be_done_with_what(text: str, actions: list[tuple[str, str]]) -> None:
    assert [(d.action, d.object.kind) for d in read(text).demands][: len(actions)] == actions
    assert {d.action for d in read(text).demands} == {action for action, _ in actions}


NONE = [
    "新建改造消防设施安装率达到100%。",
    "安装路灯200盏，完好率95%以上。",
    "新增市场主体注册登记500户。",
    "全面关注留守儿童。",
    "打造网红打卡点3处。",
    "红薯粉丝产量增长10%。",
    "平台应用水平分级评价达到5级得3分。",
    "保留的应用全部接入省平台、实现单点登录得2分。",
    "课堂教学、实习实训合计不少于120学时。",
    "井下人员定位系统在线率达到100%。",
    "社保卡激活由银行柜面办理。",
    "专家入场人脸识别故障率低于0.5%。",
    "媒体报道反映问题解决率达到90%。",
    "工作群备案管理，随机访谈30人属实得3分。",
    "工会会员信息由人事系统共享生成。",
    "建议被采纳并转化为政策的得2分。",
    "农业保险覆盖率达到90%。",
    "依法组织换届选举投票。",
    "项目按期上线运行。",
    "激活闲置资产，村集体经济收入增长10%。",
    "扎实开展主题教育学习。",
    "群众安全感明显提升，群防群治有力。",
    "找准产业定位。",
    "上级文件及时转发。",
    "核心群建群规模达到500只，入群种公羊不少于20只。",
    "管理员账号启用双因素认证和实名绑定，发现弱口令每个扣0.5分。",
    "笔录缺签名的每份扣1分。",
    "应急广播终端离线超过48小时未修复的每台扣0.5分。",
    "水质自动监测系统在线率95%以上。",
    "新增高级认证企业4家。",
    "建制村党报当日见报率96%以上。",
    "路口路段按期完成治理，未完成1处扣2分。",
    "每周班会有教案、有记录。",
    "已开放数据集能正常打开、正常下载的比例100%。",
    "在校学生家长匿名填答，满意率90%以上得7分。",
    "重在看学习成果转化。",
    "由申请人补签后装盒备查，缺盒、缺签的每件扣0.1分。",
    "达标率由监测问卷数据认定。",
    "以现场查看和工作日志为准，缺一套扣0.5分。",
    "评标专家签到由电子门禁核验。",
    "“电子铅封”在线率98%以上。",
    "库存由电子围栏监控，货物越界报警10分钟内处置。",
    "防汛责任人履职要点知晓率100%。",
    "学习宣传先进典型由县里统一组织。",
    "“清河通”APP登录异常2小时内修复，登录失败率低于1%。",
    "辅具发放后3个月内回访使用情况，闲置率不高于5%。",
    "居民人均图书阅读量达到8本。",
    "",
]


@pytest.mark.parametrize("text", NONE)
def test_things_that_only_look_like_demands_of_their_kind(text: str) -> None:
    asked = {d.action for d in read(text).demands}
    assert asked <= {"deliver", "resolve", "satisfy"}


@pytest.mark.parametrize(
    ("text", "value", "unit", "operator", "of"),
    [
        ("APP安装率不低于90%。", 90, "percent", "at_least", "unknown"),
        ("APP月活跃度低于60%的扣2分。", 60, "percent", "at_least", "unknown"),
        ("APP安装率达九成以上。", 90, "percent", "at_least", "unknown"),
        ("APP安装率达到百分之八十五。", 85, "percent", "at_least", "unknown"),
        ("APP安装人数过半。", 50, "percent", None, "unknown"),
        ("APP安装量不少于２０００户。", 2000, "count", "at_least", "unknown"),
        ("APP安装率＞60%。", 60, "percent", "at_least", "unknown"),
        ("APP安装量占户籍人口50%以上。", 50, "percent", "at_least", "registered_population"),
        ("APP安装数达到常住人口的三分之二。", None, "percent", "at_least", "residents"),
        ("党员APP安装率达到100%。", 100, "percent", "at_least", "party_members"),
    ],
)
def test_what_is_to_be_reached(text: str, value: int | None, unit: str, operator: str | None, of: str) -> None:
    target = read(text).demands[0].target
    assert target is not None
    assert (target.unit, target.operator, target.of) == (unit, operator, of)
    assert value is None or target.value == value


@pytest.mark.parametrize(
    ("text", "universal"),
    [
        ("党员APP安装率达到100%。", True),
        ("全员下载APP。", True),
        ("APP应装尽装、不漏一户。", True),
        ("家家户户下载APP。", True),
        ("全体党员“强国”人均积分28分。", False),
        ("承租人均须应装尽装“居住通”APP，不漏一户。", True),
        ("APP下载率达到95%。", False),
    ],
)
def test_whether_nobody_may_be_left_out(text: str, universal: bool) -> None:
    target = read(text).demands[0].target
    assert target is not None and target.universal is universal


@pytest.mark.parametrize(
    ("cells", "other", "expected"),
    [
        ({"scoring": "达到80%得5分，每低1个百分点扣0.1分。"}, {"name": "APP安装率"}, ("install", "app", 80)),
        ({"scoring": "全员覆盖得5分。"}, {"name": "“乡村通”APP下载"}, ("install", "app", None)),
        ({"scoring": "注册率达到80%。"}, {"heading": "政务小程序推广"}, ("register", "mini_program", 80)),
        ({"scoring": "注册率达到80%。", "remarks": "指“惠民通”小程序。"}, {}, ("register", "app", 80)),
        ({"scoring": "达到户籍人口的50%。"}, {"name": "APP激活任务"}, ("activate", "app", 50)),
        ({"scoring": "街道不少于12条。"}, {"name": "涉黑涉恶线索"}, ("report_item", "clue", 12)),
    ],
)
def test_a_figure_is_read_with_its_heading(cells: dict[str, str], other: dict[str, str], expected: tuple[str, str, int | None]) -> None:
    found = [(d.action, d.object.kind, d.target.value if d.target else None) for d in read_cells(cells, **other).demands]
    assert expected in found


def test_evidence_of_presence_asks_for_presence() -> None:
    asked = read("打卡记录、巡查轨迹图", "evidence").demands
    assert [(d.action, d.force, d.words.text) for d in asked] == [
        ("check_in", "required", "打卡记录"),
        ("share_location", "required", "巡查轨迹"),
    ]


def test_a_cell_of_evidence_asks_for_nothing_else() -> None:
    assert read("转发截图、点赞记录、学习笔记、会议记录", "evidence").demands == ()


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("村干部每日打卡。", "village"),
        ("乡镇每日打卡。", "township"),
        ("机关干部每日打卡。", "staff"),
        ("督促企业下载APP。", "enterprises"),
        ("组织群众下载APP。", "residents"),
        ("每日打卡。", "unknown"),
    ],
)
def test_who_is_to_do_it(text: str, actor: str) -> None:
    assert read(text).demands[0].actor == actor


@pytest.mark.parametrize(
    ("text", "demanded"),
    [
        ("在家庭医生平台上办理，重点人群签约覆盖率不低于75%。", False),
        ("在医保小程序上办理，参保群众覆盖率不低于75%。", True),
        ("推广优质水稻品种2万亩，在种业平台备案。", False),
        ("电子社保卡激活率80%，激活可由银行网点协助。", True),
        ("推广使用县里开发的“种业通”小程序，农户用户不少于2000户。", True),
        ("“交管通”APP或窗口申领号牌的，3日内办结率95%。", False),
        ("“交管通”APP驾驶员申领率不低于95%。", True),
        ("盘活闲置资产，激活三处。", False),
        ("“邻里通”住户激活三千户。", True),
        ("电子化交易覆盖率100%，全部进入交易平台。", False),
        ("群众在平台上的账号开通率90%。", True),
    ],
)
def test_the_noun_of_a_rate_or_verb_tells_whether_an_app_is_taken_up(text: str, demanded: bool) -> None:
    adoption = {"install", "register", "activate", "bind", "authenticate", "open_account", "scan_code", "promote"}
    assert any(d.action in adoption for d in read(text).demands) is demanded


@pytest.mark.parametrize(
    ("text", "demanded"),
    [
        ("公众号及时发布政策，关注的热点问题办结率95%。", False),
        ("群众关注“清河微讯”不少于2000人。", True),
        ("“清河微讯”粉丝净增2000人以上。", True),
        ("粉丝产品抽检合格率99%以上。", False),
        ("“触达”指接通潜在受害人本人电话，反诈APP另行说明。", False),
        ("点不点赞由群众自愿。", False),
    ],
)
def test_what_is_followed_is_an_account_and_not_a_matter(text: str, demanded: bool) -> None:
    assert any(d.action in ("follow", "promote", "like") for d in read(text).demands) is demanded


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("手机轨迹断点超过40分钟的视为脱岗，每人次扣0.1分。", "scored"),
        ("不得因轨迹断点扣护林员的分。", "prohibited"),
        ("“绿分”APP开通率按季排名。", "ranked"),
        ("“绿分”APP开通率按季排名，后三位扣2分。", "scored"),
        ("“绿分”APP开通率达到80%，按季排名。", "scored"),
        ("“安监通”使用排名连续两个月末位的乡镇，取消评先资格。", "ranked"),
        ("“治理通”用得最少的两个社区由街道约谈。", "ranked"),
        ("“河长通”应用名次列全市前三的得3分。", "scored"),
        ("“平安通”僵尸账号占比超过5%的扣1分。", "scored"),
    ],
)
def test_lapses_are_punished_and_figures_may_be_only_ranked(text: str, force: str) -> None:
    assert force in {d.force for d in read(text).demands}


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("居民领取医保码的比例达到85%。", {"activate"}),
        ("凭医保码就医，报销5日内到账。", set()),
        ("每户手机里都要有“村事通”。", {"install"}),
        ("商户进驻“一码游”平台达到九成。", {"register"}),
        ("“和美家园”的户数占比不低于60%。", {"register"}),
        ("“和美家园”用户满意度不低于90%。", {"satisfy"}),
        ("各单位给主推稿送上大拇指，不少于15人。", {"like"}),
        ("推文一日内晒至个人动态者过半。", {"forward"}),
        ("网民留言反映的问题办结率95%。", {"resolve"}),
        ("单条视频播放破10万。", {"view"}),
        ("每人每天5票，投满为止。", {"vote"}),
        ("抖音号年净增“粉”一万。", {"follow"}),
        ("培育粉丝超10万的助农主播5名。", set()),
        ("进村、出村各“认脸”一次。", {"check_in"}),
        ("到户后用手机扫门上的码。", {"check_in"}),
        ("游客进园扫一次码。", set()),
        ("保洁员手环静止15分钟系统提醒。", {"share_location"}),
        ("路灯故障定位准确率95%。", {"resolve"}),
        ("护林员到六个点位亮码留迹。", {"check_in"}),
        ("每人在“清医云课堂”看课时长不少于60小时。", {"study"}),
        ("每月开科务会不少于2次，缺1次扣0.5分。", {"hold_meeting"}),
        ("没有信访动态的填“无”。", set()),
        ("逐户做好沟通，使其熟悉“非常满意”等规范答复。", {"coach_answers"}),
        ("用微信联络渠道，每户至少一名成员在内。", {"join_group"}),
        ("早晚在APP签到，缺签一次扣0.1分。", {"check_in"}),
        ("稿件在省级以上媒体刊发的，每篇加0.5分。", {"publish"}),
        ("干部在个人朋友圈接力传播20人次。", {"forward"}),
        ("三成以上成为平台“在册”人员。", {"register"}),
        ("手机公积金开通面80%。", {"open_account"}),
        ("官方账号净涨粉三千以上。", {"follow"}),
        ("每户至少有一人看完全部课程。", {"study"}),
        ("五星占到九成五以上。", {"give_rating"}),
        ("省局回访之前先与投诉人把话说透。", {"coach_answers"}),
        ("全年不走上访路。", {"avoid_complaints"}),
        ("从业人员应进尽进“云课堂”，满意度90%。", {"satisfy"}),
        ("住户须全部拉进楼栋群。", {"join_group"}),
        ("服务群众及时，诉求5日内答复率95%。", {"resolve"}),
        ("班级群里接一句“已到家”。", {"relay_in_group"}),
        ("清理一事一群，清理率100%。", set()),
    ],
)
def test_meanings_are_composed(text: str, actions: set[str]) -> None:
    assert {d.action for d in read(text).demands} == actions


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("办事指南所附样表可直接下载。", set()),
        ("“清河通”APP下载量不少于2000。", {"install"}),
        ("月活用户数在“清河通”上达到5000人。", {"be_active"}),
        ("“清河通”注册用户数达到5000人。", {"register"}),
        ("负责人进“政企直通”群的占八成。", {"join_group"}),
        ("“移风易俗通”活动覆盖率达到90%。", set()),
        ("“清河通”小程序激活本人档案的比例达到六成。", {"activate"}),
        ("打开来电预警的不低于九成。", {"activate"}),
        ("本单位职工在评选网页日投一票，漏投扣0.1分。", {"vote"}),
        ("选举大会投票率达到90%，依法选举。", set()),
        ("外贸“朋友圈”扩大到20个国家。", set()),
        ("个人朋友圈每月宣传4次。", {"forward"}),
        ("各村建群，能繁母猪养殖户入群率不低于80%。", {"create_group", "join_group"}),
        ("公众号推文人均阅读量不少于20次。", {"view"}),
        ("“清河通”用户账号实名绑定率达到90%。", {"register", "authenticate"}),
        ("到岗签到，缺签一次扣0.2分。", {"check_in"}),
        ("网格员手持终端离线超过30分钟的扣0.5分。", {"share_location"}),
        ("护路队员巡线手机扫码打点，漏1点扣0.2分。", {"check_in"}),
        ("居民对防汛责任人知晓率100%。", {"satisfy"}),
        ("防返贫监测系统在线率95%以上。", {"log_in"}),
    ],
)
def test_what_else_the_words_are_said_of(text: str, actions: set[str]) -> None:
    assert {d.action for d in read(text).demands} == actions


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("“最美退役军人”学习覆盖率90%。", set()),
        ("“最美家庭”APP注册率80%。", {"register"}),
        ("“一件事一次办”推广率80%。", set()),
        ("“三会一课”质量由党员测评，满意率90%。", {"satisfy"}),
        ("“三会一课”每月召开1次，少1次扣0.5分。", {"hold_meeting"}),
        ("工作群内对县级推送信息30分钟内回复“收到”。", {"reply_in_group"}),
        ("每月向县级推送信息不少于4条。", {"report_item", "publish"}),
        ("工作群由建群单位备案得2分。", set()),
        ("重型货车动态监控轨迹完整率达到95%。", set()),
        ("护林员巡护轨迹完整率达到98%。", {"share_location"}),
        ("朋友圈转发“县文旅”推文的，按人次核定，累计满500人次加1分。", {"forward"}),
        ("“县文旅”公众号满5000人加1分。", {"follow"}),
        ("“清源发布”视频号新增粉丝2万个以上得5分。", {"follow"}),
        ("政务新媒体僵尸账号、低效账号应关尽关，不更新的每个扣1分。", set()),
        ("功能相近的公众号一律注销，未注销的每个扣1分。", set()),
        ("党员干部对“清源发布”公众号应关尽关。", {"follow"}),
        ("资金使用排名靠前的优先支持。", set()),
        ("由党员群众代表无记名测评，好评率80%以上得满分。", set()),
        ("居民代表测评满意率达到85%的得满分。", {"satisfy"}),
        ("12345热线好评率达到98%得满分。", {"give_rating"}),
        ("动员群众代表测评给好评，好评率达到95%。", {"coach_answers", "give_rating"}),
        ("每村张贴海报20张以上。", set()),
        ("每月召开安委会会议学习上级文件，全年不少于12次，少1次扣0.5分。", {"hold_meeting"}),
        ("户均每天记账不少于3笔。", {"report_item"}),
        ("惠企贷款发放不少于200笔得3分。", set()),
        ("入驻“全民消防学习平台”的人员学时满4课时得3分。", {"register", "study"}),
    ],
)
def test_slogans_makers_and_instruments_ask_for_nothing(text: str, actions: set[str]) -> None:
    assert {d.action for d in read(text).demands} - {"deliver"} == actions


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("学习强国日活达80%得5分。", ["be_active"]),
        ("安全教育平台注册率达95%得3分。", ["register"]),
        ("安全教育平台完成率达95%得5分。", ["study"]),
        ("登录安全教育平台完成每周作业，完成率达95%得5分。", ["study"]),
    ],
)
def test_a_platform_is_only_where_the_thing_asked_for_is_done(text: str, actions: list[str]) -> None:
    assert [d.action for d in read(text).demands if d.action in ("study", "register", "be_active", "log_in")] == actions


def test_whom_answers_are_taught_to_is_no_target() -> None:
    coached = [d.target for d in read("满意度调查开始前挨家挨户讲清楚怎样回答。").demands if d.action == "coach_answers"]
    assert coached == [None]
    asked = [d.target for d in read("回访时诉求人答“满意”的须达十成。").demands if d.action == "coach_answers"]
    assert [target.universal for target in asked if target] == [True]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("由统计局电话调查，群众满意度85%—90%得10分，85%以下不得分。", False),
        ("满意度85%以下不得分（来源：群众主动评价）。", False),
        ("通过扫码评价、群众主动评价等方式了解满意度。", False),
        ("群众主动评价达到200条得5分。", True),
        ("电话接通率85%以上得10分，85%以下不得分。", True),
        ("群众参评人数达到60%得5分。", True),
    ],
)
def test_so_many_are_satisfied_and_not_made_to_answer(text: str, asked: bool) -> None:
    demands = read(text, name="群众满意度").demands
    assert any(d.action == "take_survey" for d in demands) == asked
