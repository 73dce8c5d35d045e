"""No attribute of ours takes the name of one of Textual's by accident: that has made panes load forever."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from functools import cache

import pytest
from textual.message_pump import MessagePump

import reader.tui

# What we override on purpose.
MEANT = {
    "app", "action_quit", "compose", "render", "render_lines", "notify_style_update", "get_css_variables", "get_theme",
    "get_default_screen", "on_event", "_handle_exception", "check_consume_key", "value", "cursor_position", "theme",
    "animation_level", "use_command_palette", "_exception", "_return_code", "placeholder", "clipboard", "check_action",
    "set_focus", "refresh", "get_content_height", "HORIZONTAL_BREAKPOINTS", "VERTICAL_BREAKPOINTS",
    # set by Textual's own metaclass or meant for it
    "BINDINGS", "CSS_PATH", "AUTO_FOCUS", "TITLE", "COMMANDS", "ENABLE_COMMAND_PALETTE", "can_focus",
    "can_focus_children", "_decorated_handlers", "_reactives", "_inherit_css", "_inherit_bindings",
    "_inherit_component_classes", "_css_type_name", "_merged_bindings", "_css_type_names", "_computes",
}  # fmt: skip


def classes() -> list[type]:
    found = []
    for module in pkgutil.walk_packages(reader.tui.__path__, "reader.tui."):
        loaded = importlib.import_module(module.name)
        found += [
            value
            for value in vars(loaded).values()
            if inspect.isclass(value) and issubclass(value, MessagePump) and value.__module__ == module.name
        ]
    return found


@cache
def own_names(cls: type) -> set[str]:
    """What a class defines in its body or sets on self."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    names = {name for name in vars(cls) if not name.startswith("__")}
    for node in ast.walk(tree):
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self":
                names.add(target.attr)
    return names


def textual_names(cls: type) -> set[str]:
    names: set[str] = set()
    for base in cls.__mro__:
        if base.__module__.startswith("textual"):
            names |= set(vars(base))
            try:
                names |= own_names(base)
            except (OSError, TypeError):
                continue
    return names


@pytest.mark.parametrize("cls", classes(), ids=lambda cls: cls.__name__)
def test_no_name_is_taken(cls: type) -> None:
    """Every name of ours is new to Textual or in the list of what is overridden on purpose."""
    assert (own_names(cls) & textual_names(cls)) - MEANT == set()
