"""Images as exports show them: known by their first bytes, measured without decoding them.

Sizes stand where the formats say: PNG (https://www.w3.org/TR/png/, 11.2.2), GIF89a (18), JPEG (T.81, B.2.2), WebP
(RFC 9649, 2.4–2.7).
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import NamedTuple

from reader.service.picturing import image_type

ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/avif": ".avif"}
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG's markers that a size follows
Size = tuple[int, int]


class Picture(NamedTuple):
    """An image of a saved article; `width` and `height` are 0 where the format does not tell them in a known place.

    `alt` are the words that stand for it in the page, "" if there are none.
    """

    url: str
    type: str
    content: bytes
    width: int = 0
    height: int = 0
    alt: str = ""

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    @property
    def data_uri(self) -> str:
        return f"data:{self.type};base64,{b64encode(self.content).decode('ascii')}"


def picture(url: str, content: bytes) -> Picture | None:
    """The image with its type and size; None for what no reader would show: another format, or cut off in its head."""
    kind = image_type(content)
    if kind == "image/avif":
        return Picture(url, kind, content)
    size = _MEASURED[kind](content) if kind in _MEASURED else None
    return Picture(url, kind, content, *size) if size and min(size) > 0 else None


def _png(content: bytes) -> Size | None:
    if len(content) < 33 or content[12:16] != b"IHDR":
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _gif(content: bytes) -> Size | None:
    if len(content) < 13:
        return None
    return int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")


def _jpeg(content: bytes) -> Size | None:
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:  # filling
            place += 1
        elif marker in _FRAMES:
            return int.from_bytes(content[place + 7 : place + 9]), int.from_bytes(content[place + 5 : place + 7])
        else:
            place += 2 + max(2, int.from_bytes(content[place + 2 : place + 4]))
    return None


def _webp(content: bytes) -> Size | None:
    if len(content) < 30 or not content.startswith(b"RIFF"):
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        return int.from_bytes(content[26:28], "little") & 0x3FFF, int.from_bytes(content[28:30], "little") & 0x3FFF
    return None


_MEASURED = {"image/png": _png, "image/gif": _gif, "image/jpeg": _jpeg, "image/webp": _webp}
