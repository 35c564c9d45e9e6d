"""Schemes → the scheme language."""

from __future__ import annotations

from collections.abc import Sequence

from assesslint.documents.written.expressible import expressible
from assesslint.scheme.model import Scheme
from assesslint.scheme.printer import print_schemes


def write_assess(schemes: Sequence[Scheme]) -> bytes:
    return print_schemes(map(expressible, schemes)).encode()
