"""Blocks of text → Scheme: what paragraphs and tables mean for an assessment, one way for every format."""
