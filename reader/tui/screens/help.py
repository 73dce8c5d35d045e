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
        for context, name in CONTEXTS.items():
            inside = [command for command in commands if command.context == context]
            if inside:
                rows += [[Cell("")]] if rows else []
                rows.append([Cell(name, name="head")])
            for command in inside:
                keys = shown(self._keymap.keys[command.id]) or "(no key)"
                rows.append([Cell(keys, 14, "strong"), Cell(command.help), Cell(command.id, 18, "quiet")])
        return rows
