"""What the room told, latest first: a toast is gone after seconds, this is not."""

from __future__ import annotations

from collections.abc import Sequence

from reader.tui.screens.window import ListWindow
from reader.tui.told import Told
from reader.tui.widgets.text_list import Cell, Row


class MessagesScreen(ListWindow[None]):
    title_text = "Messages"
    empty = "Nothing was told yet."

    def __init__(self, told: Sequence[Told]) -> None:
        super().__init__()
        self._told = told

    def rows_for(self, words: str) -> Sequence[Row]:
        wanted = words.casefold().split()
        return [
            [Cell(told.at, 8, "quiet"), Cell(told.sentence, name="bad" if told.error else "")]
            for told in reversed(self._told)
            if all(word in told.sentence.casefold() for word in wanted)
        ]
