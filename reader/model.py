"""The records that travel between rooms: frozen, plain, picklable (floor 1).

All times are aware `datetime`s in UTC. All offsets count Unicode code points into the canonical text of the article
(`Document.text`), end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

# --- what an article says ------------------------------------------------------------------------------------------


class QuoteKind(StrEnum):
    """How much of the span stands inside quotation marks: at least 90 % of its words, some, none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class SpeakerType(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    ANONYMOUS = "anonymous"


class Voice(StrEnum):
    """On whose behalf somebody speaks; the order of `VOICE_STRENGTH` decides which one a list row shows."""

    EXPERT = "expert"
    OFFICIAL = "official"
    COMPANY = "company"
    ADVERSARY = "adversary"
    OTHER = "other"


VOICE_STRENGTH = (Voice.EXPERT, Voice.OFFICIAL, Voice.ADVERSARY, Voice.COMPANY, Voice.OTHER)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it: `name` resolved over the whole article, `mention` the nearest attribution as written."""

    name: str
    mention: str
    role: str | None = None
    organization: str | None = None
    type: SpeakerType = SpeakerType.PERSON
    voice: Voice = Voice.OTHER


@dataclass(frozen=True, slots=True)
class Quote:
    """One reported utterance: `text == article_text[start:end]`, inside one paragraph.

    `cue` is the reporting words (None in a continuation paragraph); `group` ties the pieces of one utterance;
    `confidence` is 0..1 that span and speaker are right; `reason` names the pattern that found it.
    """

    start: int
    end: int
    text: str
    kind: QuoteKind
    cue: str | None
    speaker: Speaker | None
    group: int | None
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectedQuote(Quote):
    """A quote of the library about which the reader knew better: `speaker` is the reader's word, `found` the engine's.

    `hidden` ones are in no list unless asked for; `kept` ones the engine finds no more. `confidence` and `reason` stay
    those of the engine.
    """

    found: Speaker | None = None
    hidden: bool = False
    kept: bool = False


class BlockType(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST = "list"
    CODE = "code"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text; blocks are in order and never overlap. `level`: heading 1-6, list depth from 1, else 0."""

    start: int
    end: int
    type: BlockType
    level: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """`url` is absolute http(s); the span is the words that carry the link (never empty)."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Media:
    """An enclosure or an image; `length` in bytes if known."""

    url: str
    type: str = ""
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What extraction makes of a page, a file or a feed entry's HTML: one canonical text and offsets into it.

    `text` has paragraphs separated by one blank line, is clean (`text.clean`), and does not contain the title.
    `dated_by` says where `published` comes from: "" (the document's own words) or "mtime".
    """

    text: str
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Media, ...] = ()
    title: str = ""
    author: str = ""
    section: str = ""
    summary: str = ""
    url: str = ""
    language: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    tags: tuple[str, ...] = ()
    dated_by: str = ""


# --- what sources give ---------------------------------------------------------------------------------------------


class SourceKind(StrEnum):
    FEED = "feed"
    FILE = "file"
    FOLDER = "folder"
    PAGE = "page"


class Origin(StrEnum):
    FEED = "feed"
    PAGE = "page"
    FILE = "file"


class Outcome(StrEnum):
    """How one source's refresh ended. Only `ERROR` and `GONE` count as failures."""

    OK = "ok"
    PARTIAL = "partial"
    UNCHANGED = "unchanged"
    MOVED = "moved"
    GONE = "gone"
    BACKOFF = "backoff"
    SKIPPED = "skipped"
    ERROR = "error"


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


# --- what the library holds ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """A source row. `url` is the real address or path: mask it (`text.urls.mask`) before anyone sees it.

    `status` is the last `Outcome` or "new"; `reason` says in words why the next fetch is when it is, or what failed;
    `errors` counts failures in a row; `unread` and `total` count live articles.
    """

    id: int
    kind: SourceKind
    url: str
    title: str
    section: str
    status: str = "new"
    reason: str = ""
    errors: int = 0
    last_success: datetime | None = None
    next_fetch: datetime | None = None
    site_url: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    consent: str = ""
    paused: bool = False
    total: int = 0
    unread: int = 0
    polling: Polling = Polling()  # what the feed asked for when it was last read
    interval: int | None = None  # seconds, as the reader wants it; None: the usual
    full_text: bool = False  # the whole page of each article is wanted
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # the reader's own; may hold secrets
    moved_to: str = ""  # where the source says it has moved to for good, until that is confirmed
    added: datetime | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What a list shows of an article; everything here is one line, clean, and cheap to read."""

    id: int
    source_id: int
    source_title: str
    section: str
    title: str
    author: str
    url: str
    published: datetime | None
    sort_date: datetime
    read: bool
    saved: bool
    quote_count: int
    voice: Voice | None
    origin: Origin
    summary: str = ""
    updated: datetime | None = None
    language: str = ""
    tags: tuple[str, ...] = ()
    source_url: str = ""  # the real address or path: mask it before anyone sees it
    dated_by: str = ""  # "mtime": the file states no date, `published` is when it was last changed


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article: its row, its document, its quotes, where it came from."""

    row: ArticleRow
    document: Document
    quotes: tuple[Quote, ...] = ()
    enclosures: tuple[Media, ...] = ()
    source_url: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote with the article it stands in, for lists across the library."""

    article: ArticleRow
    quote: Quote


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who speaks in articles of the library. `roles` and `organizations` are the most frequent first.

    `quotes`, `articles` and `outlets` (sources) are counts; `first_seen` and `last_seen` go by the dates of articles.
    """

    id: int
    name: str
    type: SpeakerType
    voice: Voice
    roles: tuple[str, ...]
    organizations: tuple[str, ...]
    quotes: int
    articles: int
    outlets: int
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class SectionCount:
    name: str
    total: int
    unread: int


@dataclass(frozen=True, slots=True)
class View:
    """Which articles a list shows; all conditions hold together. Order is always newest first (sort_date, id).

    `query` is a text of the query language (`text.query`), "" for none. `words` are plain words, all of which must stand
    in the article (case-insensitive). `samples` shows the built-in sample articles and nothing else.
    """

    section: str | None = None
    source_id: int | None = None
    unread: bool = False
    saved: bool = False
    since: datetime | None = None
    words: tuple[str, ...] = ()
    samples: bool = False
    query: str = ""


@dataclass(frozen=True, slots=True)
class SourceResult:
    """One source's line in a refresh summary."""

    source_id: int
    url: str
    outcome: Outcome
    status: int | None = None
    new: int = 0
    updated: int = 0
    seconds: float = 0.0
    message: str = ""


@dataclass(frozen=True, slots=True)
class RefreshSummary:
    results: tuple[SourceResult, ...] = field(default_factory=tuple)
    new: int = 0
    updated: int = 0
    failed: int = 0
    cancelled: bool = False
