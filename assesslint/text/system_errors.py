"""What the operating system refused (an OSError) → why, in Chinese and English, since its own words are English whatever the user reads."""

from __future__ import annotations

import errno

_REASONS = {
    "ENOENT": ("文件或文件夹不存在", "there is no such file or folder"),
    "EACCES": ("没有权限", "no permission"),
    "EPERM": ("没有权限", "no permission"),
    "EEXIST": ("已有同名的文件或文件夹", "a file or folder of that name is there already"),
    "ENOTDIR": ("路径中应是文件夹的地方是文件", "a file stands where a folder should be"),
    "EISDIR": ("这是文件夹，不是文件", "it is a folder and no file"),
    "ENOSPC": ("磁盘已满", "the disk is full"),
    "EDQUOT": ("磁盘已满", "the disk is full"),
    "EROFS": ("磁盘是只读的", "the disk can only be read"),
    "EIO": ("磁盘读写出错", "the disk fails"),
    "ENAMETOOLONG": ("文件名太长", "the name is too long"),
    "ELOOP": ("链接绕成了圈", "links lead in a circle"),
    "EMFILE": ("打开的文件太多", "too many files are open"),
    "ENFILE": ("打开的文件太多", "too many files are open"),
    "EADDRINUSE": ("端口已被占用", "the port is in use"),
    "EADDRNOTAVAIL": ("本机没有这个地址", "this machine has no such address"),
}
"""By the name of the error's number; some systems lack some of them."""


def why_refused(error: OSError) -> tuple[str, str]:
    """Return in Chinese and English why the system refused; of a refusal without words here, its number or kind and the system's words."""
    known = _REASONS.get(errno.errorcode.get(error.errno or 0, ""))
    if known is not None:
        return known
    number = f"系统错误 {error.errno}" if error.errno is not None else f"系统错误 {type(error).__name__}"
    return number, error.strerror or type(error).__name__
