"""Tags in the room: the prompt, its completion, the header, undo."""

from __future__ import annotations

import pytest
from tui_library import opened, running, settle, text_of, until

from reader.service import tagging
from reader.service.library import Library
from reader.tui.app import RoomApp
from reader.tui.screens.labelling import completed


async def test_tag_and_take_back(app: RoomApp, library: Library) -> None:
    """`t` gives tags, the header shows them, `-tag` takes one away and `u` undoes that."""
    async with running(app) as pilot:
        await pilot.press("enter")
        await opened(pilot)
        await pilot.press("t")
        await until(pilot, lambda: app.room.query("#prompt"))
        await pilot.press(*"card fraud, later", "enter")
        await until(pilot, lambda: "Tags: card fraud, later" in text_of(app))
        assert dict(tagging.own(library)) == {"card fraud": 1, "later": 1}
        await pilot.press("t")
        await until(pilot, lambda: app.room.query("#prompt"))
        await pilot.press("-", "l", "a", "tab", "enter")
        await until(pilot, lambda: "Tags: card fraud" in text_of(app) and "later" not in text_of(app).split("Tags:")[1])
        await pilot.press("u")
        await until(pilot, lambda: "Tags: card fraud, later" in text_of(app))
        await settle(pilot)


async def test_nothing_is_tagged_by_nothing(app: RoomApp, library: Library) -> None:
    """An empty line, blanks and commas change nothing; leaving neither."""
    async with running(app) as pilot:
        for keys in (("enter",), (*" , -", "enter"), ("x", "escape")):
            await pilot.press("t")
            await until(pilot, lambda: app.room.query("#prompt"))
            await pilot.press(*keys)
            await until(pilot, lambda: not app.room.query("#prompt"))
        await settle(pilot)
        assert tagging.own(library) == []


@pytest.mark.parametrize(
    ("line", "ways"),
    [
        ("", ["later", "fraud"]),
        ("LA", ["later"]),
        ("-f", ["-fraud"]),
        ("one, f", ["one, fraud"]),
        ("one,-", ["one,-later", "one,-fraud"]),
        ("x", []),
    ],
)
def test_completion_of_tags(line: str, ways: list[str]) -> None:
    """The last tag of the line is completed, whatever stands before it."""
    assert completed(["later", "fraud"], line) == ways
