"""Keeping what is there of articles when they are saved, and letting go what nobody can want back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection

from reader.model import CaptureKind
from reader.store import blobs, bodies, captures, wanted
from reader.store.faults import decoding


def keep_given(c: Connection, article_ids: Iterable[int], *, now: datetime) -> None:
    """Keep the text and the content that sources gave of articles that are saved now, and want their pages.

    Of an article whose text is still to be derived the content alone is there, and is kept when its page comes.
    """
    queue = []
    for article_id in article_ids:
        (url,) = c.execute("SELECT url FROM article WHERE id = ?", (article_id,)).fetchone()
        document = bodies.get(c, article_id)
        if document is not None and not captures.has_any(c, article_id):
            raw = bodies.raw(c, article_id) or None
            kind = "text/html; charset=utf-8" if raw else ""
            captures.put(c, article_id, captures.Taken(CaptureKind.FEED, url, url, document, raw, kind), now=now)
        if article_id > 0:
            queue.append(article_id)
    wanted.put(c, queue, now=now, reason="Its page was not fetched yet.")


def let_go(c: Connection) -> int:
    """Take out what is kept of articles that are no longer saved, unless undo can still bring that back; returns how
    many captures went."""
    unsaved = set(captures.unsaved(c))
    if unsaved:
        unsaved -= restorable(c)
    gone = captures.drop(c, sorted(unsaved)) if unsaved else 0
    if gone:
        blobs.sweep(c)
    return gone


def restorable(c: Connection) -> set[int]:
    """Articles that an undo would save again."""
    found: set[int] = set()
    for (inverse,) in c.execute("SELECT inverse FROM action WHERE undone = 0 AND instr(inverse, '\"saved\"')"):
        with decoding():
            for operation in json.loads(inverse):
                if operation["op"] == "saved":
                    found.update(row[0] for row in operation["rows"] if row[1] is not None)
    return found
