"""What a reader sets for one source: how often, with which headers, whether at all; each change can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from feed_server import Clock, FeedServer, item, rss

from reader.config import SourceOverride
from reader.errors import NotFoundError, UsageError
from reader.model import Outcome
from reader.service.actions import edit_source, pause, remove_source, resume, undo
from reader.service.adding import add
from reader.service.library import Library
from reader.service.refresh import refresh


def feed(library: Library, server: FeedServer, **fields: object) -> int:
    return add(library, server.put("/feed.xml", rss(item(1)), **fields), derive=False).id


def test_an_interval_holds_at_once_and_ever_after(library: Library, server: FeedServer, clock: Clock) -> None:
    """It counts from the last success, after the next refresh too, and undo gives the old time back."""
    source_id = feed(library, server)
    before = library.source(source_id)
    assert edit_source(library, source_id, interval=1200) == 1
    assert library.source(source_id).next_fetch == clock.now + timedelta(minutes=20)
    clock.advance(minutes=21)
    refresh(library, derive=False)
    assert library.source(source_id).next_fetch == clock.now + timedelta(minutes=20)
    assert edit_source(library, source_id, interval=1200) == 0
    assert undo(library) == "source Harbour Watch changed"
    after = library.source(source_id)
    assert (after.interval, after.next_fetch) == (None, before.next_fetch)


def test_the_configuration_wins(library: Library, server: FeedServer, clock: Clock) -> None:
    """An interval in the file goes before the one in the library."""
    source_id = feed(library, server)
    edit_source(library, source_id, interval=1200)
    url = library.source(source_id).url
    config = replace(library.config, sources={url: SourceOverride(interval=7200)})
    with Library.open(library.paths, config, clock=clock) as opened:
        refresh(opened, force=True, derive=False)
        assert opened.source(source_id).next_fetch == clock.now + timedelta(hours=2)


def test_headers_are_sent_to_the_origin_and_shown_nowhere(library: Library, server: FeedServer) -> None:
    """A login set as a header opens the feed; it is in no representation of the source."""
    source_id = feed(library, server, validate=False)
    server.pages["/feed.xml"].password = "ada:hunter2"
    assert refresh(library, force=True, derive=False).results[0].status == 401
    edit_source(library, source_id, headers={"Authorization": "Basic YWRhOmh1bnRlcjI="})
    assert refresh(library, force=True, derive=False).results[0].outcome is Outcome.UNCHANGED
    assert "YWRh" not in repr(library.source(source_id))
    edit_source(library, source_id, headers={})
    assert refresh(library, force=True, derive=False).results[0].status == 401


@pytest.mark.parametrize(
    "settings",
    [
        {"interval": 10},
        {"interval": 10**6},
        {"interval": -1},
        {"headers": {"A b": "c"}},
        {"headers": {"X": "a\r\nY: b"}},
    ],
)
def test_what_cannot_be_used_is_refused(library: Library, server: FeedServer, settings: dict[str, object]) -> None:
    """Intervals from five minutes to a day, headers that are headers; nothing changes otherwise."""
    source_id = feed(library, server)
    before = library.source(source_id)
    with pytest.raises(UsageError):
        edit_source(library, source_id, **settings)  # type: ignore[arg-type]  # one wrong setting each
    assert library.source(source_id) == before


def test_full_text_is_a_flag(library: Library, server: FeedServer) -> None:
    """It is kept, and undone."""
    source_id = feed(library, server)
    edit_source(library, source_id, full_text=True)
    assert library.source(source_id).full_text
    undo(library)
    assert not library.source(source_id).full_text


def test_a_paused_source_is_not_asked(library: Library, server: FeedServer, clock: Clock) -> None:
    """Not even with force; resuming, or undo, asks it again."""
    source_id = feed(library, server)
    assert pause(library, [source_id]) == 1
    assert pause(library, [source_id]) == 0
    clock.advance(days=1)
    server.bodies()
    assert refresh(library, force=True).results[0].outcome is Outcome.SKIPPED
    assert server.hits == []
    assert resume(library, [source_id]) == 1
    assert refresh(library).results[0].outcome is Outcome.UNCHANGED
    assert undo(library) == "1 source resumed"
    assert library.source(source_id).paused
    with pytest.raises(NotFoundError):
        pause(library, [99])


def test_resuming_asks_what_was_gone(library: Library, server: FeedServer) -> None:
    """410 ends polling until somebody says otherwise."""
    source_id = feed(library, server)
    server.pages["/feed.xml"].status = 410
    assert refresh(library, force=True, derive=False).results[0].outcome is Outcome.GONE
    server.pages["/feed.xml"].status = 200
    assert refresh(library, force=True).results[0].outcome is Outcome.SKIPPED
    assert resume(library, [source_id]) == 1
    assert refresh(library, derive=False).results[0].outcome is Outcome.UNCHANGED
    undo(library)
    assert library.source(source_id).status == "gone"


def test_a_source_that_comes_back_is_not_paused(library: Library, server: FeedServer) -> None:
    """Removing and adding again starts anew."""
    source_id = feed(library, server)
    pause(library, [source_id])
    remove_source(library, source_id)
    assert not library.source(feed(library, server)).paused
