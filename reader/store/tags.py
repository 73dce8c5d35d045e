"""Tags of articles. A source states some; the reader gives others, and these keep an article from being pruned.

`tagged.own`: 0 stated by the source, 1 given by the reader, 2 both. `article.tags` is the list that rows show.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection

from reader.store.faults import decoding

MAX_TAG = 100
MAX_TAGS = 100  # of an article


def give(c: Connection, ids: Iterable[int], tag: str) -> list[int]:
    """Give a tag of the reader's to articles; returns those that did not have it from the reader."""
    changed = []
    for article_id in ids:
        names = _names(c, article_id)
        if names is None or _own(c, article_id, tag):
            continue
        if tag not in names:
            if len(names) >= MAX_TAGS:
                continue
            _put(c, article_id, [*names, tag])
        c.execute(
            "UPDATE tagged SET own = ? WHERE article_id = ? AND tag_id = (SELECT id FROM tag WHERE name = ?)",
            (2 if tag in names else 1, article_id, tag),
        )
        changed.append(article_id)
    return changed


def take(c: Connection, ids: Iterable[int], tag: str) -> list[int]:
    """Take a tag of the reader's away; returns the articles that had it. What the source states stays."""
    changed = []
    for article_id in ids:
        names, own = _names(c, article_id), _own(c, article_id, tag)
        if names is None or not own:
            continue
        if own == 1:
            _put(c, article_id, [name for name in names if name != tag])
        else:
            c.execute(
                "UPDATE tagged SET own = 0 WHERE article_id = ? AND tag_id = (SELECT id FROM tag WHERE name = ?)",
                (article_id, tag),
            )
        changed.append(article_id)
    return changed


def all(c: Connection) -> list[tuple[str, int]]:  # noqa: A001 - read as `tags.all`
    """Every tag of the reader's with the number of its articles, by name."""
    return c.execute(
        "SELECT tag.name, count(*) FROM tag JOIN tagged ON tagged.tag_id = tag.id JOIN article AS a"
        " ON a.id = tagged.article_id WHERE tagged.own > 0 AND a.live > 0 GROUP BY tag.id ORDER BY tag.name"
    ).fetchall()


def _names(c: Connection, article_id: int) -> list[str] | None:
    """The tags of an article; None if it is not there."""
    row = c.execute("SELECT tags FROM article WHERE id = ? AND live > 0", (article_id,)).fetchone()
    if row is None:
        return None
    with decoding():
        return [str(name) for name in json.loads(row[0] or "[]")]


def _own(c: Connection, article_id: int, tag: str) -> int:
    row = c.execute(
        "SELECT own FROM tagged WHERE article_id = ? AND tag_id = (SELECT id FROM tag WHERE name = ?)",
        (article_id, tag),
    ).fetchone()
    return int(row[0]) if row else 0


def _put(c: Connection, article_id: int, names: list[str]) -> None:
    text = json.dumps(names, ensure_ascii=False, separators=(",", ":")) if names else None
    c.execute("UPDATE article SET tags = ? WHERE id = ?", (text, article_id))  # a trigger keeps `tagged`
