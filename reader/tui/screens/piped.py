"""An article through a command: asking for the command, and showing what it says."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from reader.service.piping import FORMS
from reader.tui.screens.dialog import Dialog, words
from reader.tui.screens.window import ListWindow
from reader.tui.widgets.choices import Choices
from reader.tui.widgets.text_list import Cell, Row

NAMES = {"text": "as plain text", "md": "as Markdown", "json": "as JSON"}


class PipeScreen(Dialog[tuple[str, str]]):
    """Answers with the command and the form of the article."""

    def __init__(self, before: tuple[str, str] = ("", FORMS[0])) -> None:
        super().__init__()
        self._before = before

    def compose(self) -> ComposeResult:
        command = self._before[0]
        with Vertical(id="dialog") as box:
            box.border_title = Content("Pipe the article")
            yield words("A command, with no shell")
            yield Input(command, placeholder="such as wc -w", id="command", compact=True)
            yield Choices((NAMES[name] for name in FORMS), id="form")
            yield words("words, and quotes around words; tab: as text, Markdown or JSON; enter runs it",
                        classes="quiet")  # fmt: skip

    def on_mount(self) -> None:
        self.query_one("#form", OptionList).highlighted = FORMS.index(self._before[1])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.answer()

    def on_option_list_option_selected(self, _event: OptionList.OptionSelected) -> None:
        self.answer()

    def answer(self) -> None:
        if command := self.value("command"):
            self.dismiss((command, FORMS[self.query_one("#form", OptionList).highlighted or 0]))


class OutputScreen(ListWindow[None]):
    """What the command prints; closing the window kills it."""

    title_text = "Output"
    empty = "It runs; esc stops it."

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[str] = ()

    def rows_for(self, words: str) -> Sequence[Row]:
        wanted = words.casefold()
        return [(Cell(line),) for line in self._lines if wanted in line.casefold()]

    def show_output(self, output: str, said: str) -> None:
        lines = [line.expandtabs(4) for line in output.rstrip("\n").split("\n")] if output.strip() else []
        self._lines = [*lines, *([said] if said else [] if lines else ["It said nothing."])]
        if self.is_mounted:
            self.show_rows("")
