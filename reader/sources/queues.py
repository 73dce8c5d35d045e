"""How many servers are spoken to at once: at most two connections a host and sixteen in all.

The waiting is done here and not in the connection pool, which searches all its waiting requests at every change.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PER_HOST = 2
IN_ALL = 16


class Queues:
    """One queue a host, first come first served, and one for the turns in all. Belongs to one event loop."""

    def __init__(self, in_all: int = IN_ALL, per_host: int = PER_HOST) -> None:
        self._in_all = asyncio.Semaphore(max(1, min(in_all, IN_ALL)))
        self._per_host = max(1, per_host)
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn to speak to `host` and hold it. Never nest two turns: that could wait for ever."""
        queue = self._hosts.setdefault(host, _Host(self._per_host))
        queue.users += 1
        try:
            async with queue.turns, self._in_all:
                yield
        finally:
            queue.users -= 1
            if not queue.users:
                del self._hosts[host]


class _Host:
    __slots__ = ("turns", "users")

    def __init__(self, turns: int) -> None:
        self.turns = asyncio.Semaphore(turns)
        self.users = 0
