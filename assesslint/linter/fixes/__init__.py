"""Fixes: what a rule says mends its fault becomes edits of the draft, one file a way of mending (policy/remedies.py lists them)."""
