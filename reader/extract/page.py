"""HTML pages, fetched or saved, → documents."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from reader.errors import ExtractError
from reader.extract.main_content import main_content
from reader.extract.page_metadata import PageMetadata, page_metadata
from reader.extract.selection import block_texts, keep
from reader.extract.tails import without_tail
from reader.model import BlockType, Document
from reader.text.clean import clean_line
from reader.text.html import flow
from reader.text.html_parse import bounded, parse, strip_tags

MAX_SOURCE = 16 * 2**20  # characters as given, with embedded images, styles and scripts
MAX_MARKUP = 6 * 2**20  # characters without them

# Written without IGNORECASE: so each search skips to the next "<" (three times as fast).
_BALLAST = re.compile(r"<(?:[sS][tT][yY][lL][eE]|[sS][cC][rR][iI][pP][tT]|[sS][vV][gG])\b")
_LINKED_DATA = re.compile(r"[^<>]{0,500}ld\+json", re.IGNORECASE)
_ENDS = {
    "st": re.compile(r"</[sS][tT][yY][lL][eE]\s*>"),
    "sc": re.compile(r"</[sS][cC][rR][iI][pP][tT]\s*>"),
    "sv": re.compile(r"</[sS][vV][gG]\s*>"),
}
_STRIPPED = ("script", "style", "svg", "template", "iframe", "link", "nav", "select", "button", "input", "textarea")


def read_page(source: str, *, url: str = "", shown: str = "the page") -> Document:
    """Return the article of an HTML page: its main content and what the page says about it.

    `url` is where it was fetched from ("" for a local file), `shown` how to name it in an error. Raises ExtractError
    if it is too large or holds no readable text.
    """
    if len(source) > MAX_SOURCE:
        raise ExtractError(f"{shown} is too large for an article: the limit is {MAX_SOURCE // 2**20} MiB.")
    markup = bounded(without_ballast(source))
    if len(markup) > MAX_MARKUP:
        raise ExtractError(f"{shown} is too large for an article: the limit is {MAX_MARKUP // 2**20} MiB of text.")
    tree = parse(markup, lookup=_elements(), is_bounded=True)
    if tree is None:  # nested too deeply for a tree; its words are still worth having
        document, found = flow(strip_tags(markup)), PageMetadata(url=url)
    else:
        found = page_metadata(tree, source, url=url)
        document = _content(tree, found, len(markup))
    document = without_title(keep(document, without_tail(block_texts(document))), found.title)
    if not document.text:
        raise ExtractError(f"{shown} has no readable text: it may need a browser, or be only pictures.")
    return replace(
        document,
        title=found.title,
        author=found.author,
        section=found.section,
        summary=found.summary,
        url=found.url,
        language=found.language,
        published=found.published,
        updated=found.updated,
        tags=found.tags,
    )


def _elements() -> Any:
    """What trafilatura asks of elements, without lxml's look at each tag (for forms and the like: 1 ms a page)."""
    from lxml.etree import ElementDefaultClassLookup
    from lxml.html import HtmlElement

    return ElementDefaultClassLookup(element=HtmlElement)


def without_ballast(source: str) -> str:
    """Return `source` without styles, drawings and scripts other than JSON-LD, unclosed ones to the end. Linear."""
    kept: list[str] = []
    position = 0
    while opening := _BALLAST.search(source, position):
        kind = opening[0][1:3].lower()
        if kind == "sc" and _LINKED_DATA.match(source, opening.end()):
            kept.append(source[position : opening.end()])
            position = opening.end()
            continue
        kept.append(source[position : opening.start()])
        closing = _ENDS[kind].search(source, opening.end())
        position = closing.end() if closing else len(source)
    kept.append(source[position:])
    return "".join(kept)


def _content(tree: Any, found: PageMetadata, size: int) -> Document:
    from lxml import etree

    etree.strip_elements(tree, *_STRIPPED, with_tail=False)
    document = main_content(tree, base_url=found.base_url, size=size)
    if len(found.body) > 2 * len(document.text) + 250:  # a page drawn by scripts: the text is only in its JSON-LD
        stated = flow(found.body, base_url=found.base_url)
        if len(stated.text) > len(document.text):
            return replace(stated, images=document.images)
    return document


def without_title(document: Document, title: str) -> Document:
    """Return `document` without a first heading (or paragraph) that repeats the title: it is not part of the text."""
    if not title or len(document.blocks) < 2:
        return document
    wanted = _bare(title)
    for index, block in enumerate(document.blocks[:3]):
        words = _bare(document.text[block.start : block.end])
        if words == wanted and (block.type is BlockType.HEADING or index == 0):
            return keep(document, [i for i in range(len(document.blocks)) if i != index])
    return document


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", clean_line(text)).casefold()
