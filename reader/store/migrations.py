"""From any older library to this version's, step by numbered step.

A migration is a SQL file that never calls code, so that it does tomorrow what it did when it was released. Each runs
in one transaction, and its last statement sets the new number in `PRAGMA user_version`: after a kill the library is
old or new, never between. Before an existing library is touched it is copied aside.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from reader.errors import StorageError
from reader.store import placing
from reader.store.faults import shown

_SCHEMA = Path(__file__).parent / "schema"
MIGRATIONS = (
    "0001_library.sql",
    "0002_experts.sql",
    "0003_schedules.sql",
    "0004_search.sql",
    "0005_saved_searches.sql",
    "0006_counting.sql",
    "0007_local_files.sql",
    "0008_parts_of_names.sql",
    "0009_saving.sql",
    "0010_rules.sql",
    "0011_dense.sql",
    "0012_shared_articles.sql",
)  # the number in front is the version it leads to
VERSION = len(MIGRATIONS)


@cache
def script(name: str) -> str:
    """The text of a migration."""
    return (_SCHEMA / name).read_text("utf-8")


def statements(script: str) -> Iterator[str]:
    """The statements of a SQL script, one by one (`executescript` would commit the transaction around them)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def version(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def newer(path: Path, found: int) -> StorageError:
    """The refusal of a library that a newer secnews has written."""
    return StorageError(
        f"The library {shown(path)} was written by a newer secnews (format {found}, this one knows {VERSION});"
        " it was left untouched: install the newer version again."
    )


def migrate(connection: sqlite3.Connection, path: Path, scripts: Sequence[str] | None = None) -> None:
    """Bring the library up to the last of `scripts` (texts; by default this version's).

    An existing library is first copied to `<name>.before-<version>`; the newest two copies are kept. Raises
    StorageError if the library is newer.
    """
    from reader.store import copies  # seldom wanted, and a start would load it

    steps = [script(name) for name in MIGRATIONS] if scripts is None else list(scripts)
    found = version(connection)
    if found > len(steps):
        raise newer(path, found)
    if 0 < found < len(steps):
        back_up(connection, copies.target(path, len(steps)))
    for number, step in enumerate(steps, start=1):
        _apply(connection, number, step)
    if 0 < found < len(steps):
        copies.drop_surplus(path)  # only now: the new one is there, and was not needed


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the whole library, as this moment sees it, into a private file `target`; it appears whole or not at all."""
    made = target.with_name(f"{target.name}.part")
    placing.create_private(made)
    copy = sqlite3.connect(made)
    try:
        connection.backup(copy)
    finally:
        copy.close()
    made.replace(target)


def _apply(connection: sqlite3.Connection, number: int, step: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version(connection) < number:  # asked inside the transaction: another process may have been here
            for statement in statements(step):
                connection.execute(statement)
            if version(connection) != number:
                raise StorageError(f"The migration to format {number} does not set its own number; this is a defect.")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
