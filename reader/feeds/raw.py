"""What a parser finds in a feed before anything is cleaned, dated or resolved: both paths fill the same records."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.errors import FeedError

MAX_ENTRIES = 5_000  # of one feed; the newest are kept


class Unsettled(Exception):  # noqa: N818 - a finding, not a fault: the tolerant path has to read this feed
    """The strict path meets something that it does not read as feedparser does; the text says what."""


class DamagedError(FeedError):
    """The XML is not well-formed; the text says where and why."""


@dataclass(slots=True)
class RawMedia:
    url: str
    type: str = ""
    length: str = ""


@dataclass(slots=True)
class RawEntry:
    """One entry: strings as the document has them, entities of XML resolved, white space around stripped.

    `*_type` are MIME types ("" where the format leaves open whether text is HTML). `link` may be relative;
    `alternates` are further addresses of the same thing. `author` is the last one named; `authors` are all of them
    where the format allows several (Atom); in RSS the later ones are the publisher's or the show's.
    """

    id: str = ""
    title: str = ""
    title_type: str = ""
    link: str = ""
    alternates: list[str] = field(default_factory=list)
    author: str = ""
    authors: list[str] = field(default_factory=list)
    published: str = ""
    updated: str = ""
    created: str = ""
    summary: str = ""
    summary_type: str = ""
    contents: list[tuple[str, str, str]] = field(default_factory=list)  # (type, value, base)
    tags: list[str] = field(default_factory=list)
    enclosures: list[RawMedia] = field(default_factory=list)


@dataclass(slots=True)
class RawFeed:
    """A feed before cleaning; `self_link` is the address that it gives for itself."""

    id: str = ""
    title: str = ""
    title_type: str = ""
    link: str = ""
    self_link: str = ""
    language: str = ""
    entries: list[RawEntry] = field(default_factory=list)
