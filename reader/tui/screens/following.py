"""Folders that are sources are watched while the room is open: what changes in them comes in at once."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from reader.errors import SourceError
from reader.tui.screens.picturing import Picturing

if TYPE_CHECKING:
    from reader.model import Source
    from reader.service.subscriptions import Imported
    from reader.tui.refreshing import Ended


class FoldersChanged(Message):
    """Something changed in these sources."""

    def __init__(self, ids: list[int]) -> None:
        super().__init__()
        self.ids = ids


class Following(Picturing, inherit_bindings=False):
    _watched: dict[str, int] | None = None
    _stop_watch = threading.Event()
    _waiting: frozenset[int] = frozenset()  # changed while a refresh was running
    _unwatchable = False  # said once

    def start_refresh_soon(self) -> None:
        super().start_refresh_soon()
        self.watch_folders()

    def watch_folders(self) -> None:
        """Watch the folders that are sources now; nothing changes if they are watched already."""
        if self.library.readonly or self._unwatchable:
            return
        from reader.service.following import folders

        self.run_job(partial(folders, self.library), self._watch, group="folders")

    def _watch(self, found: dict[str, int]) -> None:
        if found == (self._watched or {}):
            return
        self._stop_watch.set()
        self._watched, self._stop_watch = found, threading.Event()
        if found:
            threading.Thread(
                target=self._follow, args=(found, self._stop_watch), name="secnews-folders", daemon=True
            ).start()

    def _follow(self, found: dict[str, int], stop: threading.Event) -> None:
        from reader.service.following import follow

        def changed(ids: list[int]) -> None:
            self.post_message(FoldersChanged(ids))

        try:
            follow(found, changed, stop)
        except SourceError as error:
            self._unwatchable = True
            self.app.call_from_thread(self.app.tell, str(error))

    def on_folders_changed(self, message: FoldersChanged) -> None:
        self._waiting |= frozenset(message.ids)
        self.read_changed()

    def read_changed(self) -> None:
        if self._waiting and not self.refresher.running:
            ids, self._waiting = sorted(self._waiting), frozenset()
            self.refresh_now(force=True, quiet=True, ids=ids)

    def on_ended(self, _message: Ended) -> None:  # Textual calls that of every base, too
        self.watch_folders()
        if self._waiting:
            self.soon("folders", 0.1, self.read_changed)

    def added(self, source: Source | Imported | None) -> None:
        super().added(source)
        self.watch_folders()

    def on_unmount(self) -> None:
        self._stop_watch.set()
