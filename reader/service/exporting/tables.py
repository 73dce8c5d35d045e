"""Quotes as CSV with full provenance: who, what, where it stands, how sure, and from which page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from hashlib import sha256
from types import MappingProxyType

from reader.model import Article, Quote
from reader.service.exporting.dossiers import NONE, Dossiers
from reader.service.serial import address, is_corrected, source_address, time
from reader.text.clean import clean_line

COLUMNS = (
    *("article_id", "published", "section", "source", "source_url", "title", "author", "url", "saved_at"),
    *("speaker", "mention", "role", "organization", "type", "voice", "kind", "cue"),
    *("start", "end", "group", "confidence", "reason", "corrected", "text"),
    *("text_sha256", "fetched", "final_url", "page_sha256"),
)


def quotes_table(articles: Iterable[Article], kept: Dossiers = MappingProxyType({})) -> str:
    """The quotes of every article in the order of its text (RFC 4180, but lines end in LF).

    `text_sha256` is of the text (UTF-8) that the offsets are of; what was fetched stands there for saved articles.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for article in articles:
        capture = kept.get(article.row.id, NONE).capture
        fetched = ["", "", ""]
        if capture is not None:
            fetched = [time(capture.fetched) or "", inert(clean_line(address(capture.final_url))), capture.sha256]
        proof = [sha256(article.document.text.encode("utf-8", "replace")).hexdigest(), *fetched]
        writer.writerows([*_row(article, quote), *proof] for quote in article.quotes)
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
