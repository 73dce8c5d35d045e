"""SQL is written, never put together from values: SAFETY point 80, checked on the syntax tree of the whole program."""

from __future__ import annotations

import ast

import pytest
from project_sources import trees

EXECUTING = {"execute", "executemany", "executescript"}


def faults(tree: ast.Module) -> list[str]:
    """Every place where a statement is built from something else than constants of the module."""
    built = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in EXECUTING:
            statement = node.args[0] if node.args else None
            if isinstance(statement, ast.Name) and statement.id in built:
                statement = built[statement.id]
            if statement is not None and _puts_together(statement):
                found.append(f"line {node.lineno}")
    return found


def _puts_together(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) and not _constant(part.value) for part in node.values)
    if isinstance(node, ast.BinOp):
        return not (_constant(node.left) and _constant(node.right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        parts = node.args[0] if node.args else None
        if node.func.attr == "join" and isinstance(parts, ast.Tuple | ast.List):
            return not all(_constant(part) for part in parts.elts)
        return node.func.attr in ("format", "format_map", "replace", "join")
    return False


def _constant(node: ast.expr) -> bool:
    """A literal, or a name that says it is a constant of the module."""
    if isinstance(node, ast.Name):
        return node.id.lstrip("_").isupper()
    if isinstance(node, ast.BinOp):
        return _constant(node.left) and _constant(node.right)
    return isinstance(node, ast.Constant) or (isinstance(node, ast.JoinedStr) and not _puts_together(node))


def test_statements_are_constants() -> None:
    """No statement anywhere in the program is built with f-strings, %, + or format from values."""
    assert [f"{name} {fault}" for name, tree in trees() for fault in faults(tree)] == []


@pytest.mark.parametrize(
    "bad",
    [
        'c.execute(f"SELECT {x}")',
        'c.execute("SELECT %s" % x)',
        'c.execute("SELECT " + x)',
        'c.execute("SELECT {}".format(x))',
        'sql = f"DELETE FROM t WHERE a = {x}"\nc.execute(sql)',
        'c.executescript("a".join(x))',
        'c.executescript("a".join(["b", x]))',
        'c.executemany(f"INSERT INTO {table}", rows)',
    ],
)
def test_the_check_finds_what_it_looks_for(bad: str) -> None:
    """Each way of putting a statement together is found."""
    assert faults(ast.parse(bad))


@pytest.mark.parametrize(
    "good", ['c.execute("SELECT ?", (x,))', '_A = f"SELECT {_B}"\nc.execute(_A)', 'c.execute("a" "b")', "c.execute(S)"]
)
def test_the_check_lets_constants_pass(good: str) -> None:
    """Constants, also those made of constants, are no fault."""
    assert faults(ast.parse(good)) == []
