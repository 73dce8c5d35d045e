"""Changes a reader makes, each returning exactly which rows changed, so that it can be taken back.

Ids go in as runs (`idsets`): what has to be remembered of 100,000 marked articles is small if they are neighbours.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from sqlite3 import Connection

from reader.store.idsets import ranges
from reader.store.times import seconds

Runs = Sequence[tuple[int, int]]


def unlike_read(c: Connection, ids: Iterable[int], read: bool) -> list[int]:
    """Those of `ids` that are there and whose read state is not `read`."""
    return _ids(c, "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?)) AND live > 0 AND read <> ?",
                json.dumps(list(ids)), read)  # fmt: skip


def put_read(c: Connection, runs: Runs, read: bool) -> int:
    """Set the read state of every article in `runs`; returns how many changed.

    One statement for all runs: three times faster than one for each where read and unread articles alternate.
    """
    return c.execute(
        "UPDATE article SET read = ? WHERE read <> ? AND id IN (SELECT a.id FROM json_each(?) AS run CROSS JOIN"
        " article AS a ON a.id BETWEEN json_extract(run.value, '$[0]') AND json_extract(run.value, '$[1]'))",
        (read, read, json.dumps(runs)),
    ).rowcount


def save(c: Connection, ids: Iterable[int], *, now: datetime) -> list[int]:
    """Bookmark articles; returns those that were not."""
    changed = _ids(
        c,
        "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?)) AND live > 0 AND saved_at IS NULL",
        json.dumps(list(ids)),
    )
    put_saved(c, [(article_id, seconds(now)) for article_id in changed])
    return changed


def unsave(c: Connection, ids: Iterable[int]) -> list[tuple[int, int]]:
    """Drop bookmarks; returns (id, when it was saved) of each.

    An article that was only kept because it was saved (its source is removed) leaves the lists with its bookmark.
    """
    changed: list[tuple[int, int]] = c.execute(
        "SELECT id, saved_at FROM article WHERE id IN (SELECT value FROM json_each(?)) AND live > 0"
        " AND saved_at IS NOT NULL",
        (json.dumps(list(ids)),),
    ).fetchall()
    put_saved(c, [(article_id, None) for article_id, _saved_at in changed])
    return changed


def put_saved(c: Connection, rows: Iterable[tuple[int, int | None]]) -> None:
    """Set or clear the bookmark of each (id, time)."""
    for article_id, saved_at in rows:
        c.execute("UPDATE article SET saved_at = ? WHERE id = ?", (saved_at, article_id))
        c.execute(
            "UPDATE article SET live = CASE WHEN saved_at IS NULL THEN -1 ELSE 1 END WHERE id = ? AND live IN (-1, 1)"
            " AND source_id IN (SELECT id FROM source WHERE removed = 1)",
            (article_id,),
        )
        if saved_at is None:  # what only its bookmark kept in sight
            c.execute(
                "UPDATE article SET live = 0 WHERE id = ?1 AND live IN (-1, 1) AND EXISTS (SELECT 1 FROM ruled"
                " JOIN rule ON rule.id = ruled.rule_id AND rule.version = ruled.version WHERE ruled.article_id = ?1"
                " AND rule.action = 'hide' AND rule.enabled = 1)",
                (article_id,),
            )


def remove_samples(c: Connection) -> list[int]:
    """Take the sample articles out; returns their ids."""
    gone = _ids(c, "SELECT id FROM article WHERE live = 2")
    put_samples(c, ranges(gone), there=False)
    return gone


def put_samples(c: Connection, runs: Runs, *, there: bool) -> int:
    return c.executemany(
        "UPDATE article SET live = ? WHERE id BETWEEN ? AND ? AND id < 0",
        ((2 if there else 0, first, last) for first, last in runs),
    ).rowcount


def _ids(c: Connection, sql: str, *parameters: object) -> list[int]:
    return [row[0] for row in c.execute(sql, parameters).fetchall()]
