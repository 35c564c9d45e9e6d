"""A sentence in both languages."""

from __future__ import annotations

Said = tuple[str, str]
"""Chinese and English."""
