"""The bytes an editor sends → messages: JSON behind a header that says how long it is (Language Server Protocol 3.17, “Base Protocol”).

What is no message is passed over, whatever it is: the next header that can be understood is where reading goes on.
"""

from __future__ import annotations

import json
import re
from typing import Any, Protocol

MOST_BYTES = 64_000_000
"""Size of a message beyond which it is passed over."""

LONGEST_HEADER, CHUNK = 10_000, 1_000_000

_LENGTH = re.compile(rb"content-length:[ \t]*(\d{1,12})[ \t]*\r?\n", re.IGNORECASE)


class Stream(Protocol):
    """Where bytes come from."""

    def readline(self, size: int, /) -> bytes: ...

    def read(self, size: int, /) -> bytes: ...


def read_message(stream: Stream) -> bytes | None:
    """Return the next message; None when the stream has ended. One that is too long comes as an empty one."""
    length = None
    while True:
        line = stream.readline(LONGEST_HEADER)
        if not line:
            return None
        if not line.strip() and length is not None:
            return _body(stream, length)
        found = _LENGTH.search(line)  # behind a body that was longer than it said, the header stands at the end of its rest
        length = int(found[1]) if found else length


def _body(stream: Stream, length: int) -> bytes | None:
    if length <= MOST_BYTES:
        body = stream.read(length)
        return body if len(body) == length else None
    while length > 0:
        chunk = stream.read(min(length, CHUNK))
        if not chunk:
            return None
        length -= len(chunk)
    return b""


def parsed(body: bytes) -> dict[str, Any] | None:
    """Return what a message says, None where it is no JSON object."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None
