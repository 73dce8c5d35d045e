"""An article in lines: its head, then each block, and under a block who said what in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.cli import times
from reader.cli.render import heads
from reader.model import Article, ArticleRow, Block, BlockType, Quote
from reader.text.html_marks import marker

WORDS_A_MINUTE = 230  # Brysbaert 2019 found 238 for prose


def article(found: Article) -> Iterator[str]:
    """Every line of the article; "" between blocks. Quotes have the numbers 1, 2, … in the order of the text."""
    yield from _head(found)
    text = found.document.text
    if not text:
        yield ""
        yield found.row.summary or "There is no text."
        return
    for block in found.document.blocks or (Block(0, len(text), BlockType.PARAGRAPH),):
        quotes = [
            (number, quote)
            for number, quote in enumerate(found.quotes, start=1)
            if block.start <= quote.start < block.end
        ]
        yield ""
        yield from _lead(text, block, _marked(text, block, quotes).split("\n"))
        for number, quote in quotes:
            yield f"  Quote {number}: {heads.speaker(quote)} ({heads.manner(quote)})."
    for note in found.notes:
        yield ""
        yield f"Note {note.id}, {heads.noted(note)}: {' '.join(note.text.split())}".removesuffix(": ")


def card(quote: Quote, number: int) -> Iterator[str]:
    """All that is known of a quote: who, the words, and why we think so."""
    yield f"Quote {number}: {heads.speaker(quote)}."
    yield quote.text.replace("\n", " ")
    yield f"This is known by: {heads.grounds(quote)}."


def row(found: ArticleRow) -> str:
    """An article in one line of a list, what matters most first."""
    marks = [word for word, holds in (("unread", not found.read), ("saved", found.saved)) if holds]
    said = ""
    if found.quote_count:
        said = _some(found.quote_count, "quote") + (f", strongest {found.voice}" if found.voice else "")
    about = [found.given_by, times.day(found.published or found.sort_date), said, *marks, _name(found)]
    return f"{found.title or 'no title'}. {', '.join(part for part in about if part)}."


def _head(found: Article) -> Iterator[str]:
    from reader.service.serial import address

    row = found.row
    words = len(found.document.text.split())
    minutes = max(1, round(words / WORDS_A_MINUTE))
    yield f"{row.title or 'no title'}"
    yield ", ".join(part for part in (heads.origin(found).replace(" · ", ", "), _name(row)) if part) + "."
    facts = [_some(words, "word"), f"{minutes} min" if words else "", _some(len(found.quotes), "quote")]
    facts += [_some(len(found.document.links), "link"), "saved" if row.saved else ""]
    facts += [f"tags {', '.join(row.tags)}" if row.tags else ""]
    if told := ", ".join(fact for fact in facts if fact):
        yield f"{told}."
    if row.url:
        yield f"Address: {address(row.url)}"


def _some(count: int, noun: str) -> str:
    """`3 quotes`, `1 quote`, nothing for none."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}" if count else ""


def _name(row: ArticleRow) -> str:
    return f"a{row.id}" if row.id > 0 else "not in the library"


def _marked(text: str, block: Block, quotes: Sequence[tuple[int, Quote]]) -> str:
    """The block's text with `[1]` in front of each quote."""
    pieces, place = [], block.start
    for number, quote in quotes:
        pieces += [text[place : quote.start], f"[{number}] "]
        place = quote.start
    return "".join([*pieces, text[place : block.end]])


def _lead(text: str, block: Block, lines: Sequence[str]) -> Iterator[str]:
    if block.type is BlockType.HEADING:
        yield f"Heading: {' '.join(lines)}"
        return
    if block.type is BlockType.CODE:
        yield "Code:"
    if block.type is BlockType.TABLE:
        yield "Table:"
    lead = {BlockType.CODE: "    ", BlockType.TABLE: "  ", BlockType.QUOTE: "> "}.get(block.type, "")
    first = marker(text, block).replace("•", "-") or lead
    for number, line in enumerate(lines):
        yield (first if number == 0 else " " * len(first) if first.strip() == "-" else lead) + line
