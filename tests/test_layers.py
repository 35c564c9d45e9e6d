"""Imports run one way: each package imports only what stands left of it. The second half shows that the first can fail."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "assesslint"

LAYERS = (
    ("text",),
    ("findings",),
    ("scheme",),
    ("documents", "reading"),
    ("policy",),
    ("linter",),
    ("proof", "reports"),
    ("lsp", "publication"),
    ("register",),
    ("web",),
    ("cli",),
)
"""From left to right; packages of one layer are strangers to each other."""

ORDER = {name: place for place, layer in enumerate(LAYERS) for name in layer}


def imported_packages(code: str, package: str) -> Iterator[tuple[int, str]]:
    """Yield line and package for every import of assesslint in the code of a module of `package`, lazy ones included."""
    for node in ast.walk(ast.parse(code)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            assert node.level == 1, "a relative import that leaves its package"
            names = [f"assesslint.{package}"]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" if node.module == "assesslint" else str(node.module) for alias in node.names]
        elif named := late_import(node):
            names = [named[0]]
        for name in names:
            parts = name.split(".")
            if parts[0] == "assesslint" and len(parts) > 1 and parts[1] in ORDER:
                yield node.lineno, parts[1]


def late_import(node: ast.AST) -> tuple[str, str] | None:
    """Return module and function of a call `late("module", "function")`, None for anything else."""
    match node:
        case ast.Call(func=ast.Name(id="late"), args=[ast.Constant(value=str(module)), ast.Constant(value=str(name))]):
            return module, name
    return None


def violations(code: str, package: str) -> list[str]:
    """Return a line for each import that does not point to the left."""
    return [
        f"line {line}: {package} imports {imported}"
        for line, imported in imported_packages(code, package)
        if imported != package and ORDER[imported] >= ORDER[package]
    ]


def test_every_package_has_its_place() -> None:
    folders = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file()}
    assert folders == set(ORDER)


@pytest.mark.parametrize("package", ORDER)
def test_imports_point_left(package: str) -> None:
    found = [
        f"{file.relative_to(PACKAGE)} {violation}"
        for file in sorted((PACKAGE / package).rglob("*.py"))
        for violation in violations(file.read_text(encoding="utf-8"), package)
    ]
    assert found == []


def test_every_late_import_is_there() -> None:
    named = {
        call
        for file in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (call := late_import(node))
    }
    assert named
    for module, name in sorted(named):
        assert callable(getattr(import_module(module), name, None)), f"{module} has no {name}"


@pytest.mark.parametrize(
    ("package", "code", "expected"),
    [
        ("text", "from assesslint.findings.model import Finding", ["line 1: text imports findings"]),
        ("documents", "import assesslint.reading.facts", ["line 1: documents imports reading"]),
        ("reading", "def late():\n    from assesslint.documents import draft", ["line 2: reading imports documents"]),
        ("policy", "from assesslint import cli", ["line 1: policy imports cli"]),
        ("text", 'READ = late("assesslint.reading.facts", "read")', ["line 1: text imports reading"]),
        ("reports", "from assesslint.linter.check import check", []),
        ("scheme", "from . import model", []),
        ("cli", "import click, assesslint.text.source", []),
    ],
)
def test_a_forbidden_import_is_seen(package: str, code: str, expected: list[str]) -> None:
    assert violations(code, package) == expected
