"""The calculus of signs: what a sentence does with what it names. A ban on a lack asks for the thing; a penalty for the thing bans it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assesslint.reading.stance import Stance, negated, punished_as_such, stance_of
from tests.reading.drafts import passage, read

Forces = dict[str, str]


def forces(text: str, field: str = "scoring", kind: str = "scored") -> Forces:
    """Return the force of each action that is read from a text."""
    return {d.action: d.force for d in read(text, field, kind=kind).demands}


SIGNS: dict[str, list[tuple[str, Forces]]] = {
    "asked for": [
        ("APP安装率不低于80%，得5分；每低1个百分点扣0.1分。", {"install": "required"}),
        ("各村应建立微信群，入群率达到90%。", {"create_group": "required", "join_group": "scored"}),
        ("干部职工全员激活电子社保卡。", {"activate": "scored"}),
        ("确保网格员全部安装巡查APP。", {"install": "required"}),
        ("每下载APP一户加0.1分，最高加2分。", {"install": "bonus"}),
        ("杜绝漏登漏报，确保APP注册率100%。", {"register": "required"}),
    ],
    "a list of wrongs": [
        ("下列做法查实的，由县减负办每起扣2分：分解APP注册任务；要求打卡。", {"register": "prohibited", "check_in": "prohibited"}),
        ("有下列情形之一的，不得评优：（一）APP注册率不足80%的；（二）未关注公众号的。", {"register": "scored", "follow": "scored"}),
        ("经查实有下列情形之一的，每起扣1分：（一）对未关注公众号的干部进行谈话。", {"follow": "prohibited"}),
        ("有下列情形之一的，每起扣1分：（一）接龙的；（二）打卡代替今年实绩的。",
         {"relay_in_group": "prohibited", "check_in": "prohibited"}),
        ("未出现打卡、上传截图、APP注册排名等行为的得3分。", {"check_in": "prohibited", "register": "prohibited"}),
        ("存在未注册APP等情形的，每户扣0.1分。", {"register": "scored"}),
        ("能够在“邻里通”里亮出电子码的，应占在册户数九成，不足部分扣减。", {"activate": "scored"}),
        ("未发现下列情形的得6分：建群派发任务；要求打卡。", {"create_group": "prohibited", "check_in": "prohibited"}),
        ("未完成下列任务的扣2分：APP安装率达到90%；每日打卡。", {"install": "scored", "check_in": "scored"}),
        ("有下列情形的，每项扣1分：随意建群。APP安装率达到80%的得4分。", {"create_group": "prohibited", "install": "scored"}),
        ("对代打卡、替人登录平台、刷点赞等弄虚作假行为，约谈问责。",
         {"check_in": "prohibited", "log_in": "prohibited", "like": "prohibited"}),
        ("未以APP装机量、开通率、登录次数、在线时长下达指标的得1分。",
         {"install": "prohibited", "open_account": "prohibited", "log_in": "prohibited", "be_active": "prohibited"}),
        ("名单内APP逾期仍要求安装、打卡的，每个扣1分。", {"install": "prohibited", "check_in": "prohibited"}),
        ("APP逾期仍未安装的，每户扣1分。", {"install": "scored"}),
    ],
    "struck off": [
        ("打卡、APP注册数均已从评分表删除。", {"check_in": "prohibited", "register": "prohibited"}),
        ("APP注册数一律不列入。", {"register": "prohibited"}),
        ("原有打卡、点赞等功能未按期下架的，每项扣0.5分。", {"check_in": "withdrawn", "like": "withdrawn"}),
        ("打卡每缺一次扣0.1分，APP未按期下架的扣2分。", {"check_in": "scored"}),
        ("线下线上同步打卡，漏一次扣0.1分。", {"check_in": "scored"}),
        ("无人机巡查代替人工打卡。", {}),
        ("手机打卡代替人工登记，漏一次扣0.1分。", {"check_in": "scored"}),
    ],
    "defined as another thing": [
        ("安装后每只计0.1分，安装率达到90%。此处“安装”专指烟感设备。", {}),
        ("APP安装率达到90%。“安装”指首次注册成功。", {"install": "scored", "register": "scored"}),
    ],
    "handed down to nobody": [
        ("冒名代替APP注册的，依规追究。", {"register": "prohibited"}),
        ("APP注册率不足80%的，依规追究。", {"register": "scored"}),
        ("不给村里下达APP下载、激活任务。", {"install": "prohibited", "activate": "prohibited"}),
        ("未给村里派发APP下载任务的，扣1分。", {"install": "scored"}),
        ("不规定APP下载数、激活数，服务好的得2分。", {"install": "prohibited", "activate": "prohibited"}),
    ],
    "an old demand ends from now on": [
        ("原APP下载率指标自本年度起停止执行。", {"install": "withdrawn"}),
        ("APP下载率自今年起退出考核。", {"install": "prohibited"}),
        ("APP下载率自今年起达到80%。", {"install": "scored"}),
    ],
    "the office that weighs it is punished": [
        ("将APP下载量作为评分项，或要求村干部包户的，每件扣2分。", {"install": "prohibited"}),
        ("APP下载量作为评分项，达到80%的得2分。", {"install": "scored"}),
    ],
    "a lack is punished": [
        ("未安装“乡村通”APP的，每户扣0.1分。", {"install": "scored"}),
        ("未按要求打卡的，每次扣0.5分。", {"check_in": "scored"}),
        ("下载率每低1个百分点扣0.1分。", {"install": "scored"}),
        ("未下载、注册APP的，每人扣0.1分。", {"install": "scored", "register": "scored"}),
        ("网格员每日手机打卡2次，缺一次扣0.1分。", {"check_in": "scored"}),
        ("不下载APP的扣2分。", {"install": "scored"}),
    ],
    "the thing itself is punished": [
        ("发现强制群众下载APP的，每例扣2分。", {"install": "prohibited"}),
        ("微信群数量超过3个的，每多1个扣1分。", {"create_group": "prohibited"}),
        ("要求群众关注公众号的，每起扣1分。", {"follow": "prohibited"}),
        ("经查实摊派APP下载任务的，扣3分。", {"install": "prohibited"}),
        ("建群接龙的，每例扣1分。", {"create_group": "prohibited", "relay_in_group": "prohibited"}),
        ("有下列情形之一的，每项扣1分：（一）强制下载APP；（二）要求截图打卡；（三）在群内接龙。",
         {"install": "prohibited", "check_in": "prohibited", "relay_in_group": "prohibited"}),
    ],
    "banned": [
        ("不得将APP下载量纳入考核。", {"install": "prohibited"}),
        ("不要求群众关注公众号。", {"follow": "prohibited"}),
        ("禁止要求群众下载APP，违者扣5分。", {"install": "prohibited"}),
        ("不得以任何形式下达APP下载任务，违规的每起扣2分。", {"install": "prohibited"}),
        ("不以点赞转发论英雄。", {"like": "prohibited"}),
        ("不得以未下载APP为由拒绝办理业务。", {"install": "prohibited"}),
        ("以上事项仅提供服务，不下达下载指标。", {"install": "prohibited"}),
        ("严禁强制下载APP、强制关注公众号、强制打卡。", {"install": "prohibited", "follow": "prohibited", "check_in": "prohibited"}),
        ("禁止事项：1.下载任务；2.打卡签到。", {"install": "prohibited", "check_in": "prohibited"}),
    ],
    "kept off the scales": [
        ("下载量、注册量、日活跃度一律不纳入考核。", {"install": "prohibited", "be_active": "prohibited"}),
        ("下载量不作为考核内容，以办结率为准。", {"install": "prohibited", "resolve": "scored"}),
        ("工作群“秒回”不作为考核内容。", {"reply_in_group": "prohibited"}),
        ("APP使用率仅供参考，不计入得分。", {"be_active": "prohibited"}),
        ("APP下载次数不计分、不公布。", {"install": "prohibited"}),
        ("线上学习不计时长。", {"study": "prohibited"}),
        ("“青年大学习”不计参学率。", {"study": "prohibited"}),
        ("线上学习时长人均30学时，少1学时扣0.1分。", {"study": "scored"}),
    ],
    "taken away or made less": [
        ("取消手机打卡，改为按月查看办结结果。", {"check_in": "withdrawn"}),
        ("不再要求建立微信群。", {"create_group": "withdrawn"}),
        ("打卡签到一律取消。", {"check_in": "withdrawn"}),
    ],
    "a new turn": [
        ("不得将APP下载量纳入考核，但应确保公众号关注率达到90%。", {"install": "prohibited", "follow": "required"}),
        ("不得强制下载APP但应做好宣传，关注公众号不低于60%。", {"install": "prohibited", "follow": "required"}),
        ("取消纸质签到，改为每日手机打卡2次。", {"check_in": "scored"}),
        ("不考核下载量，改为考核月活跃率，达到60%得满分。", {"install": "prohibited", "be_active": "scored"}),
    ],
    "offered or left to people": [
        ("下载APP可享受便捷服务。", {"install": "allowed"}),
        ("可登录“浙里办”APP。", {"log_in": "allowed"}),
        ("推广“惠民通”APP，坚持自愿原则。", {"promote": "allowed"}),
        ("鼓励群众下载“反诈中心”APP。", {"install": "encouraged"}),
        ("由群众自愿关注公众号。", {"follow": "allowed"}),
        ("APP注册由学员自定。", {"register": "allowed"}),
        ("APP注册任务由县局决定。", {"register": "scored"}),
    ],
    "left to people, yet punished": [
        ("群众自愿关注公众号，未达80%的每低1个百分点扣0.1分。", {"follow": "required"}),
    ],
    "a lack that is spared, shielded, rewarded": [
        ("未下载APP的村，不扣分。", {"install": "mentioned"}),
        ("不得因群众未安装APP而拒绝办理。", {"install": "prohibited"}),
        ("因群众未安装APP而停办业务的，每件扣2分。", {"install": "prohibited"}),
        ("未要求干部打卡的得2分。", {"check_in": "prohibited"}),
        ("APP激活率达到八成的不扣分。", {"activate": "scored"}),
    ],
    "a lack that is banned": [
        ("杜绝未安装APP就上岗的情况。", {"install": "required"}),
        ("不得有未注册APP的商户。", {"register": "required"}),
        ("不得以工作忙为由不下载APP。", {"install": "required"}),
    ],
    "one thing in the place of another": [
        ("打卡次数改为参考信息。", {"check_in": "withdrawn"}),
        ("不看APP下载量，看APP日活率。", {"install": "prohibited", "be_active": "scored"}),
        ("不以APP下载量排名，以激活率排名。", {"install": "prohibited", "activate": "ranked"}),
    ],
    "taken off the scales, yet pressed": [
        ("APP下载情况不排名，但低于60%的村由镇领导约谈。", {"install": "scored"}),
    ],
    "a case told over two clauses": [
        ("将APP下载量作为评分项，或要求居民应装尽装的，每件扣2分。", {"install": "prohibited"}),
    ],
    "not yet dropped": [
        ("群内接龙未取消的，扣1分。", {"relay_in_group": "withdrawn"}),
    ],
    "a purpose lays nothing on what follows": [
        ("为减少会议负担，网格员每日打卡。", {"check_in": "scored"}),
    ],
    "plainly not done": [
        ("不组织网络投票。", {"vote": "prohibited"}),
        ("压减工作群数量，非必要不建群。", {"create_group": "mentioned"}),
        ("不使用工作群接龙。", {"relay_in_group": "mentioned"}),
        ("现场抽查脱岗1人扣1分，不装定位。", {"share_location": "mentioned"}),
        ("脱岗1人扣1分，不打卡的扣0.5分。", {"check_in": "scored"}),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case for cases in SIGNS.values() for case in cases])
def test_what_a_sentence_does_with_what_it_names(text: str, expected: Forces) -> None:
    assert forces(text) == expected


@pytest.mark.parametrize(
    ("kind", "force"), [("scored", "scored"), ("bonus", "bonus"), ("deduction", "scored"), ("veto", "scored"), ("provision", "required")]
)
def test_a_bare_noun_has_the_force_of_its_kind_of_indicator(kind: str, force: str) -> None:
    assert forces("APP下载率、公众号关注率", kind=kind) == {"install": force, "follow": force}


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("每日打卡签到。", "own"),
        ("“每日打卡”得2分。", "own"),
        ("有的地方要求村干部每天打卡。", "quoted"),
        ("过去要求每日打卡。", "quoted"),
        ("过去要求走访，现改为每日打卡。", "own"),
        ("通知指出“有的地方要求基层干部下载各类政务软件并每日打卡签到”的问题应当纠正。", "quoted"),
        ("文件明确规定，每日打卡签到2次。", "own"),
    ],
)
def test_whose_words_they_are(text: str, voice: str) -> None:
    assert {d.voice for d in read(text).demands if d.action == "check_in"} == {voice}


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("APP现有注册用户5万人，高峰时段卡顿较多。", "quoted"),
        ("截至目前APP共有注册用户5万人，用户诉求办结率达到95%得2分。", "quoted"),
        ("APP现有注册用户5万人，年底达到8万人以上。", "own"),
        ("现有党员60人，APP注册率不低于90%。", "own"),
        ("现有党员60人，全部注册APP。", "own"),
        ("APP现有注册用户5万人，系统可用率99%得3分。", "quoted"),
        ("截至去年底APP注册用户达30万人，今年不再下达指标，故障率低于1%得3分。", "quoted"),
        ("截至12月底APP注册用户达30万人得3分。", "own"),
    ],
)
def test_how_things_stand_asks_for_nothing_unless_more_is_asked_for(text: str, voice: str) -> None:
    assert {d.voice for d in read(text).demands if d.action == "register"} == {voice}


@pytest.mark.parametrize(
    ("text", "circumstance"),
    [
        ("每日打卡。", "normal"),
        ("汛期每日打卡。", "emergency"),
        ("应急响应期间，值守人员每日打卡。", "emergency"),
        ("非应急期间每日打卡。", "normal"),
        ("非洲猪瘟应急处置期内每日打卡。", "emergency"),
        ("无论汛期还是平时，每日打卡。", "normal"),
        ("除应急响应外，每日打卡。", "normal"),
        ("重大活动安保期间每日打卡。", "security"),
        ("矿山井下作业人员每日打卡。", "statutory"),
        ("按统计调查制度规定每日打卡。", "statutory"),
        ("做好防汛值守。每日打卡。", "normal"),
    ],
)
def test_when_it_holds(text: str, circumstance: str) -> None:
    assert {d.circumstance for d in read(text).demands if d.action == "check_in"} == {circumstance}


def test_a_stance_in_full() -> None:
    text = passage("汛期未按要求打卡的，每次扣0.5分。")
    assert stance_of(text, text.of("action")[0], "scored") == Stance(
        "scored", "own", "emergency", shortfall=True, penalised=True, asserted=False
    )
    text = passage("确保打卡率达到100%。")
    assert stance_of(text, text.of("action")[0], "scored") == Stance(
        "required", "own", "normal", shortfall=False, penalised=False, asserted=True
    )


@pytest.mark.parametrize(
    ("text", "force"),
    [("不得打卡", "prohibited"), ("取消打卡", "withdrawn"), ("压减打卡", "reduced"), ("坚持打卡", None), ("打卡不纳入考核", "prohibited")],
)
def test_the_negative_force_alone(text: str, force: str | None) -> None:
    read_text = passage(text)
    assert negated(read_text, read_text.of("action")[0]) == force


@pytest.mark.parametrize(
    ("text", "punished"),
    [("建群接龙的，每例扣1分。", True), ("未建群的，每例扣1分。", False), ("建群得2分。", False), ("要求打卡的每次扣1分。", True)],
)
def test_whether_the_doing_itself_is_punished(text: str, punished: bool) -> None:
    read_text = passage(text)
    assert punished_as_such(read_text, read_text.of("action")[0]) is punished


def test_a_ban_ends_with_its_sentence_but_that_of_a_list_head_governs_its_items() -> None:
    assert forces("严禁强制下载APP。关注公众号不少于500人。") == {"install": "prohibited", "follow": "required"}
    assert forces("严禁下列行为：强制下载APP；摊派关注公众号任务。") == {"install": "prohibited", "follow": "prohibited"}


def test_a_target_of_its_own_ends_a_ban() -> None:
    demands = read("不得强制下载APP，关注率不低于60%。", name="公众号").demands
    assert [(d.action, d.force, d.target and d.target.value) for d in demands] == [
        ("install", "prohibited", None),
        ("follow", "required", Decimal(60)),
    ]
