"""Every key as it is now, by pane; typing narrows the list."""

from __future__ import annotations

from collections.abc import Sequence

from reader.tui.commands import COMMANDS, CONTEXTS, matching
from reader.tui.keymap import Keymap, shown
from reader.tui.screens.window import ListWindow
from reader.tui.widgets.text_list import Cell, Row


class HelpScreen(ListWindow[None]):
    title_text = "Keys"
    empty = "No key does that."

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self.list.say_title("Keys", "/ filters  esc closes")

    def rows_for(self, words: str) -> Sequence[Row]:
        commands = list(matching(words, COMMANDS))
        rows: list[Row] = []
        room = self.app.size.width
        for context, name in CONTEXTS.items():
            inside = [command for command in commands if command.context == context]
            if inside:
                rows += [[Cell("")]] if rows else []
                rows.append([Cell(name, name="head")])
            for command in inside:
                keys = shown(self._keymap.keys[command.id]) or "(no key)"
                cells = [Cell(keys, 14 if room >= 60 else 11 if room >= 30 else 7, "strong"), Cell(command.help)]
                rows.append([*cells, Cell(command.id, 18, "quiet")] if room >= 80 else cells)
        return rows
