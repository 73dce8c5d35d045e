"""Plain text → paragraphs: which line breaks are meant and which only wrap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_MAX_WIDTH = 120  # nobody wraps wider; longer lines are whole paragraphs
_MIN_WIDTH = 30
_ITEM = re.compile(r"(?P<bullet>[-*•‣◦▪–]|o(?=\s{2}))\s+(?=\S)|(?P<number>\d{1,3})[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; a list item has its `bullet` ("•" or "3.") apart. Line breaks that are meant stay as LF."""

    text: str
    bullet: str = ""


def paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of clean text. Blank lines separate them; so does every line break around a long line.

    Lines that fill the width of the text are joined again; lists become one paragraph an item.
    """
    chunks = [[line.strip() for line in chunk.split("\n") if line.strip()] for chunk in _BLANK_LINES.split(text)]
    width = _width(chunks)
    found: list[Paragraph] = []
    for lines in chunks:
        if lines:
            found.extend(_chunk(lines, width))
    return found


def _width(chunks: list[list[str]]) -> int:
    """The column at which the text is wrapped: the longest line that is followed by another one in its paragraph."""
    lengths = [len(line) for lines in chunks for line in lines[:-1]]
    longest = max(lengths, default=0)
    return longest if _MIN_WIDTH <= longest <= _MAX_WIDTH else 0


def _chunk(lines: list[str], width: int) -> list[Paragraph]:
    if any(_ITEM.match(line) for line in lines) and (len(lines) > 1 or _ITEM.match(lines[0])):
        return _list(lines, width)
    if len(lines) == 1 or _is_wrapped(lines, width):
        return [Paragraph(_join(lines))]
    if any(len(line) > _MAX_WIDTH for line in lines):
        return [Paragraph(line) for line in lines]
    return [Paragraph("\n".join(lines))]


def _is_wrapped(lines: list[str], width: int) -> bool:
    """Whether the first word of (nearly) every next line would not have fitted on the line before."""
    if not width:
        return False
    full = sum(len(line) + 1 + len(following.split(None, 1)[0]) > width - 1 for line, following in pairwise(lines))
    return full >= 0.8 * (len(lines) - 1)


def _join(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        # "cyber-" + "security": the hyphen may belong to the word, so it stays, without a blank behind it
        text += line if re.search(r"\w-$", text) and line[:1].islower() else " " + line
    return text


def _list(lines: list[str], width: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    item: list[str] = []
    bullet = ""

    def end() -> None:
        if item:
            found.append(Paragraph(_join(item) if bullet or _is_wrapped(item, width) else "\n".join(item), bullet))

    for line in lines:
        match = _ITEM.match(line)
        if match:
            end()
            item, bullet = [line[match.end() :]], f"{match['number']}." if match["number"] else "•"
        else:
            item.append(line)
    end()
    return found
