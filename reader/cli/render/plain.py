"""An article as plain text; on a terminal its quotes have the colour of their voice and long lines are wrapped."""

from __future__ import annotations

from reader.cli.cells import char_width
from reader.cli.output import Output
from reader.cli.render import heads
from reader.cli.style import BY_VOICE, Piece, Style
from reader.model import Article, Block, BlockType
from reader.text.html_marks import marker

MEASURE = 90  # cells; longer lines are hard to read


def show(out: Output, article: Article) -> None:
    """Head, text, the quotes with their speakers, images, what the reader noted, and an empty line."""
    from reader.service.serial import address

    measure = min(out.width, MEASURE) if out.terminal else 0
    row = article.row
    out.line((row.title or "(no title)", Style.STRONG))
    for line in (heads.origin(article), address(row.url)):
        if line:
            out.line((line, Style.FAINT))
    out.line()
    if article.document.text:
        out.pieces(_body(article, measure))
    else:
        out.line(row.summary or "(no text)")
    if article.quotes:
        out.line()
        out.line(("Quotes", Style.HEAD))
        for number, quote in enumerate(article.quotes, start=1):
            look = BY_VOICE[quote.speaker.voice] if quote.speaker else Style.PLAIN
            out.line(f"{number:>2}. ", (heads.speaker(quote), look), f" ({heads.manner(quote)})")
            out.text(_indented(quote.text, measure))
    if article.document.images:
        out.line()
        out.line(("Images", Style.HEAD))
        for number, image in enumerate(article.document.images, start=1):
            out.line(f"{number:>2}. {image.alt or '(no words)'}")
            out.line(
                f"    {address(image.url)}",
            )
    if article.notes:
        out.line()
        out.line(("Notes", Style.HEAD))
        for note in article.notes:
            out.line((f"{note.id:>2}. ", Style.FAINT), heads.noted(note))
            if note.text:
                out.text(_indented(note.text, measure))
    out.line()


def _body(article: Article, measure: int) -> list[Piece]:
    """The text in stretches of one look each; markers of list items are put in front of their blocks."""
    text = article.document.text
    looks = [Style.PLAIN] * len(text)
    for block in article.document.blocks:
        if block.type is BlockType.HEADING:
            looks[block.start : block.end] = [Style.STRONG] * (block.end - block.start)
    for quote in article.quotes:
        look = BY_VOICE[quote.speaker.voice] if quote.speaker else Style.OTHER
        looks[quote.start : quote.end] = [look] * (quote.end - quote.start)
    fixed = [block for block in article.document.blocks if block.type in (BlockType.CODE, BlockType.TABLE)]
    shown = wrapped(text, measure, fixed) if measure else text
    marks = {block.start: marker(text, block) for block in article.document.blocks}
    pieces: list[Piece] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or looks[end] != looks[start] or marks.get(end):
            if marks.get(start):
                pieces.append((marks[start], Style.PLAIN))
            pieces.append((shown[start:end], looks[start]))
            start = end
    return pieces


def wrapped(text: str, measure: int, fixed: list[Block] | None = None) -> str:
    """`text` with some blanks turned into line ends, so that lines fit and every offset stays what it was."""
    chars = list(text)
    kept = {place for block in fixed or () for place in range(block.start, block.end)}
    used, blank = 0, -1
    since = 0  # cells after the last blank
    for place, char in enumerate(text):
        if char == "\n":
            used, since, blank = 0, 0, -1
            continue
        wide = char_width(char)
        if char == " " and place not in kept:
            blank, since = place, 0
            used += wide
            continue
        used += wide
        since += wide
        if used > measure and blank >= 0:
            chars[blank] = "\n"
            used, blank = since, -1
    return "".join(chars)


def _indented(text: str, measure: int) -> str:
    shown = wrapped(text, measure - 4) if measure else text
    return "\n".join("    " + line for line in shown.split("\n"))
