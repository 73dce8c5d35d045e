"""Every command meets every fault of the library: exit code 5 and a sentence, or the answer; never a traceback.

A fault that refuses the library leaves its file as it is, byte for byte; one that leaves it readable lets all be read
(SAFETY 70–73, 75).
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cli_home import stock
from cli_runner import call

from reader.store import connections

READING = (
    "sources", "list", "list --unread", "search keys", "search --rank keys", "saved", "show 1", "show 3", "quotes",
    "quotes --speaker ada", "experts", "tag", "export opml", "export saved", "export quotes --format csv",
    "export library -o {out}/l.zip", "export article 1", "export search keys", "prune --dry-run",
)  # fmt: skip
WRITING = (
    "add {feed}", "add --no-fetch https://x.example/feed", "remove 1", "edit 2 --title X", "pause 3", "resume 3",
    "refresh", "refresh --force --offline", "save 1", "unsave 2", "mark read 1", "mark unread keys", "mark read keys",
    "tag mine 1", "undo", "import {opml}", "prune", "experts --merge 1 2", "experts --split 1 1",
)  # fmt: skip
APART = ("extract {feed}", "parse {feed}", "catalogue", "completion bash", "--version", "--help")
FEW = ("list", "search keys", "show 1", "save 1", "refresh", "tag mine 1", "export opml", "--version")
NOTHING_TO_DO = re.compile(r"nothing to undo|Everything is kept|No article has a tag|no longer saved|already")
Fault = Callable[[Path], None]


def overwritten(*ranges: tuple[int, int]) -> Fault:
    def damage(library: Path) -> None:
        content = bytearray(library.read_bytes())
        for start, end in ranges:
            content[start:end] = bytes(0xA5 for _ in range(start, end))
        library.write_bytes(content)

    return damage


def every_page(library: Path) -> None:
    content = bytearray(library.read_bytes())
    for start in range(connections.PAGE_SIZE, len(content), connections.PAGE_SIZE):
        content[start : start + 200] = bytes(0xA5 for _ in range(200))
    library.write_bytes(content)


def pragma(sql: str) -> Fault:
    def change(library: Path) -> None:
        connection = sqlite3.connect(library)
        connection.execute(sql)
        connection.commit()
        connection.close()

    return change


def half(library: Path) -> None:
    content = library.read_bytes()
    library.write_bytes(content[: len(content) // 2])


def a_folder(library: Path) -> None:
    library.unlink()
    library.mkdir()


def a_link_to_nowhere(library: Path) -> None:
    library.unlink()
    library.symlink_to(library.with_name("nowhere"))


def no_folder_for_it(library: Path) -> None:
    shutil.rmtree(library.parent)
    library.parent.write_text("a file where the folder should be")


REFUSING: dict[str, Fault] = {
    "newer": pragma("PRAGMA user_version = 99"),
    "of another program": pragma("PRAGMA application_id = 77"),
    "text": lambda library: library.write_text("hello\n" * 100) and None,
    "empty": lambda library: library.write_bytes(b"") and None,
    "no header": overwritten((0, 100)),
    "no schema": overwritten((100, 3_000)),
    "half": half,
    "every page": every_page,
    "a folder": a_folder,
    "a link to nowhere": a_link_to_nowhere,
    "no folder": no_folder_for_it,
}
HARMLESS: dict[str, Fault] = {
    "a journal of noise": lambda library: beside(library, "-wal", 40_000),
    "a shared memory of noise": lambda library: beside(library, "-shm", 32_768),
}


def beside(library: Path, end: str, size: int) -> None:
    library.with_name(library.name + end).write_bytes(os.urandom(size))


class Place:
    """Homes with a stocked library each, and what commands are given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        stock(folder / "stocked")
        (folder / "feed.xml").write_text(
            '<rss version="2.0"><channel><title>F</title><item><title>T</title><guid>1</guid><description>Words.'
            "</description></item></channel></rss>"
        )
        (folder / "f.opml").write_text(
            '<opml version="1.0"><body><outline type="rss" text="a" xmlUrl="https://a.example/f"/></body></opml>'
        )

    def home(self) -> Path:
        self.count += 1
        return Path(shutil.copytree(self.folder / "stocked", self.folder / f"home{self.count}"))

    def run(self, home: Path, command: str) -> tuple[int, str]:
        out = self.folder / f"out{self.count}"
        out.mkdir(exist_ok=True)
        given = {"feed": self.folder / "feed.xml", "opml": self.folder / "f.opml", "out": out}
        done = call(["--home", str(home), *(part.format(**given) for part in command.split())])
        assert "Traceback" not in done.out + done.err, command
        if done.code == 5:
            assert done.err.startswith("secnews: "), command
            assert re.search(r"(; |: ).{10,}[.]$", done.err.strip()), f"no advice: {done.err}"
        return done.code, done.out + done.err


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("faults")
    yield Place(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits ten seconds for another writer."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)


def refused(place: Place, fault: Fault, commands: tuple[str, ...]) -> None:
    for command in commands:
        home = place.home()
        library = home / "data" / "library.db"
        fault(library)
        before = library.read_bytes() if library.is_file() else None
        code, said = place.run(home, command)
        assert code == (0 if command in APART else 5), f"{command}: {said}"
        assert (library.read_bytes() if library.is_file() else None) == before, command
        shutil.rmtree(home)


def usable(place: Place, home: Path, commands: tuple[str, ...], *, writable: bool) -> None:
    for command in commands:
        code, said = place.run(home, command)
        if command in READING or command in APART:
            assert code in (0, 3), f"{command}: {said}"
        elif not writable:
            assert code == 5 or NOTHING_TO_DO.search(said), f"{command}: {said}"
        else:
            assert code != 5, f"{command}: {said}"


@contextmanager
def held(home: Path) -> Iterator[None]:
    other = sqlite3.connect(home / "data" / "library.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@contextmanager
def small_disk(place: Place, *options: str) -> Iterator[Path]:
    """A disk of its own with a stocked home on it."""
    place.count += 1
    disk = place.folder / f"disk{place.count}"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be made here")
    try:
        shutil.copytree(place.folder / "stocked", disk / "home")
        if options:
            subprocess.run(["mount", "-o", ",".join(("remount", *options)), str(disk)], check=True)
        else:
            with suppress(OSError), (disk / "fill").open("wb", buffering=0) as fill:
                while fill.write(bytes(4_096)) == 4_096:
                    pass
        yield disk / "home"
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


@pytest.mark.parametrize("fault", ["newer", "empty", "half", "a folder", "no folder"])
def test_a_library_that_is_refused(place: Place, fault: str) -> None:
    """Code 5, what, why and what to do; the file is as it was."""
    refused(place, REFUSING[fault], FEW)


def test_another_writer(place: Place) -> None:
    """Everything is read, every change is refused in a sentence."""
    home = place.home()
    with held(home):
        usable(place, home, FEW, writable=False)
    usable(place, home, FEW, writable=True)


def test_noise_beside_it(place: Place) -> None:
    """What a killed program or a bad disk has left beside a sound library is no reason to refuse it."""
    for fault in HARMLESS.values():
        home = place.home()
        fault(home / "data" / "library.db")
        usable(place, home, FEW, writable=True)


@pytest.mark.slow
@pytest.mark.parametrize("fault", REFUSING)
def test_every_command_of_a_library_that_is_refused(place: Place, fault: str) -> None:
    """As above, for all commands."""
    refused(place, REFUSING[fault], (*READING, *WRITING, *APART))


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["held", "full", "read-only"])
def test_every_command_of_a_library_that_can_be_read(place: Place, fault: str) -> None:
    """All that reads answers; all that would change something says why it does not."""
    everything = (*READING, *WRITING, *APART)
    if fault == "held":
        home = place.home()
        with held(home):
            usable(place, home, everything, writable=False)
        return
    with small_disk(place, *(["ro"] if fault == "read-only" else [])) as home:
        usable(place, home, everything, writable=False)
