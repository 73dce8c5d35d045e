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


def add(library: Library, article_id: int, text: str, *, words: str = "", start: int = 0) -> Note:
    """Put a note on an article; with `words`, which must stand in its text, it is a highlight of them.

    Words that stand there more than once are meant where they are nearest to `start`.
    Raises NotFoundError, and UsageError for an empty note, too many of them, or words that are not there.
    """
    article = library.article(article_id)
    text, words = clean_text(text).strip(), clean_text(words).strip()
    if not text and not words:
        raise UsageError("A note needs words; an empty one was not kept.")
    now = library.now()
    found = notes.placed(Note(0, article_id, text, words, start, now, now), article.document.text)
    if found.start < 0:
        raise UsageError("These words do not stand in the article; copy them as they are there.")
    with library.database.write() as c:
        before = notes.rows(c, article_id)
        if len(before) >= notes.MAX_NOTES:
            raise UsageError(f"An article has at most {notes.MAX_NOTES} notes; remove one first.")
        number = notes.add(c, article_id, text, words=found.words, start=found.start, now=now)
        what = "highlight" if words else "note"
        actions.record(c, f"{what} added", [actions.set_notes(article_id, before)], now=now)
        made = notes.get(c, number)
    if made is None:
        raise NotFoundError(f"The article {article_id} has just been removed.")
    return made


def change(library: Library, note_id: int, text: str) -> Note:
    """Give a note other words; a highlight may have none. Raises NotFoundError, UsageError for an empty note."""
    text = clean_text(text).strip()
    with library.database.write() as c:
        note = _there(notes.get(c, note_id), note_id)
        if not text and not note.words:
            raise UsageError("A note needs words; to take it away, remove it.")
        if text == note.text:
            return note
        before = notes.rows(c, note.article_id)
        notes.change(c, note_id, text, now=library.now())
        actions.record(c, "note changed", [actions.set_notes(note.article_id, before)], now=library.now())
        return notes.get(c, note_id) or note


def highlight(library: Library, article_id: int, start: int, end: int) -> bool:
    """Mark these characters of the article's text; if just these are marked already, no longer.

    Returns whether they are marked now. Raises NotFoundError, UsageError.
    """
    article = library.article(article_id)
    words = article.document.text[start:end].strip()
    start = article.document.text.find(words, start)
    for note in article.notes:
        if note.words == words and note.start == start:
            remove(library, note.id)
            return False
    add(library, article_id, "", words=words, start=start)
    return True


def remove(library: Library, note_id: int) -> int:
    """Take a note away; returns the id of its article. Raises NotFoundError."""
    with library.database.write() as c:
        note = _there(notes.get(c, note_id), note_id)
        before = notes.rows(c, note.article_id)
        notes.remove(c, note_id)
        what = "highlight" if note.words else "note"
        actions.record(c, f"{what} removed", [actions.set_notes(note.article_id, before)], now=library.now())
    return note.article_id


def _there(note: Note | None, note_id: int) -> Note:
    if note is None:
        raise NotFoundError(f"There is no note {note_id}; `secnews note` shows what is there.")
    return note
