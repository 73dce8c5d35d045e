"""Backups and repair: what was saved and read survives whatever happens to the file; nothing is overwritten."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reader.errors import StorageError
from reader.model import Draft, View
from reader.store import Database, articles, backups, bodies, integrity, marks, migrations, recovery, sources, views
from reader.store.connections import PAGE_SIZE

Fill = Callable[..., list[int]]


_STOCKED: list[tuple[list[int], bytes]] = []  # made once, then copied


@pytest.fixture
def stocked(file: Path, add_source: Callable[..., int], database: Database, fill: Fill) -> list[int]:
    """A library of 300 articles, every third saved, every second read; closed."""
    if _STOCKED:
        ids, content = _STOCKED[0]
        file.write_bytes(content)
        return list(ids)
    ids = fill(add_source(), 300)
    with database.write() as c:
        marks.put_saved(c, [(article_id, 1_000 + article_id) for article_id in ids[::3]])
        for article_id in ids[::2]:
            marks.put_read(c, [(article_id, article_id)], True)
    database.close()
    _STOCKED.append((list(ids), file.read_bytes()))
    return ids


def state(file: Path) -> dict[int, tuple[bool, bool, str]]:
    """Every article: read, saved, text."""
    database = Database(file)
    try:
        with database.read() as c:
            rows = views.window(c, View(), limit=10_000)
            return {row.id: (row.read, row.saved, bodies.text(c, row.id)) for row in rows}
    finally:
        database.close()


def healthy(file: Path) -> bool:
    health = integrity.examine(file, engine=1)
    return not health.refusal and not health.faults


# --- backups ---------------------------------------------------------------------------------------------------------


def test_a_backup_is_a_whole_private_library(file: Path, stocked: list[int], now: datetime) -> None:
    """A backup holds what the library holds, for its owner only, and the day is then done."""
    before = state(file)
    assert backups.due(file, now=now)
    old = os.umask(0)
    try:
        made = backups.make(file, now=now)
    finally:
        os.umask(old)
    assert made is not None
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert not backups.due(file, now=now)
    assert backups.due(file, now=now + timedelta(days=1))
    copy = file.with_name("copy.db")
    shutil.copyfile(made, copy)
    assert state(copy) == before
    assert sorted(path.name for path in file.parent.iterdir() if ".part" in path.name) == []


def test_three_backups_are_kept(file: Path, stocked: list[int], now: datetime) -> None:
    """The oldest go, and one from a future that a wrong clock made goes first."""
    backups.make(file, now=now + timedelta(days=3_650))
    for day in range(5):
        backups.make(file, now=now + timedelta(days=day))
    names = [path.name[-10:] for path in backups.all(file, today=(now + timedelta(days=4)).date())]
    assert names == ["2026-03-05", "2026-03-04", "2026-03-03"]


def test_a_backup_can_be_stopped(file: Path, stocked: list[int], now: datetime) -> None:
    """Stopped, it leaves nothing; a backup that is there stays."""
    kept = backups.make(file, now=now)
    stop = threading.Event()
    stop.set()
    with_stop = backups.make(file, now=now + timedelta(days=1), cancel=stop)
    if with_stop is None:  # a small library may be done before anybody looks
        assert backups.all(file) == [kept]


def test_a_damaged_library_takes_no_backups_place(file: Path, stocked: list[int], now: datetime) -> None:
    """What cannot be copied whole is refused in a sentence, and the good backups stay."""
    kept = backups.make(file, now=now)
    damage(file, "middle")
    with pytest.raises(StorageError, match=r"damaged"):
        backups.make(file, now=now + timedelta(days=1))
    assert backups.all(file) == [kept]


# --- repair ----------------------------------------------------------------------------------------------------------


def damage(file: Path, how: str) -> None:
    content = bytearray(file.read_bytes())
    if how == "text":
        file.write_text("This is no database.\n")
    elif how == "empty":
        file.write_bytes(b"")
    elif how == "cut":
        file.write_bytes(content[: -2 * PAGE_SIZE + 100])
    elif how == "header":
        content[:100] = bytes(100)
        file.write_bytes(content)
    elif how == "middle":
        behind = len(content) // PAGE_SIZE * 2 // 3 * PAGE_SIZE  # the schema's own pages come before the content's
        for page in range(behind, behind + 4 * PAGE_SIZE, PAGE_SIZE):
            content[page : page + 200] = b"\xff" * 200
        file.write_bytes(content)
    elif how == "directory":
        file.unlink()
        file.mkdir()
    elif how == "link":
        file.unlink()
        file.symlink_to(file.with_name("nowhere"))
    elif how == "foreign":
        file.unlink()
        with sqlite3.connect(file) as other:
            other.execute("CREATE TABLE theirs (a)")
        other.close()
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)


WAYS = [
    *("empty", "cut", "header", "middle", "directory"),
    *(pytest.param(how, marks=pytest.mark.slow) for how in ("text", "link", "foreign")),
]


@pytest.mark.parametrize("how", WAYS)
def test_everything_comes_back_from_a_backup(file: Path, stocked: list[int], now: datetime, how: str) -> None:
    """With a backup of the day nothing is lost, whatever happened, and the damaged file is kept as it was."""
    before = state(file)
    backup = backups.make(file, now=now)
    damage(file, how)
    broken = file.read_bytes() if file.is_file() else None
    assert not healthy(file)
    result = recovery.recover(file, now=now)
    assert healthy(file)
    assert state(file) == before
    assert (result.backup, result.articles, result.saved) == (backup, 300, 100)
    assert result.aside.name == "library.db.damaged-2026-03-01"
    assert os.path.lexists(result.aside)
    assert broken is None or result.aside.read_bytes() == broken
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path for path in file.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("how", WAYS)
def test_without_a_backup_what_is_readable_comes_back(file: Path, stocked: list[int], now: datetime, how: str) -> None:
    """Without a backup the new library has what the file still says, and can be used in any case."""
    before = state(file)
    damage(file, how)
    result = recovery.recover(file, now=now)
    assert healthy(file)
    after = state(file)
    assert all(before[key][:2] == value[:2] for key, value in after.items())
    if how == "header":
        assert after == before
    if how in ("cut", "middle"):
        assert len(after) > 100
    assert result.backup is None
    assert result.articles == len(after)


def test_what_came_after_the_backup_is_read_from_the_damaged_file(
    file: Path, stocked: list[int], now: datetime, draft: Callable[..., Draft]
) -> None:
    """New articles, new bookmarks and read states of today are there although the backup is older."""
    backups.make(file, now=now)
    database = Database(file)
    with database.write() as c:
        (new,) = articles.insert(c, 1, [draft(-5, title="After the backup")], section="News", now=now)
        marks.put_saved(c, [(new, 5), (stocked[1], 5)])
        marks.put_read(c, [(stocked[3], stocked[3])], True)
        marks.put_saved(c, [(stocked[0], None)])
    database.close()
    before = state(file)
    damage(file, "header")
    result = recovery.recover(file, now=now)
    assert state(file) == before
    assert (result.read_articles, result.read_states) == (1, 3)
    database = Database(file)
    with database.write() as c:
        assert articles.insert(c, 1, [draft(-5, title="After the backup")], section="News", now=now) == [new]
    database.close()


def test_a_second_accident_of_the_day(file: Path, stocked: list[int], now: datetime) -> None:
    """Nothing is ever overwritten: each damaged file has a name of its own."""
    for name in ("library.db.damaged-2026-03-01", "library.db.damaged-2026-03-01-2"):
        damage(file, "text")
        assert recovery.recover(file, now=now).aside.name == name


def test_a_damaged_backup_is_passed_over(file: Path, stocked: list[int], now: datetime) -> None:
    """The newest backup that is sound is the ground."""
    before = state(file)
    good = backups.make(file, now=now)
    bad = backups.make(file, now=now + timedelta(days=1))
    assert bad is not None
    damage(bad, "middle")
    damage(file, "text")
    assert recovery.recover(file, now=now + timedelta(days=2)).backup == good
    assert state(file) == before


def test_a_newer_library_is_no_damaged_one(file: Path, stocked: list[int], now: datetime) -> None:
    """A library that a newer version wrote is refused and stays byte for byte what it was."""
    with sqlite3.connect(file) as c:
        c.execute("PRAGMA user_version = 999")
    c.close()
    before = file.read_bytes()
    with pytest.raises(StorageError, match="newer"):
        recovery.recover(file, now=now)
    assert file.read_bytes() == before


def test_an_older_library_is_brought_up_to_date(file: Path, now: datetime) -> None:
    """A damaged library of an older format gives what it has."""
    file.parent.mkdir(exist_ok=True, parents=True)
    c = sqlite3.connect(file, isolation_level=None)
    c.execute("PRAGMA page_size = 16384")
    migrations.migrate(c, file, [migrations.script("0001_library.sql")])
    c.execute("INSERT INTO section (name) VALUES ('News')")
    c.execute("INSERT INTO source (kind, url, identity, title, added) VALUES ('feed', 'u', 'u', 'Old', 0)")
    c.execute(
        "INSERT INTO article (source_id, section_id, saved_at, sort_date, added, origin, title)"
        " VALUES (1, 1, 7, 1, 1, 'feed', 'Kept')"
    )
    c.close()
    damage(file, "header")
    recovery.recover(file, now=now)
    database = Database(file)
    with database.read() as c:
        assert [(row.title, row.section, row.saved) for row in views.window(c, View())] == [("Kept", "News", True)]
        assert sources.get(c, 1) is not None
    database.close()
