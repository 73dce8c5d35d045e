"""What the room asks all the time begins with the few rows it is about, never with all articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from sqlite3 import Connection

import pytest

from reader.store import Database, captures, moving, wanted

ASKED: dict[str, Callable[[Connection, datetime], object]] = {
    "the next page": lambda c, now: wanted.next_try(c),
    "pages that are due": lambda c, now: wanted.due(c, now=now),
    "pages that saved articles wait for": lambda c, now: wanted.of_saved(c),
    "how many of them": lambda c, now: wanted.count_saved(c),
    "no page for now": lambda c, now: wanted.postpone(c, now=now, until=now, reason="x"),
    "what is kept of articles that are no longer saved": lambda c, now: captures.unsaved(c),
    "articles of an older form": lambda c, now: moving.any_before(c),
}


@pytest.mark.parametrize("question", ASKED)
def test_no_question_goes_through_all_articles(database: Database, now: datetime, question: str) -> None:
    """A million articles must not be read, nor put into an index for the moment, to find a handful."""
    asked: list[str] = []
    with database.write() as c:
        c.set_trace_callback(asked.append)
        ASKED[question](c, now)
        c.set_trace_callback(None)
        plans = [row[3] for sql in asked for row in c.execute("EXPLAIN QUERY PLAN " + sql).fetchall()]
    assert plans
    scans = [plan for plan in plans if plan.startswith(("SCAN a", "SCAN article")) or "AUTOMATIC" in plan]
    assert scans == [plan for plan in scans if "article_before" in plan]
