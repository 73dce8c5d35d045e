"""The signs the room draws beside words, in two alphabets: for terminals with Unicode, and for those without."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.model import Voice

if TYPE_CHECKING:
    from reader.model import Quote

# A letter stands for each voice wherever its colour does: colour is never the only sign.
LETTERS = {Voice.EXPERT: "E", Voice.OFFICIAL: "O", Voice.COMPANY: "C", Voice.ADVERSARY: "A", Voice.OTHER: "X"}


class Marks(NamedTuple):
    """One alphabet. Every sign is one cell wide, except `bullet`, which is two with its blank."""

    unread: str = "●"
    saved: str = "★"
    bar: str = "│"  # a quote goes on in this line
    bullet: str = "• "
    quoted: str = "│ "  # a block quote of the article
    rule: str = "─"
    side: str = "│"
    thumb: str = "┃"
    top_left: str = "╭"
    top_right: str = "╮"
    bottom_left: str = "╰"
    bottom_right: str = "╯"
    more: str = "…"
    dot: str = "·"
    chosen: str = "✓"
    current: str = "▸"
    noted: str = "▌"  # a line with words that the reader has marked
    share: str = "━"  # a part of the picture of the voices
    tie: str = "\u00a0"  # between a letter and its word, which a line break must not part


UNICODE = Marks()
ASCII = Marks(
    unread="*",
    saved="S",
    bar="|",
    bullet="- ",
    quoted="| ",
    rule="-",
    side="|",
    thumb="#",
    top_left="+",
    top_right="+",
    bottom_left="+",
    bottom_right="+",
    more="~",
    dot="-",
    chosen="x",
    current=">",
    noted="=",
    share="-",
    tie="=",
)


def voice_of(quote: Quote) -> Voice:
    """On whose behalf a quote is said; `OTHER` if nobody is named."""
    return quote.speaker.voice if quote.speaker else Voice.OTHER


def letter_of(quote: Quote) -> str:
    """The margin letter of a quote."""
    return LETTERS[voice_of(quote)]
