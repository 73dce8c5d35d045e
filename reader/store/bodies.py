"""Texts, their layout and what the source gave: compressed (`store.compression`), apart from what lists read.

Content stands in `raw` as it came while a refresh waits for it. Once its text is there it goes to that text's row in
`body`, packed with the text as its dictionary; so whoever changes the text packs the content anew, and all of it goes
through `put`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from sqlite3 import Connection
from typing import Any

from reader.model import Document, Media
from reader.store import compression
from reader.store.faults import decoding
from reader.text.clean import clean_line, clean_text

MAX_MEDIA = 200  # of one article
MAX_ADDRESS = 8_192
MAX_ALT = 500  # characters of the words that stand for an image


def put(c: Connection, article_id: int, document: Document) -> None:
    """Store text and layout of an article in place of what was there; the search index is not touched."""
    document = clean(document)
    text, layout = compression.text(document.text), compression.layout(_addressed(document))
    content = raw(c, article_id)
    c.execute(
        "INSERT INTO body (article_id, text, layout, raw) VALUES (?, ?, ?, ?) ON CONFLICT (article_id) DO UPDATE"
        " SET text = excluded.text, layout = excluded.layout, raw = excluded.raw, stale = 0",
        (article_id, text, layout, compression.given(content, text, layout) if content else None),
    )
    c.execute("DELETE FROM raw WHERE id = ?", (article_id,))


def get(c: Connection, article_id: int) -> Document | None:
    """Text, blocks, links and images of an article; None if its text was never derived."""
    row = c.execute("SELECT text, layout FROM body WHERE article_id = ?", (article_id,)).fetchone()
    return None if row is None else unpacked(*row)


def packed(document: Document) -> tuple[bytes, bytes]:
    """Text and layout of a document as they are stored beside the body: of pages and of captures."""
    return compress(document.text), zlib.compress(_layout(document))


def unpacked(text: bytes, layout: bytes, *, title: str = "") -> Document:
    """The document of a stored text and its layout."""
    with decoding():
        blocks, links, images = compression.places(layout)
        return Document(text=compression.plain(text), blocks=blocks, links=links, images=images, title=title)


def text(c: Connection, article_id: int) -> str:
    """The canonical text of an article, "" if there is none."""
    row = c.execute("SELECT text FROM body WHERE article_id = ?", (article_id,)).fetchone()
    return decompress(row[0]) if row else ""


def put_raw(c: Connection, article_id: int, content: bytes) -> None:
    """Store the content as the source gave it."""
    c.execute("INSERT OR REPLACE INTO raw (id, content) VALUES (?, ?)", (article_id, as_given(content)))


def raw(c: Connection, article_id: int) -> bytes:
    """The content as the source gave it, b"" if there is none."""
    row = c.execute("SELECT content FROM raw WHERE id = ?", (article_id,)).fetchone()
    with decoding():
        if row is not None:
            content = bytes(row[0])
            return content[1:] if content[:1] == _AS_GIVEN else zlib.decompress(content)
        row = c.execute(
            "SELECT raw, text, layout FROM body WHERE article_id = ? AND raw IS NOT NULL", (article_id,)
        ).fetchone()
        return b"" if row is None else compression.content(*row)


def as_given(content: bytes) -> bytes:
    """Content as it is stored while a refresh waits for it; `compact_raw` makes it small afterwards."""
    return _AS_GIVEN + content


def compact_raw(c: Connection, article_id: int) -> None:
    """Put the content of an article whose text is there and of today beside that text, as small as it gets."""
    row = c.execute(
        "SELECT body.text, body.layout FROM raw JOIN body ON body.article_id = raw.id"
        " WHERE raw.id = ? AND NOT body.stale",
        (article_id,),
    ).fetchone()
    if row is not None:
        small = compression.given(raw(c, article_id), *row)
        c.execute("UPDATE body SET raw = ? WHERE article_id = ?", (small, article_id))
        c.execute("DELETE FROM raw WHERE id = ?", (article_id,))


_AS_GIVEN = b"\0"  # what follows is not compressed; zlib's streams begin with another byte


def clean(document: Document) -> Document:
    """The document as it may be stored. Extraction gives clean text; if it did not, no offset can be trusted."""
    cleaned = clean_text(document.text)
    if cleaned == document.text:
        return document
    return Document(
        text=cleaned,
        images=document.images,
        summary=document.summary,
        author=document.author,
        title=document.title,
    )


def compress(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "replace"), 6)


def decompress(data: bytes) -> str:
    with decoding():
        return compression.plain(data)


def pack_media(media: Iterable[Media]) -> list[list[Any]]:
    """JSON-ready; media without an address or with an absurd one are dropped."""
    return [compression.picture(item) for item in _kept(media)]


def unpack_media(rows: Sequence[Sequence[Any]]) -> tuple[Media, ...]:
    return compression.media(rows)


def _kept(media: Iterable[Media]) -> list[Media]:
    kept = [item for item in media if 0 < len(item.url) <= MAX_ADDRESS]
    return [
        Media(clean_text(item.url), clean_text(item.type)[:200], item.length, clean_line(item.alt, MAX_ALT))
        for item in kept[:MAX_MEDIA]
    ]


def _addressed(document: Document) -> Document:
    """The document with the addresses that may be stored."""
    links = tuple(replace(link, url=clean_text(link.url)) for link in document.links)
    return replace(document, links=links, images=tuple(_kept(document.images)))


def _layout(document: Document) -> bytes:
    document = _addressed(document)
    layout = {
        "blocks": [[block.start, block.end, block.type.value, block.level] for block in document.blocks],
        "links": [[link.start, link.end, link.url] for link in document.links],
        "images": [compression.picture(item) for item in document.images],
    }
    return json.dumps(layout, separators=(",", ":")).encode()
