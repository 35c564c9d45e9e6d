"""The name of a function → a function that imports its module when first called: what one format needs is loaded only when it is met."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(module: str, name: str) -> Callable[..., Any]:
    """Return the function `name` of `module`, imported at its first call. The call raises ModuleNotFoundError when an extra is missing."""

    def call(*values: Any, **named: Any) -> Any:
        return getattr(import_module(module), name)(*values, **named)

    return call
