"""The index of addresses: which articles are under what addresses have in common (`text.canonical`)."""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from reader.text.canonical import fingerprint

SEVERAL = 2  # in `own`: the source has given several articles under this address


def put(c: Connection, rows: Iterable[tuple[int, int, bool]]) -> None:
    """Keep (address, article, whether its source states an id for it)."""
    c.executemany(
        "INSERT OR IGNORE INTO address (hash, article_id, own) VALUES (?, ?, ?)",
        sorted((address, article_id, int(own)) for address, article_id, own in rows),
    )


def put_old(c: Connection, source_id: int, article_id: int, address: int, *, own: bool) -> None:
    """Keep the address of an article that was there before; one that its source gave twice says nothing."""
    twice = c.execute(
        "SELECT a.id FROM address CROSS JOIN article AS a ON a.id = address.article_id"
        " WHERE address.hash = ? AND a.source_id = ? AND a.id <> ? LIMIT 1",
        (address, source_id, article_id),
    ).fetchone()
    if twice:
        c.execute("UPDATE address SET own = ? WHERE hash = ? AND article_id = ?", (SEVERAL, address, twice[0]))
    else:
        c.execute(
            "INSERT INTO address (hash, article_id, own) VALUES (?, ?, ?)"
            " ON CONFLICT (hash, article_id) DO UPDATE SET own = max(own, excluded.own)",
            (address, article_id, int(own)),
        )


def move(c: Connection, article_id: int, old: str, new: str) -> None:
    """An article has another address now."""
    before, after = fingerprint(old), fingerprint(new)
    if before != after and before and after:
        c.execute(
            "UPDATE OR REPLACE address SET hash = ? WHERE hash = ? AND article_id = ?",
            (after, before, article_id),
        )


def forget(c: Connection, article_id: int) -> None:
    """The article goes."""
    row = c.execute("SELECT url FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is not None and (address := fingerprint(row[0])):
        c.execute("DELETE FROM address WHERE hash = ? AND article_id = ?", (address, article_id))
