"""One connection to SQLite, set up as all of ours are, and the transaction it is in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

BUSY_SECONDS = 10.0
# An article with twelve quotes touches some fifty pages all over the indexes of experts and words: 180 KB are written
# for it with pages of 4 KiB, 235 with 8, 340 with 16. But texts of 1 to 4 KB leave a fifth of pages of 4 KiB empty
# (67 MB for 10,000 articles instead of 64.5).
PAGE_SIZE = 8_192  # bytes; files made earlier keep theirs
OLD_PAGE_SIZE = 16_384  # of files made before that
JOURNAL = 16 * 2**20  # bytes after which the write-ahead log goes into the file
CACHE_KIB = 4_096  # a connection; a room has a dozen, and the system keeps the file in memory anyway
ROOMY_KIB = 32_768  # a connection that writes to all indexes again and again


class Handle:
    """One thread's connection and the transaction it is in.

    One that is not `lasting` is a makeshift (there is no file yet, or no room for a journal) to be replaced next time.
    """

    def __init__(self, connection: sqlite3.Connection, *, lasting: bool) -> None:
        self.connection = connection
        self.lasting = lasting
        self.depth = 0
        self.writing = False
        self.closed = False
        self._retired = False

    @contextmanager
    def transaction(self, begin: str) -> Iterator[None]:
        connection = self.connection
        self.depth, self.writing = 1, begin == "BEGIN IMMEDIATE"  # before BEGIN, which may wait: nobody closes us then
        try:
            connection.execute(begin)
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk may have rolled back already
                connection.execute("ROLLBACK")
            raise
        finally:
            self.depth, self.writing = 0, False
            if self._retired:
                self._close()

    @contextmanager
    def roomy(self) -> Iterator[None]:
        """Keep more of the file in memory for as long as this lasts."""
        self.connection.execute(_ROOMY)
        try:
            yield
        finally:
            if not self.closed:
                self.connection.execute(_USUAL)
                self.connection.execute("PRAGMA shrink_memory")

    def retire(self) -> None:
        """Close now, or at the end of the transaction under way in another thread."""
        self._retired = True
        if not self.depth:
            self._close()

    def _close(self) -> None:
        self.closed = True
        self.connection.close()

    def __del__(self) -> None:  # its thread has ended
        if not self.closed:
            self._close()


def open_connection(address: str, *, uri: bool = True) -> sqlite3.Connection:
    """Connect and read the first page, so that whether the file can be used shows here and not later."""
    connection = sqlite3.connect(
        address,
        uri=uri,
        timeout=BUSY_SECONDS,
        isolation_level=None,  # transactions are ours
        check_same_thread=False,  # only so that `close` may close the connections of other threads
        cached_statements=256,
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.create_function("words_stand_in", 3, _stand_in, deterministic=True)
        connection.execute("PRAGMA schema_version")
        old = connection.execute("PRAGMA page_size").fetchone()[0] == OLD_PAGE_SIZE
        connection.execute(_OLD_CHECKPOINT if old else _CHECKPOINT)
    except BaseException:
        connection.close()
        raise
    return connection


def _stand_in(*given: Any) -> Any:
    from reader.store import words  # 12 ms with the query language, which few commands need

    return words.stand_in(*given)


_USUAL, _ROOMY = f"PRAGMA cache_size = -{CACHE_KIB}", f"PRAGMA cache_size = -{ROOMY_KIB}"
_CHECKPOINT = f"PRAGMA wal_autocheckpoint = {JOURNAL // PAGE_SIZE}"
_OLD_CHECKPOINT = f"PRAGMA wal_autocheckpoint = {JOURNAL // OLD_PAGE_SIZE}"
_PRAGMAS = (
    f"PRAGMA page_size = {PAGE_SIZE}",  # takes effect when a file is made
    _USUAL,
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = NORMAL",  # with WAL: nothing is lost by a killed process, nothing damaged by a power cut
    "PRAGMA temp_store = MEMORY",
    "PRAGMA journal_size_limit = 33554432",
    "PRAGMA trusted_schema = OFF",
)
