"""What each element of a feed means, as feedparser 6 reads it: which of two titles counts, when a guid is a link.

A rule gets the attributes and the text of one element without children (`strict` calls it at the element's end) and
writes into the feed or the entry at hand. Of several values of a property, the least deep counts, then the last.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NoReturn
from urllib.parse import urljoin

from reader.feeds.names import SEPARATOR
from reader.feeds.prologue import Document
from reader.feeds.raw import RawEntry, RawFeed, RawMedia, Unsettled

Attributes = dict[str, str]
XHTML = "application/xhtml+xml"

_TYPES = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "xhtml": XHTML, "text/html": "text/html"}
_RDF_ABOUT = SEPARATOR.join(("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "about", "rdf"))
_XML_LANG = SEPARATOR.join(("http://www.w3.org/XML/1998/namespace", "lang", "xml"))
_ITUNES = "http://www.itunes.com/"
_SEMICOLON = re.compile(r"&([A-Za-z0-9_]+);")


class Rules:
    """The feed, the entry at hand, and what its earlier elements have decided for its later ones."""

    def __init__(self, document: Document) -> None:
        self.feed = RawFeed()
        self.depth = 1  # of the element that is read
        self.base = ""
        self.atom = document.root.rpartition(":")[2].lower() in ("feed", "entry")
        self.atom10 = self.atom and "http://www.w3.org/2005/Atom" in document.head
        self.is_markup = False  # the text is XHTML markup
        self.feed_title_depth = -1
        self.feed_source_depth = 0
        self.feed_has_link = False
        self.entry = RawEntry()
        self.entry_depth = 0
        self.reset()

    def reset(self) -> None:
        self.depths: dict[str, int] = {}  # how deep the value of a property stood
        self.title_depth = -1
        self.titles_mixed = self.source_has_titles = False
        self.has_link = self.has_summary = self.has_content = False
        self.tags: list[list[str | None]] = []
        self.name = self.email = self.an_email = ""
        self.media: list[RawMedia] = []
        self.thumbnails: list[RawMedia] = []

    # --- the feed --------------------------------------------------------------------------------------------------

    def root(self, key: str, attrs: Attributes) -> None:
        _refuse_cdf(attrs)
        if key in ("rss", "feed"):
            self.feed.language = attrs.get(_XML_LANG) or attrs.get("lang") or self.feed.language

    def empty_root(self, attrs: Attributes, _text: str) -> None:
        self.root("feed", attrs)

    def feed_title(self, attrs: Attributes, text: str) -> None:
        self.feed_media_title(attrs, text)
        if text:
            self.feed_title_depth = self.depth

    def feed_media_title(self, attrs: Attributes, text: str) -> None:
        if 0 < self.feed_source_depth < self.depth:
            raise Unsettled("a title after a source")
        kind, text = self.typed(attrs, text, "text/plain")
        if not -1 < self.feed_title_depth <= self.depth:
            self.feed.title, self.feed.title_type = text, kind

    def forget_feed_titles(self, _attrs: Attributes, _text: str) -> None:
        self.feed_title_depth = -1

    def leave_feed_source(self) -> None:
        self.feed_title_depth, self.feed_source_depth = -1, self.depth

    def feed_link(self, attrs: Attributes, text: str) -> None:
        rel, kind, href, _attrs = _link(attrs)
        if href is None:
            self.feed.link, self.feed_has_link = self.resolve(text) if text else "", True
        elif rel == "alternate" and kind in ("text/html", XHTML):
            self.feed.link, self.feed_has_link = self.resolve(href), True
        elif rel == "self" and not self.feed.self_link:
            self.feed.self_link = self.resolve(href)

    def feed_id(self, attrs: Attributes, text: str) -> None:
        is_link = not attrs or lowered(attrs).get("ispermalink", "true") == "true"
        self.feed.id = self.resolve(text) if text and is_link else text
        if is_link and not self.feed_has_link:
            self.feed.link, self.feed_has_link = self.feed.id, True

    def feed_language(self, _attrs: Attributes, text: str) -> None:
        self.feed.language = text

    def empty_entry(self, attrs: Attributes, _text: str) -> None:
        self.start_entry(attrs)
        self.end_entry()

    # --- an entry --------------------------------------------------------------------------------------------------

    def start_entry(self, attrs: Attributes) -> None:
        if attrs:
            _refuse_cdf(attrs)
        self.reset()
        self.entry_depth = self.depth
        self.entry = RawEntry(id=attrs.get(_RDF_ABOUT, ""))
        self.feed.entries.append(self.entry)

    def end_entry(self) -> None:
        if self.tags:
            self.entry.tags = [tag for tag in (row[2] or row[0] for row in self.tags) if tag]
        if self.media or self.thumbnails:
            self.entry.enclosures += self.media + self.thumbnails

    def keeps(self, name: str) -> bool:
        """Whether a value that stands here replaces an earlier one."""
        depth = self.depth
        if depth > self.depths.get(name, depth):
            return False
        self.depths[name] = depth
        return True

    def refuse(self, _attrs: Attributes, _text: str) -> NoReturn:
        raise Unsettled("an element that feedparser reads in its own way")

    # --- title, link, id -------------------------------------------------------------------------------------------

    def forget_titles(self, _attrs: Attributes, _text: str) -> None:
        """After a source or an image, which may have titles of their own, the last title counts again."""
        self.title_depth = -1

    def leave_source(self) -> None:
        """After a source that holds elements, it depends on its titles which others count."""
        self.source_has_titles = True
        self.titles_mixed = self.title_depth >= 0
        self.title_depth = -1

    def title(self, attrs: Attributes, text: str) -> None:
        self.media_title(attrs, text)
        if text:
            self.title_depth = self.depth

    def media_title(self, attrs: Attributes, text: str) -> None:
        if self.titles_mixed or (self.source_has_titles and self.depth > self.entry_depth + 1):
            raise Unsettled("a title after a source")
        kind, text = self.typed(attrs, text, "text/plain")
        if not -1 < self.title_depth <= self.depth and self.keeps("title"):
            self.entry.title, self.entry.title_type = text, kind

    def link(self, attrs: Attributes, text: str) -> None:
        rel, kind, href, attrs = _link(attrs)
        if href is None:
            if text:
                text = self.resolve(text)
                if "&" in text:  # `?a=1&b;=2`, where a parser took the query for a reference
                    text = _SEMICOLON.sub(r"&\g<1>", text.replace("&amp;", "&"))
                if rel == "enclosure":
                    self.add_enclosure(text, attrs)
                else:
                    self.entry.alternates.append(text)
            self.entry.link, self.has_link = text, True
        elif rel == "alternate":
            href = self.resolve(href)
            if kind in ("text/html", XHTML):
                self.entry.link, self.has_link = href, True
            if href:
                self.entry.alternates.append(href)
        elif rel == "enclosure":
            self.add_enclosure(self.resolve(href), attrs)

    def guid(self, attrs: Attributes, text: str) -> None:
        is_link = not attrs or lowered(attrs).get("ispermalink", "true") == "true"
        if text and is_link:
            text = self.resolve(text)
        if self.keeps("id"):
            self.entry.id = text
        if is_link and not self.has_link:
            self.entry.link, self.has_link = text, True

    # --- dates -----------------------------------------------------------------------------------------------------

    def published(self, _attrs: Attributes, text: str) -> None:
        if self.keeps("published"):
            self.entry.published = text

    def updated(self, _attrs: Attributes, text: str) -> None:
        if self.keeps("updated"):
            self.entry.updated = text

    def created(self, _attrs: Attributes, text: str) -> None:
        if self.keeps("created"):
            self.entry.created = text

    # --- persons ---------------------------------------------------------------------------------------------------

    def author(self, _attrs: Attributes, text: str) -> None:
        if self.keeps("author"):
            self.entry.author = text
        self.add_author(text)

    def add_author(self, person: str) -> None:
        if person and self.atom:
            self.entry.authors.append(person)

    def start_person(self) -> None:
        self.name = self.email = ""

    def end_person(self) -> None:
        entry, name, email = self.entry, self.name, self.email
        if entry.author and not (name and (email or not (self.an_email or "@" in entry.author))):
            raise Unsettled("an author with less than the one before")  # feedparser mixes the two
        if self.keeps("author") or name or email:
            entry.author = f"{name} ({email})" if name and email else name or email
        self.an_email = email or self.an_email
        self.add_author(name or email)

    def name_of_person(self, _attrs: Attributes, text: str) -> None:
        self.name = text

    def email_of_person(self, _attrs: Attributes, text: str) -> None:
        self.email = text

    def nothing_of_person(self, _attrs: Attributes, _text: str) -> None:
        """An address: we do not keep it."""

    def other_of_person(self, attrs: Attributes, text: str) -> None:
        if attrs and text:
            raise Unsettled("unknown elements with text in <author>")

    # --- tags ------------------------------------------------------------------------------------------------------

    def category(self, attrs: Attributes, text: str) -> None:
        if attrs:
            attrs = lowered(attrs)
            self.add_tag(attrs.get("term"), attrs.get("scheme", attrs.get("domain")), attrs.get("label"))
        self.end_category(text)

    def media_category(self, attrs: Attributes, text: str) -> None:
        self.category({"scheme": "http://search.yahoo.com/mrss/category_schema", **lowered(attrs)}, text)

    def itunes_category(self, attrs: Attributes, text: str) -> None:
        self.add_tag(lowered(attrs).get("text"), _ITUNES, None)
        self.end_category(text)

    def end_category(self, text: str) -> None:
        if text and self.tags and not self.tags[-1][0]:
            self.tags[-1][0] = text
        elif text:
            self.add_tag(text)

    def keywords(self, _attrs: Attributes, text: str) -> None:
        for term in filter(None, map(str.strip, text.split(","))):
            self.add_tag(term)

    def itunes_keywords(self, _attrs: Attributes, text: str) -> None:
        for term in filter(None, map(str.strip, text.split(","))):
            self.add_tag(term, _ITUNES)

    def add_tag(self, term: str | None, scheme: str | None = None, label: str | None = None) -> None:
        if len(self.tags) >= MAX_TAGS:  # each is looked for among all earlier ones
            return
        row = [term, scheme, label]
        if (term or scheme or label) and row not in self.tags:
            self.tags.append(row)

    # --- media -----------------------------------------------------------------------------------------------------

    def enclosure(self, attrs: Attributes, _text: str) -> None:
        attrs = lowered(attrs)
        href = attrs.get("url", attrs.get("uri", attrs.get("href")))
        if href:
            self.add_enclosure(href, attrs)

    def add_enclosure(self, href: str, attrs: Attributes) -> None:
        self.entry.enclosures.append(RawMedia(href, attrs.get("type", "").lower(), attrs.get("length", "")))

    def media_content(self, attrs: Attributes, _text: str) -> None:
        attrs = lowered(attrs)
        kind = attrs.get("type", "").lower() or attrs.get("medium", "")
        self.media.append(RawMedia(attrs.get("url", ""), kind, attrs.get("filesize", "")))

    def media_thumbnail(self, attrs: Attributes, text: str) -> None:
        self.thumbnails.append(RawMedia(lowered(attrs).get("url", text), "image"))

    # --- summary and content ---------------------------------------------------------------------------------------

    def description(self, attrs: Attributes, text: str) -> None:
        self.summarise(attrs, text, "text/html")

    def summary(self, attrs: Attributes, text: str) -> None:
        self.summarise(attrs, text, "text/plain")

    def summarise(self, attrs: Attributes, text: str, default: str) -> None:
        if self.has_summary and not self.has_content:  # the second of two descriptions is taken for the content
            self.add_content(attrs, text, "text/plain")
            return
        kind, text = self.typed(attrs, text, default)
        self.has_summary = True
        if self.keeps("summary"):
            self.entry.summary, self.entry.summary_type = text, kind

    def content(self, attrs: Attributes, text: str) -> None:
        if attrs and "src" in attrs:
            raise Unsettled("content elsewhere")
        self.add_content(attrs, text, "text/plain")

    def encoded(self, attrs: Attributes, text: str) -> None:
        self.add_content(attrs, text, "text/html")

    def add_content(self, attrs: Attributes, text: str, default: str) -> None:
        kind, text = self.typed(attrs, text, default)
        self.has_content = True
        self.entry.contents.append((kind if self.atom else "text/html", text, self.base))
        if not self.has_summary:
            self.has_summary = True
            self.entry.summary, self.entry.summary_type = text, kind

    def typed(self, attrs: Attributes, text: str, default: str) -> tuple[str, str]:
        """The MIME type of an element's text ("" outside Atom, where types are guesses), and the text."""
        kind = content_type(attrs, default) if attrs else default
        if kind == XHTML:
            if not self.atom10:
                raise Unsettled("XHTML outside Atom 1.0")
            text = text if self.is_markup else escape(text, quote=False)
        elif kind not in ("text/plain", "text/html") or attrs.get("mode") == "base64":
            raise Unsettled(f"content of type {kind[:50]}")
        if "\x7f" in text:
            text = text.replace("\x7f", "")
        return kind if self.atom else "", text

    # --- addresses -------------------------------------------------------------------------------------------------

    def resolve(self, address: str) -> str:
        if not self.base:
            return address
        try:
            return urljoin(self.base, address)
        except ValueError:
            return ""


MAX_TAGS = 1_000  # of one entry


def lowered(attrs: Attributes) -> Attributes:
    """Attributes by lower-case names."""
    if "".join(attrs).islower():  # as nearly all are written: half the time
        return attrs
    return {name.lower(): value for name, value in attrs.items()}


def content_type(attrs: Attributes, default: str = "text/plain") -> str:
    """Return the MIME type that an element states for its text."""
    stated = attrs.get("type", default)
    kind = _TYPES.get(stated)
    if kind is None:
        stated = stated.lower()
        kind = _TYPES.get(stated, stated)
    return kind


def _refuse_cdf(attrs: Attributes) -> None:
    if any(name.lower() in ("href", "lastmod") for name in attrs):
        raise Unsettled("Channel Definition Format")


def _link(attrs: Attributes) -> tuple[str, str, str | None, Attributes]:
    """Relation, type and address of a link element (no address means that its text is one), and its attributes."""
    if not attrs:
        return "alternate", "text/html", None, attrs
    attrs = lowered(attrs)
    href = attrs.get("url", attrs.get("uri", attrs.get("href"))) or attrs.get("href")
    return attrs.get("rel", "alternate").lower(), content_type(attrs, "text/html"), href, attrs


Leaf = Callable[[Rules, Attributes, str], None]
