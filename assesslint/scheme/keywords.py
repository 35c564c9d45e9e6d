"""The words of the scheme language: which blocks there are, which fields stand in each, and what a field may hold.

Parser, printer, JSON form and 'did you mean' all read this one table; a new field is one line here. Ids are the names of the tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assesslint.scheme.model import LEAVES
from assesslint.scheme.vocabulary import central_vocabulary


@dataclass(frozen=True, slots=True)
class FieldWord:
    """A field: its id in the tree, its two names, the kinds of value it may hold, and the enumeration its words come from.

    Kinds: `text` (one string), `texts` (one or more), `names` (two or more), `term`, `terms`, `every`, `measure`, `levels`, `flag`,
    `total`, `day`, `period`, `consultation`. `groups` narrows the enumeration to named groups of the vocabulary. Without what is
    `required` its block has no effect.
    """

    id: str
    zh: str
    en: str
    kinds: tuple[str, ...]
    enum: str = ""
    groups: tuple[str, ...] = ()
    required: bool = False

    def word(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class BlockWord:
    """A block: its id, its names, the blocks that may stand in it. An indicator's id is its kind."""

    id: str
    zh: str
    en: str
    fields: tuple[FieldWord, ...] = ()
    blocks: tuple[str, ...] = ()
    pointed: bool = False

    def word(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


TEXT = ("text",)

SCHEME_FIELDS = (
    FieldWord("issuer", "发布单位", "issuer", TEXT),
    FieldWord("level", "层级", "level", ("term",), "level"),
    FieldWord("audience", "对象", "audience", ("terms", "text"), "audience"),
    FieldWord("period", "周期", "period", ("period",)),
    FieldWord("total", "总分", "total", ("total",)),
    FieldWord("basis", "依据", "basis", TEXT),
    FieldWord("consultation", "征求意见", "consultation", ("consultation",)),
    FieldWord("parent", "上级方案", "parent", TEXT),
    FieldWord("classification", "密级", "classification", ("term",), "classification"),
    FieldWord("duties", "部门职责", "duties", ("texts",)),
)

APP_FIELDS = (
    FieldWord("kind", "类型", "kind", ("term",), "object_kind", ("apps", "accounts")),
    FieldWord("operator", "主办", "operator", TEXT),
    FieldWord("operator_level", "层级", "level", ("term",), "level"),
    FieldWord("functions", "功能", "functions", ("terms",), "function"),
    FieldWord("faces", "面向", "faces", ("terms",), "audience"),
    FieldWord("compulsory", "强制", "compulsory", ("flag",)),
)

DATA_FIELDS = (
    FieldWord("source", "来源", "source", TEXT),
    FieldWord("frequency", "频次", "frequency", ("every", "text")),
    FieldWord("filled_by", "填报", "filled_by", ("terms",), "actor"),
    FieldWord("recipients", "报送", "recipients", ("texts",)),
    FieldWord("systems", "系统", "systems", ("texts",)),
    FieldWord("means", "方式", "means", ("term",), "means"),
)

INSPECTION_FIELDS = (
    FieldWord("frequency", "频次", "frequency", ("every", "text")),
    FieldWord("bodies", "部门", "bodies", ("texts",)),
    FieldWord("merged", "合并", "merged", ("flag",)),
    FieldWord("scored", "计分", "scored", ("flag",)),
)

INDICATOR_FIELDS = (
    FieldWord("content", "内容", "content", ("text", "names")),
    FieldWord("measure", "度量", "measure", ("measure", "text", "names")),
    FieldWord("scoring", "评分", "scoring", ("terms", "text", "names"), "scoring"),
    FieldWord("evidence", "佐证", "evidence", ("terms", "text", "names"), "evidence_kind"),
    FieldWord("source", "来源", "source", ("text", "names")),
    FieldWord("frequency", "频次", "frequency", ("every", "text", "names")),
    FieldWord("reporting", "报送", "reporting", ("text", "names")),
    FieldWord("procedure", "流程", "procedure", ("terms", "text", "names"), "step"),
    FieldWord("consequence", "后果", "consequence", ("terms", "text", "names"), "consequence_kind"),
    FieldWord("inspection", "督查", "inspection", ("terms", "every", "text", "names"), "inspection_method"),
    FieldWord("escalation", "目标分解", "escalation", ("levels", "text", "names"), "level"),
    FieldWord("responsible", "责任", "responsible", ("terms", "text", "names"), "actor"),
    FieldWord("circumstance", "情形", "circumstance", ("terms", "text", "names"), "circumstance"),
    FieldWord("remarks", "备注", "remarks", ("text", "names")),
)

WAIVER_FIELDS = (
    FieldWord("reason", "理由", "reason", TEXT, required=True),
    FieldWord("approver", "批准", "approver", TEXT, required=True),
    FieldWord("until", "期限", "until", ("day",), required=True),
)

ITEMS = ("group", *LEAVES)
DECLARATIONS = ("app", "data", "inspection", "waiver")

BLOCKS: Mapping[str, BlockWord] = {
    block.id: block
    for block in (
        BlockWord("scheme", "方案", "scheme", SCHEME_FIELDS, (*DECLARATIONS, *ITEMS)),
        BlockWord("app", "应用", "app", APP_FIELDS),
        BlockWord("data", "数据", "data", DATA_FIELDS),
        BlockWord("inspection", "检查", "inspection", INSPECTION_FIELDS),
        BlockWord("waiver", "豁免", "waiver", WAIVER_FIELDS),
        BlockWord("group", "类别", "group", (), ITEMS, pointed=True),
        BlockWord("scored", "指标", "indicator", INDICATOR_FIELDS, ("waiver",), pointed=True),
        BlockWord("bonus", "加分指标", "bonus", INDICATOR_FIELDS, ("waiver",), pointed=True),
        BlockWord("deduction", "扣分指标", "deduction", INDICATOR_FIELDS, ("waiver",), pointed=True),
        BlockWord("veto", "否决指标", "veto", INDICATOR_FIELDS, ("waiver",), pointed=True),
        BlockWord("provision", "条款", "provision", INDICATOR_FIELDS, ("waiver",), pointed=True),
    )
}

FLAGS = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False}


@cache
def block_words() -> Mapping[str, BlockWord]:
    """Return every word that opens a block."""
    return {word: block for block in BLOCKS.values() for word in (block.zh, block.en)}


@cache
def field_words(block: str) -> Mapping[str, FieldWord]:
    """Return every word that opens a field of this block."""
    return {word: field for field in BLOCKS[block].fields for word in (field.zh, field.en)}


@cache
def all_field_words() -> frozenset[str]:
    return frozenset(word for block in BLOCKS for word in field_words(block))


@cache
def terms_of(enum: str, groups: tuple[str, ...] = ()) -> Mapping[str, str]:
    """Return the words a field of this enumeration takes, each with its id. A scheme says nothing rather than `unknown`."""
    vocabulary = central_vocabulary()
    among = frozenset[str]().union(*(vocabulary.groups[group].members for group in groups)) if groups else None
    return {
        spelling: value
        for word, value in vocabulary.enums[enum].words.items()
        if value != "unknown" and (among is None or value in among)
        for spelling in (word, word.replace(" ", "_"))
    }


KINDS: Mapping[str, tuple[str, str]] = {
    "text": ('一段引号里的文字，如 "县大数据局"', 'one text in quotes, such as "County Data Bureau"'),
    "texts": ('引号里的文字，多项用逗号隔开，如 "户数", "人口"', 'texts in quotes parted by commas, such as "households", "people"'),
    "names": ('引号里的文字，多项用逗号隔开，如 "户数", "人口"', 'texts in quotes parted by commas, such as "households", "people"'),
    "term": ("一个词，如{example}", "one word, such as {example}"),
    "terms": ("不加引号的词，多个用逗号隔开，如{example}", "words without quotes parted by commas, such as {example}"),
    "every": ("频次，如 每周 或 每2月", "a frequency, such as weekly or every 2 months"),
    "measure": ('度量，如 办结率("隐患") >= 95%', 'a measure, such as resolve_rate("hazards") >= 95%'),
    "levels": ("各级的目标，如 省 40%, 市 50%", "targets by level, such as province 40%, city 50%"),
    "flag": ("是 或 否", "yes or no"),
    "total": ("一个数，如 100", "a number, such as 100"),
    "day": ("一个日期，如 2026-12-31", "a day, such as 2026-12-31"),
    "period": ("起止日期，如 2026-01-01 至 2026-12-31", "two dates, such as 2026-01-01 to 2026-12-31"),
    "consultation": (
        '日期和征求的对象，如 2025-12-05 至 2025-12-20, "23个乡镇"',
        'dates and who was asked, such as 2025-12-05 to 2025-12-20, "23 townships"',
    ),
}
"""What each kind of value looks like, for messages; `{example}` are words of the field's enumeration."""


def described(field: FieldWord, lang: str) -> str:
    """Return what a field may hold, as a message says it."""
    column = 0 if lang == "zh" else 1
    kinds = [kind for kind in field.kinds if not (kind == "names" and "text" in field.kinds)]
    joined = ("；或者" if lang == "zh" else "; or ").join(KINDS[kind][column] for kind in kinds)
    return joined.replace("{example}", examples(field, lang))


def examples(field: FieldWord, lang: str) -> str:
    """Return the first words of a field's enumeration in one language."""
    if not field.enum:
        return ""
    names = central_vocabulary().enums[field.enum].zh
    values = list(dict.fromkeys(terms_of(field.enum, field.groups).values()))[:3]
    return "、".join(names[v] for v in values) if lang == "zh" else ", ".join(values)
