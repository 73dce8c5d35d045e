"""One visit to one network source: fetch, read in a child, hand over what there is to commit."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from time import monotonic
from typing import TypeVar
from urllib.parse import urlsplit

from reader import __version__
from reader.config import Config
from reader.errors import DiscoveredFeeds, SourceError
from reader.model import Fetched, Outcome, Source, SourceKind
from reader.service import jobs
from reader.service.children import SECONDS, ChildFailed, Children
from reader.service.clients import Clients
from reader.service.drafts import page_article
from reader.service.intake import Given, Received
from reader.sources.http import FEED_ACCEPT, FEED_CAP, PAGE_ACCEPT, PAGE_CAP
from reader.sources.reasons import LATER, source_error
from reader.text.addresses import mask

MAX_WARNINGS = 3  # said of one feed
GRACE = 4.0  # seconds beyond the deadline of a fetch in which reading has to be done
SHORTEST = 3.0  # seconds that reading has in any case

Read = jobs.ReadFeed | jobs.ReadPage
Result = TypeVar("Result")


class Stopwatch:
    """Seconds spent on a source, without the time it waited for its turn."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._began = 0.0

    def restart(self) -> None:
        """What is being measured begins only now."""
        self._began = monotonic()

    def time(self, work: Callable[..., Result], *args: object, **options: object) -> Result:
        """Do the work and count the time it took."""
        with self:
            return work(*args, **options)

    def __enter__(self) -> None:
        self.restart()

    def __exit__(self, *exception: object) -> None:
        self.seconds += monotonic() - self._began


class Visits:
    """What all visits of one refresh share. `readers` are the threads that wait for children."""

    def __init__(
        self,
        clients: Clients,
        config: Config,
        children: Children,
        readers: ThreadPoolExecutor,
        cancel: threading.Event,
        *,
        clock: Callable[[], datetime],
        full: bool = False,
    ) -> None:
        self._clients = clients
        self._config = config
        self._children = children
        self._readers = readers
        self._cancel = cancel
        self._full = full
        self._clock = clock

    @property
    def seconds(self) -> float:
        """The deadline of one fetch."""
        return self._config.network.timeout

    async def visit(self, source: Source, clock: Stopwatch) -> Received:
        """Ask and read; the body is let go when it has been read. Raises SourceError, Stopped."""
        return await self.receive(source, await self.fetch(source, clock), clock)

    async def fetch(self, source: Source, clock: Stopwatch) -> Fetched:
        """Ask the server, with what we know from the last time unless everything is wanted. Raises SourceError."""
        override = self._config.source(source.url)
        page = source.kind is SourceKind.PAGE
        with clock:
            return await self._clients.of(source.consent).fetch(
                source.url,
                etag="" if self._full else source.etag,
                last_modified="" if self._full else source.last_modified,
                cap=PAGE_CAP if page else FEED_CAP,
                accept=PAGE_ACCEPT if page else FEED_ACCEPT,
                headers={**source.headers, **(override.headers if override else {})} or None,
                on_start=clock.restart,
            )

    async def receive(self, source: Source, fetched: Fetched, clock: Stopwatch) -> Received:
        """Make articles of an answer. Raises SourceError, Stopped."""
        base = answered(source, fetched)
        if fetched.not_modified or not fetched.body:
            return base
        body_hash = digest(fetched.body)
        if body_hash == source.body_hash and not self._full:
            return base
        read = await self.read(source, fetched, clock)
        if isinstance(read, jobs.ReadPage) and source.kind is SourceKind.FEED:
            raise not_a_feed(source.url, read, known=source.last_success is not None)
        return received(source, fetched, read, replace(base, body_hash=body_hash), now=self._clock())

    async def read(
        self, source: Source, fetched: Fetched, clock: Stopwatch, *, parse: Callable[..., Read] | None = None
    ) -> Read:
        """Parse the body in a child; `clock` says how long fetching took. Raises SourceError, Stopped."""
        usual = jobs.read_feed if source.kind is SourceKind.FEED else jobs.read_any
        seconds = max(SHORTEST, min(SECONDS, self._config.network.timeout + GRACE - clock.seconds))
        work = partial(
            clock.time,
            parse or usual,
            fetched.body,
            url=fetched.final_url or fetched.url,
            name=urlsplit(fetched.final_url or fetched.url).path.rpartition("/")[2],
            content_type=fetched.content_type,
            seconds=seconds,
            cancel=self._cancel,
            children=self._children,
        )
        try:
            return await asyncio.get_running_loop().run_in_executor(self._readers, work)
        except SourceError as error:
            raise in_words(source.url, error) from error


def answered(source: Source, fetched: Fetched) -> Received:
    """What an answer says without its body: that nothing changed, or that the source has moved."""
    known = bool(source.etag or source.last_modified or source.body_hash)
    moved = f"It has moved for good to {mask(fetched.moved_to)}." if fetched.moved_to else ""
    return Received(
        Outcome.MOVED if moved else Outcome.UNCHANGED,
        status=fetched.status,
        message=moved or ("" if known or fetched.body else _NOTHING_YET),
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        max_age=fetched.max_age,
        moved_to=fetched.moved_to,
    )


def received(source: Source, fetched: Fetched, read: Read, base: Received, *, now: datetime) -> Received:
    """What to commit of what was read; `base` holds what the answer says without its body. Raises SourceError."""
    if isinstance(read, jobs.ReadFeed):
        warnings = " ".join(read.feed.warnings[:MAX_WARNINGS])
        outcome = Outcome.PARTIAL if warnings else base.outcome
        return replace(
            base,
            outcome=Outcome.OK if outcome is Outcome.UNCHANGED else outcome,
            given=(Given(feed=read),),
            message=f"{base.message} {warnings}".strip(),
            site_url=read.feed.link or None,
            title=read.feed.title or None,
            polling=read.feed.polling,
        )
    article = page_article(read, url=fetched.final_url or source.url, now=now)
    if article is None:
        raise no_article(source.url, read.format)
    outcome = Outcome.OK if base.outcome is Outcome.UNCHANGED else base.outcome
    return replace(base, outcome=outcome, given=(Given(finished=(article,)),), title=article.draft.title or None)


def not_a_feed(url: str, read: jobs.ReadPage, *, known: bool = True) -> SourceError:
    """What to say when a web page came in place of a feed (DiscoveredFeeds if it names some).

    `known`: a feed was read there before.
    """
    cause = "it is a web page, not a feed"
    if read.feeds:
        named = " and ".join(mask(address) for address, _ in read.feeds[:2])
        return DiscoveredFeeds(
            str(source_error(url, cause, f"the page names the feed {named}: add that one")), read.feeds
        )
    anew = "it names no feed: remove it, and add it without --no-fetch to keep the page as one article"
    return source_error(url, cause, LATER if known else anew)


class NoArticleError(SourceError):
    """There is neither a feed nor an article; `format` is what it looks like, as `text.sniff` names it."""

    format = ""


def no_article(url: str, format_: str) -> NoArticleError:
    """What to say when there is neither a feed nor an article."""
    cause = f"it is {_KINDS.get(format_, 'not an article')}"
    error = NoArticleError(str(source_error(url, cause, "give another address or file")))
    error.format = format_
    return error


def in_words(url: str, error: SourceError) -> SourceError:
    """The error as one sentence that begins with the masked address."""
    words = str(error)
    if words.startswith(mask(url)):
        return error
    if isinstance(error, ChildFailed):
        return source_error(url, words)
    return SourceError(
        f"{mask(url)}: {words}", outcome=error.outcome, status=error.status, retry_after=error.retry_after
    )


def digest(body: bytes) -> str:
    """What tells that a body is the same; another version of the program reads everything anew."""
    return f"{__version__}:{sha256(body).hexdigest()[:24]}"  # which processors know; twice as fast as blake2b


_NOTHING_YET = "The server says that nothing has changed, but nothing was read from it yet."
_KINDS = {"opml": "a list of feeds (OPML), not an article", "empty": "empty", "binary": "not a text"}
