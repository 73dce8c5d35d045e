"""The marks that make blocks readable as plain lines; front ends draw them, the canonical text does not hold them."""

from __future__ import annotations

import re

from reader.model import Block, BlockType, Document

BULLET = "• "
_NUMBERED = re.compile(r"\d{1,9}[.)] ")


def marker(text: str, block: Block) -> str:
    """What to draw before a block: the bullet of a list item, indented by its level; "" before anything else.

    Items of an ordered list begin with their number in the text itself and are only indented.
    """
    if block.type is not BlockType.LIST:
        return ""
    indent = "  " * (block.level - 1)
    return indent if _NUMBERED.match(text, block.start, block.end) else indent + BULLET


def readable(document: Document) -> str:
    """The text of a document for a pipe or a plain terminal: lists as bulleted lines, everything else as it stands.

    Offsets of the document do not hold in the result. Line breaks inside an item are indented below its bullet.
    """
    text = document.text
    pieces: list[str] = []
    previous: Block | None = None
    for block in document.blocks:
        if previous is not None:
            tight = previous.type is block.type is BlockType.LIST
            pieces.append("\n" if tight else "\n\n")
        mark = marker(text, block)
        words = text[block.start : block.end]
        pieces.append(mark + (words.replace("\n", "\n" + " " * len(mark)) if mark else words))
        previous = block
    return "".join(pieces)
