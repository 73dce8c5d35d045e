"""Search through the service: pages, ages from the library's clock, rank, highlighted places, marking by query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from feed_server import Clock

from reader.errors import UsageError
from reader.model import Document, Draft, Origin, SourceKind, View
from reader.service import actions, searching
from reader.service.library import Library
from reader.store import articles, sources

Write = Callable[[str, str, int], int]


@pytest.fixture
def write(library: Library, clock: Clock) -> Write:
    """Puts an article with this title and text, so many days old, into the library; returns its id."""
    with library.database.write() as c:
        source = sources.insert(
            c, kind=SourceKind.FEED, url="https://news.example/feed", title="News", section="Fraud", now=clock()
        )

    def put(title: str, text: str, days: int) -> int:
        date = clock() - timedelta(days=days)
        draft = Draft(key=title + text, digest="", title=title, url="", origin=Origin.FEED, sort_date=date)
        with library.database.write() as c:
            (article_id,) = articles.insert(c, source, [draft], section="Fraud", now=clock())
            articles.set_derived(c, article_id, Document(text=text), [], engine=1)
        return article_id

    return put


def ids(library: Library, query: str) -> list[int]:
    return list(library.ids(View(query=query)))


def test_ages_count_from_the_clock_of_the_library(library: Library, clock: Clock, write: Write) -> None:
    """`since:7d` is a week before now, whenever that is, also with the view's own conditions."""
    old, new = write("old bank", "x", 9), write("new bank", "x", 3)
    assert ids(library, "bank since:7d") == [new]
    assert ids(library, "bank before:7d") == [old]
    clock.advance(days=5)
    assert ids(library, "bank since:7d") == []
    assert library.count(View(query="bank", section="fraud")) == 2
    assert library.count(View(query="bank"), most=1) == 1


def test_by_rank_the_title_comes_first(library: Library, write: Write) -> None:
    """By date the newest is first, by rank the one that is about it."""
    about = write("Ransomware at the bank", "Ransomware, ransomware.", 9)
    passing = write("Other news", "A long text about many things and once ransomware. " + "More. " * 50, 1)
    view = View(query="ransomware")
    assert [row.id for row in library.window(view)] == [passing, about]
    assert [row.id for row in searching.ranked(library, view)] == [about, passing]
    assert [row.id for row in searching.ranked(library, View(query="is:unread"))] == [passing, about]
    assert [row.id for row in searching.ranked(library, view, limit=1)] == [about]


def test_hits_show_their_place(library: Library, write: Write) -> None:
    """A hit has its line and what to highlight in title and line; one found by its title alone has no line."""
    write("The bank", "Nothing.\n\nThen the  bank fell.", 1)
    write("Bank only in the title", "Nothing.", 2)
    view = View(query="bank")
    first, second = searching.hits(library, library.window(view), "bank")
    assert first.snippet is not None
    assert [first.snippet.text[start:end] for start, end in first.snippet.spans] == ["bank"]
    assert [first.row.title[start:end] for start, end in first.title] == ["bank"]
    assert second.snippet is None
    assert searching.in_text("a bank", "bank -a") == [(2, 6)]


def test_everything_a_query_finds_is_marked_and_unmarked(library: Library, write: Write) -> None:
    """Marking by query is one action."""
    write("bank one", "x", 1)
    write("bank two", "x", 2)
    write("other", "x", 3)
    assert actions.mark_view_read(library, View(query="title:bank")) == 2
    assert ids(library, "is:read") == ids(library, "bank")
    actions.undo(library)
    assert ids(library, "is:read") == []


def test_a_wrong_query_is_a_sentence(library: Library) -> None:
    """Lists, counts and checks refuse it alike, also where there is no library yet."""
    for act in (library.window, library.ids, library.count):
        with pytest.raises(UsageError, match=r"column 7"):
            act(View(query="a AND (b"))
    with pytest.raises(UsageError, match="empty"):
        searching.check(" ")
