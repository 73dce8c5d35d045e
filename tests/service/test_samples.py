"""The sample articles of a first start."""

from __future__ import annotations

from feed_server import FeedServer, item, rss

from reader.model import QuoteKind, View
from reader.service import actions
from reader.service.adding import add
from reader.service.library import Library
from reader.service.samples import install


def test_samples_are_there_and_nowhere_else(library: Library) -> None:
    """Half a dozen articles in the Samples view, with quotes of every kind; in no count, section, source or list."""
    count = install(library)
    assert count >= 6
    rows = library.window(View(samples=True))
    assert len(rows) == count
    assert all(row.id < 0 for row in rows)
    kinds = {quote.kind for row in rows for quote in library.article(row.id).quotes}
    assert kinds == set(QuoteKind)
    assert all("\n" not in row.title and row.title for row in rows)
    assert library.window(View()) == []
    assert library.counts().total == 0
    assert library.counts().samples == count
    assert library.sources() == []
    assert all(section.total == 0 for section in library.sections())
    assert library.pending() == 0
    assert library.quotes() == []


def test_samples_come_once_and_go_for_good(library: Library) -> None:
    """Installed twice they are there once; removed they do not return; undo brings them back."""
    count = install(library)
    assert install(library) == 0
    assert library.counts().samples == count
    actions.remove_samples(library)
    assert install(library) == 0
    assert library.counts().samples == 0
    actions.undo(library)
    assert library.counts().samples == count


def test_a_library_with_a_source_gets_no_samples(library: Library, server: FeedServer) -> None:
    """Whoever has added something needs no samples, also after removing it."""
    source = add(library, server.put("/feed.xml", rss(item(1))))
    assert install(library) == 0
    actions.remove_source(library, source.id)
    assert install(library) == 0
