"""A quote as it is copied: the words, who said them, and where that can be checked."""

from __future__ import annotations

from datetime import tzinfo

from reader.model import Article, ArticleRow, Quote, QuoteRow
from reader.text.addresses import mask
from reader.text.clean import clean_line
from reader.tui.marks import voice_of
from reader.tui.times import local


def cite(article: Article, quote: Quote, zone: tzinfo | None = None) -> str:
    """Two clean lines: the quote, and a dash with name, role, organisation, voice, outlet, title, date and address."""
    return _cited(article.row, article.source_url, quote, zone)


def cite_row(found: QuoteRow, zone: tzinfo | None = None) -> str:
    """As `cite`, of a quote in a list."""
    return _cited(found.article, found.article.source_url, found.quote, zone)


def _cited(row: ArticleRow, source_url: str, quote: Quote, zone: tzinfo | None) -> str:
    speaker = quote.speaker
    words = clean_line(quote.text)
    if quote.kind == "direct" and words[:1] not in "“\"'«„":
        words = f"“{words}”"
    who = [speaker.name, speaker.role, speaker.organization] if speaker else ["nobody named"]
    people = ", ".join(dict.fromkeys(clean_line(part) for part in who if part))
    moment = row.published or row.updated
    where = [
        clean_line(row.source_title),
        f"“{clean_line(row.title)}”",
        local(moment, zone) if moment else "",
        mask(row.url) if row.url else mask(source_url),
    ]
    return f"{words}\n— {people} ({voice_of(quote)}, {quote.kind}), {', '.join(part for part in where if part)}"
