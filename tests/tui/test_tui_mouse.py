"""The mouse: a click selects, a second one opens, a click on a quote goes to it; the wheel only scrolls."""

from __future__ import annotations

from tui_library import running, settle, text_of, until

from reader.service.library import Library
from reader.tui.app import RoomApp

SIZE = (120, 44)


def place_of(app: RoomApp, words: str) -> tuple[int, int]:
    """Column and row of the screen where `words` begin."""
    for y, line in enumerate(text_of(app).split("\n")):
        if words in line:
            return line.index(words), y
    raise AssertionError(f"{words!r} is not on the screen")


async def test_clicks_in_lists(app: RoomApp, library: Library) -> None:
    """A click puts the cursor on a row and shows it, reading nothing; a double click opens it."""
    async with running(app, SIZE) as pilot:
        await settle(pilot)
        x, y = place_of(app, "Story 02")
        await pilot.click(offset=(x, y))
        assert app.room.articles.cursor == 2
        await until(
            pilot, lambda: app.room.article.article and app.room.article.article.row.title.startswith("Story 02")
        )
        assert library.counts().unread == 6
        await pilot.click(offset=(x, y), times=2)
        await until(pilot, lambda: library.counts().unread == 5)
        await pilot.click(offset=place_of(app, "Fraud "))
        await until(pilot, lambda: app.room.place.key == "section:Fraud")


async def test_click_on_a_quote(app: RoomApp) -> None:
    """A click on quoted words makes that quote the current one in both panes."""
    async with running(app, SIZE) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.quotes.row_count)
        await settle(pilot)
        x, y = place_of(app, "stolen session token")
        await pilot.click(offset=(x, y))
        await settle(pilot)
        quote = app.room.article.quote
        assert quote is not None
        start, end = app.room.article.sheet.quotes[quote]
        assert "stolen session token" in app.room.article.sheet.text[start:end]
        assert app.room.quotes.quote_index == quote


async def test_wheel_and_edge(app: RoomApp) -> None:
    """The wheel scrolls the pane under it and moves no cursor; a press on the right edge goes to that part."""
    async with running(app, (120, 20)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.quotes.row_count)
        await settle(pilot)
        article = app.room.article
        article.post_message(_wheel(article))
        await until(pilot, lambda: article.top == 3)
        right, bottom = article.region.right - 1, article.region.bottom - 2
        await pilot.mouse_down(offset=(right, bottom))
        await until(pilot, lambda: article.top > 6)


def _wheel(widget: object) -> object:
    from textual.events import MouseScrollDown

    return MouseScrollDown(widget, 1, 1, 0, 1, 0, False, False, False)  # type: ignore[arg-type]
