"""Word files for tests, built from pieces of XML: `p("…")`, `table([...])`, and a package around them with whatever parts it needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'mc:Ignorable="w14 w15"'
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
REVISION = 'w:id="9001" w:author="李四" w:date="2026-01-01T00:00:00Z"'


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(content: str, properties: str = "") -> str:
    """Return a run of XML."""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def run(text: str, properties: str = "") -> str:
    return r(t(text), properties)


def p(content: str = "", properties: str = "") -> str:
    """Return a paragraph of runs; plain text is made one."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def styled(text: str, style: str) -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>')


def listed(text: str, number: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def row(cells: Iterable[str], properties: str = "") -> str:
    made = (each if each.startswith("<w:tc") else cell(each) for each in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(made)}</w:tr>"


def table(rows: Iterable[Iterable[str] | str]) -> str:
    made = (each if isinstance(each, str) else row(each) for each in rows)
    borders = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid/>{''.join(made)}</w:tbl>"


def numbering(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """Return numbering.xml with one definition of the levels given, as `level(...)` makes them."""
    made = "".join(each.replace("LEVEL", str(at)) for at, each in enumerate(levels))
    return f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>{lists}</w:numbering>'


def level(form: str, text: str, extra: str = "") -> str:
    return f'<w:lvl w:ilvl="LEVEL"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


def styles(*each: str) -> str:
    return f"<w:styles {NAMESPACES}>{''.join(each)}</w:styles>"


def style(identifier: str, name: str, properties: str = "", based_on: str = "", run_properties: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run_properties}</w:rPr></w:style>"
    )


def part(root: str, content: str) -> str:
    """Return a part with this root element: footnotes, endnotes, hdr, ftr, settings."""
    return f"<w:{root} {NAMESPACES}>{content}</w:{root}>"


def docx(body: str, parts: Mapping[str, str | bytes] | None = None, content_type: str = f"{_CONTENT}.document.main+xml") -> bytes:
    """Return a Word file. `parts` are further parts in word/ by name; those of Word's own kinds get their relationship (rId + name)."""
    given = dict(parts or {})
    kinds = {"styles", "numbering", "settings", "footnotes", "endnotes", "comments"}
    relationships, overrides = [], []
    for name in given:
        stem = name.removesuffix(".xml")
        kind = stem if stem in kinds else next((k for k in ("header", "footer") if stem.startswith(k)), "")
        if kind:
            relationships.append(f'<Relationship Id="rId-{stem}" Type="{_TYPES}/{kind}" Target="{name}"/>')
            overrides.append(f'<Override PartName="/word/{name}" ContentType="{_CONTENT}.{kind}+xml"/>')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:

        def write(name: str, data: str | bytes) -> None:
            text = data if isinstance(data, bytes) else (_DECLARATION + data).encode()
            package.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)

        write(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
            f'<Override PartName="/word/document.xml" ContentType="{content_type}"/>{"".join(overrides)}</Types>',
        )
        head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        write("_rels/.rels", f'{head}<Relationship Id="rId1" Type="{_TYPES}/officeDocument" Target="word/document.xml"/></Relationships>')
        write("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        extra = str(given.pop("relationships", ""))
        write("word/_rels/document.xml.rels", f"{head}{''.join(relationships)}{extra}</Relationships>")
        for name, data in given.items():
            write(f"word/{name}", data)
    return out.getvalue()
