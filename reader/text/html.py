"""HTML → canonical text: one plain text, and blocks, links and images as offsets into it.

This is the only place where HTML becomes text; nothing parses it again afterwards. What the walk writes:

- paragraphs, headings (level 1-6), quotes, list items, code and tables, one `Block` each, one blank line between two;
- a list item is one `LIST` block, `level` its depth from 1. The bullet is not in the text (front ends draw it, see
  `html_marks.marker`); the number of an ordered list is (`"3. Isolate the host"`), because people refer to it;
- inside a block, white space is one blank; `<br>` and paragraphs within one list item are a line break, two `<br>` a
  new block; code keeps its lines and indentation; a table row is one line, its cells joined by `" | "`;
- what a reader does not see is left out: scripts, styles, forms, hidden elements, embedded media;
- links are absolute http(s) addresses on at least one visible character, inside one block.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from reader.model import Document
from reader.text.clean import clean_line, clean_text
from reader.text.html_parse import is_markup, literal_unknown_tags, parse, strip_tags
from reader.text.html_writer import Writer

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n")
_SURROGATES = re.compile("[\ud800-\udfff]")


def flow(html_or_tree: Any, *, base_url: str = "") -> Document:
    """Return the text, blocks, links and images of an HTML fragment or page (`str`, `bytes` or an lxml element).

    Relative addresses are resolved against `base_url`. A string without any tag is plain text: its paragraphs are
    separated by blank lines, and `a < b` survives. Never raises, whatever the input; time is linear in its length.
    The title and other metadata of a page are not looked at (see `extract`).
    """
    writer = Writer()
    if isinstance(html_or_tree, (bytes, bytearray)):
        from reader.text.sniff import decode

        html_or_tree = decode(bytes(html_or_tree))
    if isinstance(html_or_tree, str):
        if not is_markup(html_or_tree):
            _write_plain(html_or_tree, writer)
            return writer.document()
        tree = parse(html_or_tree)
        if tree is None:  # too deep to be built as a tree: tags only separate paragraphs
            _write_plain(strip_tags(html_or_tree), writer)
            return writer.document()
    else:
        tree = html_or_tree
        if tree is None:
            return writer.document()
    from reader.text.html_walk import walk

    walk(tree, writer, base_url)
    return writer.document()


def plain(html: str, limit: int = 0) -> str:
    """Return an HTML fragment (a title, a summary) as one clean line, shortened to `limit` characters if positive.

    Only real HTML tags are taken for tags: `Vec<T>` and `x <y` keep their words.
    """
    if limit and len(html) > 1000 + 100 * limit:  # what follows cannot be seen
        html = html[: 1000 + 100 * limit]
    if "<" not in html:
        return clean_line(unescape(html) if "&" in html else html, limit)
    return clean_line(flow(literal_unknown_tags(html)).text, limit)


def _write_plain(text: str, writer: Writer) -> None:
    text = clean_text(unescape(_SURROGATES.sub("\ufffd", text)))
    for paragraph in _BLANK_LINES.split(text):
        writer.write(paragraph)
        writer.end_block()
