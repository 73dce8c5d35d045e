"""A window over the room: a frame with a list, a line to narrow it, and esc to leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from reader.tui.widgets.text_list import Row, TextList

R = TypeVar("R")


class ListWindow(ModalScreen[R], Generic[R]):
    """`rows_for(words)` gives what is shown while `words` are typed."""

    CSS_PATH = "window.tcss"
    AUTO_FOCUS = "TextList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Close", id="window.close", tooltip="Close this window."),
        Binding(
            "slash", "narrow", "Filter", id="window.filter", tooltip="Type words to see only the rows that hold them."
        ),
    ]
    title_text = ""
    empty = "Nothing here."

    def __init__(self) -> None:
        super().__init__()
        self.list = TextList(title=self.title_text, id="window-list", empty=self.empty)

    def rows_for(self, words: str) -> Sequence[Row]:
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield self.list
            yield Input(placeholder="/ filter", id="window-filter", compact=True)

    def on_mount(self) -> None:
        self.query_one(Input).display = False
        self.list.show_rows(self.rows_for(""))

    def action_narrow(self) -> None:
        field = self.query_one(Input)
        field.display = True
        field.focus()

    def action_leave(self) -> None:
        field = self.query_one(Input)
        if field.display and (field.value or field.has_focus):
            field.value = ""
            field.display = False
            self.list.focus()
        else:
            self.dismiss(None)

    def on_input_changed(self, event: Input.Changed) -> None:
        self.list.show_rows(self.rows_for(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.list.focus()
