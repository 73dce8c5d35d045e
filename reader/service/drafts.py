"""Drafts of the articles that come whole, with text and quotes: web pages and files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePath

from reader.model import Document, Draft, Origin, Quote
from reader.service.decide import MAX_URL, short_digest, sort_date
from reader.service.intake import Finished
from reader.service.jobs import ReadPage
from reader.text.addresses import is_web, mask
from reader.text.clean import clean_line

PAGE_KEY = "page"  # a page source has one article
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def page_article(read: ReadPage, *, url: str, now: datetime) -> Finished | None:
    """The article of a web page found at `url`, None if it has none. Its section is that of its source."""
    if read.document is None:
        return None
    document = replace(read.document, section="", url=url, title=read.document.title or mask(url))
    return _finished(document, read.quotes, PAGE_KEY, "", Origin.PAGE, now)


def file_articles(
    read: ReadPage, *, name: str, key: str, stamp: str, mtime_ns: int | None, section: str | None, now: datetime
) -> tuple[Finished, ...]:
    """The articles of a file, each once: none, one, or the messages of a mailbox.

    `section` goes before the one the file states ("": that of its source). A file that states no date has that of its
    last change, and says so (`Document.dated_by`). `stamp` is what tells that the file was not touched; the digest of
    a single article begins with it. Messages are known by what they say of themselves, so that a mailbox may grow at
    either end.
    """
    if read.document is None:
        return ()
    found: dict[str, Finished] = {}
    for document, quotes in ((read.document, read.quotes), *read.more):
        own = f"{key}.{_message_key(document)}"
        title = document.title or clean_line(PurePath(name).stem) or "Untitled"
        document = replace(document, title=title, section=document.section if section is None else section)
        if document.published is None and document.updated is None and mtime_ns is not None:
            document = replace(document, published=modified(mtime_ns), dated_by="mtime")
        if not read.more:
            return (replace(_finished(document, quotes, key, stamp, Origin.FILE, now), other_key=own),)
        found.setdefault(own, replace(_finished(document, quotes, own, "", Origin.FILE, now), other_key=key))
    return tuple(found.values())


def _message_key(document: Document) -> str:
    stated = document.published.isoformat() if document.published else short_digest(document.text)
    return short_digest(document.title, document.author, document.url, stated)


def modified(mtime_ns: int) -> datetime | None:
    """The time of a file's last change in whole seconds; None where the file system's number is no date."""
    try:
        return _EPOCH + timedelta(seconds=mtime_ns // 10**9)
    except OverflowError:
        return None


def _finished(
    document: Document, quotes: tuple[Quote, ...], key: str, stamp: str, origin: Origin, now: datetime
) -> Finished:
    content = short_digest(document.title, document.url, document.text)
    draft = Draft(
        key=key,
        digest=f"{stamp}.{content}",
        title=document.title,
        url=document.url if len(document.url) <= MAX_URL and is_web(document.url) else "",
        origin=origin,
        sort_date=sort_date(document.published, document.updated, now),
        author=document.author,
        section=document.section,
        summary=document.summary,
        language=document.language,
        published=document.published,
        updated=document.updated,
        tags=document.tags,
        document=document,
    )
    return Finished(draft, quotes)
