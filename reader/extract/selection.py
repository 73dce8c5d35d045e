"""Building a document from blocks of other documents, with every offset carried along."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.model import Block, Document, Link


def block_texts(document: Document) -> list[str]:
    """The words of each block."""
    return [document.text[block.start : block.end] for block in document.blocks]


def keep(document: Document, indices: Sequence[int]) -> Document:
    """Return `document` with only the blocks at `indices` (ascending) and their links; other fields unchanged."""
    if len(indices) == len(document.blocks):
        return document
    text, blocks, links = gather((document, index) for index in indices)
    return replace(document, text=text, blocks=blocks, links=links)


def gather(pieces: Iterable[tuple[Document, int]]) -> tuple[str, tuple[Block, ...], tuple[Link, ...]]:
    """Return the text, blocks and links of the given blocks (document, index of block) put one after the other."""
    parts: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    position = 0
    starts: dict[int, list[int]] = {}
    for document, index in pieces:
        block = document.blocks[index]
        if position:
            parts.append("\n\n")
            position += 2
        shift = position - block.start
        parts.append(document.text[block.start : block.end])
        blocks.append(Block(position, block.end + shift, block.type, block.level))
        key = id(document)
        if key not in starts:
            starts[key] = [link.start for link in document.links]
        number = bisect_left(starts[key], block.start)
        while number < len(document.links) and document.links[number].start < block.end:
            link = document.links[number]
            links.append(Link(link.start + shift, link.end + shift, link.url))
            number += 1
        position = block.end + shift
    return "".join(parts), tuple(blocks), tuple(links)
