"""A pause of Python's cycle collector while many values are made that live on: without it, time grows faster than the text.

Work in many rounds, whose values go with each round, asks between two of them for what the last one left to be freed.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Hold the cycle collector back inside the block, unless it is held back already."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def free_latest() -> None:
    """Free cycles among the values made since the last call; what outlived one call is not looked at again."""
    gc.collect(0)
