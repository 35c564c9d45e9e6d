"""The words by which drafts mark their parts: labels and column heads, section names, kinds of indicators, titles.

All in normal form (see text/normalise.py). A new label is one word here.
"""

from __future__ import annotations

import re

from assesslint.text.normalise import normalise

_LABELS = {
    "content": (
        "考核内容 指标内容 评价内容 考评内容 工作内容 主要内容 评估内容 内容 考核要求 指标要求 任务要求 具体要求 要求 "
        "指标说明 指标解释 指标释义 指标定义 工作任务 目标任务 重点任务 任务 考核要点 评价要点 工作措施 具体措施 工作目标 "
        "考核目标 考核事项 要点 工作要点 考核重点 评价重点 具体内容 描述 指标描述"
    ),
    "measure": "目标值 指标值 年度目标 年度目标值 目标数 任务数 任务目标 目标要求 目标 计算公式 计算方法 度量",
    "scoring": (
        "评分标准 评分细则 评分办法 评分方法 评分方式 评分规则 评分说明 计分办法 计分标准 计分方法 计分方式 打分方式 赋分方式 "
        "计分规则 计分细则 记分办法 记分标准 考核标准 考评标准 评价标准 评估标准 考核细则 考核评分标准 考核评分细则 评分 赋分标准 赋分规则 "
        "扣分标准 加分标准 加扣分标准 扣分办法 得分标准 标准 考核办法 考核评分办法 评分标准及办法 口径"
    ),
    "evidence": (
        "佐证材料 佐证资料 佐证 印证资料 印证材料 证明材料 支撑材料 备查资料 备查材料 考核资料 考核材料 检查资料 资料清单 "
        "材料清单 所需材料 需提供材料 提供材料 评分依据 考核依据 评价依据 考评依据 得分依据 报送材料 台账资料 档案资料 "
        "验收资料 痕迹资料"
    ),
    "source": (
        "数据来源 指标来源 信息来源 来源 采集方式 数据采集 数据采集方式 取数方式 数据提供单位 取数口径 "
        "取数 取数来源 取数渠道 数据出处 出处 数据渠道 采集渠道 采集途径"
    ),
    "frequency": "考核频次 考核周期 评价周期 考评周期 评价频次 更新频次 更新频率 频次 频率 周期 统计周期 数据周期",
    "reporting": (
        "报送频次 报送要求 报送方式 报送时间 报送时限 报送内容 报送 上报要求 上报时间 上报频次 上报方式 填报要求 填报频次 填报方式 报表要求"
    ),
    "procedure": "办理流程 工作流程 审批流程 操作流程 流程",
    "consequence": "结果运用 运用 结果应用 考核结果运用 考核结果应用 结果使用 后果 奖惩 奖惩措施 奖惩办法 责任追究 问责 追责情形",
    "inspection": "考核方式 考核方法 考评方式 考评方法 评价方式 评价方法 检查方式 检查方法 检查频次 督查方式 督查频次 督查 检查",
    "escalation": "目标分解 任务分解 分解目标 指标分解 分解任务",
    "responsible": (
        "责任单位 责任部门 责任主体 责任科室 责任人 责任领导 牵头单位 牵头部门 牵头科室 配合单位 考核单位 考核部门 考核科室 "
        "评分单位 评分部门 评分主体 评价主体 考核主体 实施主体 被考核单位 完成单位 承办单位 责任 组织单位 考评单位 "
        "数据责任单位"
    ),
    "circumstance": "适用情形 情形 适用条件 适用范围 适用对象",
    "remarks": "备注 说明 注 备考 其他说明 特别说明",
    "points": (
        "分 分值 分数 计分 标准分 标准分值 满分 权重 基本分 基础分 分值权重 考核分值 分值及权重 赋分 配分 指标分值 指标权重 权重分 总分值"
    ),
    "name": (
        "指标名称 考核指标 评价指标 考评指标 评估指标 具体指标 三级指标 四级指标 末级指标 观测点 考核点 指标 指标项 考核项 "
        "考核子项 测评指标 考评项 评价项 评估项 检查项 评分项 测评项 计分项 考核细目 评价细目 细目 子项 名称 三级 考核要素 评价要素 要素"
    ),
    "group": (
        "一级指标 二级指标 指标类别 类别 指标类型 分类 维度 考核项目 考评项目 评价项目 项目 考核类别 考核内容分类 板块 "
        "考核对象类别 事项 工作事项 项目名称 类型 大类 领域 模块 方面 一级 二级"
    ),
    "number": "序号 编号 次序 号 指标编号 指标序号 编码 指标编码 代码 指标代码 项次",
    "issuer": (
        "发布单位 印发单位 印发机关 制定单位 发文单位 起草单位 起草部门 起草 发布机构 发布机关 发文机关 主办单位 制表单位 制表 编制单位 "
        "编制 拟稿单位 牵头单位 牵头部门 考核牵头单位 考核实施单位"
    ),
    "level": "考核层级 发布层级",
    "audience": (
        "考核对象 被考核单位 适用对象 评价对象 考评对象 评估对象 对象 主送 被考核对象 考核范围 "
        "印发 发至 印发范围 发送范围 主送单位 受文单位"
    ),
    "period": "考核期 考核期限 考核时间 考核周期 评价时间 考核年度 实施时间 评价期",
    "total": "总分 满分 总分值 合计 总计 合计分值 分值合计 总计分值",
    "basis": "依据 制定依据 考核依据 计划依据 政策依据 文件依据 立项依据",
    "consultation": "征求意见 征求意见时间 征求意见情况 征求意见范围 征求意见期 公开征求意见 意见征求",
    "parent": "上级方案 上级文件 上级考核方案",
    "classification": "密级",
    "duties": "部门职责 主要职责 本局职责 本部门职责 单位职责 职责",
}

SCHEME_ROLES = ("issuer", "level", "audience", "period", "total", "basis", "consultation", "parent", "classification", "duties")

_COMPOSED = (
    (
        "evidence",
        "查看 查阅 查验 核查 核验 检查 考核 考评 考查 评价 评估 评分 评定 得分 扣分 加分 备查 备检 迎检 "
        "提供 提交 报送 上报 上传 需提供 需提交 需报送 "
        "应提供 应提交 佐证 印证 支撑 证明 认定 验证 验收 审核 所需 归档 存档 留存 痕迹 台账",
        "资料 材料 依据 台账 凭证 档案",
    ),
    ("evidence", "查看 查阅 查验 核验 提供 提交 需提供 需提交 所需 佐证 印证 支撑 证明", "内容 文件 清单 资料清单 材料清单"),
    ("evidence", "佐证 印证 证明 材料 资料 台账", "要求"),
    ("scoring", "评分 计分 记分 打分 赋分 得分 扣分 加分 加扣分 考核 考评 评价 评估 评定 测评 检查", "口径 规则 标准 细则 准则 尺度"),
    (
        "inspection",
        "查看 查阅 查验 核查 核验 检查 抽查 督查 考核 考评 考查 评价 评估 评定 认定 验证 验收 审核 测评 印证 佐证",
        "方式 方法 途径 手段 形式",
    ),
)
"""Fields whose labels are made of what is done and what is looked at, or how: 查阅资料, 核查方式."""

INDICATOR_LABELS = {
    **{done + thing: role for role, doings, things in _COMPOSED for done in doings.split() for thing in things.split()},
    **{word: role for role, words in _LABELS.items() if role not in SCHEME_ROLES for word in words.split()},
}
"""Words before a colon inside an indicator, and over a column: each with the field, or `points`, `name`, `group`, `number`."""

HEADS = {
    "number": "序号", "group": "类别", "name": "指标名称", "points": "分值",
    "content": "考核内容", "measure": "目标值", "scoring": "评分标准", "evidence": "佐证材料", "source": "数据来源",
    "frequency": "考核频次", "reporting": "报送要求", "procedure": "办理流程", "consequence": "结果运用", "inspection": "考核方式",
    "escalation": "目标分解", "responsible": "责任单位", "circumstance": "适用情形", "remarks": "备注",
}  # fmt: skip
"""What stands over a column of each role, unless the draft has words of its own."""

SCHEME_LABELS = {word: role for role, words in _LABELS.items() if role in SCHEME_ROLES for word in words.split()}
"""Words before a colon above the first indicator."""

LONGEST_LABEL = max(map(len, [*INDICATOR_LABELS, *SCHEME_LABELS]))

TOTAL_ROW = re.compile(r"(?:合计|总计|总分|共计|总分值)(?:得分|分值)?[：（]?(?P<points>\d+(?:\.\d+)?)?分?）?")
TOTAL_LINE = re.compile(r"(?:合计|总计|总分|共计|满分)[ .…·：_-]*\d+(?:\.\d+)?分?[。]?")
"""A line that gives the total and nothing else."""
SUBTOTAL_ROW = re.compile(r".{0,8}小计|本页合计")

_VETO = r"一票否决(?:项目?|指标|事项|情形|制度|内容)?|(?:直接)?取消[^，。；：]{0,6}(?:资格|评定)的?(?:情形|事项)"
VETO = re.compile(rf"(?:{_VETO})$")
BONUS = re.compile(
    r"^(?:特色)?(?:加分|奖分|附加分|奖励分|创新加分|激励加分|奖励加分|加减分|加扣分|附加项)"
    r"|(?:加分|附加分|奖励分)(?:项目?|指标|事项|情形|因素|内容|部分)?$"
)
DEDUCTION = re.compile(
    r"^(?:扣分|减分|倒扣分?)(?!标准|办法|细则)|(?:扣分|减分|倒扣|扣减)(?:项目?|指标|事项|情形|因素|内容|部分)$|(?<=..)(?<![加奖每])(?:扣分|减分|扣减)$"
)

KIND_HEAD = re.compile(
    r"(?:(?:特色|创新|附加)?(?:加分|扣分|减分|倒扣分?|奖分|奖励加?分|附加分?)(?:项目?|事项|情形|因素|内容|部分)?"
    rf"|{_VETO})(?:（[^（）]*）)?(?:：|--|$)"
)
"""How a paragraph without number begins that adds points, takes points or vetoes, or heads what does."""

PROVISION = re.compile(
    r"总则|附则|总体要求|指导思想|原则|目的|工作要求|有关要求|相关要求|组织领导|组织实施|组织保障|保障措施|领导|认识|适用范围|时间安排"
    r"|结果(?:运用|应用|使用|评定)|考核(?:结果|程序|步骤|方式|方法|对象|组织|时间|周期|等次|办法|纪律)|实施步骤|方法步骤|说明|注意事项"
    r"|奖惩|职责|依据|纪律|监督|其他事项|要求$|等次|评定|申诉|附件|解释|不得|严禁|禁止|负面"
)
"""Names of sections that hold no indicators of their own where a draft gives no points at all."""

LIST_HEAD = re.compile(r"(?:之一|情形|情况|行为|不得|严禁|禁止|不再|不予|不纳入|不列入|不作为|取消)[^。；]{0,60}：$")
"""A sentence that ends in a colon and turns the meaning of the list under it."""

GOVERNING = re.compile(r"不得|严禁|禁止|不再|不作为|不纳入|不列入|取消|负面清单|情形|不应")
"""Words in a heading that turn the meaning of the items under it: head and items are kept in one prose."""

CLOSING = re.compile(
    r"本(?:细则|办法|方案|标准|表|通知)|运用：|以上(?:考核|各项|指标)|考核结果|附件|附：|附表|联系人"
    r"|各(?:乡镇|镇|街道|单位|部门|地)[^：]{0,12}(?:要|应|须|请)"
)
"""How a paragraph without number begins that closes the indicators before it."""

TITLE = re.compile(
    r"(?:方案|细则|办法|(?:评分|考核|评价|测评|考评|计分|分解|任务|目标|评定|打分|一览|明细)表|评分标准|考核标准|考评标准|评价标准|指标体系|指标表|(?:考核|考评|评估|评价|测评|绩效)指标|责任书|任务书"
    r"|清单|意见|规定|制度)(?:（[^（）]{1,16}）)*$"
)
TITLE_SUBJECT = re.compile(r"任务|指标|考核|考评|评价|评估|督查|测评|绩效|评比|评分|年度|目标管理|\d{4}年")
NOTICE_TITLE = re.compile(r"关于.*的(?:通知|函|意见|通报)$")

ORGAN = re.compile(
    r"(?!(?:信息|文章|稿件)?来源)[\u4e00-\u9fff（）、·]{1,40}(?:局|委员会|委|办公室|办|厅|部|中心|人民政府|政府|领导小组|指挥部|专班|党组|党委|党工委|工委|管委会|办事处"
    r"|联合会|总工会|总队|支队|大队|公司|学校|医院|法院|检察院|协会|联席会议|院|站|所)(?:（[^（）]{2,20}）)?$"
)
"""A line that is nothing but the name of a body."""

LEVEL_SUFFIXES = {
    "省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city", "县": "county", "区": "county", "旗": "county",
    "乡": "township", "镇": "township", "街道": "township", "村": "village", "社区": "village",
}  # fmt: skip
"""The level of government of a place, by how its name ends."""

AUDIENCES = (
    (re.compile(r"乡镇|街道|[各]镇|镇人民政府|乡人民政府|办事处"), "township"),
    (re.compile(r"村[（(]?社区|行政村|各村|村委会|居委会|村居|社区(?!矫正)"), "village"),
    (re.compile(r"县[（(]?[市区]|各县|县区|区县|各区"), "county"),
    (re.compile(r"市州|各市(?!直)|地市|设区市|州市"), "city"),
    (re.compile(r"[县市区省州]直|各部门|各单位|部门|委办局|各科室"), "department"),
    (re.compile(r"学校|中小学|幼儿园"), "school"),
    (re.compile(r"医院|卫生院|医疗机构"), "hospital"),
    (re.compile(r"企业"), "enterprise"),
    (re.compile(r"干部|工作人员|网格员"), "staff"),
)

CLASSIFICATIONS = {"绝密": "top_secret", "机密": "confidential", "秘密": "secret"}

SECRECY_MARK = re.compile(r"(绝密|机密|秘密)(?:★|\*|☆|$|\d|（|\()")
"""How a line begins that is the mark of secrecy of a document and nothing else."""

FIRST_WORDS = 24
"""Longest name taken from the first words of a text that has no heading, in characters."""

LONGEST_HEADING = 40
"""Longest line taken as a heading, in characters."""


DUTIES_SECTION = re.compile(r"(?:部门|主要|本局|本部门|单位|工作)职责[：。]?")


_FILLED_IN = (
    "得分 自评 自评分 自评得分 自查得分 自查情况 自评情况 考核得分 考评得分 评价得分 考核评分 考评打分 打分 "
    "实得分 实际得分 核定得分 核定分 复核得分 复核分 审核得分 最终得分 评定得分 初评得分 初评分 考核分 考评分 "
    "扣分 扣分原因 扣分情况 扣分理由 扣分说明 扣分事项 加分 加扣分 加减分 得分情况 得分说明 完成情况 完成值 "
    "实际完成 实际完成值 实际完成情况 完成率 检查情况 存在问题 考核结果 评分人 考核人 检查人 签字 签名 确认签字 "
    "备案 加分值 扣分值 减分值 加扣分值 加减分值"
)
FILLED_IN = frozenset(_FILLED_IN.split())
"""Heads of columns that are left blank in a draft, to be filled in when the assessment is held."""

ADDED_OR_TAKEN = frozenset(["加分", "加扣分", "加减分", "加分值", "扣分值", "减分值", "加扣分值", "加减分值"])
"""Heads of columns that give the points where no other does and figures stand under them, as in a table of bonuses."""

GROUND = "依据"
"""The head of a column of what is scored by, or of the documents an indicator rests on."""
DOCUMENT = re.compile(r"《|〔\d{4}〕|第[一二三四五六七八九十百\d]+条|文件|通知$|规定$|办法$")
"""What names a document."""

MATERIAL = re.compile(r"(?:资料|材料|台账|档案|凭证|证据|佐证|印证)(?:（[^（）]*）)?$")
"""How the head of a column of proof ends that is no label: 需查看的资料."""

_PROOF = re.compile(
    r"(?:截[图屏]|照片|图片|影像|视频|台账|资料|材料|记录|档案|文件|凭证|清单|报表|痕迹|轨迹|日志|笔记|承诺书|责任[书状]|纪要|名[单册]|复印件|批示件)(?:等|为准)?(?:（[^）]*）)?(?=$|[，；。、和及\n])"
)
_NO_PROOF = re.compile(r"[分扣每]|次|定期|日常|督查|督导|暗访|随机|通报|建立|建有|完善|健全|制定|按时|及时|是否|未|不")

SIGNATURE = re.compile(
    r"(?:(?:单位|部门|科室|主要|分管|党委|考核组)*(?:负责人|领导|组长|成员)|填[表报]人?|审[核批定]人?|[经承]办人?|制表人?|考[核评]人|检查人|复核人"
    r"|(?:被考[核评]|填[表报]|考[核评])?单位|联系人|(?:联系)?电话|(?:填[表报]|考[核评])?(?:日期|时间))?(?:（[^（）]{1,8}）)*(?:签[字名章]|盖章)?(?:（[^（）]{1,8}）)*[：_]"
)
"""How the blanks under a table begin where people sign."""

CONTINUED_TABLE = re.compile(
    r"[（-]*(?:续表|续上表|接上表|接上页|续|转下页|续前表)[\d一二三四五六七八九十]*[）-]*|[-第]*\d{1,4}[-页]*(?:共\d{1,4}页)?"
)
"""What stands between two parts of one table: that it goes on, the number of a page."""

NOTE = re.compile(r"注[：:]|备注|说明|注\d|填表说明|附注")
"""How a row under a table begins that is a remark on it."""

_CORE_ROLES = frozenset({"group", "name", "content", "measure", "scoring"})
_LONGEST_HEAD = 20
_LEAST_HELD = 3
_FIGURE = re.compile(r"[+-]?\d+(?:\.\d+)?[分%]?")


def header_word(text: str) -> str:
    """Return the label a column head stands for, or an empty string: exact, or the longest one it holds.

    Of equals it is what is assessed before its points (内容及分值), and the last.
    """
    plain = _plain_head(text)
    if plain in INDICATOR_LABELS or plain in FILLED_IN:
        return plain
    if not plain or plain in SCHEME_LABELS or len(plain) > LONGEST_LABEL + 6:
        return ""
    held = [word for word in (*INDICATOR_LABELS, *FILLED_IN) if len(word) >= 2 and word in plain]
    return max(held, key=lambda word: (len(word), INDICATOR_LABELS.get(word) != "points", plain.rindex(word)), default="")


def _plain_head(text: str) -> str:
    return re.sub(r"（[^）]*）|[\s/、\n]", "", normalise(text).text.replace("（扣）", "扣").replace("（减）", "减"))


def is_proof(cell: str) -> bool:
    """Tell whether a cell (in normal form) names proof and neither visits nor points: 查看台账, 微信截图."""
    return _PROOF.search(cell) is not None and not _NO_PROOF.search(cell)


def is_header(cells: list[str], *, exact: bool = False) -> bool:
    """Tell whether these cells are the head of a table of indicators.

    Most of them are known (`exact`: by their very words), two beyond doubt; one is what is assessed; none is a sentence or a figure.
    """
    filled = [normalise(cell).text for cell in cells if cell.strip()]
    if len(filled) < 2 or any(len(cell) > _LONGEST_HEAD or is_figure(cell) for cell in filled):
        return False
    words = [word for cell in filled if (word := header_word(cell)) and (not exact or word == _plain_head(cell))]
    sure = sum(is_sure_head(cell) for cell in filled)
    core = any(INDICATOR_LABELS.get(word) in _CORE_ROLES for word in words)
    return sure >= 2 and core and len(words) * 3 >= len(filled) * 2


def is_sure_head(text: str) -> bool:
    """Tell whether these words can hardly be anything but a column's head or a form's label."""
    plain, word = _plain_head(text), header_word(text)
    return bool(word) and (plain == word or len(word) >= _LEAST_HELD)


def is_figure(cell: str) -> bool:
    """Tell whether a cell (in normal form) is a number and nothing else: 10, 10分, （10%）."""
    return _FIGURE.fullmatch(cell.strip("（）")) is not None
