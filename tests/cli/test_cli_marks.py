"""`save`, `unsave`, `mark`, `undo`, `remove`, `edit`: changes, and taking them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Run

Secnews = Callable[..., Run]
pytestmark = pytest.mark.usefixtures("stocked")


def _state(secnews: Secnews) -> dict[int, tuple[bool, bool]]:
    return {row["id"]: (row["read"], row["saved"]) for row in secnews("list", "--json").json["articles"]}


@pytest.mark.parametrize(
    ("argv", "changed", "words"),
    [
        (["save", "1", "a2"], {1: (False, True), 2: (False, True)}, "2 articles saved for offline."),
        (["save", "1", "1", "a1"], {1: (False, True)}, "1 article saved for offline."),
        (["save", "1", "4"], {1: (False, True)}, "1 article saved for offline (1 already so)."),
        (["save", "keys -section:fraud"], {1: (False, True), 6: (True, True)}, "2 articles saved for offline."),
        (["unsave", "section:fraud"], {4: (False, False)}, "1 article no longer saved (1 already so)."),
        (["unsave", "4"], {4: (False, False)}, "1 article no longer saved."),
        (["mark", "read", "1", "2"], {1: (True, False), 2: (True, False)}, "2 articles marked read."),
        (["mark", "unread", "a6"], {6: (False, False)}, "1 article marked unread."),
        (["mark", "read", "keys"], {1: (True, False)}, "1 article marked read (1 already so)."),
        (["mark", "read", "s2"], {4: (True, True), 5: (True, False)}, "2 articles marked read."),
        (["mark", "read", "refund", "oslo"], {4: (True, True)}, "1 article marked read."),
    ],
)
def test_a_change_and_its_undo(
    secnews: Secnews, argv: list[str], changed: dict[int, tuple[bool, bool]], words: str
) -> None:
    """The articles named change, no other does, and `undo` takes exactly that back."""
    before = _state(secnews)
    run = secnews("--offline", *argv)
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith(words)
    assert _state(secnews) == before | changed
    run = secnews("undo")
    assert run.code == 0
    assert run.err.startswith("Taken back: ")
    assert _state(secnews) == before


def test_what_changes_nothing_is_no_error(secnews: Secnews) -> None:
    """Saving what is saved is done, exit code 0, and leaves nothing to undo."""
    run = secnews("--offline", "save", "4")
    assert run.code == 0
    assert run.err.startswith("0 articles saved for offline (1 already so).\n")
    assert secnews("undo").code == 3


def test_articles_that_are_not_there(secnews: Secnews) -> None:
    """All missing: 3. Some missing: the others are changed, 1, and the missing ones are named."""
    run = secnews("save", "98", "99")
    assert run.code == 3
    assert "Not in the library: a98, a99" in run.err
    run = secnews("--offline", "save", "1", "99")
    assert run.code == 1
    assert "Not in the library: a99" in run.err
    assert _state(secnews)[1] == (False, True)
    assert secnews("mark", "read", "nowhere").code == 3


def test_json_of_changes(secnews: Secnews) -> None:
    """A script gets counts and labels."""
    changed = secnews("--offline", "save", "1", "4", "99", "--json").json
    assert changed == {"schema": 1, "changed": 1, "found": 2, "missing": [99]}
    assert secnews("mark", "read", "nowhere", "--json").json == {"schema": 1, "changed": 0, "found": 0, "missing": []}
    assert secnews("undo", "--json").json == {"schema": 1, "undone": "1 article saved"}
    run = secnews("undo", "--json")
    assert (run.code, run.json) == (3, {"schema": 1, "undone": None})


def test_remove_keeps_saved_articles_and_is_undone(secnews: Secnews) -> None:
    """A source goes with its articles but the saved ones; undo brings all back."""
    before = _state(secnews)
    run = secnews("remove", "s2")
    assert run.code == 0
    assert run.err.startswith("Removed s2 Closed List; saved articles stay.")
    assert sorted(_state(secnews)) == [1, 2, 3, 4, 6]
    assert secnews("undo").code == 0
    assert _state(secnews) == before


def test_remove_several_and_json(secnews: Secnews) -> None:
    """Several sources by number or address; JSON lists what went."""
    run = secnews("remove", "1", "/srv/clippings", "--json")
    assert [source["id"] for source in run.json["sources"]] == [1, 3]
    assert [source["id"] for source in secnews("sources", "--json").json["sources"]] == [2]


@pytest.mark.parametrize("given", ["9", "s9", "https://nowhere.example.com/feed"])
def test_sources_that_are_not_there(secnews: Secnews, given: str) -> None:
    """Exit code 3, nothing is removed, also not the others of the same call."""
    run = secnews("remove", "1", given)
    assert (run.code, run.out) == (3, "")
    assert len(secnews("sources", "--json").json["sources"]) == 3


def test_edit_moves_a_source(secnews: Secnews) -> None:
    """Title and section change, its articles follow, undo takes it back."""
    run = secnews("edit", "s1", "--title", "The Harbour", "--section", "Ports", "--json")
    assert run.json["sources"][0]["title"] == "The Harbour"
    assert [row["id"] for row in secnews("list", "--section", "Ports", "--json").json["articles"]] == [1, 2, 3]
    secnews("undo")
    assert secnews("list", "--section", "Ports").code == 3


def test_edit_says_when_the_file_wins(secnews: Secnews, stocked: Path) -> None:
    """A title set in config.toml wins over `edit`; `edit` says so and `sources` shows it."""
    (stocked / "config").mkdir(exist_ok=True)
    (stocked / "config" / "config.toml").write_text('[sources."https://harbour.example.com/feed"]\ntitle = "Fixed"\n')
    assert "sets the title of this source, and it wins" in secnews("edit", "1", "--title", "Mine").err
    assert "config.toml sets title" in secnews("sources").out
    assert "Fixed" in secnews("sources").out
