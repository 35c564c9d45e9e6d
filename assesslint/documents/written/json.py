"""Schemes → the JSON form of the scheme language: one object, or a list of several."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assesslint.documents.written.expressible import expressible
from assesslint.scheme.json_form import scheme_to_json
from assesslint.scheme.model import Scheme


def write_json(schemes: Sequence[Scheme]) -> bytes:
    forms = [scheme_to_json(expressible(scheme)) for scheme in schemes]
    return (json.dumps(forms[0] if len(forms) == 1 else forms, ensure_ascii=False, indent=2) + "\n").encode()
