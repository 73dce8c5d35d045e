"""Records of an export → drafts of saved articles (pure)."""

from __future__ import annotations

from datetime import datetime
from html import escape

from reader.extract.exports import Export, Exported
from reader.model import Draft, Origin
from reader.service.decide import short_digest, sort_date
from reader.store.imports import STUB, Bookmark
from reader.text.addresses import mask, normalise

STARRED, PRIVATE = "starred", "private"  # tags: states that the library has no other place for
MAX_TAGS = 50


def bookmarks_of(export: Export, now: datetime) -> list[Bookmark]:
    """A bookmark for each entry, in the order of the export; ids then follow dates."""
    return [_bookmark(entry, now) for entry in export.entries]


def key_of(url: str) -> str:
    """The key of an article by its address: the same page is the same article."""
    return f"u{short_digest(normalise(url))}"


def _bookmark(entry: Exported, now: datetime) -> Bookmark:
    states = tuple(tag for tag, is_so in ((STARRED, entry.starred), (PRIVATE, entry.private)) if is_so)
    raw = _raw(entry)
    title = entry.title or mask(entry.url)
    content = short_digest(title, entry.url, raw)
    draft = Draft(
        key=key_of(entry.url),
        digest=f"text.{content}" if entry.content_html else f"{STUB}{content}",
        title=title,
        url=entry.url,
        origin=Origin.PAGE,
        sort_date=sort_date(entry.published or entry.added, None, now),
        author=entry.author,
        summary=entry.summary,
        language=entry.language,
        published=entry.published or entry.added,
        dated_by="" if entry.published or not entry.added else "saved",
        tags=tuple(dict.fromkeys((*states, *entry.tags)))[:MAX_TAGS],
        raw=raw,
    )
    saved_at = entry.added or now
    return Bookmark(draft, min(saved_at, now), entry.read)


def _raw(entry: Exported) -> bytes:
    """The HTML that the text is derived from: what was kept, then what the reader marked and wrote."""
    parts = [entry.content_html] if entry.content_html else []
    parts += [f"<blockquote>{_lines(text)}</blockquote>" for text in entry.highlights]
    parts += [_lines(text) for text in entry.notes]
    return "\n".join(parts).encode("utf-8", "replace")


def _lines(text: str) -> str:
    paragraphs = (escape(part, quote=False).replace("\n", "<br>") for part in text.split("\n\n") if part.strip())
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
