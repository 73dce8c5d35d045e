"""Commands about sources: refresh, add, manage, choose from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.errors import SecnewsError
from reader.model import View
from reader.text.clean import clean_line
from reader.tui.placing import SECTION
from reader.tui.refreshing import Ended, Noticed, Progress, Refreshing
from reader.tui.screens.noting import Noting
from reader.tui.times import since

if TYPE_CHECKING:
    from datetime import datetime

    from reader.model import Article, RefreshSummary, Source
    from reader.service.library import Library
    from reader.service.subscriptions import Imported
    from reader.tui.memory import Memory
    from reader.tui.widgets.catalogue_list import CatalogueList

NAMED = 3  # articles and wrong rules that a toast names
RELOAD = 1.0  # seconds between two looks at the library while a refresh brings articles


class Sourcing(Noting, inherit_bindings=False):
    by_schedule = False  # nobody has asked for the refresh that runs: what fails in it stands in `g h`

    def __init__(self, library: Library, memory: Memory, opened: Sequence[Article] = ()) -> None:
        super().__init__(library, memory, opened)
        self.refresher = Refreshing(library, self.post_message)
        self._seen_new = 0
        self._faults: list[str] = []  # of rules
        self._catalogue: CatalogueList | None = None

    # --- refresh ----------------------------------------------------------------------------------------------------

    def action_refresh(self, everything: bool) -> None:
        if self.app.offline:
            self.app.tell("secnews was started offline; nothing is fetched.", error=True)
            return
        key = self.place.key
        section = key[len(SECTION) :] if not everything and key.startswith(SECTION) else None
        self.refresh_now(section=section, force=True)

    def refresh_now(
        self, *, section: str | None = None, force: bool, quiet: bool = False, ids: list[int] | None = None
    ) -> None:
        started = self.refresher.start(ids, section=section, force=force, offline=self.app.offline, quiet=quiet)
        if started:
            self._seen_new = 0
            self.status.say(activity="reading" if ids == [] else "refreshing")
        else:
            self.app.tell("A refresh is running already; esc cancels it.")

    def refreshing(self) -> bool:
        return self.refresher.running and not self.refresher.cancelled

    def cancel_refresh(self) -> None:
        self.refresher.cancel()
        self.status.say(activity="cancelling the refresh")

    def on_progress(self, message: Progress) -> None:
        if not self.refreshing():
            return
        if not message.total:
            return  # nothing is fetched; how far reading has come is told next
        new = f", {message.new:,} new" if message.new else ""
        if message.what == "reading" and message.done >= message.total:
            self.status.say(activity="tidying up")  # backup, retention, moving old texts: seconds in a large library
        else:
            self.status.say(activity=f"{message.what} {message.done:,}/{message.total:,}{new}")
        if message.new != self._seen_new and "reload" not in self._timers_by_name:
            self._seen_new = message.new
            self.soon("reload", RELOAD, self.reload_once)

    def reload_once(self) -> None:
        self.cancel_soon("reload")
        self.reload()

    def on_ended(self, message: Ended) -> None:
        self.cancel_soon("reload")
        self.reload()
        self.say_fresh()
        summary = message.summary
        if summary is None:
            self.app.tell(message.problem, error=True)
            return
        failed = summary.failed and not self.by_schedule
        loud = not message.quiet or summary.new or summary.cancelled or failed
        self.by_schedule = False
        said = [_told(summary)] if loud else []
        said += self.of_rules(message)
        if said:
            self.app.tell(" ".join(said), error=bool(failed or self._faults))

    def of_rules(self, message: Ended) -> list[str]:
        """What rules did at a refresh, told together with it: a toast takes the place of the one before."""
        said = []
        if message.noticed:
            named = "; ".join(f"r{number}: {clean_line(title, 80)}" for number, title in message.noticed[:NAMED])
            more = len(message.noticed) - NAMED
            said.append(f"Told by rules: {named}{f'; and {more:,} more' if more > 0 else ''}.")
        if message.ruled:
            said.append(f"Rules: {message.ruled}; u takes it back.")
        known, self._faults = self._faults, list(message.faults)
        return said + [fault for fault in self._faults if fault not in known][:NAMED]  # each once

    def on_noticed(self, message: Noticed) -> None:
        self.app.tell(f"Rule r{message.rule_id}: {message.title}")
        if self.app.config.reading.bell:
            self.app.bell()

    def say_fresh(self) -> None:
        """The right end of the status line while nothing is going on."""

        def last() -> tuple[str, int, datetime | None]:
            from reader.service import saving  # what is kept of articles: not before the first paint

            moments = [source.last_success for source in self.library.sources() if source.last_success]
            told = f"fetched {since(max(moments).isoformat(), self.app.now(), self.app.zone)}" if moments else ""
            return told, saving.queued(self.library), saving.next_try(self.library)

        def show(found: tuple[str, int, datetime | None]) -> None:
            told, queued, next_try = found
            self.try_again_soon(next_try)
            if not (self.refresher.running or self.refreshing()):
                read_only = "read-only" if self.library.readonly else ""
                parts = (read_only, "offline" if self.app.offline else "", self.queue_words(queued), told)
                self.status.say(activity=(", " if queued else " ").join(part for part in parts if part))

        self.run_job(last, show, group="fresh")

    def queue_words(self, queued: int) -> str:
        raise NotImplementedError

    def try_again_soon(self, next_try: datetime | None) -> None:
        raise NotImplementedError

    def action_results(self) -> None:
        self.run_job(self.library.sources, self.show_results, group="results")

    def show_results(self, sources: list[Source]) -> None:
        from reader.tui.screens.results import ResultsScreen

        self.app.push_screen(ResultsScreen(sources, self.refresher.results))

    # --- adding and managing ----------------------------------------------------------------------------------------

    def action_add_source(self) -> None:
        catalogue = self.catalogue_pane()
        if catalogue is not None and catalogue.has_focus and catalogue.chosen:
            self.add_chosen(catalogue)
            return
        self.open_add("")

    def open_add(self, address: str) -> None:
        if self.refuse_change():
            return
        from reader.tui.screens.add import AddScreen

        sections = [place.name for place in self.sections.places if place.key.startswith(SECTION)]
        self.app.push_screen(AddScreen(self.library, address, sections, offline=self.app.offline), self.added)

    def keep_opened(self, article_id: int) -> None:
        """An article that is only read is kept by adding where it comes from, and saving it there."""
        article = self.opened.get(article_id)
        if article is None:
            self.app.tell("The samples are for trying things out; they are not saved.")
            return
        self.app.tell("Saving for offline …")
        self.run_change(partial(self._kept, article), self.kept)

    def _kept(self, article: Article) -> Source:
        """Raises what `add` raises. The consent to a private address is the one given by opening it."""
        from reader.service import actions
        from reader.service.adding import add

        source = add(self.library, article.source_url, offline=self.app.offline, page=True)
        rows = self.library.window(View(source_id=source.id), limit=1000)
        wanted = [row.id for row in rows if (row.title, row.url) == (article.row.title, article.row.url)]
        actions.save(self.library, wanted[:1] or [row.id for row in rows[:1]])
        return source

    def kept(self, source: Source) -> None:
        name = source.title or "its source"
        self.app.tell(f"Saved for offline; {name} was added. u takes back the one, then the other.")
        self.reload()

    def added(self, source: Source | Imported | None) -> None:
        if source is None:
            return
        from reader.service.subscriptions import Imported

        if isinstance(source, Imported):
            self.list_added(source)
            return
        self.app.tell(f"Added {source.title or 'the source'}; u takes it back.")
        self.after_adding()

    def list_added(self, imported: Imported) -> None:
        count = len(imported.source_ids)
        self.app.tell(f"{count:,} feed{'s' if count != 1 else ''} of the list added; u takes them back.")
        self.after_adding()
        if count and not self.app.offline:
            self.refresh_now(ids=list(imported.source_ids), force=True)

    def after_adding(self) -> None:
        """The new articles are what a reader wants to see now."""
        if self.place.view is None:
            self.show_place(next(place for place in self.sections.places if place.key == "all"))
            self.focus_pane("articles")
        self.reload()
        self.say_fresh()

    def action_sources(self) -> None:
        from reader.tui.screens.sources import SourcesScreen

        self.app.push_screen(SourcesScreen(self.library), self.sources_closed)

    def sources_closed(self, refresh: list[int] | None) -> None:
        self.reload()
        if refresh:
            self.refresh_now(ids=refresh, force=True)

    # --- the catalogue ----------------------------------------------------------------------------------------------

    def catalogue_pane(self) -> CatalogueList | None:
        """The catalogue while it is what the Articles pane shows."""
        return self._catalogue if self.place.view is None else None

    def show_catalogue(self) -> None:
        from reader.service.catalogue import load
        from reader.tui.page import make_page
        from reader.tui.sheet import plain_sheet
        from reader.tui.welcome import TITLE, document
        from reader.tui.widgets.catalogue_list import CatalogueList

        self.leave_article()
        page = make_page(None, plain_sheet(TITLE, document(), self.app.marks), self.article.measure(), self.app.marks)
        self.article.show_page(page)
        self.quotes.show_quotes((), opened=False)
        if self._catalogue is None:
            self._catalogue = CatalogueList(load())
            self.query_one("#middle").mount(self._catalogue, before=0)
        self.call_after_refresh(self.focus_pane, self.focus_name)
        self.say_where()

    def action_choose(self) -> None:
        catalogue = self.catalogue_pane()
        if catalogue is not None:
            catalogue.choose()

    def add_chosen(self, catalogue: CatalogueList) -> None:
        """Add what was chosen and fetch it; only this asks the network for anything."""
        if self.refuse_change():
            return
        entries = list(catalogue.chosen.values())
        catalogue.clear()

        def add_all() -> tuple[list[int], list[str]]:
            from reader.service.adding import add

            ids, problems = [], []
            for entry in entries:
                try:
                    source = add(
                        self.library,
                        entry.url,
                        section=entry.section,
                        title=entry.title,
                        fetch=False,
                        found_on="",
                    )
                    ids.append(source.id)
                except SecnewsError as error:
                    problems.append(str(error))
            return ids, problems

        self.run_change(add_all, self.chosen_added)

    def chosen_added(self, result: tuple[list[int], list[str]]) -> None:
        ids, problems = result
        if problems:
            self.app.tell(
                problems[0] if len(problems) == 1 else f"{len(problems)} were not added. {problems[0]}", error=True
            )
        if ids:
            self.app.tell(f"{len(ids)} feeds added." if len(ids) > 1 else "One feed added.")
            self.after_adding()
            if not self.app.offline:
                self.refresh_now(ids=ids, force=True)

    def start_refresh_soon(self) -> None:
        """What is due is fetched in the background once the room stands; never when started offline.

        Where nothing is fetched, texts and quotes that an earlier run left are worked out all the same.
        """
        self.say_fresh()
        if self.library.readonly:
            return
        if self.app.config.reading.refresh_on_start and not self.app.offline:
            self.run_job(self.library.sources, self._refresh_due, group="start")
        else:
            self.run_job(self.library.pending, self._read_pending, group="start")

    def _refresh_due(self, sources: list[Source]) -> None:
        if sources:
            self.soon("start", 0.3, partial(self.refresh_now, force=False, quiet=True))
        else:
            self.run_job(self.library.pending, self._read_pending, group="start")

    def _read_pending(self, pending: int) -> None:
        """Esc stops it; the next start goes on where it stopped."""
        if pending:
            self.soon("start", 0.3, partial(self.refresh_now, force=False, quiet=True, ids=[]))


def _told(summary: RefreshSummary) -> str:
    if summary.cancelled:
        return f"The refresh was cancelled; {summary.new:,} new articles came in before."
    parts = [f"{summary.new:,} new" if summary.new else "Nothing new"]
    if summary.updated:
        parts.append(f"{summary.updated:,} changed")
    if summary.failed:
        parts.append(f"{summary.failed} of {len(summary.results)} sources failed; g r says why")
    return ", ".join(parts) + "."
