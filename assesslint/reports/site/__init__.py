"""A rulebook → a static site that documents it, in Chinese and English."""
