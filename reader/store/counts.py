"""Counts for the list of sections. Triggers keep them, so the price does not depend on the size of the library."""

from __future__ import annotations

from datetime import datetime
from sqlite3 import Connection
from typing import NamedTuple

from reader.model import SectionCount
from reader.store.faults import decoding
from reader.store.times import maybe_moment, seconds


class Counts(NamedTuple):
    """Articles in all, unread and saved ones (without the samples), and sample articles."""

    total: int
    unread: int
    saved: int
    samples: int


class Published(NamedTuple):
    """How many articles of a source are dated since some moment, in each week from then, the oldest, and its newest.

    `newest` is the newest at all, whenever that was; `weeks` begins with the oldest week.
    """

    number: int
    oldest: datetime | None
    newest: datetime | None
    weeks: tuple[int, ...]


def sections(c: Connection) -> list[SectionCount]:
    """Every section with articles or with a source, by name; "" holds the articles without a section."""
    rows = c.execute(
        "SELECT name, total, unread FROM section WHERE total > 0"
        " UNION SELECT section, 0, 0 FROM source WHERE removed = 0 AND id > 0 AND section NOT IN"
        " (SELECT name FROM section WHERE total > 0)"
    ).fetchall()
    with decoding():
        found = [SectionCount(name, total, unread) for name, total, unread in rows if total or name]
        return sorted(found, key=lambda section: (section.name.casefold(), section.name))


def counts(c: Connection) -> Counts:
    total, unread = c.execute("SELECT coalesce(sum(total), 0), coalesce(sum(unread), 0) FROM section").fetchone()
    saved = c.execute("SELECT value FROM tally WHERE name = 'saved'").fetchone()
    samples = c.execute("SELECT count(*) FROM article WHERE live = 2").fetchone()
    with decoding():
        return Counts(total, unread, saved[0], samples[0])


def published(c: Connection, source_id: int, *, since: datetime, weeks: int) -> Published:
    """What a source has published, by the dates that lists go by; costs by what it published since then.

    What is later than `weeks` weeks after `since` counts for the last of them.
    """
    rows = c.execute(
        "SELECT (sort_date - ?2) / 604800 AS week, count(*), min(sort_date) FROM (SELECT sort_date FROM article"
        " INDEXED BY article_source WHERE source_id = ?1 AND live = 1 AND sort_date >= ?2 UNION ALL"
        " SELECT o.sort_date FROM also AS o CROSS JOIN article AS a ON a.id = o.article_id WHERE o.source_id = ?1"
        " AND o.sort_date >= ?2 AND a.live = 1) GROUP BY week",
        (source_id, seconds(since)),
    ).fetchall()
    each = [0] * weeks
    for week, count, _oldest in rows:
        each[min(week, weeks - 1)] += count
    oldest = min((row[2] for row in rows), default=None)
    (newest,) = c.execute(
        "SELECT max(newest) FROM (SELECT max(sort_date) AS newest FROM article INDEXED BY article_source"
        " WHERE source_id = ?1 AND live = 1 UNION ALL SELECT * FROM (SELECT o.sort_date FROM also AS o"
        " CROSS JOIN article AS a ON a.id = o.article_id WHERE o.source_id = ?1 AND a.live = 1"
        " ORDER BY o.sort_date DESC LIMIT 1))",
        (source_id,),
    ).fetchone()
    return Published(sum(each), maybe_moment(oldest), maybe_moment(newest), tuple(each))


def pending(c: Connection, engine: int) -> int:
    """How many articles an engine of this version has still to read; costs by their number, not by the library's."""
    row = c.execute(
        "SELECT count(*) FROM article INDEXED BY article_engine WHERE live > 0 AND engine < ?", (engine,)
    ).fetchone()
    return int(row[0])
