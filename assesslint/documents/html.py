"""A web page (.html, .htm, .mht) → paragraphs and tables: its visible text, without the site around it.

Menus, headers, footers, share buttons and lists of links are left out and counted in one notice. A table that only lays out the page
gives its paragraphs in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby, takewhile
from urllib.parse import unquote

from assesslint.documents.limits import Limits
from assesslint.documents.model import EMPTY, Block, Document, Paragraph, Remark, Table, join_prose
from assesslint.documents.structure.words import TITLE
from assesslint.documents.transcript import Transcript
from assesslint.documents.web.page import Cell, Grid, Item, Line, Picture, Region
from assesslint.documents.web.text import is_archive, page_bytes, read_web_text
from assesslint.documents.web.walk import walk
from assesslint.scheme.model import Prose
from assesslint.text.location import MarkedPiece, MarkedUpText, TextLocation
from assesslint.text.source import Source

MOST_TOLD = 20
"""Hidden words and pictures told one by one; beyond, they are counted."""

_LEAST_LINKS = 3
"""Links in a row, with nothing but links in their lines, that make a list of links."""

_MOST_LINES_OF_DATA = 3
"""Lines of a cell; more in a table of two columns without a known head say that it lays out text."""

_LONGEST_SITE_LINE = 200
_SITE_LINE = re.compile(
    r"(?:您?(?:当前|现在|目前|所在)的?(?:位置|栏目)|(?:您的)?位置|上一[篇条页]|下一[篇条页])\s*[：:]"
    r"|[\s【\[（(]*(?:打印|关闭|分享|收藏|返回|纠错)[^\u4e00-\u9fff]*(?:本页|此页|窗口|页面|到|顶部|首页|列表)?[\s】\]）):：]*$"
    r"|.*(?:版权所有|ICP备|公网安备|网站标识码|网站地图|技术支持\s*[：:])",
)
"""Lines by which sites lead to other pages and tell of themselves."""
_SITE_LABEL = re.compile(
    r"(?:发布时间|发布日期|信息来源|来源|作者|浏览次数|浏览量|访问量|点击数|点击率|阅读次数|字号|字体|字体大小|责任编辑|编辑|审核|打印|分享)\s*[：:】\]]"
)
_LEAST_SITE_LABELS = 2
_DAY = re.compile(r"[\[（(]?(?:\d{4}[-./年])?\d{1,2}[-./月]\d{1,2}日?(?:\s+\d{1,2}:\d{2})?[\]）)]?\s*$")
_HEADS_LINKS = re.compile(
    r"[\s【\[（(]*(?:(?:相关|推荐|延伸|扩展|热门)(?:阅读|链接|文章|新闻|信息|内容|推荐|资讯)|猜你喜欢|阅读推荐|友情链接)[\s】\]）)：:]*"
)
"""What stands over a list of links to other pages, however short the list is."""

_BYLINE = re.compile(
    r"[\s（(【\[]*(?P<label>(?:信息|文章|稿件)?来源|稿源|作者|(?:责任)?编辑|(?:发布|更新)(?:时间|日期))(?:\s*[：:]\s*|\s+|$)(?P<value>[^，。；：:]{0,24}|[\d\s年月日时分秒:/.-]*)[\s）)】\]]*"
)
"""Where a site has a page from, who wrote it and when: a line at the title, or the last of the page."""
_MOST_HEADINGS, _LONGEST_HEADING = 2, 12
"""Lines that stand over a list of links and say nothing: 政府公文, 当前栏目."""
_SAYS, _POINTS = re.compile(r"[\d%分，。；]"), re.compile(r"\d分")
_ONLY_LINKS = Remark(
    "unreadable-page",
    "网页里只有指向其他页面或附件的链接，没有方案正文；请打开链接到的页面或附件，另存后再检查",
    "the page holds nothing but links to other pages or files, and no scheme; open what it links to, save that and check it",
)
_LONGEST_VALUE = 20
_IS_SITE = re.compile(
    r"(?:局|委|办|厅|部|政府|中心|网站?|报社?|台|客户端|公众号|小编|\d)[\s）)】\]]*$|(?:来源|稿源|作者|编辑|时间|日期)[\s：:]*$"
)
"""How such a line ends that is the last of a page: with a body, a newspaper or a day; 来源：系统数据 is a field of the last indicator."""


@dataclass(slots=True)
class LeftOut:
    """What is no part of the text: how many places and how many characters."""

    places: int = 0
    characters: int = 0

    def add(self, items: Iterable[Item]) -> None:
        characters = sum(len("".join(line.text.split())) for line in _lines_in(items))
        self.places += bool(characters)
        self.characters += characters


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of the text: its cells, each as lines and pictures, in a square; None where a cell reaches from the left or above."""

    rows: list[list[Cell | None]]
    continued: frozenset[tuple[int, int]] = field(default_factory=frozenset)


Part = Line | Picture | DataTable


def read_html(path: str, data: bytes, limits: Limits) -> Document:
    """Return a page's text. Raises UnreadableError."""
    return _Reader(data, limits).document(path)


def shown_pieces(text: str, limits: Limits) -> list[MarkedPiece]:
    """Return where the words that are read stand in a page's text, in its order: what a note can be hung on."""
    left_out = LeftOut()
    pieces: list[MarkedPiece] = []
    for part in page_parts(walk(text).items, left_out, limits):
        for item in unfolded([part], left_out, limits):
            if isinstance(item, Line):
                pieces += item.pieces
    return sorted((piece for piece in pieces if piece.length), key=lambda piece: piece.offset)


# ── what belongs to the text ─────────────────────────────────────────────────────────────────────────────────────────────────────


def page_parts(items: list[Item], left_out: LeftOut, limits: Limits) -> Iterator[Part]:
    """Yield what belongs to the text of a page, in order; the rest is counted."""
    for links, parts in groupby(
        _without_further_reading(_without_bylines(_flow(items, left_out, limits), left_out), left_out), key=_is_link
    ):
        found = list(parts)
        if links and sum(max(1, line.links) for line in found if isinstance(line, Line)) >= _LEAST_LINKS:
            left_out.add(line for line in found if isinstance(line, Line))
        else:
            yield from found


def _without_bylines(flow: Iterable[Part], left_out: LeftOut) -> Iterator[Part]:
    """Yield parts without the lines that tell where a page is from, next to its title and at its end; one among indicators is theirs."""
    parts = list(flow)
    texts = [part.text.strip() if isinstance(part, Line) else "" for part in parts]
    told = _bylines(texts)
    title = next((at for at, part in enumerate(parts) if isinstance(part, Line) and (part.heading == 1 or TITLE.search(part.text))), -1)
    gone: set[int] = set()
    for order in (range(title + 1, len(parts)), range(title - 1, -1, -1)):
        gone.update(takewhile(told.__contains__, order))
    last = [*takewhile(told.__contains__, range(len(parts) - 1, -1, -1))]
    if all(_IS_SITE.search(texts[at]) for at in last):
        gone.update(last)
    left_out.add(part for at, part in enumerate(parts) if at in gone and isinstance(part, Line))
    yield from (part for at, part in enumerate(parts) if at not in gone)


def _bylines(texts: list[str]) -> set[int]:
    """Return which lines tell where a page is from; a label alone has its value in the next line."""
    told: set[int] = set()
    for at, text in enumerate(texts):
        if match := _BYLINE.fullmatch(text):
            told.add(at)
            if not match["value"] and at + 1 < len(texts) and 0 < len(texts[at + 1]) <= _LONGEST_VALUE:
                told.add(at + 1)
    return told


def _without_further_reading(parts: Iterable[Part], left_out: LeftOut) -> Iterator[Part]:
    """Yield parts without the links or list items under a head such as 相关阅读, and the head with them."""
    held: list[Line] = []
    for part in chain(parts, [None]):
        if held and isinstance(part, Line) and (_is_link(part) or part.text.startswith("•")):
            held.append(part)
            continue
        if len(held) > 1:
            left_out.add(held)
        else:
            yield from held
        held = [part] if isinstance(part, Line) and _HEADS_LINKS.fullmatch(part.text) else []
        if part is not None and not held:
            yield part


def _flow(items: Iterable[Part | Item], left_out: LeftOut, limits: Limits) -> Iterator[Part]:
    """Yield lines, pictures and tables in order, without the regions that are no part of the text."""
    ahead: list[Iterator[Part | Item]] = [iter(items)]
    while ahead:
        item = next(ahead[-1], None)
        match item:
            case None:
                ahead.pop()
            case Line() if _is_site_line(item.text):
                left_out.add([item])
            case Region():
                if item.holds_indicators:
                    ahead.append(iter(item.items))
                else:
                    left_out.add(item.items)
            case Grid():
                table = _data_table(item, limits)
                within: list[Part | Item] = [*item.above]
                if table is None:
                    within += (part for row in item.rows for cell in row for part in cell.items)
                elif not item.is_headed and _only_links(item):
                    left_out.add([item])
                else:
                    within.append(table)
                ahead.append(iter(within))
            case _:
                yield item


def _is_site_line(text: str) -> bool:
    if len(text) > _LONGEST_SITE_LINE:
        return False
    text = text.strip()
    return _SITE_LINE.match(text) is not None or len(_SITE_LABEL.findall(text)) >= _LEAST_SITE_LABELS


def _is_link(part: Part) -> bool:
    """Tell whether a line is nothing but links, and the day beside each."""
    return isinstance(part, Line) and part.linked > 0 and part.linked >= sum(map(str.isalnum, _DAY.sub("", part.text)))


def _is_index(parts: list[Part], left_out: LeftOut, links: int) -> bool:
    """Tell whether a page of so many links holds nothing but these, or those left out, and what they are headed by."""
    linking = [part for part in parts if _is_link(part)]
    heading = [
        part
        for part in parts
        if isinstance(part, Line) and len(part.text) <= _LONGEST_HEADING and not _is_link(part) and not _SAYS.search(part.text)
    ]
    pointed = any(isinstance(part, Line) and _POINTS.search(part.text) for part in linking)
    return (
        links > 0
        and bool(linking or left_out.places)
        and not pointed
        and len(heading) <= _MOST_HEADINGS
        and len(linking) + len(heading) == len(parts)
    )


def _only_links(grid: Grid) -> bool:
    lines = list(_lines_in([grid]))
    return len(lines) >= _LEAST_LINKS and all(map(_is_link, lines))


def _lines_in(items: Iterable[Item]) -> Iterator[Line]:
    ahead = [iter(items)]
    while ahead:
        item = next(ahead[-1], None)
        match item:
            case None:
                ahead.pop()
            case Line():
                yield item
            case Region():
                ahead.append(iter(item.items))
            case Grid():
                ahead.append(part for row in item.rows for cell in row for part in cell.items)
                ahead.append(iter(item.above))
            case _:
                pass


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _data_table(grid: Grid, limits: Limits) -> DataTable | None:
    """Return a table of data; None for one that only lays out the page, or is larger than can be squared."""
    if not grid.is_headed and (grid.holds_table or not _looks_like_data(grid)):
        return None
    return _squared(grid, limits.max_cells)


def _looks_like_data(grid: Grid) -> bool:
    filled = [[cell for cell in row if any(isinstance(item, Line) for item in cell.items)] for row in grid.rows]
    widths = [len(row) for row in filled if row]
    if len(widths) < 2 or sum(width >= 2 for width in widths) * 2 < len(widths):
        return False
    return max(widths) >= 3 or all(len(cell.items) <= _MOST_LINES_OF_DATA for row in filled for cell in row)


def _squared(grid: Grid, most: int) -> DataTable | None:
    """Put each cell at the column it begins in; None when that takes more than `most` places."""
    rows: list[dict[int, Cell]] = []
    covered: set[tuple[int, int]] = set()
    reaching: dict[int, int] = {}
    width = spent = 0
    for number, row in enumerate(grid.rows):
        placed: dict[int, Cell] = {}
        covered.update((number, column) for column in reaching)
        taken = set(reaching)
        reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
        spent += len(taken) + 1
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            placed[column] = cell
            width = max(width, column + 1)
            spent += cell.columns
            if spent > most:
                return None
            if cell.rows > 1:
                reaching.update(dict.fromkeys(range(column, column + cell.columns), cell.rows - 1))
            column += cell.columns
        rows.append(placed)
    if len(rows) * width > most:
        return None
    square: list[list[Cell | None]] = [[placed.get(column) for column in range(width)] for placed in rows]
    return DataTable(square, frozenset(place for place in covered if place[1] < width))


def unfolded(items: Iterable[Part | Item], left_out: LeftOut, limits: Limits) -> Iterator[Line | Picture]:
    """Yield the lines and pictures of a part of the text; those of a table in the order of its cells."""
    ahead: list[Iterator[Part]] = [_flow(items, left_out, limits)]
    while ahead:
        part = next(ahead[-1], None)
        match part:
            case None:
                ahead.pop()
            case DataTable():
                ahead.append(_flow([item for row in part.rows for cell in row if cell for item in cell.items], left_out, limits))
            case _:
                yield part


# ── the document ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Reader:
    """Reads one page."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        self.is_archive = is_archive(data)
        self.web_text = read_web_text(page_bytes(data))
        self.file = Source("", self.web_text.text)
        self.transcript = Transcript(limits)
        self.left_out = LeftOut()
        self.remarks: list[Remark] = []
        self.told: dict[str, int] = {}

    def document(self, path: str) -> Document:
        page = walk(self.file.text)
        parts = list(page_parts(page.items, self.left_out, self.limits))
        if _is_index(parts, self.left_out, page.links):
            self.left_out.add(part for part in parts if isinstance(part, Line))
            self.remarks.append(_ONLY_LINKS)
            parts = []
        blocks = [self.block(part) for part in parts]
        self.tell_of_page(page.unclosed, page.attachments, page.deleted)
        return Document(self.transcript.source(path), tuple(block for block in blocks if block), remarks=tuple(self.remarks))

    def block(self, part: Part) -> Block | None:
        match part:
            case Line():
                return Paragraph(self.prose(part), part.heading, part.depth)
            case Picture():
                self.tell_of_picture(part)
                return None
            case DataTable():
                rows = tuple(tuple(self.cell(cell) if cell else EMPTY for cell in row) for row in part.rows)
                return Table(rows, part.continued)

    def cell(self, cell: Cell) -> Prose:
        """Return a cell as one prose; the rows of a table within it are lines of it."""
        proses: list[Prose] = []
        for item in unfolded(cell.items, self.left_out, self.limits):
            if isinstance(item, Line):
                proses.append(self.prose(item))
            else:
                self.tell_of_picture(item)
        return join_prose(proses)

    def prose(self, line: Line) -> Prose:
        place = MarkedUpText(line.pieces, len(line.text), self.file.line_starts, self.file.wide)
        for start, end in line.hidden:
            words = line.text[start:end].strip()[:30]
            self.tell(
                Remark(
                    "hidden-text",
                    f"“{words}”在网页上设为不显示，已照常检查；如不属于方案，请删去",
                    f"“{words}” is set not to be shown on the page; it was checked all the same",
                    place.within(start, end),
                )
            )
        return self.transcript.add(line.text, place)

    # ── what is to be said ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def tell(self, remark: Remark) -> None:
        self.told[remark.id] = self.told.get(remark.id, 0) + 1
        if self.told[remark.id] <= MOST_TOLD:
            self.remarks.append(remark)

    def tell_of_picture(self, picture: Picture) -> None:
        place = TextLocation(self.file.position(picture.start), self.file.position(picture.end))
        if picture.embedded:
            zh, en = "此处嵌有其他文件或框架，其中的文字没有检查", "another file is embedded here; words in it were not checked"
            self.tell(Remark("unread-object", zh, en, place))
        else:
            zh = "此处是图片，图中的文字没有检查；如图中有考核内容，请改成文字"
            self.tell(Remark("unread-picture", zh, "words in this picture were not checked; if it holds indicators, write them out", place))

    def tell_of_page(self, unclosed: int | None, attachments: list[str], deleted: int) -> None:
        for name, zh, en in (
            ("hidden-text", "处不显示的文字，已照常检查", "more stretches of hidden text, checked all the same"),
            ("unread-picture", "张图片没有检查", "more pictures were not checked"),
            ("unread-object", "处嵌入的内容没有检查", "more embedded files were not checked"),
        ):
            more = self.told.get(name, 0) - MOST_TOLD
            if more > 0:
                self.remarks.append(Remark(name, f"另有 {more} {zh}", f"{more} {en}"))
        if self.left_out.places:
            places, characters = self.left_out.places, self.left_out.characters
            zh = f"网页的导航、页眉页脚、链接列表等 {places} 处（{characters} 字）不是正文，没有检查"
            en = f"{places} parts of the page ({characters} characters) are menus, headers, footers or lists of links and were not checked"
            self.remarks.append(Remark("left-out", zh, en))
        if attachments:
            names = list(dict.fromkeys(unquote(name.rsplit("/", 1)[-1])[:60] for name in attachments))
            listed = "、".join(names[:3]) + ("等" if len(names) > 3 else "")
            zh = f"网页链接了 {len(names)} 个附件（{listed}），没有检查；如考核指标在附件里，请下载后单独检查"
            en = f"the page links to {len(names)} attachments ({', '.join(names[:3])}), which were not checked; download and check them"
            self.remarks.append(Remark("linked-attachment", zh, en))
        if deleted:
            zh = f"网页中标为删除的 {deleted} 字不再属于正文，没有检查"
            self.remarks.append(Remark("deleted-text", zh, f"{deleted} characters marked as deleted (del) were not checked"))
        if unclosed is not None and (rest := len(self.file.text) - unclosed) > 1:
            place = TextLocation(self.file.position(unclosed), self.file.position(len(self.file.text)))
            zh = f"网页从此处起不完整（标签或注释没有写完），其后 {rest} 个字符浏览器不显示，没有检查"
            en = f"the page breaks off here (an unfinished tag or comment); the {rest} characters after it were not checked"
            self.remarks.append(Remark("unread-object", zh, en, place))
        if self.web_text.damaged:
            damaged = self.web_text.damaged
            zh = f"网页有 {damaged} 处乱码，以“\ufffd”代替后照常检查；如影响内容，请在浏览器中重新另存"
            en = f"{damaged} bytes of the page are no characters; “\ufffd” stands for them: if that matters, save the page again"
            self.remarks.append(Remark("damaged-characters", zh, en))
        if self.is_archive:
            zh = "网页存档（.mht）中的位置按其中的网页计行，不按存档文件计行"
            en = "places in a web archive (.mht) count the lines of the page in it, not those of the archive"
            self.remarks.append(Remark("converted", zh, en))
