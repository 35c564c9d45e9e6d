"""Report → the user's own file with the findings at the very words: one module a format."""
