"""Schemes → files of the kinds people write drafts in: one writer a format."""
