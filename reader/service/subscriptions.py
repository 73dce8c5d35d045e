"""Lists of feeds (OPML): what comes out of another reader, and what goes into one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.model import Source, SourceKind
from reader.service import catalogue, consent, jobs
from reader.service.jobs import Listed
from reader.service.library import Library
from reader.store import actions, sources
from reader.text.addresses import mask
from reader.text.clean import clean_line

TITLE = "secnews"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list: the ids of the new sources in its order, how many addresses the library had already,
    and pairs of what was left out and why (clean, masked)."""

    source_ids: tuple[int, ...] = ()
    present: int = 0
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of a list: feeds to add, each with its consent and in the section it would get; feeds that the
    library has; pairs of what would be left out and why (clean, masked). Addresses of feeds may hold secrets."""

    new: tuple[Listed, ...] = ()
    consents: tuple[str, ...] = ()
    present: tuple[Listed, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def import_opml(library: Library, body: bytes, *, section: str | None = None, allow_private: bool = False) -> Imported:
    """Add the feeds of a list, unread; folders become sections unless `section` is given. One action for `undo`.

    Reading takes a child process. Addresses in a list consent to nothing: those that are written as private ones are
    refused (as are, when they are fetched, names that lead to one), unless `allow_private` says that the reader means
    them. Feeds that the library has stay as they are. Raises FeedError if `body` is no such list, StorageError.
    """
    plan = preview_opml(library, body, section=section, allow_private=allow_private)
    now, present = library.now(), len(plan.present)
    ids: list[int] = []
    with library.database.write() as c:
        for feed, agreed in zip(plan.new, plan.consents, strict=True):
            if sources.by_url(c, feed.url) is not None:  # meanwhile
                present += 1
                continue
            ids.append(
                sources.insert(
                    c,
                    kind=SourceKind.FEED,
                    url=feed.url,
                    title=feed.title,
                    section=feed.section,
                    consent=agreed,
                    site_url=feed.site_url,
                    now=now,
                )
            )
        if ids:
            label = f"{len(ids):,} source{'s' if len(ids) > 1 else ''} imported"
            actions.record(c, label, [actions.retire_source(source_id) for source_id in ids], now=now)
    return Imported(tuple(ids), present, plan.refused)


def preview_opml(library: Library, body: bytes, *, section: str | None = None, allow_private: bool = False) -> Preview:
    """What `import_opml` would do with a list, as it does it; nothing is changed. Raises FeedError, StorageError."""
    listed = jobs.read_opml(body)
    new: list[Listed] = []
    consents: list[str] = []
    present: list[Listed] = []
    refused = list(listed.refused)
    listed_hosts = library.config.network.allow_private
    with library.database.read() as c:
        for feed in listed.feeds:
            known = catalogue.by_url(feed.url)
            own = (feed.section or (known.section if known else "")) if section is None else section
            agreed = consent.from_list(feed.url, allow_private=allow_private, listed=listed_hosts)
            if sources.by_url(c, feed.url) is not None:
                present.append(feed)
            elif agreed is None:
                shown = clean_line(f"{feed.title} ({mask(feed.url)})" if feed.title else mask(feed.url), 400)
                refused.append((shown, consent.NOT_GIVEN))
            else:
                new.append(replace(feed, section=own))
                consents.append(agreed)
    return Preview(tuple(new), tuple(consents), tuple(present), tuple(refused))


def export_opml(library: Library, chosen: Iterable[Source] | None = None, *, secrets: bool = False) -> bytes:
    """An OPML 2.0 document of the feeds, sections as folders. Pages, files and folders are no feeds and stay here.

    Without `secrets`, logins and what looks secret in an address are left out.
    """
    from reader.feeds.opml import OpmlFeed, write_opml

    feeds = (
        OpmlFeed(source.url, source.title, source.section, source.site_url)
        for source in (library.sources() if chosen is None else chosen)
        if source.kind is SourceKind.FEED
    )
    return write_opml(feeds, TITLE, secrets=secrets)
