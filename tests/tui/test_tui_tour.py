"""The tour of the first start: six lines that are in nobody's way."""

from __future__ import annotations

from tui_library import running, settle, text_of, until

from reader.service.library import Library
from reader.tui.app import RoomApp
from reader.tui.widgets.tour import LINES


async def test_first_start_shows_six_lines_once(empty_app: RoomApp) -> None:
    """They are there at the first start, keys work beside them, esc closes them, and they never come by themselves."""
    app = empty_app
    async with running(app) as pilot:
        await until(pilot, lambda: "takes back whatever you did last" in text_of(app))
        assert len(LINES) == 6
        await until(pilot, lambda: app.room.query_one("#tour").size.height == 6)
        await pilot.press("g", "m")
        await until(pilot, lambda: app.room.articles.row_count)
        assert app.focused is app.room.articles
        assert app.room.query("#tour")
        await pilot.press("escape")
        await until(pilot, lambda: not app.room.query("#tour"))
        await settle(pilot)
    again = RoomApp(app.library, app.config, offline=True)
    async with running(again) as pilot:
        await settle(pilot)
        assert not again.room.query("#tour")
        await pilot.press("g", "?")
        await until(pilot, lambda: again.room.query("#tour") and again.room.query_one("#tour").size.height)
        await settle(pilot)
        await pilot.click("#tour")
        await until(pilot, lambda: not again.room.query("#tour"))


async def test_a_low_screen_keeps_its_lines(empty_app: RoomApp, library: Library) -> None:
    """Where there is no room the tour does not open; it is not used up by that, and asking for it is answered."""
    async with running(empty_app, (40, 12)) as pilot:
        await settle(pilot)
        assert not empty_app.room.query("#tour")
        assert not empty_app.memory.toured
        await pilot.press("g", "?")
        assert "needs 18 lines" in empty_app.told[-1].sentence


async def test_lines_are_cut_with_an_ellipsis(empty_app: RoomApp) -> None:
    """In a narrow terminal no line of the tour runs out of the screen."""
    async with running(empty_app, (40, 30)) as pilot:
        await until(pilot, lambda: empty_app.room.query("#tour"))
        await settle(pilot)
        lines = [line for line in text_of(empty_app).split("\n") if line.startswith(" j and k move")]
        assert lines
        assert lines[0].rstrip().endswith("…")
