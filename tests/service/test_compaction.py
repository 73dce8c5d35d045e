"""A file gives back the room that it no longer needs, and loses nothing by it."""

from __future__ import annotations

import os
import threading
from dataclasses import replace

import pytest
from feed_server import Clock

from reader.config import Retention
from reader.model import Draft, Origin, SourceKind, View
from reader.service import actions, care, recovery, retention
from reader.service.library import Library
from reader.store import articles, compaction, integrity, sources


@pytest.fixture
def airy(library: Library, clock: Clock) -> Library:
    """A library of which most articles, some 12 MB of them, have been pruned."""
    with library.database.write() as c:
        source = sources.insert(c, kind=SourceKind.FEED, url="https://a.example/", title="A", section="", now=clock())
        drafts = [
            Draft(str(n), "d", f"Title {n}", "", Origin.FEED, clock(), raw=os.urandom(12_000)) for n in range(1_000)
        ]
        articles.insert(c, source, drafts, section="", now=clock())
    library.config = replace(library.config, retention=Retention(per_source=20))
    actions.save(library, list(library.ids(View()))[-3:])
    retention.prune(library)
    return library


def test_the_file_shrinks(airy: Library) -> None:
    """Pruned articles leave the file too; what is left is all there, also for those who have it open."""
    path, before = airy.paths.library, list(airy.ids(View()))
    airy.database.close()
    with Library.open(airy.paths, airy.config, clock=airy.now) as one, Library.open(airy.paths, airy.config) as other:
        assert list(other.ids(View())) == before
        size = path.stat().st_size
        gained = recovery.compact(one)
        assert gained > 8_000_000
        assert path.stat().st_size == size - gained
        assert list(other.ids(View())) == before
        assert actions.mark_read(other, before[:2], True) == 2
        assert recovery.compact(one) == 0
    assert integrity.examine(path, engine=0).faults == ()


def test_once_a_day_by_itself(airy: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The care after a refresh does it, but not with a large library, and not where it is stopped."""
    stop = threading.Event()
    stop.set()
    assert compaction.compact(airy.paths.library, cancel=stop) == 0
    size = airy.paths.library.stat().st_size
    monkeypatch.setattr(care, "SMALL", 1_000)
    assert care.care(airy) == ()
    assert airy.paths.library.stat().st_size == size
    monkeypatch.undo()
    for backup in airy.paths.data.glob("*.backup-*"):
        backup.unlink()
    assert care.care(airy) == ()
    assert airy.paths.library.stat().st_size < size / 2
