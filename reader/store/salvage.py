"""What can still be read of a damaged library: row after row, past the pages that are broken.

A row is a dict by column name, as the file has it: values may be anything.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from reader.store import placing
from reader.store.connections import OLD_PAGE_SIZE, PAGE_SIZE

TRIES = 20_000  # broken places of one table
MOST_LOST = 1_000  # times longer than what is left of it a file may say that it was
STRIDE = 256  # ids that are passed over at most before the next try

Row = dict[str, Any]

# By the row id, which is the order on disk; every index is left alone: it may be broken where the table is not.
BY_ID = {
    "source": "SELECT id AS _row, * FROM source NOT INDEXED WHERE id > ? ORDER BY id",
    "section": "SELECT id AS _row, * FROM section NOT INDEXED WHERE id > ? ORDER BY id",
    "article": "SELECT id AS _row, * FROM article NOT INDEXED WHERE id > ? ORDER BY id",
    "raw": "SELECT id AS _row, * FROM raw NOT INDEXED WHERE id > ? ORDER BY id",
    "body": "SELECT id AS _row, * FROM body NOT INDEXED WHERE id > ? ORDER BY id",
    "correction": "SELECT id AS _row, * FROM correction NOT INDEXED WHERE id > ? ORDER BY id",
    "expert": "SELECT id AS _row, * FROM expert NOT INDEXED WHERE id > ? ORDER BY id",
    "identity": "SELECT id AS _row, * FROM identity NOT INDEXED WHERE id > ? ORDER BY id",
    "alias": "SELECT id AS _row, * FROM alias NOT INDEXED WHERE id > ? ORDER BY id",
    "rule": "SELECT id AS _row, * FROM rule NOT INDEXED WHERE id > ? ORDER BY id",
    "saved_search": "SELECT id AS _row, * FROM saved_search NOT INDEXED WHERE id > ? ORDER BY id",
    "blob": "SELECT id AS _row, * FROM blob NOT INDEXED WHERE id > ? ORDER BY id",
    "capture": "SELECT id AS _row, * FROM capture NOT INDEXED WHERE id > ? ORDER BY id",
    "note": "SELECT id AS _row, * FROM note NOT INDEXED WHERE id > ? ORDER BY id",
    "page": "SELECT article_id AS _row, * FROM page NOT INDEXED WHERE article_id > ? ORDER BY article_id",
    "wanted": "SELECT article_id AS _row, * FROM wanted NOT INDEXED WHERE article_id > ? ORDER BY article_id",
    "from_file": "SELECT article_id AS _row, * FROM from_file NOT INDEXED WHERE article_id > ? ORDER BY article_id",
}
WHOLE = {
    "entry": "SELECT * FROM entry",
    "apart": "SELECT * FROM apart",
    "setting": "SELECT * FROM setting",
    "image": "SELECT * FROM image",
    "ruled": "SELECT * FROM ruled",
    "local_file": "SELECT * FROM local_file",
    "sqlite_sequence": "SELECT name, seq FROM sqlite_sequence",
    "tagged": "SELECT tag.name, tagged.article_id, tagged.own FROM tagged JOIN tag ON tag.id = tagged.tag_id"
    " WHERE tagged.own > 0",
}


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The damaged file (with its journal) for reading, as a copy that is gone afterwards; None if nothing can be read.

    A file whose header is lost, or that was cut off, gets the header that a library of ours has.
    """
    copy = path.with_name(f".{path.name}.{os.getpid()}.salvage")
    beside = [copy.with_name(copy.name + end) for end in ("-wal", "-shm")]
    connection = None
    try:
        if path.is_file() and not path.is_symlink():
            with suppress(OSError):
                placing.create_private(copy)
                shutil.copyfile(path, copy)
                _mend_header(copy)
                with suppress(OSError):
                    shutil.copyfile(path.with_name(path.name + "-wal"), beside[0])
            connection = _connect(copy)
        yield connection
    finally:
        if connection is not None:
            connection.close()
        for file in (copy, *beside):
            file.unlink(missing_ok=True)


def rows(c: sqlite3.Connection, table: str) -> Iterator[Row]:
    """The rows of a table in the order of their ids; what cannot be read is left out."""
    if table in WHOLE:
        yield from _whole(c, WHOLE[table])
        return
    sql = BY_ID[table]
    last, step = 0, 1  # samples, which have ids below, are made anew
    for _ in range(TRIES):
        try:
            cursor = c.execute(sql, (last,))
            names = [column[0] for column in cursor.description]
            while True:
                values = cursor.fetchone()
                if values is None:
                    return
                if isinstance(values[0], int):
                    last, step = values[0], 1
                yield dict(zip(names, values, strict=True))
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if "no such table" in str(error):  # of an older version
                return
            last += step
            step = min(2 * step, STRIDE)


def _whole(c: sqlite3.Connection, sql: str) -> Iterator[Row]:
    try:
        cursor = c.execute(sql)
        names = [column[0] for column in cursor.description]
        while (values := cursor.fetchone()) is not None:
            yield dict(zip(names, values, strict=True))
    except (sqlite3.Error, UnicodeDecodeError):
        return


def _connect(path: Path) -> sqlite3.Connection | None:
    try:
        connection = sqlite3.connect(path, isolation_level=None)
    except sqlite3.Error:
        return None
    try:
        connection.execute("PRAGMA cell_size_check = OFF")
        connection.execute("SELECT name FROM sqlite_master LIMIT 1").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        connection.close()
        return None
    return connection


def _mend_header(path: Path) -> None:
    """Give a file that has pages of ours but no header one that fits (SQLite's file format, section 1.3)."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        first = file.read(OLD_PAGE_SIZE)
        head, page = first[:100], _page_size(first)
        pages = size // page
        if not pages:
            return
        if not head.startswith(_MAGIC):
            head = _MAGIC + struct.pack(">HBBBBBB", page, 1, 1, 0, 64, 32, 32) + struct.pack(
                ">IIIIIIIIIIII", 1, pages, 0, 0, 1, 4, 0, 0, 1, 0, 0, placing.APPLICATION_ID
            ) + bytes(20) + struct.pack(">II", 1, 3_040_000)  # fmt: skip
        elif size < (claimed := struct.unpack(">I", head[28:32])[0]) * page:
            # Empty pages in place of the lost ones: a table that begins in one of them would make SQLite refuse all.
            pages = claimed if claimed <= pages * MOST_LOST else pages
            file.truncate(pages * page)
            head = head[:28] + struct.pack(">III", pages, 0, 0) + head[40:]
        else:
            return
        file.seek(0)
        file.write(head)


def _page_size(first: bytes) -> int:
    """The size of the pages of a library that begins with these bytes.

    Where the header does not say, the cells of the first page do: the one put in first stands at the end of the page.
    """
    if first.startswith(_MAGIC) and struct.unpack(">H", first[16:18])[0] in (PAGE_SIZE, OLD_PAGE_SIZE):
        return int(struct.unpack(">H", first[16:18])[0])
    at, cells = (112 if first[100:101] == b"\x05" else 108), int.from_bytes(first[103:105], "big")
    places = struct.unpack(f">{cells}H", first[at : at + 2 * cells]) if at + 2 * cells <= len(first) else ()
    return OLD_PAGE_SIZE if max(places, default=0) >= PAGE_SIZE else PAGE_SIZE


_MAGIC = b"SQLite format 3\0"
