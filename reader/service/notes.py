"""Notes and highlights of the reader's on articles; each change is one action that undo takes back."""

from __future__ import annotations

from reader.errors import NotFoundError, UsageError
from reader.model import Note
from reader.service.library import Library
from reader.store import actions, notes
from reader.text.clean import clean_text


def of_article(library: Library, article_id: int) -> list[Note]:
    """The notes on an article in the order in which they were made."""
    with library.database.read() as c:
        return notes.of_article(c, article_id)


def list_all(library: Library) -> list[Note]:
    """Every note, the one changed last first."""
    with library.database.read() as c:
        return notes.all(c)


def add(library: Library, article_id: int, text: str, *, words: str = "") -> Note:
    """Put a note on an article; with `words`, which must stand in its text, it is a highlight of them.

    Raises NotFoundError, and UsageError for an empty note, too many of them, or words that are not there.
    """
    article = library.article(article_id)
    text, words = clean_text(text).strip(), clean_text(words).strip()
    if not text and not words:
        raise UsageError("A note needs words; an empty one was not kept.")
    start = article.document.text.find(words) if words else 0
    if start < 0:
        raise UsageError("These words do not stand in the article; copy them as they are there.")
    with library.database.write() as c:
        before = notes.rows(c, article_id)
        if len(before) >= notes.MAX_NOTES:
            raise UsageError(f"An article has at most {notes.MAX_NOTES} notes; remove one first.")
        number = notes.add(c, article_id, text, words=words, start=start, now=library.now())
        actions.record(c, "note added", [actions.set_notes(article_id, before)], now=library.now())
        found = notes.get(c, number)
    if found is None:
        raise NotFoundError(f"The article {article_id} has just been removed.")
    return found


def remove(library: Library, note_id: int) -> int:
    """Take a note away; returns the id of its article. Raises NotFoundError."""
    with library.database.write() as c:
        note = notes.get(c, note_id)
        if note is None:
            raise NotFoundError(f"There is no note {note_id}; `secnews note` shows what is there.")
        before = notes.rows(c, note.article_id)
        notes.remove(c, note_id)
        actions.record(c, "note removed", [actions.set_notes(note.article_id, before)], now=library.now())
    return note.article_id
