"""A small window with fields: the ground under adding, editing and asking."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.text.clean import clean_text

R = TypeVar("R")


class Dialog(ModalScreen[R], Generic[R]):
    """Esc leaves without an answer."""

    CSS_PATH = "window.tcss"
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="dialog.leave", tooltip="Leave without an answer."),
        Binding("tab", "app.focus_next", "Next field", id="dialog.next", tooltip="The next field."),
        Binding("shift+tab", "app.focus_previous", "Field before", id="dialog.previous", tooltip="The field before."),
    ]

    def action_leave(self) -> None:
        self.dismiss(None)

    def value(self, id_: str) -> str:
        return self.query_one(f"#{id_}", Input).value.strip()


def words(text: str, *, id: str | None = None, classes: str | None = None) -> Static:  # noqa: A002 - Textual's own name for it
    """A piece of text as it is: cleaned, and never read as markup."""
    return Static(Content(clean_text(text)), id=id, classes=classes, markup=False)
