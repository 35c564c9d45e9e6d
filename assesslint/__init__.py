"""assesslint: a linter for government assessment schemes (考核方案)."""
