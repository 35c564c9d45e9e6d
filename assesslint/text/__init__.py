"""Characters and what they count: bytes → text, text → normal form with an offset map, words → quantities, offsets → places."""
