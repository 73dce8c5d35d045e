"""The full-text index of what is quoted: one row a quote.

It holds no words, so what is taken out must be the very words that were put in.
"""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

MOST = 4_096  # quotes of an article


def place(article_id: int, n: int) -> int:
    """The number under which the n-th quote of an article stands in the indexes of quotes."""
    return article_id * MOST + n


def put(c: Connection, quotes: Iterable[tuple[int, str, str]]) -> None:
    """Put quotes into the index, each by its place, its words, and who says them."""
    c.executemany("INSERT INTO quote_words (rowid, words) VALUES (?, ?)", [quote[:2] for quote in quotes])


def forget(c: Connection, quotes: Iterable[tuple[int, str, str]]) -> None:
    """Take out what `put` put in."""
    c.executemany(
        "INSERT INTO quote_words (quote_words, rowid, words) VALUES ('delete', ?, ?)", [quote[:2] for quote in quotes]
    )


def name(c: Connection, name_id: int, words: str) -> None:
    """Put a new name of a speaker or an organisation into the index of names."""
    c.execute("INSERT INTO named (rowid, name) VALUES (?, ?)", (name_id, words))


def phrase(c: Connection, phrase_id: int, words: str) -> None:
    """Put a new role into the index of roles (other phrases are in it too, and do no harm)."""
    c.execute("INSERT INTO phrased (rowid, text) VALUES (?, ?)", (phrase_id, words))
