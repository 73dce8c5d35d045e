"""One thing the room told the reader."""

from __future__ import annotations

from typing import NamedTuple


class Told(NamedTuple):
    """`at` is the time in the reader's zone, `HH:MM:SS`."""

    at: str
    sentence: str
    error: bool = False
