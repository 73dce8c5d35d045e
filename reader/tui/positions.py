"""Where the characters of an article stand once signs have been inserted between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Positions:
    """Maps offsets of a text to positions in a longer one and back.

    The text begins at `base`; `insertions` are `(offset, length)` pairs sorted by offset: so many characters stand
    between the characters `offset - 1` and `offset`.
    """

    def __init__(self, base: int = 0, insertions: Iterable[tuple[int, int]] = ()) -> None:
        self._anchors: list[int] = []
        self._shifts = [base]  # one more than anchors: the shift before the first, after the first …
        for offset, length in insertions:
            if self._anchors and self._anchors[-1] == offset:
                self._shifts[-1] += length
            else:
                self._anchors.append(offset)
                self._shifts.append(self._shifts[-1] + length)
        self._starts = [base, *(a + s for a, s in zip(self._anchors, self._shifts[1:], strict=True))]

    def begin(self, offset: int) -> int:
        """Where the character at `offset` stands: after everything that was inserted before it."""
        return offset + self._shifts[bisect_right(self._anchors, offset)]

    def end(self, offset: int) -> int:
        """Where the character before `offset` ends: before anything that was inserted there."""
        return offset + self._shifts[bisect_left(self._anchors, offset)]

    def offset(self, position: int) -> int:
        """The offset at `position`; inside an insertion the one after it, before `base` 0."""
        stretch = bisect_right(self._starts, position) - 1
        if stretch < 0:
            return 0
        offset = position - self._shifts[stretch]
        return min(offset, self._anchors[stretch]) if stretch < len(self._anchors) else offset
