"""The reader's tags: found by query, shown in rows, undone exactly, and apart from those that sources state."""

from __future__ import annotations

import pytest
from feed_server import Clock

from reader.errors import UsageError
from reader.model import Draft, Origin, SourceKind, View
from reader.service import actions, tagging
from reader.service.library import Library
from reader.store import articles, sources


@pytest.fixture
def ids(library: Library, clock: Clock) -> list[int]:
    """Two articles, the second with a tag that its source states."""
    with library.database.write() as c:
        source = sources.insert(
            c, kind=SourceKind.FEED, url="https://news.example/feed", title="News", section="", now=clock()
        )
        drafts = [
            Draft(key=key, digest="", title=key, url="", origin=Origin.FEED, sort_date=clock(), tags=tags)
            for key, tags in (("a", ()), ("b", ("Fraud",)))
        ]
        return articles.insert(c, source, drafts, section="", now=clock())


def shown(library: Library, ids: list[int]) -> list[tuple[str, ...]]:
    return [row.tags for row in library.rows(ids)]


def test_given_found_and_taken_away(library: Library, ids: list[int]) -> None:
    """A tag is in the row and in queries at once, and undo leaves what was there before."""
    assert tagging.tag(library, ids, " Fraud ") == 2
    assert tagging.tag(library, ids, "Fraud") == 0
    assert shown(library, ids) == [("Fraud",), ("Fraud",)]
    assert tagging.own(library) == [("Fraud", 2)]
    assert set(library.ids(View(query="tag:fraud"))) == set(ids)
    assert actions.undo(library) == "2 articles tagged Fraud"
    assert shown(library, ids) == [(), ("Fraud",)]
    assert tagging.own(library) == []


def test_what_a_source_states_stays(library: Library, ids: list[int]) -> None:
    """Only the reader's tags are taken away; taking away is undone too."""
    assert tagging.untag(library, ids, "Fraud") == 0
    tagging.tag(library, ids, "mine")
    assert tagging.untag(library, ids[1:], "mine") == 1
    assert shown(library, ids) == [("mine",), ("Fraud",)]
    actions.undo(library)
    assert shown(library, ids) == [("mine",), ("Fraud", "mine")]
    with pytest.raises(UsageError):
        tagging.tag(library, ids, " — ")
