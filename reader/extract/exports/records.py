"""What another program's export says about its articles: one frozen record each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MAX_ENTRIES = 200_000
MAX_REFUSED = 1_000
MAX_URL = 4_096  # characters
MAX_TITLE, MAX_AUTHOR, MAX_TAG, MAX_NOTE, MAX_NOTES, MAX_TAGS = 1_000, 300, 100, 20_000, 200, 50
MAX_CONTENT = 4 * 2**20  # characters of one article's HTML


@dataclass(frozen=True, slots=True)
class Exported:
    """One article or bookmark; everything is clean, `url` is absolute http(s), times are aware UTC or None.

    `content_html` is the text as the program kept it (HTML, unchecked), `summary` its description, `notes` what the
    reader wrote, `highlights` what the reader marked. `private` is the reader's wish not to publish it.
    """

    url: str
    title: str = ""
    author: str = ""
    summary: str = ""
    content_html: str = ""
    language: str = ""
    published: datetime | None = None
    added: datetime | None = None
    tags: tuple[str, ...] = ()
    read: bool = False
    starred: bool = False
    private: bool = False
    notes: tuple[str, ...] = ()
    highlights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """A whole export: `format` is its key ("pocket"), `name` the program's name for people ("Pocket").

    `refused` are pairs of what was left out and why, clean and masked.
    """

    format: str
    name: str
    entries: tuple[Exported, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
