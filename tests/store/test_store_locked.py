"""Another process that holds the library: writers say so in a sentence, readers are not disturbed (SAFETY 75)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from reader.errors import StorageError
from reader.model import Document, Quote, QuoteKind, QuoteRow, SourceKind, View
from reader.store import (
    Database,
    actions,
    articles,
    bodies,
    connections,
    counts,
    inserting,
    marks,
    quotes,
    settings,
    sources,
    views,
)

Use = Callable[[sqlite3.Connection, Any], object]


def _row(c: sqlite3.Connection) -> QuoteRow:
    quote = Quote(0, 5, "Words", QuoteKind.DIRECT, None, None, None, 0.5, "test")
    return QuoteRow(views.rows(c, [1])[0], quote)


WRITERS: dict[str, Use] = {
    "sources.insert": lambda c, make: sources.insert(
        c, kind=SourceKind.FEED, url="https://two.example/", title="", section="", now=make().sort_date
    ),
    "sources.record": lambda c, make: sources.record(c, 1, status="ok", reason="", errors=0, next_fetch=None),
    "sources.put_address": lambda c, make: sources.put_address(c, 1, "https://new.example/feed"),
    "sources.suggest": lambda c, make: sources.suggest(c, 1, "https://new.example/feed"),
    "sources.put_title": lambda c, make: sources.put_title(c, 1, "New"),
    "sources.put_section": lambda c, make: sources.put_section(c, 1, "New"),
    "sources.retire": lambda c, make: sources.retire(c, 1),
    "sources.revive": lambda c, make: sources.revive(c, 1),
    "sources.ensure_samples": lambda c, make: sources.ensure_samples(c, title="Samples", now=make().sort_date),
    "sources.section_id": lambda c, make: sources.section_id(c, "New"),
    "inserting.insert": lambda c, make: articles.insert(c, 1, [make(9)], section="", now=make().sort_date),
    "articles.update": lambda c, make: articles.update(c, [(1, make(0))], now=make().sort_date),
    "articles.set_derived": lambda c, make: articles.set_derived(c, 1, Document(text="x"), [], engine=1),
    "bodies.put": lambda c, make: bodies.put(c, 1, Document(text="x")),
    "bodies.compact_raw": lambda c, make: bodies.compact_raw(c, 1),
    "sources.put_choices": lambda c, make: sources.put_choices(c, 1, sources.Choices(interval=600)),
    "sources.reschedule": lambda c, make: sources.reschedule(c, 1, next_fetch=None, reason="", status="ok"),
    "bodies.put_raw": lambda c, make: bodies.put_raw(c, 1, b"x"),
    "quotes.put": lambda c, make: quotes.put(c, 1, [], engine=1, text=""),
    "quotes.forget": lambda c, make: quotes.forget(c, 1),
    "quotes.reput": lambda c, make: quotes.reput(c, 1),
    "marks.put_saved": lambda c, make: marks.put_saved(c, [(1, 1)]),
    "marks.put_samples": lambda c, make: marks.put_samples(c, [(-1, -1)], there=True),
    "marks.put_read": lambda c, make: marks.put_read(c, [(1, 5)], True),
    "marks.save": lambda c, make: marks.save(c, [1], now=make().sort_date),
    "marks.unsave": lambda c, make: marks.unsave(c, [2]),
    "marks.remove_samples": lambda c, make: marks.remove_samples(c),
    "actions.record": lambda c, make: actions.record(c, "x", [], now=make().sort_date),
    "actions.undo": lambda c, make: actions.undo(c),
    "actions.prolong": lambda c, make: actions.prolong(c, 0, "x", [], now=make().sort_date),
    "settings.put": lambda c, make: settings.put(c, "a", 1),
}
READERS: dict[str, Use] = {
    "sources.all": lambda c, make: sources.all(c),
    "sources.get": lambda c, make: sources.get(c, 1),
    "sources.by_url": lambda c, make: sources.by_url(c, "https://one.example/feed"),
    "articles.known": lambda c, make: articles.known(c, 1, ["key-0"]),
    "articles.pending": lambda c, make: articles.pending(c, engine=9, limit=9),
    "articles.pending_one": lambda c, make: articles.pending_one(c, 1),
    "articles.engine_of": lambda c, make: articles.engine_of(c, 1),
    "articles.saved_among": lambda c, make: articles.saved_among(c, [1]) == [],
    "sources.choices": lambda c, make: sources.choices(c, 1),
    "inserting.present": lambda c, make: inserting.present(c, 1, [b"x"]) == {},
    "sources.titles": lambda c, make: sources.titles(c, 1),
    "sources.ever_added": lambda c, make: sources.ever_added(c),
    "bodies.text": lambda c, make: bodies.text(c, 1),
    "bodies.raw": lambda c, make: bodies.raw(c, 1),
    "counts.published": lambda c, make: counts.published(c, 1, since=make().sort_date, weeks=1).number,
    "counts.pending": lambda c, make: counts.pending(c, 9),
    "quotes.of_article": lambda c, make: quotes.of_article(c, 1, "") == (),
    "marks.unlike_read": lambda c, make: marks.unlike_read(c, [1], True),
    "actions.anything_to_undo": lambda c, make: not actions.anything_to_undo(c),
    "views.extras": lambda c, make: views.extras(c, 1),
    "bodies.get": lambda c, make: bodies.get(c, 1),
    "counts.sections": lambda c, make: counts.sections(c),
    "counts.counts": lambda c, make: counts.counts(c),
    "quotes.find": lambda c, make: quotes.find(c) == [],
    "quotes.uncited": lambda c, make: quotes.uncited(c, limit=1) == [],
    "quotes.timeline": lambda c, make: quotes.timeline(c, 1) == [],
    "quotes.elsewhere": lambda c, make: quotes.elsewhere(c, _row(c)) == [],
    "settings.get": lambda c, make: settings.get(c, "a", True),
    "views.count": lambda c, make: views.count(c, View(query="x")) == 0,
    "views.window": lambda c, make: views.window(c, View()),
    "views.ids": lambda c, make: views.ids(c, View()),
    "views.newest": lambda c, make: views.newest(c) is not None,
    "views.rows": lambda c, make: views.rows(c, [1]),
}


@pytest.fixture
def locked(
    file: Path, monkeypatch: pytest.MonkeyPatch, add_source: Callable[..., int], fill: Callable[..., list[int]]
) -> Iterator[Database]:
    """A library with articles whose write lock another connection holds."""
    fill(add_source())
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.02)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    patient = Database(file)
    yield patient
    other.rollback()
    other.close()
    patient.close()


@pytest.mark.parametrize("name", WRITERS)
def test_writers_say_so(locked: Database, draft: Callable[..., Any], name: str) -> None:
    """A change against a locked library is a StorageError with a sentence, never SQLite's own words."""
    with pytest.raises(StorageError) as refused:
        _write(locked, WRITERS[name], draft)
    assert "Another secnews is writing" in str(refused.value)
    assert "database is locked" not in str(refused.value)


@pytest.mark.parametrize("name", READERS)
def test_readers_are_not_disturbed(locked: Database, draft: Callable[..., Any], name: str) -> None:
    """Reading goes on while somebody else writes."""
    with locked.read() as c:
        assert READERS[name](c, draft)


@pytest.fixture
def taken(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    database: Database,
    add_source: Callable[..., int],
    fill: Callable[..., list[int]],
) -> Iterator[Database]:
    """A library that another program (a database browser, say) has taken for itself alone."""
    fill(add_source())
    database.close()
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.02)
    ours = Database(file)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("UPDATE source SET errors = 0")
    yield ours
    other.close()
    ours.close()


@pytest.mark.parametrize("name", ["views.window", "settings.put"])
def test_taken(taken: Database, draft: Callable[..., Any], name: str) -> None:
    """Then reading as well as writing ends in a sentence."""
    with pytest.raises(StorageError, match="Another secnews"):
        _read(taken, READERS[name], draft) if name in READERS else _write(taken, WRITERS[name], draft)


def test_all_functions_are_here() -> None:
    """Every public function of the store that takes a connection stands in one of the two tables."""
    public = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in (sources, articles, inserting, bodies, counts, marks, quotes, settings, views, actions)
        for name, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__ and not name.startswith("_")
        if value.__code__.co_varnames[:1] == ("c",)
    }
    assert public - {"views.prepare"} == set(WRITERS) | set(READERS)


def _write(library: Database, use: Use, draft: Callable[..., Any]) -> None:
    with library.write() as c:
        use(c, draft)


def _read(library: Database, use: Use, draft: Callable[..., Any]) -> None:
    with library.read() as c:
        use(c, draft)
