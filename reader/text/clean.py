"""Make any string safe to store and to show.

Terminals obey control characters, and readers are fooled by characters they cannot see; feeds are written by
strangers. Every string from outside goes through `clean_text` (several lines) or `clean_line` (one line) once before
it is stored and once more before it is drawn; both are idempotent, so the second time costs little and changes
nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

MAX_MARKS = 4  # combining marks kept on one character; no living script needs more
ELLIPSIS = "…"


def clean_text(text: str) -> str:
    """Return `text` with line ends as LF and nothing that a terminal obeys or a reader cannot see.

    Removed: C0 and C1 controls, DEL, bidirectional controls, zero-width characters, tag characters, noncharacters,
    joiners that join nothing, combining marks beyond four in a row. Replaced: lone surrogates by U+FFFD, a tab by
    four spaces, CR, CRLF, NEL, VT, FF, LS and PS by LF. Idempotent, and the result can always be encoded.
    """
    if not _UNUSUAL.search(text):  # 25 times faster than the rest, and true of nearly every English text
        return text
    text = text.replace("\r\n", "\n").translate(_table())
    if text.isascii():
        return text
    text = _joiners().sub(_joiner, text)
    return _mark_run().sub(_trim_marks, text)


def clean_line(text: str, limit: int = 0) -> str:
    """Return `text` as one clean line: every run of white space is one blank; no blank at either end.

    With `limit` > 0 the result has at most `limit` characters, the last one "…" if something was cut.
    """
    usual = text.isascii() and text.isprintable() and "  " not in text and text.strip() == text
    if usual and (not limit or len(text) <= limit):
        return text  # cheaper than the rest, and true of most titles and names
    if limit and len(text) > 16 * limit:  # a 5 MB title must not cost 5 MB of cleaning
        text = text[: 16 * limit]
    line = " ".join(clean_text(text).split())
    if limit and len(line) > limit:
        line = clean_text(line[: limit - 1]).rstrip() + ELLIPSIS
    return line


# Whatever is not among the characters of Western text that always stay as they are.
_UNUSUAL = re.compile("[^\n -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20cf]")


# Made when the first text needs them: usual ones never do, and they cost every start.
@cache
def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys((*range(32), 127, *range(128, 160)))
    del table[0x0A]
    table.update({0x09: "    ", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"})
    invisible = (
        0x00AD,  # soft hyphen
        0x034F,  # combining grapheme joiner
        0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),  # bidirectional controls
        0x115F, 0x1160, 0x3164, 0xFFA0,  # Hangul fillers
        0x17B4, 0x17B5, *range(0x180B, 0x1810),  # Khmer and Mongolian invisibles
        0x200B, *range(0x2060, 0x2066), *range(0x206A, 0x2070), 0xFEFF,  # zero width, invisible operators, BOM
        *range(0xFFF0, 0xFFFD), *range(0xFDD0, 0xFDF0),  # specials, noncharacters
        *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B),  # format controls of shorthand and music
        *range(0xE0000, 0xE1000),  # tags and supplementary variation selectors: they smuggle text
    )  # fmt: skip
    table.update(dict.fromkeys(invisible))
    for plane in range(0x11):
        table.update({plane * 0x10000 + 0xFFFE: None, plane * 0x10000 + 0xFFFF: None})
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    return table


@cache
def _joiners() -> re.Pattern[str]:
    """Joiners mean something between letters of joining scripts and inside emoji, nowhere else."""
    return re.compile("[\u200c\u200d]+")


@cache
def _mark_run() -> re.Pattern[str]:
    """A run in which marks can be flooding: characters that are neither Latin nor CJK nor Hangul."""
    return re.compile(f"[^\x00-\u02ff\u3000-\ud7ff]{{{MAX_MARKS + 1},}}")


def _joiner(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    return match[0][0] if _can_join(before) and _can_join(after) else ""


def _can_join(char: str) -> bool:
    """Letters and marks of scripts that join, and emoji; not white space nor punctuation."""
    return char >= "\u0600" and not char.isspace() and not "\u2000" <= char <= "\u206f"


def _trim_marks(match: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in match[0]:
        if unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            if marks > MAX_MARKS:
                continue
        elif char in "\u200c\u200d":
            if marks >= MAX_MARKS:
                continue
        else:
            marks = 0
        kept.append(char)
    return "".join(kept)
