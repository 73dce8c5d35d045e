"""What to export, in which format, into which file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from reader.tui.completing import PathSuggester, paths
from reader.tui.screens.dialog import Dialog, words
from reader.tui.widgets.choices import Choices

FORMATS = (
    ("md", "Markdown"),
    ("html", "Web page (HTML)"),
    ("epub", "E-book (EPUB)"),
    ("json", "JSON"),
    ("csv", "Quotes as a table (CSV)"),
    ("bibtex", "Citations (BibTeX)"),
    ("csl", "Citations (CSL-JSON)"),
)


class Chosen(NamedTuple):
    """`what` and `format` are keys; `path` is as typed, `overwrite` whether a file there was agreed to go."""

    what: str
    format: str
    path: str
    overwrite: bool


class PathInput(Input):
    """A path; tab completes it, and goes on to the next field where there is nothing to complete."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", id="export.complete", tooltip="Complete the path; again: the next way."),
    ]

    def __init__(self) -> None:
        super().__init__(suggester=PathSuggester(), compact=True, select_on_focus=False, id="path")
        self._ways: list[str] = []

    def action_complete(self) -> None:
        if self.value not in self._ways:
            self._ways = [way for way in paths(self.value) if way != self.value]
        if not self._ways:
            self.screen.focus_next()
            return
        at = self._ways.index(self.value) + 1 if self.value in self._ways else 0
        self.value = self._ways[at % len(self._ways)]
        self.cursor_position = len(self.value)


class ExportScreen(Dialog[Chosen]):
    """`whats` are pairs of a key and words; `names` gives a file name for a key of what and one of a format."""

    AUTO_FOCUS = "#format"

    def __init__(self, whats: Sequence[tuple[str, str]], names: dict[tuple[str, str], str]) -> None:
        super().__init__()
        self._whats = whats
        self._names = names
        self._offered = ""
        self._agreed = ""  # the path for which a second enter overwrites

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog") as box:
            box.border_title = Content("Export")
            yield Choices((name for _key, name in FORMATS), id="format")
            yield Choices((name for _key, name in self._whats), id="what")
            yield PathInput()
            yield words("enter goes on and writes at last; tab completes a path; esc leaves",
                        classes="quiet", id="said")  # fmt: skip

    def on_mount(self) -> None:
        for id_ in ("format", "what"):
            self.query_one(f"#{id_}", OptionList).highlighted = 0
        self.offer()

    def chosen(self) -> tuple[str, str]:
        format_ = self.query_one("#format", OptionList).highlighted or 0
        what = self.query_one("#what", OptionList).highlighted or 0
        return self._whats[what][0], FORMATS[format_][0]

    def offer(self) -> None:
        """Put a sensible name into the path unless the reader has written one."""
        field = self.query_one("#path", PathInput)
        typed = field.value
        if typed and typed != self._offered:
            return
        self._offered = os.path.join(_folder(), self._names[self.chosen()])  # noqa: PTH118 - as typed, with its ~
        field.value = self._offered
        field.cursor_position = len(field.value)

    def on_option_list_option_highlighted(self, _event: OptionList.OptionHighlighted) -> None:
        self.offer()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.query_one("#what" if event.option_list.id == "format" else "#path").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        path = event.value.strip()
        if not path:
            self.say("Type the name of a file or of a folder.")
        elif Path(os.path.expanduser(path)).is_file() and self._agreed != path:  # noqa: PTH111 - never raises
            self._agreed = path
            self.say("There is such a file already; enter again overwrites it.")
        else:
            self.dismiss(Chosen(*self.chosen(), path, self._agreed == path))

    def say(self, sentence: str) -> None:
        self.query_one("#said", Static).update(Content(sentence))


def _folder() -> str:
    """The working directory, as people write it."""
    here, home = os.getcwd(), os.path.expanduser("~")  # noqa: PTH109, PTH111 - never raise where pathlib does
    return "~" + here[len(home) :] if here == home or here.startswith(f"{home}/") else here
