"""Texts and their layout: compressed, apart from what lists read.

Compressing with zlib level 6 takes some 70 µs an article, halves the file or better, and reading back takes 20 µs
(docs/store.md has the figures).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import Any

from reader.model import Block, BlockType, Document, Link, Media
from reader.store.faults import decoding
from reader.text.clean import clean_line, clean_text

MAX_MEDIA = 200  # of one article
MAX_ADDRESS = 8_192
MAX_ALT = 500  # characters of the words that stand for an image


def put(c: Connection, article_id: int, document: Document) -> None:
    """Store text and layout of an article in place of what was there; the search index is not touched."""
    c.execute(
        "INSERT INTO body (article_id, text, layout) VALUES (?, ?, ?)"
        " ON CONFLICT (article_id) DO UPDATE SET text = excluded.text, layout = excluded.layout, stale = 0",
        (article_id, *packed(clean(document))),
    )


def get(c: Connection, article_id: int) -> Document | None:
    """Text, blocks, links and images of an article; None if its text was never derived."""
    row = c.execute("SELECT text, layout FROM body WHERE article_id = ?", (article_id,)).fetchone()
    return None if row is None else unpacked(*row)


def packed(document: Document) -> tuple[bytes, bytes]:
    """Text and layout of a document as they are stored."""
    return compress(document.text), zlib.compress(_layout(document))


def unpacked(text: bytes, layout: bytes, *, title: str = "") -> Document:
    """The document of a stored text and its layout."""
    with decoding():
        places = json.loads(zlib.decompress(layout))
        return Document(
            text=decompress(text),
            blocks=tuple(Block(start, end, BlockType(kind), level) for start, end, kind, level in places["blocks"]),
            links=tuple(Link(start, end, url) for start, end, url in places["links"]),
            images=unpack_media(places["images"]),
            title=title,
        )


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
    if row is None:
        return b""
    with decoding():
        content = bytes(row[0])
        return content[1:] if content[:1] == _AS_GIVEN else zlib.decompress(content)


def as_given(content: bytes) -> bytes:
    """Content as it is stored while a refresh waits for it; `compact_raw` makes it small afterwards."""
    return _AS_GIVEN + content


def compact_raw(c: Connection, article_id: int) -> None:
    """Compress the content of an article that has been derived."""
    row = c.execute("SELECT content FROM raw WHERE id = ? AND substr(content, 1, 1) = x'00'", (article_id,)).fetchone()
    if row is not None:
        c.execute("UPDATE raw SET content = ? WHERE id = ?", (zlib.compress(row[0][1:], 6), article_id))


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
        return zlib.decompress(data).decode("utf-8", "replace")


def pack_media(media: Iterable[Media]) -> list[list[Any]]:
    """JSON-ready; media without an address or with an absurd one are dropped."""
    kept = [item for item in media if 0 < len(item.url) <= MAX_ADDRESS]
    return [[clean_text(item.url), clean_text(item.type)[:200], item.length, *_alt(item)] for item in kept[:MAX_MEDIA]]


def unpack_media(rows: Sequence[Sequence[Any]]) -> tuple[Media, ...]:
    return tuple(Media(*row) for row in rows)


def _alt(item: Media) -> list[str]:
    """The words that stand for an image: a fourth value only where there are some, as older texts have three."""
    return [clean_line(item.alt, MAX_ALT)] if item.alt else []


def _layout(document: Document) -> bytes:
    layout = {
        "blocks": [[block.start, block.end, block.type.value, block.level] for block in document.blocks],
        "links": [[link.start, link.end, clean_text(link.url)] for link in document.links],
        "images": pack_media(document.images),
    }
    return json.dumps(layout, separators=(",", ":")).encode()
