"""The bytes of one input that is not in the library: a path, a typed web address, or standard input."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from reader.config import Config
from reader.errors import SourceError, UsageError
from reader.model import Fetched, SourceKind
from reader.service import consent
from reader.service.clients import Clients
from reader.service.library import utcnow
from reader.service.places import place_of
from reader.sources import files
from reader.sources.files import FILE_CAP
from reader.text.addresses import mask

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Bytes and what is known of them; `url` is where relative addresses start, "" for files."""

    body: bytes
    name: str = ""
    url: str = ""
    content_type: str = ""
    mtime_ns: int | None = None

    @property
    def is_web(self) -> bool:
        return bool(self.url)


def load(given: str, config: Config, *, stdin: BinaryIO, offline: bool = False) -> Loaded:
    """Read a path or an address (typed by hand: consent to a private host) or `-`, at most 16 MiB.

    Raises UsageError for what is neither, SourceError for what cannot be had.
    """
    if given == STDIN:
        body = stdin.read(FILE_CAP + 1)
        if len(body) > FILE_CAP:
            raise SourceError(f"Standard input could not be read: it has more than {FILE_CAP >> 20} MiB; split it.")
        return Loaded(body)
    place = place_of(given)
    if place.kind is SourceKind.FOLDER:
        raise UsageError(f"{mask(given)} is a folder; name the files in it, or add it to the library.")
    if place.is_local:
        found = files.look(place.url)
        return Loaded(files.read(place.url), name=Path(place.url).name, mtime_ns=found.mtime_ns)
    if offline:
        raise SourceError(f"{mask(given)} was not read: the network is switched off by --offline.")
    fetched = asyncio.run(_fetch(place.url, config))
    url = fetched.final_url or place.url
    return Loaded(fetched.body, urlsplit(url).path.rpartition("/")[2], url, fetched.content_type)


async def _fetch(url: str, config: Config) -> Fetched:
    agreed = await consent.needed(url, lookup=not config.network.proxy)
    async with Clients(config, clock=utcnow) as clients:
        return await clients.of(agreed).fetch(url)
