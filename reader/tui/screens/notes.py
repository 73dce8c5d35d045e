"""The notes and highlights of one article: read, written, taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from reader.model import Note
from reader.text.clean import clean_line
from reader.tui.screens.note import NoteScreen
from reader.tui.screens.noting import NoteChange
from reader.tui.screens.window import ListWindow
from reader.tui.widgets.text_list import Cell, Row
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.tui.app import RoomApp


class NotesScreen(ListWindow[int]):
    """Answers with the place of the highlight to go to, if one was chosen; `change` is called for every change."""

    app: RoomApp
    title_text = "Notes"
    empty = "No notes yet. a writes one; M in the article marks a passage."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Go", id="notes.go", tooltip="Go to the words of the highlight; a note is edited."),
        Binding("a", "write", "New", id="notes.new", tooltip="Write a new note on the article."),
        Binding("e", "edit", "Edit", id="notes.edit", tooltip="Edit the note under the cursor."),
        Binding(
            "d", "remove", "Remove", id="notes.remove", tooltip="Take the note away; u in the room brings it back."
        ),
    ]

    def __init__(self, notes: Sequence[Note], change: Callable[[NoteChange], None]) -> None:
        super().__init__()
        self._notes = list(notes)
        self._shown: list[Note] = []
        self._change = change
        self._say_title()

    def _say_title(self) -> None:
        self.list.say_title("Notes", f"{len(self._notes):,}   enter go  a new  e edit  d remove  esc close")

    def take(self, notes: Sequence[Note]) -> None:
        """The notes as they are after a change."""
        self._notes = list(notes)
        self._say_title()
        if self.is_mounted:
            cursor = self.list.cursor
            self.show_rows("")
            self.list.set_cursor(min(cursor, max(0, len(self._shown) - 1)), tell=False)
            self.show_detail()

    def rows_for(self, words: str) -> Sequence[Row]:
        wanted = words.casefold().split()
        self._shown = [
            note for note in self._notes if all(word in f"{note.words} {note.text}".casefold() for word in wanted)
        ]
        return [
            (
                Cell(f"{note.changed.astimezone(self.app.zone):%Y-%m-%d}", 10, "quiet"),
                Cell(_quoted(note.words), 0, "quiet"),
                Cell(clean_line(note.text) or "(marked)"),
            )
            for note in self._shown
        ]

    def detail_for(self, index: int) -> str:
        note = self._shown[index]
        gone = "These words do not stand in the text any more. " if note.words and note.start < 0 else ""
        return f"{gone}{_quoted(note.words)}  {note.text}".strip()

    @property
    def current(self) -> Note | None:
        return self._shown[self.list.cursor] if self.list.cursor < len(self._shown) else None

    def action_write(self) -> None:
        self.app.push_screen(NoteScreen(), lambda text: self._written(0, text))

    def action_edit(self) -> None:
        note = self.current
        if note is not None:
            self.app.push_screen(NoteScreen(note.text, note.words), lambda text: self._written(note.id, text))

    def _written(self, note_id: int, text: str | None) -> None:
        if text is not None:
            self._change(NoteChange(note_id, text))

    def action_remove(self) -> None:
        if self.current is not None:
            self._change(NoteChange(self.current.id, None))

    def on_virtual_list_chosen(self, _message: VirtualList.Chosen) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        note = self.current
        if note is not None and note.words and note.start >= 0:
            self.dismiss(note.start)
        else:
            self.action_edit()


def _quoted(text: str) -> str:
    words = clean_line(text).strip("“”")
    return f"“{words}”" if words else ""
