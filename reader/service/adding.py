"""Adding a source from whatever a person types or pastes: a feed's address, a site's, a page's, a file, a folder."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from reader.errors import DiscoveredFeeds, SourceError, UsageError
from reader.model import Fetched, Outcome, Source, SourceKind
from reader.service import actions, catalogue, consent, jobs
from reader.service.children import shared
from reader.service.clients import Clients
from reader.service.derive import derive_pending
from reader.service.events import Listener
from reader.service.guessing import guess, worth_guessing
from reader.service.intake import Intake, Received
from reader.service.library import Library
from reader.service.local import LocalVisits, path_of, url_of
from reader.service.places import Place, place_of
from reader.service.subscriptions import import_opml
from reader.service.visits import NoArticleError, Read, Stopwatch, Visits, answered, digest, no_article, received
from reader.sources import files
from reader.sources.http import PAGE_CAP
from reader.sources.reasons import source_error
from reader.store import sources
from reader.text.addresses import mask
from reader.text.clean import clean_line


def add(
    library: Library,
    address: str,
    *,
    section: str | None = None,
    title: str | None = None,
    fetch: bool = True,
    offline: bool = False,
    found_on: str | None = None,
    page: bool = False,
    derive: bool = True,
) -> Source:
    """Add a source and, with `fetch`, read it at once; blocks for as long as that takes. One action for `undo`.

    `section` and `title` go before what the source says. Typing a private address is consent to it; an address that
    was not typed but offered (by the catalogue: "", by a page: that page's typed address) is given as `found_on`, and
    only has the consent that the page had. With `page`, a web page is added as such even if it names feeds. `offline`
    never asks the network, so a web address is added unread. A source that was removed comes back with its articles.

    Raises DiscoveredFeeds if the address is a page that names feeds, or of a site that has one in a usual place;
    ListOfFeeds, UsageError if there is nothing to add (a scheme that is not read, a source that is there already),
    SourceError if it cannot be read. Nothing is added then.
    """
    place = place_of(address)
    place = replace(place, url=url_of(place.url)) if place.is_local else place
    _refuse_present(library, place)
    adding = _Adding(library, place, section, title, page=page)
    if place.is_local:
        source_id = adding.local(fetch=fetch)
    else:
        source_id = asyncio.run(adding.web(fetch=fetch and not offline, found_on=found_on))
    if fetch and derive:
        derive_pending(library)
    return library.source(source_id)


@dataclass(frozen=True, slots=True)
class Added:
    """What came of one address: sources, and of a list of feeds how many were there already and what was left out
    with the reason (clean, masked)."""

    sources: tuple[Source, ...]
    present: int = 0
    refused: tuple[tuple[str, str], ...] = ()


class ListOfFeeds(UsageError):  # noqa: N818 - a finding that stops `add`
    """The address is a list of feeds (OPML); `body` is what was read."""

    def __init__(self, url: str, body: bytes) -> None:
        super().__init__(f"{mask(url)} is a list of feeds (OPML), not a source; import it.")
        self.body = body


def add_given(
    library: Library,
    address: str,
    *,
    section: str | None = None,
    title: str | None = None,
    fetch: bool = True,
    offline: bool = False,
    found_on: str | None = None,
    page: bool = False,
    derive: bool = True,
    on_event: Listener | None = None,
    cancel: threading.Event | None = None,
) -> Added:
    """As `add`, and a list of feeds (OPML) is imported: its feeds are added, then fetched. Raises as `add` does."""
    try:
        place = place_of(address)
        if not fetch and place.kind is SourceKind.FILE and place.url.lower().endswith(".opml"):
            raise ListOfFeeds(place.url, files.read(place.url))
        source = add(
            library,
            address,
            section=section,
            title=title,
            fetch=fetch,
            offline=offline,
            found_on=found_on,
            page=page,
            derive=derive,
        )
        return Added((source,))
    except ListOfFeeds as found:
        imported = import_opml(library, found.body, section=section)
    if imported.source_ids and fetch:
        from reader.service.refresh import refresh

        refresh(library, imported.source_ids, offline=offline, derive=derive, on_event=on_event, cancel=cancel)
    return Added(tuple(map(library.source, imported.source_ids)), imported.present, imported.refused)


class _Adding:
    """One source on its way in."""

    def __init__(self, library: Library, place: Place, section: str | None, title: str | None, *, page: bool) -> None:
        from reader.quotes import ENGINE

        self._library = library
        self._place = place
        self._entry = catalogue.by_url(place.url)
        listed = self._entry.section if self._entry else ""
        self._section = listed if section is None else section
        self._title = title or ""
        self._page = page
        self._intake = Intake(library.database, library.config, engine=ENGINE)
        self._cancel = threading.Event()

    def local(self, *, fetch: bool) -> int:
        """Raises SourceError before anything is stored."""
        visits = LocalVisits(self._library, self._intake, shared(), self._cancel)
        path = self._place.url
        if self._place.kind is SourceKind.FOLDER:
            files.scan(path_of(path))
        elif fetch:
            try:
                return self._insert(SourceKind.FILE, visits.file(self._unstored(SourceKind.FILE, "")))
            except NoArticleError as error:
                if error.format == "opml":
                    raise ListOfFeeds(path, files.read(path_of(path))) from None
                raise
        else:
            files.look(path_of(path))
        source_id = self._insert(self._place.kind, None)
        if fetch:
            visits.visit(self._library.source(source_id))
        return source_id

    async def web(self, *, fetch: bool, found_on: str | None) -> int:
        """Raises DiscoveredFeeds and SourceError before anything is stored."""
        config = self._library.config
        url = self._place.url
        if found_on is None:
            agreed = await consent.needed(url, lookup=fetch and not config.network.proxy)
        else:
            agreed = consent.extended(url, found_on) if found_on else ""
        if not fetch:
            return self._insert(SourceKind.FEED, None, agreed)
        source = self._unstored(SourceKind.FEED, agreed)
        with ThreadPoolExecutor(1, "secnews-read") as readers:
            async with Clients(config, clock=self._library.now) as clients:
                visits = Visits(clients, config, shared(), readers, self._cancel, clock=self._library.now)
                try:
                    return await self._first_visit(visits, source, agreed)
                except asyncio.CancelledError:
                    self._cancel.set()
                    raise

    async def _first_visit(self, visits: Visits, source: Source, agreed: str) -> int:
        clock = Stopwatch()
        try:
            fetched = await visits.fetch(source, clock)
        except SourceError as error:
            if error.outcome != Outcome.BACKOFF:
                raise
            return self._insert(SourceKind.FEED, error, agreed)
        if fetched.not_modified or not fetched.body:
            return self._insert(SourceKind.FEED, await visits.receive(source, fetched, clock), agreed)
        read = await visits.read(source, fetched, clock, parse=jobs.read_any)
        if isinstance(read, jobs.ReadPage) and not self._page and worth_guessing(self._place.url, read):
            found = await guess(visits, source, fetched.final_url or source.url, clock)
            read = replace(read, feeds=found)
        kind = _kind(self._place.url, fetched, read, page=self._page)
        base = replace(answered(source, fetched), body_hash=digest(fetched.body))
        got = received(source, fetched, read, base, now=self._library.now())
        return self._insert(kind, got, agreed)

    def _unstored(self, kind: SourceKind, agreed: str) -> Source:
        return Source(0, kind, self._place.url, self._title, self._section, consent=agreed)

    def _insert(self, kind: SourceKind, first: Received | SourceError | None, agreed: str = "") -> int:
        """The row, what the first visit gave, and the action that can be undone: in one transaction."""
        now = self._library.now()
        with self._library.database.write() as c:
            source_id = sources.insert(
                c,
                kind=kind,
                url=self._place.url,
                title=self._title,
                section=self._section,
                consent=agreed,
                site_url=self._entry.site_url if self._entry else "",
                now=now,
            )
            if self._entry and not self._title:
                sources.record(
                    c, source_id, status="new", reason="", errors=0, next_fetch=None, feed_title=self._entry.title
                )
            stored = self._library.source(source_id)
            if isinstance(first, Received):
                self._intake.success(stored, first, now)
            elif first is not None:
                self._intake.failure(stored, first, now)
            actions.added(self._library, source_id)
        return source_id


def _refuse_present(library: Library, place: Place) -> None:
    with library.database.read() as c:
        present = sources.by_url(c, place.url)
    if present is not None:
        raise UsageError(f"This source is already in the library: s{present.id}, {clean_line(present.title, 200)}.")


def _kind(url: str, fetched: Fetched, read: Read, *, page: bool) -> SourceKind:
    """What the answer makes of the source. Raises DiscoveredFeeds, UsageError, SourceError."""
    if isinstance(read, jobs.ReadFeed):
        return SourceKind.FEED
    if read.format == "opml":
        raise ListOfFeeds(url, fetched.body)
    if read.feeds and not page:
        named = ", ".join(_named(address, title) for address, title in read.feeds[:3])
        raise DiscoveredFeeds(f"{mask(url)} is a web page; add the feed that it names: {named}", read.feeds)
    if len(fetched.body) > PAGE_CAP:
        raise source_error(url, f"the page is larger than {PAGE_CAP >> 20} MB", "give another address")
    if read.document is None:
        raise no_article(url, read.format)
    return SourceKind.PAGE


def _named(address: str, title: str) -> str:
    shown = clean_line(title, 80)
    return f"{mask(address)} ({shown})" if shown else mask(address)
