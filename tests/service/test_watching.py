"""Watching refreshes what is due, when it is due, until it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from feed_server import Clock, FeedServer, item, rss

from reader.service.adding import add
from reader.service.events import Event, SourceDone, Waiting
from reader.service.library import Library
from reader.service.watching import next_due, watch


class Watcher:
    """`watch` in a thread of its own, with what it told."""

    def __init__(self, library: Library) -> None:
        self.events: list[Event] = []
        self.cancel = threading.Event()
        self._told = threading.Condition()
        self._thread = threading.Thread(target=watch, args=(library, self._hear, self.cancel), kwargs={"tick": 0.05})

    def _hear(self, event: Event) -> None:
        with self._told:
            self.events.append(event)
            self._told.notify_all()

    def wait_for(self, wanted: Callable[[list[Event]], bool]) -> None:
        with self._told:
            assert self._told.wait_for(lambda: wanted(self.events), timeout=30)

    def __enter__(self) -> Watcher:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.cancel.set()
        self._thread.join(30)
        assert not self._thread.is_alive()


def waits(count: int) -> Callable[[list[Event]], bool]:
    return lambda events: sum(isinstance(event, Waiting) for event in events) >= count


def test_sources_are_asked_when_they_are_due(library: Library, server: FeedServer, clock: Clock) -> None:
    """At once what is due, then nothing for an hour, then again; every refresh says when the next one is."""
    add(library, server.put("/feed.xml", rss(item(1))), fetch=False)
    with Watcher(library) as watcher:
        watcher.wait_for(waits(1))
        assert watcher.events[-1] == Waiting(clock.now + timedelta(hours=1))
        assert len(server.hits) == 1
        threading.Event().wait(0.3)
        assert len(server.hits) == 1
        server.put("/feed.xml", rss(item(1), item(2)))
        clock.advance(minutes=61)
        watcher.wait_for(waits(2))
    assert [event.result.new for event in watcher.events if isinstance(event, SourceDone)] == [1, 1]
    assert library.pending() == 0


def test_files_are_looked_at_now_and_then(library: Library, tmp_path: Path, clock: Clock) -> None:
    """A folder is read at the beginning and five minutes later, not in between."""
    folder = tmp_path / "notes"
    folder.mkdir()
    add(library, str(folder), fetch=False)
    with Watcher(library) as watcher:
        watcher.wait_for(lambda events: any(isinstance(event, SourceDone) for event in events))
        (folder / "note.md").write_text("# A note\n\nThe pumps run again.\n")
        threading.Event().wait(0.3)
        assert library.counts().total == 0
        clock.advance(minutes=6)
        watcher.wait_for(lambda events: sum(isinstance(event, SourceDone) for event in events) == 2)
    assert library.counts().total == 1


def test_a_source_added_meanwhile_is_seen(library: Library, server: FeedServer) -> None:
    """Another program adds a source while nothing was there to watch."""
    with Watcher(library) as watcher:
        threading.Event().wait(0.1)
        add(library, server.put("/feed.xml", rss(item(1))), fetch=False)
        watcher.wait_for(lambda events: any(isinstance(event, SourceDone) for event in events))
    assert next_due(library.sources(), library.now()) == library.now() + timedelta(hours=1)
