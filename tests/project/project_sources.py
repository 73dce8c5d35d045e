"""The program's own source as syntax trees, for the tests that read it."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "reader"


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file; parsed again where another thread compiled meanwhile (gh-106905, before 3.11.9)."""
    text = path.read_text(encoding="utf-8")
    for _attempt in range(10):
        try:
            return ast.parse(text, str(path))
        except SystemError:
            time.sleep(0.05)
    return ast.parse(text, str(path))


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Module names with their trees."""
    for name, path in modules().items():
        yield name, tree(path)


def calls(module: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a module with the dotted name that is called, as written ("" where it has none)."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an attribute chain; what is not a name is left out in front, so `x().y` is `.y`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def imported(module: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Every module that is imported, with the names taken from it appended."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node
