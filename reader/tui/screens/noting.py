"""Commands about what the reader writes: notes on an article, passages that are marked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from reader.tui.screens.quoting import Quoting

if TYPE_CHECKING:
    from reader.model import Article, Note
    from reader.tui.screens.notes import NotesScreen


class NoteChange(NamedTuple):
    """`note_id` 0 is a new note; `text` None takes the note away."""

    note_id: int
    text: str | None


class Noting(Quoting, inherit_bindings=False):
    def article_to_note(self) -> Article | None:
        """The article that is shown, if notes on it can be kept; else the reader is told why not."""
        article = self.article.article
        if article is None:
            self.app.tell("No article is open.")
        elif article.row.id < 0:
            self.tell_not_kept(article.row.id)
        elif not self.refuse_change():
            return article
        return None

    # --- notes ------------------------------------------------------------------------------------------------------

    def action_note(self) -> None:
        """Write the first note of the article, or see those that there are."""
        article = self.article_to_note()
        if article is None:
            return
        from reader.tui.screens.note import NoteScreen
        from reader.tui.screens.notes import NotesScreen

        article_id = article.row.id
        if not article.notes:
            self.app.push_screen(
                NoteScreen(),
                lambda text: self.change_note(article_id, NoteChange(0, text), None) if text is not None else None,
            )
            return
        screen = NotesScreen(article.notes, lambda change: self.change_note(article_id, change, screen))
        self.app.push_screen(screen, self.passage_chosen)

    def change_note(self, article_id: int, change: NoteChange, screen: NotesScreen | None) -> None:
        from reader.service import notes

        def work() -> tuple[str, tuple[Note, ...]]:
            if change.text is None:
                notes.remove(self.library, change.note_id)
                told = "The note is gone; u brings it back."
            elif change.note_id:
                notes.change(self.library, change.note_id, change.text)
                told = "The note is kept; u takes the change back."
            else:
                notes.add(self.library, article_id, change.text)
                told = "The note is kept; u takes it back."
            return told, self.library.article(article_id).notes

        self.run_change(work, partial(self.note_changed, screen))

    def note_changed(self, screen: NotesScreen | None, result: tuple[str, tuple[Note, ...]]) -> None:
        told, notes = result
        self.app.tell(told)
        if screen is not None and screen.is_attached:
            screen.take(notes)
        self.reread_quotes()

    def passage_chosen(self, start: int | None) -> None:
        """Go to the words of a highlight."""
        if start is not None:
            self.focus_pane("article")
            begin = self.article.sheet.positions.begin(start)
            self.article.show_position(begin, begin + 1)

    # --- highlights -------------------------------------------------------------------------------------------------

    def action_highlight(self) -> None:
        """Mark the quote under the cursor of the Quotes pane, or a passage of the article that a letter chooses."""
        article = self.article_to_note()
        if article is None:
            return
        if self.focus_name == "quotes" and self.quotes.quote_index is not None:
            quote = article.quotes[self.quotes.quote_index]
            self.highlight(article.row.id, quote.start, quote.end)
            return
        if "article" not in self.visible_panes():
            self.focus_pane("article")
        passages = self.article.show_passages()
        if not passages:
            self.app.tell("No passage is on the screen.")
            return
        places = {letter: f"{start} {end}" for letter, (start, end) in passages.items()}
        self.app.read_hint(places, partial(self.passage_to_mark, article), "a letter marks, y and a letter copies")

    def passage_to_mark(self, article: Article, place: str | None, *, copy: bool) -> None:
        self.article.hide_passages()
        if place is None:
            return
        start, end = map(int, place.split())
        if copy:
            self.app.copy(article.document.text[start:end], "the passage")
        else:
            self.highlight(article.row.id, start, end)

    def highlight(self, article_id: int, start: int, end: int) -> None:
        from reader.service import notes

        self.run_change(partial(notes.highlight, self.library, article_id, start, end), self.highlighted)

    def highlighted(self, marked: bool) -> None:
        told = "Marked; c writes a note on it, u takes it back." if marked else "No longer marked; u marks it again."
        self.app.tell(told)
        self.reread_quotes()
