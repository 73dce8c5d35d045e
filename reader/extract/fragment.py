"""The HTML of a feed entry → a document."""

from __future__ import annotations

from reader.extract.selection import block_texts, keep
from reader.extract.tails import without_tail
from reader.model import Document
from reader.text.html import flow


def from_fragment(html: str, *, url: str = "") -> Document:
    """Return the text of a feed entry without what the site's software appended to it.

    Tracking pixels, share bars, "The post … appeared first on …", calls to read on, subscribe or comment, and lists of
    related articles at the end go; an entry that holds nothing else stays as it is. `url` is the entry's address, for
    relative links. Never raises, whatever the input.
    """
    document = flow(html, base_url=url)
    return keep(document, without_tail(block_texts(document), interleaved=False))
