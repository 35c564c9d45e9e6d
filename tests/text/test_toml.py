"""TOML files: the place of every value, as a person would point at it, and what a file is told that is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assesslint.text.resources import resource
from assesslint.text.source import Span
from assesslint.text.toml import TomlError, TomlFile, read_toml

TEXT = '''# a comment = with an equals sign
id = "X"          # another
numbers = [1, 2,  # the first "two"
  3]
[title]
zh = """
[not a table]
key = "no key"
"""
[parameters."check-in"]
too_often.days = 91
[[meaning]]
words = "下载 装"
[[meaning]]
words = '装 装进'
[[meaning.part]]
inline = {a = 1, b = "}"}
'''


def read(folder: Path, text: str) -> TomlFile:
    (folder / "file.toml").write_bytes(text.encode())
    return read_toml(folder / "file.toml", "file.toml", folder)


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        (("id",), "id", '"X"'),
        (("numbers",), "numbers", '[1, 2,  # the first "two"\n  3]'),
        (("title",), "[title]", "[title]"),
        (("title", "zh"), "zh", '"""\n[not a table]\nkey = "no key"\n"""'),
        (("parameters", "check-in", "too_often", "days"), "too_often.days", "91"),
        (("meaning", 0), "[[meaning]]", "[[meaning]]"),
        (("meaning", 1, "words"), "words", "'装 装进'"),
        (("meaning", 1, "part", 0, "inline"), "inline", '{a = 1, b = "}"}'),
        (("meaning", 1, "part", 0, "inline", "a"), "inline", '{a = 1, b = "}"}'),
        (("meaning", 0, "none"), "[[meaning]]", "[[meaning]]"),
        (("none",), "", ""),
    ],
)
def test_every_value_has_its_place(tmp_path: Path, key: tuple[str | int, ...], name: str, value: str) -> None:
    file = read(tmp_path, TEXT)
    assert [TEXT[span.start : span.end] for span in (file.name(*key), file.span(*key))] == [name, value]


def test_a_word_is_found_by_itself_only(tmp_path: Path) -> None:
    file = read(tmp_path, TEXT)
    assert [span.start for span in file.words("装", "meaning", 1, "words")] == [TEXT.index("'装 装进") + 1]
    assert file.word("没有", "meaning", 1, "words") == file.span("meaning", 1, "words")


def keys(data: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the way to every value that is no table and no list of tables."""
    if isinstance(data, dict):
        return [key for name, value in data.items() for key in keys(value, (*way, name))]
    if isinstance(data, list) and data and all(isinstance(value, dict) for value in data):
        return [key for at, value in enumerate(data) for key in keys(value, (*way, at))]
    return [way]


WITHOUT_INLINE_TABLES = sorted(path for path in resource("rules").rglob("*.toml") if "= {" not in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", WITHOUT_INLINE_TABLES, ids=lambda path: path.stem)
def test_the_files_that_come_with_the_program_have_all_their_places(path: Path) -> None:
    file = read_toml(path, path.name, path.parent)
    names = {key: file.source.text[(span := file.name(*key)).start : span.end] for key in keys(file.data)}
    assert names and all(name.strip("\"'") == key[-1] for key, name in names.items())


@pytest.mark.parametrize(
    ("text", "place", "zh"),
    [
        ("a = 1\nb = \n", (2, 5), "不是合格的 TOML：Invalid value"),
        ("a = [1", (1, 7), "不是合格的 TOML"),
        ("a = 1\na = 2\n", (2, 6), "不是合格的 TOML：Cannot overwrite a value"),
        ("a = " + "9" * 5000, (1, 1), "不是合格的 TOML"),
        ("a = " + "[" * 100_000, (1, 1), "嵌套太深"),
        ("a = 1 #" + "x" * 1_000_000, (1, 1), "文件太大"),
    ],
)
def test_what_is_no_toml_is_told_with_its_place(tmp_path: Path, text: str, place: tuple[int, int], zh: str) -> None:
    with pytest.raises(TomlError) as error:
        read(tmp_path, text)
    position = error.value.source.position(error.value.span.start)
    assert (position.line, position.column) == place
    assert error.value.zh.startswith(zh)


@given(st.text(st.sampled_from("[]{}\"'=#.\\\n ab1"), max_size=40))
def test_places_are_found_in_whatever_is_toml(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    try:
        file = read(tmp_path_factory.getbasetemp(), text)
    except TomlError as error:
        assert 0 <= error.span.start <= len(error.source.text)
        return
    for key in keys(file.data):
        span = file.span(*key)
        assert 0 <= span.start <= span.end <= len(text)
        assert span != Span(0, 0)
