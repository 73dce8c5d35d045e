"""File names made of titles: they stay inside their folder on every system, and are at most 120 bytes long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from reader.text.clean import clean_line

MAX_BYTES = 120
_UNSAFE = re.compile(r"[^\w .,()+=@#&'’–—-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # what Windows keeps for devices
_STICK = " .-_'’,"


def file_name(title: str, ending: str, *, taken: Container[str] = ()) -> str:
    """A name for a file about `title`, with `ending` (".md"); one that is not in `taken` (compared in lower case)."""
    text = unicodedata.normalize("NFC", clean_line(title))
    base = _UNSAFE.sub(" ", text)
    base = " ".join(base.split()).strip(_STICK).lstrip("~")
    if not base or _RESERVED.fullmatch(base):
        base = f"article {base}".strip()
    number = 1
    while True:
        tail = ending if number == 1 else f" {number}{ending}"
        name = _cut(base, MAX_BYTES - len(tail.encode())) + tail
        if name.lower() not in taken:
            return name
        number += 1


def _cut(text: str, limit: int) -> str:
    return text.encode("utf-8", "ignore")[:limit].decode("utf-8", "ignore").rstrip(_STICK) or "article"
