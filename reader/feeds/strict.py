"""The fast path: well-formed RSS, RDF and Atom through expat, read exactly as feedparser reads them.

One pass, no tree. Nearly everything that counts in a feed is a leaf, so the start of an element is only remembered,
and its end decides: a leaf goes to a rule (`rules`), anything else is a container. Whatever the rules do not cover
raises `Unsettled`, and the tolerant path reads that feed. expat expands nothing: there is no DOCTYPE in what it gets
(see `prologue`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any
from xml.parsers import expat  # the document has no DOCTYPE, so no entity can be declared

from reader.feeds.mending import mend, mender_of
from reader.feeds.names import SEPARATOR, usual_name
from reader.feeds.prologue import Document
from reader.feeds.raw import DamagedError, RawFeed, Unsettled
from reader.feeds.rules import XHTML, Attributes, Leaf, Rules, content_type
from reader.feeds.vocabulary import AUTHORS, ENTRY_LEAVES, FEED_LEAVES, MARKUP, PERSON_LEAVES

_XML_BASE = SEPARATOR.join(("http://www.w3.org/XML/1998/namespace", "base", "xml"))


def read_strictly(document: Document) -> RawFeed:
    """Return the feed; raises `DamagedError` if it is not well-formed, `Unsettled` if this path should not read it."""
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=SEPARATOR)
    parser.namespace_prefixes = True
    parser.buffer_text = True
    parser.buffer_size = 65_536
    reader = _Reader(parser, document)
    try:
        parser.Parse(document.body, True)
    except expat.ExpatError as error:
        if reader.ended:
            document.warnings.append("Text after the end of the feed was skipped.")
            return reader.rules.feed
        reason = expat.ErrorString(error.code)
        raise DamagedError(f"damaged XML at line {document.first_line + error.lineno - 1}: {reason}") from None
    return reader.rules.feed


class _Table(dict[str, Callable[[Attributes, str], None] | None]):
    """Rules by the names that this feed uses: filled as they come up."""

    def __init__(self, rules: Rules, leaves: dict[str, Leaf], other: Leaf | None = None) -> None:
        self.rules, self.leaves, self.other = rules, leaves, other

    def __missing__(self, name: str) -> Callable[[Attributes, str], None] | None:
        leaf = self.leaves.get(usual_name(name), self.other)
        self[name] = bound = partial(leaf, self.rules) if leaf else None
        return bound


Start = Callable[[str, Attributes], None]


class _Reader:
    """Where we are in the document."""

    def __init__(self, parser: Any, document: Document) -> None:
        self.parser = parser
        self.rules = rules = Rules(document)
        self.ended = False  # the root element is closed
        self.data: list[str] = []
        self.feed_table, self.entry_table = _Table(rules, FEED_LEAVES), _Table(rules, ENTRY_LEAVES)
        self.person_table = _Table(rules, PERSON_LEAVES, Rules.other_of_person)
        self.table = self.feed_table
        self.containers: list[Callable[[], None] | None] = []  # what the ends of those that are open do
        self.bases: list[tuple[int, str]] = []  # depth of an element that states a base, and the base outside it
        self.mend = mender_of(document.body)
        self.watch()

    def watch(self) -> None:
        """Hand the parser its handlers. They are closures because every feed calls them for every element."""
        opened: str | None = None  # an element that has no child so far
        attributes: Attributes = {}
        data, clear, bases, mended = self.data, self.data.clear, self.bases, self.mend

        def start(name: str, attrs: Attributes) -> None:
            nonlocal opened, attributes
            if opened is not None:
                parent, opened = opened, None
                child_start = self.contain(parent, attributes)
                if child_start is not None:
                    child_start(name, attrs)
                    return
            if attrs and (_XML_BASE in attrs or "base" in attrs):
                self.enter_base(attrs)
            opened, attributes = name, attrs
            clear()

        def end(name: str) -> None:
            nonlocal opened
            if opened is None:
                self.close()
                return
            opened = None
            leaf = self.table[name]
            if leaf is not None:
                text = "".join(data).strip()
                leaf(attributes, text if mended is None or text.isascii() else mended(text))
            if bases:
                self.leave_base()

        self.parser.StartElementHandler = start
        self.parser.EndElementHandler = end
        self.parser.CharacterDataHandler = data.append

    def close(self) -> None:
        """A container ends."""
        self.rules.depth -= 1
        action = self.containers.pop()
        if action is not None:
            action()
        if self.bases:
            self.leave_base()
        if not self.containers:
            self.ended = True

    def enter_base(self, attrs: Attributes) -> None:
        self.bases.append((len(self.containers) + 1, self.rules.base))
        stated = attrs.get(_XML_BASE) or attrs.get("base") or ""
        if stated:
            self.rules.base = self.rules.resolve(stated)

    def leave_base(self) -> None:
        if self.bases[-1][0] == len(self.containers) + 1:
            outer = self.bases.pop()[1]
            self.rules.base = outer or self.rules.base  # feedparser, too, stays where it is if there is no outer base

    # --- elements that have elements in them -----------------------------------------------------------------------

    def contain(self, name: str, attrs: Attributes) -> Start | None:
        """The open element turns out to be a container; returns what its children are given to, if not to `start`."""
        key = usual_name(name)
        if self.table is self.person_table:
            raise Unsettled(f"elements in <{key}> of an author")
        self.containers.append(None)
        child_start = (self.contain_in_entry if self.table is self.entry_table else self.contain_in_feed)(key, attrs)
        self.rules.depth += 1
        return child_start

    def contain_in_feed(self, key: str, attrs: Attributes) -> Start | None:
        if key in ("item", "entry"):
            self.rules.start_entry(attrs)
            self.table = self.entry_table
            self.containers[-1] = self.leave_entry
        elif key in ("rss", "rdf:rdf", "feed", "channel"):
            self.rules.root(key, attrs)
        elif key in ("source", "image", "textinput"):
            self.rules.leave_feed_source()
            return self.leave_out()
        elif key in FEED_LEAVES:
            return self.inline(key, attrs)
        return None

    def contain_in_entry(self, key: str, attrs: Attributes) -> Start | None:
        if key in AUTHORS:
            if "".join(self.data).strip():
                raise Unsettled("text beside elements in <author>")
            self.rules.start_person()
            self.table = self.person_table
            self.containers[-1] = self.leave_author
        elif key == "source":
            self.rules.leave_source()
            return self.leave_out()
        elif key in ("image", "textinput"):
            self.rules.forget_titles(attrs, "")
            return self.leave_out(guarded=key)
        elif key == "media:content":
            self.rules.media_content(attrs, "")
        elif key in ENTRY_LEAVES:
            return self.inline(key, attrs)
        return None

    def leave_entry(self) -> None:
        self.rules.end_entry()
        self.table = self.feed_table

    def leave_author(self) -> None:
        self.table = self.entry_table
        self.rules.end_person()

    # --- elements of which the inside is not looked at -------------------------------------------------------------

    def leave_out(self, guarded: str = "") -> Start:
        """Leave out everything within the open element; in a guarded one, nothing of an entry may stand."""
        inside = 0

        def start(name: str, _attrs: Attributes) -> None:
            nonlocal inside
            inside += 1
            if guarded and self.entry_table[name] is not None:
                raise Unsettled(f"<{usual_name(name)}> in <{guarded}>")

        def end(name: str) -> None:
            nonlocal inside
            inside -= 1
            if inside < 0:
                self.watch()
                self.close()

        self.parser.StartElementHandler, self.parser.EndElementHandler = start, end
        return start

    def inline(self, key: str, attrs: Attributes) -> Start:
        """Collect the markup within the open element, as feedparser writes it down."""
        if content_type(attrs) != XHTML or key not in MARKUP or not self.rules.atom10:
            raise Unsettled(f"elements in <{key}>")
        inside = 0
        pieces = [escape("".join(self.data), quote=False)]

        def start(name: str, inner: Attributes) -> None:
            nonlocal inside
            inside += 1
            pieces.append(_start_tag(usual_name(name), inner))

        def end(name: str) -> None:
            nonlocal inside
            inside -= 1
            if inside >= 0:
                pieces.append(f"</{usual_name(name).rpartition(':')[2]}>")
                return
            self.watch()
            leaf = self.table[name]  # what held markup is a leaf after all
            self.rules.depth -= 1
            if leaf is not None:
                self.rules.is_markup = True
                leaf(attrs, mend("".join(_without_wrapper(pieces)).strip()))
                self.rules.is_markup = False
            self.rules.depth += 1
            self.close()

        self.parser.StartElementHandler, self.parser.EndElementHandler = start, end
        self.parser.CharacterDataHandler = lambda text: pieces.append(escape(text, quote=False))
        return start


def _start_tag(key: str, attrs: Attributes) -> str:
    prefix, _, tag = key.rpartition(":")
    if tag in ("svg", "math") or (not prefix and key in ENTRY_LEAVES) or key == "xhtml:body":
        raise Unsettled(f"<{key}> in XHTML")
    pairs = []
    for name, value in attrs.items():
        if SEPARATOR in name:
            raise Unsettled("attributes with a namespace in XHTML")
        name = name.lower()
        value = value.lower() if name in ("rel", "type") else value
        pairs.append(f' {name}="{_quoted(value)}"')
    return f"<{tag}{''.join(pairs)}>"


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")


def _without_wrapper(pieces: list[str]) -> list[str]:
    """XHTML content without the one `<div>` that Atom puts around it, if it is around all of it."""
    while len(pieces) > 1 and not pieces[-1].strip():
        del pieces[-1]
    while len(pieces) > 1 and not pieces[0].strip():
        del pieces[0]
    if not (pieces[0] == "<div>" or pieces[0].startswith("<div ")) or pieces[-1] != "</div>":
        return pieces
    depth = 0
    for piece in pieces[:-1]:
        if piece.startswith("</"):
            depth -= 1
            if depth == 0:
                return pieces
        elif piece.startswith("<") and not piece.endswith("/>"):
            depth += 1
    return pieces[1:-1]
