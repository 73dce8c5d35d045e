"""What a start loads before the first rows are seen: every module costs it a fifth of a millisecond and more."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from pty_driver import Terminal
from tui_library import NOW, draft, home, put

from reader.config import Config
from reader.service.library import Library

ROOT = Path(__file__).parents[2]
# The program itself, which writes down what is loaded when the first rows have been painted.
START = """
import json, sys
from reader.tui.screens import main
painted = main.MainScreen.after_first_paint
def after_first_paint(self):
    with open(sys.argv.pop(), "w") as file:
        json.dump(sorted(sys.modules), file)
    painted(self)
main.MainScreen.after_first_paint = after_first_paint
from reader.__main__ import main
sys.exit(main(sys.argv[1:-1]))
"""
# Whoever needs another module for the first rows adds it here; all else is imported where it is used.
NEEDED = {
    "reader": ["__main__", "errors", "paths"],
    "reader.cli": ["app", "cells", "context", "exit_codes", "output", "style", "talk"],
    "reader.config": ["loader", "schema"],
    "reader.model": ["kinds", "rows"],
    "reader.service": ["library", "under_way"],
    "reader.store": [
        "connections", "counts", "database", "faults", "migrations", "placing", "prepared", "settings", "statements",
        "times", "views",
    ],
    "reader.text": ["clean"],
    "reader.tui": [
        "app", "arrangement", "commands", "inks", "jobs", "keymap", "keyreader", "marks", "memory", "overlay",
        "placing", "refreshing", "rows", "run", "themes", "times", "told", "wrap",
    ],
    "reader.tui.screens": [
        "comparing", "exporting", "finding", "following", "hovering", "keeping", "labelling", "leading", "main",
        "moving", "noting", "ordering", "panes", "picturing", "quoting", "reading", "room", "saved_pages",
        "searching", "sourcing", "touring", "watching", "whole_text",
    ],
    "reader.tui.widgets": [
        "article_list", "article_view", "box", "line_pane", "quote_hovered", "quote_list", "section_list",
        "status_line", "virtual_list",
    ],
}  # fmt: skip
# Of the libraries, and of the parts of the standard library that Textual does not load itself.
NOT_YET = {
    "argparse", "feedparser", "h11", "html.parser", "http.client", "httpcore", "httpx", "lxml", "multiprocessing",
    "reader.quotes", "tomllib", "trafilatura", "watchfiles", "xml.etree.ElementTree", "zipfile",
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> list[set[str]]:
    """The modules that the first two starts of a room have loaded when their first rows are seen."""
    folder = tmp_path_factory.mktemp("start")
    with Library.open(home(folder), Config(), clock=lambda: NOW) as library:
        put(library, [draft(number) for number in range(3)])
    found = []
    for _start in range(2):  # the first one has nothing to remember
        command = [sys.executable, "-c", START, "--home", str(folder / "room"), "--offline", str(folder / "loaded")]
        terminal = Terminal(command, env={"PYTHONPATH": str(ROOT)})
        terminal.wait_for("Story 00")
        terminal.drain()
        assert terminal.close(b"q", 20) == 0
        found.append(set(json.loads((folder / "loaded").read_text())))
    return found


def test_only_what_the_first_rows_need_is_loaded(loaded: list[set[str]]) -> None:
    """No command of a pane, no window, no action and no query is loaded before the first rows are seen."""
    needed = set(NEEDED) | {f"{package}.{name}" for package in NEEDED for name in NEEDED[package]}
    for names in loaded:
        assert {name for name in names if name.split(".")[0] == "reader"} - needed == set()


def test_nothing_heavy_is_loaded(loaded: list[set[str]]) -> None:
    """Neither the network nor a parser of feeds, pages, settings or commands."""
    for names in loaded:
        assert NOT_YET & names == set()
