"""Lists: which articles a view shows, in which order, page by page, and from which index."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from reader.model import Draft, View
from reader.store import Database, articles, counts, marks, quotes, sources, views

Make = Callable[..., Draft]


@pytest.fixture
def library(database: Database, add_source: Callable[..., int], draft: Make, now: datetime) -> Database:
    """Two sources, two sections, 60 articles, every third read, every fifth saved, dates that often collide."""
    for name, section, first in (("one", "News", 0), ("two", "Fraud", 100)):
        source = add_source(name, section=section)
        drafts = [draft(first + n, sort_date=now - timedelta(hours=n // 4)) for n in range(30)]
        with database.write() as c:
            ids = articles.insert(c, source, drafts, section=section, now=now)
            marks.put_read(c, [(one, one) for one in ids if one % 3 == 0], True)
            marks.save(c, [one for one in ids if one % 5 == 0], now=now)
    return database


def expected(c: Any, view: View, now: datetime) -> list[int]:
    """The ids a view must show, by looking at every row."""
    rows = views.rows(c, range(1, 61))
    shown = [
        row
        for row in rows
        if (view.section is None or row.section == view.section)
        and (view.source_id is None or row.source_id == view.source_id)
        and not (view.unread and row.read)
        and not (view.saved and not row.saved)
        and (view.since is None or row.sort_date >= view.since)
    ]
    return [row.id for row in sorted(shown, key=lambda row: (row.sort_date, row.id), reverse=True)]


CONDITIONS: list[dict[str, Any]] = [
    {"section": section, "source_id": source, "unread": unread, "saved": saved}
    for section, source, unread, saved in itertools.product((None, "News"), (None, 2), (False, True), (False, True))
]


@pytest.mark.parametrize("conditions", CONDITIONS, ids=str)
@pytest.mark.parametrize("hours", [None, 3])
def test_every_view(library: Database, now: datetime, conditions: dict[str, Any], hours: int | None) -> None:
    """Ids, windows and pages of a view show exactly what it says, newest first, nothing twice, nothing left out."""
    view = View(**conditions, since=now - timedelta(hours=hours) if hours else None)
    with library.read() as c:
        wanted = expected(c, view, now)
        assert list(views.ids(c, view)) == wanted
        assert [row.id for row in views.window(c, view, limit=1000)] == wanted
        paged: list[int] = []
        after = None
        while page := views.window(c, view, after=after, limit=7):
            paged += [row.id for row in page]
            after = views.position(page[-1])
        assert paged == wanted


def test_rows_in_the_order_asked(library: Database) -> None:
    """Rows come as asked, whatever the order; what is not there is left out."""
    with library.read() as c:
        assert [row.id for row in views.rows(c, [5, 999, 1, 60, -4])] == [5, 1, 60]
        assert views.rows(c, []) == []


@pytest.mark.parametrize(("name", "found"), [("news", 30), ("NEWS", 30), ("Nowhere", 0), ("", 0), ("New%", 0)])
def test_section_names(library: Database, name: str, found: int) -> None:
    """A section is found in any case; one that is not there shows nothing."""
    with library.read() as c:
        assert len(views.ids(c, View(section=name))) == found


def test_exact_section_first(database: Database, add_source: Callable[..., int], fill: Callable[..., Any]) -> None:
    """Of two sections that differ in case the one asked for is shown."""
    source = add_source()
    fill(source, 2, section="malware")
    fill(source, 3, first=10, section="Malware")
    with database.read() as c:
        assert len(views.ids(c, View(section="malware"))) == 2
        assert len(views.ids(c, View(section="Malware"))) == 3
        assert len(views.ids(c, View(section="MALWARE"))) in (2, 3)


def test_section_counts(library: Database, add_source: Callable[..., int], fill: Callable[..., Any]) -> None:
    """Sections come by name, also one that has only a source; "" stands for articles without one."""
    add_source("three", section="empty")
    fill(add_source("four", section=""), 2, first=500, section="")
    with library.read() as c:
        found = [(one.name, one.total, one.unread) for one in counts.sections(c)]
    assert found == [("", 2, 2), ("empty", 0, 0), ("Fraud", 30, 20), ("News", 30, 20)]


# --- plans ----------------------------------------------------------------------------------------------------------


def plan(c: Any, sql: str, parameters: Any) -> list[str]:
    return [row[3] for row in c.execute("EXPLAIN QUERY PLAN " + sql, parameters).fetchall()]


class Recorder:
    """Stands before a connection and keeps what is executed."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.executed: list[tuple[str, Any]] = []

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        self.executed.append((sql, parameters))
        return self.connection.execute(sql, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


def plans(c: Any, use: Callable[[Any], object]) -> list[str]:
    """The steps of every statement that `use` executes."""
    recorder = Recorder(c)
    use(recorder)
    return [step for sql, parameters in recorder.executed for step in plan(c, sql, parameters)]


@pytest.mark.parametrize("conditions", [*CONDITIONS, {"samples": True}], ids=str)
@pytest.mark.parametrize("use", ["window", "page", "ids", "quotes"])
def test_views_read_their_index(library: Database, now: datetime, conditions: dict[str, Any], use: str) -> None:
    """No view scans the table of articles or sorts: its index gives rows in the right order already."""
    view = View(**conditions)
    uses: dict[str, Callable[[Any], object]] = {
        "window": lambda c: views.window(c, view),
        "page": lambda c: views.window(c, View(**conditions, since=now), after=(0, 0)),
        "ids": lambda c: views.ids(c, view),
        "quotes": lambda c: quotes.find(c, view=view, limit=5),
    }
    with library.read() as c:
        steps = plans(c, uses[use])
    assert any("INDEX article_" in step for step in steps)
    assert not [step for step in steps if "TEMP B-TREE" in step]
    assert not [step for step in steps if step.startswith("SCAN a") and "INDEX article_" not in step]
    if use == "ids" and len([value for value in conditions.values() if value]) <= 1:
        assert any("COVERING INDEX" in step for step in steps), steps


@pytest.mark.parametrize(
    ("use", "wanted"),
    [
        (lambda c: counts.counts(c), "COVERING INDEX article_samples"),
        (lambda c: counts.pending(c, 1), "COVERING INDEX article_engine"),
        (lambda c: articles.pending(c, engine=1, limit=5), "INDEX article_engine"),
        (lambda c: articles.known(c, 1, ["a"]), "SEARCH entry USING PRIMARY KEY"),
        (lambda c: sources.by_url(c, "https://one.example/feed"), "INDEX source_identity"),
        (lambda c: sources.retire(c, 1), "INDEX article_source"),
        (lambda c: sources.revive(c, 1), "INDEX article_orphan"),
        (lambda c: views.ids(c, View(words=("x",))), "SEARCH a USING INTEGER PRIMARY KEY"),
        (lambda c: views.ids(c, View(words=("x",))), "SEARCH article USING INDEX article_engine (engine=?)"),
        (lambda c: quotes.find(c, speaker="x"), "INDEX quote_speaker"),
        (lambda c: quotes.find(c, org="x"), "INDEX quote_organization"),
        (lambda c: quotes.find(c, article_id=1), "SEARCH a USING INTEGER PRIMARY KEY"),
        (lambda c: marks.save(c, [1], now=datetime.fromisoformat("2026-01-01T00:00+00:00")), "INTEGER PRIMARY KEY"),
        (lambda c: marks.put_read(c, [(1, 9)], True), "SEARCH a USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
        (lambda c: marks.put_read(c, [(1, 9)], True), "SEARCH article USING INTEGER PRIMARY KEY"),
        (lambda c: marks.remove_samples(c), "INDEX article_samples"),
    ],
)
def test_other_queries_use_an_index(library: Database, use: Callable[[Any], object], wanted: str) -> None:
    """Counting, looking up keys, removing and finding by speaker cost by what they touch, not by the library."""
    with library.write() as c:
        steps = plans(c, use)
    assert any(wanted in step for step in steps), steps
    assert not [step for step in steps if step in ("SCAN article", "SCAN a")]


def test_counts_never_scan(library: Database) -> None:
    """The counts of sections and sources read no article."""
    with library.read() as c:
        steps = plans(c, counts.sections) + plans(c, sources.all)
    assert not [step for step in steps if "article" in step]
