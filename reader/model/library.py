"""What the library holds and what a refresh did to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.model.sources import Polling

if TYPE_CHECKING:
    from datetime import datetime

    from reader.model.document import Document, Media
    from reader.model.kinds import Outcome, SourceKind, SpeakerType, Voice
    from reader.model.rows import ArticleRow
    from reader.model.saving import Note
    from reader.model.speech import Quote


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
    polling: Polling = field(default_factory=Polling)  # what the feed asked for when it was last read
    interval: int | None = None  # seconds, as the reader wants it; None: the usual
    full_text: bool = False  # the whole page of each article is wanted
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # the reader's own; may hold secrets
    moved_to: str = ""  # where the source says it has moved to for good, until that is confirmed
    added: datetime | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article: its row, its document, its quotes, where it came from, what the reader noted.

    The notes' `words` and `start` are as they stand in this text; `start` is -1 for words that are not in it any more.
    """

    row: ArticleRow
    document: Document
    quotes: tuple[Quote, ...] = ()
    enclosures: tuple[Media, ...] = ()
    source_url: str = ""
    saved_at: datetime | None = None
    notes: tuple[Note, ...] = ()


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
