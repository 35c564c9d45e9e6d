"""The command line: words typed → calls of the linter → exit code. Only translates."""
