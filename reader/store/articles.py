"""Articles as refresh and derivation write them: what is known, new, changed, and still to be read by the engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection

from reader.model import Document, Draft, Quote
from reader.store import addresses, bodies, quotes, searching
from reader.store.columns import (
    MAX_LANGUAGE,
    MAX_LINE,
    MAX_SUMMARY,
    MAX_TAGS,
    MAX_TITLE,
    dated_by,
    json_list,
    key_hash,
    lines,
)
from reader.store.inserting import insert
from reader.store.times import seconds, stamp
from reader.text.clean import clean_line

__all__ = [
    "MAX_LINE",
    "MAX_SUMMARY",
    "MAX_TAGS",
    "MAX_TITLE",
    "Known",
    "Pending",
    "engine_of",
    "insert",
    "known",
    "pending",
    "pending_one",
    "saved_among",
    "set_derived",
    "update",
]


LONG = 300  # characters from which a saved article is not given up for a few words
POOR = 2  # times shorter than a saved article its new text has to be to be taken for the loss of it


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
    if c.execute("SELECT 1 FROM entry WHERE source_id = ? LIMIT 1", (source_id,)).fetchone() is None:
        return found
    for key in keys:
        row = c.execute(
            "SELECT article_id, digest FROM entry WHERE source_id = ? AND key = ?", (source_id, key_hash(key))
        ).fetchone()
        if row is not None:
            found[key] = Known(row[0], key, row[1])
    return found


def update(c: Connection, changes: Sequence[tuple[int, Draft]], *, now: datetime, source_id: int | None = None) -> int:
    """Give articles new content; read, saved and tags stay, text and quotes are derived anew.

    What another source than the article's first says (`source_id`; None: the first) is only remembered.

    An empty draft never empties an article: content that was there stays if the new one has none. The place in lists
    changes only if the draft states a date. Returns how many of them anybody may see: removed ones change unseen.
    """
    seen = 0
    for article_id, draft in changes:
        row = c.execute("SELECT source_id, live > 0, url FROM article WHERE id = ?", (article_id,)).fetchone()
        if row is None:
            continue
        if source_id not in (None, row[0]):
            _put_key(c, source_id or 0, draft, article_id)
            continue
        seen += row[1]
        if draft.url != row[2]:
            addresses.move(c, article_id, row[2], draft.url)
        searching.forget(c, article_id)  # needs the title as it was
        c.execute(
            "UPDATE article SET title = ?, author = ?, url = ?, language = ?, summary = ?, published = ?, updated = ?,"
            " sort_date = CASE WHEN ? THEN ? ELSE sort_date END, enclosures = ?, dated_by = ?, engine = 0,"
            " revision = revision + 1 WHERE id = ?",
            (
                *lines(draft),
                stamp(draft.published),
                stamp(draft.updated),
                draft.published is not None,
                seconds(draft.sort_date),
                json_list(bodies.pack_media(draft.enclosures)),
                dated_by(draft),
                article_id,
            ),
        )
        _put_key(c, row[0], draft, article_id)
        if draft.raw:
            bodies.put_raw(c, article_id, draft.raw)
        _given_anew(c, article_id, draft)
    return seen


def _given_anew(c: Connection, article_id: int, draft: Draft) -> None:
    """The source gives other content. Where the text of the page is shown that stays, and the page is outdated."""
    shown = c.execute("SELECT shown FROM page WHERE article_id = ?", (article_id,)).fetchone()
    if shown is not None:
        c.execute("UPDATE page SET stale = 1 WHERE article_id = ?", (article_id,))
    elsewhere = shown is not None and shown[0]
    if draft.document is not None and elsewhere:
        text, layout = bodies.packed(bodies.clean(draft.document))
        c.execute("UPDATE page SET given_text = ?, given_layout = ? WHERE article_id = ?", (text, layout, article_id))
    elif draft.document is not None:
        bodies.put(c, article_id, draft.document)
    elif draft.raw and elsewhere:
        c.execute("UPDATE page SET given_text = NULL, given_layout = NULL WHERE article_id = ?", (article_id,))
    elif draft.raw:
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


def saved_among(c: Connection, ids: Iterable[int]) -> list[int]:
    """Those of these articles that are saved."""
    rows = c.execute(
        "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?)) AND saved_at IS NOT NULL",
        (json.dumps(list(ids)),),
    )
    return [row[0] for row in rows.fetchall()]


def set_derived(
    c: Connection,
    article_id: int,
    document: Document | None,
    found: Sequence[Quote],
    *,
    engine: int,
    revision: int | None = None,
    replace_poor: bool = False,
) -> None:
    """Store what was derived from an article: its text (None: it stays as it is), its quotes, its search index.

    Author, language and summary of `document` are taken where the source stated none. A document without text never
    takes the place of one that has some, nor (unless `replace_poor`) one that lost most of its words that of a saved
    one; the quotes of what stays are then derived anew. Quotes that do not fit the text are dropped, and those that the
    reader has corrected stay corrected. An article that is gone, or that is no longer of this `revision`, is passed
    over.
    """
    row = c.execute("SELECT revision, saved_at IS NOT NULL FROM article WHERE id = ?", (article_id,)).fetchone()
    if row is None or revision not in (None, row[0]):
        return
    present = bodies.text(c, article_id) if document is not None else ""
    if document is not None and row[1] and not replace_poor and _lost(present, document.text):
        c.execute("UPDATE body SET stale = 0 WHERE article_id = ?", (article_id,))
        return  # still pending: next time its text is there, and only its quotes are derived
    searching.forget(c, article_id)
    if document is not None and not document.text and present:
        document = None
    if document is not None:
        bodies.put(c, article_id, document)
        c.execute(
            "UPDATE article SET author = CASE author WHEN '' THEN ? ELSE author END,"
            " language = CASE language WHEN '' THEN ? ELSE language END,"
            " summary = CASE summary WHEN '' THEN ? ELSE summary END WHERE id = ?",
            (
                clean_line(document.author, MAX_LINE),
                clean_line(document.language, MAX_LANGUAGE),
                clean_line(document.summary, MAX_SUMMARY),
                article_id,
            ),
        )
    else:
        c.execute("UPDATE body SET stale = 0 WHERE article_id = ? AND stale", (article_id,))
    text = bodies.text(c, article_id)
    fitting = [quote for quote in found if quote.text and text[quote.start : quote.end] == quote.text]
    c.execute("UPDATE article SET engine = ? WHERE id = ?", (engine, article_id))
    quotes.put(c, article_id, fitting, text=text)
    searching.index(c, article_id)
    bodies.compact_raw(c, article_id)


def _lost(present: str, new: str) -> bool:
    """Whether a new text is what is left of one that was taken away: most of what was there is missing."""
    return len(present) >= LONG and POOR * len(new) < len(present)


# --- one article -----------------------------------------------------------------------------------------------------


def _put_key(c: Connection, source_id: int, draft: Draft, article_id: int) -> None:
    c.execute(
        "INSERT INTO entry (source_id, key, article_id, digest) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (source_id, key) DO UPDATE SET article_id = excluded.article_id, digest = excluded.digest",
        (source_id, key_hash(draft.key), article_id, draft.digest),
    )


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
