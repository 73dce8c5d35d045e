"""Commands that change the library: read, saved, undone; each can be taken back."""

from __future__ import annotations

from functools import partial

from reader import service
from reader.model import ArticleRow
from reader.tui.screens.reading import Reading
from reader.tui.screens.room import OPENED


class Keeping(Reading, inherit_bindings=False):
    def action_toggle_read(self) -> None:
        row = self.target()
        if row is None or self.refuse_change():
            return
        if row.id < 0:
            self.tell_not_kept(row.id)
            return
        self.cancel_soon("dwell")
        self.row_says([row.id], read=not row.read)
        self.run_change(partial(service.actions.mark_read, self.library, [row.id], not row.read))

    def action_read_all(self) -> None:
        view = self.view_now()
        if view is None or (self.place.key == OPENED and not self.words) or self.refuse_change():
            return
        self.run_change(partial(service.actions.mark_view_read, self.library, view), self.all_read)

    def all_read(self, changed: int) -> None:
        self.reload()
        self.app.tell(f"{changed:,} marked read; u takes it back." if changed else "Everything here was read already.")

    def action_toggle_saved(self) -> None:
        row = self.target()
        if row is None or self.refuse_change():
            return
        if row.id < 0:
            self.keep_opened(row.id)
            return
        self.row_says([row.id], saved=not row.saved)
        self.run_change(partial(self.save_or_not, row.id), partial(self.saved, row.id))

    def keep_opened(self, article_id: int) -> None:
        raise NotImplementedError

    def save_or_not(self, article_id: int) -> bool:
        """Save it, or no longer, by what the library says when its turn comes; returns whether it is saved now.

        The row on the screen may be behind: an undo that was typed just before shows there a little later.
        """
        row = next(iter(self.library.rows([article_id])), None)
        saved = row is None or not row.saved
        (service.actions.save if saved else service.actions.unsave)(self.library, [article_id])
        return saved

    def saved(self, article_id: int, now_saved: bool) -> None:
        self.count_soon()
        self.app.tell("Saved for offline; u takes it back." if now_saved else "No longer saved; u takes it back.")

    def action_undo(self) -> None:
        if self.refuse_change():
            return
        self.cancel_soon("dwell")
        self.run_change(partial(service.actions.undo, self.library), self.undone)

    def undone(self, label: str | None) -> None:
        if label is None:
            self.app.tell("There is nothing to undo.")
            return
        self.app.tell(f"Undone: {label}.")
        self.reload()
        article = self.article.article
        if article is not None:
            self.refresh_header(article.row.id)

    def refresh_header(self, article_id: int) -> None:
        """The article's own lines may say something else after an undo."""

        def fresh() -> list[ArticleRow]:
            return self.library.rows([article_id])

        def show(rows: list[ArticleRow]) -> None:
            article = self.article.article
            if rows and article is not None and article.row.id == article_id:
                shown = article.row
                if (shown.saved, shown.tags) != (rows[0].saved, rows[0].tags):
                    self.row_says([article_id], saved=rows[0].saved, tags=rows[0].tags)

        self.run_job(fresh, show, group="header")

    def action_remove_samples(self) -> None:
        if self.refuse_change():
            return
        self.run_change(partial(service.actions.remove_samples, self.library), self.samples_gone)

    def samples_gone(self, changed: int) -> None:
        self.app.tell("The samples are gone; u brings them back." if changed else "There are no samples.")
        self.reload()

    def change_failed(self, sentence: str) -> None:
        """Rows look different before the library has it (`row_says`): they say again what is there."""
        super().change_failed(sentence)
        self.reload()
        if self.article.article is not None:
            self.refresh_header(self.article.article.row.id)

    def refuse_change(self) -> bool:
        """Whether the library can only be read; said in one sentence."""
        if self.library.readonly:
            self.app.tell(self.library.refusal, error=True)
        return self.library.readonly
