"""Retention: what is old goes for good and never returns; what the reader kept stays, whatever the clock says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from feed_server import Clock

from reader import paths
from reader.config import Config, Retention
from reader.model import Document, Draft, Origin, Quote, QuoteKind, SourceKind, Speaker, View
from reader.service import actions, retention
from reader.service.library import Library
from reader.store import articles, integrity, sources

TEXT = "Ada Ng said “the bank fell” on Monday."
QUOTE = Quote(13, 26, TEXT[13:26], QuoteKind.DIRECT, "said", Speaker("Ada Ng", "Ada Ng", "analyst"), None, 0.9, "test")
Open = Callable[[int, int], Library]


def drafts(clock: Clock, count: int, source: int) -> list[Draft]:
    return [
        Draft(key=f"{source}-{day}", digest="d", title=f"Day {day}", url="", origin=Origin.FEED,
              sort_date=clock() - timedelta(days=day), published=clock() - timedelta(days=day))
        for day in range(count)
    ]  # fmt: skip


@pytest.fixture
def stocked(tmp_path: Path, clock: Clock) -> Iterator[Open]:
    """Opens a library with two sources of 20 articles, one a day, with these limits."""
    opened: list[Library] = []

    def open_(days: int, per_source: int) -> Library:
        config = Config(retention=Retention(days=days, per_source=per_source))
        library = Library.open(paths.locate(tmp_path / "room"), config, clock=clock)
        opened.append(library)
        if not library.sources():
            with library.database.write() as c:
                for name in ("one", "two"):
                    source = sources.insert(c, kind=SourceKind.FEED, url=f"https://{name}.example/", title=name.title(),
                                            section="", now=clock())  # fmt: skip
                    for article_id in articles.insert(c, source, drafts(clock, 20, source), section="", now=clock()):
                        articles.set_derived(c, article_id, Document(text=TEXT), [QUOTE], engine=1)
        return library

    yield open_
    for library in opened:
        library.close()


def left(library: Library) -> list[str]:
    return [row.title for row in library.window(View(source_id=1), limit=100)]


def healthy(library: Library) -> bool:
    return integrity.examine(library.paths.library, engine=1).faults == ()


def test_by_age(stocked: Open) -> None:
    """Articles older than so many days go, each with its quotes and its place in the search index."""
    library = stocked(7, 0)
    assert retention.plan(library) == retention.Pruned(24, ((1, "One", 12), (2, "Two", 12)))
    assert retention.prune(library).articles == 24
    assert left(library) == [f"Day {day}" for day in range(8)]
    assert library.count(View(query="monday")) == 16
    assert library.count(View(query="quote:bank said-by:ng")) == 16
    assert len(library.quotes()) == 16
    assert library.counts().total == 16
    assert healthy(library)
    assert retention.prune(library).articles == 0


def test_by_number(stocked: Open) -> None:
    """The newest so many of each source stay."""
    library = stocked(0, 5)
    assert retention.prune(library).articles == 30
    assert left(library) == [f"Day {day}" for day in range(5)]
    assert healthy(library)


def test_nothing_is_limited_unless_asked(stocked: Open) -> None:
    """Without limits everything stays."""
    library = stocked(0, 0)
    assert retention.plan(library) == retention.prune(library) == retention.Pruned(0)


def test_what_the_reader_kept_stays(stocked: Open, clock: Clock) -> None:
    """Saved articles stay however old they are; once unsaved they go."""
    library = stocked(7, 5)
    ids = list(library.ids(View(source_id=1)))
    actions.save(library, ids[10:12])
    with library.database.write() as c:
        c.execute("UPDATE article SET tags = '[\"mine\"]' WHERE id = ?", (ids[15],))
        c.execute("UPDATE tagged SET own = 1 WHERE article_id = ?", (ids[15],))
        c.execute("UPDATE article SET tags = '[\"theirs\"]' WHERE id = ?", (ids[16],))
    retention.prune(library)
    assert left(library)[5:] == ["Day 10", "Day 11", "Day 15"]
    assert library.count(View(query="tag:mine")) == 1
    actions.unsave(library, ids[10:11])
    assert retention.prune(library).articles == 1
    assert healthy(library)


def test_nothing_returns(stocked: Open, clock: Clock) -> None:
    """What went is known: the same entry is not stored again, also if its content has changed."""
    library = stocked(7, 0)
    retention.prune(library)
    with library.database.write() as c:
        again = drafts(clock, 20, 1)
        articles.insert(c, 1, again, section="", now=clock())
        known = articles.known(c, 1, [draft.key for draft in again])
        articles.update(c, [(known[draft.key].id, replace(draft, digest="new")) for draft in again[10:]], now=clock())
    assert len(left(library)) == 8


@pytest.mark.parametrize("jump", [3_650, -3_650])
def test_a_wrong_clock_takes_nothing(stocked: Open, clock: Clock, jump: int) -> None:
    """Ten years ahead or back, nothing goes that would not go today."""
    library = stocked(30, 0)
    clock.advance(days=jump)
    assert retention.plan(library).articles == 0


def test_it_can_be_stopped_and_undone_actions_stay_harmless(stocked: Open) -> None:
    """Stopped before it begins it does nothing; undoing what was done to articles that are gone does no harm."""
    library = stocked(7, 0)
    stop = threading.Event()
    stop.set()
    assert retention.prune(library, cancel=stop).articles == 0
    actions.mark_read(library, list(library.ids(View())), True)
    retention.prune(library)
    assert actions.undo(library) == "40 articles marked read"
    assert library.counts().unread == library.counts().total == 16
    assert healthy(library)
