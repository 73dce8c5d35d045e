"""What a list shows, and which list: all that the first screen needs, loaded without the other records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from reader.model.kinds import Origin, Voice


class Outlet(NamedTuple):
    """A source as an article names it; `url` is the real address: mask it before anyone sees it."""

    id: int
    title: str
    url: str


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
    also: tuple[Outlet, ...] = ()  # the other sources that give it

    @property
    def given_by(self) -> str:
        """Every source by its title: `Harbour Desk, also in Ferry Post, Tides`."""
        others = ", ".join(other.title for other in self.also if other.title)
        return ", also in ".join(part for part in (self.source_title, others) if part)

    @property
    def more_sources(self) -> str:
        """How many other sources, as a list shows it: `+2`, "" for none."""
        return f"+{len(self.also)}" if self.also else ""


class SectionCount(NamedTuple):
    """How many articles a section has; "" is the section of those that have none."""

    name: str
    total: int
    unread: int


@dataclass(frozen=True, slots=True)
class View:
    """Which articles a list shows; all conditions hold together. Order is always newest first (sort_date, id).

    `query` is a text of the query language (`text.query`), "" for none. `words` are plain words, all of which must
    stand in the article (case-insensitive). `samples` shows the built-in sample articles and nothing else.
    `newer_than` is an article's id: only what came into the library after it (0: everything).
    """

    section: str | None = None
    source_id: int | None = None
    unread: bool = False
    saved: bool = False
    since: datetime | None = None
    words: tuple[str, ...] = ()
    samples: bool = False
    query: str = ""
    newer_than: int = 0
