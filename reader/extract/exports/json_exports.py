"""Exports in JSON: Firefox, wallabag, Omnivore, Readability, elCurator, told apart by their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reader.errors import ExtractError
from reader.extract.exports.collecting import Collector, flag, string
from reader.extract.exports.records import Export

Entry = dict[str, Any]


def read_json(value: Any) -> Export | None:
    """The export that a JSON value is; None if it is none of the formats known."""
    if isinstance(value, dict):
        if "children" in value and (string(value.get("type")).startswith("text/x-moz-place") or "guid" in value):
            return _firefox(value)
        if isinstance(value.get("bookmarks"), list):
            return _all(Collector("readability", "Readability"), value["bookmarks"], _readability)
        return None
    if not isinstance(value, list):
        return None
    keys = {key for entry in value[:100] if isinstance(entry, dict) for key in entry}
    for wanted, format_, name, take in _LISTS:
        if wanted <= keys:
            return _all(Collector(format_, name), value, take)
    return None


def _all(found: Collector, entries: list[Any], take: Callable[[Collector, Entry], None]) -> Export:
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, dict):
            take(found, entry)
        else:
            found.refuse(f"entry {number}", "it is not an article")
    return found.done()


# --- lists -----------------------------------------------------------------------------------------------------------


def _wallabag(found: Collector, entry: Entry) -> None:
    """https://doc.wallabag.org: version 2 writes annotations, `published_by` and whole texts."""
    authors = entry.get("published_by")
    annotations = [item for item in _list(entry.get("annotations")) if isinstance(item, dict)]
    content = string(entry.get("content"))
    found.take(
        entry.get("url") or entry.get("given_url"),
        title=_titled(entry.get("title")),
        author=", ".join(map(string, _list(authors))) if isinstance(authors, list) else authors,
        content="" if "wallabag can't retrieve contents for this article" in content[:500] else content,
        language=entry.get("language"),
        published=entry.get("published_at"),
        added=entry.get("created_at"),
        tags=entry.get("tags"),
        read=flag(entry.get("is_archived")),
        starred=flag(entry.get("is_starred")),
        private=False,
        notes=[item.get("text") for item in annotations],
        highlights=[item.get("quote") for item in annotations],
    )


def _titled(stated: Any) -> str:
    """A title; what these programs write where they found none is none."""
    title = string(stated)
    return "" if title.lower() == "no title found" else title


def _omnivore(found: Collector, entry: Entry) -> None:
    highlights = [item for item in _list(entry.get("highlights")) if isinstance(item, dict)]
    found.take(
        entry.get("url"),
        title=entry.get("title"),
        author=entry.get("author"),
        summary=entry.get("description"),
        content=entry.get("content"),
        published=entry.get("publishedAt"),
        added=entry.get("savedAt"),
        tags=entry.get("labels"),
        read=string(entry.get("state")).lower() == "archived",
        notes=[item.get("annotation") for item in highlights],
        highlights=[item.get("quote") for item in highlights],
    )


def _readability(found: Collector, entry: Entry) -> None:
    found.take(
        entry.get("article__url"),
        title=_titled(entry.get("article__title")),
        summary=entry.get("article__excerpt"),
        added=entry.get("date_added"),
        read=flag(entry.get("archive")),
        starred=flag(entry.get("favorite")),
    )


def _elcurator(found: Collector, entry: Entry) -> None:
    found.take(
        entry.get("url"),
        title=entry.get("title"),
        summary=entry.get("description"),
        added=entry.get("created_at"),
        tags=entry.get("tags"),
        starred=flag(entry.get("is_saved")),
    )


_LISTS: tuple[tuple[set[str], str, str, Callable[[Collector, Entry], None]], ...] = (
    ({"url", "is_archived"}, "wallabag", "wallabag", _wallabag),
    ({"url", "savedAt"}, "omnivore", "Omnivore", _omnivore),
    ({"url", "is_saved"}, "elcurator", "elCurator", _elcurator),
    ({"article__url"}, "readability", "Readability", _readability),
)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# --- Firefox ---------------------------------------------------------------------------------------------------------


def _firefox(root: Entry) -> Export:
    """The backup of places: a tree of folders. Folders become tags; the tags folder of old versions names tags."""
    found = Collector("firefox", "Firefox bookmarks")
    places = list(_places(root))
    named: dict[str, list[str]] = {}
    for place, folders, tags in places:
        if tags and folders:
            named.setdefault(string(place.get("uri")), []).append(folders[-1])
    for place, folders, tags in places:
        if tags:
            continue
        uri = string(place.get("uri"))
        if uri.startswith("place:"):
            continue  # a saved search of the browser, not a page
        own = [tag for tag in string(place.get("tags")).split(",") if tag.strip()]
        annotations = [item for item in _list(place.get("annos")) if isinstance(item, dict)]
        described = (a.get("value") for a in annotations if a.get("name") == "bookmarkProperties/description")
        found.take(
            uri,
            title=place.get("title"),
            summary=next(described, ""),
            added=place.get("dateAdded"),
            tags=[*own, *named.get(uri, ()), *folders],
        )
    return found.done()


def _places(root: Entry) -> Iterator[tuple[Entry, tuple[str, ...], bool]]:
    """Every bookmark in order, the folders of the reader's own around it, and whether it only assigns a tag."""
    waiting: list[tuple[Any, tuple[str, ...], bool]] = [(root, (), False)]
    while waiting:
        node, folders, tags = waiting.pop()
        if not isinstance(node, dict):
            continue
        if "uri" in node:
            yield node, folders, tags
            continue
        if "children" in node:
            if not isinstance(node["children"], list):
                raise ExtractError(
                    "The bookmarks are damaged: a folder holds something else than a list; make a new backup."
                )
            tags = tags or node.get("root") == "tagsFolder"
            built_in = bool(node.get("root")) or string(node.get("guid")).endswith("____")
            inner = folders if built_in or not string(node.get("title")) else (*folders, string(node.get("title")))
            waiting.extend((child, inner, tags) for child in reversed(node["children"]))
