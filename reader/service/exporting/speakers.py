"""How speakers, dates and origins are worded in everything that is exported, and who speaks where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from reader.model import Article, Quote


def speaker(quote: Quote) -> str:
    """`Ada Novak, analyst, Example Labs`, or `unknown`."""
    who = quote.speaker
    if who is None:
        return "unknown"
    said = who.name.casefold()
    role, house = (text if text and text.casefold() not in said else None for text in (who.role, who.organization))
    return ", ".join(part for part in (who.name, role, house) if part)


def provenance(quote: Quote) -> str:
    """`expert, direct; characters 120–240; confidence 0.93; pattern said-after`."""
    voice = quote.speaker.voice.value if quote.speaker else "no speaker found"
    return (
        f"{voice}, {quote.kind.value}; characters {quote.start}–{quote.end}; "
        f"confidence {quote.confidence:.2f}; {quote.reason}"
    )


def origin(article: Article) -> str:
    """`Section · Source · Author · 2026-01-31`, what is missing left out."""
    row = article.row
    parts = (row.section, row.given_by, row.author, day(row.published or row.updated))
    return " · ".join(part for part in parts if part)


def day(moment: datetime | None) -> str:
    """The date in UTC (RFC 3339), "" if there is none."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d") if moment else ""


def published(article: Article) -> str:
    """The day that the article itself states, "" if it states none: that of a file or a bookmark is no citation's."""
    return "" if article.row.dated_by else day(article.row.published)


def anchor(article: Article, number: int) -> str:
    """The id of the `number`-th quote of an article within a document."""
    return f"a{abs(article.row.id)}-q{number}"


def index(articles: Sequence[Article]) -> list[tuple[str, list[tuple[Article, int, Quote]]]]:
    """Every named speaker, by name, with the quotes (their numbers from 1) in the order of the articles."""
    found: dict[str, list[tuple[Article, int, Quote]]] = {}
    for article in articles:
        for number, quote in enumerate(article.quotes, 1):
            if quote.speaker is not None and quote.speaker.name:
                found.setdefault(quote.speaker.name, []).append((article, number, quote))
    return sorted(found.items(), key=lambda item: (item[0].casefold(), item[0]))
