"""Another title or section for a source."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from reader.model import Source
from reader.text.addresses import mask
from reader.text.clean import clean_line
from reader.tui.screens.dialog import Dialog, words


class EditScreen(Dialog[tuple[str, str]]):
    """Answers with the title (empty: the feed's own) and the section."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = Content("Edit the source")
            yield words(mask(self._source.url), classes="quiet")
            yield words("Title (empty: the name the feed gives itself)")
            yield Input(clean_line(self._source.title), id="title", compact=True)
            yield words("Section")
            yield Input(clean_line(self._source.section), id="section", compact=True)
            yield words("enter keeps, esc leaves it as it was", classes="quiet")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss((self.value("title"), self.value("section")))
