"""JSON Feed 1.0 and 1.1 (https://jsonfeed.org/version/1.1): strict about types, forgiving about the rest.

A value of the wrong type counts as absent and is told; nothing is coerced but numbers used as ids, which the
specification asks for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reader.errors import FeedError
from reader.feeds.assembly import assemble, markup_of_text
from reader.feeds.mending import without_controls
from reader.feeds.raw import RawEntry, RawFeed, RawMedia
from reader.model import Feed
from reader.text.clean import clean_line
from reader.text.sniff import decode

MAX_DIGITS = 18  # a longer integer stays text: converting 10,000 digits is what attackers want


def read_json(body: bytes, *, url: str) -> Feed:
    """Return the feed in a JSON document; raises `FeedError` if it is not JSON or not a feed."""
    document = _load(decode(body))
    if not isinstance(document, dict):
        raise FeedError("This is not a feed: it is JSON without a JSON Feed in it.")
    items = document.get("items")
    if not isinstance(items, list):
        raise FeedError("This is not a feed: its JSON has no list of items.")
    reader = _Reader()
    feed = RawFeed(
        title=reader.text(document, "title"),
        title_type="text/plain",
        link=reader.text(document, "home_page_url"),
        self_link=reader.text(document, "feed_url"),
        language=reader.text(document, "language"),
    )
    feed.entries = [reader.entry(item) for item in items if reader.is_object(item)]
    version = document.get("version")
    old = isinstance(version, str) and version.rstrip("/").endswith("/version/1")
    return assemble(feed, format_name="json10" if old else "json11", url=url, warnings=reader.warnings())


def _load(text: str) -> Any:
    try:
        return json.loads(text, parse_int=_integer, parse_constant=lambda _name: None)
    except RecursionError:
        raise FeedError("The JSON is nested too deeply to be a feed.") from None
    except ValueError as error:
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise FeedError(f"The feed cannot be read: damaged JSON{where}.") from None


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_DIGITS else digits


class _Reader:
    """Reads fields by type and remembers which were wrong."""

    def __init__(self) -> None:
        self.wrong: dict[str, int] = {}

    def warnings(self) -> list[str]:
        if not self.wrong:
            return []
        names = ", ".join(clean_line(name, 40) for name in list(self.wrong)[:5])
        return [f"Values of the wrong type were left out ({names})."]

    def is_object(self, item: Any) -> bool:
        return isinstance(item, dict) or self._mark("items")

    def text(self, item: dict[str, Any], name: str) -> str:
        value = item.get(name)
        if isinstance(value, str):
            return value
        if value is not None:
            self._mark(name)
        return ""

    def entry(self, item: dict[str, Any]) -> RawEntry:
        html, text = self.text(item, "content_html"), self.text(item, "content_text")
        raw = RawEntry(
            id=self._identity(item.get("id")),
            title=self.text(item, "title"),
            title_type="text/plain",
            link=self.text(item, "url") or self.text(item, "external_url"),
            published=self.text(item, "date_published"),
            updated=self.text(item, "date_modified"),
            summary=without_controls(self.text(item, "summary")),
            summary_type="text/plain",
        )
        content = without_controls(html) if html.strip() else markup_of_text(text)
        raw.contents = [("text/html", content, "")]
        raw.authors = list(self._authors(item))
        raw.author = raw.authors[-1] if raw.authors else ""
        raw.tags = [tag for tag in self._list(item, "tags") if isinstance(tag, str) or self._mark("tags")]
        raw.enclosures = list(self._attachments(item))
        return raw

    def _identity(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if value is not None:
            self._mark("id")
        return ""

    def _authors(self, item: dict[str, Any]) -> Iterator[str]:
        single = item.get("author")
        for author in [*self._list(item, "authors"), *([] if single is None else [single])]:
            if isinstance(author, dict):
                name = self.text(author, "name")
                if name:
                    yield name
            else:
                self._mark("authors")

    def _attachments(self, item: dict[str, Any]) -> Iterator[RawMedia]:
        for attachment in self._list(item, "attachments"):
            if isinstance(attachment, dict):
                size = attachment.get("size_in_bytes")
                length = str(size) if isinstance(size, (int, str)) and not isinstance(size, bool) else ""
                yield RawMedia(self.text(attachment, "url"), self.text(attachment, "mime_type"), length)
            else:
                self._mark("attachments")

    def _list(self, item: dict[str, Any], name: str) -> list[Any]:
        value = item.get(name)
        if isinstance(value, list):
            return value
        if value is not None:
            self._mark(name)
        return []

    def _mark(self, name: str) -> bool:
        self.wrong[name] = self.wrong.get(name, 0) + 1
        return False
