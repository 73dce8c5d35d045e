"""From the room an older library takes to that of format 11, article by article: texts, contents, full-text indexes.

What is left to do is a fact in the library (`article.indexed` is 1), so that it goes on where it was interrupted;
everything is found meanwhile. The last step drops the indexes of before.
"""

from __future__ import annotations

from sqlite3 import Connection

from reader.store import bodies, searching

_LEFT = "SELECT 1 FROM article INDEXED BY article_before WHERE indexed = 1 LIMIT 1"
_BEFORE = ("DROP TABLE IF EXISTS search", "DROP TABLE IF EXISTS quoted")


def any_before(c: Connection) -> bool:
    """Whether some articles are still in the indexes of before."""
    return c.execute(_LEFT).fetchone() is not None


def waiting(c: Connection, *, limit: int) -> list[int]:
    """Articles that are still to be moved, the newest first, in the order of their ids: FTS5 writes these at once."""
    rows = c.execute(
        "SELECT id FROM article INDEXED BY article_before WHERE indexed = 1 ORDER BY id DESC LIMIT ?", (limit,)
    ).fetchall()
    return sorted(row[0] for row in rows)


def count(c: Connection) -> int:
    """How many articles are still to be moved."""
    (found,) = c.execute("SELECT count(*) FROM article INDEXED BY article_before WHERE indexed = 1").fetchone()
    return int(found)


def move(c: Connection, article_id: int) -> None:
    """Move one article; nothing happens if it was moved meanwhile."""
    row = c.execute("SELECT 1 FROM article WHERE id = ? AND indexed = 1", (article_id,)).fetchone()
    if row is None:
        return
    stale = c.execute("SELECT stale FROM body WHERE article_id = ?", (article_id,)).fetchone()
    if stale is not None and not stale[0]:
        document = bodies.get(c, article_id)
        if document is not None:
            bodies.put(c, article_id, document)
    searching.move(c, article_id)


def unfinished(c: Connection) -> bool:
    """Whether the indexes of before are there, though nothing is left in them."""
    there = c.execute("SELECT 1 FROM sqlite_master WHERE name IN ('search', 'quoted')").fetchone()
    return there is not None and not any_before(c)


def finish(c: Connection) -> None:
    """Drop the indexes of before, if nothing is left in them."""
    if unfinished(c):
        for sql in _BEFORE:
            c.execute(sql)
