"""Committing what a source gave: articles and the source's state in one transaction, so that both are true together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from reader.config import Config
from reader.errors import DiscoveredFeeds, SourceError
from reader.model import Draft, Outcome, Polling, Quote, Source, SourceResult
from reader.service import joining
from reader.service.decide import decide, identify, scoped
from reader.service.jobs import ReadFeed
from reader.service.joining import unshared
from reader.service.schedule import after_failure, after_success
from reader.store import Database, articles, local_files, settings, sharing, sources
from reader.text.addresses import mask
from reader.text.canonical import fingerprint

CONFIRMED_AFTER = 20 * 3600.0  # seconds between two permanent redirects that count as two days


@dataclass(frozen=True, slots=True)
class Finished:
    """An article that came with its text (`draft.document`) and quotes.

    Of its digest only what follows the last dot says whether the article changed. `other_key` is the one under which
    the same content may be stored already: a file that held one message may now hold several, and the reverse.
    """

    draft: Draft
    quotes: tuple[Quote, ...] = ()
    other_key: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """Articles of one document: entries still to be derived, or finished ones.

    `scope` keeps the entries of several feed documents of one source apart (a folder); `section` is the entries' own
    ("": they are in the section of the source and go with it). `file_key` is the file of a folder they came from: they
    follow it into another section, and go and come with it.
    """

    feed: ReadFeed | None = None
    finished: tuple[Finished, ...] = ()
    scope: str = ""
    section: str = ""
    file_key: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """How a visit to a source went well; of its state what is None stays as it is. `max_age` is in seconds.

    `url` is the path a file has now.
    """

    outcome: Outcome
    given: tuple[Given, ...] = ()
    status: int | None = None
    message: str = ""
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    max_age: int | None = None
    site_url: str | None = None
    title: str | None = None
    moved_to: str = ""
    polling: Polling | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles were added and changed."""

    new: int = 0
    updated: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.new + other.new, self.updated + other.updated)


class Intake:
    """Writes for one refresh. Every method is one transaction and may raise StorageError."""

    def __init__(self, database: Database, config: Config, *, engine: int, chance: Random | None = None) -> None:
        self._database = database
        self._config = config
        self._engine = engine
        self._chance = chance or Random()

    def success(
        self, source: Source, received: Received, now: datetime, *, earlier: Tally | None = None
    ) -> SourceResult:
        """Store articles and state; `earlier` counts what `take` committed of the same visit."""
        plan = after_success(
            source.kind,
            now,
            max_age=received.max_age,
            interval=interval_of(source, self._config),
            polling=received.polling or source.polling,
        )
        with self._database.write() as c:
            address, suggested = self._new_address(source, received.moved_to, now)
            tally = (earlier or Tally()) + self.take(source, received.given, now)
            sources.record(
                c,
                source.id,
                status=received.outcome,
                reason=f"{received.message} {plan.reason}".strip(),
                errors=0,
                next_fetch=plan.next_fetch,
                last_success=now,
                etag=received.etag,
                last_modified=received.last_modified,
                body_hash=received.body_hash,
                site_url=received.site_url,
                feed_title=received.title,
                url=received.url or address,
                polling=received.polling,
                moved_to=suggested,
            )
        return SourceResult(
            source_id=source.id,
            url=mask(source.url),
            outcome=received.outcome,
            status=received.status,
            new=tally.new,
            updated=tally.updated,
            message=received.message,
        )

    def failure(self, source: Source, error: SourceError, now: datetime) -> SourceResult:
        """Store that the source failed and when it is tried again; what it gave before stays.

        A page in its place that names a feed makes that feed's address a suggestion, which somebody may take.
        """
        outcome, errors = Outcome(error.outcome), source.errors + 1
        plan = after_failure(
            source.kind,
            now,
            sentence(str(error)),
            outcome=outcome,
            errors=errors,
            retry_after=error.retry_after,
            chance=self._chance,
        )
        with self._database.write() as c:
            sources.record(
                c,
                source.id,
                status=outcome,
                reason=plan.reason,
                errors=errors,
                next_fetch=plan.next_fetch,
                moved_to=error.feeds[0][0] if isinstance(error, DiscoveredFeeds) else None,
            )
        return SourceResult(source.id, mask(source.url), outcome, status=error.status, message=sentence(str(error)))

    def neighbourly(self, source: Source, until: datetime) -> SourceResult:
        """Store that the source is not asked before `until`, as its host wishes to be left alone."""
        message = "Other sources of this host were asked to wait, so it was not asked."
        with self._database.write() as c:
            sources.record(c, source.id, status=Outcome.BACKOFF, reason=message, errors=source.errors, next_fetch=until)
        return SourceResult(source.id, mask(source.url), Outcome.BACKOFF, message=message)

    def take(self, source: Source, given: Sequence[Given], now: datetime) -> Tally:
        """Store the articles of some documents of the source."""
        tally = Tally()
        with self._database.write():
            for document in given:
                if document.feed is not None:
                    tally += self._entries(source, document, document.feed, now)
                tally += self._finished(source, document, now)
        return tally

    def _entries(self, source: Source, document: Given, read: ReadFeed, now: datetime) -> Tally:
        candidates = [scoped(candidate, document.scope) for candidate in identify(read.incoming, site=read.feed.link)]
        keys = {key for candidate in candidates for key in candidate.keys}
        with self._database.write() as c:
            known = articles.known(c, source.id, keys)
            site = read.feed.link if source.kind in joining.KINDS else None
            decision = decide(candidates, known, now=now, language=read.feed.language, site=site)
            # Last of the document first: of entries with one date the first one gets the highest id and leads lists.
            inserts = decision.inserts[::-1]
            if document.section:
                inserts = tuple(replace(draft, section=document.section) for draft in inserts)
            new = unshared(self._database, source, inserts, section=self.section(source), now=now)
            ids = articles.insert(c, source.id, new, section=self.section(source), now=now)
            updated = articles.update(c, decision.updates, now=now, source_id=source.id)
            if document.file_key:
                before = [entry.id for entry in known.values()]
                local_files.belong(c, source.id, document.file_key, [*before, *ids])
                local_files.place(c, before, document.section, self.section(source))
        return Tally(len(new), updated)

    def _finished(self, source: Source, document: Given, now: datetime) -> Tally:
        new = updated = 0
        with self._database.write() as c:
            keys = [key for article in document.finished for key in (article.draft.key, article.other_key) if key]
            known = articles.known(c, source.id, keys)
            for article in document.finished:
                draft, before = article.draft, known.get(article.draft.key)
                other = known.get(article.other_key)
                if other is not None and _content(other.digest) == _content(draft.digest):
                    before = other
                if before is None:
                    draft = replace(draft, address=fingerprint(draft.url) if source.kind in joining.KINDS else 0)
                    if not unshared(self._database, source, [draft], section=self.section(source), now=now):
                        before = articles.known(c, source.id, [draft.key])[draft.key]
                        if sharing.members(c, before.id)[0] == source.id:
                            articles.set_derived(c, before.id, None, article.quotes, engine=self._engine)
                        continue
                    article_id = articles.insert(c, source.id, [draft], section=self.section(source), now=now)[0]
                    new += 1
                else:
                    article_id = before.id
                if document.file_key:
                    local_files.belong(c, source.id, document.file_key, [article_id])
                if before is not None:
                    if document.file_key:
                        local_files.place(c, [article_id], draft.section, self.section(source))
                    if before.digest == draft.digest:
                        continue
                    seen = articles.update(c, [(article_id, draft)], now=now, source_id=source.id)
                    if source.kind in joining.KINDS and sharing.members(c, article_id)[0] != source.id:
                        continue
                    updated += seen * (_content(before.digest) != _content(draft.digest))
                    local_files.retag(c, article_id, draft.tags)
                articles.set_derived(c, article_id, None, article.quotes, engine=self._engine)
        return Tally(new, updated)

    def _new_address(self, source: Source, moved_to: str, now: datetime) -> tuple[str | None, str]:
        """The address a source has moved to, once it has said so on two different days; until then it is a suggestion
        (the second of the pair, "" if there is none)."""
        key = f"moved:{source.id}"
        with self._database.write() as c:
            noted = settings.get(c, key)
            if not moved_to:
                if noted is not None:
                    settings.put(c, key, None)
                return None, ""
            if noted is None or noted[0] != moved_to:
                settings.put(c, key, [moved_to, now.timestamp()])
                return None, moved_to
            if abs(now.timestamp() - noted[1]) < CONFIRMED_AFTER:
                return None, moved_to
            settings.put(c, key, None)
            return moved_to, ""

    def section(self, source: Source) -> str:
        """The section of the source: what the configuration says goes before what the library says."""
        override = self._config.source(source.url)
        return source.section if override is None or override.section is None else override.section


def interval_of(source: Source, config: Config) -> timedelta | None:
    """How often the reader wants the source to be asked: the configuration goes before the library."""
    override = config.source(source.url)
    seconds = override.interval if override and override.interval else source.interval
    return timedelta(seconds=seconds) if seconds else None


def sentence(words: str) -> str:
    """`words` with an end, so that another sentence may follow."""
    return words if not words or words.endswith((".", "!", "?", "…")) else f"{words}."


def _content(digest: str) -> str:
    return digest.rpartition(".")[2]
