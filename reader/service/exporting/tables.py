"""Quotes as CSV with full provenance: who, what, where it stands, how sure, and from which page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from reader.model import Article, Quote
from reader.service.serial import address, is_corrected, source_address, time
from reader.text.clean import clean_line

COLUMNS = (
    *("article_id", "published", "section", "source", "source_url", "title", "author", "url", "saved_at"),
    *("speaker", "mention", "role", "organization", "type", "voice", "kind", "cue"),
    *("start", "end", "group", "confidence", "reason", "corrected", "text"),
)


def quotes_table(articles: Iterable[Article]) -> str:
    """The quotes of every article in the order of its text (RFC 4180, but lines end in LF)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for article in articles:
        writer.writerows(_row(article, quote) for quote in article.quotes)
    return buffer.getvalue()


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins like it gets an apostrophe in front."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠") else cell


def _row(article: Article, quote: Quote) -> Sequence[object]:
    row, who = article.row, quote.speaker
    head = [
        time(row.published) or "", row.section, row.source_title, source_address(article.source_url), row.title,
        row.author, address(row.url), time(article.saved_at) or "",
    ]  # fmt: skip
    speaker = ["", "", "", "", "", ""] if who is None else [
        who.name, who.mention, who.role or "", who.organization or "", who.type.value, who.voice.value,
    ]  # fmt: skip
    texts = [*head, *speaker, quote.kind.value, quote.cue or ""]
    return [
        row.id,
        *(inert(clean_line(text)) for text in texts),
        quote.start,
        quote.end,
        "" if quote.group is None else quote.group,
        f"{quote.confidence:.4f}",
        inert(clean_line(quote.reason)),
        "true" if is_corrected(quote) else "false",
        inert(clean_line(quote.text)),
    ]
