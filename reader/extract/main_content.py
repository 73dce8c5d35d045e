"""Finding the article in a page: trafilatura says which paragraphs, the page itself says how they read.

trafilatura's own text loses blanks between elements, list numbers and code lines. So its paragraphs only select blocks
of the page's canonical text (98 in 100 are found there word for word); the rest is taken as it gives it.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from reader.extract.selection import gather
from reader.model import Block, BlockType, Document, Media
from reader.text.addresses import join
from reader.text.html import flow
from reader.text.html_walk import walk
from reader.text.html_writer import Writer

MAX_PAGE = 1_000_000  # characters trafilatura gets: it needs more than linear time (2 MB of paragraphs: 10 s)
_ENOUGH = 250  # characters of text from which its choice is trusted
_LEAD = 400  # characters before the article in which its first picture may stand
_LOOK_AHEAD = 400  # blocks
_LONGEST_RUN = 200
_NUMBER = re.compile(r"\A\d{1,9}[.)]\s")
_NOT_WORD = re.compile(r"[\W_]+")

_TEI = {
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "lb": "br",
    "hi": "span",
    "del": "s",
}
_CONTAINERS = (
    "//*[@itemprop='articleBody']", "//article", "//main", "//*[@role='main']", "//body",
)  # fmt: skip
_AROUND = frozenset({"nav", "header", "footer", "aside", "menu", "dialog"})


def main_content(tree: Any, *, base_url: str, size: int) -> Document:
    """Return text, blocks, links and images of the article in a page.

    `tree` is the page's root element (an `lxml.html` one, not changed), `size` the length of its source in
    characters. Pages over `MAX_PAGE`, and pages in which trafilatura finds little, are read from their article, main
    or body element without navigation, headers and footers.
    """
    writer = Writer()
    walk(tree, writer, base_url, resolve=_later)
    page = writer.document()
    chosen = _chosen(tree, base_url) if size <= MAX_PAGE and page.text else None
    if chosen is not None and len(chosen.text) >= _ENOUGH:
        return _mapped(chosen, page, writer, base_url)
    container = _container(tree, base_url)
    if chosen is not None and len(container.text) < 2 * len(chosen.text):
        return _mapped(chosen, page, writer, base_url)
    return container if container.text else flow(tree, base_url=base_url)


def _chosen(tree: Any, base_url: str) -> Document | None:
    trafilatura = _library()
    found = trafilatura.bare_extraction(tree, url=base_url or None, fast=True, include_comments=False)
    body = getattr(found, "body", None)
    return None if body is None else _from_tei(body, base_url)


def _library() -> Any:
    import trafilatura  # 0.4 s

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what it discards is no news to a reader
    return trafilatura


def _from_tei(body: Any, base_url: str) -> Document:
    for element in body.iter():
        tag = element.tag
        if tag in _TEI:
            element.tag = _TEI[tag]
        elif tag == "head":
            level = element.get("rend") or ""
            element.tag = level if re.fullmatch("h[1-6]", level) else "h2"
        elif tag == "ref":
            element.tag = "a"
            element.set("href", element.get("target") or "")
        elif tag == "graphic":
            element.tag = "img"
    return flow(body, base_url=base_url)


def _mapped(chosen: Document, page: Document, writer: Writer, base_url: str) -> Document:
    """The blocks of the page that say what `chosen` says, in its order; its own block where the page has none."""
    keys = [_key(page, block) for block in page.blocks]
    places: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        places[key].append(index)
    used: list[int] = []

    def pieces() -> Iterator[tuple[Document, int]]:
        position = -1
        for index, block in enumerate(chosen.blocks):
            key = _key(chosen, block)
            found = places.get(key, []) if key else []
            number = bisect_right(found, position)
            if number < len(found) and (position < 0 or found[number] <= position + _LOOK_AHEAD):
                run = range(found[number], found[number] + 1)
            else:
                run = _run(key, keys, position + 1)
            if not run:
                yield chosen, index
                continue
            for place in run:
                used.append(place)
                yield page, place
            position = run[-1]

    text, blocks, links = gather(pieces())
    resolved = (replace(link, url=join(base_url, link.url)) for link in links)
    kept = tuple(link for link in resolved if link.url)
    return replace(page, text=text, blocks=blocks, links=kept, images=_images(page, used, writer, base_url))


def _run(key: str, keys: list[str], first: int) -> range:
    """The blocks, one after the other, that together say `key`: trafilatura joins what it does not understand."""
    if not key:
        return range(0)
    for start in range(first, min(first + _LOOK_AHEAD, len(keys))):
        length = 0
        for end in range(start, min(start + _LONGEST_RUN, len(keys))):
            if not key.startswith(keys[end], length):
                break
            length += len(keys[end])
            if length == len(key):
                return range(start, end + 1)
    return range(0)


def _key(document: Document, block: Block) -> str:
    """What a block says, whatever its white space, punctuation and (in a list) number."""
    words = document.text[block.start : block.end]
    if block.type is BlockType.LIST:
        words = _NUMBER.sub("", words)
    return _NOT_WORD.sub("", words)


def _later(_base: str, address: str) -> str:
    """Most addresses of a page are in its navigation: only those of the article are worth judging."""
    return address.strip()


def _images(page: Document, used: list[int], writer: Writer, base_url: str) -> tuple[Media, ...]:
    """The images between the first and the last block of the article."""
    if not used:
        return ()
    start, end = page.blocks[used[0]].start, page.blocks[used[-1]].end
    near = (image for image, place in writer.images.values() if start - _LEAD <= place <= end)
    return tuple(replace(image, url=url) for image in near if (url := join(base_url, image.url)))


def _container(tree: Any, base_url: str) -> Document:
    best = Document("")
    for path in _CONTAINERS:
        for element in tree.xpath(path)[:20]:
            document = flow(_without_surroundings(element), base_url=base_url)
            if _prose(document) > _prose(best):
                best = document
        if _prose(best) >= _ENOUGH:
            break
    return best


def _without_surroundings(element: Any) -> Any:
    from copy import deepcopy

    copied = deepcopy(element)
    copied.tail = None
    for inner in list(copied.iter(*_AROUND)):
        if inner is not copied and inner.getparent() is not None and not _holds_title(inner):
            inner.drop_tree()
    return copied


def _holds_title(element: Any) -> bool:
    return element.tag == "header" and next(element.iter("p"), None) is not None


def _prose(document: Document) -> int:
    return sum(b.end - b.start for b in document.blocks if b.type in (BlockType.PARAGRAPH, BlockType.QUOTE))
