"""Notes → a workbook (.xlsx, .xlsm, .xltx, .xltm) with native notes on the very cells, and a sheet 审核意见 that lists them all.

Of the package, only the notes, our sheet and the lists that name them change; a sheet that had no notes gets one reference to them. Our
earlier notes and our earlier sheet go, those of others stay. Protected sheets are annotated too: protection is about editing cells.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from functools import cached_property

from lxml import etree

from assesslint.documents.limits import Limits
from assesslint.documents.package import Package, parse_xml, xml_bytes
from assesslint.documents.unreadable import UnreadableError
from assesslint.documents.workbooks.cells import is_number, row_and_column
from assesslint.documents.workbooks.sheet_xml import SheetFrame, frame_of
from assesslint.documents.workbooks.workbook import Sheet, relations_name, relations_of
from assesslint.documents.xlsx import Reader
from assesslint.reports.annotated.cell_notes import Comments, Place, drawn, hung
from assesslint.reports.annotated.notes import Note
from assesslint.reports.annotated.opinion_worksheet import SHEET_NAMES, Styles, styled, worksheet
from assesslint.text.location import CellLocation

_TYPES = "[Content_Types].xml"
_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_NAMESPACES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
"""The two kinds of workbooks, ordinary and strict: the namespace of their parts, and of references between them."""
_TYPE_OF = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SIGNATURES = "_xmlsignatures/"
_BYTE_ORDERS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def annotate_xlsx(data: bytes, notes: Sequence[Note], limits: Limits, lang: str) -> bytes:
    """Return the workbook with the notes in it. Raises UnreadableError."""
    return _Annotated(data, limits, lang).with_notes(notes, data)


class _Annotated:
    def __init__(self, data: bytes, limits: Limits, lang: str) -> None:
        self.reader = Reader(Package(data, limits), limits)
        self.workbook = self.reader.workbook
        self.ours = list(self.reader.our_sheets())
        self.drafts = [sheet for sheet in self.workbook.sheets if sheet.kind == "worksheet" and sheet.part and sheet not in self.ours]
        self.package = Package(data, limits)
        self._namespace = etree.QName(self._book).namespace or ""
        if self._namespace not in _NAMESPACES:
            zh = "工作簿不是通常的 Excel 格式，不能写入批注；请在 Excel 或 WPS 中另存为 .xlsx 再检查"
            raise UnreadableError(zh, "the workbook is of an unusual kind that cannot hold notes; save it as .xlsx and check that")
        self._office = _NAMESPACES[self._namespace]
        self.lang = lang
        self.changed: dict[str, bytes] = {}

    def with_notes(self, notes: Sequence[Note], data: bytes) -> bytes:
        by_sheet = self._texts(notes)
        for sheet in self.drafts:
            self._annotate(sheet, by_sheet.get(sheet.name, {}))
        if not notes and not self.ours and not self.changed:
            return data
        self._write_opinions(notes)
        return self.package.rewritten(self.changed)

    def _texts(self, notes: Sequence[Note]) -> dict[str, dict[Place, str]]:
        """Return what to write on which cell of which sheet: a note at its first place, a reference to it at every other."""
        zh = self.lang == "zh"
        names = {sheet.name for sheet in self.drafts}
        texts: dict[str, dict[Place, list[str]]] = {}
        top = self._top()
        if top and any(name.startswith(_SIGNATURES) for name in self.package.names) and notes:
            signed = "原文件带有数字签名；写入批注后签名失效，原文件未作改动"
            signed = signed if zh else "the original is signed; notes break the signature of this copy"
            texts.setdefault(top, {}).setdefault((1, 1), []).append(signed)
        for note in notes:
            found = [place for place in note.places if isinstance(place, CellLocation) and place.sheet in names]
            cells = list(dict.fromkeys((place.sheet, row_and_column(place.cell) or (1, 1)) for place in found))
            said = note.text
            for sheet, place in cells or ([(top, (1, 1))] if top else []):
                texts.setdefault(sheet, {}).setdefault(place, []).append(said)
                first = f"“{found[0].sheet}”{found[0].cell}" if found else ""
                said = f"{note.title}：同上，见 {first} 的批注" if zh else f"{note.title}: see the note on {first}"
        return {sheet: {place: "\n\n".join(said) for place, said in cells.items()} for sheet, cells in texts.items()}

    def _top(self) -> str:
        """Return the name of the sheet that people see first."""
        shown = [sheet for sheet in self.drafts if sheet.state == "visible"] or self.drafts
        return shown[0].name if shown else ""

    def _annotate(self, sheet: Sheet, texts: dict[Place, str]) -> None:
        """Replace our notes on a sheet."""
        relations = relations_of(self.package, sheet.part)
        known = next((relation.target for relation in relations if relation.kind == "comments" and relation.target), "")
        if not texts and not known:
            return
        part = known or self._free_name("xl/comments{}.xml")
        comments = Comments(self.package.read(part) if known else None, self._namespace)
        if not texts and not comments.freed:
            return
        texts = hung(texts, comments.taken, self.lang == "zh")
        comments.add(texts)
        data = self.package.read(sheet.part)
        frame = frame_of(data)
        drawing = next((relation.target for relation in relations if relation.id == frame.legacy_drawing and relation.target), "")
        drawing_part = drawing or self._free_name("xl/drawings/vmlDrawing{}.vml")
        old = self.package.read(drawing) if drawing else None
        self.changed[drawing_part] = drawn(old, comments.freed, texts, frame)
        self.changed[part] = comments.data()
        if not known:
            self._relate(sheet.part, "comments", part)
            self._declare(part, _TYPE_OF.format("comments"))
        if not drawing:
            identifier = self._relate(sheet.part, "vmlDrawing", drawing_part)
            self._default("vml", _VML)
            self.changed[sheet.part] = self._with_reference(data, frame, identifier)

    def _with_reference(self, data: bytes, frame: SheetFrame, identifier: str) -> bytes:
        """Return a sheet with a reference to the drawing of its notes."""
        element = f'<legacyDrawing xmlns="{self._namespace}" xmlns:r="{self._office}" r:id="{identifier}"/>'
        return data[: frame.insert_at] + element.encode(_BYTE_ORDERS.get(data[:2], "utf-8")) + data[frame.insert_at :]

    # ── our sheet ────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _write_opinions(self, notes: Sequence[Note]) -> None:
        styles = Styles()
        part = self.workbook.related("styles")
        if part:
            root = self.package.xml(part)
            styles, is_new = styled(root) if etree.QName(root).namespace == self._namespace else (Styles(), False)
            if is_new:
                self.changed[part] = xml_bytes(root)
        data = worksheet(notes, styles, self._namespace, self.lang)
        if self.ours:
            self.changed[self.ours[0].part] = data
            return
        name = self._free_name(posixpath.join(posixpath.dirname(self.workbook.part), "worksheets/sheet{}.xml"))
        self.changed[name] = data
        self._declare(name, _TYPE_OF.format("worksheet"))
        self._list_sheet(self._relate(self.workbook.part, "worksheet", name))

    def _list_sheet(self, identifier: str) -> None:
        sheets = self._book.find("{*}sheets")
        if sheets is None:
            return
        used = {sheet.name.lower() for sheet in self.workbook.sheets}
        stem = SHEET_NAMES[self.lang]
        name = next(free for number in range(1, len(used) + 2) if (free := f"{stem}{number if number > 1 else ''}").lower() not in used)
        numbers = [int(number) for sheet in sheets if is_number(number := sheet.get("sheetId", ""))]
        values = {"name": name, "sheetId": str(max(numbers, default=0) + 1), f"{{{self._office}}}id": identifier}
        etree.SubElement(sheets, f"{{{self._namespace}}}sheet", values, nsmap={"r": self._office})
        self.changed[self.workbook.part] = xml_bytes(self._book)

    # ── the lists of the package ─────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _book(self) -> etree._Element:
        return self.package.xml(self.workbook.part)

    def _free_name(self, form: str) -> str:
        return next(name for number in range(1, 10**6) if (name := form.format(number)) not in self.package and name not in self.changed)

    def _changing(self, name: str, otherwise: bytes = b"") -> etree._Element:
        if name in self.changed:
            return parse_xml(self.changed[name])
        return self.package.xml(name) if name in self.package or not otherwise else parse_xml(otherwise)

    def _relate(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another and return the relation's id."""
        name = relations_name(part)
        root = self._changing(name, _NO_RELATIONS)
        used = {element.get("Id") for element in root}
        identifier = next(free for number in range(1, len(used) + 2) if (free := f"rId{number}") not in used)
        tag = f"{{{etree.QName(root).namespace}}}Relationship"
        etree.SubElement(root, tag, {"Id": identifier, "Type": f"{self._office}/{kind}", "Target": f"/{target}"})
        self.changed[name] = xml_bytes(root)
        return identifier

    def _declare(self, part: str, kind: str) -> None:
        root = self._changing(_TYPES)
        etree.SubElement(root, f"{{{etree.QName(root).namespace}}}Override", {"PartName": f"/{part}", "ContentType": kind})
        self.changed[_TYPES] = xml_bytes(root)

    def _default(self, extension: str, kind: str) -> None:
        root = self._changing(_TYPES)
        if all(element.get("Extension", "").lower() != extension for element in root.iterfind("{*}Default")):
            element = etree.Element(f"{{{etree.QName(root).namespace}}}Default", {"Extension": extension, "ContentType": kind})
            root.insert(0, element)
            self.changed[_TYPES] = xml_bytes(root)
