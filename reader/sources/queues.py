"""How many servers are spoken to at once: at most two connections a host and sixteen in all.

The waiting is done here and not in the connection pools, which search all their waiting requests at every change.
Several clients can share one `Queues`; the limits then hold for all of them together, kept connections included.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpcore

PER_HOST = 2
IN_ALL = 16


class Queues:
    """One queue a host, first come first served, and one for the turns in all. Belongs to one event loop."""

    def __init__(self, in_all: int = IN_ALL, per_host: int = PER_HOST) -> None:
        self._in_all = asyncio.Semaphore(max(1, min(in_all, IN_ALL)))
        self._per_host = max(1, per_host)
        self._hosts: dict[str, _Host] = {}
        self._pools: list[httpcore.AsyncConnectionPool] = []
        self._turns = 0

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn to speak to `host` and hold it. Never nest two turns: that could wait for ever."""
        queue = self._hosts.setdefault(host, _Host(self._per_host))
        queue.users += 1
        try:
            async with queue.turns, self._in_all:
                self._turns += 1
                try:
                    await self._make_room()
                    yield
                finally:
                    self._turns -= 1
        finally:
            queue.users -= 1
            if not queue.users:
                del self._hosts[host]

    def watch(self, pool: httpcore.AsyncConnectionPool) -> None:
        """Count the connections that `pool` keeps; `forget` it when it is closed."""
        self._pools.append(pool)

    def forget(self, pool: httpcore.AsyncConnectionPool) -> None:
        """Stop counting."""
        self._pools.remove(pool)

    async def _make_room(self) -> None:
        """A turn uses one connection at most, so kept ones and turns together have to stay within the limit."""
        kept = [one for pool in self._pools for one in pool.connections if one.is_idle() and not one.is_closed()]
        surplus = len(kept) - (IN_ALL - self._turns)
        if surplus > 0:
            for connection in kept[:surplus]:
                await connection.aclose()


class _Host:
    __slots__ = ("turns", "users")

    def __init__(self, turns: int) -> None:
        self.turns = asyncio.Semaphore(turns)
        self.users = 0
