"""`D`: what changed in a saved article, fetched again over a real server, revision by revision."""

from __future__ import annotations

import asyncio
from datetime import UTC
from pathlib import Path

from tui_library import home, opened, running, settle, text_of, until
from tui_site import REST, TEASER, Site

from reader.cli.room_line import RoomLine
from reader.config import Config, Reading
from reader.service import actions
from reader.service.adding import add
from reader.service.changes import changes
from reader.service.library import Library
from reader.service.whole_pages import fetch_wanted
from reader.tui.app import RoomApp
from reader.tui.difference_sheet import difference_sheet
from reader.tui.screens.difference import DifferenceScreen


def test_a_sheet_of_changes() -> None:
    """Quotes and numbers are called out in words, what went and came has signs, and every place is a change."""
    old = "He said “it is safe” on Monday. Some 40 shops lost money."
    made = difference_sheet(changes(old, "He said “it is not safe” on Monday. Some 52 shops lost money. More."))
    text = made.sheet.text
    assert text.startswith("3 changes, 1 in quotes, 1 of numbers.")
    assert [text[place:].split("\n")[0] for place in made.places] == ["Quote", "Number", "Words"]
    assert "{+not+}" in text
    assert "[-40-] {+52+}" in text
    assert {text[item.start : item.end] for item in made.sheet.styled if item.name == "gone"} == {"[-40-]"}
    assert difference_sheet([]).sheet.text == "The words are the same.\n"


async def test_what_changed(tmp_path: Path) -> None:
    """One revision: a second key fetches the page again and shows the change; h and l go through revisions."""
    site = Site()
    with Library.open(home(tmp_path), Config()) as library:
        library.set_setting("tui", {"toured": True})
        await asyncio.to_thread(add, library, f"{site.url}/feed")
        quiet = Config(reading=Reading(refresh_on_start=False))
        app = RoomApp(library, quiet, zone=UTC, language=RoomLine)
        async with running(app) as pilot:
            await pilot.press("g", "a", "enter")
            await opened(pilot)
            await pilot.press("D")
            await until(pilot, lambda: "not saved" in app.told[-1].sentence)
            await asyncio.to_thread(actions.save, library, [1])
            await asyncio.to_thread(fetch_wanted, library)
            app.room.articles.rows.forget()  # type: ignore[union-attr]
            await pilot.press("D")
            await until(pilot, lambda: "Only one revision" in app.told[-1].sentence)
            site.put_page("/case0", [TEASER.replace("forty", "52"), *REST])
            await pilot.press("D")
            await until(pilot, lambda: isinstance(app.screen, DifferenceScreen))
            await until(pilot, lambda: "[-forty-] {+52+}" in text_of(app))
            assert "Number" in text_of(app)
            site.put_page("/case0", [TEASER.replace("forty", "52"), REST[0].replace("never", "x"), *REST[2:]])
            await pilot.press("r")
            await until(pilot, lambda: isinstance(app.screen, DifferenceScreen) and "3/3" in text_of(app))
            await until(pilot, lambda: "replaced every key" in text_of(app))
            await pilot.press("h")
            await until(pilot, lambda: "2/3" in text_of(app) and "[-forty-]" in text_of(app))
            await pilot.press("n", "p", "G", "g", "escape")
            await until(pilot, lambda: app.screen is app.room)
            await pilot.press(":", *"save --again", "enter")
            await until(pilot, lambda: any("says what it said" in told.sentence for told in app.told))
            await settle(pilot)
    site.close()
