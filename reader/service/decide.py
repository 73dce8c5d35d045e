"""Which entries of a feed are new, which changed, which we have: pure, no clock, no database, no network.

**Identity** (`Draft.key`) lives within one source: another feed's ids never touch ours. It is the id the feed states.
An entry without one is known by the first of these that tells it from its neighbours in the same document: its link
(unless that is only the address of the site), link and title, link, title and stated date, all of that and its content.
An entry is looked up by all four, so it stays itself when the company it is in changes.

**Counting once**: of entries of one document that share an id (or everything), the first counts; entries with no id,
title, link, date and content are dropped.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Protocol

from reader.feeds.persons import person_name
from reader.model import Draft, FeedEntry, Media, Origin
from reader.service.jobs import Incoming
from reader.service.one_address import addressed
from reader.text.addresses import is_web
from reader.text.clean import clean_line

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
MAX_TITLE, MAX_AUTHOR, MAX_TAG, MAX_LANGUAGE, MAX_URL = 1000, 300, 100, 35, 4096  # characters
MAX_TAGS, MAX_MEDIA = 50, 50
SUMMARY = 300


class Known(Protocol):
    """A stored article, as far as deciding needs it."""

    @property
    def id(self) -> int: ...
    @property
    def digest(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry and the keys it may be stored under, weakest first; `own` is the index of the one that is its own."""

    incoming: Incoming
    keys: tuple[str, ...]
    own: int
    digest: str

    @property
    def key(self) -> str:
        return self.keys[self.own]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done: rows to insert in the order of the document, rows to update by article id."""

    inserts: tuple[Draft, ...] = ()
    updates: tuple[tuple[int, Draft], ...] = ()
    unchanged: int = 0


def identify(entries: Sequence[Incoming], *, site: str = "") -> list[Candidate]:
    """The entries that count, each with its possible keys. `site` is the feed's own link: it identifies no entry."""
    filled = [item for item in entries if not _empty(item)]
    ladders = [_keys(item, site.rstrip("/")) for item in filled]
    uses = Counter(key for ladder in ladders for key in set(ladder))
    candidates: dict[str, Candidate] = {}
    for item, ladder in zip(filled, ladders, strict=True):
        own = next((index for index, key in enumerate(ladder) if uses[key] == 1), len(ladder) - 1)
        candidates.setdefault(ladder[own], Candidate(item, ladder, own, _digest(item)))
    return list(candidates.values())


def scoped(candidate: Candidate, scope: str) -> Candidate:
    """The candidate with keys that only hold within `scope` (one feed document among several of a source)."""
    if not scope:
        return candidate
    return replace(candidate, keys=tuple(f"{key}@{scope}" for key in candidate.keys))


def decide(
    candidates: Sequence[Candidate],
    known: Mapping[str, Known],
    *,
    now: datetime,
    language: str = "",
    site: str | None = None,
) -> Decision:
    """Compare with what is stored. `known` maps each stored key among the candidates' keys to its article.

    `site` is the feed's own link; None: other sources cannot have the same articles, so their addresses do not matter.
    """
    taken: set[int] = set()
    matches = [_match(candidate, known, taken) for candidate in candidates]
    addresses = addressed(candidates, site=site) if site is not None and None in matches else {}
    inserts: list[Draft] = []
    updates: list[tuple[int, Draft]] = []
    for position, (candidate, match) in enumerate(zip(candidates, matches, strict=True)):
        if match is not None and match[1].digest == candidate.digest:
            continue
        key = match[0] if match else candidate.key
        shared = addresses.get(key, _NO_ADDRESS)
        draft = _draft(candidate, key, now - timedelta(microseconds=position), language, shared)
        if match is None:
            inserts.append(draft)
        else:
            updates.append((match[1].id, draft))
    return Decision(tuple(inserts), tuple(updates), len(candidates) - len(inserts) - len(updates))


def sort_date(published: datetime | None, updated: datetime | None, now: datetime) -> datetime:
    """What lists go by: the stated date, never in the future (a feed cannot pin itself to the top) nor before 1970."""
    return min(max(published or updated or now, EARLIEST), now)


def short_digest(*parts: str | bytes) -> str:
    """96 bits over the parts as URL-safe text: enough to tell articles of one source apart, for ever."""
    joined = bytearray()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        joined += b"%d:" % len(data)
        joined += data
    return urlsafe_b64encode(blake2b(joined, digest_size=12).digest()).decode("ascii")


def _keys(item: Incoming, home: str) -> tuple[str, ...]:
    entry = item.entry
    if entry.id:
        return ("i" + short_digest(entry.id),)
    link = entry.link
    stated = entry.published or entry.updated
    date = stated.isoformat() if stated else ""
    title = clean_line(entry.title, MAX_TITLE)
    ladder = []
    if link.rstrip("/") != home and link:
        ladder.append("l" + short_digest(link))
    if title:
        ladder.append("t" + short_digest(link, title))
    if date:
        ladder.append("d" + short_digest(link, title, date))
    ladder.append("c" + short_digest(link, title, date, item.raw))
    return tuple(ladder)


def _match(candidate: Candidate, known: Mapping[str, Known], taken: set[int]) -> tuple[str, Known] | None:
    """The stored article that this entry is: by a key that is its own, or by a weaker one if nothing else changed."""
    for index in range(len(candidate.keys) - 1, -1, -1):
        key = candidate.keys[index]
        article = known.get(key)
        if article is None or article.id in taken:
            continue
        if index >= candidate.own or article.digest == candidate.digest:
            taken.add(article.id)
            return key, article
    return None


_NO_ADDRESS = (0, False)


def _draft(candidate: Candidate, key: str, now: datetime, language: str, shared: tuple[int, bool]) -> Draft:
    entry, raw = candidate.incoming.entry, candidate.incoming.raw
    return Draft(
        key=key,
        digest=candidate.digest,
        title=clean_line(entry.title, MAX_TITLE),
        url=entry.link if _storable(entry.link) else "",
        origin=Origin.FEED,
        sort_date=sort_date(entry.published, entry.updated, now),
        author=clean_line(person_name(entry.author), MAX_AUTHOR),
        summary=clean_line(entry.summary, SUMMARY),
        language=clean_line(language, MAX_LANGUAGE),
        published=entry.published,
        updated=entry.updated,
        tags=tuple(tag for tag in (clean_line(tag, MAX_TAG) for tag in entry.tags[:MAX_TAGS]) if tag),
        enclosures=tuple(
            Media(media.url, clean_line(media.type, MAX_TAG), media.length)
            for media in entry.enclosures[:MAX_MEDIA]
            if _storable(media.url)
        ),
        raw=raw,
        address=shared[0],
        own_id=shared[1],
    )


def _digest(item: Incoming) -> str:
    return short_digest(item.entry.title, item.entry.link, item.raw)


def _empty(item: Incoming) -> bool:
    entry: FeedEntry = item.entry
    stated = entry.id or entry.title or entry.link or entry.published or entry.updated or entry.summary
    return not (stated or item.raw or entry.enclosures)


def _storable(url: str) -> bool:
    return len(url) <= MAX_URL and is_web(url)
