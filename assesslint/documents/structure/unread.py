"""The words of a draft that no scheme holds → notices, so that nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assesslint.documents.model import EMPTY, Document, Paragraph, Table
from assesslint.documents.structure.columns import IndicatorTable, is_head
from assesslint.documents.structure.headless import is_doubtful
from assesslint.documents.structure.lines import Line
from assesslint.documents.structure.outline import is_provision
from assesslint.documents.structure.words import HEADS
from assesslint.findings.model import Notice
from assesslint.scheme.model import Group, Indicator, Prose, Scheme, points_of_scored
from assesslint.text.source import Source, Span

MOST_NOTICES = 50
"""Stretches of words not understood that are told one by one; beyond, they are counted."""

_LONGEST_QUOTED = 40
_MOST_NAMED, _LONGEST_NAMED = 5, 16
"""How many of the lines taken for no indicator are named, and by how many characters each."""
_LONGEST_EXCERPT = 200
_DOUBTFUL = (
    "这个表格没有表头，看不出哪一列是分值、哪一列是评分标准，各行按文字检查，分值没有读入；请在表格第一行补上“序号、指标名称、分值、评分标准”等表头再检查",
    "this table has no head, and its cells leave open which column gives the points; its rows were checked as text, without points: "
    "add a head such as 序号, 指标名称, 分值, 评分标准 and check again",
)


def not_understood(
    source: Source, parts: Iterable[Line | IndicatorTable], schemes: Iterable[Scheme], seen: Iterable[Span], lang: str
) -> Iterator[Notice]:
    """Tell of words that are in no field of any scheme, and are no number, label or points of a part either, nor `seen`."""
    told = bytearray(len(source.text))
    for span in (*seen, *_places(schemes)):
        _tell(told, span)
    for prose, line in _lines(parts):
        if _untold(source, told, prose.span):
            for inner in [line] if line else Line(Paragraph(prose)).inner_items():
                _tell_structure(inner, told)
    gaps = _untold(source, told, Span(0, len(source.text)))
    for gap in gaps[:MOST_NOTICES]:
        words = source.text[gap.start : gap.end]
        zh = f"“{words[:_LONGEST_QUOTED]}”没有归入任何指标或说明，未作判断"
        en = f"“{words[:_LONGEST_QUOTED]}” belongs to no indicator or provision and was not judged"
        yield Notice("not-understood", zh if lang == "zh" else en, source.path, source.locate(gap), words[:_LONGEST_EXCERPT])
    if len(gaps) > MOST_NOTICES:
        more = len(gaps) - MOST_NOTICES
        zh, en = f"另有 {more} 处文字未作判断", f"{more} more stretches of text were not judged"
        yield Notice("not-understood", zh if lang == "zh" else en, source.path)


def unknown_columns(source: Source, parts: Iterable[Line | IndicatorTable], lang: str) -> Iterator[Notice]:
    """Name, once a table, the heads that no word of ours tells, over cells that hold words; they are read as remarks."""
    for table in parts:
        if isinstance(table, Line):
            continue
        worded = {at for row in table.rows for at, cell in enumerate(row) if any(map(str.isalpha, cell.text))}
        unknown = {at for at in worded if not table.columns[at].known}
        heads = {at: cell for at, cell in reversed(table.head) if at in unknown and cell.pieces}
        if not heads:
            continue
        words = [table.columns[at].word for at in sorted(heads)]
        zh = f"不认识表头{'、'.join(f'“{word}”' for word in words)}，其下内容按备注检查；如是佐证材料、评分标准等，请改用这类通用表头"
        named = ", ".join(f"“{word}”" for word in words)
        en = f"no known column head: {named}; what stands below was checked as remarks; use a usual head such as 佐证材料 or 评分标准"
        yield Notice("unknown-column", zh if lang == "zh" else en, source.path, source.locate(heads[min(heads)].span), words[0])


def partly_recognised(source: Source, schemes: Iterable[Scheme], lang: str) -> Iterator[Notice]:
    """Name the numbered lines taken for no indicator, where the indicators give less than the total or such lines stand among them."""
    for scheme in schemes:
        points = points_of_scored(scheme.items)
        short = scheme.total is not None and 0 < points < scheme.total
        left = list(_numbered(scheme.items, everywhere=short))
        if not left:
            continue
        told = [item.fields[0].value.text[:_LONGEST_NAMED] for item in left[:_MOST_NAMED] if isinstance(item.fields[0].value, Prose)]
        more = len(left) - len(told)
        zh = "、".join(f"“{words}”" for words in told) + (f"等 {len(left)} 处" if more else "")
        en = ", ".join(f"“{words}”" for words in told) + (f" and {more} more" if more else "")
        sums = (
            f"已认出的指标合计 {points} 分，不到总分 {scheme.total} 分；",
            f"the indicators found give {points} of {scheme.total} points; ",
        )
        message = (
            f"{sums[0] if short else ''}有编号而没有认作指标的：{zh}，按说明检查；如是指标，请写明分值，如“（10分）”",
            f"{sums[1] if short else ''}numbered, but taken for no indicator: {en}; checked as provisions: "
            "give points, as in （10分）, if they are",
        )
        yield Notice("partly-recognised", message[lang != "zh"], source.path, source.locate(left[0].span), told[0])


def _numbered(items: tuple[Group | Indicator, ...], *, everywhere: bool) -> Iterator[Indicator]:
    """Yield the provisions that begin with a number and name no section without indicators: all, or those among indicators."""
    scored = [at for at, item in enumerate(items) if isinstance(item, Indicator) and item.kind == "scored"]
    for at, item in enumerate(items):
        if isinstance(item, Group):
            yield from _numbered(item.items, everywhere=everywhere)
        elif item.kind == "provision" and (everywhere or (scored and scored[0] < at < scored[-1])):
            value = item.fields[0].value if item.fields else None
            line = Line(Paragraph(value)) if isinstance(value, Prose) else None
            if line and line.marker and not is_provision(line):
                yield item


def tables_without_head(document: Document, parts: Iterable[Line | IndicatorTable], lang: str) -> Iterator[Notice]:
    """Say of each table without a head what its columns were taken for, or that its rows are lines though they seem to give points."""
    source, read = document.source, set[int]()
    for table in parts:
        if isinstance(table, IndicatorTable):
            read.update(cell.span.start for cell in table.cells() if cell.text)
            if not table.head:
                yield _notice("table-without-head", _told(table, lang), source, next(cell for cell in table.cells() if cell.text))
    for block in document.blocks:
        if isinstance(block, Table):
            first = next((cell for row in block.rows for cell in row if cell.text), EMPTY)
            if first.text and first.span.start not in read and not any(map(is_head, block.rows)) and is_doubtful(block):
                yield _notice("table-without-head", _DOUBTFUL[lang != "zh"], source, first)


def _told(table: IndicatorTable, lang: str) -> str:
    held = [
        (at, column.word or HEADS[column.role]) for at, column in enumerate(table.columns, 1) if any(row[at - 1].text for row in table.rows)
    ]
    if lang == "zh":
        columns = "、".join(f"第{at}列为{word}" for at, word in held)
        return f"这个表格没有表头，按各列内容读作：{columns}；如有不符，请补上表头再检查"
    columns = ", ".join(f"column {at} {word}" for at, word in held)
    return f"this table has no head; by its cells it was read as: {columns}; if that is wrong, add a head and check again"


def _notice(rule: str, message: str, source: Source, at: Prose) -> Notice:
    return Notice(rule, message, source.path, source.locate(at.span))


def _lines(parts: Iterable[Line | IndicatorTable]) -> Iterator[tuple[Prose, Line | None]]:
    """Yield what stands on its own; a cell is looked at as a line only where words of it are missing."""
    for part in parts:
        if isinstance(part, Line):
            yield part.prose, part
        else:
            yield from ((cell, None) for cell in part.cells() if cell.text)


def _tell(told: bytearray, span: Span) -> None:
    told[span.start : span.end] = b"\x01" * (span.end - span.start)


def _tell_structure(line: Line, told: bytearray) -> None:
    """Count as understood what orders the text: its number, points and labels."""
    ranges = [(0, line.body), *((p.start, p.end) for p in line.points), *((label.start, label.end) for label in line.labels)]
    for start, end in ranges:
        for span in line.places(start, end):
            _tell(told, span)


def _untold(source: Source, told: bytearray, within: Span) -> list[Span]:
    """Return the stretches of letters and digits not told, line by line."""
    found = []
    at = told.find(0, within.start, within.end)
    while at >= 0:
        end = told.find(1, at, within.end)
        end = within.end if end < 0 else end
        for words in source.text[at:end].split("\n"):
            if any(map(str.isalnum, words)):
                found.append(Span(at, at + len(words)))
            at += len(words) + 1
        at = told.find(0, end, within.end)
    return found


def _places(schemes: Iterable[Scheme]) -> Iterator[Span]:
    """Yield every place a scheme's words stand at."""
    for scheme in schemes:
        for prose in (scheme.name, scheme.issuer, scheme.audience_text, scheme.basis, scheme.parent, *scheme.duties):
            if prose:
                yield from prose.places
        yield from _item_places(scheme.items)


def _item_places(items: Iterable[Group | Indicator]) -> Iterator[Span]:
    for item in items:
        yield from item.name.places
        if isinstance(item, Group):
            yield from _item_places(item.items)
        else:
            for part in item.fields:
                if isinstance(part.value, Prose):
                    yield from part.value.places
