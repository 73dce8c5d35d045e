"""No text of strangers reaches an interface of Textual that reads markup: checked in the source, call by call."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from project_sources import tree

READER = Path(__file__).parents[2] / "reader"

# Calls that read markup in the argument at this position (and under these names), unless markup=False is given.
CALLS: dict[str, tuple[int | None, tuple[str, ...]]] = {
    "Static": (0, ("content",)),
    "Label": (0, ("content", "renderable")),
    "Button": (0, ("label",)),
    "Checkbox": (0, ("label",)),
    "RadioButton": (0, ("label",)),
    "Collapsible": (None, ("title",)),
    "Tab": (0, ("label",)),
    "TabPane": (0, ("title",)),
    "Option": (0, ("prompt",)),
    "OptionList": (0, ()),
    "Tree": (0, ("label",)),
    "Selection": (0, ("prompt",)),
    "Link": (0, ("text",)),
}
METHODS: dict[str, tuple[int, tuple[str, ...]]] = {
    "update": (0, ("content", "renderable")),
    "notify": (0, ("message",)),
    "add_option": (0, ()),
    "add_options": (0, ()),
    "add_row": (0, ()),
    "add_column": (0, ("label",)),
    "add_columns": (0, ()),
    "add_leaf": (0, ("label",)),
    "set_options": (0, ()),
    "with_tooltip": (0, ()),
}
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}
SAFE = {"Content", "Text", "content", "words", "assemble", "styled", "blank"}


def modules() -> list[Path]:
    return sorted(path for path in READER.rglob("*.py") if "textual" in path.read_text(encoding="utf-8"))


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _safe(value: ast.expr) -> bool:
    """A literal of ours without markup, or something that is Content already."""
    if isinstance(value, ast.Constant):
        return not isinstance(value.value, str) or "[" not in value.value
    if isinstance(value, ast.Call):
        return _name(value.func) in SAFE
    return False


def _no_markup(call: ast.Call) -> bool:
    return any(
        keyword.arg == "markup" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        for keyword in call.keywords
    )


def faults(module: ast.Module, name: str = "") -> list[str]:
    """The places of `module` where something that is no literal goes where markup is read."""
    found = []
    for node in ast.walk(module):
        where = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Assign) and not _safe(node.value):
            found += [
                where for target in node.targets if _name(target) in ATTRIBUTES and isinstance(target, ast.Attribute)
            ]
        if not isinstance(node, ast.Call):
            continue
        called = _name(node.func)
        if called == "from_markup" and not (node.args and isinstance(node.args[0], ast.Constant)):
            found.append(where)
        if called == "escape" and isinstance(node.func, ast.Attribute) and _name(node.func.value) == "markup":
            found.append(where)
        is_method = isinstance(node.func, ast.Attribute)
        position, keywords = (METHODS if is_method else CALLS).get(called, (None, ()))
        if called not in (METHODS if is_method else CALLS) or _no_markup(node):
            continue
        if called == "update" and _is_mapping_update(node):
            continue
        arguments = [] if position is None else list(node.args[position : position + 1])
        arguments += [keyword.value for keyword in node.keywords if keyword.arg in keywords]
        found += [where for argument in arguments if not _safe(argument)]
    return found


def _is_mapping_update(call: ast.Call) -> bool:
    """`dict.update` and `set.update` share their name with `Static.update`; ours of the latter is given Content."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    text = ast.unparse(owner) if owner is not None else ""
    return "query_one" not in text and not text.endswith(("said", "label", "static"))


def test_nothing_of_strangers_is_read_as_markup() -> None:
    """Every call that could read markup gets a literal, Content, or markup=False."""
    assert [fault for path in modules() for fault in faults(tree(path), str(path.relative_to(READER)))] == []


@pytest.mark.parametrize(
    "source",
    [
        "Static(title)",
        "Static(f'{title}')",
        "Label(content=title)",
        "self.notify(title)",
        "self.app.notify(title, severity='error')",
        "box.border_title = title",
        "self.query_one('#said').update(text)",
        "Option(row.title)",
        "Content.from_markup(title)",
        "Static('[b]bold[/b]')",
    ],
)
def test_the_test_sees_faults(source: str) -> None:
    """Each of the ways that the rule forbids is found."""
    assert faults(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "Static(Content(title))",
        "Static('ours')",
        "self.notify(title, markup=False)",
        "box.border_title = Content(title)",
        "known.update(other)",
        "Content.from_markup('[b]$t[/]', t=title)",
    ],
)
def test_the_test_lets_pass(source: str) -> None:
    """What reads no markup is allowed."""
    assert faults(ast.parse(source)) == []
