"""Notes and highlights: kept by words and place, shown with the article, exported, each change undone by one undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from feed_server import FeedServer
from hypothesis import given
from hypothesis import strategies as st
from saved_pages import PARAGRAPHS, serve

from reader.errors import NotFoundError, UsageError
from reader.model import Note, View
from reader.service import actions, notes
from reader.service.adding import add
from reader.service.exporting.articles import document
from reader.service.library import Library
from reader.service.whole_pages import fetch_wanted
from reader.store.notes import placed

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_highlight_survives_another_text(library: Library, server: FeedServer) -> None:
    """Words marked in the feed's text are found in the page's; words that are gone are kept with their note."""
    add(library, serve(server, 1))
    (article,) = library.ids(View())
    text = library.article(article).document.text
    assert notes.highlight(library, article, 0, len(text))
    gone = notes.add(library, article, "Where from?", words=text[:19])
    actions.save(library, [article])
    fetch_wanted(library)
    fresh = library.article(article)
    assert len(fresh.document.text) > len(text)
    assert {fresh.document.text[n.start : n.start + len(n.words)] for n in fresh.notes} == {text, text[:19]}
    nowhere = placed(replace(gone, words="never said"), fresh.document.text)
    assert (nowhere.start, nowhere.words, nowhere.text) == (-1, "never said", "Where from?")


def test_highlighting_twice_takes_it_away(library: Library, server: FeedServer) -> None:
    """The same span again is unmarked, undo marks it again; an empty span and a missing article are refused."""
    add(library, serve(server, 1))
    (article,) = library.ids(View())
    assert notes.highlight(library, article, 0, 12)
    assert not notes.highlight(library, article, 0, 12)
    assert actions.undo(library) == "highlight removed"
    assert [note.words for note in library.article(article).notes] == [library.article(article).document.text[:12]]
    with pytest.raises(UsageError):
        notes.highlight(library, article, 5, 5)
    with pytest.raises(NotFoundError):
        notes.highlight(library, 99, 0, 3)


def test_a_note_is_changed_and_undone(library: Library, server: FeedServer) -> None:
    """Several lines are kept; an empty change is refused; the same words are no change; undo brings the old ones."""
    add(library, serve(server, 1))
    (article,) = library.ids(View())
    note = notes.add(library, article, "One\nTwo")
    assert notes.change(library, note.id, "One\nTwo") == note
    assert notes.change(library, note.id, "Three").text == "Three"
    with pytest.raises(UsageError):
        notes.change(library, note.id, "  ")
    assert actions.undo(library) == "note changed"
    assert notes.of_article(library, article)[0].text == "One\nTwo"
    with pytest.raises(NotFoundError):
        notes.change(library, 99, "x")


def test_notes_leave_with_the_article(library: Library, server: FeedServer) -> None:
    """Markdown, HTML, EPUB and JSON hold them; markup in a note stays what was typed."""
    add(library, serve(server, 1))
    (article,) = library.ids(View())
    notes.add(library, article, "Ask <b>them</b>\nagain", words=PARAGRAPHS[0][:15])
    found = [library.article(article)]
    forms = {form: document(found, form, title="x", now=NOW) for form in ("md", "html", "epub", "json")}
    assert b"## Notes" in forms["md"]
    assert rb"Ask \<b\>them\</b\>" in forms["md"]
    assert b"<mark>" in forms["html"]
    assert b"Ask &lt;b&gt;them&lt;/b&gt;<br/>\nagain" in forms["html"]
    assert b'"notes"' in forms["json"]


@given(st.lists(st.sampled_from(["ab", "cd", "ef", "ab"]), min_size=1, max_size=30), st.data())
def test_words_are_found_whatever_blanks_stand_between_them(words: list[str], data: st.DataObject) -> None:
    """Words of a text are found at their place, and in the text with other blanks with the same words."""
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = len(" ".join(words[:first])) + (first > 0)
    marked = " ".join(words[first : last + 1])
    note = Note(1, 1, "", marked, start, NOW, NOW)
    assert (placed(note, text).start, placed(note, text).words) == (start, marked)
    other = placed(note, "\n\n".join(words))
    assert other.start >= 0
    assert other.words.split() == marked.split()
