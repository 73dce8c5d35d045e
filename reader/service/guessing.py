"""Feeds of a site whose pages do not name any: the usual places on it are asked, one after the other, few in all.

What is found is offered, never followed: it may have been redirected to another host.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

from reader.errors import SourceError
from reader.model import Outcome, Source, SourceKind
from reader.service import jobs
from reader.service.visits import Stopwatch, Visits

MOST = 8  # requests to one site
LONGEST = 15.0  # seconds for all of them


def worth_guessing(url: str, read: jobs.ReadPage) -> bool:
    """Whether the page may stand for its site: its front page, that of a part of it, or a page without an article."""
    if read.format != "html" or read.feeds:
        return False
    names = [name for name in urlsplit(url).path.split("/") if name]
    return read.document is None or not names or (len(names) == 1 and "." not in names[0])


async def guess(visits: Visits, source: Source, page: str, clock: Stopwatch) -> tuple[tuple[str, str], ...]:
    """The first feed found in a usual place beside `page`, as (address, title); () if there is none.

    A server that asks to be left alone, or does not answer at all, is not asked again. Raises Stopped.
    """
    from reader.feeds.wellknown import well_known

    seconds = min(LONGEST, max(0.0, visits.seconds - clock.seconds))
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            for address in well_known(page)[:MOST]:
                candidate = replace(source, kind=SourceKind.FEED, url=address, etag="", last_modified="")
                try:
                    fetched = await visits.fetch(candidate, clock)
                except SourceError as error:
                    if error.status is None or error.outcome == Outcome.BACKOFF:
                        return ()
                    continue
                try:
                    read = await visits.read(candidate, fetched, clock)
                except SourceError:  # what is there is no feed
                    continue
                if isinstance(read, jobs.ReadFeed):
                    return ((fetched.final_url or address, read.feed.title),)
    return ()
