"""A draft as a tree: `Scheme` and what it holds, the language it can be written in, and its printer."""
