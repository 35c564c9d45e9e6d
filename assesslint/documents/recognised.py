"""The bytes of a file whose name does not tell its kind → the suffix such a file has, or none: 考核细则 without .docx, 考核细则.bak.

A zip is told by the parts every file of its kind has, a compound file by its streams, all else by how it begins.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.web.text import is_archive
from assesslint.text.decode import decode

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: an old Office file, or a new one that is encrypted."""
ZIP, RTF = b"PK\x03\x04", b"{\\rtf"
_PDF, _PDF_WITHIN = b"%PDF", 1024
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE | re.DOTALL)
_LOOKED_AT = 4096
PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".ofd": "OFD.xml"}
"""A part that every file of the new kinds has."""
_MIME_TYPES = {b"application/vnd.oasis.opendocument.text": ".odt", b"application/vnd.oasis.opendocument.spreadsheet": ".ods"}
"""What the first part of an open document holds."""
_STREAMS = {".doc": ("WordDocument",), ".xls": ("Workbook", "Book"), ".docx": ("EncryptedPackage",)}
"""Streams by which a compound file is told; one that is encrypted says so whatever reads it."""
_CHINESE = re.compile("[\u4e00-\u9fff]")
_BINARY = (ZIP, OLE, _PDF)


def recognised(data: bytes) -> str:
    """Return the suffix of the kind of file these bytes are, empty where none of those that are read; a text is one with Chinese words."""
    start = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if data.startswith(ZIP):
        return _zip_kind(data)
    if data.startswith(OLE):
        return next((suffix for suffix, names in _STREAMS.items() if any(name.encode("utf-16-le") in data for name in names)), "")
    if _PDF in data[:_PDF_WITHIN]:
        return ".pdf"
    if start.startswith(RTF):
        return ".rtf"
    if is_page(start):
        return ".mht" if is_archive(start) else ".html"
    return ".txt" if _CHINESE.search(decode(data).text) else ""


def recognised_file(path: Path) -> str:
    """Return the suffix of the kind of file this is, met among others in a folder: a text there may be anything, and is none.

    Empty for one that cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(_LOOKED_AT)
            return recognised(start + stream.read(DEFAULT_LIMITS.max_bytes)) if start.startswith(_BINARY) else ""
    except OSError:
        return ""


def is_page(start: bytes) -> bool:
    """Tell whether a file that begins so is a web page or an archive of one."""
    return _PAGE.match(start) is not None or is_archive(start)


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
            mime_type = parts.open("mimetype").read(_LOOKED_AT) if "mimetype" in names else b""
    except Exception:  # a damaged file fails in many ways, and is still said to be what its parts are called
        names, mime_type = {name for name in PARTS.values() if name.encode() in data}, b""
    return next((suffix for suffix, part in PARTS.items() if part in names), _MIME_TYPES.get(mime_type.strip(), ""))
