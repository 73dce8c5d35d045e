"""The starter page: what a reader needs to know to begin, in our own words."""

from __future__ import annotations

from reader.model import Block, BlockType, Document

TITLE = "Welcome to secnews"

_PARTS = (
    (BlockType.PARAGRAPH, "A reading room for security and fraud news. Nothing is fetched until you ask for it."),
    (BlockType.HEADING, "Begin"),
    (BlockType.LIST, "Choose feeds in the list: x chooses a feed or a whole section, a adds what is chosen."),
    (BlockType.LIST, "Or press a with nothing chosen and paste any address or path: a feed, a site, a file, a folder."),
    (
        BlockType.LIST,
        "g m opens Samples: half a dozen invented articles that show every kind of quote. g x removes them.",
    ),
    (BlockType.HEADING, "Read"),
    (BlockType.LIST, "j and k move, enter opens, space reads on to the next unread article, q goes back."),
    (BlockType.LIST, "[ and ] go from quote to quote. The letter in the margin says on whose behalf somebody speaks."),
    (BlockType.LIST, "s saves for offline, u takes back whatever you did last, / searches, ? shows every key."),
)


def document() -> Document:
    """The page as a document like any other."""
    text, blocks = "", []
    for kind, words in _PARTS:
        text += "\n\n" if text else ""
        blocks.append(Block(len(text), len(text) + len(words), kind, 2 if kind == BlockType.HEADING else 1))
        text += words
    return Document(text, tuple(blocks))
