"""Clippings: article files, as Obsidian's web clipper writes them, one by one or a folder of them.

They are read like every local file, in a child process. A clipping with an address is the article at that address; one
without is itself whatever its file is called.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from reader.errors import SourceError, UsageError
from reader.extract.front_matter import split_front_matter
from reader.model import Document, Draft, Origin
from reader.service import jobs
from reader.service.children import shared
from reader.service.decide import MAX_URL, short_digest, sort_date
from reader.service.importing_bookmarks import key_of
from reader.service.library import Library
from reader.sources import files
from reader.store.imports import STUB, Bookmark
from reader.text.addresses import is_web
from reader.text.clean import clean_line
from reader.text.dates import parse_date
from reader.text.sniff import decode

if TYPE_CHECKING:
    from reader.service.importing import ImportReport

BATCH = 32  # files
HEAD = 65_536  # bytes in which front matter stands
FORMAT, NAME = "clippings", "clippings"


def import_folder(library: Library, folder: str) -> ImportReport:
    """Import every article file below `folder` (sub-folders too, links outside not followed)."""
    from reader.service.importing import shown_path

    refused: list[tuple[str, str]] = []
    paths = []
    for found in files.scan(folder):
        if found.problem:
            refused.append((shown_path(os.path.relpath(found.path, folder)), found.problem))
        else:
            paths.append(found.path)
    return import_clippings(library, _contents(paths, folder, refused), refused)


def import_clippings(
    library: Library, contents: Iterable[tuple[str, bytes]], refused: list[tuple[str, str]] | None = None
) -> ImportReport:
    """Import article files given as (name, bytes). Raises UsageError if it is one and no article."""
    from reader.service.importing import put_bookmarks

    left_out = refused if refused is not None else []
    bookmarks = []
    pool = shared()
    waiting = iter(contents)
    with ThreadPoolExecutor(pool.size, "secnews-import") as threads:
        while batch := list(islice(waiting, BATCH)):  # so that not all files are in memory at once
            read = threads.map(lambda item: _read(item[0], item[1], library.now()), batch)
            for (name, _body), found in zip(batch, read, strict=True):
                if isinstance(found, str):
                    left_out.append((name, found))
                else:
                    bookmarks.append(found)
    if refused is None and not bookmarks:
        raise UsageError(f"{left_out[0][0]} holds nothing that can be imported: {left_out[0][1]}")
    return put_bookmarks(library, FORMAT, NAME, bookmarks, left_out)


def _contents(paths: list[str], folder: str, refused: list[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    from reader.service.importing import shown_path

    for path in paths:
        name = shown_path(os.path.relpath(path, folder))
        try:
            yield name, files.read(path)
        except SourceError as error:
            refused.append((name, str(error)))


def _read(name: str, body: bytes, now: datetime) -> Bookmark | str:
    """The article of a file, or why it has none."""
    try:
        read = jobs.read_any(body, name=PurePath(name).name)
    except SourceError as error:
        return str(error)
    if isinstance(read, jobs.ReadFeed):
        return "It is a feed; add it with `secnews add`."
    if read.document is None:
        return "It holds no article."
    document = read.document
    if not document.text and not is_web(document.url):
        return "It has neither text nor an address."
    title = document.title or clean_line(PurePath(name).stem, 200) or "Untitled"
    return Bookmark(_draft(replace(document, title=title), now), _clipped(body) or now)


def _draft(document: Document, now: datetime) -> Draft:
    url = document.url if is_web(document.url) and len(document.url) <= MAX_URL else ""
    content = short_digest(document.title, url, document.text)
    return Draft(
        key=key_of(url) if url else f"c{content}",
        digest=f"{'text.' if document.text else STUB}{content}",
        title=document.title,
        url=url,
        origin=Origin.FILE,
        sort_date=sort_date(document.published, document.updated, now),
        author=document.author,
        section=document.section,
        summary=document.summary,
        language=document.language,
        published=document.published,
        updated=document.updated,
        tags=document.tags,
        document=document,
    )


def _clipped(body: bytes) -> datetime | None:
    """When a clipping was made, as its front matter says."""
    values, _rest = split_front_matter(decode(body[:HEAD]).removeprefix("\ufeff").replace("\r\n", "\n"))
    stated = next((values[key][0] for key in ("created", "clipped") if values.get(key)), "")
    return parse_date(stated) if stated else None
