"""A small window with fields: the ground under adding, editing and asking."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import DescendantFocus, Resize
from textual.screen import ModalScreen
from textual.widget import Widget
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

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        self.show_field_soon()

    def on_resize(self, event: Resize) -> None:
        self.show_field_soon()

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Without Textual's own scrolling, which brings the field to the middle by places that may be old."""
        super().set_focus(widget, False, from_app_focus)

    def show_field_soon(self) -> None:
        self.call_after_refresh(self.show_field)

    def show_field(self) -> None:
        """Where the dialog is too low for all of it: scroll to the field that has the focus, and to what it is for."""
        field = self.focused
        box = field.parent if field is not None else None
        if field is None or not isinstance(box, Widget) or not box.allow_vertical_scroll:
            return
        place, at = field.virtual_region, box.children.index(field)
        label = box.children[at - 1] if at and isinstance(box.children[at - 1], Static) else None
        if label is not None and label.display and label.virtual_region.height < box.size.height - place.height + 1:
            place = place.union(label.virtual_region)
        box.scroll_to_region(place, animate=False, force=True)

    def action_leave(self) -> None:
        self.dismiss(None)

    def value(self, id_: str) -> str:
        return self.query_one(f"#{id_}", Input).value.strip()


def words(text: str, *, id: str | None = None, classes: str | None = None) -> Static:  # noqa: A002 - Textual's own name for it
    """A piece of text as it is: cleaned, and never read as markup."""
    return Static(Content(clean_text(text)), id=id, classes=classes, markup=False)
