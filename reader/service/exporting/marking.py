"""What is marked in an exported text: quotes, and the words that the reader has highlighted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from reader.model import Article
from reader.service.exporting.speakers import speaker


class Mark(NamedTuple):
    """`kind` is the voice of a quote ("unknown" without a speaker) or "note"; `title` is who says it, or the note."""

    start: int
    end: int
    kind: str
    title: str


def marks_of(article: Article) -> list[Mark]:
    """The marks of an article in the order of its text; they may lie within each other."""
    quotes = [
        Mark(quote.start, quote.end, quote.speaker.voice.value if quote.speaker else "unknown", speaker(quote))
        for quote in article.quotes
    ]
    notes = [
        Mark(note.start, note.start + len(note.words), "note", note.text or "highlighted")
        for note in article.notes
        if note.words and note.start >= 0
    ]
    return sorted(mark for mark in (*quotes, *notes) if mark.start < mark.end)


def pieces(
    start: int, end: int, marks: Sequence[Mark], borders: Sequence[int]
) -> Iterator[tuple[int, int, list[Mark]]]:
    """The text from `start` to `end` cut at the ends of marks and at `borders`, each piece with the marks over it."""
    over = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = {start, end, *(cut for cut in borders if start < cut < end)}
    cuts |= {cut for mark in over for cut in mark[:2] if start < cut < end}
    places = sorted(cuts)
    for first, last in pairwise(places):
        yield first, last, [mark for mark in over if mark.start <= first and mark.end >= last]
