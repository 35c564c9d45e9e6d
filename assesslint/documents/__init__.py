"""Files → documents (blocks of text with their places) → Scheme. Knows tables and headings, no grammar of Chinese."""
