"""A damaged library: put aside, and a sound one made of the newest sound backup and of all that can still be read.

The damaged file is never changed. It keeps its name with `.damaged-DATE` behind it, and what is made in its place
appears whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from reader.errors import StorageError
from reader.store import backups, migrations, placing, salvage, salvaged_rows, sharing
from reader.store.connections import open_connection
from reader.store.faults import shown

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
                    salvaged_rows.Merging(connection, damaged).run(result)
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
    sharing.rebuild(c)
    c.execute(
        "UPDATE source SET total = (SELECT count(*) FROM article WHERE source_id = source.id AND live = 1),"
        " unread = (SELECT count(*) FROM article WHERE source_id = source.id AND live = 1 AND read = 0)"
    )
    c.execute(
        "UPDATE source SET (total, unread) = (SELECT source.total + count(*), source.unread"
        " + coalesce(sum(a.read = 0), 0) FROM also AS o JOIN article AS a ON a.id = o.article_id"
        " WHERE o.source_id = source.id AND a.live = 1)"
    )
    c.execute(
        "UPDATE tally SET value = (SELECT count(*) FROM article WHERE live = 1 AND saved_at IS NOT NULL)"
        " WHERE name = 'saved'"
    )


def reindex(c: sqlite3.Connection) -> None:
    """Make the search index anew from scratch: articles are put into it as they are derived again."""
    c.execute("INSERT INTO article_words (article_words) VALUES ('delete-all')")
    c.execute("INSERT INTO quote_words (quote_words) VALUES ('delete-all')")
    c.execute("DELETE FROM shingle")
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
