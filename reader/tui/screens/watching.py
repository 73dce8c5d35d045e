"""Watch mode: while the room is open, every source is asked when it is due."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from reader.tui.screens.following import Following

if TYPE_CHECKING:
    from reader.tui.refreshing import Ended

TICK = 30.0  # seconds between looks at what is due: other programs add and fetch sources too
PAUSE = 600.0  # seconds that a cancelled refresh is not begun again by itself


class Watching(Following, inherit_bindings=False):
    _not_before = 0.0

    def start_refresh_soon(self) -> None:
        super().start_refresh_soon()
        wanted = self.app.config.reading
        if wanted.watch and wanted.refresh_on_start and not self.app.offline and not self.library.readonly:
            self.set_interval(TICK, self.look_what_is_due)

    def look_what_is_due(self) -> None:
        """Fetch in the background what has become due; nothing while a refresh runs or after one was cancelled."""
        if self.refresher.running or monotonic() < self._not_before:
            return
        from reader.service.watching import due

        self.run_job(partial(due, self.library), self._fetch_due, group="due")

    def _fetch_due(self, ids: list[int]) -> None:
        if ids and not self.refresher.running:
            self.by_schedule = True
            self.refresh_now(ids=ids, force=False, quiet=True)

    def on_ended(self, message: Ended) -> None:  # Textual calls that of every base, too
        if message.summary is not None and message.summary.cancelled:
            self._not_before = monotonic() + PAUSE
