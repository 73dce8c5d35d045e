"""Articles with quotes in a real library, read by the real engine."""

from __future__ import annotations

from datetime import timedelta

from reader.model import Document, Draft, Origin, QuoteRow, SourceKind
from reader.quotes import ENGINE, extract_quotes
from reader.service.library import Library
from reader.store import articles, sources

LOADER = "We saw the loader on four hundred machines before anyone noticed it"
LEAD = f"“{LOADER},” said Ada Example, a researcher at Northwind Labs."


def put(library: Library, text: str, *, outlet: str = "one", days: int = 0) -> int:
    """An article of `text` in the outlet, so many days old, derived; returns its id."""
    now = library.now()
    url = f"https://{outlet}.example/feed"
    with library.database.write() as c:
        present = sources.by_url(c, url)
        source = present.id if present else sources.insert(
            c, kind=SourceKind.FEED, url=url, title=f"Outlet {outlet}", section="News", now=now
        )  # fmt: skip
        date = now - timedelta(days=days)
        count = library.counts().total
        draft = Draft(f"k{count}", "d", f"Title {count}", f"https://{outlet}.example/{count}", Origin.FEED, date,
                      published=date, document=Document(text))  # fmt: skip
        (article_id,) = articles.insert(c, source, [draft], section="News", now=now)
        articles.set_derived(c, article_id, None, extract_quotes(text), engine=ENGINE)
    return article_id


def first(library: Library, article_id: int) -> QuoteRow:
    """The first quote of an article."""
    return library.quotes(article_id=article_id)[0]
