"""`c` and `M`: notes of several lines, passages and quotes that are marked, all of it undone by `u`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.widgets import TextArea
from tui_library import TEXT, home, opened, running, settle, text_of, until

from reader.cli.room_line import RoomLine
from reader.service import notes
from reader.service.library import Library
from reader.tui.app import RoomApp
from reader.tui.screens.note import NoteScreen
from reader.tui.screens.notes import NotesScreen

WIDE = (120, 40)


async def test_a_note_of_several_lines(app: RoomApp, library: Library) -> None:
    """`c` opens a field for the first note; f2 keeps it, the article shows it, `u` takes it back."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await opened(pilot)
        article_id = app.room.article.article.row.id  # type: ignore[union-attr]
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen))
        await pilot.press(*"Ask", "enter", *"them", "f2")
        await until(pilot, lambda: notes.of_article(library, article_id))
        assert notes.of_article(library, article_id)[0].text == "Ask\nthem"
        await until(pilot, lambda: "1 note" in text_of(app))
        await pilot.press("G")
        await until(pilot, lambda: "them" in text_of(app) and "Notes" in text_of(app))
        await pilot.press("u")
        await until(pilot, lambda: "1 note" not in app.room.article.sheet.text)
        assert notes.of_article(library, article_id) == []


async def test_typed_words_are_not_lost_by_one_key(app: RoomApp) -> None:
    """esc with new words asks for a second one; typing on takes the question back."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await opened(pilot)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen))
        await pilot.press("x", "escape")
        await until(pilot, lambda: "esc again" in text_of(app))
        await pilot.press("y")
        await until(pilot, lambda: "esc again" not in text_of(app))
        assert app.screen.query_one(TextArea).text == "xy"
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is app.room)
        assert app.room.article.article.notes == ()  # type: ignore[union-attr]


async def test_notes_are_listed_changed_and_removed(app: RoomApp, library: Library) -> None:
    """With notes `c` lists them: `e` edits, `d` removes, `a` writes another, enter goes to the words of a highlight."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await opened(pilot)
        article_id = app.room.article.article.row.id  # type: ignore[union-attr]
        notes.add(library, article_id, "Which versions?", words=TEXT[-40:])
        app.room.reread_quotes()
        await until(pilot, lambda: app.room.article.article.notes)  # type: ignore[union-attr]
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, NotesScreen))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen))
        await pilot.press(*" All", "ctrl+s")
        await until(pilot, lambda: notes.of_article(library, article_id)[0].text == "Which versions? All")
        await until(pilot, lambda: "Which versions? All" in text_of(app))
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen))
        await pilot.press(*"Second", "f2")
        await until(pilot, lambda: len(notes.of_article(library, article_id)) == 2)
        await until(pilot, lambda: "Second" in text_of(app))
        await pilot.press("G", "d")
        await until(pilot, lambda: len(notes.of_article(library, article_id)) == 1)
        await until(pilot, lambda: "Second" not in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.room)
        await until(pilot, lambda: "Customers should read" in text_of(app))


async def test_a_letter_marks_a_passage(app: RoomApp, library: Library) -> None:
    """`M` and a letter mark a passage, again unmark it; `y` and a letter copy it; esc leaves everything as it was."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await opened(pilot)
        article_id = app.room.article.article.row.id  # type: ignore[union-attr]
        await pilot.press("M", "a")
        await until(pilot, lambda: notes.of_article(library, article_id))
        first = TEXT.split("\n\n")[0]
        assert [(note.words, note.start) for note in notes.of_article(library, article_id)] == [(first, 0)]
        await until(pilot, lambda: app.room.article.article.notes)  # type: ignore[union-attr]
        assert app.marks.noted in text_of(app)
        await pilot.press("M", "y", "a")
        await until(pilot, lambda: app.clipboard == first)
        await pilot.press("M", "escape")
        await settle(pilot)
        assert len(notes.of_article(library, article_id)) == 1
        await pilot.press("M", "a")
        await until(pilot, lambda: not notes.of_article(library, article_id))
        await pilot.press("u")
        await until(pilot, lambda: notes.of_article(library, article_id))


async def test_the_quote_under_the_cursor_is_marked(app: RoomApp, library: Library) -> None:
    """In the Quotes pane `M` marks just the words of the quote."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await opened(pilot)
        article = app.room.article.article
        assert article is not None
        await pilot.press("l", "j", "M")
        await until(pilot, lambda: notes.of_article(library, article.row.id))
        assert notes.of_article(library, article.row.id)[0].words == article.quotes[1].text


async def test_the_command_line_writes_notes(
    make_app: Callable[..., RoomApp], library: Library, tmp_path: Path
) -> None:
    """`:note WORDS` writes on the article that is read, `:note` alone opens the field."""
    app = make_app(language=lambda: RoomLine(home=str(home(tmp_path).data.parent), offline=True))
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await opened(pilot)
        article_id = app.room.article.article.row.id  # type: ignore[union-attr]
        await pilot.press(":", *"note", "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.room)
        await pilot.press(":", *"note call them back", "enter")
        await until(pilot, lambda: [note.text for note in notes.of_article(library, article_id)] == ["call them back"])
