"""A few words that may be longer than there is room for: wrapped, and cut with a sign after so many lines."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from reader.text.clean import clean_line
from reader.tui.marks import UNICODE
from reader.tui.wrap import beginning

LIMIT = 1000  # characters


class Brief(Widget, inherit_bindings=False):
    """At most `most` lines of words that may come from anywhere: cleaned, and never read as markup."""

    def __init__(self, *, id: str, most: int = 3) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._most = most
        self._words = ""

    @property
    def words(self) -> str:
        return self._words

    def say(self, words: str) -> None:
        """Show other words; they may take more or fewer lines."""
        words = clean_line(words, LIMIT)
        if words != self._words:
            self._words = words
            self.refresh(layout=True)

    def lines(self, width: int, most: int) -> list[str]:
        return beginning(self._words, width, most, getattr(self.app, "marks", UNICODE).more)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(max(1, width), self._most))

    def render(self) -> Content:
        width, height = self.content_size
        return Content("\n".join(self.lines(max(1, width), max(1, height))))
