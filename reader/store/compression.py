"""Contents of articles as bytes that take little room: text, layout, and what the source gave.

zlib level 6, with three turns: the content as the source gave it has the text and its layout as a dictionary, so that
little more than its tags is left of it (1,500 → 210 bytes for an article of 5 KB); a layout says lengths and distances
instead of positions; and texts, tags and layouts, which are short, have dictionaries of what is usual in them.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reader.model import Block, BlockType, Document, Link, Media
from reader.store.dictionaries import LAYOUT, MARKUP, WORDS

_FLAT = b"\x01"  # a layout as `_flat` makes it, by LAYOUT; zlib's own streams begin with another byte


def text(plain: str) -> bytes:
    return _deflated(plain.encode("utf-8", "replace"), WORDS, 15)


def plain(packed: bytes) -> str:
    """The reverse of `text`, and of plain zlib. Raises zlib.error, as all functions here that read."""
    return _inflated(packed, WORDS, 15).decode("utf-8", "replace")


def layout(document: Document) -> bytes:
    """Blocks, links and images of a document; addresses must be clean."""
    return _FLAT + _deflated(_flat(document), LAYOUT, -15)


def places(packed: bytes) -> tuple[tuple[Block, ...], tuple[Link, ...], tuple[Media, ...]]:
    """Blocks, links and images of a layout, in whichever form it was stored."""
    if packed[:1] == _FLAT:
        found = json.loads(_inflated(packed[1:], LAYOUT, -15))
        return tuple(_blocks(found[0])), tuple(_links(found[1])), media(found[2])
    found = json.loads(zlib.decompress(packed))
    return (
        tuple(Block(start, end, BlockType(kind), level) for start, end, kind, level in found["blocks"]),
        tuple(Link(start, end, url) for start, end, url in found["links"]),
        media(found["images"]),
    )


def given(content: bytes, packed_text: bytes, packed_layout: bytes) -> bytes:
    """What a source gave, by the text and the layout that were made of it (as they are stored)."""
    return _deflated(content, _made_of_it(packed_text, packed_layout), 15)


def content(packed: bytes, packed_text: bytes, packed_layout: bytes) -> bytes:
    """The reverse of `given`; text and layout must be those that it was packed with."""
    return _inflated(packed, _made_of_it(packed_text, packed_layout), 15)


def picture(item: Media) -> list[Any]:
    """An image as values; the words that stand for it only where there are some, as older texts have three values."""
    return [item.url, item.type, item.length, *([item.alt] if item.alt else [])]


def media(rows: Iterable[Any]) -> tuple[Media, ...]:
    return tuple(Media(row) if isinstance(row, str) else Media(*row) for row in rows)


def _made_of_it(packed_text: bytes, packed_layout: bytes) -> bytes:
    if packed_layout[:1] == _FLAT:
        places = _inflated(packed_layout[1:], LAYOUT, -15)
    else:
        places = zlib.decompress(packed_layout)
    return MARKUP + places + _inflated(packed_text, WORDS, 15)


def _deflated(data: bytes, dictionary: bytes, window: int) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, window, zdict=dictionary)
    return packer.compress(data) + packer.flush()


def _inflated(data: bytes, dictionary: bytes, window: int) -> bytes:
    unpacker = zlib.decompressobj(window, zdict=dictionary)
    found = unpacker.decompress(data) + unpacker.flush()
    if not unpacker.eof:
        raise zlib.error("incomplete")
    return found


# --- layouts as lengths and distances --------------------------------------------------------------------------------


def _flat(document: Document) -> bytes:
    """JSON: blocks as one string ("574p,26h2": a gap of two characters goes without saying), links as a flat list of
    distance from the start before, length, address; an image that is only an address as that."""
    blocks, end = [], -_GAP
    for block in document.blocks:
        gap = "" if block.start - end == _GAP else f"{block.start - end}+"
        blocks.append(f"{gap}{block.end - block.start}{_LETTERS[block.type]}{block.level or ''}")
        end = block.end
    links: list[Any] = []
    start = 0
    for link in document.links:
        links += (link.start - start, link.end - link.start, link.url)
        start = link.start
    images = [item.url if item == Media(item.url) else picture(item) for item in document.images]
    return json.dumps([",".join(blocks), links, images], separators=(",", ":")).encode()


def _blocks(flat: str) -> Iterator[Block]:
    end = -_GAP
    for block in flat.split(",") if flat else ():
        parts = _BLOCK.fullmatch(block)
        if parts is None:
            raise ValueError(block)
        start = end + int(parts[1] or _GAP)
        end = start + int(parts[2])
        yield Block(start, end, _TYPES[parts[3]], int(parts[4] or 0))


def _links(flat: Sequence[Any]) -> Iterator[Link]:
    start = 0
    for distance, length, url in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
        start += distance
        yield Link(start, start + length, url)


_GAP = 2  # characters between blocks
_BLOCK = re.compile(r"(?:(-?\d+)\+)?(-?\d+)([a-z])(-?\d*)")
_LETTERS = {
    BlockType.PARAGRAPH: "p",
    BlockType.HEADING: "h",
    BlockType.QUOTE: "q",
    BlockType.LIST: "l",
    BlockType.CODE: "c",
    BlockType.TABLE: "t",
}
_TYPES = {letter: kind for kind, letter in _LETTERS.items()}
