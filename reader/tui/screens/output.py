"""What a command printed, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from reader.text.clean import clean_line
from reader.tui.screens.window import ListWindow
from reader.tui.widgets.text_list import Cell, Row


class OutputScreen(ListWindow[None]):
    empty = "It printed nothing."

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = lines
        self.list.say_title(clean_line(title, 100), f"{len(lines):,} lines   / filter  esc close")

    def rows_for(self, words: str) -> Sequence[Row]:
        wanted = words.casefold().split()
        return [[Cell(line)] for line in self._lines if all(word in line.casefold() for word in wanted)]
