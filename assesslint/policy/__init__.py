"""Rule pages and norms → a typed, checked rulebook that judges facts."""
