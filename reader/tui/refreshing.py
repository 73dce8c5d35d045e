"""A refresh beside the reading: it runs in a thread of its own and tells the room what happens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from reader.errors import SecnewsError

if TYPE_CHECKING:
    from reader.model import RefreshSummary, SourceResult
    from reader.service.library import Library

LEAVE = 3.0  # seconds that leaving the room waits for a cancelled refresh


class Progress(Message):
    """So far: `done` of `total` sources, `new` articles; `what` is done to them, in one word or two."""

    def __init__(self, done: int, total: int, new: int, *, what: str = "refreshing") -> None:
        super().__init__()
        self.done, self.total, self.new, self.what = done, total, new, what

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Progress)


class Noticed(Message):
    """A rule asks to tell of an article."""

    def __init__(self, rule_id: int, title: str) -> None:
        super().__init__()
        self.rule_id, self.title = rule_id, title

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Noticed)


class Ended(Message):
    """`summary` is None if the refresh could not be done; `problem` says why.

    `ruled` is what rules did ("3 hidden"), which undo takes back; `noticed` the articles that they tell of, as
    (rule, title); `faults` why rules cannot be used.
    """

    def __init__(
        self,
        summary: RefreshSummary | None,
        problem: str = "",
        *,
        quiet: bool = False,
        ruled: str = "",
        noticed: Sequence[tuple[int, str]] = (),
        faults: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.summary, self.problem, self.quiet = summary, problem, quiet
        self.ruled, self.noticed, self.faults = ruled, noticed, faults


class Refreshing:
    """At most one refresh at a time. `post` is called from its thread and must be safe there."""

    def __init__(self, library: Library, post: Callable[[Message], object]) -> None:
        self._library = library
        self._post = post
        self._cancel = threading.Event()
        self._thread: threading.Thread | None = None
        self.results: dict[int, SourceResult] = {}
        self._new = 0
        self._ruled = ""
        self._noticed: list[tuple[int, str]] = []

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def cancelled(self) -> bool:
        return self._cancel.is_set()

    def start(
        self, source_ids: Sequence[int] | None, *, section: str | None, force: bool, offline: bool, quiet: bool
    ) -> bool:
        """Begin; False if one is running. `quiet` (the refresh at the start) says nothing if all goes well."""
        if self.running:
            return False
        self._cancel = threading.Event()
        self.results, self._new = {}, 0
        self._ruled, self._noticed = "", []
        self._thread = threading.Thread(
            target=self._run,
            args=(source_ids, section, force, offline, quiet, self._cancel),
            name="secnews-refresh",
            daemon=True,  # a server that does not answer must not keep the terminal
        )
        self._thread.start()
        return True

    def cancel(self) -> None:
        self._cancel.set()

    def leave(self) -> None:
        """Cancel and wait a moment: what is half done is done whole or not at all."""
        self._cancel.set()
        if self._thread is not None:
            self._thread.join(LEAVE)

    def _run(
        self,
        source_ids: Sequence[int] | None,
        section: str | None,
        force: bool,
        offline: bool,
        quiet: bool,
        cancel: threading.Event,
    ) -> None:
        from reader.service.refresh import refresh  # asyncio and the HTTP client: not before they are needed

        try:
            summary = refresh(
                self._library,
                source_ids,
                section=section,
                force=force,
                offline=offline,
                on_event=self._heard,
                cancel=cancel,
            )
        except SecnewsError as error:
            self._post(Ended(None, str(error), quiet=quiet))
        except Exception as error:  # told and logged: a fault of ours in the refresh must not end the reading
            from reader.tui import crash

            told = crash.record(error, self._library.paths.log_file)
            self._post(Ended(None, f"The refresh stopped because of a fault of its own. {told}", quiet=quiet))
        else:
            faults = self._faults()
            self._post(Ended(summary, quiet=quiet, ruled=self._ruled, noticed=self._noticed, faults=faults))

    def _faults(self) -> list[str]:
        from reader.service import rules

        try:
            return [
                f"Rule r{one.rule.id} does nothing: {one.fault}"
                for one in rules.list_all(self._library)
                if one.fault and one.rule.enabled
            ]
        except SecnewsError as error:
            return [str(error)]

    def _heard(self, event: object) -> None:
        from reader.service.events import Derived, Notice, PagesFetched, RulesRan, SourceDone, Started

        if isinstance(event, SourceDone):
            self.results[event.result.source_id] = event.result
            self._new += event.result.new
            self._post(Progress(event.done, event.total, self._new))
        elif isinstance(event, Started):
            self._post(Progress(0, event.total, 0))
        elif isinstance(event, Derived):
            self._post(Progress(event.done, event.total, self._new, what="reading"))
        elif isinstance(event, PagesFetched):
            self._post(Progress(event.done, event.total, self._new, what="fetching pages"))
        elif isinstance(event, Notice):
            self._noticed.append((event.rule.id, event.row.title))
            self._post(Noticed(event.rule.id, event.row.title))
        elif isinstance(event, RulesRan):
            self._ruled = event.label
