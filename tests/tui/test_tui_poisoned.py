"""Texts of strangers in every pane, window and dialog: even what was stored uncleaned is drawn without obeying it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from poisoned_library import EVIL, FORBIDDEN, poison
from test_tui_terminal import KNOWN, Session, restored
from test_tui_walks import WINDOWS, calm, leave, open_window, press
from tui_library import draft, home, library_of, put, running, text_of

from reader.config import Config
from reader.service import actions, notes, rules, saved_searches, tagging
from reader.service.library import Library
from reader.tui.app import RoomApp


def made(tmp_path: Path) -> None:
    """A poisoned library in the home of the test."""

    def fill(library: Library) -> None:
        ids = put(library, [draft(number, tags=("given",)) for number in range(3)])
        put(library, [draft(10)], source="Fraud Watch", section="Fraud")
        notes.add(library, ids[0], "A note.")
        tagging.tag(library, ids, "later")
        actions.save(library, ids[:1])
        saved_searches.add(library, "Kept", "lumen")
        rules.add(library, "hide", "title:nothing")

    with library_of("poisoned", tmp_path, fill):
        pass
    poison(home(tmp_path).library)


@pytest.fixture
def poisoned(tmp_path: Path) -> Iterator[RoomApp]:
    made(tmp_path)
    with Library.open(home(tmp_path), Config()) as library:
        yield RoomApp(library, Config(), offline=True)


def checked(app: RoomApp, name: str) -> int:
    """How often the words are seen; they stand there as what can be seen of them, and nothing on the screen acts."""
    seen = 0
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            assert not FORBIDDEN.search(segment.text), (name, segment)
            assert "@click" not in (segment.style.meta if segment.style else {}), (name, segment)
            assert not (segment.style and segment.style.link), (name, segment)
            seen += "0;own" in segment.text
    return seen


@pytest.mark.slow
async def test_every_window(poisoned: RoomApp) -> None:
    """In every window, and in toasts, titles and the status line."""
    app, seen = poisoned, 0
    async with running(app, (160, 48)):
        await calm(app)
        for name, keys in {**WINDOWS, "sections": "h", "saved": "g,s", "samples": "g,m", "quotes": "enter l"}.items():
            await open_window(app, keys)
            seen += checked(app, name)
            await leave(app)
            app.room.zen = False
        app.tell(f"Told {EVIL}", error=True)
        await press(app, "u")
        seen += checked(app, "undo")
        await press(app, "/", *"abc", "enter")
        app.room.search_library(f"{EVIL} or [/x]")
        await calm(app)
        seen += checked(app, "search")
        await press(app, "g", "l")
        seen += checked(app, "messages")
        assert "Told" in text_of(app)
    assert seen > 60


@pytest.mark.slow
def test_the_bytes_that_a_terminal_gets(tmp_path: Path) -> None:
    """In a real pseudo-terminal, through the windows: every sequence is ours, no title, no clipboard, no link."""
    made(tmp_path)
    session = Session(tmp_path / "room", "--offline")
    session.wait("Articles")
    session.terminal.drain(0.5)
    for keys in (
        *("g a", "enter ] ]", "l enter e esc esc", "? esc", "E e esc esc", "g e enter esc esc", "g q esc", "g r esc"),
        *("g l esc", "c esc esc", "D esc", "t esc", "e esc", "| esc", ": esc", "/ a enter esc", "u", "g t", "z z"),
    ):
        session.press(*keys.split(" "))
        session.terminal.drain(0.1)
    session.press("esc", "esc", "q", "q")
    assert session.terminal.wait(20) == 0
    written = bytes(session.terminal.written)
    assert restored(written)
    assert b"0;own" in written
    assert not re.search(rb"\x1b\](?!22;)", written)
    rest = KNOWN.sub(b"", written).decode("utf-8", "replace").replace("\r", "").replace("\t", "").replace("\b", "")
    assert not FORBIDDEN.search(rest), repr(FORBIDDEN.search(rest))
