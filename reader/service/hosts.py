"""When a whole host is left alone: two of its sources asked for it in one refresh."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from urllib.parse import urlsplit

from reader.model import Source
from reader.sources.policy import consent

ENOUGH = 2  # sources that say so before the others of the host are held back too


class Hosts:
    """What hosts answered with Retry-After in this refresh.

    A host the reader consented to by hand, by typing it or in the configuration (`allow_private`), is exempt.
    """

    def __init__(self, allow_private: frozenset[str] = frozenset()) -> None:
        self._exempt = allow_private
        self._wishes: dict[str, list[datetime]] = defaultdict(list)

    def asked_to_wait(self, source: Source, until: datetime) -> None:
        """Note that this source's server does not want to be asked before `until`."""
        self._wishes[_host(source)].append(until)

    def wait(self, source: Source) -> datetime | None:
        """Until when this source is left alone because of its neighbours: the shortest of their waits."""
        wishes = self._wishes.get(_host(source), [])
        exempt = source.consent or consent(source.url) in self._exempt
        return min(wishes) if len(wishes) >= ENOUGH and not exempt else None


def _host(source: Source) -> str:
    return urlsplit(source.url).netloc.rpartition("@")[2].lower()
