"""The images of a saved article: fetched within bounds, known by their bytes, never decoded."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from reader.errors import SourceError
from reader.model import ImageRecord
from reader.sources.http import IMAGE_ACCEPT, IMAGE_CAP, Client
from reader.text.addresses import is_web

MOST = 24  # images of one article
ROOM = 12 << 20  # bytes of all of them
LONGEST = 60.0  # seconds for all of them

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"ftypavif", 4, "image/avif"),
)


def image_type(content: bytes) -> str:
    """The type of an image by its first bytes; "" for anything else, also for SVG, which is a program."""
    return next((kind for magic, place, kind in _MAGIC if content.startswith(magic, place)), "")


async def fetch_images(client: Client, addresses: Iterable[str]) -> list[tuple[ImageRecord, bytes | None]]:
    """Fetch the images at these addresses, each once; one that is not kept says why. Never raises SourceError."""
    found: list[tuple[ImageRecord, bytes | None]] = []
    wanted = [url for url in dict.fromkeys(addresses) if is_web(url)]
    room = ROOM
    deadline = asyncio.get_running_loop().time() + LONGEST
    for number, url in enumerate(wanted):
        seconds = deadline - asyncio.get_running_loop().time()
        if number >= MOST or room <= 0 or seconds <= 0:
            found += [(ImageRecord(url, problem=_TOO_MANY), None) for url in wanted[number:][:MOST]]
            break
        record, content = await _fetch(client, url, min(IMAGE_CAP, room), seconds)
        room -= len(content or b"")
        found.append((record, content))
    return found


async def _fetch(client: Client, url: str, cap: int, seconds: float) -> tuple[ImageRecord, bytes | None]:
    try:
        async with asyncio.timeout(seconds):
            fetched = await client.fetch(url, cap=cap, accept=IMAGE_ACCEPT)
    except SourceError as error:
        return ImageRecord(url, problem=str(error)), None
    except TimeoutError:
        return ImageRecord(url, problem=_TOO_MANY), None
    kind = image_type(fetched.body)
    if not kind:
        return ImageRecord(url, problem="It is no image of a kind that is kept (PNG, JPEG, GIF, WebP, AVIF)."), None
    return ImageRecord(url, kind, size=len(fetched.body)), fetched.body


_TOO_MANY = f"It was left out: at most {MOST} images, {ROOM >> 20} MiB and {LONGEST:.0f} seconds an article."
