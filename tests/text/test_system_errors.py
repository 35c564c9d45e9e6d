"""What the system refuses is told in the language of the user."""

from __future__ import annotations

import errno
import os

import pytest

from assesslint.text.system_errors import why_refused


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_reason_in_chinese_has_words_of_the_system(number: int) -> None:
    zh, en = why_refused(OSError(number, os.strerror(number)))
    assert os.strerror(number) not in zh
    assert zh
    assert en


def test_what_is_known_is_named() -> None:
    assert why_refused(NotADirectoryError(errno.ENOTDIR, "x")) == ("路径中应是文件夹的地方是文件", "a file stands where a folder should be")
    assert why_refused(OSError("x")) == ("系统错误 OSError", "OSError")
