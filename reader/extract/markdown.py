"""Markdown files, as web clippers and note programs write them, → documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from reader.extract.autolink import autolink
from reader.extract.front_matter import split_front_matter
from reader.extract.page import without_title
from reader.model import BlockType, Document
from reader.text.addresses import is_web
from reader.text.clean import clean_line, clean_text
from reader.text.dates import parse_date
from reader.text.html import flow, plain

if TYPE_CHECKING:
    from datetime import datetime

MAX_RENDERED = 200_000  # characters; longer texts are read as plain text (the parser can need 20 s for 1 MB)
_WIKI_LINK = re.compile(r"(!?)\[\[([^\[\]\n]{1,400})\]\]")
_CALLOUT = re.compile(r"\A\[![\w-]{1,40}\][+-]?[^\S\n]*")
_COMMENT = re.compile(r"%%[^%]{0,10000}%%")
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]{1,2000})(?<=\S)==")
_BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]{1,60}$", re.MULTILINE)


def read_markdown(text: str) -> Document:
    """Return the article of a Markdown text with optional YAML front matter.

    Known keys (Obsidian's clipper and its kin): title, source/url, author, published/date/created, updated,
    description, tags, section, language. Without a title there, a first heading of level 1 is it. Wiki links become
    their words. Never raises: front matter that cannot be read stays in the text.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    values, body = split_front_matter(text)
    source = next(
        (v for key in ("source", "url", "link", "canonical", "permalink") for v in values.get(key, ()) if is_web(v)), ""
    )
    document = flow(_html(body), base_url=source)
    if not document.text and not document.images and body.strip():
        document = flow(escape(body, quote=False))  # nothing but marks, or nested deeper than the parser follows
    document = autolink(document)
    title = _line(values, ("title",), 300)
    if title:
        document = without_title(document, title)
    elif document.blocks and document.blocks[0].type is BlockType.HEADING and document.blocks[0].level == 1:
        title = clean_line(document.text[: document.blocks[0].end], 300)
        document = without_title(document, title)
    return replace(
        document,
        title=title,
        author=_names(values, ("author", "authors", "by", "creator")),
        section=_line(values, ("section",), 60),
        summary=_line(values, ("description", "summary", "excerpt"), 500),
        url=source,
        language=_line(values, ("language", "lang"), 20),
        published=_date(
            values, ("published", "date", "publish_date", "pubdate", "date published", "created", "clipped")
        ),
        updated=_date(values, ("updated", "modified", "lastmod", "last_modified")),
        tags=_tags(values),
    )


def _html(body: str) -> str:
    if len(body) > MAX_RENDERED:
        return escape(body, quote=False)
    try:
        return str(_renderer().render(body))
    except (RecursionError, IndexError, ValueError):  # whatever a stranger's text does to the parser, its words stay
        return escape(body, quote=False)


@cache
def _renderer() -> Any:
    from markdown_it import MarkdownIt  # 40 ms

    renderer = MarkdownIt("commonmark", {"html": True, "maxNesting": 30}).enable(["table", "strikethrough"])
    renderer.core.ruler.push("wiki", _plain_wiki)
    return renderer


def _plain_wiki(state: Any) -> None:
    """Core rule: what note programs add to Markdown becomes words (links, callouts, highlights, comments)."""
    for token in state.tokens:
        first = True
        for child in token.children or ():
            if child.type != "text":
                continue
            if first:
                child.content, callout = _CALLOUT.subn("", child.content)
                after = token.children[1:2]
                if callout and after and after[0].type == "softbreak":
                    after[0].type, after[0].tag = "hardbreak", "br"  # its title stands on a line of its own
            first = False
            content = _COMMENT.sub("", _WIKI_LINK.sub(_wiki_words, child.content))
            child.content = _BLOCK_ID.sub("", _HIGHLIGHT.sub(r"\1", content))


def _wiki_words(match: re.Match[str]) -> str:
    target, _, alias = match[2].partition("|")
    return "" if match[1] else (alias or target).strip()


def _value(text: str) -> str:
    return _WIKI_LINK.sub(_wiki_words, text)


def _first(values: dict[str, list[str]], keys: Iterable[str]) -> list[str]:
    return next((found for key in keys if (found := values.get(key))), [])


def _line(values: dict[str, list[str]], keys: tuple[str, ...], limit: int) -> str:
    found = _first(values, keys)
    return plain(_value(found[0]), limit) if found else ""


def _names(values: dict[str, list[str]], keys: tuple[str, ...]) -> str:
    names = [clean_line(_value(name), 200) for name in _first(values, keys)[:20]]
    return clean_line(", ".join(name for name in names if name and "://" not in name), 200)


def _date(values: dict[str, list[str]], keys: tuple[str, ...]) -> datetime | None:
    return next((date for key in keys for value in values.get(key, ()) if (date := parse_date(_value(value)))), None)


def _tags(values: dict[str, list[str]]) -> tuple[str, ...]:
    stated = _first(values, ("tags", "tag", "keywords"))
    words = stated if len(stated) > 1 else re.split(r"[,;]|\s+(?=#)", clean_text(stated[0])) if stated else []
    tags = (clean_line(_value(word).strip().lstrip("#"), 60) for word in words)
    return tuple(dict.fromkeys(tag for tag in tags if tag))[:50]
