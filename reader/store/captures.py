"""What saved articles were when they were saved and each time they were found changed since: bytes, text, images."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from sqlite3 import Connection
from typing import Any

from reader.model import Capture, CaptureKind, Document, ImageRecord, SavedImage, Wall
from reader.store import blobs, bodies
from reader.store.faults import decoding
from reader.store.times import moment, seconds
from reader.text.clean import clean_line, clean_text

KEPT = 20  # captures of one article and kind: the first, and the newest of the others
MAX_IMAGES = 100  # records of one capture


@dataclass(frozen=True, slots=True)
class Taken:
    """What was fetched of an article. `content` None: no bytes could be had; an image without bytes says why."""

    kind: CaptureKind
    url: str
    final_url: str
    document: Document
    content: bytes | None = None
    content_type: str = ""
    wall: Wall = Wall.NONE
    images: tuple[tuple[ImageRecord, bytes | None], ...] = ()


def put(c: Connection, article_id: int, taken: Taken, *, now: datetime) -> int | None:
    """Keep what was fetched; returns the id of the new capture.

    Where the text is that of the newest capture of this kind, that one is only said to have been checked, and None is
    returned; images that it had not got yet come to it.
    """
    document = bodies.clean(taken.document)
    digest = text_hash(document.text)
    newest = c.execute(
        "SELECT id, text_sha256, blob_id, wall FROM capture WHERE article_id = ? AND kind = ? ORDER BY id DESC LIMIT 1",
        (article_id, taken.kind.value),
    ).fetchone()
    if newest is not None and newest[1] == digest and (newest[2] is not None or taken.content is None):
        c.execute("UPDATE capture SET checked = ? WHERE id = ?", (seconds(now), newest[0]))
        _put_images(c, newest[0], taken.images, replace_missing=True)
        return None
    blob_id, content_hash = blobs.put(c, taken.content, pack=True) if taken.content is not None else (None, "")
    cursor = c.execute(
        "INSERT INTO capture (article_id, kind, fetched, checked, url, final_url, content_type, wall, blob_id, sha256,"
        " size, title, text, layout, text_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article_id,
            taken.kind.value,
            seconds(now),
            seconds(now),
            clean_text(taken.url)[: bodies.MAX_ADDRESS],
            clean_text(taken.final_url)[: bodies.MAX_ADDRESS],
            clean_line(taken.content_type, 200),
            taken.wall.value,
            blob_id,
            content_hash,
            len(taken.content or b""),
            clean_line(document.title, 1_000),
            *bodies.packed(document),
            digest,
        ),
    )
    capture_id = cursor.lastrowid or 0
    _put_images(c, capture_id, taken.images, replace_missing=False)
    _drop_surplus(c, article_id, taken.kind)
    return capture_id


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def of_article(c: Connection, article_id: int) -> list[Capture]:
    """The captures of an article, the oldest first, each with records of its images."""
    rows = c.execute(
        "SELECT id, article_id, kind, fetched, checked, url, final_url, content_type, wall, sha256, size, title,"
        " text_sha256 FROM capture WHERE article_id = ? ORDER BY id",
        (article_id,),
    ).fetchall()
    numbers: dict[str, int] = {}
    found = []
    with decoding():
        for row in rows:
            numbers[row[2]] = numbers.get(row[2], 0) + 1
            found.append(_capture(c, row, numbers[row[2]]))
    return found


def document(c: Connection, capture_id: int) -> Document | None:
    """The text of a capture with its layout; None if there is no such capture."""
    row = c.execute("SELECT text, layout, title FROM capture WHERE id = ?", (capture_id,)).fetchone()
    return None if row is None else bodies.unpacked(row[0], row[1], title=row[2])


def text_bytes(c: Connection, capture_id: int) -> bytes | None:
    """The text of a capture in UTF-8, as it was hashed; None if it cannot be unpacked."""
    row = c.execute("SELECT text FROM capture WHERE id = ?", (capture_id,)).fetchone()
    try:
        return None if row is None else zlib.decompress(row[0])
    except (zlib.error, TypeError):
        return None


def content(c: Connection, capture_id: int) -> bytes | None:
    """The bytes of a capture as they were fetched; None if it has none (or they are damaged)."""
    row = c.execute("SELECT blob_id FROM capture WHERE id = ?", (capture_id,)).fetchone()
    return None if row is None else blobs.get(c, row[0])


def images(c: Connection, capture_id: int) -> list[tuple[ImageRecord, bytes | None]]:
    """The images of a capture in their order, with their bytes where these are there."""
    rows = c.execute(
        "SELECT url, type, sha256, size, problem, blob_id FROM image WHERE capture_id = ? ORDER BY n", (capture_id,)
    ).fetchall()
    return [(ImageRecord(*row[:5]), blobs.get(c, row[5])) for row in rows]


def saved_images(c: Connection, article_id: int) -> list[SavedImage]:
    """The images that are kept of an article, each address once, those of its newest capture first."""
    found: dict[str, SavedImage] = {}
    for capture in reversed(of_article(c, article_id)):
        for record, data in images(c, capture.id):
            if data is not None and record.url not in found:
                found[record.url] = SavedImage(record.url, record.type, data)
    return list(found.values())


def has_any(c: Connection, article_id: int) -> bool:
    return c.execute("SELECT 1 FROM capture WHERE article_id = ? LIMIT 1", (article_id,)).fetchone() is not None


def text_hashes(c: Connection, article_id: int) -> set[str]:
    """The SHA-256 of every text that is kept of an article."""
    return {row[0] for row in c.execute("SELECT text_sha256 FROM capture WHERE article_id = ?", (article_id,))}


def drop(c: Connection, article_ids: Sequence[int]) -> int:
    """Take the captures of articles out; `blobs.sweep` takes the bytes that are left over."""
    return c.execute(
        "DELETE FROM capture WHERE article_id IN (SELECT value FROM json_each(?))", (json.dumps(list(article_ids)),)
    ).rowcount


def unsaved(c: Connection) -> list[int]:
    """Articles that have captures and are not saved."""
    rows = c.execute(
        "SELECT DISTINCT a.id FROM capture CROSS JOIN article AS a ON a.id = capture.article_id"
        " WHERE a.saved_at IS NULL"
    ).fetchall()
    return [row[0] for row in rows]


def _capture(c: Connection, row: Sequence[Any], revision: int) -> Capture:
    records = c.execute(
        "SELECT url, type, sha256, size, problem FROM image WHERE capture_id = ? ORDER BY n", (row[0],)
    ).fetchall()
    return Capture(
        id=row[0],
        article_id=row[1],
        kind=CaptureKind(row[2]),
        revision=revision,
        fetched=moment(row[3]),
        checked=moment(row[4]),
        url=row[5],
        final_url=row[6],
        content_type=row[7],
        wall=Wall(row[8]),
        sha256=row[9],
        size=row[10],
        title=row[11],
        text_sha256=row[12],
        images=tuple(ImageRecord(*record) for record in records),
    )


def _put_images(
    c: Connection, capture_id: int, found: Sequence[tuple[ImageRecord, bytes | None]], *, replace_missing: bool
) -> None:
    there = dict(c.execute("SELECT url, sha256 FROM image WHERE capture_id = ?", (capture_id,)).fetchall())
    (last,) = c.execute("SELECT coalesce(max(n), -1) FROM image WHERE capture_id = ?", (capture_id,)).fetchone()
    for record, data in found[:MAX_IMAGES]:
        url = clean_text(record.url)[: bodies.MAX_ADDRESS]
        if there.get(url) or (url in there and (data is None or not replace_missing)):
            continue
        c.execute("DELETE FROM image WHERE capture_id = ? AND url = ?", (capture_id, url))
        blob_id, digest = blobs.put(c, data, pack=False) if data is not None else (None, "")
        last += 1
        c.execute(
            "INSERT INTO image (capture_id, n, url, type, blob_id, sha256, size, problem)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                capture_id,
                last,
                url,
                clean_line(record.type, 100),
                blob_id,
                digest,
                len(data or b""),
                clean_line(record.problem, 300),
            ),
        )
        there[url] = digest


def _drop_surplus(c: Connection, article_id: int, kind: CaptureKind) -> None:
    """Between the first capture and the newest ones the oldest go."""
    c.execute(
        "DELETE FROM capture WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS first,"
        " row_number() OVER (ORDER BY id DESC) AS last FROM capture WHERE article_id = ? AND kind = ?)"
        " WHERE first > 1 AND last > ?)",
        (article_id, kind.value, KEPT - 1),
    )
