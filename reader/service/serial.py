"""Records as plain JSON values, field by field as the JSON contract of the command line words them.

Everything here is safe to print: strings are clean, addresses of sources are masked, addresses in content lose their
user-info. Times are RFC 3339 in UTC. An id that is not positive belongs to nothing in the library and becomes null.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reader.feeds.scripts import without_scripts
from reader.model import (
    Article,
    ArticleRow,
    CorrectedQuote,
    Document,
    Expert,
    Feed,
    FeedEntry,
    Media,
    Note,
    Origin,
    Quote,
    RefreshSummary,
    Source,
    SourceResult,
)
from reader.text.addresses import mask
from reader.text.clean import clean_line, clean_text

if TYPE_CHECKING:
    from reader.service.revisions import Difference
    from reader.service.saving import Evidence, Verified
    from reader.service.searching import Hit

SCHEMA = 1

Json = dict[str, Any]


def listing(noun: str, items: Iterable[Json]) -> Json:
    """A list document: `{"schema": 1, noun: […], "next": null}`."""
    return {"schema": SCHEMA, noun: list(items), "next": None}


def line(item: Json) -> Json:
    """An object as it stands alone (a line of `--jsonl`): with the schema number in front."""
    return {"schema": SCHEMA, **item}


def article_object(article: Article) -> Json:
    """A whole article of the library (or of `open_direct`)."""
    row, document = article.row, article.document
    head = row_object(row)
    head["source"]["url"] = source_address(article.source_url)
    content = _content(document, article.quotes, article.enclosures, article_id=_id(row.id))
    noted = {"notes": [note_object(note) for note in article.notes]} if article.notes else {}
    return line(head | content | noted)


def row_object(row: ArticleRow) -> Json:
    """An article as lists show it: without text, blocks, links, quotes, entities."""
    return {
        "id": _id(row.id),
        "source": {
            "id": _id(row.source_id),
            "title": clean_line(row.source_title),
            "url": source_address(row.source_url),
        },
        "section": clean_line(row.section),
        "title": clean_line(row.title),
        "author": clean_line(row.author),
        "published": time(row.published),
        "updated": time(row.updated),
        "url": address(row.url),
        "language": clean_line(row.language),
        "read": row.read,
        "saved": row.saved,
        "tags": [clean_line(tag) for tag in row.tags],
        "origin": row.origin.value,
        "summary": clean_line(row.summary),
        **_dated_by(row.dated_by),
        **_sources(row),
    }


def hit_object(hit: Hit) -> Json:
    """A row of a search: the article as lists show it, and the line of its text that was found, null for none.

    `highlights` are offsets into the snippet's own text.
    """
    if hit.snippet is None:
        return row_object(hit.row) | {"snippet": None}
    spans = [{"start": start, "end": end} for start, end in hit.snippet.spans]
    return row_object(hit.row) | {"snippet": {"text": hit.snippet.text, "highlights": spans}}


def document_object(
    document: Document,
    quotes: Sequence[Quote] = (),
    *,
    origin: Origin,
    source_url: str,
    source_title: str = "",
    enclosures: Sequence[Media] = (),
) -> Json:
    """A document that is in no library, as an article object with null ids; `source_url` is what was given."""
    head = {
        "id": None,
        "source": {"id": None, "title": clean_line(source_title), "url": source_address(source_url)},
        "section": clean_line(document.section),
        "title": clean_line(document.title),
        "author": clean_line(document.author),
        "published": time(document.published),
        "updated": time(document.updated),
        "url": address(document.url),
        "language": clean_line(document.language),
        "read": False,
        "saved": False,
        "tags": [clean_line(tag) for tag in document.tags],
        "origin": origin.value,
        "summary": clean_line(document.summary),
        **_dated_by(document.dated_by),
    }
    return line(head | _content(document, quotes, enclosures, article_id=None))


def _sources(row: ArticleRow) -> Json:
    """All sources of an article that several give, the one whose words it has first."""
    if not row.also:
        return {}
    first = (row.source_id, row.source_title, row.source_url)
    named = [first, *((other.id, other.title, other.url) for other in row.also)]
    return {
        "sources": [
            {"id": _id(number), "title": clean_line(title), "url": source_address(url)} for number, title, url in named
        ]
    }


def _dated_by(mark: str) -> Json:
    """The mark of a date that is only that of a file; an article that states its date has no such member."""
    return {"dated_by": clean_line(mark)} if mark else {}


def quote_object(quote: Quote, article_id: int | None = None) -> Json:
    """A quote; `article_id` is null outside the library."""
    speaker = quote.speaker
    return {
        "article_id": article_id,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "kind": quote.kind.value,
        "cue": _maybe(quote.cue),
        "speaker": None
        if speaker is None
        else {
            "name": clean_line(speaker.name),
            "mention": clean_line(speaker.mention),
            "role": _maybe(speaker.role),
            "organization": _maybe(speaker.organization),
            "type": speaker.type.value,
            "voice": speaker.voice.value,
        },
        "group": quote.group,
        "confidence": round(quote.confidence, 4),
        "reason": clean_line(quote.reason),
        "corrected": is_corrected(quote),
    }


def is_corrected(quote: Quote) -> bool:
    """Whether the reader has said who speaks, or has hidden the quote."""
    return isinstance(quote, CorrectedQuote)


def expert_object(expert: Expert) -> Json:
    """An expert of the library; roles and organisations are the most frequent first."""
    return {
        "id": expert.id,
        "name": clean_line(expert.name),
        "type": expert.type.value,
        "voice": expert.voice.value,
        "roles": [clean_line(role) for role in expert.roles],
        "organizations": [clean_line(name) for name in expert.organizations],
        "quotes": expert.quotes,
        "articles": expert.articles,
        "outlets": expert.outlets,
        "first_seen": time(expert.first_seen),
        "last_seen": time(expert.last_seen),
    }


def source_object(source: Source) -> Json:
    """A source with its health."""
    return {
        "id": source.id,
        "kind": source.kind.value,
        "url": source_address(source.url),
        "title": clean_line(source.title),
        "section": clean_line(source.section),
        "status": clean_line(source.status),
        "last_success": time(source.last_success),
        "next_fetch": time(source.next_fetch),
        "reason": clean_line(f"Paused. {source.reason}" if source.paused else source.reason),
        "errors": source.errors,
    }


def refresh_object(summary: RefreshSummary) -> Json:
    """A refresh as a whole."""
    results = [result_object(result) for result in summary.results]
    return {
        "schema": SCHEMA,
        "results": results,
        "new": summary.new,
        "updated": summary.updated,
        "failed": summary.failed,
    }


def result_object(result: SourceResult) -> Json:
    """One source's line of a refresh."""
    return {
        "source_id": result.source_id,
        "url": source_address(result.url),
        "outcome": result.outcome.value,
        "status": result.status,
        "new": result.new,
        "updated": result.updated,
        "seconds": round(result.seconds, 3),
        "message": clean_line(result.message),
    }


def feed_object(feed: Feed) -> Json:
    """A parsed feed document, as it states things (addresses included)."""
    return {
        "schema": SCHEMA,
        "format": clean_line(feed.format),
        "title": clean_line(feed.title),
        "link": clean_text(feed.link),
        "entries": [_entry(entry) for entry in feed.entries],
        "warnings": [clean_line(warning) for warning in feed.warnings],
    }


def time(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC, with a fraction only where there is one; None stays None."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def source_address(url: str) -> str:
    """The address of a source as anyone may see it; a path stays whole."""
    return mask(url) if _SCHEME.match(url) else clean_text(url)


def address(url: str) -> str:
    """An address from content: whole, unless it carries a name or password of somebody."""
    return mask(url) if _USER_INFO.match(url) else clean_text(url)


_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]{1,30}:")  # one letter would be a drive
_USER_INFO = re.compile(r"[^/\\?#]*[/\\]{2,}[^/\\?#]*@")


def _content(
    document: Document, quotes: Sequence[Quote], enclosures: Sequence[Media], *, article_id: int | None
) -> Json:
    text = clean_text(document.text)
    whole = text == document.text  # always so for what extraction gives; offsets into other words would lie
    return {
        "text": text,
        "blocks": [
            {"start": block.start, "end": block.end, "type": block.type.value} for block in document.blocks if whole
        ],
        "links": [{"start": link.start, "end": link.end, "url": address(link.url)} for link in document.links if whole],
        "quotes": [quote_object(quote, article_id) for quote in quotes if whole],
        "entities": [],
        "enclosures": [_media(media) for media in enclosures],
        "images": [_media(media) for media in document.images],
    }


def _entry(entry: FeedEntry) -> Json:
    return {
        "id": clean_text(entry.id),
        "title": clean_line(entry.title),
        "link": clean_text(entry.link),
        "author": clean_line(entry.author),
        "published": time(entry.published),
        "updated": time(entry.updated),
        "summary": clean_text(without_scripts(entry.summary)),
        "content_html": clean_text(without_scripts(entry.content_html)),
        "tags": [clean_line(tag) for tag in entry.tags],
        "enclosures": [
            {"url": clean_text(media.url), "type": clean_line(media.type), "length": media.length}
            for media in entry.enclosures
        ],
    }


def _media(media: Media) -> Json:
    alt = {"alt": clean_line(media.alt)} if media.alt else {}
    return {"url": address(media.url), "type": clean_line(media.type), "length": media.length, **alt}


def _id(number: int) -> int | None:
    return number if number > 0 else None


def _maybe(text: str | None) -> str | None:
    return None if text is None else clean_line(text)


def evidence_object(kept: Evidence) -> Json:
    """What is kept of a saved article: its newest capture with hashes, and how many there are."""
    one = kept.newest
    return {
        "state": kept.state,
        "reason": clean_line(kept.reason),
        "kind": one.kind.value if one else None,
        "fetched": time(one.fetched) if one else None,
        "checked": time(one.checked) if one else None,
        "url": address(one.url) if one else "",
        "final_url": address(one.final_url) if one else "",
        "content_type": clean_line(one.content_type) if one else "",
        "wall": one.wall.value if one else "",
        "bytes": one.size if one else 0,
        "sha256": one.sha256 if one else "",
        "text_sha256": one.text_sha256 if one else "",
        "images": [
            {
                "url": address(image.url),
                "type": clean_line(image.type),
                "bytes": image.size,
                "sha256": image.sha256,
                "problem": clean_line(image.problem),
            }
            for image in (one.images if one else ())
        ],
        "revisions": len(kept.captures),
    }


def verified_object(result: Verified) -> Json:
    """What hashing again found of one saved article."""
    return {
        "id": _id(result.article_id),
        "title": clean_line(result.title),
        "ok": not result.faults,
        "bytes": result.bytes,
        "texts": result.texts,
        "images": result.images,
        "faults": [clean_line(fault) for fault in result.faults],
    }


def difference_object(found: Difference) -> Json:
    """What has changed in a saved article from one revision to the next."""
    return line(
        {
            "id": _id(found.new.article_id),
            "kind": found.new.kind.value,
            "from": {"revision": found.old.revision, "fetched": time(found.old.fetched)},
            "to": {"revision": found.new.revision, "fetched": time(found.new.fetched)},
            "changes": [
                {
                    "old": clean_text(change.old),
                    "new": clean_text(change.new),
                    "before": clean_text(change.before),
                    "after": clean_text(change.after),
                    "quote": change.quote,
                    "number": change.number,
                }
                for change in found.changes
            ],
        }
    )


def note_object(note: Note) -> Json:
    """A note on an article; `words` are those of a highlight, else "", and `start` is where they stand in the text.

    `start` is null for a note without words, and for words that are not in the text any more.
    """
    return {
        "id": note.id,
        "article_id": _id(note.article_id),
        "text": clean_text(note.text),
        "words": clean_text(note.words),
        "start": note.start if note.words and note.start >= 0 else None,
        "made": time(note.made),
        "changed": time(note.changed),
    }
