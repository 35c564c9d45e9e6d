"""What a draft says of itself outside its indicators: title, issuer, level, audience, period, total, basis, consultation, secrecy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from assesslint.documents.model import EMPTY, Paragraph, join_prose
from assesslint.documents.structure.fields import pieces_span
from assesslint.documents.structure.lines import Label, Line
from assesslint.documents.structure.words import (
    AUDIENCES,
    CLASSIFICATIONS,
    LEVEL_SUFFIXES,
    NOTICE_TITLE,
    ORGAN,
    SCHEME_LABELS,
    SECRECY_MARK,
    TITLE,
    TITLE_SUBJECT,
)
from assesslint.scheme.model import Consultation, Period, Prose, Scheme, Term
from assesslint.scheme.vocabulary import central_vocabulary
from assesslint.text.normalise import normalise
from assesslint.text.quantity import number
from assesslint.text.source import Span

_LONGEST_TITLE = 60
_SHORTEST_TITLE = 6
_LONGEST_PLAIN_TITLE = 40

_ATTACHMENT = re.compile(r"^附(?:件|表)?\s?[\d一二三四五六七八九十]{0,3}[：、.]?")
_QUOTED_TITLE = re.compile(r"《([^《》]{4,50})》")
_BRACKETED = re.compile(r"（([^（）]*)）$")
"""What the end of a title adds in brackets: （列入2026年度督查检查考核计划第1项）."""
_ISSUER_IN_TITLE = re.compile(
    r"^([\u4e00-\u9fff×○]{2,24}?(?:局|委员会|委办公室|政府办公室|办公室|办|厅|部|中心|人民政府|领导小组|党委|党工委|委组织部|委宣传部|委政法委|委网信办|街道办事处|[乡镇县市区省]委))(?=关于|印发|\d{4}年|二零|[\u4e00-\u9fff]{0,8}(?:考核|考评|工作方案))"
)
_ISSUER_TOLD = re.compile(
    r"(?:^|[，。；])(?P<issuer>[\u4e00-\u9fff×○]{1,14}?[^我本各]?(?:局|委办公室|委组织部|委宣传部|委政法委|委统战部|委办|厅|中心|妇联|总工会|残联|团委))"
    r"(?:结合[^，。；]{1,10})?(?:研究|牵头|负责)?(?:制定|起草|拟定|制订)(?:了|出)?(?:本|以下|如下)"
)
"""Who says in the opening that it drew the scheme up (市委组织部研究制定本细则)."""
_DATE = r"(?:(\d{4})[年./-])?(?:(\d{1,2})[月./-])?(\d{1,2})日?"
_FULL_DATE = r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?"
_DATE_RANGE = re.compile(rf"{_FULL_DATE}(?:起)?(?:至|到|-+|~)\ ?{_DATE}")
_DATE_LINE = re.compile(
    r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|二零[零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_TOTAL = re.compile(
    r"(?:总分值?|满分|分值合计|合计分值|总计|合计|(?:(?<![^，。；（])|(?<=办法))共计?)(?:为|是|按|：|设定为|共计?)*[\ .…·]*"
    r"(\d+(?:\.\d+)?|[1il][o0]{2,3}|[一二三四五六七八九十百千]{1,4})分"
)
_TOTAL_VALUE = re.compile(r"(\d+(?:\.\d+)?|[1il][o0]{2,3})(?![.、\d])分?")
_BETWEEN_LABELS = " \t\u3000｜|；;，,、/"
"""Marks that part one label and its value from the next on one line."""
_HUNDRED = re.compile(r"(百|千|1000?)分制(?!折)")
_CONSULTED = re.compile(r"征[求询][^。；]{0,24}?意见(?!稿)|征求意见稿[^。；]{0,24}(?:发|送)(?:至|给|到|往)?(?:各|全|所有)")
_BASIS = re.compile(
    r"(?:列入|纳入|根据|依据|按照|依照|对照|落实)[^。；]{0,30}(?:督查|考核|检查)[^。；]{0,10}计划|年度[^。；]{0,6}(?:督查检查考核|督检考)计划"
    r"|[经报][^，。；]{2,24}(?:同意|批准|审定)|(?:根据|依据|按照)[^。]{0,12}《"
)
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:自治区|(?<!镇)街道|社区(?=居|委|党)|省|市(?![场政民容域])|[州盟](?!府)|县|(?<![社小园辖校片库])区(?![块域划])|旗|乡(?!村|镇)|(?<!乡)镇(?!街)|村(?=民?委|党))"
)


@dataclass(slots=True)
class Particulars:
    """The fields of a scheme outside its indicators. `consumed` are the lines that say nothing else."""

    title: Prose = EMPTY
    values: dict[str, object] = field(default_factory=dict)
    consumed: set[Line] = field(default_factory=set)
    seen: list[Span] = field(default_factory=list)

    def keep(self, name: str, value: object) -> bool:
        """Note a value; the first one said stands. Tell whether this value does."""
        return not value or self.values.setdefault(name, value) == value


def is_attachment_mark(line: Line) -> bool:
    """Tell whether a line is nothing but 附件2."""
    return _ATTACHMENT.fullmatch(line.text) is not None


def is_title(line: Line) -> bool:
    """Tell whether a line is the title of a scheme and nothing else."""
    if line.marker:
        return False
    text = _ATTACHMENT.sub("", line.text)
    return (
        _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE
        and not re.search(r"[，。；：]", text)
        and TITLE.search(_without_points(text)) is not None
        and TITLE_SUBJECT.search(text) is not None
    )


def _without_points(text: str) -> str:
    return re.sub(r"（[^（）]*分）$", "", text)


def find_title(lines: list[Line]) -> tuple[Line | None, Prose]:
    """Return the line of the title among the first lines of a scheme, and the title."""
    for line in lines:
        if NOTICE_TITLE.search(line.text) and len(line.text) <= _LONGEST_TITLE * 2:
            quoted = _QUOTED_TITLE.search(line.text)
            if quoted:
                return line, line.part(quoted.start(1), quoted.end(1))
            return line, line.prose
        if is_title(line):
            start = _ATTACHMENT.match(line.text)
            return line, line.part(start.end() if start else 0, _title_end(line))
    for line in lines[:3]:
        if _may_be_title(line):
            return line, line.prose
    return None, EMPTY


def _may_be_title(line: Line) -> bool:
    """Tell whether a line, no title by its words, can be one by its place."""
    text = line.text
    if not text or line.marker or len(text) > _LONGEST_PLAIN_TITLE or text.endswith(("。", "：", "；")):
        return False
    labelled = any(not label.alone for label in line.labels)
    return not (labelled or is_attachment_mark(line) or ORGAN.match(text) or _DATE_LINE.fullmatch(text))


def _title_end(line: Line) -> int:
    points = line.points
    return points[0].start if points else len(line.text)


def read_particulars(preamble: list[Line], others: list[Line], every: list[Line]) -> Particulars:
    """Read the lines above the first indicator, for the total and the like the `others` outside indicators too, for the signature all."""
    found = Particulars()
    title_line, found.title = find_title(preamble)
    if title_line:
        _read_title(found, title_line)
    for line in preamble:
        if line is not title_line and not _read_labelled(found, line):
            _read_bracketed(found, line)
            _read_preamble_line(found, line, title_line)
    _read_signature(found, every)
    _read_drafter(found, preamble)
    for line in [*preamble, *others]:
        if line not in found.consumed:
            _read_sentences(found, line)
    told = [line for line in [*preamble, *others] if line not in found.consumed]
    found.keep("basis", _told_in(_BASIS, told))
    consulted = _told_in(_CONSULTED, told)
    found.keep("consultation", consulted and _consultation(normalise(consulted.text).text, consulted))
    issuer = found.values.get("issuer")
    if isinstance(issuer, Prose):
        found.keep("level", _level(issuer) or _level(found.title))
    else:
        found.keep("level", _level(found.title))
    return found


def _read_title(found: Particulars, line: Line) -> None:
    found.consumed.add(line)
    found.seen += line.places(0, len(line.text))
    match = _ISSUER_IN_TITLE.match(_ATTACHMENT.sub("", line.text))
    if match:
        start = line.text.index(match[1])
        found.keep("issuer", line.part(start, start + len(match[1])))
    in_brackets = _BRACKETED.search(line.text)
    if in_brackets and _BASIS.search(line.text, *in_brackets.span(1)):
        found.keep("basis", line.part(*in_brackets.span(1)))
    total = line.points
    if total and total[0].unit == "points":
        found.keep("total", total[0].value)


def _read_labelled(found: Particulars, line: Line) -> bool:
    """Read a line such as 发布单位：清河县大数据局　总分：100分; tell whether all of it was read."""
    if not line.labels or line.labels[0].start != line.body:
        return False
    ends = [*(label.start for label in line.labels[1:]), len(line.text)]
    read = [_read_label(found, line, label, end) for label, end in zip(line.labels, ends, strict=True)]
    if not all(read):
        return False
    found.consumed.add(line)
    found.seen += line.places(0, len(line.text))
    return True


def _read_bracketed(found: Particulars, line: Line) -> None:
    """Read the labels of a line in brackets under the title, whose parts semicolons separate: （依据：…；适用对象：…；满分100分）."""
    if line.text.startswith("（") and line.text.find("）") == len(line.text) - 1:
        for part in re.finditer("[^（）；]+", line.text):
            _read_labelled(found, Line(Paragraph(line.part(*part.span()))))


def _read_label(found: Particulars, line: Line, label: Label, end: int) -> bool:
    """Read what one label of a line gives, up to `end`; tell whether it was understood."""
    role = SCHEME_LABELS.get(label.word)
    text = line.text[label.end : end].rstrip(_BETWEEN_LABELS)
    value = line.part(label.end, label.end + len(text))
    if role is None or not value.text:
        return False
    span = pieces_span([value])
    if role in ("issuer", "parent", "basis"):
        return found.keep(role, value)
    if role == "level" and (level := central_vocabulary().enums["level"].words.get(text)):
        return found.keep("level", Term(level, span))
    if role == "audience":
        found.keep("audience", _audience(text, span))
        return found.keep("audience_text", value)
    if role == "duties":
        return found.keep("duties", (value,))
    if role == "consultation":
        return found.keep("consultation", _consultation(text, value))
    if role == "classification":
        return found.keep("classification", _classification(text, span))
    if role == "period" and (period := _period(text, span)):
        return found.keep("period", period)
    if role == "total" and (total := _TOTAL_VALUE.match(text)):
        return found.keep("total", _number(total[1])) and not any(map(str.isalnum, text[total.end() :]))
    return False


def _read_preamble_line(found: Particulars, line: Line, title_line: Line | None) -> None:
    """Read a line that is the mark of secrecy, the issuer's name, the salutation, the total, or the title again, and nothing else."""
    text = line.text
    total = _TOTAL.fullmatch(text.strip("（）。"))
    if len(text) <= 16 and (mark := _classification(text, line.prose.span)) and SECRECY_MARK.match(text):
        found.keep("classification", mark)
    elif is_attachment_mark(line) or (title_line and "".join(line.prose.text.split()) == "".join(found.title.text.split())):
        pass
    elif total:
        found.keep("total", _number(total[1]))
    elif ORGAN.match(re.sub(r"文件$", "", text)) and (text.endswith("文件") or not found.values.get("issuer")):
        words = re.sub(r"文件$", "", text)
        found.keep("issuer", line.part(0, len(words)))
    elif text.endswith("：") and len(text) <= _LONGEST_TITLE and _audience(text, line.prose.span):
        found.keep("audience", _audience(text, line.prose.span))
        found.keep("audience_text", line.part(0, len(text) - 1))
    else:
        return
    found.consumed.add(line)
    found.seen += line.places(0, len(text))


def _read_signature(found: Particulars, lines: list[Line]) -> None:
    """Read the body and date that close a document; a body alone is the issuer where none was named."""
    for above, line in zip([None, *lines], lines, strict=False):
        if not line.text or not _DATE_LINE.fullmatch(line.text.strip("（）印发")):
            continue
        found.consumed.add(line)
        found.seen += line.places(0, len(line.text))
        if above and ORGAN.match(above.text) and above not in found.consumed:
            _sign(found, above)
    last = lines[-1] if len(lines) > 1 else None
    if last and ORGAN.fullmatch(last.text) and not (last.marker or last.heading or last in found.consumed or found.values.get("issuer")):
        _sign(found, last)


def _sign(found: Particulars, line: Line) -> None:
    found.keep("issuer", line.prose)
    found.consumed.add(line)
    found.seen += line.places(0, len(line.text))


def _read_drafter(found: Particulars, preamble: list[Line]) -> None:
    """Read who says that it drew the scheme up, where no other line names the issuer."""
    told = next((match for line in preamble for match in [_ISSUER_TOLD.search(line.text)] if match), None)
    if told is not None and not found.values.get("issuer"):
        line = next(line for line in preamble if line.text is told.string)
        found.keep("issuer", line.part(*told.span("issuer")))


def _read_sentences(found: Particulars, line: Line) -> None:
    text = line.text
    total = _TOTAL.search(text)
    if total and "total" not in found.values:
        found.keep("total", _number(total[1]))
    for start, end in _sentences(text):
        sentence = text[start:end]
        if re.search(r"考核(?:周期|时间|期)|评价期|自\d{4}年", sentence):
            found.keep("period", _period(sentence, pieces_span([line.part(start, end)])))
    hundred = _HUNDRED.search(text)
    if hundred:
        found.keep("total", Decimal(100 if hundred[1] in ("百", "100") else 1000))


def _number(words: str) -> Decimal | None:
    return number(words.translate(str.maketrans("oil", "011")) if words[-1].isascii() else words)


def _told_in(words: re.Pattern[str], lines: Iterable[Line]) -> Prose | None:
    """Return all sentences that hold such words, together; who was asked and until when often stand in two."""
    sentences = []
    for line in lines:
        sentences += [line.part(start, end) for start, end in _sentences(line.text) if words.search(line.text, start, end)]
    return join_prose(sentences) if sentences else None


def _sentences(text: str) -> list[tuple[int, int]]:
    bounds = [match.end() for match in re.finditer(r"[。；\n]", text)]
    starts = [0, *bounds]
    return [(start, end) for start, end in zip(starts, [*bounds, len(text)], strict=True) if end > start]


def _audience(text: str, span: Span) -> tuple[Term, ...]:
    known = central_vocabulary().enums["audience"].words
    named = re.split("[、，]", text)
    if all(name in known for name in named):
        return tuple(Term(known[name], span) for name in named)
    return tuple(Term(audience, span) for pattern, audience in AUDIENCES if pattern.search(text))


def _classification(text: str, span: Span) -> Term | None:
    return next((Term(level, span) for word, level in CLASSIFICATIONS.items() if word in text), None)


def _period(text: str, span: Span) -> Period | None:
    dates = _dates(text)
    return Period(*dates, span) if dates else None


def _consultation(text: str, value: Prose) -> Consultation:
    start, end = _dates(text) or (None, None)
    return Consultation(start, end, value, value.span)


def _dates(text: str) -> tuple[date, date] | None:
    """Return the first range of dates; the end may leave out its year and month."""
    match = _DATE_RANGE.search(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    try:
        start = date(year, month, day)
        end = date(int(match[4] or year), int(match[5] or month), int(match[6]))
    except ValueError:
        return None
    return (start, end) if start <= end else None


def _level(prose: Prose) -> Term | None:
    """Guess the level of government from the last place in a name: 云川市江北区教育局 is a county's."""
    if re.search(r"^(?:中央|国务院|国家|全国|最高人民)", prose.text):
        return Term("central", prose.span)
    level = None
    year = re.match(r"\d{4}年度?", prose.text)
    at = year.end() if year else 0
    while match := _PLACE.match(prose.text, at):
        suffix = next(s for s in sorted(LEVEL_SUFFIXES, key=len, reverse=True) if match[0].endswith(s))
        level = LEVEL_SUFFIXES[suffix]
        at = match.end()
    return Term(level, prose.span) if level else None


def inherit(scheme: Scheme, first: Scheme) -> Scheme:
    """Return a later scheme of a file with what the first one says for both."""
    return replace(
        scheme,
        issuer=scheme.issuer or first.issuer,
        level=scheme.level or first.level,
        audience=scheme.audience or first.audience,
        audience_text=scheme.audience_text or first.audience_text,
        period=scheme.period or first.period,
        basis=scheme.basis or first.basis,
        consultation=scheme.consultation or first.consultation,
        classification=scheme.classification or first.classification,
    )
