"""Articles whose web page is still to be fetched: a fact in the library, so that it outlives every interruption."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from sqlite3 import Connection

from reader.model import Wanted
from reader.store.times import maybe_moment, moment, seconds
from reader.text.clean import clean_line

AHEAD = timedelta(hours=25)  # a next try further off comes from a clock that was wrong


def put(c: Connection, article_ids: Iterable[int], *, now: datetime, reason: str = "") -> None:
    """Want the pages of articles now; one that is wanted already is tried again."""
    c.executemany(
        "INSERT INTO wanted (article_id, since, next_try, reason) VALUES (?1, ?2, ?2, ?3)"
        " ON CONFLICT (article_id) DO UPDATE SET next_try = excluded.next_try, tries = 0",
        [(article_id, seconds(now), clean_line(reason, 500)) for article_id in article_ids],
    )


def done(c: Connection, article_ids: Iterable[int]) -> None:
    """These are wanted no more."""
    c.executemany("DELETE FROM wanted WHERE article_id = ?", [(article_id,) for article_id in article_ids])


def failed(c: Connection, article_id: int, *, reason: str, next_try: datetime | None) -> None:
    """The page could not be had; it is tried again at `next_try` (None: not by itself)."""
    c.execute(
        "UPDATE wanted SET tries = tries + 1, next_try = ?, reason = ? WHERE article_id = ?",
        (None if next_try is None else seconds(next_try), clean_line(reason, 500), article_id),
    )


def get(c: Connection, article_id: int) -> Wanted | None:
    """What is still wanted of an article, None if nothing is."""
    row = c.execute(
        "SELECT article_id, since, tries, next_try, reason FROM wanted WHERE article_id = ?", (article_id,)
    ).fetchone()
    return _wanted(row) if row else None


def due(c: Connection, *, now: datetime, limit: int = 1_000, saved_only: bool = False) -> list[int]:
    """Articles whose page is to be fetched now: saved ones first, then the newest."""
    rows = c.execute(
        "SELECT a.id FROM wanted CROSS JOIN article AS a ON a.id = wanted.article_id WHERE a.live > 0"
        " AND (next_try <= ?1 OR next_try > ?2) AND (NOT ?4 OR a.saved_at IS NOT NULL)"
        " ORDER BY a.saved_at IS NULL, a.sort_date DESC, a.id DESC LIMIT ?3",
        (seconds(now), seconds(now + AHEAD), limit, saved_only),
    ).fetchall()
    return [row[0] for row in rows]


def of_saved(c: Connection) -> list[Wanted]:
    """What is still wanted of saved articles, those that are tried again first."""
    rows = c.execute(
        "SELECT w.article_id, w.since, w.tries, w.next_try, w.reason FROM wanted AS w CROSS JOIN article AS a"
        " ON a.id = w.article_id WHERE a.live > 0 AND a.saved_at IS NOT NULL ORDER BY w.next_try IS NULL, w.next_try,"
        " a.id"
    ).fetchall()
    return [_wanted(row) for row in rows]


def count_saved(c: Connection) -> int:
    """How many saved articles wait for their page and will be tried again."""
    row = c.execute(
        "SELECT count(*) FROM wanted AS w CROSS JOIN article AS a ON a.id = w.article_id WHERE w.next_try IS NOT NULL"
        " AND a.live > 0 AND a.saved_at IS NOT NULL"
    ).fetchone()
    return int(row[0])


def postpone(c: Connection, *, now: datetime, until: datetime, reason: str) -> None:
    """Ask for no page of a saved article that is due before `until`."""
    c.execute(
        "UPDATE wanted SET next_try = ?, reason = ? WHERE next_try <= ? AND EXISTS (SELECT 1 FROM article AS a"
        " WHERE a.id = wanted.article_id AND a.live > 0 AND a.saved_at IS NOT NULL)",
        (seconds(until), clean_line(reason, 500), seconds(now)),
    )


def next_try(c: Connection) -> datetime | None:
    """When the page of a saved article is fetched next; None if none waits for it."""
    row = c.execute(
        "SELECT min(w.next_try) FROM wanted AS w CROSS JOIN article AS a ON a.id = w.article_id"
        " WHERE a.live > 0 AND a.saved_at IS NOT NULL"
    ).fetchone()
    return maybe_moment(row[0])


def missing(c: Connection, *, sources: Sequence[int], newest: int) -> list[int]:
    """Articles that should be wanted and are not: of sources whose pages are wanted the newest that have none or an
    outdated one, and saved ones of which no page was ever fetched or that have changed since."""
    found: dict[int, None] = {}
    for source_id in sources:
        rows = c.execute(
            "SELECT a.id FROM (SELECT id, sort_date FROM article INDEXED BY article_source WHERE source_id = ?1"
            " AND live = 1 UNION ALL SELECT article_id, sort_date FROM also WHERE source_id = ?1"
            " ORDER BY 2 DESC, 1 DESC LIMIT ?2) AS newest CROSS JOIN article AS a ON a.id = newest.id"
            " LEFT JOIN page ON page.article_id = a.id WHERE a.live = 1 AND a.url <> ''"
            " AND (page.article_id IS NULL OR page.stale = 1)"
            " AND NOT EXISTS (SELECT 1 FROM wanted WHERE wanted.article_id = a.id)",
            (source_id, newest),
        ).fetchall()
        found.update(dict.fromkeys(row[0] for row in rows))
    rows = c.execute(
        "SELECT a.id FROM article AS a INDEXED BY article_saved LEFT JOIN page ON page.article_id = a.id"
        " WHERE a.live = 1 AND a.saved_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM wanted WHERE article_id = a.id)"
        " AND a.url <> '' AND (page.stale = 1"
        " OR NOT EXISTS (SELECT 1 FROM capture WHERE article_id = a.id AND kind = 'page'))"
    ).fetchall()
    found.update(dict.fromkeys(row[0] for row in rows))
    return list(found)


def _wanted(row: tuple[int, int, int, int | None, str]) -> Wanted:
    return Wanted(row[0], moment(row[1]), row[2], maybe_moment(row[3]), row[4])
