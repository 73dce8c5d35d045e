"""Text that was broken before it became XML, repaired as feedparser repairs it."""

from __future__ import annotations

import re
from collections.abc import Callable

_C1 = [chr(code) for code in range(0x80, 0xA0)]
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


def mend(text: str) -> str:
    """Return `text` with UTF-8 that was read as Latin-1 read again, windows-1252 in place of C1 controls, and without
    the controls that are left."""
    return text if text.isascii() else mend_controls(mend_utf8(text))


def mend_utf8(text: str) -> str:
    """Return `text` as UTF-8 if all of it is UTF-8 that was read as Latin-1."""
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def mend_controls(text: str) -> str:
    """Return `text` with what windows-1252 has in the places of C1 controls, and nothing in their other places."""
    return text.translate(_WINDOWS) if any(map(text.__contains__, _C1)) else text


def mender_of(document: bytes) -> Callable[[str], str] | None:
    """Return what has to be done to each text of an XML document in UTF-8: `mend`, or nothing.

    Looking through the document once is cheaper than through each of its texts. Characters from U+0080 to U+009F
    (C1 controls) are mended, and what Latin-1 made of UTF-8: one from U+00C2 to U+00F4 before one up to U+00BF.
    """
    return mend if _may_need_mending(document) else None


def _may_need_mending(document: bytes) -> bool:
    """One-byte searches first: they cost a tenth of what any other search does."""
    if b"\xc2" in document and (_C1_BYTES.search(document) or (b"\xc3" in document and _MISREAD.search(document))):
        return True
    at, looked = document.find(b"#"), 0
    while at >= 0:
        looked += 1
        if looked > 50_000 or (document[at - 1 : at] == b"&" and document[at + 1 : at + 2] in (b"0", b"1", b"x")):
            return True
        at = document.find(b"#", at + 1)
    return False


_C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
_MISREAD = re.compile(rb"\xc3[\x82-\xb4]\xc2[\x80-\xbf]")


def without_controls(markup: str) -> str:
    """Return HTML without the characters that no HTML may hold: controls but white space, surrogates, noncharacters."""
    coded = markup.encode("utf-8", "surrogatepass")
    if len(coded.translate(None, _ASCII_CONTROLS)) == len(coded) and (
        len(coded) == len(markup)
        or not (b"\xc2" in coded or b"\xed" in coded or b"\xef" in coded)
        or not _FORBIDDEN_BYTES.search(coded)
    ):
        return markup
    return _FORBIDDEN.sub("", markup)


_ASCII_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_FORBIDDEN_BYTES = re.compile(rb"\xc2[\x80-\x9f]|\xed[\xa0-\xbf]|\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")
