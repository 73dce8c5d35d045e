"""Lists of articles: a view becomes one SELECT over the index made for it (`store.statements`)."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from reader.model import ArticleRow, Origin, Outlet, View, Voice
from reader.store import statements
from reader.store.faults import decoding
from reader.store.prepared import Prepared
from reader.store.times import maybe_moment, moment, seconds

if TYPE_CHECKING:
    from reader.model import Media

FEW = 20_000  # articles since an id that are put in order by themselves; more are picked from the whole list
MANY = 50_000  # ids
_SECTION = (
    "SELECT id FROM section WHERE name = ?",
    "SELECT id FROM section WHERE name = ? COLLATE NOCASE ORDER BY id LIMIT 1",
)


def window(
    c: Connection,
    view: View,
    *,
    after: tuple[int, int] | None = None,
    limit: int = 64,
    now: datetime | None = None,
) -> list[ArticleRow]:
    """The first rows of a view, newest first, or those after the row with this (sort_date in seconds, id).

    Ages in the view's query count from `now`, here and below; from the clock if it is None.
    """
    parameters: dict[str, Any] = {"limit": limit}
    prepared = prepare(c, view, parameters, now=now)
    if prepared is None:
        return []
    if after is not None:
        parameters["after_date"], parameters["after_id"] = after
    sql = statements.window(prepared, after=after is not None)
    found = c.execute(sql, parameters).fetchall()
    with decoding():
        return [_article_row(row) for row in found]


def position(row: ArticleRow) -> tuple[int, int]:
    """Where a row stands in every list, for `window(after=…)`."""
    return seconds(row.sort_date), row.id


def ids(c: Connection, view: View, *, now: datetime | None = None) -> array[int]:
    """Every id of a view, in its order."""
    parameters: dict[str, Any] = {}
    found = array("q")
    prepared = prepare(c, view, parameters, now=now)
    if prepared is not None:
        cursor = c.execute(statements.ids(prepared), parameters)
        while batch := cursor.fetchmany(2_000):
            with decoding():
                found.extend(chain.from_iterable(batch))
    if len(found) > MANY:
        c.execute("PRAGMA shrink_memory")  # pages of the index that nobody asks for again: megabytes a thread
    return found


def count(c: Connection, view: View, *, most: int | None = None, now: datetime | None = None) -> int:
    """How many articles a view has; with `most`, counting ends there."""
    parameters: dict[str, Any] = {"most": -1 if most is None else most}
    prepared = prepare(c, view, parameters, now=now)
    return int(c.execute(statements.count(prepared), parameters).fetchone()[0]) if prepared is not None else 0


def rows(c: Connection, wanted: Iterable[int]) -> list[ArticleRow]:
    """The articles with these ids, in the order asked; those that are gone are left out."""
    wanted = list(wanted)
    rows = c.execute(statements.ROWS_BY_ID, (json.dumps(wanted),)).fetchall()
    with decoding():
        found = {row[0]: _article_row(row) for row in rows}
    return [found[article_id] for article_id in wanted if article_id in found]


def newest(c: Connection) -> int:
    """The highest id that any article has, 0 if there is none: what comes later has a higher one."""
    return int(c.execute("SELECT max(0, coalesce(max(id), 0)) FROM article").fetchone()[0])


def extras(c: Connection, article_id: int) -> tuple[datetime | None, tuple[Media, ...]]:
    """What a row does not show: when the article was saved, and its enclosures."""
    from reader.store.bodies import unpack_media

    saved_at, enclosures = c.execute("SELECT saved_at, enclosures FROM article WHERE id = ?", (article_id,)).fetchone()
    with decoding():
        return maybe_moment(saved_at), unpack_media(json.loads(enclosures or "[]"))


def prepare(c: Connection, view: View, parameters: dict[str, Any], *, now: datetime | None = None) -> Prepared | None:
    """The view as `statements` takes it, its values added to `parameters`; None if nothing can meet its conditions.

    Raises UsageError if its query is wrong.
    """
    if view.words or view.query:
        from reader.store import search

        prepared = search.prepare(c, view, parameters, now)
        view = prepared.view
    else:
        few = bool(view.newer_than) and newest(c) - view.newer_than < FEW
        prepared = Prepared(view, by_id=few)
    if view.section is not None:
        for sql in _SECTION:
            row = c.execute(sql, (view.section,)).fetchone()
            if row is not None:
                break
        else:
            return None
        parameters["section_id"] = row[0]
    if view.source_id is not None:
        parameters["source_id"] = view.source_id
        if c.execute("SELECT 1 FROM also WHERE source_id = ? LIMIT 1", (view.source_id,)).fetchone():
            prepared = prepared._replace(shares=True)
    if view.since is not None:
        parameters["since"] = seconds(view.since)
    if view.newer_than:
        parameters["newer_than"] = view.newer_than
    return prepared


def rows_of(found: Iterable[tuple[Any, ...]]) -> list[ArticleRow]:
    """What `statements.ROW` gave, as rows."""
    with decoding():
        return [_article_row(row) for row in found]


def _article_row(row: tuple[Any, ...]) -> ArticleRow:
    return ArticleRow(
        id=row[0],
        source_id=row[1],
        source_title=row[2],
        section=row[3],
        title=row[4],
        author=row[5],
        url=row[6],
        published=maybe_moment(row[7]),
        sort_date=moment(row[8]),
        read=bool(row[9]),
        saved=bool(row[10]),
        quote_count=row[11],
        voice=Voice(row[12]) if row[12] else None,
        origin=Origin(row[13]),
        summary=row[14],
        updated=maybe_moment(row[15]),
        language=row[16],
        tags=tuple(json.loads(row[17])) if row[17] else (),
        source_url=row[18],
        dated_by=row[19],
        also=tuple(Outlet(*other) for other in sorted(json.loads(row[20]))) if row[20] else (),
    )
