"""A few words to choose one of, in a dialog."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from reader.text.clean import clean_line


class Choices(OptionList):
    """Moves by the keys of every list; enter chooses."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", id="choices.down", tooltip="The next one."),
        Binding("k", "cursor_up", "Up", id="choices.up", tooltip="The one before."),
    ]

    def __init__(self, names: Iterable[str], *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(*(Content(clean_line(name, 200)) for name in names), id=id, compact=True, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Textual counts pages by lines, and ends the program where there is no room for any."""
        if action.startswith("page_") and not self.scrollable_content_region.area:
            return False
        return super().check_action(action, parameters)
