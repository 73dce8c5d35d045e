"""Image files → pixels, with Pillow (the extra `secnews[images]`): bounded before anything is decoded.

Only for child processes: decoders of images are C code that a stranger's bytes go through.
"""

from __future__ import annotations

import io
import warnings
from typing import NamedTuple

from reader.errors import ExtractError

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")  # SVG is a program, the others are rare
MOST_PIXELS = 40_000_000  # of the file; a photo of a large camera has some 25 million
LARGEST = 2_000  # pixels of a side that are ever asked for
MISSING = "Showing images needs two packages that are not installed: pip install 'secnews[images]'"

Colour = tuple[int, int, int]


class Pixels(NamedTuple):
    """`content` has three bytes (red, green, blue) for each pixel, row by row from the top.

    `original` is the size of the image in its file.
    """

    width: int
    height: int
    content: bytes
    original: tuple[int, int]


def read_picture(body: bytes, *, width: int, height: int, ground: Colour) -> Pixels:
    """Decode the first frame of an image, made smaller to fit into `width` × `height` pixels, never larger.

    What is translucent is laid over `ground`; the picture stands as its EXIF orientation says. Raises ExtractError if
    Pillow is not installed, and for what is no image of FORMATS, is damaged, or has more than MOST_PIXELS.
    """
    try:
        from PIL import Image, ImageOps
    except ImportError as error:
        raise ExtractError(MISSING) from error

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    room = (max(1, min(width, LARGEST)), max(1, min(height, LARGEST)))
    try:
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the sentence below says it
        with Image.open(io.BytesIO(body), formats=FORMATS) as image:
            original = image.size
            if original[0] * original[1] > MOST_PIXELS:
                raise ExtractError(f"The image has more than {MOST_PIXELS:,} pixels, so it is not decoded.")
            image.draft("RGB", room)  # a JPEG is decoded at a half, a quarter, an eighth of its size at once
            upright = ImageOps.exif_transpose(image)
            if upright.mode.startswith("I"):  # grey in sixteen bits
                upright = upright.convert("I").point([value // 256 for value in range(65_536)], "L")
            if upright.width > room[0] or upright.height > room[1]:
                upright.thumbnail(room)
            over = Image.new("RGBA", upright.size, (*ground, 255))
            over.alpha_composite(upright.convert("RGBA"))
            shown = over.convert("RGB")
            return Pixels(*shown.size, shown.tobytes(), _turned(original, upright.size))
    except (ExtractError, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise ExtractError(f"The image has more than {MOST_PIXELS:,} pixels, so it is not decoded.") from error
    except Exception as error:  # Pillow's plugins raise anything on damaged files: OSError, SyntaxError, struct.error …
        raise ExtractError("It cannot be read as an image (PNG, JPEG, GIF, WebP, AVIF).") from error


def _turned(original: tuple[int, int], shown: tuple[int, int]) -> tuple[int, int]:
    """The size of the file's image as it stands upright."""
    width, height = original
    return (height, width) if (width > height) != (shown[0] > shown[1]) and width != height else original
