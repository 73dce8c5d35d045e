"""Reading without a library: what `extract`, `parse` and `secnews PATH|URL` do. Nothing is stored anywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from reader.config import Config
from reader.errors import FeedError, SecnewsError, SourceError, UsageError
from reader.model import VOICE_STRENGTH, Article, ArticleRow, Document, Draft, Feed, Quote, SourceKind
from reader.service import jobs, loading
from reader.service.decide import decide, identify
from reader.service.drafts import file_articles, page_article
from reader.service.intake import Finished
from reader.service.library import utcnow
from reader.service.loading import Loaded
from reader.service.places import place_of
from reader.service.visits import in_words, no_article, not_a_feed
from reader.sources import files

BATCH = 24  # entries a job
MAX_FILES = 500  # of a folder that is opened without being stored
FIRST_ID = -1_000_001  # ids below belong to no library; article ids count down from here


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one input gave: its articles (a feed has several), or why there are none."""

    input: str
    articles: tuple[Article, ...] = ()
    error: SecnewsError | None = None


def extract_inputs(
    inputs: Iterable[str],
    *,
    library_config: Config | None = None,
    stdin: BinaryIO | None = None,
    offline: bool = False,
) -> Iterator[Extracted]:
    """Read paths, addresses and `-` (standard input), one after the other, each as what it turns out to be.

    Only `network` of the configuration is used. A fault of one input is its `Extracted.error` and stops no other.
    Ids are negative: they belong to no library. Article.source_url is the input as given.
    """
    config = library_config or Config()
    for given in inputs:
        try:
            loaded = loading.load(given, config, stdin=stdin or sys.stdin.buffer, offline=offline)
            yield Extracted(given, tuple(_articles(given, loaded)))
        except SecnewsError as error:
            yield Extracted(given, error=error)


def parse_feed_bytes(body: bytes, *, url: str = "", content_type: str = "", name: str = "") -> Feed:
    """Parse a feed document in a child process; the feed as it states things. Raises FeedError, SourceError."""
    read = jobs.read_feed(body, url=url, name=name, content_type=content_type, plain=False)
    if isinstance(read, jobs.ReadPage):
        raise FeedError("It is a web page, not a feed.")
    entries = (replace(item.entry, content_html=item.raw.decode("utf-8", "replace")) for item in read.incoming)
    return replace(read.feed, entries=tuple(entries))


def parse_input(
    given: str, *, library_config: Config | None = None, stdin: BinaryIO | None = None, offline: bool = False
) -> Feed:
    """Parse the feed at a path, an address or `-` (standard input). Raises UsageError, SourceError."""
    loaded = loading.load(given, library_config or Config(), stdin=stdin or sys.stdin.buffer, offline=offline)
    try:
        return parse_feed_bytes(loaded.body, url=loaded.url, content_type=loaded.content_type, name=loaded.name)
    except SourceError as error:
        raise in_words(given, error) from error


def open_direct(address: str, *, library_config: Config | None = None, offline: bool = False) -> list[Article]:
    """The articles of a feed, page, file or folder for reading at once, newest first.

    Blocks while it fetches and reads. A folder gives its first 500 files; those that hold no article are passed over.
    Raises UsageError and SourceError.
    """
    config = library_config or Config()
    place = place_of(address)
    inputs = [place.url]
    if place.kind is SourceKind.FOLDER:
        inputs = [found.path for found in files.scan(place.url) if not found.problem][:MAX_FILES]
    articles: list[Article] = []
    problem: SecnewsError | None = None
    for extracted in extract_inputs(inputs, library_config=config, offline=offline):
        articles.extend(extracted.articles)
        problem = problem or extracted.error
    if not articles:
        raise problem or UsageError(f"There is no article in {place.url}.")
    articles.sort(key=lambda article: article.row.sort_date, reverse=True)
    return [
        replace(article, row=replace(article.row, id=FIRST_ID - position)) for position, article in enumerate(articles)
    ]


def _articles(given: str, loaded: Loaded) -> Iterator[Article]:
    now = utcnow()
    try:
        read = jobs.read_any(loaded.body, url=loaded.url, name=loaded.name, content_type=loaded.content_type)
    except SourceError as error:
        raise in_words(given, error) from error
    if isinstance(read, jobs.ReadFeed):
        drafts = decide(identify(read.incoming, site=read.feed.link), {}, now=now, language=read.feed.language).inserts
        yield from _entries(given, read.feed.title, drafts)
        return
    if loaded.is_web:
        page = page_article(read, url=loaded.url, now=now)
        found: tuple[Finished, ...] = (page,) if page else ()
    else:
        found = file_articles(read, name=loaded.name, key="", stamp="", mtime_ns=loaded.mtime_ns, section=None, now=now)
    if not found:
        if read.feeds:
            raise not_a_feed(given, read)
        raise no_article(given, read.format)
    for position, whole in enumerate(found):
        document = whole.draft.document or Document(text="")
        yield _article(given, "", FIRST_ID - position, whole.draft, document, whole.quotes)


def _entries(given: str, feed_title: str, drafts: tuple[Draft, ...]) -> Iterator[Article]:
    for start in range(0, len(drafts), BATCH):
        batch = drafts[start : start + BATCH]
        results = jobs.derive([jobs.ToDerive(draft.raw, draft.url) for draft in batch])
        for position, (draft, derived) in enumerate(zip(batch, results, strict=True), start):
            document = derived.document or Document(text="")
            yield _article(given, feed_title, FIRST_ID - position, draft, document, derived.quotes)


def _article(
    given: str, source_title: str, article_id: int, draft: Draft, document: Document, quotes: tuple[Quote, ...]
) -> Article:
    voices = {quote.speaker.voice for quote in quotes if quote.speaker}
    row = ArticleRow(
        id=article_id,
        source_id=0,
        source_title=source_title,
        section=draft.section,
        title=draft.title,
        author=draft.author or document.author,
        url=draft.url,
        published=draft.published,
        sort_date=draft.sort_date,
        read=False,
        saved=False,
        quote_count=len(quotes),
        voice=next((voice for voice in VOICE_STRENGTH if voice in voices), None),
        origin=draft.origin,
        summary=draft.summary or document.summary,
        updated=draft.updated,
        language=draft.language or document.language,
        tags=draft.tags,
        source_url=given,
        dated_by=document.dated_by,
    )
    document = replace(
        document,
        title=row.title,
        author=row.author,
        section=row.section,
        summary=row.summary,
        url=row.url,
        language=row.language,
        published=row.published,
        updated=row.updated,
        tags=row.tags,
    )
    return Article(row, document, quotes, draft.enclosures, source_url=given)
