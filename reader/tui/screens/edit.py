"""What a reader sets for one source: title, section, interval, full text, headers."""

from __future__ import annotations

from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.errors import UsageError
from reader.model import Source
from reader.service.source_words import headers, interval, interval_words
from reader.text.addresses import mask
from reader.text.clean import clean_line
from reader.tui.screens.dialog import Dialog, words

_ON, _OFF = ("on", "yes", "y"), ("off", "no", "n", "")


@dataclass(frozen=True, slots=True)
class Edited:
    """As `actions.edit_source` takes it: None leaves the title or the headers as they are."""

    title: str | None
    section: str
    interval: int
    full_text: bool
    headers: dict[str, str] | None = field(default=None, repr=False)


class EditScreen(Dialog[Edited]):
    """Answers with what is to be set. Values of headers are secrets: they are typed, and never shown again."""

    def __init__(self, source: Source, fixed: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._source, self._fixed = source, fixed

    def compose(self) -> ComposeResult:
        source = self._source
        with Vertical(id="dialog") as box:
            box.border_title = Content("Edit the source")
            yield words(mask(source.url), classes="quiet")
            yield words("Title (empty: the name the feed gives itself)")
            yield Input(clean_line(source.title), id="title", compact=True)
            yield words("Section")
            yield Input(clean_line(source.section), id="section", compact=True)
            yield words("Interval (30m, 6h, 1d, usual)")
            yield Input(interval_words(source.interval), id="interval", compact=True)
            yield words("Full text of each article's page (on, off)")
            yield Input("on" if source.full_text else "off", id="full-text", compact=True)
            set_now = f"; set: {', '.join(map(clean_line, source.headers))}" if source.headers else ""
            yield words(f"Header (NAME:VALUE, NAME: takes it away{set_now})")
            yield Input(id="header", compact=True, password=True)
            if self._fixed:
                yield words(f"config.toml sets {', '.join(self._fixed)}, and wins.", classes="quiet")
            yield words("enter keeps, esc leaves it as it was", id="edit-told", classes="quiet")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        try:
            self.dismiss(self.answer())
        except UsageError as error:
            self.query_one("#edit-told", Static).update(Content(clean_line(str(error), 300)))

    def answer(self) -> Edited:
        """What stands in the fields; raises UsageError."""
        full_text = self.value("full-text").lower()
        if full_text not in _ON + _OFF:
            raise UsageError("Full text is on or off.")
        title, header = self.value("title"), self.value("header")
        return Edited(
            title=None if title == clean_line(self._source.title) else title,
            section=self.value("section"),
            interval=interval(self.value("interval")),
            full_text=full_text in _ON,
            headers=headers(self._source.headers, [header]) if header else None,
        )
