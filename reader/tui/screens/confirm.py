"""Asking before a doubtful link is opened: the true host first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from reader.text.addresses import mask, shown_host
from reader.tui.screens.dialog import Dialog, words


class ConfirmScreen(Dialog[bool]):
    """Answers True only to `y`."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Open", id="confirm.yes", tooltip="Open the address in the browser."),
        Binding("n,q", "leave", "Do not open", id="confirm.no", tooltip="Leave it."),
    ]

    def __init__(self, url: str, doubts: Sequence[str]) -> None:
        super().__init__()
        self._url = url
        self._doubts = doubts

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = Content("Open this address?")
            yield words(f"It leads to {shown_host(self._url)}", classes="strong")
            yield words(mask(self._url), classes="quiet")
            yield words("Be careful: " + ", and ".join(self._doubts) + ".")
            yield words("y opens it, esc does not", classes="quiet")

    def action_yes(self) -> None:
        self.dismiss(True)
