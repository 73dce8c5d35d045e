"""Bytes → feed: what they are, which path reads them, and one clear sentence if they cannot be read."""

from __future__ import annotations

import re
from dataclasses import replace

from reader.errors import FeedError
from reader.feeds.assembly import assemble
from reader.feeds.polling import polling_of
from reader.feeds.prologue import Document, open_document
from reader.feeds.raw import DamagedError, RawFeed, Unsettled
from reader.feeds.repair import repair
from reader.feeds.strict import read_strictly
from reader.model import Feed
from reader.text.clean import clean_line
from reader.text.sniff import Format, sniff

_REFUSED = {
    Format.EMPTY: "The reply is empty: there is no feed in it.",
    Format.BINARY: "This is not a feed: it is a binary file.",
    Format.HTML: "This is not a feed: it is an HTML page.",
    Format.MARKDOWN: "This is not a feed: it is a text file.",
    Format.TEXT: "This is not a feed: it is plain text.",
    Format.OPML: "This is not a feed but a list of feeds (OPML); import it instead.",
}


def parse_feed(body: bytes, *, url: str = "", content_type: str = "") -> Feed:
    """Return the feed in `body`: RSS 0.9x-2.0, RDF, Atom or JSON Feed, in any encoding, damaged or not.

    `url` is the address that was fetched (for relative addresses), `content_type` the header. All text is clean; at
    most 5,000 entries are kept, the newest. `Feed.warnings` says what had to be repaired.
    Raises `FeedError` with one sentence, and nothing else, whatever the bytes are.
    """
    try:
        return _parse(body, url, content_type)
    except FeedError:
        raise
    except (RecursionError, MemoryError, ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise FeedError(f"The feed cannot be read ({type(error).__name__}).") from error


def _parse(body: bytes, url: str, content_type: str) -> Feed:
    kind = sniff(body, content_type=content_type)
    if kind is Format.JSONFEED:
        from reader.feeds.jsonfeed import read_json

        return read_json(body, url=url)
    if kind in (Format.EMPTY, Format.BINARY, Format.OPML):
        raise FeedError(_REFUSED[kind])
    if kind is Format.FEED:
        document = open_document(body, content_type=content_type, trusting=True)
        try:
            return _assembled(read_strictly(document), document, url)
        except (Unsettled, DamagedError):
            pass
    document = open_document(body, content_type=content_type)
    if kind is Format.HTML and document.move_to_embedded_feed():
        kind = Format.FEED
    if kind is not Format.FEED and not _could_be_feed(document, kind):
        raise FeedError(_refusal(document, kind))
    raw = _read(document)
    if kind is not Format.FEED and not raw.entries:
        raise FeedError(_refusal(document, kind))
    return _assembled(raw, document, url)


def _assembled(raw: RawFeed, document: Document, url: str) -> Feed:
    feed = assemble(raw, format_name=format_name(document), url=url, warnings=document.warnings)
    return replace(feed, polling=polling_of(document.body))


def _read(document: Document) -> RawFeed:
    damage = ""
    try:
        return read_strictly(document)
    except Unsettled:
        pass
    except DamagedError as error:
        damage = str(error)
    if damage and repair(document):
        try:
            raw = read_strictly(document)
        except (Unsettled, DamagedError):
            pass
        else:
            if "netscape" not in document.doctype.lower():  # whose DTD declares the entities of HTML
                document.warnings.append(f"The feed has {damage}; it was repaired.")
            return raw
    from reader.feeds.tolerant import read_tolerantly

    raw = read_tolerantly(document, damaged=bool(damage))
    if damage:
        if not (raw.entries or raw.title or raw.link):
            raise FeedError(f"The feed cannot be read: {damage}.")
        document.warnings.append(f"The feed has {damage}; what could be read was kept.")
    return raw


def _could_be_feed(document: Document, kind: Format) -> bool:
    """XML with another root than feeds have: it may still hold entries."""
    return kind is Format.TEXT and bool(document.root) and document.body.startswith(b"<")


def _refusal(document: Document, kind: Format) -> str:
    if kind is Format.TEXT and document.root and document.body.startswith(b"<"):
        return f"This is not a feed: it is XML of another kind (<{clean_line(document.root, 50)}>)."
    return _REFUSED.get(kind, _REFUSED[Format.TEXT])


# --- the name of the format ----------------------------------------------------------------------------------------

_VERSION = re.compile(r"""\sversion\s*=\s*["']\s*([0-9.]{1,5})""")
_RSS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_ATOM = {"0.1": "atom01", "0.2": "atom02", "0.3": "atom03"}


def format_name(document: Document) -> str:
    """Return the format as feedparser names it (`rss20`, `rss092`, `atom10` …), with `rdf` for RSS 0.90 and 1.0."""
    root = document.root.rpartition(":")[2].lower()
    stated = _VERSION.search(document.head)
    version = stated[1] if stated else ""
    if root == "rdf":
        return "rdf"
    if root in ("feed", "entry"):
        return "atom10" if "http://www.w3.org/2005/Atom" in document.head else _ATOM.get(version, "atom")
    if root == "channel":
        return "cdf"
    if "netscape" in document.doctype.lower():
        return "rss091n"
    return "rss20" if version.startswith("2") else _RSS.get(version, "rss")
