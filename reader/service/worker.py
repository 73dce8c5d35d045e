"""The child process: untrusted bytes in, records out, within limits, and nothing of the user's within reach.

Started by `service.children` with a private pair of pipes as standard input and output (frames of `service.frames`),
an empty environment and no other descriptor. It imports what a job needs when the job comes. Whatever a job raises
becomes an error frame; what hangs or eats memory is killed from outside. Replies to one request are any number of
frames and one last frame with `"end"`.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from reader.errors import SecnewsError
from reader.model import Document
from reader.service import confinement, frames, packing

CHUNK = 200  # entries a frame: decoding one holds the parent's interpreter lock for about a millisecond
LOOKED_AT = 2**16  # bytes of a page in which the root of a feed may stand
_FEED_WITHIN = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")

Reply = Iterator[tuple[frames.Header, bytes]]


def main() -> None:
    """Serve requests from standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when this ends
    requests, replies = _take_pipes()
    confinement.confine()
    with contextlib.suppress(BrokenPipeError):
        _send(replies, {"hello": 1})
        while request := _receive(requests):
            confinement.limit_cpu()
            _serve(*request, replies)


def _serve(header: frames.Header, blob: bytes, replies: BinaryIO) -> None:
    last: frames.Header = {"end": True}
    try:
        for reply in JOBS[header["job"]](header, blob):
            _send(replies, *reply)
    except SecnewsError as error:
        last.update(error=str(error), kind=type(error).__name__)
    except MemoryError:
        last.update(error="", kind="MemoryError")
    except BrokenPipeError:
        raise
    except Exception as error:  # whatever a parser raises on a stranger's bytes is one source's fault, never a crash
        last.update(error="", kind=type(error).__name__)
    last["memory"] = confinement.memory()
    _send(replies, last)


# --- jobs ------------------------------------------------------------------------------------------------------------


def _feed(header: frames.Header, body: bytes) -> Reply:
    """A feed document. A web page in its place is told apart, with the feeds that it names."""
    from reader.errors import FeedError

    try:
        yield from _parsed(header, body)
    except FeedError:
        from reader.text import sniff

        if sniff.sniff(body, name=header["name"], content_type=header["content_type"]) != sniff.Format.HTML:
            raise
        yield {"format": "html", "feeds": _feeds_of(header, body)}, b""


def _any(header: frames.Header, body: bytes) -> Reply:
    """Whatever the bytes are: a feed, a page with the feeds it names and its article, a text."""
    from reader.text import sniff

    format_ = sniff.sniff(body, name=header["name"], content_type=header["content_type"])
    if format_ in (sniff.Format.FEED, sniff.Format.JSONFEED):
        yield from _parsed(header, body)
        return
    if format_ == sniff.Format.HTML and _FEED_WITHIN.search(body, 0, LOOKED_AT):
        feed = _maybe_parsed(header, body)
        if feed is not None:
            yield from feed
            return
    if format_ == sniff.Format.OPML:
        yield {"format": format_.value}, b""
        return
    feeds = _feeds_of(header, body) if format_ == sniff.Format.HTML else []
    first: frames.Header = {"format": format_.value, "feeds": feeds}
    try:
        for reply, text in _extracted(header, body):
            yield first | reply, text
            first = {}
    except SecnewsError:
        if not (first and feeds):  # a page without an article may still be the page that names the feeds
            raise
        yield first, b""


def _derive(header: frames.Header, blob: bytes) -> Reply:
    """Text and quotes of stored articles, one frame each, so that a killed child still says which were done."""
    from reader.extract import from_fragment
    from reader.quotes import extract_quotes

    offset = 0
    for length, url, is_text in header["items"]:
        content, offset = blob[offset : offset + length].decode("utf-8", "replace"), offset + length
        try:
            if is_text:
                reply: frames.Header = {"quotes": packing.pack_quotes(extract_quotes(content))}
                text = b""
            else:
                reply, text = _packed(from_fragment(content, url=url))
        except Exception as error:  # one article's fault, not its neighbours'
            reply, text = {"kind": type(error).__name__}, b""
        yield reply, text


def _article(header: frames.Header, body: bytes) -> Reply:
    """The article of a fetched page, and what stood in its place if none did."""
    from reader.extract import extract
    from reader.extract.walls import wall_of
    from reader.text import sniff

    page = sniff.sniff(body, name=header["name"], content_type=header["content_type"]) == sniff.Format.HTML
    source = sniff.decode(body, declared=header["content_type"]) if page else ""
    try:
        document = extract(body, name=header["name"], url=header["url"], content_type=header["content_type"])
    except SecnewsError:
        wall = wall_of(source, "")
        if not wall:
            raise
        yield {"wall": wall.value}, b""
        return
    reply, text = _packed(document)
    yield reply | {"wall": wall_of(source, document.text).value if page else ""}, text


def _opml(_header: frames.Header, body: bytes) -> Reply:
    """The feeds of a list (OPML), and what was left out of it and why."""
    from reader.feeds.opml import read_opml

    outline = read_opml(body)
    feeds = [[feed.url, feed.title, feed.section, feed.site_url] for feed in outline.feeds]
    for start in range(0, max(len(feeds), 1), CHUNK):
        yield {"title": outline.title, "feeds": feeds[start : start + CHUNK]}, b""
    yield {"refused": [[text, reason] for text, reason in outline.refused]}, b""


def _picture(header: frames.Header, body: bytes) -> Reply:
    """The pixels of an image."""
    from reader.extract.pictures import read_picture

    red, green, blue = header["ground"]
    found = read_picture(body, width=header["width"], height=header["height"], ground=(red, green, blue))
    yield {"size": [found.width, found.height], "original": list(found.original)}, found.content


JOBS: dict[str, Callable[[frames.Header, bytes], Reply]] = {
    "feed": _feed,
    "any": _any,
    "derive": _derive,
    "article": _article,
    "opml": _opml,
    "picture": _picture,
}


def _maybe_parsed(header: frames.Header, body: bytes) -> list[tuple[frames.Header, bytes]] | None:
    """A feed that somebody wrapped into a page; None if what looked like one is none, or holds nothing."""
    from reader.errors import FeedError

    try:
        replies = list(_parsed(header, body))
    except FeedError:
        return None
    return replies if len(replies) > 1 else None


def _parsed(header: frames.Header, body: bytes) -> Reply:
    from reader.feeds import parse_feed
    from reader.service.summaries import summary_line

    feed = parse_feed(body, url=header["url"], content_type=header["content_type"])
    entries = feed.entries[: header["limit"]]
    yield (
        {
            "format": "feed",
            "feed": [feed.format, feed.title, feed.link, feed.language, list(feed.warnings)],
            "polling": packing.pack_polling(feed.polling),
            "entries": len(feed.entries),
        },
        b"",
    )
    for start in range(0, len(entries), CHUNK):
        rows: list[Any] = []
        contents: list[bytes] = []
        for entry in entries[start : start + CHUNK]:
            content = (entry.content_html or (entry.summary if header["plain"] else "")).encode("utf-8", "replace")
            row = packing.pack_entry(entry)
            if header["plain"]:
                row[6] = summary_line(entry.summary or entry.content_html)
            rows.append([len(content), row])
            contents.append(content)
        yield {"rows": rows}, b"".join(contents)


def _feeds_of(header: frames.Header, body: bytes) -> list[list[str]]:
    from reader.feeds.autodiscovery import find_feeds
    from reader.text import sniff

    html = sniff.decode(body, declared=header["content_type"])
    return [[address, title] for address, title in find_feeds(html, url=header["url"])]


def _extracted(header: frames.Header, body: bytes) -> Reply:
    """Every article of the bytes: one, or the messages of a mailbox."""
    from reader.extract import extract_all

    yield from map(
        _packed, extract_all(body, name=header["name"], url=header["url"], content_type=header["content_type"])
    )


def _packed(document: Document) -> tuple[frames.Header, bytes]:
    """A document and its quotes; the text goes as bytes beside the header."""
    from reader.quotes import extract_quotes

    quotes = packing.pack_quotes(extract_quotes(document.text))
    return {"document": packing.pack_document(document), "quotes": quotes}, document.text.encode("utf-8", "replace")


# --- pipes ------------------------------------------------------------------------------------------------


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, out of reach of anything that reads standard input or prints."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    return requests, replies


def _receive(requests: BinaryIO) -> tuple[frames.Header, bytes] | None:
    prefix = requests.read(frames.LENGTHS.size)
    if len(prefix) < frames.LENGTHS.size:
        return None
    header, blob = frames.lengths(prefix)
    return frames.unpack(requests.read(header)), requests.read(blob)


def _send(replies: BinaryIO, header: frames.Header, blob: bytes = b"") -> None:
    replies.write(frames.pack(header, blob))
    replies.flush()


if __name__ == "__main__":
    main()
