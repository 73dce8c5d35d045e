"""Keeping what is there of articles when they are saved, and letting go what nobody can want back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection

from reader.model import CaptureKind, Document
from reader.store import blobs, bodies, captures, compression, pages, wanted
from reader.store.faults import decoding


def keep_given(c: Connection, article_ids: Iterable[int], *, now: datetime) -> None:
    """Keep the text and the content that sources gave of articles that are saved now, and want their pages.

    Of an article whose text is still to be derived the content alone is there, and is kept when its page comes.
    """
    queue = []
    for article_id in article_ids:
        (url,) = c.execute("SELECT url FROM article WHERE id = ?", (article_id,)).fetchone()
        document = pages.given(c, article_id) or bodies.get(c, article_id)
        if document is not None and not captures.has_any(c, article_id):
            captures.put(c, article_id, _given(c, article_id, url, document), now=now)
        if article_id > 0:
            queue.append(article_id)
    wanted.put(c, queue, now=now, reason="Its page was not fetched yet.")


def keep_shown(c: Connection, article_ids: Iterable[int], *, now: datetime) -> None:
    """Keep the texts that saved articles have now as revisions of what their sources gave, where none is kept that is
    the same: a source has changed the article, or its text became known only after it was saved."""
    for article_id in article_ids:
        row = c.execute("SELECT url FROM article WHERE id = ? AND saved_at IS NOT NULL", (article_id,)).fetchone()
        kept = captures.text_hashes(c, article_id)
        page = pages.info(c, article_id)
        if row is None or (page is not None and page.shown) or not (kept or wanted.get(c, article_id)):
            continue
        document = bodies.get(c, article_id)
        if document is not None and document.text and captures.text_hash(document.text) not in kept:
            captures.put(c, article_id, _given(c, article_id, row[0], document), now=now)


def text_is_kept(c: Connection, article_id: int) -> bool | None:
    """Whether the text that is read of an article is one of those that are kept of it; None if it is still to be
    derived, or if nothing of it is kept.

    Where the reader has asked for the page's text although that of the feed was kept, it is the text of the page.
    """
    row = c.execute(
        "SELECT body.text FROM body JOIN article AS a ON a.id = body.article_id WHERE a.id = ? AND NOT body.stale"
        " AND a.engine <> 0",
        (article_id,),
    ).fetchone()
    kept = captures.text_hashes(c, article_id)
    if row is None or not kept:
        return None
    try:
        digest = captures.text_hash(compression.plain(row[0]))
    except (zlib.error, TypeError):
        return False
    page = pages.info(c, article_id)
    if page is not None and page.shown and digest not in kept:
        whole = pages.text(c, article_id)
        return whole is not None and captures.text_hash(whole.text) == digest
    return digest in kept


def _given(c: Connection, article_id: int, url: str, document: Document) -> captures.Taken:
    raw = bodies.raw(c, article_id) or None
    kind = "text/html; charset=utf-8" if raw else ""
    return captures.Taken(CaptureKind.FEED, url, url, document, raw, kind)


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
