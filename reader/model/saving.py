"""What is kept of a saved article: its page and images as they were fetched, their hashes, notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Wall(StrEnum):
    """What a server sent in place of an article, if it did."""

    NONE = ""
    PAYWALL = "paywall"
    COOKIES = "cookies"
    SCRIPT = "script"
    CAPTCHA = "captcha"


class CaptureKind(StrEnum):
    """Where a capture comes from: the article's web page, or what its source had given."""

    PAGE = "page"
    FEED = "feed"


class SavedImage(NamedTuple):
    """An image of a saved article; `type` is what its bytes say (image/png …)."""

    url: str
    type: str
    content: bytes


class Picture(NamedTuple):
    """Pixels to draw: three bytes (red, green, blue) for each, row by row; `original` is the size in the file."""

    width: int
    height: int
    pixels: bytes
    original: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """An image of a capture without its bytes; `problem` says why there are none (then `sha256` is "")."""

    url: str
    type: str = ""
    sha256: str = ""
    size: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """What a saved article was at one time; `url` and `final_url` may hold secrets: mask them before anyone sees them.

    `sha256` and `size` are of the bytes as they were fetched ("" and 0 if there are none), `text_sha256` is of the text
    in UTF-8. `checked` is when the same text was last found there. `revision` counts from 1 within article and kind.
    """

    id: int
    article_id: int
    kind: CaptureKind
    revision: int
    fetched: datetime
    checked: datetime
    url: str
    final_url: str
    content_type: str
    wall: Wall
    sha256: str
    size: int
    title: str
    text_sha256: str
    images: tuple[ImageRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is still to be fetched. `next_try` None: not again by itself; `reason` says why it is not there."""

    article_id: int
    since: datetime
    tries: int
    next_try: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader has written about an article; a highlight has the `words` that it is about and their `start`."""

    id: int
    article_id: int
    text: str
    words: str
    start: int
    made: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class PageInfo:
    """What is known of an article's web page. `shown`: its text is the one that is read; `choice` is the reader's
    ("page", "feed", or "" for the better of both); `reason` says in a sentence why this one is shown."""

    url: str
    fetched: datetime
    wall: Wall
    reason: str
    shown: bool
    choice: str
    has_text: bool
