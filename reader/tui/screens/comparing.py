"""What changed in saved articles: the window that shows it, and fetching a page again to see."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.tui.screens.saved_pages import SavedPages

if TYPE_CHECKING:
    from reader.service.revisions import Difference
    from reader.service.whole_pages import PageResult


class Comparing(SavedPages, inherit_bindings=False):
    _offered = 0  # the article of which a second key fetches the page again
    _compared = 0  # the article that is fetched again to be compared

    def action_changes(self) -> None:
        """Show what changed from the last revision but one to the last."""
        row = self.target()
        if row is None:
            self.app.tell("No article is open.")
        elif row.id < 0:
            self.tell_not_kept(row.id)
        elif not row.saved:
            self.app.tell("This article is not saved; s keeps it, and later this key shows what has changed.")
        else:
            self.look_for_changes(row.id)

    def look_for_changes(self, article_id: int) -> None:
        from reader.service import revisions

        def read() -> tuple[int, Difference | None]:
            count = len(revisions.comparable(self.library, article_id))
            return count, revisions.difference(self.library, article_id) if count > 1 else None

        self.run_job(read, partial(self.changes_found, article_id), group="changes")

    def changes_found(self, article_id: int, found: tuple[int, Difference | None]) -> None:
        count, difference = found
        if difference is not None:
            from reader.tui.screens.difference import DifferenceScreen

            self.app.push_screen(
                DifferenceScreen(self.library, article_id, difference, count, count),
                partial(self.changes_closed, article_id),
            )
            return
        told = "Only one revision is kept" if count else "No page is kept yet"
        if self.app.offline:
            self.app.tell(f"{told}, and secnews was started offline.")
        elif self._offered == article_id:
            self.fetch_again(article_id)
        else:
            self._offered = article_id
            self.app.tell(f"{told}; the same key again fetches its page.")

    def changes_closed(self, article_id: int, again: bool | None) -> None:
        if again:
            self.fetch_again(article_id)

    def fetch_again(self, article_id: int) -> None:
        """Fetch the page of a saved article again, then show what changed."""
        self._offered = 0
        if self.app.offline:
            self.app.tell("secnews was started offline; nothing is fetched.", error=True)
        elif not self.refuse_change():
            from reader.service.whole_pages import want  # asyncio and the HTTP client: not before they are needed

            self._compared = article_id
            self.run_change(partial(want, self.library, [article_id]), lambda _none: self.fetch_saved([article_id]))

    def page_saved(self, result: PageResult, told: str) -> None:
        super().page_saved(result, told)
        if result.article_id == self._compared:
            self._compared = 0
            if result.kept == "changed":
                self.look_for_changes(result.article_id)
