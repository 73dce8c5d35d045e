"""What the room remembers until the next start; kept in the library as one JSON value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

KEY = "tui"
COMMANDS = 50  # lines typed behind `:`, the latest ones
POSITIONS = 300  # articles whose reading position is remembered, the latest ones


@dataclass(slots=True)
class Memory:
    """`place` is a place's key, `article` an id; `positions` maps article ids to the text offset in the first line.

    `widths` holds the cells that panes were made wider (or narrower, if negative) by hand. `newest` is the highest
    article id at the end of the last session (0: there was none) and `left` when that was, as ISO 8601.
    """

    place: str = ""
    article: int = 0
    focus: str = ""
    theme: str = ""
    zen: bool = False
    positions: dict[int, int] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)
    places: list[tuple[str, str, int]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    toured: bool = False
    newest: int = 0
    left: str = ""

    def at(self, article_id: int) -> int:
        return self.positions.get(article_id, 0)

    def keep_command(self, line: str) -> None:
        """Remember a command that was typed, but none with a password or a token in it."""
        from reader.text.addresses import HIDDEN, mask

        if "--header" in line or any(HIDDEN in mask(word) for word in line.split()):
            return
        self.commands = [*self.commands[1 - COMMANDS :], line]

    def keep(self, article_id: int, offset: int) -> None:
        """Remember where the reader was in an article; 0 (the beginning) is forgotten."""
        self.positions.pop(article_id, None)
        if offset:
            self.positions[article_id] = offset
        while len(self.positions) > POSITIONS:
            del self.positions[next(iter(self.positions))]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def from_json(value: object) -> Memory:
    """Whatever of `value` makes sense: a library written by another version never keeps the room from opening."""
    memory = Memory()
    if not isinstance(value, Mapping):
        return memory
    for item in fields(Memory):
        found, default = value.get(item.name), getattr(memory, item.name)
        if type(found) is type(default):
            setattr(memory, item.name, found)
    memory.positions = {
        int(key): offset for key, offset in memory.positions.items() if _number(key) and _is_int(offset)
    }
    memory.widths = {key: cells for key, cells in memory.widths.items() if isinstance(key, str) and _is_int(cells)}
    memory.places = [
        (place[0], place[1], place[2])
        for place in memory.places
        if isinstance(place, list | tuple) and [type(part) for part in place] == [str, str, int]
    ]
    memory.commands = [line for line in memory.commands if isinstance(line, str)][-COMMANDS:]
    return memory


def _number(key: object) -> bool:
    return str(key).isdigit()


def _is_int(value: object) -> bool:
    return type(value) is int and -(10**9) < value < 10**9
