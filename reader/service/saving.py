"""Saved articles: what is kept of each, whether it is still what was kept, and what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from reader.errors import NotFoundError
from reader.model import Capture, CaptureKind, Document, PageInfo, SavedImage, View, Wanted
from reader.service.library import Library
from reader.store import captures, keeping, pages, views, wanted
from reader.text.addresses import is_web

NO_ADDRESS = "The article has no web address, so there is no page to fetch."


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is kept of a saved article. `state`: "complete" (its page is there), "queued" (its page is still to be
    fetched), "text" (there is no page to be had; `reason` says why)."""

    article_id: int
    state: str
    reason: str
    captures: tuple[Capture, ...]
    wanted: Wanted | None

    @property
    def newest(self) -> Capture | None:
        """The newest capture of the page, else of what the source gave."""
        of_page = [one for one in self.captures if one.kind is CaptureKind.PAGE]
        return (of_page or list(self.captures) or [None])[-1]  # type: ignore[list-item]  # None only if both are empty


@dataclass(frozen=True, slots=True)
class Verified:
    """What re-hashing found of one saved article; `faults` are sentences, () if everything is what was kept.

    `bytes`, `texts` and `images` count what was hashed.
    """

    article_id: int
    title: str
    bytes: int
    texts: int
    images: int
    faults: tuple[str, ...]


def evidence(library: Library, article_id: int) -> Evidence:
    """What is kept of an article."""
    with library.database.read() as c:
        kept, queued = captures.of_article(c, article_id), wanted.get(c, article_id)
    has_page = any(one.kind is CaptureKind.PAGE for one in kept)
    if has_page:
        return Evidence(article_id, "complete", "", tuple(kept), queued)
    if queued is None or queued.next_try is not None:
        reason = queued.reason if queued else "Its page is fetched by the next refresh."
        return Evidence(article_id, "queued", reason, tuple(kept), queued)
    return Evidence(article_id, "text", queued.reason, tuple(kept), queued)


def settle_without_address(library: Library, article_ids: Sequence[int]) -> list[int]:
    """Note of those articles that have no web address that there is no page to fetch; returns the others."""
    with library.database.write() as c:
        there = {row.id: row for row in views.rows(c, article_ids)}
        without = [one for one in article_ids if one in there and not is_web(there[one].url)]
        for article_id in without:
            wanted.failed(c, article_id, reason=NO_ADDRESS, next_try=None)
    return [one for one in article_ids if one in there and one not in without]


def images(library: Library, article_id: int) -> list[SavedImage]:
    """The images that are kept of an article: (address, type by its bytes, bytes). Reads nothing but the library."""
    with library.database.read() as c:
        return captures.saved_images(c, article_id)


def source_bytes(library: Library, capture_id: int) -> bytes:
    """The bytes of a capture as they were fetched. Raises NotFoundError."""
    with library.database.read() as c:
        found = captures.content(c, capture_id)
    if found is None:
        raise NotFoundError("The bytes of this page are not in the library.")
    return found


def text_of(library: Library, capture_id: int) -> Document:
    """The text of a capture. Raises NotFoundError."""
    with library.database.read() as c:
        found = captures.document(c, capture_id)
    if found is None:
        raise NotFoundError("There is no such revision in the library.")
    return found


def page_info(library: Library, article_id: int) -> PageInfo | None:
    """What is known of the article's web page; None if it was never fetched."""
    with library.database.read() as c:
        return pages.info(c, article_id)


def queued(library: Library) -> int:
    """How many saved articles still wait for their page."""
    with library.database.read() as c:
        return wanted.count_saved(c)


def next_try(library: Library) -> datetime | None:
    """When the page of a saved article is to be fetched next; None if none waits."""
    with library.database.read() as c:
        return wanted.next_try(c)


def verify(library: Library, article_ids: Sequence[int] | None = None) -> list[Verified]:
    """Hash again everything that is kept of saved articles (all, or these), and the text that is read of them, and say
    what is not what was kept.

    Some 3 ms for each megabyte.
    """
    ids = list(library.ids(View(saved=True))) if article_ids is None else list(article_ids)
    return [_verified(library, article_id) for article_id in ids]


def _verified(library: Library, article_id: int) -> Verified:
    faults: list[str] = []
    counted = {"bytes": 0, "texts": 0, "images": 0}
    with library.database.read() as c:
        rows = library.rows([article_id])
        for capture in captures.of_article(c, article_id):
            name = f"{capture.kind} {capture.revision}"
            if capture.sha256:
                counted["bytes"] += 1
                _compare(faults, f"the bytes of {name}", captures.content(c, capture.id), capture.sha256)
            counted["texts"] += 1
            _compare(faults, f"the text of {name}", captures.text_bytes(c, capture.id), capture.text_sha256)
            for record, content in captures.images(c, capture.id):
                if record.sha256:
                    counted["images"] += 1
                    _compare(faults, f"the image {record.url} of {name}", content, record.sha256)
        is_kept = keeping.text_is_kept(c, article_id)
        counted["texts"] += is_kept is not None
        if is_kept is False:
            faults.append("The text that is read is none of those that were kept.")
    return Verified(article_id, rows[0].title if rows else "", **counted, faults=tuple(faults))


def _compare(faults: list[str], what: str, content: bytes | None, wanted_hash: str) -> None:
    if content is None:
        faults.append(f"{what[0].upper()}{what[1:]} cannot be read any more.")
    elif sha256(content).hexdigest() != wanted_hash:
        faults.append(f"{what[0].upper()}{what[1:]} is not what was kept.")
