"""The tolerant path: feedparser, for damaged XML and for whatever the strict path does not settle.

feedparser gets a stream of UTF-8 that starts at the root element (`prologue`), so it neither opens what a body names
nor meets a DOCTYPE; its sanitiser and its resolver of addresses are off, because text becomes safe elsewhere.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import Any

from reader.errors import FeedError
from reader.feeds.mending import mend, without_controls
from reader.feeds.prologue import Document
from reader.feeds.raw import DamagedError, RawEntry, RawFeed, RawMedia
from reader.feeds.repair import without_impossible_references

MAX_ATTRIBUTES = 1_000  # of one element; feedparser needs a minute for 100,000
MAX_TAGS = 2_000  # of one entry
MAX_AUTHOR = 4_000  # bytes; feedparser looks for a mail address in it
MAX_LOOSE = 4 * 2**20  # bytes of damaged XML that feedparser's loose parser gets; beyond, the damage is cut out first


def read_tolerantly(document: Document, *, damaged: bool) -> RawFeed:
    """Return whatever can be read; raises `FeedError` if feedparser gives up or must not be given this document."""
    body = document.body
    if damaged:
        body = without_impossible_references(body)
        if len(body) > MAX_LOOSE:
            body = _without_damage(body)
    _refuse_floods(body)
    import feedparser  # 120 ms; most feeds never need it

    stream = io.BytesIO(b"<?xml version='1.0' encoding='utf-8'?>\n" + body)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # deprecations inside feedparser are not the reader's business
            result = feedparser.parse(
                stream,
                response_headers={"content-type": "application/xml; charset=utf-8"},
                resolve_relative_uris=False,
                sanitize_html=False,
            )
    except Exception as error:  # it raises what its regular expressions, codecs and dictionaries raise
        raise FeedError(f"The feed is damaged in a way that cannot be read ({type(error).__name__}).") from None
    atom = document.root.rpartition(":")[2].lower() in ("feed", "entry")
    return _feed(result, atom=atom)


# --- making the document safe to hand over -------------------------------------------------------------------------

_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{8000,}")
_AUTHOR = re.compile(rb"<(?:\w+:)?(?:author|creator|managingeditor|webmaster|publisher)\b", re.IGNORECASE)
_AUTHOR_END = re.compile(
    rb"</(?:\w+:)?(?:author|creator|managingeditor|webmaster|publisher|item|entry)\b|<(?:\w+:)?(?:item|entry)\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_TAG = re.compile(rb"<(?:\w+:)?(?:category|subject|keywords|tags)\b", re.IGNORECASE)
_KEYWORDS = re.compile(rb"<(?:\w+:)?(?:keywords|tags)\b[^>]{0,500}>([^<]*)", re.IGNORECASE)


def _refuse_floods(body: bytes) -> None:
    """What makes feedparser take quadratic time: endless attributes of an element, tags of an entry, authors."""
    for tag in _LONG_TAG.finditer(body):
        if tag[0].count(b'="') + tag[0].count(b"='") > MAX_ATTRIBUTES:
            raise FeedError(f"The feed has an element with more than {MAX_ATTRIBUTES:,} attributes; it was not read.")
    for entry in _ENTRY.split(body):
        tags = len(_TAG.findall(entry)) if len(entry) > MAX_TAGS else 0
        if tags > MAX_TAGS or tags + sum(words.count(b",") for words in _KEYWORDS.findall(entry)) > MAX_TAGS:
            raise FeedError(f"The feed has an entry with more than {MAX_TAGS:,} tags; it was not read.")
    for author in _AUTHOR.finditer(body):
        end = _AUTHOR_END.search(body, author.end())
        if (end.start() if end else len(body)) - author.end() > MAX_AUTHOR:
            raise FeedError(f"The feed has an author of more than {MAX_AUTHOR:,} characters; it was not read.")


def _without_damage(body: bytes) -> bytes:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedError(f"The feed is damaged beyond repair: {error}.") from None
    if tree is None:
        raise DamagedError("The feed is damaged beyond repair.")
    return bytes(etree.tostring(tree, encoding="utf-8"))


# --- feedparser's result to raw records ----------------------------------------------------------------------------


def _feed(result: Any, *, atom: bool) -> RawFeed:
    head = result.get("feed", {})
    feed = RawFeed(
        id=_string(head.get("id")),
        title=_string(head.get("title")),
        title_type=_type(head, "title", atom=atom),
        link=_string(head.get("link")),
        self_link=next((href for rel, href, _link in _links(head) if rel == "self" and href), ""),
        language=_string(head.get("language")),
    )
    feed.entries = [_entry(entry, atom=atom) for entry in result.get("entries", ())]
    return feed


def _entry(entry: Any, *, atom: bool) -> RawEntry:
    raw = RawEntry(
        id=_string(entry.get("id")),
        title=_string(entry.get("title")),
        title_type=_type(entry, "title", atom=atom),
        link=_string(entry.get("link")),
        author=_author(entry),
        published=_own(entry, "published"),
        updated=_own(entry, "updated"),
        created=_own(entry, "created"),
        summary=_markup(entry.get("summary")),
        summary_type=_summary_type(entry, atom=atom),
    )
    raw.alternates = [href for rel, href, _link in _links(entry) if rel == "alternate" and href]
    for person in entry.get("authors", ()) if atom else ():
        name = mend(_string(person.get("name"))) or mend(_string(person.get("email")))
        if name:
            raw.authors.append(name)
    for content in entry.get("content", ()) if isinstance(entry.get("content"), list) else ():
        kind = _string(content.get("type"))
        raw.contents.append(
            (kind if atom else "text/html", _markup(content.get("value")), _string(content.get("base")))
        )
    for tag in entry.get("tags", ()) if isinstance(entry.get("tags"), list) else ():
        raw.tags.append(_string(tag.get("label")) or _string(tag.get("term")))
    raw.tags = [tag for tag in raw.tags if tag]
    for rel, href, link in _links(entry):
        if rel == "enclosure" and href:
            raw.enclosures.append(RawMedia(href, _string(link.get("type")), _string(link.get("length"))))
    for media in entry.get("media_content", ()):
        kind = _string(media.get("type")) or _string(media.get("medium"))
        raw.enclosures.append(RawMedia(_string(media.get("url")), kind, _string(media.get("filesize"))))
    for media in entry.get("media_thumbnail", ()):
        raw.enclosures.append(RawMedia(_string(media.get("url")), "image"))
    return raw


def _author(entry: Any) -> str:
    """The author as feedparser words it, but mended like all other text."""
    author, persons = _string(entry.get("author")), entry.get("authors") or [{}]
    name, email = _string(persons[-1].get("name")), _string(persons[-1].get("email"))
    if name and email and author == f"{name} ({email})":
        return f"{mend(name)} ({mend(email)})"
    return mend(author)


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _markup(value: Any) -> str:
    return without_controls(_string(value))


def _own(entry: Any, key: str) -> str:
    """A value of the entry itself: feedparser answers `published` for a missing `updated`."""
    return _string(dict.get(entry, key))


def _links(context: Any) -> list[tuple[str, str, Any]]:
    links = dict.get(context, "links")
    if not isinstance(links, list):
        return []
    return [(_string(link.get("rel")), _string(link.get("href")), link) for link in links]


def _type(context: Any, key: str, *, atom: bool) -> str:
    detail = context.get(f"{key}_detail")
    return _string(detail.get("type")) if atom and isinstance(detail, dict) else ""


def _summary_type(entry: Any, *, atom: bool) -> str:
    detail = entry.get("summary_detail")
    if not atom:
        return ""
    if isinstance(detail, dict):
        return _string(detail.get("type"))
    contents = entry.get("content")  # the summary is then the content
    return _string(contents[0].get("type")) if isinstance(contents, list) and contents else ""
