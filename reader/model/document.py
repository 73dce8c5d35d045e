"""What extraction makes of a page, a file or a feed entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from reader.model.kinds import BlockType


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
    """An enclosure or an image; `length` in bytes if known, `alt` the words that stand for an image."""

    url: str
    type: str = ""
    length: int | None = None
    alt: str = ""


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
