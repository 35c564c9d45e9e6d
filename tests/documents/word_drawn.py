"""Word files drawn by Hypothesis, with what they show and what they do not: each bit of text is a mark like 〔12〕 that stands once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.documents.word_files import REVISION, cell, docx, level, numbering, p, part, r, row, run, style, styles, table


@dataclass
class Drawn:
    """A Word file; `shown` are the marks a reader of it sees, `gone` those that are deleted or never shown."""

    data: bytes = field(default=b"", repr=False)
    shown: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


_RUN_PROPERTIES = ("", "<w:b/>", "<w:vanish/>", '<w:rStyle w:val="Strong"/>', '<w:sz w:val="32"/><w:color w:val="FF0000"/>')
_PARAGRAPH_PROPERTIES = (
    "",
    '<w:pStyle w:val="1"/>',
    '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>',
    '<w:outlineLvl w:val="3"/>',
    '<w:pPrChange w:id="1" w:author="x"><w:pPr><w:pStyle w:val="2"/></w:pPr></w:pPrChange>',
)
_DELETED_MARK = f"<w:rPr><w:del {REVISION}/></w:rPr>"
_CELL_PROPERTIES = ("", '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:hMerge w:val="continue"/>')
_DEEPEST = 3


class _Drawer:
    def __init__(self, draw: Callable[[st.SearchStrategy], object]) -> None:
        self._draw = draw
        self._marks = 0
        self.drawn = Drawn()
        self.footnotes = ""
        self._notes = 0
        self._in_note = False

    def choose(self, options: list[Callable[[], str]]) -> str:
        made = self._draw(st.sampled_from(options))
        return made()  # type: ignore[operator]

    def one_of(self, options: tuple[str, ...]) -> str:
        return str(self._draw(st.sampled_from(options)))

    def times(self, least: int, most: int) -> range:
        return range(int(self._draw(st.integers(least, most))))  # type: ignore[call-overload]

    def mark(self, *, shown: bool = True) -> str:
        self._marks += 1
        text = f"〔{self._marks}〕"
        (self.drawn.shown if shown else self.drawn.gone).append(text)
        return text

    def text_run(self) -> str:
        return run(self.mark(), self.one_of(_RUN_PROPERTIES))

    def cut_runs(self) -> str:
        text = self.mark()
        return run(text[:2]) + '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="7" w:name="x"/>' + run(text[2:], "<w:i/>")

    def mixed_run(self) -> str:
        inner = f"<w:t>{self.mark()}</w:t><w:tab/><w:br/><w:lastRenderedPageBreak/><w:t>{self.mark()}</w:t><w:noBreakHyphen/>"
        return r(inner, self.one_of(_RUN_PROPERTIES))

    def inserted(self) -> str:
        return f"<w:ins {REVISION}>{self.inline(1)}{self.deleted()}</w:ins>"

    def deleted(self) -> str:
        text = self.mark(shown=False)
        return self.one_of(
            (
                f"<w:del {REVISION}>{r(f'<w:delText>{text}</w:delText>')}</w:del>",
                f"<w:del {REVISION}><w:ins {REVISION}>{run(text)}</w:ins></w:del>",
                f'<w:moveFromRangeStart w:id="3" w:name="m"/><w:moveFrom {REVISION}>{run(text)}</w:moveFrom>',
            )
        )

    def wrapped(self) -> str:
        before, after = (
            ("<w:hyperlink w:anchor='a'>", "</w:hyperlink>"),
            ("<w:smartTag w:element='x'><w:smartTagPr/>", "</w:smartTag>"),
            ("<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            ("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            ("<w:fldSimple w:instr=' DATE '>", "</w:fldSimple>"),
            (f"<w:moveTo {REVISION}>", "</w:moveTo>"),
            ("<w:customXml><w:customXmlPr/>", "</w:customXml>"),
            ("<mc:AlternateContent><mc:Choice Requires='w14'>", "</mc:Choice></mc:AlternateContent>"),
        )[int(self.one_of(tuple("01234567")))]
        return before + self.inline(1) + after

    def complex_field(self) -> str:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        code = r(f"<w:instrText> REF {self.mark(shown=False)} </w:instrText>")
        return mark.format("begin") + code + mark.format("separate") + self.inline(1) + mark.format("end")

    def ruby(self) -> str:
        return r(f"<w:ruby><w:rt>{run(self.mark(shown=False))}</w:rt><w:rubyBase>{run(self.mark())}</w:rubyBase></w:ruby>")

    def formula(self) -> str:
        return f"<m:oMath><m:r><m:t>{self.mark()}</m:t></m:r></m:oMath>"

    def text_box(self) -> str:
        if self._in_note:
            return self.text_run()
        shown = f"<w:drawing><wps:txbx><w:txbxContent>{self.blocks(_DEEPEST)}</w:txbxContent></wps:txbx></w:drawing>"
        other = f"<w:pict><v:textbox><w:txbxContent>{p(self.mark(shown=False))}</w:txbxContent></v:textbox></w:pict>"
        both = f"<mc:Choice Requires='wps'>{shown}</mc:Choice><mc:Fallback>{other}</mc:Fallback>"
        return r(f"<mc:AlternateContent>{both}</mc:AlternateContent>") + self.text_run()

    def footnote(self) -> str:
        if self._in_note:
            return self.text_run()
        self._notes += 1
        number, self._in_note = self._notes, True
        self.footnotes += f'<w:footnote w:id="{number}">{self.blocks(_DEEPEST)}</w:footnote>'
        self._in_note = False
        return r(f'<w:footnoteReference w:id="{number}"/>')

    def inline(self, most: int = 4) -> str:
        kinds = [self.text_run, self.cut_runs, self.mixed_run, self.inserted, self.deleted, self.wrapped, self.complex_field]
        kinds += [self.ruby, self.formula, self.text_box, self.footnote]
        return "".join(self.choose(kinds) for _ in self.times(1, most))

    def paragraph(self) -> str:
        return p(self.inline(), self.one_of(_PARAGRAPH_PROPERTIES))

    def joined_paragraphs(self) -> str:
        return p(self.inline(2), _DELETED_MARK) + p(self.deleted(), _DELETED_MARK) + p(self.inline(2))

    def grid(self, depth: int) -> str:
        rows = []
        for _ in self.times(1, 3):
            cells = [cell(self.blocks(depth + 1), self.one_of(_CELL_PROPERTIES)) for _ in self.times(1, 3)]
            rows.append(self.one_of((row(cells), f"<w:sdt><w:sdtContent>{row(cells)}</w:sdtContent></w:sdt>")))
        if self._draw(st.booleans()):
            rows.append(row([cell(p(self.mark(shown=False)))], f"<w:del {REVISION}/>"))
        return table(rows)

    def blocks(self, depth: int = 0) -> str:
        kinds: list[Callable[[], str]] = [self.paragraph, self.joined_paragraphs]
        if depth < _DEEPEST:
            kinds += [
                lambda: self.grid(depth),
                lambda: f"<w:sdt><w:sdtPr/><w:sdtContent>{self.blocks(depth + 1)}</w:sdtContent></w:sdt>",
                lambda: f"<w:customXml>{self.blocks(depth + 1)}</w:customXml>",
            ]
        made = "".join(self.choose(kinds) for _ in self.times(1, 3 if depth else 4))
        return made + (p() if depth else "")


@st.composite
def word_files(draw: Callable[[st.SearchStrategy], object]) -> Drawn:
    drawer = _Drawer(draw)
    body = drawer.blocks()
    parts: dict[str, str | bytes] = {
        "footnotes.xml": part("footnotes", drawer.footnotes),
        "styles.xml": styles(style("1", "heading 1"), style("2", "Hidden", run_properties="<w:vanish/>")),
        "numbering.xml": numbering(level("chineseCounting", "%1、"), level("decimal", "%2.")),
        "header1.xml": part("hdr", p(drawer.mark())),
    }
    drawer.drawn.data = docx(body + '<w:sectPr><w:headerReference w:type="default" r:id="rId-header1"/></w:sectPr>', parts)
    return drawer.drawn
