"""The full-text index. It holds no text of its own, so what is taken out must be the very words that were put in."""

from __future__ import annotations

from sqlite3 import Connection

from reader.store import bodies


def index(c: Connection, article_id: int) -> None:
    """Put an article into the index; one that is in it already must be forgotten first."""
    c.execute(
        "INSERT INTO search (rowid, title, author, text) VALUES (?, ?, ?, ?)", (article_id, *_words(c, article_id))
    )
    c.execute("UPDATE article SET indexed = 1 WHERE id = ?", (article_id,))


def forget(c: Connection, article_id: int) -> None:
    """Take an article out of the index, before its title, author or text change; nothing happens if it is not in it."""
    if c.execute("SELECT 1 FROM article WHERE id = ? AND indexed", (article_id,)).fetchone() is None:
        return
    c.execute(
        "INSERT INTO search (search, rowid, title, author, text) VALUES ('delete', ?, ?, ?, ?)",
        (article_id, *_words(c, article_id)),
    )
    c.execute("UPDATE article SET indexed = 0 WHERE id = ?", (article_id,))


def _words(c: Connection, article_id: int) -> tuple[str, str, str]:
    title, author = c.execute("SELECT title, author FROM article WHERE id = ?", (article_id,)).fetchone()
    return title, author, bodies.text(c, article_id)
