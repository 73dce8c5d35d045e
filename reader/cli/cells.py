"""How many terminal cells a string takes, and fitting strings into a number of them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ELLIPSIS = "…"


def width(text: str) -> int:
    """The cells that one clean line takes: wide and emoji characters two, combining marks and joiners none."""
    if text.isascii():
        return len(text)
    total = 0
    joined = False
    for char in text:
        if char == "\u200d":  # what follows melts into the character before
            joined = True
            continue
        total += 0 if joined else char_width(char)
        joined = False
    return total


@lru_cache(maxsize=4096)
def char_width(char: str) -> int:
    """The cells of one character: 0, 1 or 2."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` cells; something cut off leaves an ellipsis."""
    if len(text) * 2 <= limit or width(text) <= limit:
        return text
    kept: list[str] = []
    room = limit - 1
    for char in text:
        room -= char_width(char)
        if room < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + ELLIPSIS if limit > 0 else ""
