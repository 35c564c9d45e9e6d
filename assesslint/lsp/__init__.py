"""The language server: what editors ask and tell → what the linter says of the text as it stands. It only translates."""
