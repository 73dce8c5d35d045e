"""Bookmarks in HTML: the Netscape format that every browser and bookmark service writes, and Pocket's list."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from reader.extract.exports.collecting import Collector, flag, tags_of
from reader.extract.exports.records import MAX_NOTE, Export

_NETSCAPE = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)*<!DOCTYPE\s+NETSCAPE-Bookmark-file-1", re.IGNORECASE | re.DOTALL)
_POCKET = re.compile(r"<title>\s*Pocket Export\s*</title>|<a\s[^>]{0,8000}\btime_added=", re.IGNORECASE)
PIECE = 2**16  # bytes
MAX_FOLDERS = 100  # levels; deeper ones count as the level above


def read_bookmarks(text: str) -> Export | None:
    """The bookmarks in `text`; None if it is neither of the two formats. Never raises."""
    head = text[:65_536].lstrip("\ufeff")
    if _NETSCAPE.match(head):
        reader: _Netscape = _Netscape(Collector("netscape", "bookmarks"))
    elif _POCKET.search(head):
        reader = _Pocket(Collector("pocket", "Pocket"))
    else:
        return None
    # libxml2 needs linear time on any bytes; the parser of the standard library does not.
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True)
    body = text.replace("\0", "").encode("utf-8", "replace")
    try:
        for start in range(0, len(body), PIECE):
            parser.feed(body[start : start + PIECE])
        parser.close()
    except (etree.LxmlError, ValueError):  # what was read before the damage stays
        reader.finish()
        reader.found.refuse("the rest of the file", "it is damaged")
    return reader.found.done()


class _Netscape:
    """`<DL>` is a folder named by the `<H3>` before it, `<DT><A>` a bookmark, `<DD>` its description."""

    def __init__(self, found: Collector) -> None:
        self.found = found
        self.heading = ""
        self._folders: list[str] = []
        self._next_folder = ""
        self._own = True  # whether the folder that comes is one of the reader's, not the browser's
        self._link: dict[str, str] | None = None
        self._title = ""
        self._note: list[str] | None = None
        self._words: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        values = dict(attributes)
        if tag in ("dt", "dl", "h1", "h3", "a", "li", "ul", "script"):
            self.finish()
        if tag == "a":
            self._link, self._words = values, []
        elif tag in ("h1", "h3"):
            self._own = not any(name.endswith("_folder") and flag(value) for name, value in values.items())
            self._words = []
        elif tag == "dl" and len(self._folders) < MAX_FOLDERS:
            self._folders.append(self._next_folder)
            self._next_folder = ""
        elif tag == "dd":
            self._note = []
        elif tag == "br" and self._note is not None:
            self._note.append("\n")

    def end(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            self._title = "".join(self._words)
            self._words = []
        elif tag == "h3":
            self._next_folder = "".join(self._words).strip() if self._own else ""
        elif tag == "h1":
            self.heading = "".join(self._words).strip()
        elif tag == "dl":
            self.finish()
            if self._folders:
                self._folders.pop()

    def data(self, data: str) -> None:
        if self._note is not None:
            self._note.append(data)
        else:
            self._words.append(data)

    def close(self) -> None:
        self.finish()

    def finish(self) -> None:
        """Hand over the bookmark that is complete now that something else begins."""
        link, note = self._link, "".join(self._note or ())[:MAX_NOTE].strip()
        self._link, self._note = None, None
        if link is None:
            return
        self.take(link, self._title or "".join(self._words), note)
        self._title = ""

    def take(self, link: dict[str, str], title: str, note: str) -> None:
        if link.get("href", "").startswith(("place:", "javascript:")) and "tags" not in link:
            if not link["href"].startswith("place:"):
                self.found.take(link["href"], title=title)
            return
        folders = [folder for folder in self._folders if folder]
        self.found.take(
            link.get("href"),
            title=title,
            summary=note,
            added=link.get("add_date"),
            tags=[*tags_of(link.get("tags") or link.get("labels") or ""), *folders],
            read=link.get("toread", "") in ("0",),
            private=flag(link.get("private")),
        )


class _Pocket(_Netscape):
    """Headings (`Unread`, `Read Archive`) above lists of links with `time_added` and `tags`."""

    def take(self, link: dict[str, str], title: str, note: str) -> None:
        self.found.take(
            link.get("href"),
            title=title,
            added=link.get("time_added"),
            tags=link.get("tags", ""),
            read="archive" in self.heading.lower(),
        )
