"""Articles as refresh and derivation write them: what is known, new, changed, and still to be read by the engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from reader.model import Document, Draft, Quote
from reader.store import bodies, quotes, searching, sources
from reader.store.times import seconds, stamp
from reader.text.clean import clean_line, clean_text

MAX_TITLE = 1_000
MAX_LINE = 300
MAX_SUMMARY = 2_000
MAX_TAGS = 50


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that the library has, or had: its article may be removed."""

    id: int
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An article whose text (unless `has_text`) and quotes are to be derived from `raw`.

    `revision` is handed to `set_derived`, so that what was derived is not stored if the article changed meanwhile.
    """

    id: int
    raw: bytes
    url: str
    has_text: bool
    text: str
    revision: int = 0


def known(c: Connection, source_id: int, keys: Iterable[str]) -> dict[str, Known]:
    """Which of the keys this source has given before, also for articles that were removed since: nothing returns."""
    found: dict[str, Known] = {}
    for key in keys:
        row = c.execute(
            "SELECT article_id, digest FROM entry WHERE source_id = ? AND key = ?", (source_id, _hash(key))
        ).fetchone()
        if row is not None:
            found[key] = Known(row[0], key, row[1])
    return found


def insert(c: Connection, source_id: int, drafts: Sequence[Draft], *, section: str, now: datetime) -> list[int]:
    """Store new articles and return their ids in the order of `drafts`.

    A draft's own section goes before `section`, the one of the source. A draft whose key is known already changes
    nothing and gets the id that is there; of drafts with one date the later one gets the higher id. Drafts for
    `sources.SAMPLES` become sample articles with negative ids; those for a source that was removed while it was being
    fetched are hidden with it, and come back with it.
    """
    live = _live(c, source_id)
    present = known(c, source_id, [draft.key for draft in drafts])
    ids = {key: entry.id for key, entry in present.items()}
    for draft in sorted(drafts, key=lambda draft: draft.sort_date):  # ids follow dates: lists then read neighbours
        if draft.key not in ids:
            ids[draft.key] = _insert(c, source_id, draft, live=live, section=section, now=now)
    return [ids[draft.key] for draft in drafts]


def update(c: Connection, changes: Sequence[tuple[int, Draft]], *, now: datetime) -> None:
    """Give articles new content; read, saved and tags stay, text and quotes are derived anew.

    An empty draft never empties an article: content that was there stays if the new one has none. The place in lists
    changes only if the draft states a date.
    """
    for article_id, draft in changes:
        row = c.execute("SELECT source_id FROM article WHERE id = ?", (article_id,)).fetchone()
        if row is None:
            continue
        searching.forget(c, article_id)  # needs the title as it was
        c.execute(
            "UPDATE article SET title = ?, author = ?, url = ?, language = ?, summary = ?, published = ?, updated = ?,"
            " sort_date = CASE WHEN ? THEN ? ELSE sort_date END, enclosures = ?, engine = 0,"
            " revision = revision + 1 WHERE id = ?",
            (
                *_lines(draft),
                stamp(draft.published),
                stamp(draft.updated),
                draft.published is not None,
                seconds(draft.sort_date),
                _json(bodies.pack_media(draft.enclosures)),
                article_id,
            ),
        )
        _put_key(c, row[0], draft, article_id)
        if draft.document is not None:
            bodies.put(c, article_id, draft.document)
        if draft.raw:
            bodies.put_raw(c, article_id, draft.raw)
            if draft.document is None:
                c.execute("UPDATE body SET stale = 1 WHERE article_id = ?", (article_id,))


def pending(c: Connection, *, engine: int, limit: int) -> list[Pending]:
    """Articles that an engine of this version has not read: first those nobody can read yet, newest first."""
    rows = c.execute(
        "SELECT id, url, revision FROM article INDEXED BY article_engine WHERE live > 0 AND engine < ?"
        " ORDER BY engine, sort_date DESC, id DESC LIMIT ?",
        (engine, limit),
    ).fetchall()
    return [_pending(c, *row) for row in rows]


def pending_one(c: Connection, article_id: int) -> Pending | None:
    """The article as `pending` gives it, whatever engine read it; None if it is gone."""
    row = c.execute("SELECT id, url, revision FROM article WHERE id = ? AND live > 0", (article_id,)).fetchone()
    return _pending(c, *row) if row else None


def engine_of(c: Connection, article_id: int) -> int | None:
    """The version of the engine that has read the article, 0 if none has; None if there is no such article."""
    row = c.execute("SELECT engine FROM article WHERE id = ? AND live > 0", (article_id,)).fetchone()
    return int(row[0]) if row else None


def set_derived(
    c: Connection,
    article_id: int,
    document: Document | None,
    found: Sequence[Quote],
    *,
    engine: int,
    revision: int | None = None,
) -> None:
    """Store what was derived from an article: its text (None: it stays as it is), its quotes, its search index.

    Author, language and summary of `document` are taken where the source stated none. A document without text never
    takes the place of one that has some. Quotes that do not fit the text are dropped, and those that the reader has
    corrected stay corrected. An article that is gone, or that is no longer of this `revision`, is passed over.
    """
    row = c.execute("SELECT revision FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None or revision not in (None, row[0]):
        return
    searching.forget(c, article_id)
    if document is not None and not document.text and bodies.text(c, article_id):
        document = None
    if document is not None:
        bodies.put(c, article_id, document)
        c.execute(
            "UPDATE article SET author = CASE author WHEN '' THEN ? ELSE author END,"
            " language = CASE language WHEN '' THEN ? ELSE language END,"
            " summary = CASE summary WHEN '' THEN ? ELSE summary END WHERE id = ?",
            (
                clean_line(document.author, MAX_LINE),
                clean_line(document.language, 35),
                clean_line(document.summary, MAX_SUMMARY),
                article_id,
            ),
        )
    else:
        c.execute("UPDATE body SET stale = 0 WHERE article_id = ? AND stale", (article_id,))
    text = bodies.text(c, article_id)
    fitting = [quote for quote in found if quote.text and text[quote.start : quote.end] == quote.text]
    c.execute("UPDATE article SET engine = ? WHERE id = ?", (engine, article_id))
    quotes.put(c, article_id, fitting, engine=engine, text=text)
    searching.index(c, article_id)


# --- one article -----------------------------------------------------------------------------------------------------


def _live(c: Connection, source_id: int) -> int:
    """Who may see new articles of this source, as `article.live` says it."""
    if source_id == sources.SAMPLES:
        return 2
    row = c.execute("SELECT removed FROM source WHERE id = ?", (source_id,)).fetchone()
    return -1 if row and row[0] else 1


def _insert(c: Connection, source_id: int, draft: Draft, *, live: int, section: str, now: datetime) -> int:
    own = clean_line(draft.section, 200)
    cursor = c.execute(
        "INSERT INTO article (id, source_id, section_id, own_section, live, sort_date, added, origin, published,"
        " updated, title, author, url, language, summary, tags, enclosures)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            _next_sample_id(c) if source_id == sources.SAMPLES else None,
            source_id,
            sources.section_id(c, own or clean_line(section, 200)),
            bool(own),
            live,
            seconds(draft.sort_date),
            seconds(now),
            draft.origin.value,
            stamp(draft.published),
            stamp(draft.updated),
            *_lines(draft),
            _json([clean_line(tag, 100) for tag in draft.tags[:MAX_TAGS] if tag.strip()]),
            _json(bodies.pack_media(draft.enclosures)),
        ),
    )
    article_id = cursor.lastrowid
    assert article_id is not None  # noqa: S101 - sqlite3 sets it after every INSERT
    _put_key(c, source_id, draft, article_id)
    if draft.raw:
        bodies.put_raw(c, article_id, draft.raw)
    if draft.document is not None:
        bodies.put(c, article_id, draft.document)
    return article_id


def _next_sample_id(c: Connection) -> int:
    return int(c.execute("SELECT min(coalesce(min(id), 0), 0) - 1 FROM article WHERE id < 0").fetchone()[0])


def _put_key(c: Connection, source_id: int, draft: Draft, article_id: int) -> None:
    c.execute(
        "INSERT INTO entry (source_id, key, article_id, digest) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (source_id, key) DO UPDATE SET article_id = excluded.article_id, digest = excluded.digest",
        (source_id, _hash(draft.key), article_id, draft.digest),
    )


def _lines(draft: Draft) -> tuple[str, str, str, str, str]:
    """Title, author, url, language, summary: clean, one line each, bounded."""
    return (
        clean_line(draft.title, MAX_TITLE),
        clean_line(draft.author, MAX_LINE),
        clean_text(draft.url)[: bodies.MAX_ADDRESS],
        clean_line(draft.language, 35),
        clean_line(draft.summary, MAX_SUMMARY),
    )


def _hash(key: str) -> bytes:
    from hashlib import blake2b  # 3 ms, which no list needs

    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _json(values: list[Any]) -> str | None:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else None


def _pending(c: Connection, article_id: int, url: str, revision: int) -> Pending:
    row = c.execute("SELECT text FROM body WHERE article_id = ? AND NOT stale", (article_id,)).fetchone()
    return Pending(
        id=article_id,
        raw=bodies.raw(c, article_id),
        url=url,
        has_text=row is not None,
        text=bodies.decompress(row[0]) if row else "",
        revision=revision,
    )
