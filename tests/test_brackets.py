"""Chinese prose has full-width brackets: in the messages of the package, in the norms, on the pages. Code keeps its own.

The last test shows that the first can fail.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = list((ROOT / "assesslint").rglob("*.py"))
NORMS = list(ROOT.glob("**/norms/*.toml"))
PAGES = [*ROOT.glob("*.md"), *(page for folder in ("assesslint", "docs", "examples", "rules") for page in (ROOT / folder).rglob("*.md"))]

HALF_WIDTH = re.compile(
    r"[一-鿿〇“”《》〔〕、，。；：]\(|\)[一-鿿〇《〔、，。；：]"
    r"|(?<![ \w])\([^()]*[一-鿿][^()]*\)"
)
"""A half-width bracket beside Chinese. Within an English sentence a Chinese name in brackets stands behind a space."""

CODE = re.compile(r"[\[\\|]|\(\?|\)[?*+]|\([a-z] in|\(\"|^[^一-鿿]*$")
"""What only a regular expression, a set of characters, a condition of a rule or the scheme language has."""

NO_PROSE = re.compile(r"^```.*?^```|^\|.*?$|`[^`\n]*`|(?<=\])\([^)\n]*\)|^- [a-z-]+ (?:error|warn|advice).*?$", re.MULTILINE | re.DOTALL)
"""Code on a page, rows of tables that hold code, where links lead, and findings told with the words of a draft."""


def said(code: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each string of a module, what is put into it as 〇.

    Docstrings are left out, but for those in Chinese, which help pages show.
    """
    tree = ast.parse(code)
    left_out: set[ast.AST] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text)) as string) if not re.match("[一-鿿]", text):
                left_out.add(string)
            case ast.JoinedStr(values=parts):
                left_out.update(part for part in parts if isinstance(part, ast.Constant))
                written = [str(part.value) if isinstance(part, ast.Constant) else "〇" for part in parts]
                if re.search("[一-鿿]", "".join(written).replace("〇", "")):
                    yield node.lineno, "".join(written)
            case ast.Constant(value=str(text)) if node not in left_out:
                yield node.lineno, text


def prose(page: str) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line of a page, code as x and the end of the line before it as a space."""
    bare = NO_PROSE.sub(lambda found: "x" + "\n" * found[0].count("\n"), page)
    yield from ((number, f" {line}") for number, line in enumerate(bare.split("\n"), 1))


def misfits(strings: Iterator[tuple[int, str]]) -> list[str]:
    return [f"{line}: {text}" for line, text in strings if HALF_WIDTH.search(text) and not CODE.search(text)]


def in_norms(told: str) -> list[str]:
    """Return the Chinese texts of a file of norms that hold a half-width bracket."""
    read = tomllib.loads(told)
    tables = [read, *read.get("clauses", {}).values()]
    return [text for table in tables for key, text in table.items() if key != "en" and isinstance(text, str) and re.search("[()]", text)]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_messages_have_full_width_brackets(file: Path) -> None:
    assert misfits(said(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(ROOT)))
def test_pages_have_full_width_brackets(file: Path) -> None:
    assert misfits(prose(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", NORMS, ids=lambda file: str(file.relative_to(ROOT)))
def test_norms_have_full_width_brackets(file: Path) -> None:
    assert in_norms(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        'zh = "图片(PNG)"',
        'zh = f"{shown} 不是文件(链接)"',
        """zh = f"至 {until}{'(已到期)' if ended else ''}"
""",
        'zh = f"程序出错({what})，没有做完"',
        'def command():\n    """检查标准输入(-)中的草案。"""',
    ],
)
def test_a_half_width_bracket_in_a_message_is_found(code: str) -> None:
    assert misfits(said(code))


@pytest.mark.parametrize(
    "code",
    [
        'zh, en = "图片（PNG）", "a picture (PNG)"',
        'en = "drafts of schemes (考核方案) are read"',
        'SHAPE = r"(?:省|自治区)县"',
        'OPENING = "(（〔"',
        """zh = '写对象，如 办结率("隐患")'""",
        'def read():\n    """Return what stands in brackets (得满分)。"""',
    ],
)
def test_code_keeps_its_brackets(code: str) -> None:
    assert not misfits(said(code))


def test_a_half_width_bracket_on_a_page_or_in_a_norm_is_found() -> None:
    assert misfits(prose("方案语言(`.assess`)都行"))
    assert not misfits(prose("见[指南](a.md)，`f(甲)`，方案语言（`.assess`）\n```\n率(甲)\n```"))
    assert in_norms('title = "甲(2019)"\n') == in_norms('[clauses.a]\ncite_as = "甲(2019)"\nen = "a (b)"\n') == ["甲(2019)"]
