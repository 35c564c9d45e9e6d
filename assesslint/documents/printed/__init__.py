"""What the readers of PDF and OFD share: glyphs and ruling lines of a page → lines, paragraphs and tables."""
