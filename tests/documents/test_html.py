"""Web pages: what a browser shows is read with its place, what belongs to the site and not to the draft is counted and left out."""

from __future__ import annotations

import time
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assesslint.documents.draft import Draft, read_draft
from assesslint.documents.html import read_html
from assesslint.documents.limits import Limits
from assesslint.documents.model import Document, Table
from assesslint.text.location import TextLocation
from assesslint.text.source import Source

PLAIN = Limits()


def read(page: str | bytes, limits: Limits = PLAIN) -> Document:
    return read_html("page.html", page.encode() if isinstance(page, str) else page, limits)


def draft_of(page: str | bytes) -> Draft:
    return read_draft("page.html", page.encode() if isinstance(page, str) else page)


def texts(page: str | bytes) -> list[str | list[list[str]]]:
    """Paragraphs as their texts, tables as the texts of their cells."""
    blocks = read(page).blocks
    return [[[cell.text for cell in row] for row in b.rows] if isinstance(b, Table) else b.prose.text for b in blocks]


def remarks(page: str | bytes) -> list[str]:
    return [remark.id for remark in read(page).remarks]


# ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>一<p>二", ["一", "二"]),
        ("<div>一<p>二</div>三", ["一", "二", "三"]),
        ("一<br>二<br/>三</br>四", ["一", "二", "三", "四"]),
        ("<h1>关于印发<br>考核细则的通知</h1>", ["关于印发考核细则的通知"]),
        ("<p>下<b>载</b>率<i>达<b>到</i>50</b>%</p>", ["下载率达到50%"]),
        ("<p>激活率\n   达到</p>", ["激活率 达到"]),
        ("<pre>一\n  二\r\n三</pre>", ["一", "二", "三"]),
        ("&lt;p&gt; 1 &amp; 2 &ge; &#19968; &#x4E8C;&nbsp", ["<p> 1 & 2 ≥ 一 二"]),
        ("1 < 2 且 3 <4 a<b>c", ["1 < 2 且 3 <4 ac"]),
        ("<p title='a>b' hidden=x>一</p><a b=c\"d>二", ["一", "二"]),
        ("一<!-- 二 --><!-->三<!--->四<!--x--!>五", ["一三四五"]),
        ("<script>if(a<b)'</p>一'</script><style>p{}</style><noscript>二</noscript><template>三</template>四<title>五</title>", ["四"]),
        ("<SCRIPT>一</SCRIPT >二<svg><text>三</text></svg>四<svg/>五", ["二四五"]),
        ("<ul><li>一<ul><li>二</ul><li>三</ul>", ["•一", "•二", "•三"]),
        ("<ul style='list-style:none'><li>一</ul><ul><li>1.二<li>（一）三</ul>", ["一", "1.二", "（一）三"]),
        ("<ol start=3><li>一<li value=9>二<li><p>三<p>四</ol>", ["3.一", "9.二", "10.三", "四"]),
        ("<ol type=a><li>一<li>二</ol><ol type=I><li>三<li>四</ol>", ["a.一", "b.二", "I.三", "II.四"]),
        ("<ol style='list-style-type:cjk-ideographic' start=9><li>甲<li>乙<li>丙</ol>", ["九、甲", "十、乙", "十一、丙"]),
        ("<ol reversed start=2><li>一<li>二</ol>", ["2.一", "1.二"]),
        ("<p>一<del>二</del><ins>三</ins></p>", ["一三"]),
    ],
)
def test_what_a_browser_shows_is_read(page: str, shown: list[str]) -> None:
    assert texts(page) == shown


def test_headings_and_the_depth_of_lists_are_kept() -> None:
    blocks = read("<h2>一</h3><p>二</p><ol><li>三<ol><li>四</ol></ol>").blocks
    assert [(b.prose.text, b.heading, b.depth) for b in blocks if not isinstance(b, Table)] == [
        ("一", 2, 0), ("二", 0, 0), ("1.三", 0, 0), ("1.四", 0, 1),
    ]  # fmt: skip


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def file_words(page: str, place: object) -> str:
    """Return what stands at a location in the page's own text."""
    assert isinstance(place, TextLocation)
    starts = Source("", page).line_starts
    start, end = (starts[at.line - 1] + at.column - 1 for at in (place.start, place.end))
    return page[start:end]


def test_places_are_lines_and_columns_of_the_file() -> None:
    page = "<p>\n  激活<b>率</b>&ge;\r\n  50%</p>\n<ol><li>下载率</ol>"
    [first, second] = read(page).source.stretches or ()
    assert file_words(page, first.place.within(0, 2)) == "激活"
    assert file_words(page, first.place.within(0, 3)) == "激活<b>率"
    assert file_words(page, first.place.within(3, 4)) == "&ge;"
    assert file_words(page, first.place.within(5, 8)) == "50%"
    assert file_words(page, second.place.within(0, 2)) == ""
    assert file_words(page, second.place.within(2, 5)) == "下载率"


NAMES = ("p div b span table tr td th tbody caption br hr a h2 nav dl dt dd section pre blockquote center html form footer").split()  # noqa: SIM905
TAGS = st.sampled_from(
    [*(f"<{name}>" for name in NAMES), *(f"</{name}>" for name in NAMES), "<td colspan=2>", "<td rowspan=2>", "<a href=x>", "<div hidden>",
     "<script>x</script>", "<!--x-->", "<img src=x>"]
)  # fmt: skip
WORDS = st.sampled_from(["下载率", "&ge;50%", " 激活\n ", "&nbsp;", "A &amp; B", "指标名称", "分值", "（10分）", "10", "&#19968;"])
SOUP = st.lists(st.one_of(TAGS, TAGS, WORDS), max_size=60).map("".join)


class Oracle(HTMLParser):
    """All text of a page, as the standard library's parser sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.ignored = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.ignored = tag == "script"

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.ignored = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self.ignored else data


@settings(max_examples=400, deadline=None)
@given(SOUP)
def test_every_character_of_any_page_is_in_a_block_or_counted_as_left_out(page: str) -> None:
    oracle = Oracle()
    oracle.feed(page)
    oracle.close()
    document = read(page + "终")
    left_out = sum(int(r.en.split("(")[1].split()[0]) for r in document.remarks if r.id == "left-out")
    assert len("".join(document.source.text.split())) + left_out == len("".join(oracle.text.split())) + 1


@settings(max_examples=200, deadline=None)
@given(SOUP)
def test_every_character_stands_where_its_place_says(page: str) -> None:
    page += "终"
    for stretch in read(page).source.stretches or ():
        words = read(page).source.text[stretch.start : stretch.end]
        for at, character in enumerate(words):
            there = unescape(file_words(page, stretch.place.within(at, at + 1)))
            assert there == character or (not there.strip() and character == " ")


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

HEAD = "<tr><th>一级指标<th>指标名称<th>分值<th>评分标准"


def test_merged_cells_keep_their_columns_and_say_what_they_cover() -> None:
    rows = "<tr><td rowspan=2>应用<td>下载<td>10<td>每日打卡<tr><td>关注<td>20<td>人人关注<tr><td colspan=2>合计<td>30<td>"
    page = f"<table>{HEAD}{rows}</table>"
    [table] = read(page).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows][1:] == [
        ["应用", "下载", "10", "每日打卡"], ["", "关注", "20", "人人关注"], ["合计", "", "30", ""],
    ]  # fmt: skip
    assert table.continued == {(2, 0)}
    assert [(above[-1].name.text, i.name.text, i.points) for above, i in draft_of(page).schemes[0].indicators()] == [
        ("应用", "下载", 10), ("应用", "关注", 20),
    ]  # fmt: skip


def test_a_cell_over_all_following_rows_and_cells_beyond_the_row() -> None:
    [table] = texts(f"<table>{HEAD}<tr><td rowspan=0>甲<td>乙<td>1<td>丙<tr><td>丁<td>2<td>戊<tr><td>己<td>3<td>庚<td>辛</table>")
    assert table[1:] == [["甲", "乙", "1", "丙", ""], ["", "丁", "2", "戊", ""], ["", "己", "3", "庚", "辛"]]


def test_a_page_laid_out_in_a_table_gives_its_paragraphs_in_order() -> None:
    inner = f"<table>{HEAD}<tbody><tr><td>甲<td>乙<td>10<td><p>第一行<p>第二行</table>"
    page = f"<table><tr><td>上<table><tr><td>左<td>右</table>中<tr><td>{inner}下</table>"
    table = [["一级指标", "指标名称", "分值", "评分标准"], ["甲", "乙", "10", "第一行\n第二行"]]
    assert texts(page) == ["上", "左", "右", "中", table, "下"]


def test_a_table_within_an_indicator_stays_in_its_cell() -> None:
    page = f"<table>{HEAD}<tr><td>甲<td>乙<td>10<td>按档计分<table><tr><td>90%<td>10分<tr><td>80%<td>5分</table></table>"
    assert texts(page) == [[["一级指标", "指标名称", "分值", "评分标准"], ["甲", "乙", "10", "按档计分\n90%\n10分\n80%\n5分"]]]


def test_text_between_rows_and_a_caption_stand_before_the_table() -> None:
    assert texts(f"<table><caption>考核表</caption>{HEAD}</tr>注释<tr><td>甲<td>乙<td>1<td>丙</table>")[:2] == ["考核表", "注释"]


# ── the site around the text ─────────────────────────────────────────────────────────────────────────────────────────────────────

BODY = "<h1>清河县2026年考核细则</h1><p>1.应用推广（10分）：激活率达到50%得满分。</p>"


@pytest.mark.parametrize(
    "site",
    [
        "<nav>首页 新闻</nav>",
        "<header><h2>清河县人民政府</h2></header>",
        "<footer><p>主办：清河县</p></footer>",
        "<aside>推荐阅读</aside>",
        "<div class='top-nav'><p>首页</p></div>",
        "<div id=breadCrumb>政务公开</div>",
        "<div role=navigation>目录</div>",
        "<div class='bshare'>分享到微信</div>",
        "<p>您当前的位置：首页 &gt; 政务公开</p>",
        "<p>发布时间：2026-01-02 来源：大数据局 浏览次数：12 字号：[大 中 小]</p>",
        "<p>来源：清河县融媒体中心</p>",
        "<p>（来源：清河日报）</p>",
        "<p>信息来源</p><p>清河县大数据局</p>",
        "<p>发布时间：2026-01-02 10:30</p>",
        "<ul><li><a href=1>一</a> 2026-01-02<li><a href=2>二</a> [01-03]<li><a href=3>三</a> 2026年1月4日</ul>",
        "<p>【打印本页】</p>",
        "<p>上一篇：<a href=1>某通知</a></p>",
        "<p>版权所有 清河县 冀ICP备12345678号</p>",
        "<ul><li><a href=1>一</a><li><a href=2>二</a><li><a href=3>三</a></ul>",
        "<table><tr><td><a href=1>一</a><td><a href=2>二</a><tr><td><a href=3>三</a><td><a href=4>四</a></table>",
        "<select><option>县</select>",
        "<h3>相关阅读</h3><ul><li><a href=1>关于推广“农事通”APP下载注册的通知</a></ul>",
        "<h3>推荐阅读：</h3><ul><li>每日打卡活动排名公示</li><li><a>下载通知</a></li></ul>",
        "<div style='mso-element:comment-list'>批注</div>",
    ],
)
def test_what_belongs_to_the_site_is_counted_and_left_out(site: str) -> None:
    draft = draft_of(site + BODY)
    assert draft.schemes[0].name.text == "清河县2026年考核细则"
    assert [i.name.text for _, i in draft.schemes[0].indicators()] == ["应用推广"]
    assert [n.id for n in draft.notices] == ["left-out"]
    assert draft.schemes == draft_of(BODY + site).schemes


@pytest.mark.parametrize("line", ["来源：清河县融媒体中心", "来源 清河县融媒体中心", "作者：张三", "来源</p><p>清河县融媒体中心"])
def test_where_a_page_is_from_is_no_issuer(line: str) -> None:
    for page in (BODY.replace("<p>", f"<p>{line}</p><p>", 1), f"<p>{line}</p>{BODY}"):
        draft = draft_of(page)
        assert draft.schemes[0].issuer is None
        assert [i.name.text for _, i in draft.schemes[0].indicators()] == ["应用推广"]
        assert [n.id for n in draft.notices] == ["left-out"]


def test_a_source_among_indicators_is_theirs() -> None:
    [(_, indicator), _] = (
        draft_of(BODY + "<p>来源：县信访局</p><p>2.办结（10分）：按期办结。</p><p>来源：系统数据</p>").schemes[0].indicators()
    )
    assert [(field.name, field.value.text) for field in indicator.fields if field.name == "source"] == [("source", "县信访局")]


@pytest.mark.parametrize(
    "page",
    [
        "<p><a href=a.html>清河县考核细则</a></p>",
        "<h1>政府公文</h1><ul><li><a href=1>甲方案</a><li><a href=2>乙方案</a><li><a href=3>丙方案（10分）</a></ul>",
        "<ul><li><a href=1.docx>甲方案.docx</a> 2026-01-02<li><a href=2.docx>乙方案.docx</a> 2026-01-02</ul>",
    ],
)
def test_a_page_of_nothing_but_links_is_said_to_hold_no_scheme(page: str) -> None:
    draft = draft_of(page)
    assert [(finding.rule, "只有指向其他页面或附件的链接" in finding.message) for finding in draft.findings] == [("unreadable-page", True)]
    assert not any(list(scheme.indicators()) for scheme in draft.schemes)


@pytest.mark.parametrize(
    "page",
    [
        f"<article><header>{BODY}</header></article>",
        f"<div class='nav-content'>{BODY}</div>",
        f"<div class='share'><table>{HEAD}<tr><td>甲<td>应用推广<td>10<td>丙</table></div>",
        "<p><a href=1>1.应用推广（10分）</a></p>",
    ],
)
def test_a_draft_is_not_taken_for_a_part_of_the_site(page: str) -> None:
    draft = draft_of(page)
    assert [i.name.text for _, i in draft.schemes[0].indicators()] == ["应用推广"]
    assert draft.notices == ()


def test_a_title_in_a_heading_stays_the_title_over_closing_words() -> None:
    draft = draft_of(BODY + "<p>本细则由县大数据局负责解释。</p>")
    assert draft.schemes[0].name.text == "清河县2026年考核细则"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<p hidden>一</p>", "hidden-text"),
        ("<p>一<span style='DISPLAY : none'>二</span></p>", "hidden-text"),
        ("<p>一<img src=a.png></p>", "unread-picture"),
        ("<p>一<iframe src=x>二</iframe></p>", "unread-object"),
        ("<p>一<iframe src=x hidden></iframe><img src=a style='display:none'></p>", ""),
        ("<p>一<object data=x>二</object></p>", "unread-object"),
        ("<p>一<a href='/f/a.docx'>附件</a></p>", "linked-attachment"),
        ("<p>一<del>二</del></p>", "deleted-text"),
        ("<p>一<!-- 二", "unread-object"),
        ("<p>一<img width=1 height=1 src=a.png><img src=a.png width=16></p>", ""),
        ("<p>一</p><nav><p hidden>二</p><img src=a></nav>", "left-out"),
    ],
)
def test_what_is_hidden_or_not_read_is_said(page: str, told: str) -> None:
    assert "一" in str(texts(page))
    assert remarks(page) == ([told] if told else [])


def test_many_hidden_words_are_counted() -> None:
    found = read("<p hidden>一</p>" * 100).remarks
    assert len(found) == 21
    assert "80" in found[-1].zh


# ── what Word saves ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_saved_by_word_is_read_as_word_shows_it() -> None:
    page = """<html xmlns:o='urn:schemas-microsoft-com:office:office'>
<head><!--[if gte mso 9]><xml><o:Author>甲</o:Author></xml><![endif]--></head>
<body><p class=MsoNormal style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;&nbsp;</span></span><![endif]>
<span lang=EN-US>应用推广（10分）<o:p></o:p></span></p>
<!--[if gte vml 1]><v:shape><v:textbox>框</v:textbox></v:shape><![endif]-->
<![if !vml]><img src=a.png><![endif]><o:p>&nbsp;</o:p></body>"""
    assert ["".join(str(text).split()) for text in texts(page)] == ["1.应用推广（10分）"]
    assert remarks(page) == ["unread-picture"]


# ── bytes ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_the_encoding_is_found(codec: str) -> None:
    assert texts(f"<meta charset=x><p>激活率</p>".encode(codec)) == ["激活率"]  # noqa: F541


def test_a_page_with_a_few_damaged_bytes_is_read_by_the_encoding_it_names() -> None:
    words = "激活率".encode("gbk") * 100
    data = b"<meta http-equiv=Content-Type content='text/html; charset=gb2312'>" + words + b"\x80\xff<p>" + "完".encode("gbk")
    document = read(data)
    assert document.source.text.endswith("完")
    assert [remark.id for remark in document.remarks] == ["damaged-characters"]
    draft = draft_of(words + b"\x80\xff")
    assert draft.findings[0].rule == "unreadable-file"


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7", b"\x00\x01\x02", b"MIME-Version: 1.0\n\nx"]
)
def test_what_is_no_page_is_refused_with_the_way_out(data: bytes) -> None:
    [finding] = draft_of(data).findings
    assert finding.rule == "unreadable-file"
    assert "请" in finding.message or "没有可检查的内容" in finding.message


def test_a_web_archive_is_read() -> None:
    mail = MIMEMultipart("related")
    mail.attach(MIMEText(BODY, "html", "gbk"))
    mail.attach(MIMEText("x", "css"))
    draft = read_draft("a.mht", mail.as_bytes())
    assert [i.name.text for _, i in draft.schemes[0].indicators()] == ["应用推广"]
    assert [n.id for n in draft.notices] == ["converted"]


def test_a_web_archive_nested_without_end_is_refused() -> None:
    data = b"MIME-Version: 1.0\n" + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(5000))
    assert draft_of(data).findings[0].rule == "unreadable-file"


@pytest.mark.parametrize("before", [b"MIME-Version: 1.0\n", b'Content-Type: multipart/related; boundary="B"\n\n--B\n'])
def test_a_web_archive_with_an_endless_header_is_refused(before: bytes) -> None:
    header = b'Content-Type: multipart/related; boundary="C"' + b"; a=b" * 400_000
    [finding] = draft_of(before + header + b"\n\n--C\nContent-Type: text/html\n\n<p>x\n--C--\n").findings
    assert finding.rule == "unreadable-file"
    assert "头部" in finding.message


# ── cost ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = [
    "<div>", "<b>", "<p><b>", "<ul><li>", "<table><tr><td>", "<table>", "<nav>", "<a href=x>", "</b>", "</div>", "<", "<a ", "<a b='",
    "<!--", "<!", "<script>", "&", "&#", "&#1", "<td colspan=1000>一", "<tr><td rowspan=65534 colspan=1000>一", "<h1>", "</h1>", "<li>",
    "<p>一", "<br>", "<svg>", "<b></p>", "<form><b></form></b>", "<table><caption>", "<ol reversed><li>", '="', "<pre>\n",
    "<a href=x>一</a>",
]  # fmt: skip


@pytest.mark.parametrize("part", HOSTILE)
def test_a_hostile_page_costs_time_in_proportion_to_its_length(part: str) -> None:
    def cost(count: int) -> float:
        page = "<table>" + part * count + "一"
        start = time.process_time()
        read(page)
        return time.process_time() - start

    cost(100)
    assert cost(16_000) < 20 * cost(2_000) + 0.5
