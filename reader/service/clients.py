"""HTTP clients for sources, each with the consent of its source and no other's.

A consent is a hole in the wall against requests into the reader's own network. If all sources shared one client, a
hostile feed could redirect through the hole that another source needs. Sources without consent share one client, and
all clients share their queues, so that the limits on connections hold for all of them together.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import datetime
from typing import Self

from reader.config import Config
from reader.sources.credentials import read_logins
from reader.sources.http import Client
from reader.sources.policy import AddressPolicy
from reader.sources.queues import Queues

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # whoever keeps a log adds a handler; nothing is ever printed


class Clients:
    """Clients by consent (`"host:port"` or ""), made when first needed, closed together; belongs to one event loop."""

    def __init__(self, config: Config, *, clock: Callable[[], datetime], jobs: int | None = None) -> None:
        self._network = config.network
        self._clock = clock
        self._queues = Queues(jobs or config.network.jobs)
        self._logins = read_logins(os.environ)
        for problem in self._logins.problems:
            _log.warning(problem)
        self._clients: dict[str, Client] = {}

    def of(self, consent: str) -> Client:
        """The client that may go where everybody may, and where this consent allows."""
        client = self._clients.get(consent)
        if client is None:
            client = self._clients[consent] = Client(
                AddressPolicy(self._network.allow_private | ({consent} if consent else set())),
                timeout=self._network.timeout,
                contact=self._network.contact,
                proxy=self._network.proxy or None,
                queues=self._queues,
                logins=self._logins,
                clock=self._clock,
            )
        return client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()
