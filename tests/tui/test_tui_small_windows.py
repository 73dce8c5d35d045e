"""The windows for notes, changes and images at every size, down to one cell: nothing fails, nothing is lost."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tui_library import NOW, TEXT, document, draft, library_of, opened, put, running, settle, until

from reader.config import Config, Reading
from reader.model import CaptureKind, ImageRecord, Media
from reader.service import actions, notes
from reader.service.library import Library
from reader.store import captures
from reader.tui.app import RoomApp
from reader.tui.screens.difference import DifferenceScreen
from reader.tui.screens.images import ImagesScreen
from reader.tui.screens.note import NoteScreen
from reader.tui.screens.notes import NotesScreen

Image = pytest.importorskip("PIL.Image")
pytest.importorskip("textual_image")
SLOW = pytest.mark.slow
SIZES = [
    pytest.param((120, 40), id="120x40", marks=SLOW),
    pytest.param((80, 24), id="80x24", marks=SLOW),
    pytest.param((40, 12), id="40x12"),
    pytest.param((20, 5), id="20x5", marks=SLOW),
    pytest.param((1, 1), id="1x1", marks=SLOW),
]
URL = "https://img.example.com/a.png"


def fill(library: Library) -> None:
    """One saved article with two revisions, an image and notes."""
    whole = document(images=(Media(URL, alt="A [b]sheet[/b] " * 40), Media("https://img.example.com/b.png")))
    (article,) = put(library, [draft(1, document=whole)])
    actions.save(library, [article])
    body = io.BytesIO()
    Image.new("RGB", (300, 200), (9, 99, 199)).save(body, "PNG")
    for number, text in enumerate((TEXT, TEXT.replace("40,000", "62,000"))):
        taken = captures.Taken(
            CaptureKind.PAGE, "https://news.example.com/1", "https://news.example.com/1",
            replace(whole, text=text, blocks=(), links=()), b"page", "text/html",
            images=((ImageRecord(URL, "image/png"), body.getvalue()),),
        )  # fmt: skip
        with library.database.write() as c:
            captures.put(c, article, taken, now=NOW - timedelta(days=2 - number))
    notes.add(library, article, "One\nTwo " + "long " * 60, words=TEXT[:90])


@pytest.mark.parametrize("size", SIZES)
async def test_windows_of_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    """Each opens, takes its keys, follows a change of size, and leads back to the room."""
    with library_of("notes and images", tmp_path, fill) as library:
        app = RoomApp(library, Config(reading=Reading(images="blocks")), offline=True)
        async with running(app, size) as pilot:
            await until(pilot, lambda: app.room.articles.row_count)
            await pilot.press("enter")
            await opened(pilot)
            for key, window, keys in (
                ("i", ImagesScreen, ("n", "p", "j")),
                ("D", DifferenceScreen, ("n", "p", "j", "space", "G", "g", "h")),
                ("c", NotesScreen, ("j", "k", "G")),
            ):
                await pilot.press(key)
                await until(pilot, lambda window=window: isinstance(app.screen, window))
                for other in keys:
                    await pilot.press(other)
                await pilot.resize_terminal(30, 9)
                await pilot.resize_terminal(*size)
                if window is NotesScreen:
                    await pilot.press("e")
                    await until(pilot, lambda: isinstance(app.screen, NoteScreen))
                    await pilot.press("x", "escape", "escape")
                    await until(pilot, lambda: isinstance(app.screen, NotesScreen))
                await pilot.press("escape")
                await until(pilot, lambda: app.screen is app.room)
            await pilot.press("M", "escape")
            await settle(pilot)
            assert len(notes.list_all(library)) == 1
