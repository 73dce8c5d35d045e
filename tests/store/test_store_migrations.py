"""Migrations: whole or not at all, with a copy of what was there before."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import StorageError
from reader.store import Database, copies, migrations, placing, settings

SECOND = """
-- a comment; with a semicolon
CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT DEFAULT 'a;b');
CREATE TRIGGER noted AFTER INSERT ON note BEGIN
    UPDATE note SET text = 'c;';
    SELECT 1;
END;
UPDATE setting SET value = '2';
PRAGMA user_version = 2;
"""
BROKEN = """
CREATE TABLE note (id INTEGER);
UPDATE setting SET value = '3';
INSERT INTO nowhere VALUES (1);
PRAGMA user_version = 2;
"""


@pytest.fixture
def old(file: Path) -> Path:
    """A library of format 1 with one setting in it."""
    placing.make_folder(file.parent)
    placing.create_private(file)
    connection = sqlite3.connect(file, isolation_level=None)
    migrations.migrate(connection, file, [migrations.script("0001_library.sql")])
    connection.execute("PRAGMA journal_mode = WAL")
    settings.put(connection, "a", 1)
    connection.close()
    return file


def upgrade(file: Path, *scripts: str) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        migrations.migrate(connection, file, [migrations.script("0001_library.sql"), *scripts])
    finally:
        connection.close()


def state(file: Path) -> tuple[int, str, bool]:
    """The format, the setting, and whether the new table is there."""
    connection = sqlite3.connect(file)
    try:
        value = connection.execute("SELECT value FROM setting").fetchone()[0]
        there = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'note'").fetchone()[0]
        return migrations.version(connection), value, bool(there)
    finally:
        connection.close()


def test_statements_are_split_where_they_end() -> None:
    """Comments, strings and triggers with semicolons do not cut a statement."""
    assert len(list(migrations.statements(SECOND))) == 4
    assert "".join(migrations.statements(SECOND)) == SECOND


def test_numbers() -> None:
    """The files are numbered without gaps, and each is there."""
    assert [int(name[:4]) for name in migrations.MIGRATIONS] == list(range(1, migrations.VERSION + 1))
    assert all(migrations.script(name) for name in migrations.MIGRATIONS)


def test_upgrade_with_copy(old: Path) -> None:
    """A step changes the library and leaves a private, complete copy of what was there."""
    umask = os.umask(0)
    try:
        upgrade(old, SECOND)
    finally:
        os.umask(umask)
    assert state(old) == (2, "2", True)
    copy = old.with_name("library.db.before-2")
    assert state(copy) == (1, "1", False)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not old.with_name("library.db.before-2.part").exists()


def test_again_changes_nothing(old: Path) -> None:
    """A second run of the same migrations finds nothing to do and makes no new copy."""
    upgrade(old, SECOND)
    copy = old.with_name("library.db.before-2")
    copy.unlink()
    upgrade(old, SECOND)
    assert state(old) == (2, "2", True)
    assert not copy.exists()


def test_the_newest_two_copies_are_kept(old: Path) -> None:
    """Copies of earlier migrations go once the newest is there and all went well; other files are left alone."""
    others = ["library.db.before-1", "library.db.before-10", "library.db.before-9.part", "other.db.before-3"]
    for name in others:
        old.with_name(name).write_text("x")
    with pytest.raises(sqlite3.OperationalError):
        upgrade(old, BROKEN)
    assert all(old.with_name(name).exists() for name in others)
    upgrade(old, SECOND)
    assert [path.name for path in copies.all(old)] == ["library.db.before-10", "library.db.before-2"]
    assert old.with_name(others[2]).exists()
    assert old.with_name(others[3]).exists()


def test_failure_leaves_the_old_one(old: Path) -> None:
    """A step that fails half way leaves format, data and tables as they were."""
    with pytest.raises(sqlite3.OperationalError):
        upgrade(old, BROKEN)
    assert state(old) == (1, "1", False)


def test_a_step_must_set_its_number(old: Path) -> None:
    """A migration that forgets its number is a defect that is found at once and changes nothing."""
    with pytest.raises(StorageError, match="does not set its own number"):
        upgrade(old, "CREATE TABLE note (id INTEGER);")
    assert state(old) == (1, "1", False)


@pytest.mark.parametrize("step", range(1, 6))
def test_killed_at_each_statement(old: Path, step: int) -> None:
    """Killed before any of its statements, a migration leaves the old library; the next start finishes it (74)."""
    statements = list(migrations.statements(SECOND))
    script = "".join(statements[: step - 1]) + "SELECT die();\n" + "".join(statements[step - 1 :])
    code = (
        "import os, pathlib, sqlite3, sys; from reader.store import migrations\n"
        "path = pathlib.Path(sys.argv[1]); c = sqlite3.connect(path, isolation_level=None)\n"
        "c.create_function('die', 0, lambda: os.kill(os.getpid(), 9))\n"
        "migrations.migrate(c, path, [migrations.script('0001_library.sql'), sys.argv[2]])\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(old), script], check=False)
    assert killed.returncode == -9
    assert state(old.with_name("library.db.before-2")) == (1, "1", False)
    assert state(old) == (1, "1", False)
    upgrade(old, SECOND)
    assert state(old) == (2, "2", True)


def test_older_library_that_cannot_be_written(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older library that is opened read-only is refused with what to do, not half understood."""
    monkeypatch.setattr(migrations, "VERSION", 2)
    with pytest.raises(StorageError, match="older format"):
        Database(old, readonly=True)
    assert state(old) == (1, "1", False)


def test_opening_brings_up_to_date(old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Opening an older library migrates it; another connection that did so first is no trouble."""
    (tmp_path / "0002_second.sql").write_text(SECOND)
    (tmp_path / "0001_library.sql").write_text(migrations.script("0001_library.sql"))
    monkeypatch.setattr(migrations, "_SCHEMA", tmp_path)
    monkeypatch.setattr(migrations, "MIGRATIONS", ("0001_library.sql", "0002_second.sql"))
    monkeypatch.setattr(migrations, "VERSION", 2)
    for _ in range(2):
        database = Database(old)
        with database.read() as c:
            assert settings.get(c, "a") == 2
        database.close()
    assert placing.inspect(old) == placing.Header(placing.APPLICATION_ID, 2)
