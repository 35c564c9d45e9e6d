"""An old or open office file (.doc, .wps, .odt, .ods …) → paragraphs and tables, read as the .docx or .xlsx that LibreOffice makes of it.

What bears such a name is often something else: a web page, or a .docx or .xlsx under a wrong suffix, is taken as what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from assesslint.documents.docx import read_docx
from assesslint.documents.html import read_html
from assesslint.documents.limits import Limits
from assesslint.documents.model import Document, Remark
from assesslint.documents.office import TARGETS, converted
from assesslint.documents.recognised import OLE, PARTS, RTF, ZIP, is_page, recognised
from assesslint.documents.unreadable import UnreadableError
from assesslint.documents.xlsx import read_xlsx

_XML = re.compile(rb"\s*<\?xml\b|\s*<(?:office|uof):", re.IGNORECASE)
_LOOKED_AT = 4096
_READERS = {".docx": read_docx, ".xlsx": read_xlsx, ".html": read_html}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it is read: `suffix` tells what it is now (.docx, .xlsx or .html), `remark` what was done to it."""

    suffix: str
    data: bytes
    remark: Remark


def open_converted(suffix: str, data: bytes, limits: Limits) -> Opened:
    """Return what a file is read as whose suffix stands in TARGETS. Raises UnreadableError."""
    start, target = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf"), TARGETS[suffix]
    if is_page(start):
        zh = f"这个 {suffix} 文件其实是网页，已按网页读取，位置按网页的行、列计"
        return Opened(".html", data, Remark("converted", zh, f"this {suffix} file is a web page; it was read as one, places are its lines"))
    if start.startswith(ZIP) and PARTS[target].encode() in data:
        zh = f"这个 {suffix} 文件其实是 {target}，已按 {target} 读取；请改正扩展名"
        return Opened(target, data, Remark("converted", zh, f"this {suffix} file is a {target} and was read as one; correct its suffix"))
    if not (start.startswith((OLE, ZIP, RTF)) or _XML.match(start)):
        zh = f"文件内容不是 Word、Excel、WPS 或 LibreOffice 文件，与扩展名 {suffix} 不符；请在原来的程序中另存为 {target} 再检查"
        raise UnreadableError(zh, f"the file is no Word, Excel, WPS or LibreOffice file, whatever {suffix} says; save it as {target}")
    zh = f"这个 {suffix} 文件由 LibreOffice 转为 {target} 后读取，位置按转换后的文件计，排版与原文件可能略有出入"
    en = f"this {suffix} file was turned into {target} by LibreOffice and read so; places are those of the converted file"
    return Opened(target, converted(data, suffix, target, limits), Remark("converted", zh, en))


def read_converted(path: str, data: bytes, limits: Limits) -> Document:
    """Return what such a file holds. Raises UnreadableError."""
    suffix = PurePath(path).suffix.lower()
    opened = open_converted(suffix if suffix in TARGETS else recognised(data), data, limits)
    document = _READERS[opened.suffix](path, opened.data, limits)
    return replace(document, remarks=(opened.remark, *document.remarks))
