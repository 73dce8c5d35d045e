"""A damaged library: put aside, and a sound one made of the newest sound backup and of all that can still be read.

The damaged file is never changed. It keeps its name with `.damaged-DATE` behind it, and what is made in its place
appears whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from reader.errors import StorageError
from reader.store import backups, expert_records, migrations, placing, rules, salvage, salvaged_evidence, sources
from reader.store.connections import open_connection
from reader.store.faults import shown
from reader.store.salvage import Row

MAX_ID = 2**40


@dataclass(slots=True)
class Recovered:
    """What became of a damaged library: where it lies now, the backup that was the ground ("" if there was none), how
    many articles the new one has, and how many of them and of their states come from the damaged file."""

    aside: Path
    backup: Path | None = None
    articles: int = 0
    saved: int = 0
    read_articles: int = field(default=0)
    read_states: int = field(default=0)


def recover(path: Path, *, now: datetime) -> Recovered:
    """Put the library at `path` aside and make a new one in its place. Takes about a second for some 2,000 articles.

    Raises StorageError if the library is of a newer version, or if nothing can be written there; it is then as it was.
    """
    _refuse_newer(path)
    made = path.with_name(f".{path.name}.{os.getpid()}.recovered")
    result = Recovered(_free_name(path, now))
    try:
        result.backup = _ground(path, made, now)
        connection = open_connection(f"{made.absolute().as_uri()}?mode=rw")
        try:
            migrations.migrate(connection, made)
            with salvage.opened(path) as damaged:
                if damaged is not None:
                    _merge(connection, damaged, result)
            recount(connection)
            counts = "SELECT count(*), coalesce(sum(saved_at IS NOT NULL), 0) FROM article WHERE live = 1"
            result.articles, result.saved = connection.execute(counts).fetchone()
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        _move_aside(path, result.aside)
        placing.put_in_place(made, path)
    except (OSError, sqlite3.Error) as error:
        why = (error.strerror or "") if isinstance(error, OSError) else ""
        raise StorageError(
            f"The library {shown(path)} could not be repaired ({why.lower() or type(error).__name__}); check the free"
            " space and the permissions of its folder."
        ) from error
    finally:
        for file in (made, *(made.with_name(made.name + end) for end in ("-wal", "-shm", "-journal"))):
            file.unlink(missing_ok=True)
    return result


def recount(c: sqlite3.Connection) -> None:
    """Put every count right that triggers keep."""
    c.execute(
        "UPDATE section SET total = (SELECT count(*) FROM article WHERE section_id = section.id AND live = 1),"
        " unread = (SELECT count(*) FROM article WHERE section_id = section.id AND live = 1 AND read = 0)"
    )
    c.execute(
        "UPDATE source SET total = (SELECT count(*) FROM article WHERE source_id = source.id AND live = 1),"
        " unread = (SELECT count(*) FROM article WHERE source_id = source.id AND live = 1 AND read = 0)"
    )
    c.execute(
        "UPDATE tally SET value = (SELECT count(*) FROM article WHERE live = 1 AND saved_at IS NOT NULL)"
        " WHERE name = 'saved'"
    )


def reindex(c: sqlite3.Connection) -> None:
    """Make the search index anew from scratch: articles are put into it as they are derived again."""
    c.execute("INSERT INTO search (search) VALUES ('delete-all')")
    c.execute("UPDATE article SET indexed = 0, engine = 0 WHERE engine > 0")


# --- files -----------------------------------------------------------------------------------------------------------


def _refuse_newer(path: Path) -> None:
    try:
        header = placing.inspect(path)
    except StorageError:
        return
    ours = header is not None and header.application_id == placing.APPLICATION_ID
    if header is not None and ours and header.user_version > migrations.VERSION:
        raise migrations.newer(path, header.user_version)


def _free_name(path: Path, now: datetime) -> Path:
    name = f"{path.name}.damaged-{now.date().isoformat()}"
    number = 1
    while os.path.lexists(found := path.with_name(name if number == 1 else f"{name}-{number}")):
        number += 1
    return found


def _ground(path: Path, made: Path, now: datetime) -> Path | None:
    """Put the newest sound backup, or an empty library, where the new one is made; returns the backup."""
    for backup in backups.all(path, today=now.date()):
        if backups.sound(backup):
            placing.create_private(made)
            shutil.copyfile(backup, made)
            return backup
    placing.create_private(made)
    return None


def _move_aside(path: Path, aside: Path) -> None:
    if os.path.lexists(path):
        path.rename(aside)
    for end in ("-wal", "-shm"):
        beside = path.with_name(path.name + end)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + end))


# --- rows ------------------------------------------------------------------------------------------------------------


def _merge(c: sqlite3.Connection, damaged: sqlite3.Connection, result: Recovered) -> None:
    """Bring what the damaged library says into the new one; what it says of reading and saving is the newer word."""
    c.execute("BEGIN IMMEDIATE")
    sections = {row["id"]: row["name"] for row in salvage.rows(damaged, "section") if isinstance(row.get("name"), str)}
    _each(c, damaged, "source", lambda row: _source(c, row))
    new: set[int] = set()
    for row in salvage.rows(damaged, "article"):
        _try(c, lambda row=row: _article(c, row, sections, new, result))  # type: ignore[misc]
    result.read_articles = len(new)
    _each(c, damaged, "body", lambda row: _body(c, row, new))
    _each(c, damaged, "raw", lambda row: _raw(c, row, new))
    _each(c, damaged, "entry", lambda row: _entry(c, row))
    _each(c, damaged, "tagged", lambda row: _tagged(c, row))
    _each(c, damaged, "correction", lambda row: _correction(c, row, new))
    _each(c, damaged, "setting", lambda row: _setting(c, row))
    _each(c, damaged, "saved_search", lambda row: _saved_search(c, row))
    evidence = salvaged_evidence.Salvaged(c)
    for table, put in evidence.tables().items():
        _each(c, damaged, table, put)
    for record in _experts(damaged):
        _try(c, lambda record=record: expert_records.put(c, record, None, over=True))  # type: ignore[misc]
    _each(c, damaged, "rule", lambda row: _rule(c, row))
    _each(c, damaged, "ruled", lambda row: _ruled(c, row))
    c.execute("COMMIT")


def _experts(damaged: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """What the reader has said of experts, as far as it can be read."""
    pinned = [
        [row["expert_id"], *(row[name] for name in ("key", "bucket", "form", "name"))]
        for row in salvage.rows(damaged, "identity")
        if row.get("pinned") == 1 and all(isinstance(row[name], str) for name in ("key", "bucket", "form", "name"))
    ]
    wanted = {row[0] for row in pinned}
    known = [[row["id"], row["name"], row["type"]] for row in salvage.rows(damaged, "expert") if row["id"] in wanted]
    apart = [[row["article_id"], row["stem"], row["form"]] for row in salvage.rows(damaged, "apart")]
    return expert_records.grouped(known, pinned, apart)


def _each(c: sqlite3.Connection, damaged: sqlite3.Connection, table: str, put: Callable[[Row], object]) -> None:
    for row in salvage.rows(damaged, table):
        _try(c, lambda row=row: put(row))  # type: ignore[misc]


def _try(c: sqlite3.Connection, put: Callable[[], object]) -> None:
    """Put one row in, or nothing of it: whatever is wrong with it must not keep the others out."""
    c.execute("SAVEPOINT one")
    try:
        put()
    except (sqlite3.Error, ValueError, TypeError, KeyError, OverflowError, zlib.error):
        c.execute("ROLLBACK TO one")
    c.execute("RELEASE one")


def _source(c: sqlite3.Connection, row: Row) -> None:
    if row["id"] == sources.SAMPLES:
        return
    c.execute(
        "INSERT OR IGNORE INTO source (id, kind, url, identity, title, own_title, feed_title, section, site_url,"
        " consent, added, removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            _id(row["id"]),
            *(_text(row[name]) for name in ("kind", "url", "identity", "title", "own_title", "feed_title", "section")),
            *(_text(row.get(name, "")) for name in ("site_url", "consent")),
            int(row["added"]),
            int(bool(row["removed"])),
        ),
    )


def _article(c: sqlite3.Connection, row: Row, sections: dict[Any, str], new: set[int], result: Recovered) -> None:
    article_id = _id(row["id"])
    read, saved_at = int(bool(row["read"])), None if row["saved_at"] is None else int(row["saved_at"])
    live = 1 if saved_at is not None else int(row["live"])
    there = c.execute("SELECT read, saved_at, live FROM article WHERE id = ?", (article_id,)).fetchone()
    if there is not None:
        if there != (read, saved_at, live):
            c.execute(
                "UPDATE article SET read = ?, saved_at = ?, live = ? WHERE id = ?", (read, saved_at, live, article_id)
            )
            result.read_states += 1
        return
    c.execute(
        "INSERT INTO article (id, source_id, section_id, own_section, live, read, saved_at, sort_date, added, origin,"
        " published, updated, title, author, url, language, tags, summary, enclosures)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article_id,
            _source_of(c, row),
            sources.section_id(c, sections.get(row["section_id"], "")),
            int(bool(row["own_section"])),
            live,
            read,
            saved_at,
            int(row["sort_date"]),
            int(row["added"]),
            _text(row["origin"]),
            *(None if row[name] is None else float(row[name]) for name in ("published", "updated")),
            *(_text(row[name]) for name in ("title", "author", "url", "language")),
            None if row["tags"] is None else _text(row["tags"]),
            _text(row["summary"]),
            None if row["enclosures"] is None else _text(row["enclosures"]),
        ),
    )
    new.add(article_id)


def _source_of(c: sqlite3.Connection, row: Row) -> int:
    """The article's source; one that is lost is there again as a removed one, so that the article has a place."""
    source_id = _id(row["source_id"])
    if source_id < 0:
        raise ValueError("a sample")
    c.execute(
        "INSERT OR IGNORE INTO source (id, kind, url, identity, title, added, removed)"
        " VALUES (?, 'feed', '', '', 'Recovered', ?, 1)",
        (source_id, int(row["added"])),
    )
    return source_id


def _body(c: sqlite3.Connection, row: Row, new: set[int]) -> None:
    if row["article_id"] in new:
        zlib.decompress(row["text"]).decode()
        zlib.decompress(row["layout"]).decode()
        c.execute(
            "INSERT INTO body (article_id, stale, text, layout) VALUES (?, ?, ?, ?)",
            (row["article_id"], int(bool(row["stale"])), row["text"], row["layout"]),
        )


def _raw(c: sqlite3.Connection, row: Row, new: set[int]) -> None:
    if row["id"] in new:
        content = bytes(row["content"])
        if content[:1] != b"\0":
            zlib.decompress(content)
        c.execute("INSERT INTO raw (id, content) VALUES (?, ?)", (row["id"], content))


def _entry(c: sqlite3.Connection, row: Row) -> None:
    c.execute(
        "INSERT OR IGNORE INTO entry (source_id, key, article_id, digest) VALUES (?, ?, ?, ?)",
        (_id(row["source_id"]), bytes(row["key"]), _id(row["article_id"]), _text(row["digest"])),
    )


def _tagged(c: sqlite3.Connection, row: Row) -> None:
    c.execute("INSERT OR IGNORE INTO tag (name) VALUES (?)", (_text(row["name"]),))
    c.execute(
        "INSERT OR REPLACE INTO tagged (tag_id, article_id, own) SELECT id, ?, 1 FROM tag WHERE name = ?",
        (_id(row["article_id"]), row["name"]),
    )


def _correction(c: sqlite3.Connection, row: Row, new: set[int]) -> None:
    if row["article_id"] in new:
        c.execute(
            "INSERT INTO correction (article_id, quote, speaker, hidden) VALUES (?, ?, ?, ?)",
            (row["article_id"], _text(row["quote"]), row["speaker"], int(bool(row["hidden"]))),
        )


def _setting(c: sqlite3.Connection, row: Row) -> None:
    import json

    json.loads(row["value"])
    c.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (_text(row["key"]), row["value"]))


def _saved_search(c: sqlite3.Connection, row: Row) -> None:
    c.execute(
        "INSERT OR IGNORE INTO saved_search (id, name, query, place) VALUES (?, ?, ?, ?)",
        (_id(row["id"]), _text(row["name"]), _text(row["query"]), int(row["place"])),
    )


def _rule(c: sqlite3.Connection, row: Row) -> None:
    source_id = row["source_id"]
    c.execute(
        "INSERT OR IGNORE INTO rule (id, place, action, value, query, source_id, enabled, version)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            _id(row["id"]),
            int(row["place"]),
            rules.Action(row["action"]).value,
            *(_text(row[name]) for name in ("value", "query")),
            None if source_id is None else _id(source_id),
            int(bool(row["enabled"])),
            int(row["version"]),
        ),
    )


def _ruled(c: sqlite3.Connection, row: Row) -> None:
    c.execute(
        "INSERT OR IGNORE INTO ruled (rule_id, version, article_id) SELECT ?, ?, id FROM article WHERE id = ?",
        (_id(row["rule_id"]), int(row["version"]), _id(row["article_id"])),
    )


def _id(value: object) -> int:
    if isinstance(value, int) and -MAX_ID < value < MAX_ID:
        return value
    raise ValueError(value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(value)
