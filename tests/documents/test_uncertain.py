"""What was uncertain in a draft stands as comments in the scheme language, at the place concerned; the schemes are the same with them."""

from __future__ import annotations

from hypothesis import given, settings

from assesslint.documents.draft import Draft, read_draft
from assesslint.documents.written.expressible import expressible
from assesslint.documents.written.uncertain import with_comments
from assesslint.documents.written.write import WRITERS
from assesslint.findings.model import Notice
from assesslint.scheme.parse import parse_schemes
from assesslint.scheme.printer import print_schemes
from assesslint.text.source import Source, Span
from tests.documents.test_nothing_dropped import TEXTS

DRAFT = """清河县2026年度数字政务考核细则
一、数字政务（60分）
1.应用推广（40分）：激活率达到50%。
2.办理实效（20分）：按期办结率达到95%。
二、基层减负（40分）：不增加台账。
"""


def told(draft: Draft, *words: str) -> Draft:
    """Return a draft with a notice on each of these words of it."""
    source = draft.source
    spans = [Span(source.text.index(each), source.text.index(each) + len(each)) for each in words]
    notices = tuple(Notice("x", f"看{source.text[span.start : span.end]}", source.path, source.locate(span)) for span in spans)
    return Draft(source, draft.schemes, (), notices)


def printed(draft: Draft, lang: str = "zh") -> list[str]:
    return [line.strip() for line in print_schemes(with_comments(draft, lang)).splitlines()]


def test_a_comment_stands_before_the_indicator_concerned() -> None:
    lines = printed(told(read_draft("a.txt", DRAFT.encode()), "激活率", "按期办结", "基层减负", "2026"))
    after = {line: lines[at + 1] for at, line in enumerate(lines) if line.startswith("#")}
    assert after == {
        "# 待核: 3:13 看激活率": '指标 "应用推广" 40分 {',
        "# 待核: 4:13 看按期办结": '指标 "办理实效" 20分 {',
        "# 待核: 5:3 看基层减负": '指标 "基层减负" 40分 {',
        "# 待核: 1:4 看2026": '类别 "数字政务" 60分 {',
    }


def test_a_notice_on_the_file_stands_at_the_top_on_one_line() -> None:
    draft = read_draft("a.txt", DRAFT.encode())
    noted = Draft(draft.source, draft.schemes, (), (Notice("x", "第一行\n第二行", "a.txt"),))
    assert printed(noted, "en")[0] == "# to be checked: 第一行 第二行"


def test_words_of_a_page_find_their_indicator() -> None:
    page = "<p>1.应用推广（40分）：激活率</p><p hidden>2.办理实效（60分）：办结率</p>".encode()
    lines = printed(read_draft("a.html", page))
    [at] = [at for at, line in enumerate(lines) if line.startswith("#")]
    assert lines[at + 1] == '指标 "办理实效" 60分 {'


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_draft_is_a_scheme_text_that_parses_and_prints_the_same(text: str) -> None:
    draft = read_draft("a.txt", text.encode("utf-8", "surrogatepass"))
    if not draft.schemes:
        return
    written = WRITERS[".assess"](with_comments(draft, "zh")).decode()
    parsed = parse_schemes(Source("a.assess", written), "zh")
    assert parsed.findings == ()
    assert parsed.schemes == tuple(map(expressible, draft.schemes))
    assert print_schemes(parsed.schemes) == written
    assert written.count("# 待核") >= len(draft.notices) + len(draft.findings)


def test_what_the_language_cannot_say_is_said_another_way() -> None:
    long = "1" * 20
    page = f"<p>清河县2026年考核细则（{long}分）</p><p>1.</p><p>2.推广（{long}分）：下载</p>"
    page += "".join(f"<ol><li>第{depth}层（5分）" for depth in range(1, 25))
    [scheme] = parse_schemes(Source("a.assess", WRITERS[".assess"](read_draft("a.html", page.encode()).schemes).decode())).schemes
    written = print_schemes([scheme])
    assert "（未命名）" in written
    assert f"分值 {long}" in written
    assert "第23层／第24层" in written
    assert parse_schemes(Source("a.assess", written)).findings == ()
