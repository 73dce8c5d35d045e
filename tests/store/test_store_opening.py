"""How a library comes into being, who may read it, and what is refused without being touched."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.errors import StorageError
from reader.model import View
from reader.store import Database, counts, migrations, placing, settings, views
from reader.store.connections import PAGE_SIZE


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    old = os.umask(request.param)
    yield request.param
    os.umask(old)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def fingerprint(path: Path) -> tuple[str, int]:
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    """A library whose file is not there yet."""
    database = Database(file)
    yield database
    database.close()


def test_reading_creates_nothing(file: Path) -> None:
    """A library that is not there reads as an empty one, and neither file nor folder appears."""
    database = Database(file)
    with database.read() as c:
        assert counts.counts(c) == counts.Counts(0, 0, 0, 0)
        assert views.window(c, View()) == []
    database.close()
    assert not file.parent.exists()


def test_reading_sees_the_first_write(file: Path, database: Database) -> None:
    """A thread that read the empty library sees what another one wrote, without opening it again."""
    with database.read() as c:
        assert settings.get(c, "a") is None
    writer = threading.Thread(target=lambda: _put(database, "a", 1))
    writer.start()
    writer.join()
    with database.read() as c:
        assert settings.get(c, "a") == 1
    assert file.exists()


def test_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    """The file, its journals and its folder are for this user only (SAFETY 76)."""
    file = tmp_path / "deep" / "data" / "library.db"
    database = Database(file)
    _put(database, "a", 1)
    with database.read() as c:  # keeps the journals in being
        c.execute("SELECT count(*) FROM setting").fetchone()
        names = {path.name: mode(path) for path in file.parent.iterdir()}
    assert names == {"library.db": 0o600, "library.db-wal": 0o600, "library.db-shm": 0o600}
    assert mode(file.parent) == mode(file.parent.parent) == 0o700
    database.close()


def test_properties_of_the_file(file: Path, database: Database) -> None:
    """The file carries our application id and format number, is in WAL mode and enforces foreign keys."""
    _put(database, "a", 1)
    assert placing.inspect(file) == placing.Header(placing.APPLICATION_ID, migrations.VERSION)
    with database.read() as c:
        assert c.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert c.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with pytest.raises(StorageError), database.write() as c:
        c.execute("INSERT INTO entry (source_id, key, article_id, digest) VALUES (99, x'00', 1, '')")


def test_nothing_is_left_beside(file: Path, database: Database) -> None:
    """Creating leaves no working file behind, and closing removes the journals."""
    _put(database, "a", 1)
    database.close()
    assert [path.name for path in file.parent.iterdir()] == ["library.db"]


def test_many_create_at_once(file: Path) -> None:
    """Processes that create the library at the same moment all end in the same one."""
    code = (
        "import sys, pathlib; from reader.store import Database, settings\n"
        "d = Database(pathlib.Path(sys.argv[1]))\n"
        "with d.write() as c: settings.put(c, sys.argv[2], 1)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(file), str(number)]) for number in range(6)]
    assert [process.wait(60) for process in running] == [0] * 6
    database = Database(file)
    with database.read() as c:
        assert c.execute("SELECT count(*) FROM setting").fetchone() == (6,)
    database.close()
    assert [path.name for path in file.parent.iterdir()] == ["library.db"]


# --- what is refused ----------------------------------------------------------------------------------------------


def _empty(file: Path) -> None:
    file.touch()


def _text(file: Path) -> None:
    file.write_text("This is a letter, not a library.\n" * 50)


def _short(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + b"\0" * 10)


def _zeroed(file: Path) -> None:
    _ours(file)
    file.write_bytes(b"\0" * 100 + file.read_bytes()[100:])


def _foreign(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.commit()
    connection.close()


def _newer(file: Path) -> None:
    _ours(file)
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {migrations.VERSION + 1}")
    connection.commit()
    connection.close()


def _ours(file: Path) -> None:
    database = Database(file)
    _put(database, "a", 1)
    database.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_empty, "is empty"),
        (_text, "is damaged: it is not a database"),
        (_short, "is damaged"),
        (_zeroed, "is damaged"),
        (_foreign, "database of another program"),
        (_newer, f"newer secnews (format {migrations.VERSION + 1}, this one knows {migrations.VERSION})"),
    ],
)
@pytest.mark.parametrize("readonly", [False, True])
def test_refused_untouched(file: Path, make: Callable[[Path], None], said: str, readonly: bool) -> None:
    """What is no library of this version is refused in a sentence; not one byte of it changes (SAFETY 72, 73)."""
    file.parent.mkdir(parents=True)
    make(file)
    before = fingerprint(file)
    with pytest.raises(StorageError) as refused:
        Database(file, readonly=readonly)
    assert said in str(refused.value)
    assert str(file) in str(refused.value)
    assert str(refused.value).endswith(".")
    assert fingerprint(file) == before
    assert [path.name for path in file.parent.iterdir()] == ["library.db"]


def test_newer_only_in_the_journal(file: Path) -> None:
    """A newer format that still stands in the journal of a killed process is refused, file and journal untouched."""
    _ours(file)
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        "c.execute('PRAGMA user_version = 99'); c.commit(); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=False)
    wal = file.with_name("library.db-wal")
    assert placing.inspect(file) == placing.Header(placing.APPLICATION_ID, migrations.VERSION)
    before = fingerprint(file), fingerprint(wal)
    with pytest.raises(StorageError, match="format 99"):
        Database(file)
    assert (fingerprint(file), fingerprint(wal)) == before


@pytest.mark.parametrize("kind", ["directory", "fifo", "dangling"])
def test_not_a_file(file: Path, kind: str) -> None:
    """A directory, a pipe nobody writes to and a link to nowhere are refused at once."""
    file.parent.mkdir(parents=True)
    if kind == "directory":
        file.mkdir()
    elif kind == "fifo":
        os.mkfifo(file)
    else:
        file.symlink_to(file.parent / "nowhere")
    with pytest.raises(StorageError, match=r"not a file|link to nowhere"):
        Database(file)


def test_a_link_to_a_library_is_one(tmp_path: Path, file: Path) -> None:
    """A library kept elsewhere and linked to is used there."""
    _ours(tmp_path / "elsewhere.db")
    file.parent.mkdir()
    file.symlink_to(tmp_path / "elsewhere.db")
    database = Database(file)
    with database.read() as c:
        assert settings.get(c, "a") == 1
    database.close()


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file where the folder should be: a sentence that names the path."""
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StorageError, match="data"):
        _put(Database(tmp_path / "data" / "library.db"), "a", 1)


def test_damage_within(file: Path) -> None:
    """Damage behind a sound header is told as a sentence when it is met, without SQLite's words."""
    _ours(file)
    content = bytearray(file.read_bytes())
    content[100:PAGE_SIZE] = b"\xff" * (PAGE_SIZE - 100)
    file.write_bytes(content)
    with pytest.raises(StorageError, match="damaged") as refused:
        _put(Database(file), "b", 1)
    assert "malformed" not in str(refused.value)


def test_closed(database: Database) -> None:
    """After `close` nothing works any more, and closing again is fine."""
    _put(database, "a", 1)
    database.close()
    database.close()
    with pytest.raises(StorageError, match="closed"), database.read():
        pass


def test_close_waits_for_nobody_and_breaks_nothing(file: Path, database: Database) -> None:
    """A write under way in another thread is finished although the library was closed meanwhile."""
    _put(database, "a", 1)
    started, closed = threading.Event(), threading.Event()

    def write() -> None:
        with database.write() as c:
            settings.put(c, "b", 2)
            started.set()
            closed.wait(10)

    thread = threading.Thread(target=write)
    thread.start()
    started.wait(10)
    database.close()
    closed.set()
    thread.join(10)
    again = Database(file)
    with again.read() as c:
        assert settings.get(c, "b") == 2
    again.close()


# --- transactions -------------------------------------------------------------------------------------------------


def test_all_or_nothing(database: Database) -> None:
    """What raises within a write leaves no trace."""
    _put(database, "a", 1)
    with pytest.raises(ZeroDivisionError):
        _put(database, "a", 2, then=lambda: 1 // 0)
    with database.read() as c:
        assert settings.get(c, "a") == 1


def test_nesting(database: Database) -> None:
    """A read or write inside a write is part of it; a write inside a read is a mistake of ours."""
    with database.write() as outer:
        settings.put(outer, "a", 1)
        with database.read() as inner:
            assert settings.get(inner, "a") == 1
        with database.write() as inner:
            settings.put(inner, "b", 2)
    with database.read() as c:
        assert (settings.get(c, "a"), settings.get(c, "b")) == (1, 2)
        with pytest.raises(RuntimeError), database.write():
            pass


def test_a_read_sees_one_moment(database: Database) -> None:
    """Everything read within one `read` is of the same moment, whatever others write meanwhile."""
    _put(database, "a", 1)
    with database.read() as c:
        assert settings.get(c, "a") == 1
        thread = threading.Thread(target=lambda: _put(database, "a", 2))
        thread.start()
        thread.join(10)
        assert settings.get(c, "a") == 1
    with database.read() as c:
        assert settings.get(c, "a") == 2


def test_connections_of_ended_threads_are_closed(database: Database) -> None:
    """Threads that come and go leave no open file behind."""
    _put(database, "a", 1)

    def read() -> None:
        with database.read() as c:
            settings.get(c, "a")

    before = len(os.listdir("/dev/fd"))
    for _ in range(20):
        thread = threading.Thread(target=read)
        thread.start()
        thread.join(10)
    assert len(os.listdir("/dev/fd")) <= before + 3


# --- no permission to write -----------------------------------------------------------------------------------------

UNPRIVILEGED = """
import os, sys, pathlib
from reader.errors import StorageError
from reader.store import Database, settings
import reader.text.addresses  # sentences need it, and this user may not be allowed to read the program
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    database = Database(pathlib.Path(sys.argv[1]))
    with database.read() as c:
        print(settings.get(c, "a"), database.readonly)
    with database.write() as c:
        settings.put(c, "a", 2)
except StorageError as error:
    print(error)
"""


@pytest.fixture
def open_path() -> Iterator[Path]:
    """A folder that other users can reach (pytest's own are closed to them)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("journal", [False, True])
def test_read_only_folder(open_path: Path, journal: bool) -> None:
    """A library in a folder that cannot be written is read, and a change says why it is not possible (SAFETY 71)."""
    file = open_path / "data" / "library.db"
    database = Database(file)
    _put(database, "a", 1)
    if not journal:
        database.close()
    for path in file.parent.iterdir():
        path.chmod(0o444)
    file.parent.chmod(0o555)
    done = subprocess.run([sys.executable, "-c", UNPRIVILEGED, str(file)], capture_output=True, text=True, check=False)
    file.parent.chmod(0o755)
    database.close()
    assert done.stdout.splitlines()[0] == "1 True", done.stderr
    assert "can only be read" in done.stdout


def test_unreadable_file(open_path: Path) -> None:
    """A library of somebody else is refused with the path."""
    file = open_path / "data" / "library.db"
    _ours(file)
    file.parent.chmod(0o755)
    file.chmod(0o000)
    done = subprocess.run([sys.executable, "-c", UNPRIVILEGED, str(file)], capture_output=True, text=True, check=False)
    file.chmod(0o600)
    assert "cannot be read (permission denied)" in done.stdout, done.stderr


def test_read_only_by_wish(file: Path) -> None:
    """A library opened read-only is read; changes raise."""
    _ours(file)
    database = Database(file, readonly=True)
    with database.read() as c:
        assert settings.get(c, "a") == 1
    with pytest.raises(StorageError, match="can only be read"):
        _put(database, "a", 2)
    database.close()
    assert [path.name for path in file.parent.iterdir()] == ["library.db"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of two megabytes; the test skips where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if (
        not mount
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no file system can be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_no_room_at_all(small_disk: Path) -> None:
    """On a disk without one free byte the library is still read; changes say why not; with room it goes on (70)."""
    file = small_disk / "data" / "library.db"
    _ours(file)
    with contextlib.suppress(OSError), (small_disk / "filling").open("wb", buffering=0) as filling:
        while True:
            filling.write(b"x" * 4096)
    database = Database(file)
    with database.read() as c:
        assert settings.get(c, "a") == 1
    with pytest.raises(StorageError, match="is full"):
        _put(database, "a", 2)
    with pytest.raises(StorageError, match="is full"):
        _put(Database(small_disk / "other" / "library.db"), "a", 2)
    (small_disk / "filling").unlink()
    _put(database, "a", 2)
    with database.read() as c:
        assert settings.get(c, "a") == 2
    database.close()


def test_no_room_while_writing(small_disk: Path) -> None:
    """A disk that fills up in the middle of a write: nothing of it stays, everything before does."""
    database = Database(small_disk / "data" / "library.db")
    _put(database, "a", 1)
    with pytest.raises(StorageError, match="is full"):
        _put(database, "b", "x" * 3_000_000)
    with database.read() as c:
        assert (settings.get(c, "a"), settings.get(c, "b")) == (1, None)
    database.close()


def test_full_library(file: Path, database: Database) -> None:
    """A write that finds no room says so, and what was there stays (SAFETY 70)."""
    _put(database, "a", 1)
    with database.read() as c:
        pages = c.execute("PRAGMA page_count").fetchone()[0]
        c.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match="is full"):
        _put(database, "b", "x" * 1_000_000)
    with database.read() as c:
        assert settings.get(c, "a") == 1
        assert settings.get(c, "b") is None


def _put(database: Database, key: str, value: object, *, then: Callable[[], object] = bool) -> None:
    with database.write() as c:
        settings.put(c, key, value)
        then()
