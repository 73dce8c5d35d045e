"""What threads of this process are working on, so that two of them do not ask a server for the same thing."""

from __future__ import annotations

import threading


class UnderWay:
    """Numbers of articles that somebody works on now. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: set[int] = set()

    def begin(self, article_id: int) -> bool:
        """Whether nobody works on it: then it is the caller's until `end`."""
        with self._lock:
            free = article_id not in self._ids
            self._ids.add(article_id)
            return free

    def end(self, article_id: int) -> None:
        with self._lock:
            self._ids.discard(article_id)
