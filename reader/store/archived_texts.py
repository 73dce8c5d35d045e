"""The layout of texts as plain values for an archive: blocks, links and images by their offsets."""

from __future__ import annotations

from typing import Any

from reader.model import Block, BlockType, Document, Link, Media

Layout = dict[str, Any]


def layout_of(document: Document) -> Layout:
    """The layout of a document as far as its offsets fit its text: one that was damaged can still be kept."""
    blocks, place, length = [], 0, len(document.text)
    for block in document.blocks:
        if place <= block.start <= block.end <= length:
            blocks.append([block.start, block.end, block.type.value, block.level])
            place = block.end
    links = [[link.start, link.end, link.url] for link in document.links if 0 <= link.start < link.end <= length]
    images = [[i.url, i.type, i.length, *([i.alt] if i.alt else [])] for i in document.images]
    return {"blocks": blocks, "links": links, "images": images}


def document_of(text: str, layout: Layout) -> Document:
    """The document that `layout_of` was made of."""
    return Document(
        text=text,
        blocks=tuple(Block(start, end, BlockType(kind), level) for start, end, kind, level in layout["blocks"]),
        links=tuple(Link(start, end, url) for start, end, url in layout["links"]),
        images=tuple(Media(*item) for item in layout["images"]),
    )
