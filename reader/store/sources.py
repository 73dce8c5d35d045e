"""Where articles come from. Removing a source only hides its row, so that undo brings it back whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from sqlite3 import Connection
from typing import Any
from urllib.parse import urlsplit

from reader.errors import UsageError
from reader.model import Polling, Source, SourceKind
from reader.store.faults import decoding
from reader.store.times import maybe_moment, moment, seconds, stamp
from reader.text.addresses import mask, normalise
from reader.text.clean import clean_line


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader sets for one source besides title and section; `interval` in seconds, None for the usual."""

    interval: int | None = None
    full_text: bool = False
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    paused: bool = False


SAMPLES = -1  # the id of the source of the sample articles

_COLUMNS = (
    "SELECT id, kind, url, title, section, status, reason, errors, last_success, next_fetch, site_url, etag,"
    " last_modified, body_hash, consent, paused, total, unread, polling, interval, full_text, headers, moved_to, added"
    " FROM source"
)
_ALL = f"{_COLUMNS} WHERE removed = 0 AND id > 0 ORDER BY section, title, id"
_BY_ID = f"{_COLUMNS} WHERE removed = 0 AND id > 0 AND id = ?"
_BY_IDENTITY = f"{_COLUMNS} WHERE removed = 0 AND identity = ?"


def all(c: Connection) -> list[Source]:  # noqa: A001 - read as `sources.all`
    """Every source but the samples, by section and title."""
    found = c.execute(_ALL).fetchall()
    with decoding():
        return [_source(row) for row in found]


def get(c: Connection, source_id: int) -> Source | None:
    row = c.execute(_BY_ID, (source_id,)).fetchone()
    with decoding():
        return _source(row) if row else None


def by_url(c: Connection, url: str) -> Source | None:
    """The source of this address or path; addresses are compared as `addresses.normalise` makes them."""
    row = c.execute(_BY_IDENTITY, (normalise(url),)).fetchone()
    with decoding():
        return _source(row) if row else None


def ever_added(c: Connection) -> bool:
    """Whether this library ever had a source (the samples are none)."""
    row = c.execute("SELECT seq FROM sqlite_sequence WHERE name = 'source'").fetchone()
    return bool(row and row[0] > 0)


def insert(
    c: Connection,
    *,
    kind: SourceKind,
    url: str,
    title: str,
    section: str,
    consent: str = "",
    site_url: str = "",
    now: datetime,
) -> int:
    """Add a source and return its id.

    A source that was removed comes back under its old id with its articles and their read state, and is fetched anew.
    Raises UsageError if the library has it already.
    """
    identity = normalise(url)
    present = by_url(c, url)
    if present is not None:
        raise UsageError(f"This source is already in the library: s{present.id}, {clean_line(present.title, 200)}.")
    title, section = clean_line(title, 300), clean_line(section, 200)
    old = c.execute(
        "SELECT id, feed_title FROM source WHERE removed = 1 AND identity = ? ORDER BY id DESC LIMIT 1", (identity,)
    ).fetchone()
    if old is not None:
        revive(c, old[0])
        c.execute(
            "UPDATE source SET kind = ?, url = ?, own_title = ?, title = ?, consent = ?, status = 'new', reason = '',"
            " errors = 0, next_fetch = NULL, etag = '', last_modified = '', body_hash = '', paused = 0, moved_to = ''"
            " WHERE id = ?",
            (kind.value, url, title, _shown(title, old[1], url), consent, old[0]),
        )
        put_section(c, old[0], section)
        return int(old[0])
    cursor = c.execute(
        "INSERT INTO source (kind, url, identity, own_title, title, section, consent, site_url, added)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (kind.value, url, identity, title, _shown(title, "", url), section, consent, site_url, seconds(now)),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - sqlite3 sets it after every INSERT
    return cursor.lastrowid


def ensure_samples(c: Connection, *, title: str, now: datetime) -> None:
    """Make the source that the sample articles belong to, if it is not there; no query but theirs ever shows it."""
    c.execute(
        "INSERT OR IGNORE INTO source (id, kind, url, identity, title, own_title, section, added)"
        " VALUES (-1, 'file', '', '', ?, ?, ?, ?)",
        (title, title, title, seconds(now)),
    )


def record(
    c: Connection,
    source_id: int,
    *,
    status: str,
    reason: str,
    errors: int,
    next_fetch: datetime | None,
    last_success: datetime | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
    body_hash: str | None = None,
    site_url: str | None = None,
    feed_title: str | None = None,
    url: str | None = None,
    polling: Polling | None = None,
    moved_to: str | None = None,
) -> None:
    """Keep how a refresh of the source ended. What is None stays as it is (but `next_fetch`: None means whenever).

    A new `url` is taken only if no other source has that address.
    """
    c.execute(
        "UPDATE source SET status = ?, reason = ?, errors = ?, next_fetch = ?,"
        " last_success = coalesce(?, last_success), etag = coalesce(?, etag),"
        " last_modified = coalesce(?, last_modified), body_hash = coalesce(?, body_hash),"
        " site_url = coalesce(?, site_url), feed_title = coalesce(?, feed_title), polling = coalesce(?, polling),"
        " moved_to = coalesce(?, moved_to) WHERE id = ?",
        (
            str(status),
            clean_line(reason, 1_000),
            errors,
            stamp(next_fetch),
            stamp(last_success),
            etag,
            last_modified,
            body_hash,
            site_url,
            None if feed_title is None else clean_line(feed_title, 300),
            None if polling is None else json.dumps([polling.every, polling.skip_hours, polling.skip_days]),
            moved_to,
            source_id,
        ),
    )
    if url is not None:
        put_address(c, source_id, url)
    _retitle(c, source_id)


def put_address(c: Connection, source_id: int, url: str) -> bool:
    """Give the source another address, unless another source has it; returns whether it was taken.

    The reader's own headers belong to the scheme, host and port they were given for: elsewhere they are dropped.
    """
    old = c.execute("SELECT url FROM source WHERE id = ?", (source_id,)).fetchone()
    taken = c.execute(
        "UPDATE source SET url = ?, identity = ? WHERE id = ? AND NOT EXISTS"
        " (SELECT 1 FROM source AS other WHERE other.removed = 0 AND other.identity = ? AND other.id <> ?)",
        (url, normalise(url), source_id, normalise(url), source_id),
    )
    if taken.rowcount and old and _origin(old[0]) != _origin(url):
        c.execute("UPDATE source SET headers = NULL WHERE id = ?", (source_id,))
    _retitle(c, source_id)
    return bool(taken.rowcount)


def suggest(c: Connection, source_id: int, moved_to: str) -> None:
    """Note the address that the source says it has moved to for good; "": none."""
    c.execute("UPDATE source SET moved_to = ? WHERE id = ?", (moved_to, source_id))


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(normalise(url))
    return parts.scheme, parts.netloc.rpartition("@")[2]


def titles(c: Connection, source_id: int) -> tuple[str, str]:
    """The reader's own title ("" if there is none) and the section."""
    row = c.execute("SELECT own_title, section FROM source WHERE id = ?", (source_id,)).fetchone()
    return (row[0], row[1]) if row else ("", "")


def put_title(c: Connection, source_id: int, own_title: str) -> None:
    """Give the source a title of the reader's own; "" goes back to the feed's."""
    c.execute("UPDATE source SET own_title = ? WHERE id = ?", (clean_line(own_title, 300), source_id))
    _retitle(c, source_id)


def put_section(c: Connection, source_id: int, section: str) -> None:
    """Move the source, and its articles that state no section themselves, to another section."""
    section = clean_line(section, 200)
    c.execute("UPDATE source SET section = ? WHERE id = ?", (section, source_id))
    place = (section_id(c, section), source_id)
    c.execute("UPDATE article SET section_id = ? WHERE source_id = ? AND own_section = 0", place)
    c.execute("UPDATE also SET section_id = ? WHERE source_id = ?", place)


def choices(c: Connection, source_id: int) -> Choices:
    """What the reader has set for a source that is there."""
    row = c.execute("SELECT interval, full_text, headers, paused FROM source WHERE id = ?", (source_id,)).fetchone()
    with decoding():
        return Choices(row[0], bool(row[1]), json.loads(row[2] or "{}"), bool(row[3])) if row else Choices()


def put_choices(c: Connection, source_id: int, chosen: Choices) -> None:
    """Set all of it."""
    headers = json.dumps(dict(chosen.headers)) if chosen.headers else None
    c.execute(
        "UPDATE source SET interval = ?, full_text = ?, headers = ?, paused = ? WHERE id = ?",
        (chosen.interval, chosen.full_text, headers, chosen.paused, source_id),
    )


def reschedule(c: Connection, source_id: int, *, next_fetch: datetime | None, reason: str, status: str) -> None:
    """Change when a source is asked next, and nothing else of how it is."""
    c.execute(
        "UPDATE source SET next_fetch = ?, reason = ?, status = ? WHERE id = ?",
        (stamp(next_fetch), clean_line(reason, 1_000), status, source_id),
    )


def section_id(c: Connection, name: str) -> int:
    """The id of a section, made if it is new."""
    row = c.execute("SELECT id FROM section WHERE name = ?", (name,)).fetchone()
    if row is None:
        c.execute("INSERT INTO section (name) VALUES (?)", (name,))
        row = c.execute("SELECT id FROM section WHERE name = ?", (name,)).fetchone()
    return int(row[0])


def retire(c: Connection, source_id: int) -> int:
    """Hide the source and its articles but the saved ones; returns how many articles went with it.

    What another source gives too stays, and is that one's.
    """
    c.execute("UPDATE source SET removed = 1 WHERE id = ?", (source_id,))
    _settle(c, source_id)
    return c.execute(
        "UPDATE article SET live = -1 WHERE source_id = ? AND live = 1 AND saved_at IS NULL", (source_id,)
    ).rowcount


def revive(c: Connection, source_id: int) -> None:
    """The reverse of `retire`: the row with schedule and validators, and exactly the articles that went with it.

    If another source has taken the address meanwhile, that one stays and the articles come back under this one's title.
    """
    c.execute(
        "UPDATE source SET removed = 0 WHERE id = ? AND NOT EXISTS (SELECT 1 FROM source AS other"
        " WHERE other.removed = 0 AND other.identity = source.identity AND other.id <> source.id)",
        (source_id,),
    )
    c.execute("UPDATE article SET live = 1 WHERE source_id = ? AND live = -1", (source_id,))
    _settle(c, source_id)


def _settle(c: Connection, source_id: int) -> None:
    from reader.store import sharing  # nothing that a start needs

    sharing.settle(c, sharing.of_source(c, source_id))


def _retitle(c: Connection, source_id: int) -> None:
    row = c.execute("SELECT own_title, feed_title, url FROM source WHERE id = ?", (source_id,)).fetchone()
    if row:
        c.execute("UPDATE source SET title = ? WHERE id = ?", (_shown(*row), source_id))


def _shown(own_title: str, feed_title: str, url: str) -> str:
    if own_title or feed_title:
        return own_title or feed_title
    return mask(url) if "://" in url else clean_line(PurePath(url).name or url, 300)


def _source(row: tuple[Any, ...]) -> Source:
    return Source(
        id=row[0],
        kind=SourceKind(row[1]),
        url=row[2],
        title=row[3],
        section=row[4],
        status=row[5],
        reason=row[6],
        errors=row[7],
        last_success=maybe_moment(row[8]),
        next_fetch=maybe_moment(row[9]),
        site_url=row[10],
        etag=row[11],
        last_modified=row[12],
        body_hash=row[13],
        consent=row[14],
        paused=bool(row[15]),
        total=row[16],
        unread=row[17],
        polling=_polling(row[18]),
        interval=row[19],
        full_text=bool(row[20]),
        headers=json.loads(row[21]) if row[21] else {},
        moved_to=row[22],
        added=moment(row[23]),
    )


def _polling(stored: str | None) -> Polling:
    if not stored:
        return Polling()
    every, hours, days = json.loads(stored)
    return Polling(every, tuple(hours), tuple(days))
