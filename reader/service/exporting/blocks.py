"""The body of an article as (X)HTML: what the text says, escaped, with nothing in it that loads or runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import quote as percent

from reader.model import Block, BlockType, Document, Link
from reader.service.exporting.marking import Mark, pieces
from reader.service.serial import address
from reader.text.addresses import is_web

_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def body(document: Document, marks: Sequence[Mark] = ()) -> list[str]:
    """The blocks as elements, well-formed as XML too; headings begin at level 2. `marks` are `<mark>` elements."""
    shown: list[str] = []
    depth = 0
    for block in blocks_of(document):
        wanted = min(max(block.level, 1), 10) if block.type is BlockType.LIST else 0
        while depth > wanted:
            shown.append("</li></ul>")
            depth -= 1
        if wanted and depth == wanted:
            shown.append("</li>")
        while depth < wanted:
            shown.append("<ul>" if depth + 1 == wanted else "<ul><li>")
            depth += 1
        shown.append(_element(document, block, marks))
    return shown + ["</li></ul>"] * depth


def blocks_of(document: Document) -> Sequence[Block]:
    """The blocks of a document; its paragraphs if it states none."""
    return document.blocks or [
        Block(match.start(), match.end(), BlockType.PARAGRAPH) for match in re.finditer(r"(?:.+\n?)+", document.text)
    ]


def link(url: str, words: str = "") -> str:
    """An `<a>` to a web address (user-info masked), just the text of anything else."""
    shown = escape(words or address(url))
    if not is_web(url):
        return shown
    return f'<a href="{escape(uri(address(url)))}" rel="noreferrer noopener">{shown}</a>'


def uri(url: str) -> str:
    """The address with everything percent-encoded that RFC 3986 does not allow in it."""
    head, mark, fragment = _LONE_PERCENT.sub("%25", url).partition("#")
    origin = re.match(r"https?://[^/?#]*", head, re.IGNORECASE)
    start = origin.end() if origin else 0
    host = percent(head[:start], safe="%:/@[].~-_!$&'()*+,;=")
    rest = percent(head[start:], safe="%/?:@!$&'()*+,;=~-._")
    return host + rest + (mark + percent(fragment, safe="%/?:@!$&'()*+,;=~-._") if mark else "")


def lines(inline: str) -> str:
    """Line breaks of the text as line breaks of the page."""
    return inline.replace("\n", "<br/>\n")


def _element(source: Document, block: Block, marks: Sequence[Mark]) -> str:
    inline = _inline(source, block, marks)
    if block.type is BlockType.HEADING:
        level = min(max(block.level, 1) + 1, 6)
        return f"<h{level}>{lines(inline)}</h{level}>"
    if block.type in (BlockType.CODE, BlockType.TABLE):
        return f"<pre>{inline}</pre>"
    if block.type is BlockType.QUOTE:
        return f"<blockquote><p>{lines(inline)}</p></blockquote>"
    if block.type is BlockType.LIST:
        return f"<li>{lines(inline)}"
    return f"<p>{lines(inline)}</p>"


def _inline(source: Document, block: Block, marks: Sequence[Mark]) -> str:
    """The text of a block; where marks and links overlap, both are cut, so that elements never do."""
    end = block.start + len(source.text[block.start : block.end].rstrip("\n"))
    links: list[Link] = []
    for found in source.links:
        if (links[-1].end if links else block.start) <= found.start and found.end <= end and is_web(found.url):
            links.append(found)
    shown, waiting = [], links[::-1]
    borders = [border for found in links for border in (found.start, found.end)]
    for start, stop, over in pieces(block.start, end, marks, borders):
        while waiting and waiting[-1].end <= start:
            waiting.pop()
        words = source.text[start:stop]
        linked = waiting and waiting[-1].start <= start
        piece = link(waiting[-1].url, words) if linked else escape(words)
        shown.append(_marked(piece, over))
    return "".join(shown)


def _marked(piece: str, over: Sequence[Mark]) -> str:
    if not over:
        return piece
    kinds = " ".join(dict.fromkeys(mark.kind for mark in over))
    title = " ".join("; ".join(dict.fromkeys(mark.title for mark in over)).split())
    return f'<mark class="{escape(kinds)}" title="{escape(title)}">{piece}</mark>'
