"""Notes and highlights of the reader's on articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from sqlite3 import Connection
from typing import Any

from reader.model import Note
from reader.store.times import moment, seconds
from reader.text.clean import clean_text

MAX_NOTE = 20_000  # characters
MAX_NOTES = 500  # of an article
MOST_PLACES = 1_000  # at which the same words are looked for
Row = tuple[int, int, str, str, int, int, int]


def of_article(c: Connection, article_id: int) -> list[Note]:
    """The notes on an article in the order in which they were made."""
    return [_note(row) for row in rows(c, article_id)]


def rows(c: Connection, article_id: int) -> list[Row]:
    """The notes on an article as they are stored: for undo and archives."""
    return c.execute(
        "SELECT id, article_id, text, words, start, made, changed FROM note WHERE article_id = ? ORDER BY id",
        (article_id,),
    ).fetchall()


def all(c: Connection) -> list[Note]:  # noqa: A001 - read as `notes.all`
    """Every note on an article that somebody may see, the newest first."""
    found = c.execute(
        "SELECT n.id, n.article_id, n.text, n.words, n.start, n.made, n.changed FROM note AS n JOIN article AS a"
        " ON a.id = n.article_id WHERE a.live > 0 ORDER BY n.changed DESC, n.id DESC"
    ).fetchall()
    return [_note(row) for row in found]


def get(c: Connection, note_id: int) -> Note | None:
    row = c.execute(
        "SELECT id, article_id, text, words, start, made, changed FROM note WHERE id = ?", (note_id,)
    ).fetchone()
    return _note(row) if row else None


def add(c: Connection, article_id: int, text: str, *, words: str = "", start: int = 0, now: datetime) -> int:
    """Put a note on an article; returns its id."""
    cursor = c.execute(
        "INSERT INTO note (article_id, text, words, start, made, changed) VALUES (?, ?, ?, ?, ?, ?)",
        (article_id, clean_text(text)[:MAX_NOTE], clean_text(words)[:MAX_NOTE], start, seconds(now), seconds(now)),
    )
    return cursor.lastrowid or 0


def change(c: Connection, note_id: int, text: str, *, now: datetime) -> None:
    """Give a note other words."""
    c.execute(
        "UPDATE note SET text = ?, changed = ? WHERE id = ?", (clean_text(text)[:MAX_NOTE], seconds(now), note_id)
    )


def remove(c: Connection, note_id: int) -> None:
    c.execute("DELETE FROM note WHERE id = ?", (note_id,))


def put(c: Connection, article_id: int, given: Sequence[Sequence[Any]]) -> None:
    """Give an article exactly these notes (rows of `rows`; an id that another article's note has is a new one)."""
    if c.execute("SELECT 1 FROM article WHERE id = ?", (article_id,)).fetchone() is None:
        return
    c.execute("DELETE FROM note WHERE article_id = ?", (article_id,))
    for note_id, _article, text, words, start, made, changed in given[:MAX_NOTES]:
        taken = c.execute("SELECT 1 FROM note WHERE id = ?", (note_id,)).fetchone()
        c.execute(
            "INSERT INTO note (id, article_id, text, words, start, made, changed) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                None if taken else note_id,
                article_id,
                clean_text(text)[:MAX_NOTE],
                clean_text(words)[:MAX_NOTE],
                start,
                made,
                changed,
            ),
        )


def placed(note: Note, text: str) -> Note:
    """The note with its words as they stand in `text` now, nearest to where they stood; `start` is -1 if they do not.

    Where the text was extracted anew, other blanks and line ends between the words make no difference.
    """
    if not note.words or text.startswith(note.words, note.start):
        return note
    pattern = re.compile(r"\s+".join(map(re.escape, note.words.split())))
    spans = [match.span() for match in islice(pattern.finditer(text), MOST_PLACES)]
    if not spans:
        return replace(note, start=-1)
    start, end = min(spans, key=lambda span: abs(span[0] - note.start))
    return replace(note, start=start, words=text[start:end])


def _note(row: Row) -> Note:
    return Note(row[0], row[1], row[2], row[3], row[4], moment(row[5]), moment(row[6]))
