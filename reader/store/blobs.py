"""Bytes as they were fetched, each kept once under the hash of its content, apart from every row.

They lie in the library and not in files beside it, so that what is saved is there whole or not at all, whatever is
killed when, and so that a copy of the library holds all of it.
"""

from __future__ import annotations

import zlib
from hashlib import sha256
from sqlite3 import Connection

from reader.store.faults import decoding


def put(c: Connection, content: bytes, *, pack: bool) -> tuple[int, str]:
    """Keep bytes; returns their id and their SHA-256. `pack` compresses them (pages; images are compressed already)."""
    digest = sha256(content).hexdigest()
    row = c.execute("SELECT id FROM blob WHERE sha256 = ?", (digest,)).fetchone()
    if row is not None and get(c, row[0]) == content:
        return int(row[0]), digest
    stored = zlib.compress(content, 6) if pack else content
    if row is not None:  # what is there was damaged: these are the bytes that it should be
        c.execute(
            "UPDATE blob SET size = ?, packed = ?, content = ? WHERE id = ?", (len(content), pack, stored, row[0])
        )
        return int(row[0]), digest
    cursor = c.execute(
        "INSERT INTO blob (sha256, size, packed, content) VALUES (?, ?, ?, ?)", (digest, len(content), pack, stored)
    )
    return cursor.lastrowid or 0, digest


def get(c: Connection, blob_id: int | None) -> bytes | None:
    """The bytes; None if they are not there or can no longer be unpacked."""
    row = c.execute("SELECT content, packed FROM blob WHERE id = ?", (blob_id,)).fetchone()
    if row is None:
        return None
    try:
        with decoding():
            return zlib.decompress(row[0]) if row[1] else bytes(row[0])
    except Exception:
        return None


def sweep(c: Connection) -> int:
    """Take out what nothing refers to any more; returns how many there were."""
    return c.execute(
        "DELETE FROM blob WHERE NOT EXISTS (SELECT 1 FROM capture WHERE capture.blob_id = blob.id)"
        " AND NOT EXISTS (SELECT 1 FROM image WHERE image.blob_id = blob.id)"
    ).rowcount
