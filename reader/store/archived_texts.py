"""The layout of texts as plain values for an archive: blocks, links and images by their offsets."""

from __future__ import annotations

from typing import Any

from reader.model import Block, BlockType, Document, Link, Media

Layout = dict[str, Any]
_KINDS = frozenset(kind.value for kind in BlockType)


def layout_of(document: Document) -> Layout:
    """The layout of a document whose offsets fit its text; what does not is left out."""
    return fitting(
        {
            "blocks": [[block.start, block.end, block.type.value, block.level] for block in document.blocks],
            "links": [[link.start, link.end, link.url] for link in document.links],
            "images": [[i.url, i.type, i.length, *([i.alt] if i.alt else [])] for i in document.images],
        },
        len(document.text),
    )


def fitting(layout: Layout, length: int) -> Layout:
    """What of a layout fits a text of so many characters: a text that was damaged has none, and can still be kept."""
    blocks, place = [], 0
    for start, end, kind, level in layout.get("blocks", ()):
        if place <= start <= end <= length and kind in _KINDS:
            blocks.append([start, end, kind, level])
            place = end
    links = [link for link in layout.get("links", ()) if 0 <= link[0] < link[1] <= length]
    return {"blocks": blocks, "links": links, "images": layout.get("images", [])}


def document_of(text: str, layout: Layout) -> Document:
    """The document that `layout_of` was made of."""
    return Document(
        text=text,
        blocks=tuple(Block(start, end, BlockType(kind), level) for start, end, kind, level in layout["blocks"]),
        links=tuple(Link(start, end, url) for start, end, url in layout["links"]),
        images=tuple(Media(*item) for item in layout["images"]),
    )
