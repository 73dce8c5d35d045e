"""The full-text indexes of an article: of its title, author and text, of its quotes, and of words that come again.

They hold no text of their own, so what is taken out must be the very words that were put in: `forget` comes before
any of them changes. An article's `indexed` says where it is: 0 nowhere, 2 in these indexes, 1 still in those of a
library before format 11, whose rows count for nothing once it is another number.
"""

from __future__ import annotations

from sqlite3 import Connection

from reader.store import bodies, quoted, recycled

BEFORE, HERE = 1, 2

_SEEN = (
    "SELECT q.n, q.start, q.stop, name.name FROM quote AS q LEFT JOIN name ON name.id = q.speaker_id"
    " WHERE q.article_id = ? AND q.hidden = 0 AND q.n < ? ORDER BY q.n"
)


def index(c: Connection, article_id: int) -> None:
    """Put an article into the indexes; one that is in them already must be forgotten first."""
    recycled.put(c, move(c, article_id))


def move(c: Connection, article_id: int) -> list[tuple[int, str, str]]:
    """Put an article that only the indexes of before hold into these; words that come again have but one index.

    Returns its quotes by place, words and speaker.
    """
    title, author, text = _words(c, article_id)
    quotes = _quotes(c, article_id, text)
    c.execute(
        "INSERT INTO article_words (rowid, text, title, author) VALUES (?, ?, ?, ?)", (article_id, text, title, author)
    )
    quoted.put(c, quotes)
    c.execute("UPDATE article SET indexed = ? WHERE id = ?", (HERE, article_id))
    return quotes


def forget(c: Connection, article_id: int) -> bool:
    """Take an article out of the indexes, before its title, author, text or quotes change; whether it was in them."""
    row = c.execute("SELECT indexed FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None or not row[0]:
        return False
    title, author, text = _words(c, article_id)
    quotes = _quotes(c, article_id, text)
    if row[0] == HERE:
        c.execute(
            "INSERT INTO article_words (article_words, rowid, text, title, author) VALUES ('delete', ?, ?, ?, ?)",
            (article_id, text, title, author),
        )
        quoted.forget(c, quotes)
    recycled.forget(c, quotes)
    c.execute("UPDATE article SET indexed = 0 WHERE id = ?", (article_id,))
    return True


def _words(c: Connection, article_id: int) -> tuple[str, str, str]:
    title, author = c.execute("SELECT title, author FROM article WHERE id = ?", (article_id,)).fetchone()
    return title, author, bodies.text(c, article_id)


def _quotes(c: Connection, article_id: int, text: str) -> list[tuple[int, str, str]]:
    """Place, words and speaker of each quote that may be seen."""
    rows = c.execute(_SEEN, (article_id, quoted.MOST)).fetchall()
    return [(quoted.place(article_id, n), text[start:stop], name or "") for n, start, stop, name in rows]
