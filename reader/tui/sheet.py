"""An article as one text to draw: header, body with numbered links, list of links, and where everything stands.

A sheet does not depend on the width; `layout` breaks it into lines. Everything in it is an offset into `Sheet.text`;
`Sheet.positions` converts between it and the article's canonical text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import NamedTuple

from reader.model import VOICE_STRENGTH, Article, Block, BlockType, Document, Link, Note, Quote, Voice
from reader.text.addresses import mask, shown_host
from reader.text.clean import clean_line, clean_text
from reader.text.sparkline import shares
from reader.tui.marks import LETTERS, Marks, voice_of
from reader.tui.positions import Positions
from reader.tui.times import local, minutes

Span = tuple[int, int]
BAR = 30  # cells of the picture of the voices
TAGS = 12  # tags that the header names
TITLE_LIMIT = 1000  # characters; a longer title is an attack


class Part(NamedTuple):
    """A stretch of the sheet that is laid out in one manner; `kind` is a block type or title, byline, legend, links."""

    start: int
    end: int
    kind: str
    level: int = 0
    gap: bool = True  # a blank line before it


class Styled(NamedTuple):
    """A stretch drawn in the style called `name`."""

    start: int
    end: int
    name: str


class Sheet(NamedTuple):
    """`quotes` are spans of the article's quotes in their order; `links` spans of the words that carry a link.

    `numbers` holds for every link the span of its number sign (`[3]`) and the address it stands for.
    """

    text: str = ""
    parts: tuple[Part, ...] = ()
    styled: tuple[Styled, ...] = ()
    quotes: tuple[Span, ...] = ()
    letters: tuple[str, ...] = ()  # one for each quote
    voices: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    numbers: tuple[Link, ...] = ()
    positions: Positions = Positions()  # article offsets ↔ sheet positions


def sheet_of(article: Article, marks: Marks, zone: tzinfo | None = None) -> Sheet:
    """Compose the sheet of an article; every string in it is clean."""
    builder = _Builder(marks)
    builder.header(article, zone)
    builder.body(article.document, article.quotes)
    builder.notes(article.notes, zone)
    builder.sources(article)
    return builder.done()


def plain_sheet(title: str, document: Document, marks: Marks) -> Sheet:
    """A sheet of our own words (the welcome page), without the lines about source and date."""
    builder = _Builder(marks)
    builder.part(title, "title", gap=False)
    builder.body(document, ())
    return builder.done()


class _Builder:
    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.pieces: list[str] = []
        self.size = 0
        self.parts: list[Part] = []
        self.styled: list[Styled] = []
        self.quotes: list[Span] = []
        self.letters: list[str] = []
        self.voices: list[str] = []
        self.links: list[Link] = []
        self.numbers: list[Link] = []
        self.order: dict[str, int] = {}  # address → number
        self.positions = Positions()

    def done(self) -> Sheet:
        return Sheet(
            "".join(self.pieces),
            tuple(self.parts),
            tuple(sorted(self.styled, key=lambda item: item.start)),
            tuple(self.quotes),
            tuple(self.letters),
            tuple(self.voices),
            tuple(self.links),
            tuple(self.numbers),
            self.positions,
        )

    def add(self, text: str) -> Span:
        start = self.size
        self.pieces.append(text)
        self.size += len(text)
        return start, self.size

    def part(self, text: str, kind: str, *, gap: bool = True) -> Span:
        """Add `text` as a part of its own, on a line of its own."""
        start, end = self.add(text)
        self.parts.append(Part(start, end, kind, gap=gap))
        self.add("\n")
        return start, end

    # --- header ------------------------------------------------------------------------------------------------

    def header(self, article: Article, zone: tzinfo | None) -> None:
        row, dot = article.row, f" {self.marks.dot} "
        self.part(clean_line(row.title, TITLE_LIMIT) or "(no title)", "title", gap=False)
        moment = row.published or row.updated
        origin = [clean_line(row.section, 120), clean_line(row.given_by, 300), clean_line(row.author, 120)]
        origin.append(local(moment, zone) if moment else "no date")
        self.part(dot.join(dict.fromkeys(word for word in origin if word)), "byline", gap=False)
        words = len(article.document.text.split())
        counts = [_count(words, "word"), f"{minutes(words)} min", _count(len(article.quotes), "quote")]
        if row.saved:
            counts.append(f"{self.marks.saved} saved")
        if article.notes:
            counts.append(_count(len(article.notes), "note"))
        self.part(dot.join(counts), "byline", gap=False)
        if row.tags:
            names = [clean_line(tag, 60) for tag in row.tags[:TAGS]]
            more = [f"{len(row.tags) - TAGS} more"] if len(row.tags) > TAGS else []
            self.part(f"Tags: {', '.join([*names, *more])}", "byline", gap=False)
        self.legend(article.quotes)

    def legend(self, quotes: Sequence[Quote]) -> None:
        """What the margin letters mean: only those that this article has, each in its colour and in words."""
        seen = Counter(voice_of(quote) for quote in quotes)
        voices = [voice for voice in VOICE_STRENGTH if voice in seen]
        if not voices:
            return
        start = self.size
        for index, voice in enumerate(voices):
            if index:
                self.add("   ")
            letter = self.add(LETTERS[voice])
            self.styled.append(Styled(*letter, f"voice-{voice}"))
            self.add(f"{self.marks.tie}{voice}{self.marks.tie}{seen[voice]:,}")
        self.parts.append(Part(start, self.size, "legend", gap=False))
        self.add("\n")
        if len(voices) > 1:
            self.shares([(voice, seen[voice]) for voice in voices])

    def shares(self, counts: Sequence[tuple[Voice, int]]) -> None:
        """A picture of who has the word in this story: a bar whose parts are as long as the voices' shares."""
        start = self.size
        for (voice, _count), cells in zip(counts, shares([count for _, count in counts], BAR), strict=True):
            part = self.add(LETTERS[voice] + self.marks.share * (cells - 1))
            self.styled.append(Styled(*part, f"voice-{voice}"))
        self.parts.append(Part(start, self.size, "legend", gap=False))
        self.add("\n")

    # --- body --------------------------------------------------------------------------------------------------

    def body(self, document: Document, quotes: Sequence[Quote]) -> None:
        text = clean_text(document.text)
        if text != document.text:  # the storage boundary cleans; if it ever did not, offsets mean nothing
            document = Document(text)
        if not text.strip():
            self.part("There is no text here. o opens the page in the browser.", "note")
        links = [link for link in document.links if 0 <= link.start < link.end <= len(text)]
        self.insert_signs(text, sorted(links, key=lambda link: link.end))
        begin, end = self.positions.begin, self.positions.end
        self.links += [Link(begin(link.start), end(link.end), link.url) for link in links]
        for quote in quotes:
            inside = 0 <= quote.start < quote.end <= len(text) and text == document.text
            self.quotes.append((begin(quote.start), end(quote.end)) if inside else (0, 0))
            self.letters.append(LETTERS[voice_of(quote)])
            self.voices.append(str(voice_of(quote)))
        for block, gap in _whole(document.blocks, text):
            self.parts.append(Part(begin(block.start), begin(block.end), str(block.type), block.level, gap))
        self.add("\n")

    def insert_signs(self, text: str, links: Sequence[Link]) -> None:
        """Add the text with the number of its address after the words of every link."""
        base, position, insertions = self.size, 0, []
        for link in links:
            sign = f"[{self.order.setdefault(link.url, len(self.order) + 1)}]"
            self.add(text[position : link.end])
            self.numbers.append(Link(*self.add(sign), link.url))
            insertions.append((link.end, len(sign)))
            position = link.end
        self.add(text[position:])
        self.positions = Positions(base, insertions)

    def notes(self, notes: Sequence[Note], zone: tzinfo | None) -> None:
        """Mark the words that the reader has marked, and say below the text what was noted."""
        if not notes:
            return
        end = self.positions.offset(self.size)
        for note in notes:
            if note.words and note.start >= 0 and note.start + len(note.words) <= end:
                begin, stop = self.positions.begin(note.start), self.positions.end(note.start + len(note.words))
                self.styled.append(Styled(begin, stop, "highlight"))
        self.part("Notes", "heading")
        for note in notes:
            words = clean_line(note.words, 200).strip("“”")
            gone = "" if note.start >= 0 else ", not in the text any more"
            on = f"{local(note.changed, zone)}{f' on “{words}”{gone}' if words else ''}"
            self.part(on, "note", gap=True)
            if note.text:
                self.part(clean_text(note.text), "paragraph", gap=False)

    def sources(self, article: Article) -> None:
        """The addresses behind the numbers, with the host a browser would really go to."""
        if not self.order and not article.row.url:
            return
        self.part("Links", "heading")
        if article.row.url:
            self.part(f"o  {mask(article.row.url)}", "links", gap=False)
        for url, number in self.order.items():
            host, shown = shown_host(url), mask(url)
            told = shown if host and f"//{host}" in shown else f"{host}  ({shown})"
            self.part(f"[{number}]  {clean_line(told, 300)}", "links", gap=False)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _whole(blocks: Iterable[Block], text: str) -> Iterable[tuple[Block, bool]]:
    """The blocks in order with a paragraph for whatever none of them covers, and whether a blank line goes before."""
    position, before = 0, None
    for block in [*sorted(blocks, key=lambda block: block.start), Block(len(text), len(text), BlockType.PARAGRAPH)]:
        if block.start < position:
            continue  # blocks never overlap; a library written by something else may hold any
        for start, end in _paragraphs(text, position, block.start):
            yield Block(start, end, BlockType.PARAGRAPH), True
            before = BlockType.PARAGRAPH
        if block.start < block.end <= len(text):
            items = block.type == before == BlockType.LIST
            yield block, not items and (before is None or "\n\n" in text[position : block.start])
            before, position = block.type, block.end


def _paragraphs(text: str, start: int, end: int) -> Iterable[Span]:
    """The spans between blank lines of `text[start:end]` that hold something."""
    while start < end:
        stop = text.find("\n\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            begin = start + len(text[start:stop]) - len(text[start:stop].lstrip())
            yield begin, start + len(text[start:stop].rstrip())
        start = stop + 2
