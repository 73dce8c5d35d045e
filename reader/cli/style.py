"""Colours and weights by what they mean. Nothing is said by colour alone: the words are always there too."""

from __future__ import annotations

import os
from typing import TextIO

from reader.model import Voice


class Style:
    """SGR parameters (ECMA-48); only the sixteen colours that every terminal and theme has."""

    # Not an enum: its making would cost 5 ms of every start.

    PLAIN = ""
    STRONG = "1"
    FAINT = "2"
    HEAD = "1;4"
    GOOD = "32"
    WARN = "33"
    BAD = "31"
    EXPERT = "1;32"
    OFFICIAL = "1;34"
    COMPANY = "1;33"
    ADVERSARY = "1;31"
    OTHER = "1;36"


BY_VOICE = {
    Voice.EXPERT: Style.EXPERT,
    Voice.OFFICIAL: Style.OFFICIAL,
    Voice.COMPANY: Style.COMPANY,
    Voice.ADVERSARY: Style.ADVERSARY,
    Voice.OTHER: Style.OTHER,
}

Look = str
Piece = tuple[str, Look]


def wanted(stream: TextIO | None, *, no_color: bool) -> bool:
    """Whether `stream` gets colours: a terminal that can, and nobody said no (https://no-color.org)."""
    if stream is None or no_color or os.environ.get("NO_COLOR") or not can_move():
        return False
    return on_terminal(stream)


def can_move() -> bool:
    """Whether the terminal says that it understands more than lines (it may say nothing at all)."""
    return os.environ.get("TERM", "") not in ("", "dumb")


def on_terminal(stream: TextIO | None) -> bool:
    """Whether `stream` is a terminal; a closed one is not."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def painted(text: str, look: Look) -> str:
    """`text` between the codes of `look`."""
    return f"\x1b[{look}m{text}\x1b[0m" if look and text else text
