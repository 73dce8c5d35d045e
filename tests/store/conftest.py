"""A real library file for every test of the store, and drafts to fill it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from blank_library import put_blank_library

from reader.model import Document, Draft, Origin, Quote, QuoteKind, SourceKind, Speaker, Voice
from reader.store import Database, articles, sources

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    put_blank_library(file)
    database = Database(file)
    yield database
    database.close()


@pytest.fixture
def draft() -> Callable[..., Draft]:
    """Makes a draft; number n is n hours older than NOW."""

    def make(number: int = 0, **changes: Any) -> Draft:
        published = NOW - timedelta(hours=number)
        fields: dict[str, Any] = {
            "key": f"key-{number}",
            "digest": f"digest-{number}",
            "title": f"Title {number}",
            "url": f"https://news.example/{number}",
            "origin": Origin.FEED,
            "sort_date": published,
            "published": published,
            "raw": f"<p>Words of article {number}.</p>".encode(),
        }
        return Draft(**(fields | changes))

    return make


@pytest.fixture
def quote() -> Callable[..., Quote]:
    """Makes a quote that covers the given words of a text."""

    def make(text: str, words: str, name: str = "Ada Example", **changes: Any) -> Quote:
        start = text.index(words)
        speaker = Speaker(name, name.split()[-1], "analyst", "Example Ltd", voice=Voice.EXPERT)
        fields: dict[str, Any] = {
            "start": start,
            "end": start + len(words),
            "text": words,
            "kind": QuoteKind.DIRECT,
            "cue": "said",
            "speaker": speaker,
            "group": None,
            "confidence": 0.9,
            "reason": "test",
        }
        return Quote(**(fields | changes))

    return make


@pytest.fixture
def add_source(database: Database) -> Callable[..., int]:
    """Adds a source to `database` and returns its id."""

    def add(name: str = "one", *, section: str = "News", title: str = "") -> int:
        with database.write() as c:
            return sources.insert(
                c, kind=SourceKind.FEED, url=f"https://{name}.example/feed", title=title, section=section, now=NOW
            )

    return add


@pytest.fixture
def fill(database: Database, draft: Callable[..., Draft]) -> Callable[..., list[int]]:
    """Adds drafts number `first` to `last` of a source and derives them; returns their ids, newest first."""

    def add(source_id: int, count: int = 5, *, first: int = 0, section: str = "News", derive: bool = True) -> list[int]:
        drafts = [draft(number) for number in range(first, first + count)]
        with database.write() as c:
            ids = articles.insert(c, source_id, drafts, section=section, now=NOW)
            for number, article_id in enumerate(ids, start=first):
                if derive:
                    articles.set_derived(c, article_id, Document(text=f"Words of article {number}."), [], engine=1)
        return ids

    return add
