"""Zips of XML parts are opened within bounds; what could hide words or eat memory is refused by name."""

from __future__ import annotations

import io
import subprocess
import sys
import warnings
import zipfile

import pytest

pytest.importorskip("lxml", reason="the extra [office] is not installed")

from assesslint.documents import package
from assesslint.documents.limits import DEFAULT_LIMITS
from assesslint.documents.package import Package
from assesslint.documents.unreadable import UnreadableError


def zipped(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def test_a_part_of_countless_tags_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped(("a.xml", b"<a>" + b"<b/>" * 20 + b"</a>"))
    assert len(Package(data, DEFAULT_LIMITS).xml("a.xml")) == 20
    monkeypatch.setattr(package, "MOST_TAGS", 10)
    with pytest.raises(UnreadableError, match="多得不像草案"):
        Package(data, DEFAULT_LIMITS).xml("a.xml")


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(UnreadableError, match="同名"):
        Package(zipped(("a.xml", b"<a/>"), ("a.xml", b"<b/>")), DEFAULT_LIMITS)


def test_unchanged_parts_keep_their_bytes_and_order() -> None:
    data = zipped(("b.bin", b"\x00\x01"), ("a.xml", b"<a/>"))
    again = zipfile.ZipFile(io.BytesIO(Package(data, DEFAULT_LIMITS).rewritten({"a.xml": b"<c/>", "new.xml": b"<n/>"})))
    assert [(name, again.read(name)) for name in again.namelist()] == [("b.bin", b"\x00\x01"), ("a.xml", b"<c/>"), ("new.xml", b"<n/>")]


OUTGROWS = """
import resource
from assesslint.documents.package import parse_xml
from assesslint.documents.unreadable import UnreadableError
data = b"<a>" + b"<b c='1'><d/></b>" * 900_000 + b"</a>"
resource.setrlimit(resource.RLIMIT_AS, (330_000_000, 330_000_000))
try:
    parse_xml(data)
except UnreadableError as error:
    print(error.en)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_a_part_that_outgrows_the_memory_is_said_to_be_too_large_and_not_damaged() -> None:
    done = subprocess.run([sys.executable, "-c", OUTGROWS], capture_output=True, text=True, check=True)
    assert "more memory than is allowed" in done.stdout
