"""A library's state of health, for `doctor`: looks at everything, changes nothing, and never raises."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reader.errors import StorageError
from reader.store import backups, copies, counts, moving, placing
from reader.store.database import Database

SQLITE_NEEDED = (3, 34, 0)  # RHEL 9 has it; row values, UPSERT and FTS5 are what we use


@dataclass(frozen=True, slots=True)
class Health:
    """What was found. `refusal` is why the library cannot be opened; `faults` are what SQLite and our checks say.

    `sound`: SQLite itself finds no fault in the file.
    """

    exists: bool
    version: int = 0
    application_id: int = 0
    size: int = 0  # bytes, journal included
    free: int = 0  # bytes in the file that hold nothing
    articles: int = 0
    saved: int = 0
    pending: int = 0
    refusal: str = ""
    faults: tuple[str, ...] = ()
    sound: bool = False
    backups: tuple[str, ...] = ()  # names of files, newest first
    copies: tuple[str, ...] = ()  # made before the format changed, newest first
    beside: int = 0  # bytes of both
    unmoved: int = 0  # articles that still take the room they took before format 11


def sqlite_version() -> tuple[int, int, int]:
    return sqlite3.sqlite_version_info


def has_full_text() -> bool:
    """Whether this Python's SQLite was built with FTS5."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE search USING fts5 (text)")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True


def examine(path: Path, *, engine: int) -> Health:
    """Examine the library at `path`; reads the whole file (about a second for 500 MB)."""
    try:
        header = placing.inspect(path)
    except StorageError as error:
        return Health(exists=True, refusal=str(error))
    if header is None:
        return Health(exists=False)
    size = _size(_files(path))
    try:
        database = Database(path, readonly=True)
    except StorageError as error:
        return Health(True, header.user_version, header.application_id, size, refusal=str(error))
    try:
        with database.read() as c:
            found = counts.counts(c)
            damage = _sqlite_faults(c)
            free = c.execute("PRAGMA freelist_count").fetchone()[0] * c.execute("PRAGMA page_size").fetchone()[0]
            return Health(
                exists=True,
                version=header.user_version,
                application_id=header.application_id,
                size=size,
                free=free,
                articles=found.total,
                saved=found.saved,
                pending=counts.pending(c, engine),
                faults=(*damage, *_count_faults(c), *_expert_faults(c)),
                sound=not damage,
                backups=tuple(file.name for file in backups.all(path)),
                copies=tuple(file.name for file in copies.all(path)),
                beside=_size([*backups.all(path), *copies.all(path)]),
                unmoved=moving.count(c),
            )
    except StorageError as error:
        return Health(True, header.user_version, header.application_id, size, refusal=str(error))
    finally:
        database.close()


def _size(files: list[Path]) -> int:
    """Bytes; a file that goes meanwhile counts for nothing."""
    size = 0
    for file in files:
        with suppress(OSError):
            size += file.stat().st_size
    return size


def _files(path: Path) -> list[Path]:
    names = (path.name, f"{path.name}-wal", f"{path.name}-shm")
    return [path.with_name(name) for name in names if path.with_name(name).is_file()]


def _sqlite_faults(c: sqlite3.Connection) -> list[str]:
    problems = [str(row[0]) for row in c.execute("PRAGMA integrity_check(20)").fetchall()]
    orphans = [
        f"row {row[1]} of {row[0]} refers to nothing" for row in c.execute("PRAGMA foreign_key_check").fetchmany(20)
    ]
    return [problem for problem in problems if problem != "ok"] + orphans


def _count_faults(c: sqlite3.Connection) -> list[str]:
    rows = c.execute(
        "SELECT s.name, s.total, s.unread, count(a.id), coalesce(sum(a.read = 0), 0) FROM section AS s"
        " LEFT JOIN article AS a ON a.section_id = s.id AND a.live = 1 GROUP BY s.id"
    ).fetchall()
    faults = [
        f"section {name!r} counts {total} articles and {unread} unread, there are {real_total} and {real_unread}"
        for name, total, unread, real_total, real_unread in rows
        if (total, unread) != (real_total, real_unread)
    ]
    rows = c.execute(
        "SELECT s.id, s.total, s.unread, count(a.id), coalesce(sum(a.read = 0), 0) FROM source AS s LEFT JOIN"
        " (SELECT source_id, id FROM article UNION ALL SELECT source_id, article_id FROM also) AS given"
        " ON given.source_id = s.id LEFT JOIN article AS a ON a.id = given.id AND a.live = 1 GROUP BY s.id"
    ).fetchall()
    faults += [
        f"source {number} counts {total} articles and {unread} unread, there are {real_total} and {real_unread}"
        for number, total, unread, real_total, real_unread in rows
        if (total, unread) != (real_total, real_unread)
    ]
    (wrong,) = c.execute(
        "SELECT count(*) FROM article AS a WHERE shared <> (SELECT count(*) FROM also AS o WHERE o.article_id = a.id"
        " AND o.sort_date = a.sort_date AND o.source_id <> a.source_id)"
    ).fetchone()
    if wrong:
        faults.append(f"{wrong} articles count other sources than there are")
    saved, really = c.execute(
        "SELECT value, (SELECT count(*) FROM article WHERE live = 1 AND saved_at IS NOT NULL) FROM tally"
        " WHERE name = 'saved'"
    ).fetchone()
    if saved != really:
        faults.append(f"{saved} articles count as saved, there are {really}")
    found, wanted = c.execute(
        "SELECT (SELECT count(*) FROM article_words_docsize), (SELECT count(*) FROM article WHERE indexed = 2)"
    ).fetchone()
    if found != wanted:
        faults.append(f"the search index holds {found} articles instead of {wanted}")
    return faults


def _expert_faults(c: sqlite3.Connection) -> list[str]:
    (wrong,) = c.execute(
        "SELECT count(*) FROM expert AS e LEFT JOIN (SELECT expert_id, sum(quotes) AS quotes,"
        " count(DISTINCT article_id) AS articles FROM appearance WHERE live = 1 GROUP BY expert_id) AS a"
        " ON a.expert_id = e.id WHERE e.quotes <> coalesce(a.quotes, 0) OR e.articles <> coalesce(a.articles, 0)"
    ).fetchone()
    return [f"experts count other quotes or articles than there are ({wrong})"] if wrong else []
