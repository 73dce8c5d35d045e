"""The same words in several articles: press releases and quotes passed on."""

from __future__ import annotations

from reader.model import QuoteRow
from reader.service.library import Library
from reader.store import quotes

__all__ = ["outlets", "recycled"]


def recycled(library: Library, quote: QuoteRow) -> list[QuoteRow]:
    """Quotes of the same words in the library, `quote` among them, the earliest first; empty if only one article has
    them.

    Of at least eight words most must be the same; shorter quotes must be equal and of the same speaker.
    """
    with library.database.read() as c:
        return quotes.elsewhere(c, quote)


def outlets(rows: list[QuoteRow], quote: QuoteRow) -> list[str]:
    """Titles of the other outlets that have the words, in the order in which they had them."""
    titles = dict.fromkeys(row.article.source_title for row in rows if row.article.source_id != quote.article.source_id)
    return list(titles)
