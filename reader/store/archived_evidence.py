"""What is kept of saved articles, and the notes on them, as records for an archive, and back.

Hashes go along as they were written down when something was kept. Bytes that do not have theirs any more are left out
and their hash stays, so that nothing damaged comes back as if it were sound.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Container, Iterator, Sequence
from hashlib import sha256
from sqlite3 import Connection
from typing import Any

from reader.model import CaptureKind, Document, Wall
from reader.store import blobs, bodies, captures, compression, notes
from reader.store.archived_texts import document_of, layout_of
from reader.store.columns import MAX_TITLE
from reader.text.clean import clean_line, clean_text

Record = dict[str, Any]
MAX_REASON = 500

_CAPTURES = (
    "SELECT id, kind, fetched, checked, url, final_url, content_type, wall, sha256, size, title, text, layout,"
    " text_sha256 FROM capture WHERE article_id = ? ORDER BY id"
)
_IMAGES = "SELECT url, type, sha256, size, problem FROM image WHERE capture_id = ? ORDER BY n"


def blob_records(c: Connection) -> Iterator[tuple[str, bytes, bool]]:
    """SHA-256, bytes, and whether they are an image, of all that captures refer to, each once, in the order of hashes.

    Bytes that do not have their hash are left out.
    """
    rows = c.execute(
        "SELECT id, sha256, EXISTS (SELECT 1 FROM image WHERE image.blob_id = blob.id) FROM blob WHERE EXISTS"
        " (SELECT 1 FROM image WHERE image.blob_id = blob.id) OR EXISTS (SELECT 1 FROM capture WHERE"
        " capture.blob_id = blob.id) ORDER BY sha256"
    ).fetchall()
    for blob_id, digest, image in rows:
        content = blobs.get(c, blob_id)
        if content is not None and sha256(content).hexdigest() == digest:
            yield digest, content, bool(image)


def capture_records(c: Connection, article_id: int, there: Container[str]) -> Iterator[Record]:
    """The captures of an article, the oldest first; `there` are the hashes of the bytes that go along."""
    for capture_id, *values, text, layout, text_hash in c.execute(_CAPTURES, (article_id,)).fetchall():
        names = ("kind", "fetched", "checked", "url", "final_url", "content_type", "wall", "sha256", "size", "title")
        record: Record = dict(zip(names, values, strict=True))
        words, places = _text(text, layout)
        images = [
            {**dict(zip(("url", "type", "sha256", "size", "problem"), row, strict=True)), "content": row[2] in there}
            for row in c.execute(_IMAGES, (capture_id,)).fetchall()
        ]
        yield record | {
            "article": article_id,
            "content": record["sha256"] in there,
            "text": words,
            "layout": places,
            "text_sha256": text_hash,
            "images": images,
        }


def put_capture(c: Connection, article_id: int, record: Record, content: Callable[[str], bytes]) -> None:
    """Keep a capture of an archive, checked by the caller; `content` gives the bytes of a hash."""
    blob_id = blobs.put(c, content(record["sha256"]), pack=True)[0] if record["content"] else None
    document = bodies.clean(document_of(record["text"], record["layout"]))
    cursor = c.execute(
        "INSERT INTO capture (article_id, kind, fetched, checked, url, final_url, content_type, wall, blob_id,"
        " sha256, size, title, text, layout, text_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article_id,
            CaptureKind(record["kind"]).value,
            record["fetched"],
            record["checked"],
            *(clean_text(record[name])[: bodies.MAX_ADDRESS] for name in ("url", "final_url")),
            clean_line(record["content_type"], 200),
            Wall(record["wall"]).value,
            blob_id,
            record["sha256"],
            record["size"],
            clean_line(record["title"], MAX_TITLE),
            *bodies.packed(document),
            record["text_sha256"],
        ),
    )
    for number, image in enumerate(record["images"][: captures.MAX_IMAGES]):
        c.execute(
            "INSERT INTO image (capture_id, n, url, type, blob_id, sha256, size, problem)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                cursor.lastrowid,
                number,
                clean_text(image["url"])[: bodies.MAX_ADDRESS],
                clean_line(image["type"], 100),
                blobs.put(c, content(image["sha256"]), pack=False)[0] if image["content"] else None,
                image["sha256"],
                image["size"],
                clean_line(image["problem"], 300),
            ),
        )


def note_rows(c: Connection, article_id: int) -> list[list[Any]]:
    """The notes on an article: id, text, words, start, made, changed."""
    return [[row[0], *row[2:]] for row in notes.rows(c, article_id)]


def put_notes(c: Connection, article_id: int, rows: Sequence[Sequence[Any]]) -> list[notes.Row] | None:
    """Put notes beside those that an article has; returns these if any came, None otherwise."""
    before = notes.rows(c, article_id)
    there = {(row[2], row[3]) for row in before}
    new = [(row[0], article_id, *row[1:]) for row in rows if (clean_text(row[1]), clean_text(row[2])) not in there]
    if not new:
        return None
    notes.put(c, article_id, [*before, *new])
    return before


def page_record(c: Connection, article_id: int) -> Record | None:
    """The article's web page as far as it is known; `given` is what the source gave, where that is kept apart."""
    row = c.execute(
        "SELECT url, fetched, wall, reason, shown, choice, stale, title, text, layout, given_text, given_layout"
        " FROM page WHERE article_id = ?",
        (article_id,),
    ).fetchone()
    if row is None:
        return None
    names = ("url", "fetched", "wall", "reason", "shown", "choice", "stale", "title")
    record = dict(zip(names, row[:8], strict=True))
    given = None
    if row[10] is not None:
        given = dict(zip(("text", "layout"), _text(row[10], row[11]), strict=True))
    return record | dict(zip(("text", "layout"), _text(row[8], row[9]), strict=True)) | {"given": given}


def put_page(c: Connection, article_id: int, record: Record, *, shown: bool) -> None:
    """Keep an article's web page unless one is there; `shown`: the article's text is that of the page."""
    given = record["given"] if shown else None
    c.execute(
        "INSERT OR IGNORE INTO page (article_id, url, fetched, wall, reason, shown, choice, stale, title, text, layout,"
        " given_text, given_layout) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article_id,
            clean_text(record["url"])[: bodies.MAX_ADDRESS],
            record["fetched"],
            Wall(record["wall"]).value,
            clean_line(record["reason"], 300),
            shown,
            record["choice"],
            record["stale"],
            clean_line(record["title"], MAX_TITLE),
            *bodies.packed(bodies.clean(document_of(record["text"], record["layout"]))),
            *(bodies.packed(bodies.clean(document_of(given["text"], given["layout"]))) if given else (None, None)),
        ),
    )


def wanted_row(c: Connection, article_id: int) -> list[Any] | None:
    """What is still to be fetched of an article: since, tries, next try, reason; None if nothing is."""
    row = c.execute("SELECT since, tries, next_try, reason FROM wanted WHERE article_id = ?", (article_id,)).fetchone()
    return None if row is None else list(row)


def put_wanted(c: Connection, article_id: int, row: Sequence[Any]) -> None:
    """Want the page of an article unless it is wanted already."""
    since, tries, next_try, reason = row
    c.execute(
        "INSERT OR IGNORE INTO wanted (article_id, since, tries, next_try, reason) VALUES (?, ?, ?, ?, ?)",
        (article_id, since, tries, next_try, clean_line(reason, MAX_REASON)),
    )


def _text(text: bytes, layout: bytes) -> tuple[str, Record]:
    """A stored text and its layout; what cannot be read of them is left out."""
    try:
        words = compression.plain(text)
    except (zlib.error, TypeError):
        return "", layout_of(Document(""))
    try:
        blocks, links, images = compression.places(layout)
    except (zlib.error, ValueError, TypeError, KeyError):
        return words, layout_of(Document(words))
    return words, layout_of(Document(words, blocks, links, images))
