"""Files of a folder that were passed over → what is said of them: a notice each, or why a run found nothing to check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assesslint.findings.model import Notice
from assesslint.linter.errors import RunError
from assesslint.linter.inputs import Input, Passed, Unopened

_WHY = {
    "kind": ("skipped-file", "不是草案的文件类型，未检查", "Not a kind of file that holds a draft; it was not checked"),
    "json": (
        "skipped-file",
        "是别的程序用的 JSON，里面没有方案，未检查；如需检查，请直接写明这个文件",
        "JSON of another program that holds no scheme; it was not checked. To check it, name this file itself",
    ),
    "lock": (
        "skipped-file",
        "是文件打开时由 Word、WPS 等生成的临时文件，未检查",
        "Word, WPS or the like keeps it while a file is open; it was not checked",
    ),
    "link": (
        "skipped-link",
        "是指向文件夹之外的链接，未检查；如需检查，请直接写明它指向的文件或文件夹",
        "A link that leads out of the folder; it was not followed. To check what it leads to, name that file or folder itself",
    ),
    "readme": (
        "skipped-file",
        "是这个文件夹的说明，不当作草案检查；如需检查，请直接写明这个文件",
        "It tells what the folder holds and was not checked as a draft. To check it, name this file itself",
    ),
    "rules": (
        "skipped-file",
        "是规则包，不当作草案检查；核对规则请用 assesslint rules check",
        "A folder of rules and no drafts; assesslint rules check looks at it",
    ),
    "output": ("skipped-output", "检查结果写在这里，不当作草案检查", "Results of this run go here; it was not checked as a draft"),
    "sheet": (
        "skipped-output",
        "是以前检查写出的审核意见表，不当作草案检查",
        "An opinion sheet of an earlier run; it was not checked as a draft",
    ),
    "report": ("skipped-output", "是以前检查写出的报告，不当作草案检查", "A report of an earlier run; it was not checked as a draft"),
}
"""The id of the notice and what it says in Chinese and English, by why a file was passed over."""


def passed_notice(item: Passed, lang: str) -> Notice:
    """Return the notice that a file of a folder was not read."""
    notice, zh, en = _WHY[item.why]
    return Notice(notice, zh if lang == "zh" else en, item.shown)


def copy_notice(path: str, original: str, lang: str) -> Notice:
    """Return the notice that a file of a folder is an annotated copy of a draft that was checked, word for word."""
    zh = f"是 {original} 带批注的副本，文字相同，没有重复检查；如需检查，请直接写明这个文件"
    en = f"An annotated copy of {original}, the same word for word; it was not checked again. To check it, name this file itself"
    return Notice("skipped-copy", zh if lang == "zh" else en, path)


def nothing_to_check(paths: Sequence[str], met: Iterable[Input | Unopened | Passed], exclude: Sequence[str]) -> RunError:
    """Return what says that no draft was found, and why each file met was passed over."""
    zh, en = ["没有找到可检查的文件：" + "、".join(paths)], ["No draft found in " + ", ".join(paths)]
    passed = [item for item in met if isinstance(item, Passed)]
    for why, (_, why_zh, why_en) in _WHY.items():
        named = [item.shown for item in passed if item.why == why]
        if named:
            others = len(named) - 1
            zh.append(f"  {named[0]}{f' 等 {len(named)} 个' if others else ''}：{why_zh}")
            en.append(f"  {named[0]}{f' and {others} more' if others else ''}: {why_en}")
    if not passed and exclude:
        zh.append(f"  配置的 exclude 排除了：{'、'.join(exclude)}")
        en.append(f"  the configuration excludes {', '.join(exclude)}")
    elif not passed:
        zh.append("  文件夹里没有文件；隐藏的文件不算")
        en.append("  the folder holds no files, hidden ones aside")
    return RunError("\n".join(zh), "\n".join(en))
