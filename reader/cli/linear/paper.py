"""Lines that are printed one after the other, wrapped at blanks, a screen at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator

from reader.cli.cells import cut, width
from reader.cli.output import Output

MEASURE = 90  # cells; longer lines are hard to read
SPARE = 3  # lines of a screen for the last words, the question and the answer
UNBOUNDED = 20  # rows or lines at a time where nobody knows how high the screen is


class Paper:
    """Prints through `out`. In a pipe nothing is wrapped, for whoever reads there has their own width."""

    def __init__(self, out: Output) -> None:
        self._out = out

    @property
    def rows(self) -> int:
        """How many lines fit before somebody has to be asked."""
        if not self._out.terminal:
            return UNBOUNDED
        return max(shutil.get_terminal_size().lines - SPARE, 5)

    def line(self, text: str = "", *, hanging: int = 0) -> None:
        """One line, or as many as it needs; all but the first begin with `hanging` blanks."""
        for line in self.wrapped(text, hanging=hanging):
            self._out.line(line)

    def lines(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.line(text)

    def wrapped(self, text: str, *, hanging: int = 0) -> list[str]:
        """`text` (one line) in the lines it takes here; at least one."""
        room = min(shutil.get_terminal_size().columns - 1, MEASURE) if self._out.terminal else 0
        return list(_wrapped(text, room, " " * hanging)) if room > hanging + 8 else [text]

    def ask(self, words: str) -> None:
        """What stands before the cursor while somebody thinks."""
        self._out.bare(f"{words}> ")
        self._out.flush()


def _wrapped(text: str, room: int, lead: str) -> Iterator[str]:
    line, started = "", False
    for word in text.split(" "):
        if started and width(line) + 1 + width(word) > room:
            yield line
            line, started = lead, False
        line += f" {word}" if started else word
        started = True
        while width(line) > room:  # an address, or a language without blanks
            head = cut(line, room + 1).removesuffix("…") if width(line) > room + 1 else line[:room]
            yield head
            line = lead + line[len(head) :]
    yield line
