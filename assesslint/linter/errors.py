"""Why a run cannot be done at all: said in both languages, shown by the door that was asked."""

from __future__ import annotations


class RunError(Exception):
    """The run itself is impossible: a configuration, a waiver file, a rule name or an input that is not there. Exit code 2."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en

    def text(self, lang: str = "zh") -> str:
        return self.zh if lang == "zh" else self.en
