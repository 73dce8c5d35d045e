"""A window over the room: a frame with a list, a line to narrow it, and esc to leave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from reader.tui.widgets.brief import Brief
from reader.tui.widgets.text_list import Row, TextList
from reader.tui.widgets.virtual_list import VirtualList

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
        self.detail = Brief(id="window-detail", most=4)

    def rows_for(self, words: str) -> Sequence[Row]:
        raise NotImplementedError

    def detail_for(self, index: int) -> str:
        """The whole of row `index`, for the lines below the list; rows themselves may be cut."""
        row = self.list.row(index)
        return "  ".join(cell.text for cell in row if cell.text)

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield self.list
            yield self.detail
            yield Input(placeholder="/ filter", id="window-filter", compact=True)

    def on_mount(self) -> None:
        self.query_one(Input).display = False
        self.show_rows("")

    def show_rows(self, typed: str) -> None:
        self.list.show_rows(self.rows_for(typed))
        self.show_detail()

    def show_detail(self) -> None:
        shown = self.detail_for(self.list.cursor) if self.list.row_count else ""
        self.detail.say(shown)

    def on_virtual_list_highlighted(self, message: VirtualList.Highlighted) -> None:
        self.show_detail()

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
        self.show_rows(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.list.focus()
