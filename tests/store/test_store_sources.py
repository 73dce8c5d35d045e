"""Sources: identity, titles, health, removal and return."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from reader.errors import UsageError
from reader.model import Outcome, Source, SourceKind, View
from reader.store import Database, articles, marks, sources, views


def one(database: Database, source_id: int = 1) -> Source:
    with database.read() as c:
        found = sources.get(c, source_id)
    assert found is not None
    return found


def test_what_is_stored(database: Database, now: datetime) -> None:
    """A new source comes back as it was given, new, due whenever."""
    with database.write() as c:
        number = sources.insert(
            c, kind=SourceKind.PAGE, url="http://127.0.0.1:8/x", title="T", section="S", consent="127.0.0.1:8",
            site_url="http://127.0.0.1:8/", now=now,
        )  # fmt: skip
    assert one(database, number) == Source(
        id=1, kind=SourceKind.PAGE, url="http://127.0.0.1:8/x", title="T", section="S", consent="127.0.0.1:8",
        site_url="http://127.0.0.1:8/", added=now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "title", "feed_title", "shown"),
    [
        ("https://a.example/feed", "Mine", "Theirs", "Mine"),
        ("https://a.example/feed", "", "Theirs", "Theirs"),
        ("https://u:hunter2@a.example/feed?token=hunter2", "", None, "https://***@a.example/feed?token=***"),
        ("/home/ada/news/report.txt", "", None, "report.txt"),
        ("/home/ada/\x1b[2Jnews", "", None, "[2Jnews"),
    ],
)
def test_title(database: Database, now: datetime, url: str, title: str, feed_title: str | None, shown: str) -> None:
    """The reader's title goes before the feed's, the feed's before the address, which is masked."""
    with database.write() as c:
        number = sources.insert(c, kind=SourceKind.FEED, url=url, title=title, section="", now=now)
        sources.record(c, number, status="ok", reason="", errors=0, next_fetch=None, feed_title=feed_title)
    assert one(database).title == shown
    assert one(database).url == url


@pytest.mark.parametrize(
    "same", ["https://one.example/feed", "HTTPS://ONE.example:443/feed", "https://one.example/feed#top", "feed://one.example/feed"]
)  # fmt: skip
def test_the_same_address_is_the_same_source(
    database: Database, add_source: Callable[..., int], now: datetime, same: str
) -> None:
    """Spellings of one address are one source; adding it again says which one it is."""
    add_source("one", title="One")
    with database.write() as c:
        if same.startswith("feed:"):
            assert sources.by_url(c, same) is None  # feed:// stands for http, which is another address
            return
        found = sources.by_url(c, same)
        assert found is not None
        assert found.id == 1
        with pytest.raises(UsageError, match="already in the library: s1, One"):
            sources.insert(c, kind=SourceKind.FEED, url=same, title="", section="", now=now)


def test_order(database: Database, add_source: Callable[..., int]) -> None:
    """Sources come by section and title."""
    add_source("c", section="B", title="x")
    add_source("b", section="A", title="z")
    add_source("a", section="A", title="y")
    with database.read() as c:
        assert [source.title for source in sources.all(c)] == ["y", "z", "x"]


def test_record(database: Database, add_source: Callable[..., int], now: datetime) -> None:
    """What a refresh found is kept; what it says nothing about stays."""
    add_source()
    later = now + timedelta(hours=1)
    with database.write() as c:
        sources.record(
            c, 1, status=Outcome.OK, reason="every hour", errors=0, next_fetch=later, last_success=now, etag="e",
            last_modified="m", body_hash="h", site_url="https://one.example/", feed_title="One",
        )  # fmt: skip
        sources.record(c, 1, status=Outcome.ERROR, reason="refused\x1b[2J", errors=1, next_fetch=None)
    found = one(database)
    assert (found.status, found.reason, found.errors, found.next_fetch) == ("error", "refused[2J", 1, None)
    assert (found.etag, found.last_modified, found.body_hash, found.last_success) == ("e", "m", "h", now)
    assert (found.title, found.site_url) == ("One", "https://one.example/")


def test_moved(database: Database, add_source: Callable[..., int]) -> None:
    """A source takes a new address, but never one that another source has."""
    add_source("one")
    add_source("two")
    with database.write() as c:
        for url in ("https://three.example/feed", "https://two.example/feed"):
            sources.record(c, 1, status="ok", reason="", errors=0, next_fetch=None, url=url)
        assert sources.by_url(c, "https://one.example/feed") is None
    assert one(database).url == "https://three.example/feed"


def test_counts(database: Database, add_source: Callable[..., int], fill: Callable[..., list[int]]) -> None:
    """A source counts its live and unread articles."""
    fill(add_source(), 4)
    with database.write() as c:
        marks.put_read(c, [(1, 1)], True)
    assert (one(database).total, one(database).unread) == (4, 3)


def test_removed_and_back(
    database: Database, add_source: Callable[..., int], fill: Callable[..., list[int]], now: datetime
) -> None:
    """A removed source hides with its articles but the saved ones; it comes back whole, read state included."""
    ids = fill(add_source(title="One"), 4)
    with database.write() as c:
        sources.record(c, 1, status="ok", reason="soon", errors=0, next_fetch=now, etag="e")
        marks.put_read(c, [(ids[0], ids[0])], True)
        marks.save(c, [ids[1]], now=now)
    before = one(database)
    with database.write() as c:
        assert sources.retire(c, 1) == 3
        assert sources.get(c, 1) is None
        assert sources.all(c) == []
        assert sources.by_url(c, before.url) is None
        assert [(row.id, row.source_title) for row in views.window(c, View())] == [(ids[1], "One")]
        sources.revive(c, 1)
    assert one(database) == before
    with database.read() as c:
        assert list(views.ids(c, View())) == ids


def test_added_again(
    database: Database, add_source: Callable[..., int], fill: Callable[..., list[int]], draft: Any, now: datetime
) -> None:
    """Adding a removed source again brings back its articles once, under the old ids, and fetches it anew."""
    ids = fill(add_source(title="Old"), 3)
    with database.write() as c:
        sources.record(c, 1, status="gone", reason="410", errors=3, next_fetch=now, etag="e", last_modified="m")
        sources.retire(c, 1)
    assert add_source(section="Fraud") == 1
    found = one(database)
    assert (found.status, found.errors, found.etag, found.last_modified, found.next_fetch) == ("new", 0, "", "", None)
    assert (found.section, found.title, found.total) == ("Fraud", "https://one.example/feed", 3)
    with database.write() as c:
        assert articles.insert(c, 1, [draft(0)], section="Fraud", now=now) == ids[:1]
        assert [row.section for row in views.window(c, View())] == ["Fraud"] * 3


def test_section_moves_the_articles_that_follow(
    database: Database, add_source: Callable[..., int], draft: Any, now: datetime
) -> None:
    """Articles that state a section themselves stay in it when the source moves."""
    add_source()
    with database.write() as c:
        articles.insert(c, 1, [draft(1), draft(2, section="Own")], section="News", now=now)
        sources.put_section(c, 1, "Fraud")
        assert [row.section for row in views.window(c, View())] == ["Fraud", "Own"]
