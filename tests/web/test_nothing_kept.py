"""Drafts are neither stored nor logged: what was sent is looked for on the disk, in the log, and in what the server prints."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import docx
import pytest
from starlette.testclient import TestClient

CANARY = "清河县丁香乡柳树沟村"


def word_file(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_draft_leaves_nothing_behind(
    client: TestClient, disk: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    text = f"{CANARY}考核细则\n\n一、推广（20分）\n评分标准：下载量达到5000次得满分。\n佐证材料：截图\n"
    drafts = {
        f"{CANARY}.docx": word_file(text),
        f"{CANARY}.txt": text.encode() + b" " * 2_500_000,  # more than forms are usually held in memory
        f"{CANARY}机密.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + text.encode(),
        f"秘密★{CANARY}.txt": f"秘密★1年\n{text}".encode(),
    }
    with caplog.at_level(logging.DEBUG):
        for name, data in drafts.items():
            for address in ("/check",) if name.endswith(".doc") else ("/check", "/api/v1/check", "/api/v1/annotate", "/api/v1/opinion"):
                client.post(address, files={"file": (name, data)})
        client.post("/check", data={"text": text, "name": f"{CANARY}.txt"})
    left = [path for path in disk.rglob("*") if path.is_file()]
    written = b"".join(path.read_bytes() for path in left) + "".join(map(str, left)).encode()
    assert CANARY.encode() not in written
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore", "python_multipart"))]
    assert CANARY not in "".join(record.getMessage() for record in ours)
    assert CANARY not in "".join(capfd.readouterr())
    assert CANARY not in client.get("/").text
