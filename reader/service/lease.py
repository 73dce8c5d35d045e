"""Who fetches what at this moment, so that two running readers do not ask a server twice.

One row of the library lists the refreshes under way: an owner, the sources it works on, and when it last showed that
it lives. It locks nobody out of the library: what another one works on is skipped with a reason. An owner that was
killed is found out by its process id, on another machine by its silence.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from typing import Any
from uuid import uuid4

from reader.store import Database, settings

KEY = "refreshing"
BEAT = 10.0  # seconds between two signs of life
SILENCE = 45.0  # seconds without one after which a lease is void


class Lease:
    """The sources that one refresh works on. Every method is one short transaction and may raise StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._owner = uuid4().hex

    def take(self, source_ids: Collection[int]) -> set[int]:
        """Those of the sources that nobody else works on; they are ours until `give_back`."""
        with self._database.write() as c:
            others = _living(settings.get(c, KEY, {}))
            others.pop(self._owner, None)
            taken = {source_id for lease in others.values() for source_id in lease["sources"]}
            free = set(source_ids) - taken
            others[self._owner] = {**_sign(), "sources": sorted(free)}
            settings.put(c, KEY, others)
        return free

    def beat(self) -> None:
        """Show that we live; to be called every `BEAT` seconds."""
        with self._database.write() as c:
            leases = _living(settings.get(c, KEY, {}))
            if self._owner in leases:
                leases[self._owner].update(_sign())
                settings.put(c, KEY, leases)

    def give_back(self) -> None:
        """Nothing is ours any more."""
        with self._database.write() as c:
            leases = _living(settings.get(c, KEY, {}))
            leases.pop(self._owner, None)
            settings.put(c, KEY, leases or None)


def _sign() -> dict[str, Any]:
    return {"host": os.uname().nodename, "pid": os.getpid(), "at": time.time()}


def _living(leases: dict[str, Any]) -> dict[str, Any]:
    """The leases whose owner lives; a time from the future was written by a clock that was wrong, and counts as old."""
    now, here = time.time(), os.uname().nodename
    return {
        owner: lease
        for owner, lease in leases.items()
        if abs(now - lease["at"]) < SILENCE and (lease["host"] != here or _runs(lease["pid"]))
    }


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's process
        return True
    return True
