"""Quotes across the library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from reader.model import Document, Draft, Quote, QuoteKind, Speaker, SpeakerType, View, Voice
from reader.store import Database, articles, marks, quotes, sources

TEXT = 'Mark Sample said "first words". The ÉCOLE said "second words". Nobody said "third words".'


@pytest.fixture
def quoted(database: Database, add_source: Callable[..., int], draft: Callable[..., Draft], now: datetime) -> Database:
    """Two articles with the same three quotes: an expert's, an organisation's, and nobody's."""
    mark = Speaker("Mark Sample", "Sample", "fellow", "European Council", SpeakerType.PERSON, Voice.EXPERT)
    school = Speaker("ÉCOLE", "The ÉCOLE", None, "ÉCOLE", SpeakerType.ORGANIZATION, Voice.COMPANY)
    found = [
        Quote(0, 30, TEXT[0:30], QuoteKind.MIXED, "said", mark, None, 0.9, "a"),
        Quote(32, 61, TEXT[32:61], QuoteKind.DIRECT, "said", school, 1, 0.8, "b"),
        Quote(63, 89, TEXT[63:89], QuoteKind.INDIRECT, None, None, 1, 0.25, "c"),
    ]  # fmt: skip
    source = add_source()
    with database.write() as c:
        for one in articles.insert(c, source, [draft(1), draft(2)], section="News", now=now):
            articles.set_derived(c, one, Document(text=TEXT), found, engine=1)
        marks.put_read(c, [(1, 1)], True)
    return database


def test_what_goes_in_comes_out(quoted: Database) -> None:
    """Every field of a quote comes back, its words read from the text."""
    with quoted.read() as c:
        found = [row.quote for row in quotes.find(c, article_id=2)]
        assert tuple(found) == quotes.of_article(c, 2, TEXT)
    assert [one.text for one in found] == [TEXT[0:30], TEXT[32:61], TEXT[63:89]]
    assert found[0].speaker == Speaker(
        "Mark Sample", "Sample", "fellow", "European Council", SpeakerType.PERSON, Voice.EXPERT
    )
    assert (found[1].kind, found[1].group, found[2].speaker, found[2].cue) == (QuoteKind.DIRECT, 1, None, None)


@pytest.mark.parametrize(
    ("conditions", "starts"),
    [
        ({}, [0, 32, 63, 0, 32, 63]),
        ({"limit": 4}, [0, 32, 63, 0]),
        ({"limit": 0}, []),
        ({"speaker": "sample"}, [0, 0]),
        ({"speaker": "école"}, [32, 32]),
        ({"speaker": "%"}, []),
        ({"speaker": "nobody"}, []),
        ({"org": "european"}, [0, 0]),
        ({"org": "European", "speaker": "école"}, []),
        ({"voice": Voice.COMPANY}, [32, 32]),
        ({"kind": QuoteKind.INDIRECT}, [63, 63]),
        ({"kind": QuoteKind.MIXED, "voice": Voice.EXPERT, "speaker": "Mark"}, [0, 0]),
        ({"view": View(unread=True)}, [0, 32, 63]),
        ({"view": View(section="news", unread=True), "speaker": "mark"}, [0]),
        ({"view": View(words=("title", "1"))}, [0, 32, 63]),
        ({"view": View(saved=True)}, []),
        ({"view": View(section="Nowhere")}, []),
        ({"article_id": 1}, [0, 32, 63]),
        ({"article_id": 1, "view": View(unread=True)}, []),
        ({"article_id": 99}, []),
    ],
    ids=str,
)
def test_find(quoted: Database, conditions: dict[str, Any], starts: list[int]) -> None:
    """All conditions hold together; newest article first, then as the text has them."""
    with quoted.read() as c:
        found = quotes.find(c, **conditions)
    assert [row.quote.start for row in found] == starts
    assert [row.article.id for row in found] == sorted((row.article.id for row in found), reverse=True)


def test_names_are_kept_once(quoted: Database) -> None:
    """A speaker of many quotes has one row with the name."""
    with quoted.read() as c:
        assert c.execute("SELECT name FROM name ORDER BY name").fetchall() == [
            ("European Council",), ("Mark Sample",), ("ÉCOLE",)
        ]  # fmt: skip


def test_quotes_of_removed_articles_are_hidden(quoted: Database) -> None:
    """When the source goes its quotes go, and come back with it."""
    with quoted.write() as c:
        sources.retire(c, 1)
        assert quotes.find(c) == quotes.find(c, speaker="mark") == quotes.find(c, article_id=1) == []
        sources.revive(c, 1)
        assert len(quotes.find(c)) == 6
