"""Queries that the reader keeps under a name, in the reader's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from reader.store.faults import decoding

MOST = 200


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """`query` is a text of the query language; names are told apart without regard to case."""

    id: int
    name: str
    query: str


def all(c: Connection) -> list[SavedSearch]:  # noqa: A001 - read as `saved_searches.all`
    """Every saved search in the reader's order."""
    rows = c.execute("SELECT id, name, query FROM saved_search ORDER BY place, id").fetchall()
    with decoding():
        return [SavedSearch(*row) for row in rows]


def put(c: Connection, searches: Sequence[SavedSearch]) -> list[SavedSearch]:
    """Make these the saved searches, in this order; one with id 0 is new. Returns them with their ids."""
    c.execute("DELETE FROM saved_search")
    kept = []
    for place, search in enumerate(searches):
        cursor = c.execute(
            "INSERT INTO saved_search (id, name, query, place) VALUES (?, ?, ?, ?)",
            (search.id or None, search.name, search.query, place),
        )
        kept.append(SavedSearch(search.id or cursor.lastrowid or 0, search.name, search.query))
    return kept


def packed(searches: Sequence[SavedSearch]) -> list[list[Any]]:
    return [[search.id, search.name, search.query] for search in searches]


def unpacked(rows: Sequence[Sequence[Any]]) -> list[SavedSearch]:
    return [SavedSearch(int(row[0]), str(row[1]), str(row[2])) for row in rows]
