"""The same things in words that officials make up: what an inspector objects to, and clean sentences that look like it."""

from __future__ import annotations

from functools import cache

import pytest

from assesslint.policy.rulebook import Rulebook, load_rulebook
from assesslint.reading.read import read_scheme
from tests.quality import AS_OF
from tests.reading.drafts import draft

DRAFTING = frozenset({"vague-scoring", "unplanned-assessment", "process-over-results", "no-consultation"})
"""Rules about how a scheme is drafted, which a single sentence cannot keep."""

OBJECTED = [
    (
        "学法",
        "“安培在线”人均修满12学时得8分。由县局横向比较，居末一成的企业列为下年度重点执法对象。",
        "activity-quota usage-ranking usage-accountability",
    ),
    (
        "“清河通”推广",
        "“清河通”注册率达到80%得满分，连续两次垫底的，其书记不作为“两优一先”推荐对象。",
        "download-quota usage-ranking usage-accountability",
    ),
    ("民情日志", "民情日志每月少于8篇的村，次年村级运转经费缓拨三个月。", "volume-quota usage-accountability"),
    ("推文转发", "转发量不足的单位，主要负责人到部务会上说清楚，并取消年终文明奖。", "engagement-quota usage-accountability"),
    ("干部走访每日钉钉打卡", "打卡不满的，由包联领导上门“谈心”，本人写出自查报告。", "check-in usage-accountability"),
    ("隐患上报", "网格员上报隐患少于10条的，当月补助按七成发。", "volume-quota usage-accountability"),
    ("推广", "“清河通”注册数每旬晒一次，前三名插红旗，后三名插黄旗。", "download-quota usage-ranking frequent-ranking"),
    ("走访记录", "各村走访记录条数按红黄绿标注在大屏，实时更新。", "usage-ranking volume-quota"),
    ("网格报事", "平台报件数每月公布一次，居前的评为“金牌网格”。", "volume-quota usage-ranking frequent-ranking"),
    ("粮食烘干", "每月10日前，把上月各镇的粮食烘干进度编成简报印发各镇，末位的在县调度会上亮相。", "frequent-ranking"),
    ("空气质量", "空气质量优良天数每季度排出前后三名，印发各乡镇。", "frequent-ranking"),
    ("投资", "固定资产投资完成率按月排队，通报到各乡镇主要领导。", "frequent-ranking"),
    ("银龄", "辖区60岁以上老人“银龄通”一个不漏装到手机上。", "download-quota unrealistic-target"),
    ("土地托管", "农户土地托管签约一户不少，有一户不签扣1分。", "unrealistic-target"),
    ("两癌筛查", "适龄妇女“两癌”自愿筛查率要达到百分之百，少一人扣0.1分。", "unrealistic-target"),
    ("医保参保", "城乡居民医保参保率100%，少一个百分点扣1分。", "unrealistic-target"),
    ("献血", "无偿献血人人参与，参与率100%。", "unrealistic-target"),
    ("物业", "全年物业投诉“零发生”，每发生一件扣1分。", "unrealistic-target"),
    ("信访", "确保辖区无一人越级、无一人进京、无一人集访，出现一次扣5分。", "unrealistic-target"),
    ("安全课程", "学生网上安全课程学完率必须达到百分之百，家长一个也不能掉队。", "activity-quota unrealistic-target"),
    ("宣传", "在省级媒体发表的每篇计5分、市级3分、县级1分，累加不封顶。", "volume-quota"),
    ("政务信息", "信息被省、市、县三级采用，依次计3分、2分、1分。", "volume-quota"),
    ("调研", "调研成果转化为县领导批示的，一件记3分。", "volume-quota paperwork-quota"),
    ("校园新闻", "每校每月推送校园新闻4条以上，少一条扣0.2分。", "volume-quota"),
    ("人居环境", "每村每周至少发现并上传环境问题3处，照片两张以上。", "volume-quota"),
    ("案例", "案例入选省级典型案例汇编的，每篇加2分。", "volume-quota"),
    ("排查", "每周五下班前将本周排查数报县专班，没有的也要写“无”。", "excessive-frequency"),
    ("复工", "每日17时前在系统更新复工人数，缺一天扣0.1分。", "excessive-frequency"),
    ("平安", "各村每天早晚两次在“应急通”上报平安。", "excessive-frequency"),
    ("招商", "每周二、周四分别报送一次招商线索进展表。", "excessive-frequency"),
    ("项目", "项目进度一周一调度，周三前填表报发改局。", "excessive-frequency"),
    ("宅基地", "县自然资源局承担的农村宅基地审批现场勘测，今年起交由各村自行完成。", "duty-shift"),
    ("餐饮油烟", "我局负责的餐饮油烟日常检查下沉到乡镇，由乡镇每季度检查一遍。", "duty-shift"),
    ("矫正", "原由司法局承担的社区矫正对象走访，现改由村（社区）干部每月走访。", "duty-shift"),
    ("检疫", "属本局法定职责的动物检疫，由村级防疫员代行。", "duty-shift"),
    ("家底", "村干部逐户登记村民的婚姻状况、车辆保有、社保参保，填入“一户一表”。", "obtainable-data"),
    ("人口动态", "网格员每季度摸排辖区新生儿、死亡人员名单上报卫健办。", "obtainable-data"),
    ("学生", "各村把本村大学生录取院校、助学贷款逐人问清，造册报县教育局。", "obtainable-data"),
    ("企业", "社区收集企业营业执照、纳税额、从业人数，汇总报县统计局。", "obtainable-data"),
    ("用能", "村级上门采集农户用电量、用水量。", "obtainable-data"),
    ("联络", "镇党建办在“支部联络圈”发通知后，两小时内无人应声的支部扣0.2分。", "group-burden"),
    ("楼栋", "楼栋长须把每户至少一人拉进楼栋大群，入群比例九成以上得3分。", "group-burden"),
    ("审批", "线上审批走完后，还要打印一套签字归档备查，缺一份扣0.2分。", "dual-track"),
    ("巡查", "巡查记录手机上填一遍，红皮本上再抄一遍。", "dual-track"),
    ("档案", "系统里建档，柜子里也要有一份，两边一致得5分。", "dual-track"),
    ("督查", "县委办、政府办、督查室每月各到镇查一次，查一次打一次分。", "excessive-inspection"),
    ("环境", "每旬一暗访、每月一明察，问题一处扣0.5分。", "excessive-inspection"),
    ("完成率", "市定目标95%，县里按97%考，各镇自己再加两个点。", "target-escalation"),
    ("进度", "省里要求年底前完成，我县提前到9月底，各乡镇须再往前赶一个月。", "target-escalation"),
    ("重视", "党委会每月专题研究不少于两次，出台文件不少于三件，每少一次扣1分。", "paperwork-quota"),
    ("组织领导", "成立以书记为组长的专班、配套出台方案的得3分。", "paperwork-quota"),
    ("满意度", "入户时把“怎么答”讲明白，让受访群众都能说出“非常满意”。", "rating-pressure"),
    ("测评", "测评前对抽样户逐一走访、送上小礼品，争取评高分。", "rating-pressure"),
    ("攻坚", "村支书与镇党委签军令状，完不成自动请辞。", "responsibility-letter"),
    ("禁烧", "村村户户签订禁烧承诺书，签订率100%。", "responsibility-letter"),
    ("项目", "一事不合格，年度考核直接定为末等。", "unlisted-veto"),
    ("会议", "只看会议签到册和现场照，两样齐了就给满分。", "trace-only-evidence"),
    ("资料", "年终按台账厚薄、照片多少排档赋分。", "trace-only-evidence"),
    ("走访", "每次入户须在门牌前自拍一张，水印里要有时间地点。", "check-in"),
    ("巡河", "巡河时手机须全程开着位置，里程不满两公里的不算数。", "check-in"),
    ("视频号", "村级视频号涨粉千人以上得2分，每多五百人加0.5分。", "follow-quota"),
]
CLEAN = [
    ("考核", "年底按总分排名，一次性通报。", ""),
    ("水质公开", "水质监测结果按月向社会公布。", ""),
    ("低保", "低保对象应保尽保，漏保一户扣1分。", ""),
    ("隐患整改", "重大隐患整改率100%，一处不落。", ""),
    ("走访", "监测户走访一户不漏，每季度至少入户1次，现场核查。", "现场核查"),
    ("普法", "全年开展普法讲座4场，每少一场扣1分。", ""),
    ("农田", "建成高标准农田1200亩，每少10亩扣0.2分。", "验收"),
    ("法援", "法律援助案件办结120件，质量评查合格率95%以上。", "案卷评查"),
    ("危房", "发现危房及时上报，瞒报漏报一处扣2分，不设上报数量指标。", "现场核查"),
    ("防汛", "汛期每日8时报送水情，汛期结束即停。", ""),
    ("总结", "每季度报送一次工作总结。", ""),
    ("报表", "每月10日前报送上月报表一次。", ""),
    ("交通", "道路运输执法由县交通运输综合执法大队负责，乡镇只提供线索。", ""),
    ("审批", "县局负责审批，乡镇协助公示。", ""),
    ("核减", "由公安、民政系统推送死亡人员名单，村级只核实。", ""),
    ("残疾人", "残疾人名单由残联系统共享，村里不再填报。", ""),
    ("消防", "发生亡人火灾的，依照《消防法》追究责任。", ""),
    ("大厅", "签到厅供群众排队取号使用。", ""),
    ("评价", "群众对办理结果自行评价，评价多少与得分无关。", ""),
    ("隐患", "重大隐患一处不漏、一户不落整改到位，整改率100%得5分。", "现场核查"),
    ("招商", "落户企业按期投产率90%以上得5分。", "现场核查"),
    ("政务服务", "“清河通”上办理落户迁移的事项按期办结率达到98%得5分。", "系统数据"),
    ("巡逻", "巡逻车出巡率达到95%得3分。", "系统数据"),
    ("便民", "群众持纸质凭证或者电子凭证均可办理，拒收纸质凭证的每例扣1分。", "暗访"),
    ("兑付", "申报资料齐全的，3个工作日内兑付率100%得5分。", "系统数据"),
    ("廉洁", "收受购物卡的一票否决，依照有关规定处理。", "查实案件"),
    ("监控", "林区视频监控掉线超过2小时未修复的，每次扣0.5分。", "系统数据"),
    ("公开", "法院判决书公开率达到100%得5分。", "系统数据"),
    ("防汛", "汛期应急广播每日播报两次，汛后停止。", "系统数据"),
    ("营养餐", "学生营养餐食材检测一天不漏，检测率100%得5分。", "现场核查"),
    ("补贴", "残疾人补贴由系统比对残疾等级、社保缴纳数据自动发放，错发一人扣0.5分。", "系统数据"),
    ("排污", "分局负责的排污许可核查由分局完成，乡镇只提供线索。", "抽查"),
    ("整合", "乡镇不得自行开发小程序，已建的年底前并入县级平台。", "现场核查"),
    ("反诈", "居民是否安装“反诈卫士”由本人决定，不落实率指标。", "回访"),
    ("帮扶", "对排名末位的企业不作为执法检查重点，只作帮扶。", "回访"),
    ("托管", "土地托管是否签约由农户自愿，不设签约率。", "回访"),
    ("信息", "报送信息不设条数，采用与否不计分。", ""),
    ("移风易俗", "村民红白事随礼不超过100元，超过一户扣0.5分。", "入户核查"),
    ("法援", "工会会员法律援助一案不漏，受理率100%。", "案卷评查"),
    ("公益诉讼", "公益诉讼线索移送后办结率95%以上得5分。", "案卷评查"),
    ("志愿", "志愿服务时长由志愿者自愿记录，不作考核。", ""),
    ("网格", "网格员入户时发现的问题按期办结率95%得5分，不考核上报条数。", "系统数据"),
    ("学风", "学生到课情况由任课教师课堂点名，无故旷课率低于1%得5分。", "现场核查"),
    ("电梯", "电梯维保每15天一次，逾期一台扣0.5分。", "系统数据"),
    ("校医", "各校每日晨午检，发现传染病2小时内报告，瞒报一例扣5分。", "疾控核查"),
    ("清运", "垃圾清运车每日两次进村，漏一次扣0.2分。", "现场核查"),
    ("执法", "执法检查按双随机计划实施，不得随意列为重点检查对象。", "案卷评查"),
]


@cache
def _rulebook() -> Rulebook:
    return load_rulebook()


def rules(name: str, scoring: str, evidence: str = "") -> set[str]:
    """Return the rules that object to an indicator."""
    cells = {"scoring": scoring, **({"evidence": evidence} if evidence else {})}
    scheme, source = draft(cells, name=name, points=10)
    return {o.rule for o in _rulebook().judge(read_scheme(scheme, source).facts, AS_OF)} - DRAFTING


@pytest.mark.parametrize(("name", "scoring", "expected"), OBJECTED)
def test_what_is_meant_is_seen_in_other_words(name: str, scoring: str, expected: str) -> None:
    assert rules(name, scoring) == set(expected.split())


@pytest.mark.parametrize(("name", "scoring", "evidence"), CLEAN)
def test_what_only_looks_like_it_is_let_be(name: str, scoring: str, evidence: str) -> None:
    assert rules(name, scoring, evidence) == set()
