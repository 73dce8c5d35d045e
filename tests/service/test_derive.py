"""Texts and quotes of stored articles: resumable, newest first, never lost to one bad article."""

from __future__ import annotations

import threading

import pytest
from feed_server import FeedServer, item, rss

from reader.model import View
from reader.service import derive as deriving
from reader.service.adding import add
from reader.service.derive import derive_now, derive_pending
from reader.service.library import Library
from reader.store import articles, bodies


def fill(library: Library, server: FeedServer, count: int) -> None:
    """`count` articles that can be listed and are still to be derived."""
    add(library, server.put("/feed.xml", rss(*(item(n) for n in range(count)))), derive=False)
    assert library.pending() == count


def texts(library: Library) -> list[str]:
    """The stored texts in the order of the list, "" where there is none."""
    with library.database.read() as c:
        return [bodies.text(c, row.id) for row in library.window(View(), limit=1000)]


def test_everything_is_derived_and_then_nothing(library: Library, server: FeedServer) -> None:
    """All texts, progress up to the end; a second call finds nothing to do."""
    fill(library, server, 60)
    seen: list[tuple[int, int]] = []
    assert derive_pending(library, on_progress=lambda done, total: seen.append((done, total))) == 60
    assert seen[-1] == (60, 60)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert all("pumps" in text for text in texts(library))
    assert all(row.quote_count == 1 for row in library.window(View(), limit=1000))
    assert derive_pending(library) == 0


def test_stopped_it_goes_on_later_and_began_with_the_newest(library: Library, server: FeedServer) -> None:
    """Cancelled after a batch: what is done is among the newest, the rest follows with the next call."""
    fill(library, server, 200)
    cancel = threading.Event()
    done = derive_pending(library, cancel=cancel, on_progress=lambda *_: cancel.set())
    assert 0 < done < 200
    under_way = (deriving.shared().size + 1) * deriving.BATCH
    stored = texts(library)
    assert any(stored[:under_way])
    assert not any(stored[under_way:])
    assert done + derive_pending(library) == 200


def test_a_new_engine_reads_again(library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a new version of the engine every article is pending again; one that is opened is read at once."""
    fill(library, server, 5)
    derive_pending(library)
    monkeypatch.setattr("reader.quotes.ENGINE", 10**6)
    assert library.pending() == 5
    library.article(library.window(View())[0].id)
    assert library.pending() == 4
    assert derive_pending(library) == 4
    assert all("pumps" in text for text in texts(library))


def test_what_changed_meanwhile_is_not_overwritten(library: Library, server: FeedServer) -> None:
    """A result for content that has been replaced since is dropped; the article stays pending."""
    fill(library, server, 1)
    (row,) = library.window(View())
    with library.database.read() as c:
        stale = articles.pending_one(c, row.id)
    assert stale is not None
    server.put("/feed.xml", rss(item(0, body="&lt;p&gt;New words.&lt;/p&gt;")))
    from reader.service.refresh import refresh

    refresh(library, force=True, derive=False)
    deriving._store(library, [stale], deriving._derive([stale], deriving.shared(), threading.Event()))
    assert library.pending() == 1
    derive_now(library, row.id)
    assert texts(library) == ["New words."]


@pytest.mark.slow
def test_an_article_that_is_too_much_is_read_in_part(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that takes longer than the deadline as a whole gives its beginning, and its neighbours give everything."""
    monkeypatch.setattr(deriving, "SECONDS", 0.5)
    huge = "&lt;p&gt;“Pumps,” said Ines Vidal.&lt;/p&gt;" * 150_000
    add(library, server.put("/feed.xml", rss(item(1), item(2, body=huge), item(3))), derive=False)
    assert derive_pending(library) == 3
    lengths = sorted(len(text) for text in texts(library))
    assert lengths[0] > 50
    assert 1_000 < lengths[-1] < 2 * deriving.FIRST_PART
    assert library.pending() == 0
