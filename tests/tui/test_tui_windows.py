"""Windows over the room: help, the command line, the palette, a speaker's card, the sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.events import Paste
from textual.widgets import Input
from tui_library import NOW, running, settle, text_of, until

from reader.config import Config, Reading
from reader.model import Source
from reader.service.library import Library
from reader.tui.app import RoomApp

WIDE = (120, 40)
HOUR = timedelta(hours=1)


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
        await pilot.press(":", *"go.sav", "enter")
        await until(pilot, lambda: app.room.place.key == "saved")
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


async def test_source_health_and_what_can_be_done_from_there(app: RoomApp, library: Library) -> None:
    """`g h` says how a source is and why; it is paused, edited, moved and resumed there, and `u` takes it back."""
    from reader.store import sources
    from reader.tui.screens.edit import EditScreen

    source = library.sources()[0]
    with library.database.write() as c:
        sources.record(
            c, source.id, status="error", reason="The server is busy (503).", errors=3, next_fetch=NOW + HOUR
        )
        sources.suggest(c, source.id, "https://moved.example/feed")

    def now() -> Source:
        return library.source(source.id)

    async with running(app, WIDE) as pilot:
        await pilot.press("g", "h")
        await until(pilot, lambda: app.screen is not app.room)
        await pilot.pause()
        text = " ".join(text_of(app).replace("│", " ").split())
        for words in ("in 60m", "3 failed", "/wk", "in a row"):
            assert words in text
        told = app.screen.detail_for(0)  # type: ignore[attr-defined] - of the window, which is what is open
        for words in ("The server is busy", "M takes https://moved.example/feed", "next fetch in 60m"):
            assert words in told
        await pilot.press("p")
        assert now().paused
        await pilot.press("p")
        assert not now().paused
        await pilot.press("M")
        assert now().url == "https://moved.example/feed"
        await pilot.press("u")
        assert now().moved_to
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        app.screen.query_one("#interval", Input).value = "1m"
        await pilot.press("enter")
        assert "from 5m to 1d" in text_of(app)
        app.screen.query_one("#interval", Input).value = "6h"
        app.screen.query_one("#full-text", Input).value = "on"
        app.screen.query_one("#header", Input).value = "X-Key: hunter2"
        assert "hunter2" not in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, EditScreen))
        assert (now().interval, now().full_text, now().headers) == (6 * 3600, True, {"X-Key": "hunter2"})
        assert now().title == source.title
        await pilot.press("u", "escape")
        assert now().interval is None


@pytest.mark.parametrize(("size", "picture"), [((120, 40), True), ((80, 24), True), ((60, 20), False)])
async def test_a_picture_of_the_weeks(make_app: Callable[..., RoomApp], size: tuple[int, int], picture: bool) -> None:
    """Each source has twelve bars where there is room, and everywhere in the lines below the list."""
    app = make_app(Config(reading=Reading(ascii=True)))
    async with running(app, size) as pilot:
        await settle(pilot)
        await pilot.press("g", "h")
        await until(pilot, lambda: app.screen is not app.room)
        await settle(pilot)
        text = text_of(app)
        weeks = "_" * 11 + "#"  # everything is of the last week
        assert text.count(weeks) >= 2 * picture + 1
        assert f"in twelve weeks {weeks}" in app.screen.detail_for(0)  # type: ignore[attr-defined]


async def test_what_a_toast_has_no_room_for(make_app: Callable[..., RoomApp]) -> None:
    """A long sentence ends with a sign in a small terminal, and is whole in the messages."""
    app = make_app()
    async with running(app, (40, 12)) as pilot:
        sentence = " ".join(f"word{number}" for number in range(60))
        app.tell(sentence)
        await until(pilot, lambda: "word0" in text_of(app))
        text = text_of(app)
        assert "…" in text[text.index("word0") :]
        drawn = [word for word in text.split() if word.startswith("word")]
        assert [word.rstrip("…") for word in drawn] == [f"word{number}" for number in range(len(drawn))]
        assert app.told[-1].sentence.startswith(sentence[:400])


async def test_no_cursor_blinks_with_reduced_motion(make_app: Callable[..., RoomApp]) -> None:
    """With reduced motion the cursor stands still in the prompt, in dialogs, in filters and in the palette."""
    app = make_app(Config(reading=Reading(reduced_motion=True)))
    async with running(app, WIDE) as pilot:
        for keys in ((":",), ("a",), ("?", "/"), ("ctrl+p",)):
            await pilot.press(*keys)
            await until(pilot, lambda: isinstance(app.focused, Input))
            await pilot.pause()
            assert isinstance(app.focused, Input)
            assert not app.focused.cursor_blink, keys
            assert app.focused._cursor_visible
            await pilot.press("escape", "escape")
            await until(pilot, lambda: app.screen is app.room and not isinstance(app.focused, Input))


@pytest.mark.parametrize("text", ["one\x1b]52;c;eA==\x07\u202e two\nthree", "\n\r\n  one two  \nthree"])
async def test_what_is_pasted_is_one_clean_line(app: RoomApp, text: str) -> None:
    """A field draws what it holds: of a pasted text it gets the first line, without what a terminal obeys."""
    async with running(app, WIDE) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: app.screen is not app.room)
        field = app.screen.query_one("#address", Input)
        app.post_message(Paste(text))
        await until(pilot, lambda: field.value)
        assert " ".join(field.value.replace("]52;c;eA==", "").split()) == "one two"
        app.copy_to_clipboard(text)
        field.value = ""
        await pilot.press("ctrl+v")
        assert " ".join(field.value.replace("]52;c;eA==", "").split()) == "one two"
        assert field.value.isprintable()
