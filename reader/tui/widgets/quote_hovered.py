"""What the panes say when the mouse is over a quote."""

from __future__ import annotations

from textual.geometry import Offset
from textual.message import Message

NOWHERE = Offset(0, 0)


class QuoteHovered(Message):
    """The mouse is over quote `index` of the article now (None: over none), at `place` on the screen."""

    def __init__(self, index: int | None, place: Offset = NOWHERE) -> None:
        super().__init__()
        self.index = index
        self.place = place
