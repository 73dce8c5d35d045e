"""What other programs kept: bookmarks under one source row for each program, saved, and marked where text is missing.

The row is a *removed* source: nothing ever fetches it, no list of sources shows it, and the rule for saved articles of
a source that is gone is just the one wanted here: they stay under its title as long as they are saved. Taking an
import back is therefore the operation `saved`, and what was taken back comes in again with the next import.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection

from reader.model import Draft
from reader.store import articles, idsets, marks
from reader.store.columns import MAX_TAGS, json_list
from reader.store.faults import decoding
from reader.store.times import seconds
from reader.text.clean import clean_line

STUB = "stub."  # how the digest of an article begins whose text is still to be fetched
PORTION = 10_000  # addresses a statement


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A draft with what the reader had done to it; `saved_at` is when it was bookmarked there."""

    draft: Draft
    saved_at: datetime
    read: bool = False


def source(c: Connection, *, url: str, title: str, section: str, now: datetime) -> int:
    """The id of the row that imports of one kind belong to, made if it is not there; `url` is its identity."""
    row = c.execute("SELECT id FROM source WHERE removed = 1 AND identity = ? ORDER BY id LIMIT 1", (url,)).fetchone()
    if row is not None:
        return int(row[0])
    title = clean_line(title, 300)
    cursor = c.execute(
        "INSERT INTO source (kind, url, identity, own_title, title, section, added, removed)"
        " VALUES ('page', ?, ?, ?, ?, ?, ?, 1)",
        (url, url, title, title, clean_line(section, 200), seconds(now)),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - sqlite3 sets it after every INSERT
    return cursor.lastrowid


def present(c: Connection, addresses: Sequence[str]) -> dict[str, int]:
    """The articles that everybody sees at these very addresses; of several the oldest."""
    found: dict[str, int] = {}
    for start in range(0, len(addresses), PORTION):
        rows = c.execute(
            "SELECT url, id FROM article WHERE live = 1 AND url IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
            (json.dumps(addresses[start : start + PORTION]),),
        )
        found.update(rows.fetchall())
    return found


def imported(c: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Which of these keys belong to an article in the lists that an import of any kind has brought."""
    found: dict[str, int] = {}
    for (source_id,) in c.execute("SELECT id FROM source WHERE removed = 1 AND identity LIKE 'import:%'").fetchall():
        entries = articles.known(c, source_id, keys)
        ids = json.dumps([entry.id for entry in entries.values()])
        rows = c.execute("SELECT id FROM article WHERE live = 1 AND id IN (SELECT value FROM json_each(?))", (ids,))
        there = {row[0] for row in rows.fetchall()}
        found.update((key, entry.id) for key, entry in entries.items() if entry.id in there)
    return found


def put(c: Connection, source_id: int, bookmarks: Sequence[Bookmark], *, section: str, now: datetime) -> list[int]:
    """Store bookmarks of an import's source and save them; returns the ids of those that are new to the lists.

    What is in the lists already stays as it is; what was unsaved (or taken back) since an earlier import returns.
    """
    ids = articles.insert(c, source_id, [bookmark.draft for bookmark in bookmarks], section=section, now=now)
    hidden = _hidden(c, ids)
    new = {article_id: bookmark for article_id, bookmark in zip(ids, bookmarks, strict=True) if article_id in hidden}
    marks.put_saved(c, [(article_id, seconds(bookmark.saved_at)) for article_id, bookmark in new.items()])
    for read in (True, False):
        wanted = [article_id for article_id, bookmark in new.items() if bookmark.read is read]
        marks.put_read(c, idsets.ranges(wanted), read)
    return list(new)


def enrich(c: Connection, article_id: int, bookmark: Bookmark, *, now: datetime) -> None:
    """Give an article that an import brought what another export knows of it: further tags, and a text if it had none.

    Articles of sources of the reader's own stay as they are.
    """
    row = c.execute(
        "SELECT a.tags, a.source_id FROM article AS a JOIN source ON source.id = a.source_id WHERE a.id = ?"
        " AND source.removed = 1 AND source.identity LIKE 'import:%'",
        (article_id,),
    ).fetchone()
    if row is None:
        return
    draft = bookmark.draft
    with decoding():
        tags = list(dict.fromkeys([*json.loads(row[0] or "[]"), *draft.tags]))[:MAX_TAGS]
    packed = json_list(tags)
    if packed != row[0]:
        c.execute("UPDATE article SET tags = ? WHERE id = ?", (packed, article_id))
    there = articles.known(c, row[1], [draft.key]).get(draft.key)
    if there is not None and there.digest.startswith(STUB) and not draft.digest.startswith(STUB):
        articles.update(c, [(article_id, draft)], now=now)


def to_fetch(c: Connection, *, limit: int) -> list[tuple[int, str]]:
    """Id and address of saved articles whose text an import did not bring, the last saved first.

    The mark goes with the first `articles.update`, whose draft has another digest.
    """
    rows: list[tuple[int, str]] = c.execute(
        "SELECT a.id, a.url FROM source AS s CROSS JOIN entry AS e ON e.source_id = s.id CROSS JOIN article AS a"
        " ON a.id = e.article_id WHERE s.removed = 1 AND s.identity LIKE 'import:%' AND e.digest LIKE 'stub.%'"
        " AND a.live = 1 AND a.saved_at IS NOT NULL ORDER BY a.saved_at DESC, a.id DESC LIMIT ?",
        (limit,),
    ).fetchall()
    return rows


def _hidden(c: Connection, ids: Iterable[int]) -> set[int]:
    rows = c.execute(
        "SELECT id FROM article WHERE live = -1 AND id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )
    return {row[0] for row in rows.fetchall()}
