"""Writing a note: several lines, kept with one key, never lost by another."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from reader.text.clean import clean_line, clean_text
from reader.tui.screens.dialog import Dialog, words

HINT = "f2 or ctrl+s keeps it, esc leaves it as it was"
WORDS = 300  # characters of the highlighted words that are shown


class NoteScreen(Dialog[str]):
    """Answers with the words of the note; `about` are those of a highlight, "" for the whole article."""

    AUTO_FOCUS = "TextArea"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+s", "keep", "Keep", id="note.keep", tooltip="Keep the note.", priority=True),
        Binding("escape", "leave", "Leave", id="note.leave", tooltip="Leave the note as it was.", priority=True),
    ]

    def __init__(self, text: str = "", about: str = "") -> None:
        super().__init__()
        self._text, self._about = clean_text(text), about
        self._warned = False

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = Content("Note")
            if self._about:
                yield words(clean_line(f"On “{self._about.strip('“”')}”", WORDS), classes="quiet")
            yield TextArea(self._text, id="note", compact=True, soft_wrap=True, tab_behavior="focus")
            yield words(HINT, id="note-told", classes="quiet")

    def on_mount(self) -> None:
        field = self.query_one(TextArea)
        field.move_cursor(field.document.end)

    def action_keep(self) -> None:
        self.dismiss(self.query_one(TextArea).text)

    def action_leave(self) -> None:
        """What was typed is only thrown away by a second esc."""
        if self.query_one(TextArea).text == self._text or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        told = "esc again throws the new words away; f2 or ctrl+s keeps them"
        self.query_one("#note-told", Static).update(Content(told))

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        if self._warned:
            self._warned = False
            self.query_one("#note-told", Static).update(Content(HINT))
