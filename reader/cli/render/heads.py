"""What stands above an article, and how a speaker is named, in every form."""

from __future__ import annotations

from reader.cli import times
from reader.model import Article, CorrectedQuote, Note, Quote

WORDS = 120  # characters of highlighted words that are shown


def origin(article: Article) -> str:
    """`Section · Source · Author · 2026-01-31 09:05`, what is missing left out."""
    row = article.row
    when = times.minute(row.published or row.updated) if row.published or row.updated else ""
    return " · ".join(part for part in (row.section, row.given_by, row.author, when) if part)


def speaker(quote: Quote) -> str:
    """`Ada Novak, analyst, Example Labs`, or `unknown`."""
    who = quote.speaker
    if who is None:
        return "unknown"
    said = who.name.casefold()  # "a senior official, senior official" says nothing twice
    role, house = (text if text and text.casefold() not in said else None for text in (who.role, who.organization))
    return ", ".join(part for part in (who.name, role, house) if part)


def manner(quote: Quote) -> str:
    """`expert, direct`: on whose behalf, and how literal."""
    voice = quote.speaker.voice.value if quote.speaker else "no speaker found"
    return f"{voice}, {quote.kind.value}"


def grounds(quote: Quote) -> str:
    """`expert, direct, confidence 0.95, quote-verb-speaker`: how sure it is and why; `corrected` if a reader was."""
    told = f"{manner(quote)}, confidence {quote.confidence:.2f}, {quote.reason}"
    return f"{told}, corrected by the reader" if isinstance(quote, CorrectedQuote) else told


def noted(note: Note) -> str:
    """`2026-01-31`, and the words that a highlight marks: `2026-01-31 on “forty shops”`."""
    if not note.words:
        return times.day(note.changed)
    words = " ".join(note.words.split())
    shown = words if len(words) <= WORDS else words[: WORDS - 1].rstrip() + "…"
    gone = "" if note.start >= 0 else " (not in the text any more)"
    return f"{times.day(note.changed)} on “{shown.strip('“”')}”{gone}"
