"""The parts of the documentation that are made from the program: commands, settings, exit codes, keys."""

from __future__ import annotations

import argparse
import re
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

from project_sources import ROOT

from reader.cli.commands import COMMANDS, LATER
from reader.cli.linear.words import WORDS
from reader.cli.parser import GLOBALS, Command, of_command, usage
from reader.config import Config, SourceOverride
from reader.config.options import OPTIONS, SOURCE_OPTIONS

README, REFERENCE = ROOT / "README.md", ROOT / "docs" / "reference.md"
FIRST_KEYS = (
    ("move.down", "move.up"),
    ("pane.right", "pane.left"),
    ("open",),
    ("back",),
    ("flow.on",),
    ("unread.next", "unread.previous"),
    ("quote.next", "quote.previous"),
    ("copy.quote",),
    ("save",),
    ("read.toggle", "read.all"),
    ("undo",),
    ("search",),
    ("browse",),
    ("source.add",),
    ("refresh.section", "refresh.all"),
)


def made() -> dict[Path, str]:
    """Each file as it should be: what stands between its marks is made anew, everything else is left."""
    readme = _filled(README.read_text(encoding="utf-8"), "keys", keys())
    reference = REFERENCE.read_text(encoding="utf-8")
    for name, text in (
        ("commands", commands()),
        ("linear", linear()),
        ("exit codes", exit_codes()),
        ("settings", settings()),
    ):
        reference = _filled(reference, name, text)
    return {README: readme, REFERENCE: reference}


def _filled(document: str, name: str, text: str) -> str:
    pattern = re.compile(rf"(<!-- {name}: [^>]*-->\n).*?(<!-- /{name} -->)", re.DOTALL)
    filled, count = pattern.subn(lambda match: f"{match[1]}{text}\n{match[2]}", document)
    assert count == 1, f"the marks of {name} are not there"
    return filled


def keys() -> str:
    """The table of first keys, as they are bound in the default preset."""
    from reader.config import Keys
    from reader.tui.commands import BY_ID
    from reader.tui.keymap import build, shown

    bound = build(Keys()).keys
    rows = ["| key | does |", "|---|---|"]
    for ids in FIRST_KEYS:
        named = " / ".join(" ".join(f"`{_cell(one)}`" for one in re.split(r"\s{2,}", shown(bound[id_]))) for id_ in ids)
        does = " / ".join(BY_ID[id_].label[0].lower() + BY_ID[id_].label[1:] for id_ in ids)
        rows.append(f"| {named} | {does} |")
    return "\n".join(rows)


def commands() -> str:
    """Every command with its options, and the options that all of them take."""
    parts = ["### Everywhere", "These stand before or after the command.", _options(GLOBAL_ROWS)]
    for command in COMMANDS:
        parts += [f"### {command.name}", command.summary, f"```\n{usage(command)}\n```"]
        if rows := _rows(command):
            parts.append(_options(rows))
    if LATER:
        parts += [
            "### Of later editions",
            "These names are taken. Today each of them says so in one sentence and exits with 2: "
            + ", ".join(f"`{name}`" for name in LATER)
            + ".",
        ]
    return "\n\n".join(parts)


GLOBAL_ROWS = [
    (
        ", ".join(f"`{flag}`" for flag in option.flags) + (f" `{option.metavar}`" if option.metavar else ""),
        option.help[0].upper() + option.help[1:] + ".",
    )
    for option in GLOBALS
]


def _rows(command: Command) -> list[tuple[str, str]]:
    everywhere = {flag for option in GLOBALS for flag in option.flags} | {"-h", "--help"}
    rows = []
    for action in of_command(command)._actions:
        if action.help == argparse.SUPPRESS or everywhere & set(action.option_strings):
            continue
        value = "" if action.nargs == 0 else str(action.metavar or "|".join(map(str, action.choices or ())))
        names = ", ".join(f"`{flag}`" for flag in action.option_strings)
        shown = f"{names} `{value}`" if names and value else names or f"`{value or action.dest}`"
        choices = ""
        if action.choices and action.metavar:
            choices = ": " + ", ".join(map(str, action.choices))
        words = action.help or ", ".join(map(str, action.choices or ()))
        rows.append((shown, words[0].upper() + words[1:] + choices + "."))
    return rows


def _options(rows: list[tuple[str, str]]) -> str:
    return "\n".join(["| | |", "|---|---|", *(f"| {_cell(name)} | {_cell(words)} |" for name, words in rows)])


def linear() -> str:
    """The words of the linear reader."""
    rows = [
        (" ".join(f"`{name}`" for name in word.names) + (f" `{word.after}`" if word.after else ""), word.help)
        for word in WORDS
    ]
    return _options([(name, words[0].upper() + words[1:] + ".") for name, words in rows])


def exit_codes() -> str:
    """The table of exit codes, from the words beside each number."""
    import ast

    source = ast.parse((ROOT / "reader" / "cli" / "exit_codes.py").read_text(encoding="utf-8"))
    body = next(node for node in source.body if isinstance(node, ast.ClassDef)).body
    rows = ["| code | means |", "|---|---|"]
    for number, words in pairwise(body):
        if isinstance(number, ast.Assign) and isinstance(words, ast.Expr):
            assert isinstance(number.value, ast.Constant)
            assert isinstance(words.value, ast.Constant)
            rows.append(f"| {number.value.value} | {words.value.value} |")
    return "\n".join(rows)


def settings() -> str:
    """Every setting with its default, from the table by which the file is checked."""
    defaults = Config()
    parts = []
    for table, options in OPTIONS.items():
        values = getattr(defaults, table)
        rows = ["| key | default | must be | does |", "|---|---|---|---|"]
        rows += [
            f"| `{key}` | {_default(getattr(values, key))} | {_cell(option.allowed)} | {_cell(option.meaning)} |"
            for key, option in options.items()
        ]
        parts += [f"### [{table}]", "\n".join(rows)]
    names = {field.name for field in fields(SourceOverride)}
    assert names == set(SOURCE_OPTIONS)
    rows = ["| key | must be | does |", "|---|---|---|"]
    rows += [
        f"| `{key}` | {_cell(option.allowed)} | {_cell(option.meaning)} |" for key, option in SOURCE_OPTIONS.items()
    ]
    parts += ['### [sources."ADDRESS"]', "\n".join(rows)]
    return "\n\n".join(parts)


def _default(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, frozenset):
        return "`[]`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`" if isinstance(value, int) else f'`"{value}"`'


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
