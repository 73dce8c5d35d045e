"""Keys: the table of commands, what users make of it, and the page that documents it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.binding import Binding

from reader.config import Keys
from reader.tui.commands import COMMANDS, CONTEXTS, bindings
from reader.tui.keymap import PRESETS, build, normal, shown
from reader.tui.keyreader import KeyReader
from reader.tui.screens.main import MainScreen

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"


def test_every_binding_can_be_rebound() -> None:
    """Every binding has an id, words for a tooltip, and an action that exists."""
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    for context in CONTEXTS:
        for binding in bindings(context):
            assert isinstance(binding, Binding)
            assert binding.id
            assert binding.tooltip
            assert binding.description
            name = binding.action.partition("(")[0].rpartition(".")[2]
            if context != "A":
                assert hasattr(MainScreen, f"action_{name}"), name


def test_no_key_means_two_things() -> None:
    """Within a pane (and what holds everywhere) every key leads to one command, in every preset."""
    for preset in PRESETS:
        keymap = build(Keys(preset=preset))
        for context in CONTEXTS:
            seen: dict[str, str] = {}
            for command in COMMANDS:
                if command.context in (context, "*", "A"):
                    for key in keymap.keys[command.id].split(","):
                        assert key not in seen or key == "none", (preset, key, seen.get(key), command.id)
                        seen[key] = command.id


def test_keys_that_terminals_cannot_tell_apart() -> None:
    """No command hangs on ctrl+i, ctrl+m, ctrl+j, ctrl+h or alt alone."""
    for command in COMMANDS:
        weak = {"ctrl+i", "ctrl+m", "ctrl+j", "ctrl+h", "ctrl+s"}
        keys = command.keys.split(",")
        assert any(key not in weak and not key.startswith("alt+") for key in keys), command.id


def test_documented_keys_are_the_keys() -> None:
    """docs/keys.md lists every command with its keys and words, and no other."""
    rows = re.findall(r"^\| (.+?) \| `([a-z_.]+)` \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    written = {id_: (tuple(re.findall(r"`([^`]+)`", keys.replace("\\|", "|"))), told) for keys, id_, told in rows}
    live = {
        command.id: (tuple(shown(normal(command.keys)).split("  ")), command.help)
        for command in COMMANDS
    }  # fmt: skip
    assert written == live


def test_documented_presets_are_the_presets() -> None:
    """docs/keys.md says what each preset changes, and nothing else."""
    table = PAGE.read_text(encoding="utf-8").partition("## Presets")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([a-z_.]+)` \| (.*?) \| (.*?) \|$", table, re.MULTILINE)
    written = {id_: tuple(re.findall(r"`([^`]+)`", cell) for cell in cells) for id_, *cells in rows}
    names = ("newsboat", "arrows")
    ids = sorted({id_ for name in names for id_ in PRESETS[name]})
    keys = {
        id_: tuple(
            shown(normal(PRESETS[name].get(id_, ""))).split("  ") if id_ in PRESETS[name] else [] for name in names
        )
        for id_ in ids
    }
    assert written == keys


@pytest.mark.parametrize(
    ("bindings_", "problem"),
    [
        ({"no.such": "x"}, "no such command"),
        ({"undo": "not a key!"}, "is no key"),
        ({"undo": ""}, "is no key"),
        ({"undo": "pgdn"}, "is no key"),
        ({"undo": "contrl+x"}, "is no key"),
        ({"undo": "x,ctrl+nothing"}, "is no key"),
        ({"undo": "g"}, "g begins other keys"),
        ({"undo": "X,z", "save": "z"}, "z is already undo"),
    ],
)
def test_wrong_keys_are_told(bindings_: dict[str, str], problem: str) -> None:
    """What cannot be is told in a sentence with the line, and the rest of the keys work."""
    keymap = build(Keys(bindings=bindings_, lines=dict.fromkeys(bindings_, 7)))
    assert any(problem in sentence for sentence in keymap.problems)
    assert keymap.keys["move.down"] == "j,down"


def test_own_keys_win() -> None:
    """A user's key is taken from the command that had it by default."""
    keymap = build(Keys(bindings={"undo": "m", "go.saved": "g b"}))
    assert keymap.keys["undo"] == "m"
    assert "m" not in keymap.keys["read.toggle"].split(",")
    assert keymap.keys["go.saved"] == "g b"
    assert keymap.problems == ()
    assert keymap.changed()["undo"] == "m"


@pytest.mark.parametrize(
    ("typed", "acts", "count"),
    [
        ("j", ["j"], None),
        ("5j", ["j"], 5),
        ("50j", ["j"], 50),
        ("0", ["0"], None),
        ("gg", ["g g"], None),
        ("7gg", ["g g"], 7),
        ("gx", ["g x"], None),
    ],
)
def test_counts_and_sequences(typed: str, acts: list[str], count: int | None) -> None:
    """Digits make a count, `g` waits for another key, and a count lasts until it is taken."""
    reader = KeyReader(frozenset({"g"}))
    assert [key for key in map(reader.read, typed) if key] == acts
    assert reader.take_count() == count
    assert reader.take_count() is None


@pytest.mark.parametrize(
    "key", ["x", "?", "ctrl+x", "f5", "pagedown", "question_mark", "ctrl+right", "g b", "é", "none"]
)
def test_possible_keys(key: str) -> None:
    """Every name that Textual gives a key is taken."""
    assert build(Keys(bindings={"go.catalogue": key})).problems == ()


def test_a_count_is_for_the_next_key_only() -> None:
    """`3 m` marks one article; the `j` after it goes one row down."""
    reader = KeyReader(frozenset({"g"}))
    assert [key for key in map(reader.read, "3mj") if key] == ["m", "j"]
    assert reader.take_count() is None
    assert [key for key in map(reader.read, "3j") if key] == ["j"]
    assert reader.take_count() == 3


def test_a_sequence_takes_the_key_it_begins_with() -> None:
    """The user's `j b` makes `j` a beginning: that it no longer moves down is told, and `down` still does."""
    keymap = build(Keys(bindings={"go.saved": "j b"}))
    assert keymap.keys["move.down"] == "down"
    assert "j begins other keys, such as those of go.saved; it does not lead to move.down" in keymap.problems[0]


def test_newsboat_shows_links_with_u() -> None:
    """`u` is newsboat's show-urls; undo is `U` there, and nothing else has lost its key."""
    keymap = build(Keys(preset="newsboat"))
    assert keymap.problems == ()
    assert keymap.keys["link.follow"].split(",")[0] == "u"
    assert "U" in keymap.keys["undo"].split(",")
    assert all(keys != "none" for keys in keymap.keys.values())


def test_escape_drops_what_is_pending() -> None:
    """Escape after a prefix or a count does nothing else."""
    reader = KeyReader(frozenset({"g"}))
    assert [reader.read(key) for key in ("g", "escape")] == [None, None]
    assert [reader.read(key) for key in ("4", "escape")] == [None, None]
    assert reader.pending == ""
    assert reader.read("escape") == "escape"
