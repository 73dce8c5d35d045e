"""Exports in CSV: Pocket, Instapaper and Readwise Reader, told apart by the names of their columns."""

from __future__ import annotations

from reader.extract.exports.collecting import Collector, flag, string
from reader.extract.exports.loading import columns, rows
from reader.extract.exports.records import Export


def read_csv(text: str) -> Export | None:
    """The export that a CSV table is; None if its columns are none of those known."""
    names = columns(text)
    if {"url", "time_added", "status"} <= names:
        return _pocket(text)
    if {"url", "title", "selection", "folder"} <= names:
        return _instapaper(text)
    if {"title", "url", "location"} <= names and names & {"saved date", "document tags", "reading progress"}:
        return _readwise(text)
    return None


def _pocket(text: str) -> Export:
    """`title,url,time_added,tags,status`: tags with bars between them, status `unread` or `archive`."""
    found = Collector("pocket", "Pocket")
    for row in rows(text):
        found.take(
            row.get("url"),
            title=row.get("title"),
            added=row.get("time_added"),
            tags=row.get("tags"),
            read=string(row.get("status")).lower() in ("archive", "archived", "read"),
        )
    return found.done()


def _instapaper(text: str) -> Export:
    """`URL,Title,Selection,Folder[,Timestamp[,Tags]]`: the folder is a state or a folder of the reader's own."""
    found = Collector("instapaper", "Instapaper")
    for row in rows(text):
        folder = string(row.get("folder"))
        state = folder.lower()
        tags = [tag.strip(" \"'") for tag in string(row.get("tags")).strip("[]").split(",")]
        found.take(
            row.get("url"),
            title=row.get("title"),
            added=row.get("timestamp"),
            tags=[*tags, *(() if state in ("unread", "archive", "starred") else (folder,))],
            read=state == "archive",
            starred=state == "starred",
            highlights=(row.get("selection"),),
        )
    return found.done()


def _readwise(text: str) -> Export:
    """`Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen` (https://docs.readwise.io/reader)."""
    found = Collector("readwise", "Readwise Reader")
    for row in rows(text):
        location = string(row.get("location")).lower()
        tags = [tag.strip(" \"'") for tag in string(row.get("document tags")).strip("[]").split(",")]
        found.take(
            row.get("url"),
            title=row.get("title"),
            author=row.get("author"),
            summary=row.get("summary"),
            published=row.get("published date"),
            added=row.get("saved date"),
            tags=tags,
            read=location == "archive" or (location == "feed" and flag(row.get("seen"))),
            starred=location == "shortlist",
            notes=(row.get("document note"),),
        )
    return found.done()
