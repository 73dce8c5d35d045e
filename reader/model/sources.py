"""What fetching and parsing give: feeds, entries, drafts of articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from reader.model.document import Document, Media
    from reader.model.kinds import Origin


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes as a server gave them, decoded from transfer and content codings, with what caching needs.

    `not_modified` means 304: `body` is empty and the validators still hold. `moved_to` is the address at the end of
    an unbroken chain of permanent redirects (301/308), else "". `max_age` is seconds from Cache-Control or Expires.
    """

    url: str
    status: int
    body: bytes = b""
    content_type: str = ""
    final_url: str = ""
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False
    moved_to: str = ""
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry as the feed states it; `id` is only what the feed says, "" if it says none."""

    id: str = ""
    title: str = ""
    link: str = ""
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    summary: str = ""
    content_html: str = ""
    tags: tuple[str, ...] = ()
    enclosures: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class Polling:
    """How a feed wants to be asked: every so many seconds, not in these hours (UTC, 0-23), on these days (0: Monday).

    Neither all hours nor all days are ever skipped.
    """

    every: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A parsed feed. `warnings` are sentences about what had to be repaired; with any, the outcome is partial."""

    format: str
    title: str = ""
    link: str = ""
    entries: tuple[FeedEntry, ...] = ()
    warnings: tuple[str, ...] = ()
    language: str = ""
    polling: Polling = Polling()


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as refresh wants it stored, before text and quotes are derived.

    `key` is its identity within the source (never shown); `digest` changes when title or content change; `raw` is the
    content as the source gave it (UTF-8 HTML of a feed entry or page), empty if `document` is already there (files).
    `sort_date` is `published` (else `updated`, else the time of the refresh) clamped to the past; lists go by it.
    `address` is the fingerprint (`text.canonical`) of what other sources may give the same article under (0: nothing
    they could), `own_id` whether the source states an id for it that is not its address.
    """

    key: str
    digest: str
    title: str
    url: str
    origin: Origin
    sort_date: datetime
    author: str = ""
    section: str = ""
    summary: str = ""
    language: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    tags: tuple[str, ...] = ()
    enclosures: tuple[Media, ...] = ()
    raw: bytes = b""
    document: Document | None = None
    address: int = 0
    own_id: bool = False
    dated_by: str = ""  # where `published` comes from if not from the article: "saved", "mtime" (document.dated_by)
