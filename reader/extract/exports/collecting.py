"""From the loose values of an export to clean records: whatever a stranger's file puts where a title should be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from reader.extract.exports.records import (
    MAX_AUTHOR,
    MAX_CONTENT,
    MAX_ENTRIES,
    MAX_NOTE,
    MAX_NOTES,
    MAX_REFUSED,
    MAX_TAG,
    MAX_TAGS,
    MAX_TITLE,
    MAX_URL,
    Export,
    Exported,
)
from reader.text.addresses import join, mask
from reader.text.clean import clean_line, clean_text
from reader.text.dates import parse_date
from reader.text.html import plain

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,9})?")
_SCALES = (1, 1_000, 1_000_000)  # seconds, milliseconds, microseconds: the first that gives a year before 2200
_LATEST = 7_258_118_400
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(slots=True)
class Collector:
    """Takes entry after entry; what has no web address is listed with the reason."""

    format: str
    name: str
    entries: list[Exported] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def take(
        self,
        url: Any,
        *,
        title: Any = "",
        author: Any = "",
        summary: Any = "",
        content: Any = "",
        language: Any = "",
        published: Any = None,
        added: Any = None,
        tags: Any = (),
        read: bool = False,
        starred: bool = False,
        private: bool = False,
        notes: Iterable[Any] = (),
        highlights: Iterable[Any] = (),
    ) -> None:
        """One entry with values of any type: wrong types count as nothing stated."""
        stated = string(url)
        name = heading(title)
        web = join("", stated)
        if not web or len(web) > MAX_URL:
            self.refuse(name or mask(stated), _reason(stated))
            return
        if len(self.entries) >= MAX_ENTRIES:
            self.refuse("the rest of the file", f"it holds more than {MAX_ENTRIES:,} entries")
            return
        self.entries.append(
            Exported(
                url=web,
                title="" if name == web else name,
                author=clean_line(string(author), MAX_AUTHOR),
                summary=plain(string(summary)[:MAX_NOTE], 2_000),
                content_html=string(content)[:MAX_CONTENT],
                language=clean_line(string(language), 35),
                published=moment(published),
                added=moment(added),
                tags=tags_of(tags),
                read=read,
                starred=starred,
                private=private,
                notes=_texts(notes),
                highlights=_texts(highlights),
            )
        )

    def refuse(self, text: str, reason: str) -> None:
        """Note what is left out; the same line once, and a bounded number of them."""
        pair = (clean_line(text, 300) or "an entry without a name", reason)
        if len(self.refused) < MAX_REFUSED and pair not in self.refused[-1:]:
            self.refused.append(pair)

    def done(self) -> Export:
        return Export(self.format, self.name, tuple(self.entries), tuple(self.refused))


def string(value: Any) -> str:
    """The value if it is text, a number as text, else ""."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def heading(value: Any) -> str:
    """A title as one clean line; references such as `&amp;` are resolved, as some programs write them into data."""
    text = string(value)[: 8 * MAX_TITLE]
    if _REFERENCE.search(text):
        from html import unescape

        text = unescape(text)
    return clean_line(text, MAX_TITLE)


def flag(value: Any) -> bool:
    """`true`, `1`, `"1"`, `"yes"`, `"true"`; everything else is no."""
    return value is True or (isinstance(value, int | float | str) and str(value).strip().lower() in _YES)


_YES = frozenset(("1", "true", "yes", "y", "1.0"))


def moment(value: Any) -> datetime | None:
    """A time as exports write it: seconds, milliseconds or microseconds since 1970, or a date; None if it is none."""
    text = string(value)
    if not _NUMBER.fullmatch(text):
        return parse_date(text) if text else None
    number = float(text)
    for scale in _SCALES:
        if 0 < number / scale < _LATEST:
            return _EPOCH + timedelta(seconds=int(number / scale))
    return None


def tags_of(value: Any) -> tuple[str, ...]:
    """Tags from a list of strings (or of objects that name them) or from one string with commas or bars."""
    if isinstance(value, str):
        items: list[Any] = re.split(r"[,|]", value[:20_000])
    elif isinstance(value, list | tuple):
        items = list(value[:500])
    else:
        return ()
    names = (item.get("label") or item.get("name") or item.get("title") if isinstance(item, dict) else item
             for item in items)  # fmt: skip
    cleaned = (clean_line(string(name), MAX_TAG).strip("#").strip() for name in names)
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))[:MAX_TAGS]


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    found = (clean_text(string(value)[:MAX_NOTE]).strip() for value in values)
    return tuple(text for text in found if text)[:MAX_NOTES]


def _reason(stated: str) -> str:
    if not stated:
        return "it has no address"
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]{0,30}(?=:)", stated)
    if scheme and scheme[0].lower() not in ("http", "https"):
        return f"{scheme[0].lower()}: addresses are not read"
    return "its address is not a valid web address"
