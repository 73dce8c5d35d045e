"""Images are decoded within bounds of pixels; what is no image, damaged or too large is one sentence."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from typing import Any

import pytest

from reader.errors import ExtractError
from reader.extract.pictures import MISSING, MOST_PIXELS, read_picture

Image = pytest.importorskip("PIL.Image")


def made(
    form: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", colour: Any = (200, 30, 60), **how: Any
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, form, **how)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge, with a few bytes of data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_every_kind_is_made_to_fit(form: str) -> None:
    """Each kind is decoded, made smaller with its proportions kept, never larger; the colour is the colour."""
    body = made(form)
    small = read_picture(body, width=30, height=30, ground=(0, 0, 0))
    assert (small.width, small.height, small.original) == (30, 20, (60, 40))
    assert len(small.content) == 30 * 20 * 3
    assert all(abs(value - wanted) < 12 for value, wanted in zip(small.content[:3], (200, 30, 60), strict=True))
    same = read_picture(body, width=500, height=500, ground=(0, 0, 0))
    assert (same.width, same.height) == (60, 40)


def test_what_is_translucent_lies_over_the_ground() -> None:
    """The colour of the theme shows through holes, half of it through half of one; palettes and grey work too."""
    clear = read_picture(made("PNG", mode="RGBA", colour=(0, 0, 0, 0)), width=9, height=9, ground=(10, 20, 30))
    assert clear.content[:3] == bytes((10, 20, 30))
    half = read_picture(made("PNG", mode="RGBA", colour=(200, 200, 200, 128)), width=9, height=9, ground=(0, 0, 0))
    assert 90 < half.content[0] < 110
    for mode, colour in (("P", 0), ("L", 0), ("1", 0), ("LA", (0, 255)), ("CMYK", (0, 0, 0, 255))):
        form = "JPEG" if mode == "CMYK" else "PNG"
        assert read_picture(made(form, mode=mode, colour=colour), width=9, height=9, ground=(9, 9, 9)).content[0] < 20
    deep = read_picture(made("PNG", mode="I;16", colour=40_000), width=9, height=9, ground=(9, 9, 9))
    assert deep.content[:3] == bytes((156, 156, 156))


def test_it_stands_upright() -> None:
    """EXIF orientation 6: what was taken with the camera on its side is turned."""
    exif = Image.Exif()
    exif[0x0112] = 6
    found = read_picture(made("JPEG", exif=exif), width=100, height=100, ground=(0, 0, 0))
    assert (found.width, found.height, found.original) == (40, 60, (40, 60))


@pytest.mark.parametrize("side", [int(MOST_PIXELS**0.5) + 10, 30_000])
def test_too_many_pixels_are_not_decoded(side: int) -> None:
    """A file that announces more pixels than are decoded is told by its size, whatever its bytes."""
    with pytest.raises(ExtractError, match="pixels"):
        read_picture(bomb(side, side), width=100, height=100, ground=(0, 0, 0))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        made("JPEG", (400, 400))[:300],
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"BM" + b"\0" * 60,
        b"RIFF\xff\xff\xff\xffWEBPVP8 ",
        b"\0\0\0\x1cftypavif\0\0\0\0avif",
    ],
    ids=range(9),
)
def test_what_is_no_image_is_told(body: bytes) -> None:
    """Damaged files, SVG, PostScript and other kinds that Pillow knows are one sentence, never another error."""
    with pytest.raises(ExtractError, match="cannot be read as an image"):
        read_picture(body, width=50, height=50, ground=(0, 0, 0))


def test_without_pillow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra there is one sentence with the command."""
    body = made("PNG")
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(ExtractError) as told:
        read_picture(body, width=9, height=9, ground=(0, 0, 0))
    assert str(told.value) == MISSING
    assert "secnews[images]" in MISSING
