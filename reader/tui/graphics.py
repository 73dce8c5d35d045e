"""How this terminal can draw images, by what its environment says.

Nothing is asked of the terminal: one that does not know a question prints it, or its answer comes among the keys.
Inside tmux and screen the outer terminal is out of reach, so coloured blocks are drawn there; `images` in the
configuration says otherwise where somebody knows better.
"""

from __future__ import annotations

import array
import contextlib
import fcntl
import io
import os
import sys
import termios
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from reader.model import Picture

if TYPE_CHECKING:
    from textual.widget import Widget

USUAL_CELL = (10, 20)  # pixels of a cell where the terminal does not say
KONSOLE_SIXEL = 220400  # the version from which Konsole draws sixels


class Way(StrEnum):
    """Kitty's protocol, sixels, coloured half blocks, or none at all."""

    KITTY = "kitty"
    SIXEL = "sixel"
    BLOCKS = "blocks"
    NONE = "off"


def way(environ: Mapping[str, str], wanted: str = "auto") -> Way:
    """The best way this terminal has, unless a certain one is `wanted`."""
    if wanted != "auto":
        return Way(wanted)
    if "NO_COLOR" in environ:
        return Way.NONE
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    if "TMUX" in environ or "STY" in environ or term.startswith(("tmux", "screen")) or "TEXTUAL_DRIVER" in environ:
        return Way.BLOCKS
    if "KITTY_WINDOW_ID" in environ or term in ("xterm-kitty", "xterm-ghostty") or program == "ghostty":
        return Way.KITTY
    konsole = environ.get("KONSOLE_VERSION", "")
    sixel = program in ("WezTerm", "iTerm.app", "mintty", "contour") or term.startswith(("foot", "mlterm", "contour"))
    if sixel or (konsole.isdecimal() and int(konsole[:9]) >= KONSOLE_SIXEL):
        return Way.SIXEL
    return Way.BLOCKS


def cell_size() -> tuple[int, int]:
    """Pixels of a cell, as the system says (TIOCGWINSZ); the usual ones where it does not."""
    found = array.array("H", [0, 0, 0, 0])
    with contextlib.suppress(OSError, ValueError, AttributeError):
        fcntl.ioctl(sys.__stderr__.fileno(), termios.TIOCGWINSZ, found)  # type: ignore[union-attr]  # None: suppressed
    rows, columns, width, height = found
    if not (rows and columns and width >= columns and height >= rows):
        return USUAL_CELL
    return width // columns, height // rows


def drawn(picture: Picture, way: Way) -> Widget:
    """A widget that draws the picture with the terminal's own graphics. Raises ImportError without textual-image."""
    with _no_questions():
        from textual_image.widget import SixelImage, TGPImage
    from PIL import Image

    image = Image.frombytes("RGB", (picture.width, picture.height), picture.pixels)
    return TGPImage(image) if way is Way.KITTY else SixelImage(image)


@contextlib.contextmanager
def _no_questions() -> Iterator[None]:
    """While textual-image is imported it asks the terminal what it can, if standard output is one: so it is none."""
    width, height = cell_size()
    before = sys.__stdout__
    names = {"TEXTUAL_CELL_WIDTH": str(width), "TEXTUAL_CELL_HEIGHT": str(height)}
    kept = {name: os.environ.get(name) for name in names}
    sys.__stdout__ = io.StringIO()  # type: ignore[misc,assignment]  # Textual itself writes to standard error
    os.environ.update(names)  # how textual-image is told the size of a cell
    try:
        yield
    finally:
        sys.__stdout__ = before  # type: ignore[misc]
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
