"""Commands that let articles out: into a file, and through a command."""

from __future__ import annotations

import os
import threading
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import UsageError
from reader.model import View
from reader.text.clean import clean_line
from reader.tui.screens.watching import Watching

if TYPE_CHECKING:
    from reader.model import Article
    from reader.service.piping import Piped
    from reader.tui.screens.export import Chosen
    from reader.tui.screens.piped import OutputScreen

MOST = 5_000  # articles in one file


class Exporting(Watching, inherit_bindings=False):
    _pipe: tuple[str, str] = ("", "text")

    # --- into a file ------------------------------------------------------------------------------------------------

    def action_export(self) -> None:
        from reader.service.exporting.articles import ENDINGS
        from reader.service.exporting.names import file_name
        from reader.tui.screens.export import ExportScreen

        row, view = self.target(), self.view_now()
        title, whats, names = self.place.name, [], {}
        if row is not None and row.id > 0:
            whats.append(("article", f"This article: {row.title or '(no title)'}", row.title or "article"))
        if view is not None and not view.samples and self.articles.row_count:
            whats.append(("view", f"This list: {self.articles.row_count:,} articles", title or "articles"))
        whats.append(("saved", "All saved articles", "Saved articles"))
        for key, _words, name in whats:
            names.update({(key, form): file_name(name, ending) for form, ending in ENDINGS.items()})
        screen = ExportScreen([(key, words) for key, words, _name in whats], names)
        self.app.push_screen(screen, partial(self.export_chosen, row.id if row else 0, view, title))

    def export_chosen(self, article_id: int, view: View | None, title: str, chosen: Chosen | None) -> None:
        if chosen is None:
            return
        if chosen.what == "saved":
            view, title = View(saved=True), "Saved articles"
        ids = [article_id] if chosen.what == "article" else None
        self.app.tell("Exporting …")
        self.run_job(partial(self.export_now, ids, view or View(), title, chosen), self.app.tell, group="export")

    def export_now(self, ids: list[int] | None, view: View, title: str, chosen: Chosen) -> str:
        """Write the file or files; returns what to say. Runs in a thread."""
        from reader.service.exporting import articles
        from reader.service.exporting.writing import write_file

        library, path = self.library, Path(os.path.expanduser(chosen.path))  # noqa: PTH111 - never raises
        found: list[Article]
        if ids is not None:
            found = articles.chosen(library, ids)
        else:
            found = list(islice(articles.of_view(library, view), MOST))
        if not found:
            raise UsageError("There is nothing to export.")
        if chosen.path.endswith("/") or path.is_dir():
            made = articles.into_folder(library, found, chosen.format, path, now=library.now())
            return f"{len(made):,} file{'' if len(made) == 1 else 's'} written to {clean_line(chosen.path, 200)}."
        kept = articles.kept_of(library, found, chosen.format)
        data = articles.document(found, chosen.format, title=title, now=library.now(), kept=kept)
        write_file(path, data, overwrite=chosen.overwrite)
        most = f" It holds the first {MOST:,}." if len(found) == MOST else ""
        return f"Written to {clean_line(chosen.path, 200)}.{most}"

    # --- through a command ------------------------------------------------------------------------------------------

    def action_pipe(self) -> None:
        from reader.tui.screens.piped import PipeScreen

        row = self.target()
        if row is None:
            self.app.tell("No article is open.")
            return
        self.app.push_screen(PipeScreen(self._pipe), partial(self.pipe_chosen, row.id))

    def pipe_chosen(self, article_id: int, chosen: tuple[str, str] | None) -> None:
        if chosen is None:
            return
        from reader.service.piping import words_of
        from reader.tui.screens.piped import OutputScreen

        self._pipe = chosen
        try:
            words_of(chosen[0])
        except UsageError as error:
            self.tell_error(str(error))
            return
        cancel, screen = threading.Event(), OutputScreen()
        self.app.push_screen(screen, lambda _answer: cancel.set())
        article = self.article.article
        given = article if article is not None and article.row.id == article_id else None
        self.run_job(
            partial(self.pipe_now, article_id, given, chosen, cancel),
            partial(self.piped, screen),
            group="pipe",
            failed=lambda sentence: screen.show_output("", sentence),
        )

    def pipe_now(
        self, article_id: int, given: Article | None, chosen: tuple[str, str], cancel: threading.Event
    ) -> Piped:
        """Run the command with the article. Runs in a thread."""
        from reader.service import piping

        article = given or self.library.article(article_id)
        return piping.pipe(chosen[0], piping.content(article, chosen[1]), cancel=cancel)

    def piped(self, screen: OutputScreen, result: Piped) -> None:
        if screen.is_attached:
            screen.show_output(result.output, result.said)
