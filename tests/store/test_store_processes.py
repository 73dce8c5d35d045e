"""Several processes at one library, and processes that are killed: nothing that was confirmed is ever lost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.model import View
from reader.store import Database, counts, integrity, quotes, views

WRITER = Path(__file__).with_name("store_writer.py")


def start(file: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), str(file), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def check(file: Path, confirmed: set[int]) -> None:
    """The library is sound, counts are right, and every confirmed article is there, read, saved and with its quote."""
    health = integrity.examine(file, engine=1)
    assert (health.refusal, health.faults) == ("", ())
    database = Database(file)
    with database.read() as c:
        rows = {row.id: row for row in views.rows(c, views.ids(c, View()))}
        assert confirmed <= rows.keys()
        assert all(rows[one].read and rows[one].saved and rows[one].quote_count == 1 for one in confirmed)
        assert counts.counts(c).total == len(rows)
        assert len(quotes.find(c, speaker="ada")) >= len(confirmed)
        assert confirmed <= set(views.ids(c, View(words=("monday",))))
    database.close()


def two_writers(file: Path, count: int, seconds: float) -> None:
    running = [start(file, name, count) for name in ("one", "two")]
    confirmed: set[int] = set()
    for process in running:
        out, err = process.communicate(timeout=seconds)
        assert process.returncode == 0, out[-300:] + err
        numbers = {int(line) for line in out.split()}
        assert len(numbers) == count
        assert not numbers & confirmed
        confirmed |= numbers
    check(file, confirmed)


def test_two_processes(file: Path) -> None:
    """Two processes with 100 articles each, 300 transactions each, both to the end (SAFETY 75)."""
    two_writers(file, 100, 120)


@pytest.mark.slow
def test_two_processes_for_long(file: Path) -> None:
    """Two processes with 5,000 transactions each lose none, and neither is told that the database is locked."""
    two_writers(file, 1_700, 900)


def kills(file: Path, count: int) -> None:
    chance = random.Random(7)
    confirmed: set[int] = set()
    for _ in range(count):
        process = start(file, "one", 100_000)
        assert process.stdout is not None
        confirmed.add(int(process.stdout.readline()))
        time.sleep(chance.random() * 0.15)
        process.send_signal(signal.SIGKILL)
        out, err = process.communicate(timeout=60)
        assert err == ""
        whole = out.split("\n")[:-1]  # the last line may be cut
        confirmed |= {int(line) for line in whole}
        check(file, confirmed)
    assert len(confirmed) > count


def test_killed(file: Path) -> None:
    """Killed in the middle of writing, again and again: sound, and all that was confirmed is there (SAFETY 69)."""
    kills(file, 3)


@pytest.mark.slow
def test_killed_often(file: Path) -> None:
    """The same twenty times."""
    kills(file, 20)
