"""The mouse resting on a quote: the speaker's card."""

from __future__ import annotations

from tui_library import opened, running, text_of, until

from reader.tui.app import RoomApp


async def test_hovering_shows_the_card(app: RoomApp) -> None:
    """Over a quote in the pane or in the text the card comes after a moment; a key and leaving end it."""
    async with running(app) as pilot:
        await pilot.press("enter")
        await opened(pilot)
        names = [quote.speaker.name for quote in app.room.quotes.quotes if quote.speaker]
        line = app.room.quotes.first_line(names.index("Ada Merrin"))
        await pilot.hover("#quotes", offset=(5, line + 1))
        await until(pilot, lambda: app.room.query("#hover-card") and "Also said" in text_of(app))
        assert "head of threat research, Copper Fox Labs" in text_of(app)
        assert app.room.focus_name == "article"
        await pilot.press("j")
        await until(pilot, lambda: not app.room.query("#hover-card"))
        view = app.room.article
        y = next(y for y in view._overlay.quotes if y >= view.top) - view.top
        await pilot.hover("#article", offset=(12, y + 1))
        await until(pilot, lambda: app.room.query("#hover-card"))
        await pilot.hover("#sections", offset=(3, 30))
        await until(pilot, lambda: not app.room.query("#hover-card"))


async def test_the_card_stays_on_the_screen(app: RoomApp) -> None:
    """In a small terminal the card is cut to what there is."""
    async with running(app, (40, 12)) as pilot:
        await pilot.press("enter", "l")
        await opened_quotes(pilot)
        await pilot.hover("#quotes", offset=(5, 8))
        await until(pilot, lambda: app.room.query("#hover-card"))
        await until(pilot, lambda: app.room.query_one("#hover-card").region.width)
        region = app.room.query_one("#hover-card").region
        assert app.screen.region.contains_region(region)


async def opened_quotes(pilot: object) -> None:
    room = pilot.app.room  # type: ignore[attr-defined]
    await until(pilot, lambda: room.quotes.row_count and room.quotes.has_focus)
