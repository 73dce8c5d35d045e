"""Walks an lxml tree without recursion and tells the writer what a reader would see."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from reader.model import BlockType, Media
from reader.text.addresses import join
from reader.text.clean import clean_line
from reader.text.html_parse import tag_set
from reader.text.html_tables import is_data_table
from reader.text.html_writer import Writer

MAX_ADDRESS = 8_192
MAX_ALT = 500  # characters of the words that stand for an image
_MAX_LIST_LEVEL = 6

_BLOCKS = tag_set(
    """address article aside body center dd details dialog dir div dl dt fieldset figcaption figure footer header
    hgroup hr html legend main menu nav ol p section summary ul table caption tbody thead tfoot tr td th
    blockquote li pre listing xmp plaintext h1 h2 h3 h4 h5 h6"""
)
_DROPPED = tag_set(
    """head title script style svg noscript template iframe object applet audio video canvas map area button
    input select textarea option optgroup datalist label progress meter frame frameset noframes noembed annotation
    annotation-xml colgroup col param link meta base"""
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Inside a data table everything is cell text, inside preformatted text everything is lines.
_HOLDING = frozenset({BlockType.TABLE, BlockType.CODE})
_PRE = frozenset({"pre", "listing", "xmp", "plaintext"})
_INLINE_DECORATION = frozenset({"a", "abbr", "b", "em", "i", "small", "span", "strong", "sup"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDDEN_CLASSES = tag_set(
    """sr-only screen-reader-text screen-reader visually-hidden visuallyhidden a11y-hidden assistive-text
    gutter linenos lineno line-numbers-rows"""
)
_EMOJI_CLASS = re.compile(r"emoji|smiley", re.IGNORECASE)
_SVG = re.compile(r"\.svgz?(?:[?#]|\Z)", re.IGNORECASE)
_LAZY_SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "data-orig-file")


Resolve = Callable[[str, str], str]


def walk(root: Any, writer: Writer, base_url: str = "", *, resolve: Resolve = join) -> None:
    """Write the visible content of the tree below `root` (and of `root` itself, not of what follows it).

    `resolve(base_url, href)` gives the address of a link or image, "" if it leads nowhere.
    """
    _Walk(root, writer, base_url, resolve).run()


class _Walk:
    def __init__(self, root: Any, writer: Writer, base_url: str, resolve: Resolve) -> None:
        self.root, self.writer, self.base, self.resolve = root, writer, base_url, resolve
        self.kinds: list[tuple[BlockType, int]] = [(BlockType.PARAGRAPH, 0)]
        self.lists: list[int | None] = []  # next number of each open list, None for bullets
        self.tables: list[bool] = []  # of each open table: does it hold data?
        self.forms = 0
        self.pre = 0

    def run(self) -> None:
        from lxml import etree

        events = etree.iterwalk(self.root, events=("start", "end", "comment", "pi"))
        skipping: Any = None  # an element whose content is left out still ends, and has a tail
        for event, element in events:
            if event == "start":
                tag = _name(element.tag)
                if self._is_dropped(tag, element):
                    events.skip_subtree()
                    skipping = element
                    self._around_dropped(tag)
                    continue
                self._open(tag, element)
                if element.text:
                    self._text(element.text)
                continue
            if event == "end":
                if element is skipping:
                    skipping = None
                else:
                    self._close(_name(element.tag))
            if element is not self.root and element.tail:
                self._text(element.tail)

    def _text(self, text: str) -> None:
        if self.writer.kind is BlockType.CODE:
            self.writer.write_code(text)
        elif text.isspace():
            self.writer.blank()
        else:
            self.writer.write(text)

    # --- what is not shown -----------------------------------------------------------------------------------------

    def _is_dropped(self, tag: str, element: Any) -> bool:
        if tag in _DROPPED:
            return True
        if tag == "form":
            return self.forms > 0 or next(element.iter("p", "article", "h1"), None) is None
        if not element.attrib or tag in ("html", "body"):
            return False
        get = element.get
        if get("hidden") is not None:
            return True
        if get("aria-hidden") == "true" and tag in _INLINE_DECORATION:
            return True
        style = get("style")
        if style and _HIDDEN_STYLE.search(style[:1000]):
            return True
        classes = get("class")
        return bool(classes) and not _HIDDEN_CLASSES.isdisjoint(classes[:1000].split())

    def _around_dropped(self, tag: str) -> None:
        if tag in _BLOCKS or tag in ("iframe", "video", "audio", "object", "form"):
            self._break()
        else:
            self.writer.write(" " if tag in ("button", "input", "select", "label") else "")

    # --- elements --------------------------------------------------------------------------------------------------

    def _open(self, tag: str, element: Any) -> None:
        if tag in _BLOCKS:
            self._open_block(tag, element)
        elif tag == "br":
            self.writer.break_line()
        elif tag == "a":
            href = element.get("href")
            if href and len(href) <= MAX_ADDRESS:
                url = self.resolve(self.base, href)
                if url:
                    self.writer.open_link(url)
        elif tag == "img":
            self._image(element)
        elif tag == "q":
            self._text("“")
        elif tag == "form":
            self.forms += 1

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._close_block(tag)
        elif tag == "a":
            self.writer.close_link()
        elif tag == "q":
            self._text("”")
        elif tag == "form":
            self.forms -= 1

    def _open_block(self, tag: str, element: Any) -> None:
        if tag in ("td", "th", "tr", "tbody", "thead", "tfoot") and self.tables and self.tables[-1]:
            if tag == "tr":
                self.writer.begin_row()
            return
        self._break()
        if tag in _HEADINGS:
            self._enter(BlockType.HEADING, _HEADINGS[tag])
        elif tag == "blockquote":
            self._enter(BlockType.QUOTE, 0)
        elif tag in _PRE:
            self.pre += 1
            self._enter(BlockType.CODE, 0)
        elif tag in ("ul", "ol", "dir", "menu"):
            self.lists.append(_first_number(element) if tag == "ol" else None)
        elif tag == "li":
            self._open_item(element)
        elif tag == "table":
            data = not self.pre and not (self.tables and self.tables[-1]) and is_data_table(element)
            self.tables.append(data)
            if data:
                self._enter(BlockType.TABLE, 0)

    def _close_block(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "tbody", "thead", "tfoot") and self.tables and self.tables[-1]:
            if tag in ("td", "th"):
                self.writer.end_cell()
            return
        self._break()
        if tag in _HEADINGS or tag == "blockquote":
            self._leave()
        elif tag in _PRE:
            self.pre -= 1
            self._leave()
        elif tag in ("ul", "ol", "dir", "menu"):
            if self.lists:
                self.lists.pop()
        elif tag == "li":
            self._leave()
            self.writer.prefix = ""
        elif tag == "table" and self.tables.pop():
            self._leave()

    def _open_item(self, element: Any) -> None:
        number = self.lists[-1] if self.lists else None
        if number is not None:
            value = _integer(element.get("value"))
            number = number if value is None else value
            self.lists[-1] = number + 1
        self._enter(BlockType.LIST, max(1, min(len(self.lists), _MAX_LIST_LEVEL)))
        if self.writer.kind is BlockType.LIST:
            self.writer.prefix = f"{number}. " if number is not None else ""

    def _enter(self, kind: BlockType, level: int) -> None:
        if self.kinds[-1][0] in _HOLDING:
            kind, level = self.kinds[-1]
        else:
            self.writer.end_block()
        self.kinds.append((kind, level))
        self.writer.kind, self.writer.level = kind, level

    def _leave(self) -> None:
        kind, _ = self.kinds.pop()
        if kind not in _HOLDING or self.kinds[-1][0] not in _HOLDING:
            self.writer.end_block()
        self.writer.kind, self.writer.level = self.kinds[-1]

    def _break(self) -> None:
        kind = self.writer.kind
        if kind is BlockType.TABLE:
            self.writer.write(" ")
        elif kind is BlockType.LIST:
            self.writer.soft_break()
        elif kind is BlockType.CODE:
            self.writer.end_code_line()
        else:
            self.writer.end_block()

    def _image(self, element: Any) -> None:
        alt = element.get("alt") or ""
        if 0 < len(alt) <= 16 and _EMOJI_CLASS.search((element.get("class") or "")[:200]):
            self._text(alt)
            return
        if _is_pixel(element):
            return
        for name in _LAZY_SOURCES:
            source = element.get(name)
            if source and len(source) <= MAX_ADDRESS:
                url = self.resolve(self.base, source)
                if url and not _SVG.search(url):
                    self.writer.add_image(Media(url, alt=clean_line(alt or element.get("title") or "", MAX_ALT)))
                    return


@lru_cache(maxsize=512)
def _name(tag: Any) -> str:
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2].lower() if "}" in tag else tag.lower()


def _is_pixel(element: Any) -> bool:
    """A tracking pixel: an image that says it is at most two pixels wide or high."""
    for name in ("width", "height"):
        size = _integer(element.get(name))
        if size is not None and 0 <= size <= 2:
            return True
    return False


def _integer(value: str | None) -> int | None:
    if not value or len(value) > 9:
        return None
    digits = value.strip().removesuffix("px")
    try:
        return int(digits) if digits.isascii() else None
    except ValueError:
        return None


def _first_number(element: Any) -> int:
    number = _integer(element.get("start"))
    return 1 if number is None else number
