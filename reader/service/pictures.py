"""The images of an article for somebody who asks to see them: listed, and one at a time as pixels.

A saved image comes from the library and asks nobody. Any other is fetched under the rules of every fetch, with the
consent of the article's source and no other, and kept nowhere. Bytes are decoded in a child process.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from typing import NamedTuple

from reader.errors import SourceError, UsageError
from reader.extract.pictures import MISSING
from reader.model import Article, ImageRecord, Picture
from reader.service import jobs, saving
from reader.service.children import Stopped
from reader.service.clients import Clients
from reader.service.library import Library
from reader.service.picturing import fetch_images
from reader.sources.policy import consent
from reader.store import sources
from reader.text.addresses import is_web

TICK = 0.05  # seconds between looks at `cancel`


class Listed(NamedTuple):
    """An image of an article; `alt` are the words that stand for it, `saved` whether its bytes are in the library."""

    url: str
    alt: str
    saved: bool


def listed(library: Library, article: Article) -> list[Listed]:
    """The images of an article in their order, each once; then those that its feed encloses, then other saved ones."""
    saved = {image.url for image in saving.images(library, article.row.id)} if article.row.id > 0 else set()
    alts = {image.url: image.alt for image in article.document.images}
    enclosed = (media.url for media in article.enclosures if media.type.split("/")[0] == "image")
    urls = dict.fromkeys([*alts, *enclosed, *sorted(saved)])
    return [Listed(url, alts.get(url, ""), url in saved) for url in urls if is_web(url)]


def ready() -> None:
    """Raise UsageError, with what to install, if images cannot be decoded or drawn here."""
    if find_spec("PIL") is None or find_spec("textual_image") is None:
        raise UsageError(MISSING)


def content(
    library: Library, article: Article, url: str, *, offline: bool = False, cancel: threading.Event | None = None
) -> bytes:
    """The bytes of one image, from the library or fetched. Blocks; `cancel` stops it.

    Raises SourceError (a sentence: not to be had, no image, too large, cancelled), UsageError (nothing decodes here).
    """
    ready()
    kept = {image.url: image.content for image in saving.images(library, article.row.id)} if article.row.id > 0 else {}
    if url in kept:
        return kept[url]
    if offline:
        raise SourceError("This image is not saved, and secnews was started offline.")
    return asyncio.run(_fetched(library, article, url, cancel or threading.Event()))


def picture(
    body: bytes,
    *,
    width: int,
    height: int,
    ground: tuple[int, int, int] = (0, 0, 0),
    cancel: threading.Event | None = None,
) -> Picture:
    """The pixels of an image, made smaller to fit into `width` × `height`. Blocks. Raises SourceError."""
    try:
        return jobs.read_picture(body, width=width, height=height, ground=ground, cancel=cancel)
    except Stopped as error:
        raise SourceError(_CANCELLED) from error


async def _fetched(library: Library, article: Article, url: str, cancel: threading.Event) -> bytes:
    async with Clients(library.config, clock=library.now) as clients:
        fetching = asyncio.create_task(fetch_images(clients.of(_consent(library, article)), [url]))
        try:
            while not fetching.done() and not cancel.is_set():
                await asyncio.wait([fetching], timeout=TICK)
            if not fetching.done():
                raise SourceError(_CANCELLED)
            return _content(fetching.result())
        finally:
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)


def _content(found: Sequence[tuple[ImageRecord, bytes | None]]) -> bytes:
    if not found:
        raise SourceError("The image has no web address.")
    record, content = found[0]
    if content is None:
        raise SourceError(record.problem)
    return content


def _consent(library: Library, article: Article) -> str:
    """What the article's source may reach; what was only opened by its address has the consent of whoever typed it."""
    if article.row.id < 0:
        return consent(article.source_url) if is_web(article.source_url) else ""
    with library.database.read() as c:
        source = sources.get(c, article.row.source_id)
    return source.consent if source is not None else ""


_CANCELLED = "The image was not fetched: that was cancelled."
