"""What the Word reader and the annotator of Word files share: the walk over paragraphs, list numbers, styles, fields."""
