"""OPML, the list of feeds that every reader can write and read (https://opml.org/spec2.opml). Pure.

Read it is written by strangers: nothing in it is run or fetched, no DOCTYPE and no entity reaches the parser (see
`prologue`), and whatever is not a feed on the web is listed with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit
from xml.parsers import expat  # the document has no DOCTYPE, so no entity can be declared
from xml.sax.saxutils import escape, quoteattr

from reader.errors import FeedError
from reader.feeds.prologue import Document, open_document
from reader.feeds.repair import repair
from reader.text.addresses import is_web, join, mask, normalise
from reader.text.clean import clean_line

SEPARATOR = " / "  # between the names of nested folders in the name of a section
MAX_FEEDS = 50_000
MAX_REFUSED = 1_000
MAX_NAME = 300  # characters of a title
MAX_SECTION = 120


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed in a list: `url` and `site_url` are absolute http(s) ("" if no site is named) and may hold secrets."""

    url: str
    title: str = ""
    section: str = ""
    site_url: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A list of feeds, each address once. `refused` are pairs of what was left out (clean, masked) and why."""

    title: str = ""
    feeds: tuple[OpmlFeed, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def read_opml(body: bytes) -> Outline:
    """Return the feeds in `body`, in any encoding, with nested folders as sections joined by " / ".

    What can be read of a damaged list is kept. Raises FeedError with one sentence, and nothing else, if there is none.
    """
    document = open_document(body)
    if document.root.rpartition(":")[2].lower() != "opml":
        raise FeedError(f"This is not a list of feeds (OPML): {_what(body, document)}; export the list once more.")
    reader = _Reader()
    damage = reader.read(document)
    if damage:
        _mend(document)
        reader = _Reader()
        damage = reader.read(document)
    if damage and not reader.feeds:
        raise FeedError(f"The list of feeds (OPML) cannot be read: {damage}; export it once more.")
    if damage:
        reader.refuse("the rest of the list", f"{damage}; what comes after it was not read")
    return Outline(reader.title, tuple(reader.feeds), tuple(reader.refused))


def write_opml(feeds: Iterable[OpmlFeed], title: str, *, secrets: bool = False) -> bytes:
    """Return an OPML 2.0 document in UTF-8, with a folder for every section and for every " / " in its name.

    Without `secrets`, user-info is left out of the addresses and what looks secret in a query is written as `***`.
    """
    root = _Folder()
    for feed in feeds:
        folder = root
        for name in filter(None, map(clean_line, clean_line(feed.section, MAX_SECTION).split(SEPARATOR))):
            folder = folder.folders.setdefault(name, _Folder())
        folder.lines.append(_outline(feed, secrets=secrets))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', "  <head>",
        f"    <title>{escape(clean_line(title, MAX_NAME))}</title>", "  </head>", "  <body>",
    ]  # fmt: skip
    root.write(lines, 2)
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode("utf-8")


# --- reading -------------------------------------------------------------------------------------------------------


class _Reader:
    """One pass through a document; what was found so far stays when it ends early."""

    def __init__(self) -> None:
        self.title = ""
        self.feeds: list[OpmlFeed] = []
        self.refused: list[tuple[str, str]] = []
        self._seen: set[str] = set()
        self._sections = [""]  # of the outlines that are open
        self._path: list[str] = []  # the elements that are open
        self._text: list[str] = []
        self._ended = False

    def read(self, document: Document) -> str:
        """Read all of it; returns what is wrong with it, in words, "" if nothing is."""
        parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(document.body, True)
        except expat.ExpatError as error:
            if self._ended:  # text after the end of the list
                return ""
            return f"damaged XML at line {document.first_line + error.lineno - 1} ({expat.ErrorString(error.code)})"
        return ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        self._path.append(name)
        self._text.clear()
        if name == "outline":
            self._sections.append(self._outline({_local(key): value for key, value in attributes.items()}))

    def _end(self, name: str) -> None:
        if self._path[-2:] == ["head", "title"]:
            self.title = self.title or clean_line("".join(self._text), MAX_NAME)
        self._path.pop()
        self._ended = not self._path
        if _local(name) == "outline":
            self._sections.pop()

    def _characters(self, text: str) -> None:
        if self._path[-1:] == ["title"]:
            self._text.append(text)

    def _outline(self, attributes: dict[str, str]) -> str:
        """Take one outline; returns the section of those within it."""
        section = self._sections[-1]
        name = clean_line(attributes.get("text", ""), MAX_NAME) or clean_line(attributes.get("title", ""), MAX_NAME)
        kind = attributes.get("type", "").strip().lower()
        stated = attributes.get("xmlurl", "").strip() or (attributes.get("url", "").strip() if kind else "")
        if not stated and kind not in _FEED_KINDS:
            return _inner(section, name)
        url = _address(stated)
        problem = _NOT_FEEDS.get(kind, "") if "xmlurl" not in attributes else ""
        problem = problem or ("" if url else _reason(stated))
        if problem:
            self.refuse(_shown(name, stated), problem)
        elif normalise(url) in self._seen:
            self.refuse(_shown(name, stated), "it is in the list already")
        elif len(self.feeds) >= MAX_FEEDS:
            self.refuse("the rest of the list", f"it holds more than {MAX_FEEDS:,} feeds")
        else:
            self._seen.add(normalise(url))
            site = _address(attributes.get("htmlurl", ""))
            self.feeds.append(OpmlFeed(url, name, section or _category(attributes.get("category", "")), site))
            if attributes.get("filtercmd", "").strip():
                self.refuse(_shown(name, stated), "its filter command is left out: commands in a list are never run")
        return section

    def refuse(self, text: str, reason: str) -> None:
        if len(self.refused) < MAX_REFUSED and (text, reason) not in self.refused[-1:]:
            self.refused.append((text, reason))


_FEED_KINDS = frozenset(("rss", "atom", "rdf", "feed", "rss1", "rss2", "jsonfeed"))
_NOT_FEEDS = {"include": "it is a list somewhere else, which is not read", "link": "it is a link to a page, not a feed"}
_COMMAND = re.compile(r"\||exec:|filter:|-", re.IGNORECASE)


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _address(stated: str) -> str:
    """The absolute http(s) address that was meant, "" if none was."""
    web = join("", stated)
    if web or not stated:
        return web
    usual = normalise(stated)  # `feed:https://…`
    return usual if is_web(usual) else ""


def _reason(stated: str) -> str:
    if not stated:
        return "it has no address"
    if _COMMAND.match(stated):
        return "it is a command, and commands in a list are never run"
    if stated.lower().startswith("file:") or stated.startswith(("/", "~", ".")):
        return "it is a file of this machine; add it by hand if you trust it"
    return "only http and https addresses are read"


def _shown(name: str, stated: str) -> str:
    address = mask(stated)
    return f"{name} ({address})" if name and address else name or address or "a feed without a name"


def _inner(section: str, name: str) -> str:
    return clean_line(f"{section}{SEPARATOR}{name}" if section and name else section or name, MAX_SECTION)


def _category(stated: str) -> str:
    """The first category, `/News/Banks,/Other` (OPML 2.0), as a section: for lists without folders."""
    names = stated[:1_000].partition(",")[0].split("/")
    return clean_line(SEPARATOR.join(filter(None, map(clean_line, names))), MAX_SECTION)


def _what(body: bytes, document: Document) -> str:
    if not body.strip():
        return "it is empty"
    return f"its root element is <{clean_line(document.root, 50)}>" if document.root else "it is not XML"


_REFERENCE = re.compile(rb"&(?:#(?:([0-9]{1,8})|[xX]([0-9A-Fa-f]{1,8}));|(?!(?:lt|gt|amp|quot|apos);))")


def _mend(document: Document) -> None:
    """Resolve HTML's entities, escape every other `&` that is no reference, drop references to what XML forbids."""
    repair(document)
    document.body = _REFERENCE.sub(_mended, document.body)


def _mended(match: re.Match[bytes]) -> bytes:
    decimal, hexadecimal = match.groups()
    if decimal is None and hexadecimal is None:
        return b"&amp;"
    code = int(decimal) if decimal else int(hexadecimal, 16)
    legal = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return match[0] if legal else b""


# --- writing -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Folder:
    lines: list[str] = field(default_factory=list)
    folders: dict[str, _Folder] = field(default_factory=dict)

    def write(self, lines: list[str], depth: int) -> None:
        """Append what is in it; recursion ends because a section has room for few names."""
        indent = "  " * depth
        lines += [indent + line for line in self.lines]
        for name, folder in self.folders.items():
            lines.append(f"{indent}<outline text={quoteattr(name)}>")
            folder.write(lines, depth + 1)
            lines.append(f"{indent}</outline>")


def _outline(feed: OpmlFeed, *, secrets: bool) -> str:
    title = clean_line(feed.title, MAX_NAME)
    attributes = {"type": "rss", "text": title, "title": title, "xmlUrl": feed.url, "htmlUrl": feed.site_url}
    for name in ("xmlUrl", "htmlUrl"):
        attributes[name] = attributes[name] if secrets else _without_secrets(attributes[name])
    written = (
        f"{name}={quoteattr(clean_line(value))}" for name, value in attributes.items() if value or name == "text"
    )
    return f"<outline {' '.join(written)}/>"


def _without_secrets(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    netloc = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, netloc, parts.path, _hidden(parts.query), _hidden(parts.fragment)))


def _hidden(pairs: str) -> str:
    """A query with the values that look secret replaced: pair by pair, as `mask` shortens what is long."""
    kept = []
    for pair in re.split("([&;])", pairs):
        shown = mask(f"?{pair}")
        kept.append(shown[1:] if shown.endswith("=***") else pair)
    return "".join(kept)
