"""The body of an article as (X)HTML: what the text says, escaped, with nothing in it that loads or runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import quote as percent

from reader.model import Block, BlockType, Document
from reader.service.serial import address
from reader.text.addresses import is_web

_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def body(document: Document) -> list[str]:
    """The blocks as elements, well-formed as XML too; headings begin at level 2."""
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
        shown.append(_element(document, block))
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


def _element(source: Document, block: Block) -> str:
    inline = _linked(source, block)
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


def _linked(source: Document, block: Block) -> str:
    pieces: list[str] = []
    place = block.start
    for found in source.links:
        if place <= found.start and found.end <= block.end and is_web(found.url):
            pieces += [
                escape(source.text[place : found.start]),
                link(found.url, source.text[found.start : found.end]),
            ]
            place = found.end
    pieces.append(escape(source.text[place : block.end].rstrip("\n")))
    return "".join(pieces)
