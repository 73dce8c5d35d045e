"""Who said what in an article: `extract_quotes(text)` and the engine's version, `ENGINE`.

The engine is loaded on first use: a program that only lists articles does not pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model import Quote

__all__ = ["ENGINE", "extract_quotes"]

ENGINE = 5
"""Raised whenever the same text may give other quotes than before."""


def extract_quotes(text: str) -> list[Quote]:
    """The reported speech in an article's canonical text (paragraphs separated by line breaks), in order.

    Every quote lies inside one paragraph, `quote.text == text[quote.start:quote.end]` (code points), quotes never
    overlap, and any string is accepted. An unknown speaker is None. Time is linear in the length of the text.
    """
    from reader.quotes import extract

    return extract.extract_quotes(text)
