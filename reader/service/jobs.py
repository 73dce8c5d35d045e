"""What the children can be asked, as typed calls: bytes in, checked records out (see `service.worker`)."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reader.errors import ExtractError, FeedError, SourceError
from reader.model import Document, Feed, FeedEntry, Picture, Quote, Wall
from reader.service import frames, packing
from reader.service.children import SECONDS, ChildFailed, Children, shared
from reader.text.addresses import is_web

PORTION = 8 * 2**20  # bytes of articles in one job
MAX_ENTRIES = 20_000  # of one feed document, the first ones: a document lists the newest first


@dataclass(frozen=True, slots=True)
class Incoming:
    """One entry of a feed and its content as bytes (UTF-8 HTML); `entry.content_html` is empty."""

    entry: FeedEntry
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """A feed document; `feed.entries` is empty, they are in `incoming` in the order of the document."""

    feed: Feed
    incoming: tuple[Incoming, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What is not a feed: `format` as `text.sniff` names it, the feeds a web page names, its article if it has one.

    `more` are the further articles of a file that holds several (a mailbox), each with its quotes.
    """

    format: str
    feeds: tuple[tuple[str, str], ...] = ()
    document: Document | None = None
    quotes: tuple[Quote, ...] = ()
    more: tuple[tuple[Document, tuple[Quote, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """The article of one page; `wall` says what stood in its place, whatever text there is then."""

    document: Document | None = None
    quotes: tuple[Quote, ...] = ()
    wall: Wall = Wall.NONE


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed in a list of feeds: `url` and `site_url` are absolute http(s) addresses and may hold secrets."""

    url: str
    title: str = ""
    section: str = ""
    site_url: str = ""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list of feeds (OPML), each address once; `refused` says what was left out and why (clean, masked)."""

    title: str
    feeds: tuple[Listed, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """Text and quotes of one article; `document` is None if its text was given. `failed` says why there are none."""

    document: Document | None = None
    quotes: tuple[Quote, ...] = ()
    failed: str = ""


@dataclass(frozen=True, slots=True)
class ToDerive:
    """An article to derive: from `raw` HTML found at `url`, or from its `text`, then quotes only."""

    raw: bytes = b""
    url: str = ""
    text: str | None = None


def read_feed(
    body: bytes,
    *,
    url: str = "",
    name: str = "",
    content_type: str = "",
    plain: bool = True,
    seconds: float = SECONDS,
    cancel: threading.Event | None = None,
    children: Children | None = None,
) -> ReadFeed | ReadPage:
    """Parse a feed document; a web page in its place comes back as ReadPage.

    With `plain`, summaries are one clean line each (else as the feed has them). Raises FeedError, ChildFailed, Stopped.
    """
    header = {"job": "feed", "url": url, "name": name, "content_type": content_type, "plain": plain}
    return _read(header, body, seconds, cancel, children)


def read_any(
    body: bytes,
    *,
    url: str = "",
    name: str = "",
    content_type: str = "",
    plain: bool = True,
    seconds: float = SECONDS,
    cancel: threading.Event | None = None,
    children: Children | None = None,
) -> ReadFeed | ReadPage:
    """Find out what the bytes are and read them: feed, web page, Markdown, plain text.

    Raises FeedError and ExtractError (a sentence why nothing can be read), ChildFailed, Stopped.
    """
    header = {"job": "any", "url": url, "name": name, "content_type": content_type, "plain": plain}
    return _read(header, body, seconds, cancel, children)


def read_article(
    body: bytes,
    *,
    url: str = "",
    name: str = "",
    content_type: str = "",
    seconds: float = SECONDS,
    cancel: threading.Event | None = None,
    children: Children | None = None,
) -> ReadArticle:
    """The article of a fetched page with its quotes, or what stood in its place.

    Raises ExtractError if there is neither, ChildFailed, Stopped.
    """
    pool = children or shared()
    header = {"job": "article", "url": url, "name": name, "content_type": content_type}
    found = ReadArticle()
    try:
        for reply, blob in pool.call(header, body, seconds=seconds, cancel=cancel):
            if "kind" in reply:
                raise _error(reply)
            if not reply.get("end"):
                document, quotes = _read_document(reply, blob) if "document" in reply else (None, ())
                found = ReadArticle(document, quotes, Wall(packing.string(reply.get("wall"))))
    except (packing.PackingError, ValueError) as error:
        raise ChildFailed(_sentence("garbled"), "garbled") from error
    return found


def read_opml(
    body: bytes,
    *,
    seconds: float = SECONDS,
    cancel: threading.Event | None = None,
    children: Children | None = None,
) -> ReadList:
    """The feeds of a list (OPML). Raises FeedError if it is none, ChildFailed, Stopped."""
    pool = children or shared()
    feeds: list[Listed] = []
    refused: list[tuple[str, str]] = []
    title = ""
    try:
        for reply, _ in pool.call({"job": "opml"}, body, seconds=seconds, cancel=cancel):
            if "kind" in reply:
                raise _error(reply)
            feeds += [Listed(*map(packing.string, row)) for row in packing.rows(reply.get("feeds", []), 4)]
            refused += [(packing.string(a), packing.string(b)) for a, b in packing.rows(reply.get("refused", []), 2)]
            title = packing.string(reply.get("title", title))
    except packing.PackingError as error:
        raise ChildFailed(_sentence("garbled"), "garbled") from error
    return ReadList(title, tuple(feed for feed in feeds if is_web(feed.url)), tuple(refused))


def read_picture(
    body: bytes,
    *,
    width: int,
    height: int,
    ground: tuple[int, int, int] = (0, 0, 0),
    seconds: float = SECONDS,
    cancel: threading.Event | None = None,
    children: Children | None = None,
) -> Picture:
    """The pixels of an image, made smaller to fit into `width` × `height`; what is translucent lies over `ground`.

    Raises ExtractError (a sentence: no image, damaged, too large, Pillow is missing), ChildFailed, Stopped.
    """
    pool = children or shared()
    header = {"job": "picture", "width": width, "height": height, "ground": list(ground)}
    found: Picture | None = None
    try:
        for reply, blob in pool.call(header, body, seconds=seconds, cancel=cancel, urgent=True):
            if "kind" in reply:
                raise _error(reply)
            if not reply.get("end"):
                size = [packing.integer(side, 1, 2**16) for side in packing.row(reply.get("size"), 2)]
                original = [packing.integer(side, 1, 2**31) for side in packing.row(reply.get("original"), 2)]
                if len(blob) != size[0] * size[1] * 3:
                    raise packing.PackingError("pixels")
                found = Picture(size[0], size[1], blob, (original[0], original[1]))
    except packing.PackingError as error:
        raise ChildFailed(_sentence("garbled"), "garbled") from error
    if found is None:
        raise ChildFailed(_sentence("garbled"), "garbled")
    return found


def derive(
    items: Sequence[ToDerive],
    *,
    seconds: float = SECONDS,
    cancel: threading.Event | None = None,
    urgent: bool = False,
    children: Children | None = None,
) -> Iterator[Derived]:
    """Text and quotes of each item, in order. An item that cannot be derived says so and costs no other one."""
    pool = children or shared()
    left = list(items)
    while left:
        part = _portion(left)
        contents = [item.raw if item.text is None else item.text.encode("utf-8", "replace") for item in part]
        rows = [[len(c), item.url, item.text is not None] for c, item in zip(contents, part, strict=True)]
        header, done = {"job": "derive", "items": rows}, 0
        try:
            for reply, blob in pool.call(header, b"".join(contents), seconds=seconds, cancel=cancel, urgent=urgent):
                if reply.get("end"):
                    if done < len(part):
                        raise ChildFailed(_sentence(str(reply.get("kind"))), "died")
                    break
                if done == len(part):
                    raise packing.PackingError("more answers than articles")
                result = _derived(reply, blob, part[done])
                done += 1
                yield result
        except ChildFailed as error:
            done += 1
            yield Derived(failed=str(error))
        except packing.PackingError:
            done += 1
            yield Derived(failed=_sentence("garbled"))
        left = left[done:]


def _portion(items: Sequence[ToDerive]) -> Sequence[ToDerive]:
    """The first items, as many as one job may hold."""
    size = 0
    for index, item in enumerate(items):
        size += len(item.raw) + 4 * len(item.text or "")
        if size > PORTION and index:
            return items[:index]
    return items


def _read(
    header: frames.Header, body: bytes, seconds: float, cancel: threading.Event | None, children: Children | None
) -> ReadFeed | ReadPage:
    header["limit"] = MAX_ENTRIES
    pool = children or shared()
    replies = []
    for reply, blob in pool.call(header, body, seconds=seconds, cancel=cancel):
        if not reply.get("end"):
            replies.append((reply, blob))
        elif "kind" in reply:
            raise _error(reply)
    try:
        if not replies:
            raise packing.PackingError("no answer")
        if replies[0][0].get("format") == "feed":
            return _read_feed(replies)
        return _read_page(replies)
    except packing.PackingError as error:
        raise ChildFailed(_sentence("garbled"), "garbled") from error


def _read_feed(replies: list[tuple[frames.Header, bytes]]) -> ReadFeed:
    head = replies[0][0]
    format_, title, link, language, warnings = packing.row(head.get("feed"), 5)
    incoming: list[Incoming] = []
    for reply, blob in replies[1:]:
        offset = 0
        for length, row in packing.rows(reply.get("rows"), 2):
            end = offset + packing.integer(length, 0, len(blob) - offset)
            incoming.append(Incoming(packing.unpack_entry(row), blob[offset:end]))
            offset = end
    feed = Feed(
        format=packing.string(format_),
        title=packing.string(title),
        link=packing.string(link),
        warnings=packing.strings(warnings),
        language=packing.string(language),
        polling=packing.unpack_polling(head.get("polling")),
    )
    total = packing.integer(head.get("entries"), 0, 2**31)
    if total > len(incoming):
        cut = f"The feed has {total:,} entries; the first {len(incoming):,} were read."
        feed = replace(feed, warnings=(*feed.warnings, cut))
    return ReadFeed(feed, tuple(incoming))


def _read_page(replies: list[tuple[frames.Header, bytes]]) -> ReadPage:
    head = replies[0][0]
    feeds = [(packing.string(url), packing.string(title)) for url, title in packing.rows(head.get("feeds", []), 2)]
    found = [_read_document(reply, blob) for reply, blob in replies if reply.get("document") is not None]
    document, quotes = found[0] if found else (None, ())
    return ReadPage(packing.string(head.get("format")), tuple(feeds), document, quotes, tuple(found[1:]))


def _read_document(reply: frames.Header, blob: bytes) -> tuple[Document, tuple[Quote, ...]]:
    document = packing.unpack_document(reply["document"], blob.decode("utf-8", "replace"))
    return document, packing.unpack_quotes(reply.get("quotes"), document.text)


def _derived(reply: frames.Header, blob: bytes, item: ToDerive) -> Derived:
    if "kind" in reply:
        return Derived(failed=_sentence(packing.string(reply["kind"])))
    text = blob.decode("utf-8", "replace") if item.text is None else item.text
    document = packing.unpack_document(reply.get("document"), text) if item.text is None else None
    return Derived(document, packing.unpack_quotes(reply.get("quotes"), text))


def _error(reply: frames.Header) -> SourceError:
    kinds: dict[str, type[SourceError]] = {"FeedError": FeedError, "ExtractError": ExtractError}
    kind, sentence = str(reply.get("kind")), reply.get("error")
    if kind in kinds and isinstance(sentence, str) and sentence:
        return kinds[kind](sentence)
    return ChildFailed(_sentence(kind), kind)


def _sentence(kind: str) -> str:
    words = {
        "MemoryError": "it needs more memory than one source may use, so it was stopped",
        "RecursionError": "it is nested too deeply",
        "garbled": "the process that reads it gave an answer that makes no sense",
    }
    return words.get(kind, f"reading it failed ({kind[:60] if kind.isidentifier() else 'unknown fault'})")
