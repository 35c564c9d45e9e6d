"""What is raised when a file cannot be read, or an edit not be written into it: the reason and the way out, in both languages."""

from __future__ import annotations


class UnreadableError(Exception):
    """The file as a whole cannot be read. `read_draft` turns it into an `unreadable-file` finding."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en


class UneditableError(Exception):
    """An edit cannot be written into the file: the reason, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en
