"""Records of an archive back into a library: under the same ids where they are free, nothing derived, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any

from reader.model import Media
from reader.store import actions, archived_evidence, bodies, corrections, marks, quotes, sharing, sources, tags
from reader.store.archive import MAX_ID, Record
from reader.store.archived_texts import document_of
from reader.text.addresses import normalise
from reader.text.clean import clean_line, clean_text

UNREAD = -1  # article.engine of what comes back: its quotes are still to be derived, but rules have looked at it


def put_search(c: Connection, record: Record) -> None:
    """Keep a query under its name unless that is taken."""
    c.execute(
        "INSERT OR IGNORE INTO saved_search (name, query, place) VALUES (?, ?, ?)",
        (clean_line(record["name"], 200), clean_line(record["query"], 10_000), record["place"]),
    )


def keep_ids(c: Connection, last: dict[str, int]) -> None:
    """Never give an id up to these again."""
    for name, seq in last.items():
        row = c.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).fetchone()
        if row is None:
            c.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, min(seq, MAX_ID)))
        elif row[0] < seq:
            c.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (min(seq, MAX_ID), name))


def put_source(c: Connection, record: Record, *, consent: str) -> int:
    """Insert a source, under its own id if that is free; returns the id."""
    own, feed = clean_line(record["own_title"], 300), clean_line(record["feed_title"], 300)
    cursor = c.execute(
        "INSERT INTO source (id, kind, url, identity, own_title, feed_title, title, section, site_url, status, reason,"
        " errors, last_success, next_fetch, etag, last_modified, body_hash, paused, added, removed, consent,"
        " interval, full_text, polling, moved_to, headers)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            None if c.execute("SELECT 1 FROM source WHERE id = ?", (record["id"],)).fetchone() else record["id"],
            record["kind"],
            record["url"],
            _free_identity(c, record),
            own,
            feed,
            own or feed or record["shown"],
            clean_line(record["section"], 200),
            *(clean_text(record[name])[:4096] for name in ("site_url", "status", "reason")),
            record["errors"],
            record["last_success"],
            record["next_fetch"],
            *(clean_text(record[name])[:4096] for name in ("etag", "last_modified", "body_hash")),
            record["paused"],
            record["added"],
            record["removed"],
            consent,
            *(record[name] for name in ("interval", "full_text", "polling", "moved_to", "headers")),
        ),
    )
    return cursor.lastrowid or 0


def _free_identity(c: Connection, record: Record) -> str:
    """The normalised address. Without their keys, addresses of two sources can be the same: both stay, told apart."""
    identity = normalise(record["url"])
    taken = c.execute("SELECT 1 FROM source WHERE identity = ? AND removed = 0", (identity,)).fetchone()
    return f"{identity} {record['id']}" if taken and not record["removed"] else identity


def unhide(c: Connection, source_id: int) -> None:
    """Put a removed source back into the lists; its articles are brought back one by one."""
    c.execute("UPDATE source SET removed = 0 WHERE id = ?", (source_id,))


def known_article(c: Connection, source_id: int, record: Record) -> int | None:
    """The id of the article that one of the keys has named for this source already; it may be gone."""
    for key, _digest in record["keys"]:
        row = c.execute(
            "SELECT article_id FROM entry WHERE source_id = ? AND key = ?", (source_id, bytes.fromhex(key))
        ).fetchone()
        if row is not None:
            return int(row[0])
    return None


def put_also(c: Connection, article_id: int, source_id: int, section: str, keys: Sequence[Sequence[str]]) -> None:
    """Let an article be one of this source too, unless the source knows its keys already."""
    known = [
        c.execute("SELECT 1 FROM entry WHERE source_id = ? AND key = ?", (source_id, bytes.fromhex(key))).fetchone()
        for key, _digest in keys
    ]
    if any(known):
        return
    sharing.join(c, article_id, source_id, sources.section_id(c, clean_line(section, 200)))
    for key, digest in keys:
        c.execute(
            "INSERT OR IGNORE INTO entry (source_id, key, article_id, digest) VALUES (?, ?, ?, ?)",
            (source_id, bytes.fromhex(key), article_id, digest),
        )


def is_there(c: Connection, article_id: int) -> bool:
    """Whether there is such an article, in the lists or not."""
    return c.execute("SELECT 1 FROM article WHERE id = ?", (article_id,)).fetchone() is not None


def bring_back(c: Connection, article_id: int, record: Record) -> bool:
    """Show an article that went with its source again, saved if the archive says so; False if it is not hidden so.

    One that had gone with its file before waits for that again.
    """
    return bool(
        c.execute(
            "UPDATE article SET saved_at = ?1, engine = CASE engine WHEN 0 THEN -1 ELSE engine END,"
            " live = ?1 IS NOT NULL OR NOT EXISTS (SELECT 1 FROM from_file AS f"
            " WHERE f.article_id = ?2 AND f.hidden = 1) WHERE id = ?2 AND live = -1",
            (record["saved_at"], article_id),
        ).rowcount
    )


def add_to(c: Connection, article_id: int, record: Record) -> list[actions.Operation]:
    """Give an article that is here what the reader had done to it there; nothing that is here goes for it.

    Returns how that is taken back; the page that is kept stays.
    """
    row = c.execute("SELECT read, saved_at FROM article WHERE id = ? AND live = 1", (article_id,)).fetchone()
    if row is None:
        return []
    inverse: list[actions.Operation] = []
    if record["read"] and not row[0]:
        marks.put_read(c, [(article_id, article_id)], True)
        inverse.append(actions.set_read([article_id], False))
    if record["saved_at"] is not None and row[1] is None:
        marks.put_saved(c, [(article_id, record["saved_at"])])
        inverse.append(actions.set_saved([(article_id, None)]))
    own = [clean_line(tag, tags.MAX_TAG) for tag in record["own_tags"]]
    given = [tag for tag in own if tags.give(c, [article_id], tag)]
    inverse += [actions.set_tag([article_id], tag, there=False) for tag in given]
    if record["corrections"] and not corrections.of_article(c, article_id):
        _put_corrections(c, article_id, record["corrections"])
        quotes.reput(c, article_id)
        inverse.append(actions.set_corrections(article_id, []))
    if (before := archived_evidence.put_notes(c, article_id, record["notes"])) is not None:
        inverse.append(actions.set_notes(article_id, before))
    if record["page"] is not None:
        archived_evidence.put_page(c, article_id, record["page"], shown=False)
    return inverse


def put_article(c: Connection, source_id: int, record: Record, *, used: int) -> int:
    """Insert an article with all it had, under its own id if that was never given here (ids up to `used` were: undo and
    entries of feeds still mean what they named); returns the id.

    Quotes are derived later, and rules take it for one they have looked at.
    """
    cursor = c.execute(
        "INSERT INTO article (id, source_id, section_id, own_section, live, read, saved_at, sort_date, added, origin,"
        " published, updated, title, author, url, language, tags, summary, enclosures, dated_by, engine)"
        " VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record["id"] if record["id"] > used and not is_there(c, record["id"]) else None,
            source_id,
            sources.section_id(c, clean_line(record["section"], 200)),
            record["own_section"],
            record["read"],
            record["saved_at"],
            record["sort_date"],
            record["added"],
            record["origin"],
            record["published"],
            record["updated"],
            clean_line(record["title"], 1_000),
            clean_line(record["author"], 300),
            clean_text(record["url"])[: bodies.MAX_ADDRESS],
            clean_line(record["language"], 35),
            _json([clean_line(tag, 100) for tag in record["tags"][:100]]),
            clean_line(record["summary"], 2_000),
            _json(bodies.pack_media(Media(*item) for item in record["enclosures"])),
            clean_line(record["dated_by"], 20),
            UNREAD,
        ),
    )
    article_id = cursor.lastrowid or 0
    for key, digest in record["keys"]:
        c.execute(
            "INSERT OR IGNORE INTO entry (source_id, key, article_id, digest) VALUES (?, ?, ?, ?)",
            (source_id, bytes.fromhex(key), article_id, digest),
        )
    if record["raw"]:
        bodies.put_raw(c, article_id, record["raw"])
    if record["text"] is not None:
        bodies.put(c, article_id, document_of(record["text"], record["layout"]))
    for own, names in ((1, record["own_tags"]), (2, record.get("stated_own_tags", []))):
        c.execute(
            "UPDATE tagged SET own = ? WHERE article_id = ? AND tag_id IN (SELECT id FROM tag WHERE name IN"
            " (SELECT value FROM json_each(?)))",
            (own, article_id, json.dumps(names)),
        )
    _put_corrections(c, article_id, record["corrections"])
    archived_evidence.put_notes(c, article_id, record["notes"])
    if record["page"] is not None:
        archived_evidence.put_page(c, article_id, record["page"], shown=bool(record["page"]["shown"]))
    if record["wanted"] is not None:
        archived_evidence.put_wanted(c, article_id, record["wanted"])
    return article_id


def _put_corrections(c: Connection, article_id: int, rows: Sequence[Sequence[Any]]) -> None:
    c.executemany(
        "INSERT INTO correction (article_id, quote, speaker, hidden) VALUES (?, ?, ?, ?)",
        [(article_id, quote, speaker, hidden) for quote, speaker, hidden in rows],
    )


def put_gone(c: Connection, source_id: int, record: Record) -> None:
    """Remember that an entry was there; one that is known stays as it is."""
    c.execute(
        "INSERT OR IGNORE INTO entry (source_id, key, article_id, digest) VALUES (?, ?, ?, ?)",
        (source_id, bytes.fromhex(record["key"]), record["article"], record["digest"]),
    )


def all_sources(c: Connection) -> list[tuple[int, str, bool]]:
    """Id, address and whether it is removed, of every source but the samples; those in use first."""
    rows = c.execute("SELECT id, url, removed FROM source WHERE id > 0 ORDER BY removed, id").fetchall()
    return [(row[0], row[1], bool(row[2])) for row in rows]


def _json(values: list[Any]) -> str | None:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else None
