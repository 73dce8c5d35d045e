"""The full-text index of what is quoted, and of the roles of those who say it: one row a quote.

Its row ids are the article's id and the number of the quote in it: id * 65536 + n.
"""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

from reader.model import Quote

MOST = 65_536  # quotes of an article


def put(c: Connection, article_id: int, seen: Sequence[tuple[int, Quote]]) -> None:
    """Put the quotes of an article that may be seen into the index, each with its number, in place of those there."""
    forget(c, article_id)
    c.executemany(
        "INSERT INTO quoted (rowid, words, role) VALUES (?, ?, ?)",
        [
            (article_id * MOST + n, quote.text, (quote.speaker.role or "") if quote.speaker else "")
            for n, quote in seen
            if n < MOST
        ],
    )


def forget(c: Connection, article_id: int) -> None:
    """Take the quotes of an article out."""
    c.execute("DELETE FROM quoted WHERE rowid BETWEEN ? AND ?", (article_id * MOST, article_id * MOST + MOST - 1))


def name(c: Connection, name_id: int, words: str) -> None:
    """Put a new name of a speaker or an organisation into the index of names."""
    c.execute("INSERT INTO named (rowid, name) VALUES (?, ?)", (name_id, words))
