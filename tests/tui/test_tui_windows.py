"""Windows over the room: help, the command line, the palette, a speaker's card, the sources."""

from __future__ import annotations

from tui_library import running, settle, text_of, until

from reader.service.library import Library
from reader.tui.app import RoomApp

WIDE = (120, 40)


async def test_help_is_live(app: RoomApp) -> None:
    """`?` lists every command with its keys; typed words narrow it; esc closes."""
    from reader.tui.screens.help import HelpScreen

    async with running(app, WIDE) as pilot:
        await pilot.press("?")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press("/", *"undo")
        await pilot.pause()
        text = text_of(app)
        assert "Take back the last change." in text
        assert "Refresh everything" not in text
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is app.room)


async def test_command_line(app: RoomApp, library: Library) -> None:
    """`:` runs commands by name, completes and says what is wrong."""
    async with running(app, WIDE) as pilot:
        await pilot.press(":", *"save", "enter")
        await until(pilot, lambda: library.counts().saved == 1)
        await pilot.press(":", *"list fr", "enter")
        await until(pilot, lambda: app.room.place.key == "section:Fraud")
        await pilot.press(":", *"nonsense", "enter")
        await until(pilot, lambda: app.told and app.told[-1].error)
        assert "There is no nonsense" in app.told[-1].sentence
        await pilot.press(":", "up")
        assert app.room.query_one("#prompt").value == "nonsense"  # type: ignore[attr-defined]
        await pilot.press("escape")
        await settle(pilot)
        assert app.room.focus_name == "articles"


async def test_palette_runs_commands(app: RoomApp) -> None:
    """ctrl+p finds a command by its label and runs it."""
    async with running(app, WIDE) as pilot:
        await pilot.press("ctrl+p")
        await pilot.press(*"only the article")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await until(pilot, lambda: app.room.zen)


async def test_speaker_card(app: RoomApp) -> None:
    """Enter in Quotes tells who speaks, how it was found, and what else the library has of them."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.quotes.row_count)
        article = app.room.article.article
        assert article is not None
        ada = next(
            at for at, quote in enumerate(article.quotes) if quote.speaker and quote.speaker.name == "Ada Merrin"
        )
        await pilot.press("l", *"j" * ada, "enter")
        await until(pilot, lambda: app.screen is not app.room)
        await settle(pilot)
        text = text_of(app)
        assert "Ada Merrin" in text
        assert "Organisation: Copper Fox Labs" in text
        assert "sure" in text
        await until(pilot, lambda: app.screen.query_one("#others").row_count > 0)  # type: ignore[attr-defined]
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.room)


async def test_sources_screen(app: RoomApp, library: Library) -> None:
    """`E` shows every source with its health; D removes one and u brings it back."""
    async with running(app, WIDE) as pilot:
        await settle(pilot)
        await pilot.press("E")
        await until(pilot, lambda: app.screen is not app.room)
        await pilot.pause()
        assert "Daily Example" in text_of(app)
        await pilot.press("D")
        assert len(library.sources()) == 1
        await pilot.press("u")
        assert len(library.sources()) == 2
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.room)
