"""Which stretches of a text stand inside quotation marks, paragraph by paragraph.

Curly marks and guillemets pair by shape, straight ones by what stands around them. A damaged paragraph harms only
itself: an opening mark without its partner runs to the paragraph's end, a closing one reaches back to its beginning.
Single marks count as quotation only in a paragraph that has no double ones. Marks inside a quotation belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

PARAGRAPH = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_DOUBLE = re.compile(r"[“”„‟«»\"＂]|''|``|’’|‘‘")
_SINGLE = re.compile(r"(?<![\w’'])[‘'‚](?=[\w“\[$])|(?<=[\w.,!?…%)\]])['’](?!\w)")
_OPENING = "“„«‘‚``‟‘‘"
LONGEST = 100_000
_SPREAD = 8


class Region:
    """The text between two marks, marks excluded; `opened` and `closed` say whether its paragraph has those marks."""

    __slots__ = ("closed", "end", "opened", "start")

    def __init__(self, start: int, end: int, opened: bool = True, closed: bool = True) -> None:
        self.start = start
        self.end = end
        self.opened = opened
        self.closed = closed


class Paragraph:
    """A line of text that is not blank, with its quotation regions in order."""

    __slots__ = ("end", "regions", "start")

    def __init__(self, start: int, end: int, regions: list[Region]) -> None:
        self.start = start
        self.end = end
        self.regions = regions


def paragraphs(text: str) -> list[Paragraph]:
    """All non-blank paragraphs of `text` with their regions; a paragraph too long to be prose has none.

    Offsets are code points into `text`. Linear in the length of the text.
    """
    found: list[Paragraph] = []
    for line in PARAGRAPH.finditer(text):
        start, end = line.span()
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            left_open = bool(found and found[-1].regions and not found[-1].regions[-1].closed)
            found.append(Paragraph(start, end, _regions(text, start, end, left_open) if end - start <= LONGEST else []))
    _spread(found)
    return found


def _regions(text: str, start: int, end: int, left_open: bool) -> list[Region]:
    marks = list(_DOUBLE.finditer(text, start, end))
    if marks and (around := _single_around(text, start, end, marks[0].start())):
        return around
    if marks:
        if left_open and marks[0].start() > start:
            opening = sum(text[m.start()] in "“„«" for m in marks)
            closing = sum(text[m.start()] in "”»" for m in marks)
            if closing == opening + 1 and closing + opening == len(marks):
                return list(_pair(text, start, end, [(start, start), *((m.start(), m.end()) for m in marks)]))
        return list(_pair(text, start, end, [(m.start(), m.end()) for m in marks]))
    if "'" in (body := text[start:end]) or "’" in body:
        return list(_pair_single(text, start, end))
    return []


def _single_around(text: str, start: int, end: int, first: int) -> list[Region]:
    """The single-quoted regions of a paragraph whose double marks are nested in them; none if they are not."""
    if "'" not in text[start:first] and "‘" not in text[start:first]:
        return []
    regions = list(_pair_single(text, start, end))
    holder = next((r for r in regions if r.start <= first < r.end), None)
    if holder is None or text[holder.end - 1] not in ",.?!" or holder.end - holder.start < 20:
        return []
    return regions


def _pair(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> Iterator[Region]:
    opened_at: int | None = None
    depth = 0
    seen = False
    for number, (s, e) in enumerate(marks):
        before = text[s - 1] if s > start else " "
        after = text[e] if e < end else " "
        shape = _shape(text[s:e], before, after)
        if s == e:  # the quotation goes on from the paragraph before
            opened_at = s
            continue
        if opened_at is None:
            if shape == "close" and not seen and s > start and before not in " (":
                if not before.isdigit() or text[s] in "”»":
                    yield Region(start, s, opened=False)
                    seen = True
                continue
            if shape == "close" and text[s] in "”»" and seen:
                continue
            if s == end - 1:
                continue
            opened_at, depth, seen = e, 0, True
        elif shape == "open" and _left_open(text, opened_at, s) and text[s:e] not in "„":
            yield Region(opened_at, s, closed=False)
            opened_at, depth = e, 0
        elif shape == "open" and number + 1 + depth < len(marks):
            depth += 1
        elif depth and shape != "open":
            depth -= 1
        elif shape != "open" or number + 1 == len(marks):
            yield Region(opened_at, s)
            opened_at = None
    if opened_at is not None:
        yield Region(opened_at, end, closed=False)


def _shape(mark: str, before: str, after: str) -> str:
    """ "open", "close" or "either": by the glyph, else by the neighbours of a straight mark."""
    if mark in ("“", "„", "«", "``", "‟", "‘‘"):
        return "open"
    if mark in ("”", "»", "’’"):
        return "close"
    left = before.isspace() or before in "([{—–-/:‘'…"
    right = after.isspace() or after in ")]},.;:!?—–-/’'…"
    if left and not right:
        return "open"
    if right and not left:
        return "close"
    return "either"


def _left_open(text: str, opened_at: int, mark: int) -> bool:
    """Whether a second opening mark begins a new quotation because the first was never closed."""
    before = text[max(opened_at, mark - 3) : mark].rstrip()
    return mark - opened_at > 25 and before.endswith((".", "?", "!"))


def _pair_single(text: str, start: int, end: int) -> Iterator[Region]:
    opened_at: int | None = None
    for mark in _SINGLE.finditer(text, start, end):
        s, e = mark.span()
        opens = not (s > start and (text[s - 1].isalnum() or text[s - 1] in ".,!?…%)]"))
        if opens and opened_at is None:
            opened_at = e
        elif not opens and opened_at is not None:
            last = text[s - 1]
            plural = last == "s" and re.match(r" [a-z]", text[e : e + 2]) is not None
            if plural and _SINGLE.search(text, e, min(end, e + 400)) and not _next_opens(text, e, end):
                continue  # "the users' data": an apostrophe, and a better closing mark follows
            yield Region(opened_at, s)
            opened_at = None


def _next_opens(text: str, at: int, end: int) -> bool:
    mark = _SINGLE.search(text, at, end)
    return mark is not None and not text[mark.start() - 1].isalnum() and text[mark.start() - 1] not in ".,!?…%)]"


def _spread(found: list[Paragraph]) -> None:
    """Paragraphs without any mark between one left open and one that only closes are quoted as a whole."""
    left_open: int | None = None
    for number, paragraph in enumerate(found):
        regions = paragraph.regions
        if not regions:
            continue
        if left_open is not None and not regions[0].opened and number - left_open <= _SPREAD:
            for middle in found[left_open + 1 : number]:
                middle.regions = [Region(middle.start, middle.end, opened=False, closed=False)]
        left_open = number if not regions[-1].closed else None
