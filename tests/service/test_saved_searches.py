"""Saved searches: kept, counted, ordered, and every change taken back by undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from feed_server import Clock

from reader.errors import NotFoundError, UsageError
from reader.model import Draft, Origin, SourceKind
from reader.service import actions, saved_searches
from reader.service.library import Library
from reader.store import articles, sources


def fill(library: Library, clock: Clock, *titles: str) -> list[int]:
    with library.database.write() as c:
        source = sources.insert(
            c, kind=SourceKind.FEED, url="https://news.example/feed", title="News", section="", now=clock()
        )
        drafts = [
            Draft(
                key=title, digest="", title=title, url="", origin=Origin.FEED, sort_date=clock() - timedelta(days=days)
            )
            for days, title in enumerate(titles)
        ]
        return articles.insert(c, source, drafts, section="", now=clock())


def names(library: Library) -> list[str]:
    return [search.name for search in saved_searches.list_all(library)]


def test_a_search_is_kept_with_its_counts(library: Library, clock: Clock) -> None:
    """A saved search counts what it finds at the moment it is asked, unread ones apart."""
    bank, _old, _other = fill(library, clock, "bank one", "bank two", "other")
    saved = saved_searches.add(library, "  Banks ", "bank since:1d")
    assert saved.name == "Banks"
    (found,) = saved_searches.counted(library)
    assert (found.search, found.total, found.unread, found.fault) == (saved, 2, 2, "")
    actions.mark_read(library, [bank], True)
    assert [(one.total, one.unread) for one in saved_searches.counted(library)] == [(2, 1)]
    clock.advance(days=1)
    assert [(one.total, one.unread) for one in saved_searches.counted(library)] == [(1, 0)]
    assert [row.id for row in library.window(saved_searches.view_of(saved))] == [bank]
    assert saved_searches.named(library, "banks") == saved


def test_every_change_is_taken_back(library: Library) -> None:
    """Adding, renaming, moving and removing are each undone to exactly what was there, also after a restart."""
    one = saved_searches.add(library, "one", "a")
    saved_searches.add(library, "two", "b")
    three = saved_searches.add(library, "three", "c")
    states = [saved_searches.list_all(library)]
    saved_searches.move(library, three.id, -5)
    states.append(saved_searches.list_all(library))
    saved_searches.change(library, one.id, name="first", query="a OR d")
    states.append(saved_searches.list_all(library))
    saved_searches.remove(library, three.id)
    assert names(library) == ["first", "two"]
    with Library.open(library.paths, library.config) as again:
        for state in reversed(states):
            actions.undo(again)
            assert saved_searches.list_all(again) == state
    assert names(library) == ["one", "two", "three"]


def test_moving_stops_at_the_ends(library: Library) -> None:
    """A search moves as far as there are others, and not moving is no action."""
    one = saved_searches.add(library, "one", "a")
    saved_searches.add(library, "two", "b")
    assert saved_searches.move(library, one.id, 9) == 1
    assert saved_searches.move(library, one.id, 1) == 0
    actions.undo(library)
    assert names(library) == ["one", "two"]


def test_ids_are_never_used_twice(library: Library) -> None:
    """A removed search's id stays its own, so that undo brings back that one."""
    one = saved_searches.add(library, "one", "a")
    saved_searches.remove(library, one.id)
    assert saved_searches.add(library, "two", "b").id > one.id


def test_what_is_wrong_is_refused(library: Library) -> None:
    """A wrong query, no name, a name twice, an unknown search: a sentence each, and nothing changes."""
    saved_searches.add(library, "one", "a")
    for name, query in (("x", "a AND"), ("x", " "), (" ", "a"), ("ONE", "b")):
        with pytest.raises(UsageError):
            saved_searches.add(library, name, query)
    with pytest.raises(UsageError):
        saved_searches.change(library, 1, query="(")
    for act in (lambda: saved_searches.remove(library, 9), lambda: saved_searches.named(library, "x")):
        with pytest.raises(NotFoundError):
            act()
    assert names(library) == ["one"]
