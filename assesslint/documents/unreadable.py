"""What is raised when a file cannot be read, or an edit not be written into it: the reason and the way out, in both languages."""

from __future__ import annotations


class UnreadableError(Exception):
    """The file as a whole cannot be read. `read_draft` turns it into an `unreadable-file` finding."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en


def raised(limit: str) -> tuple[str, str]:
    """Return the way out of a limit for those who must have a file checked whole, in both languages: whom to ask, and for what."""
    return f"确需整份检查的，请管理员调高上限（配置项 limits.{limit}）", f"or have the limit limits.{limit} raised in the configuration"


def unpacks_to_too_much(most: int) -> UnreadableError:
    """Return what says that the parts or streams of a file come to more than `most` bytes."""
    way_out = raised("max-unpacked-bytes")
    return UnreadableError(
        f"文件解压后超过上限 {most / 1_000_000:g} MB，没有读取；请核实是不是考核方案，{way_out[0]}",
        f"the file unpacks to more than {most / 1_000_000:g} MB and was not read; see whether it is a scheme, {way_out[1]}",
    )


class UneditableError(Exception):
    """An edit cannot be written into the file: the reason, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en
