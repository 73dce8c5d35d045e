"""kill -9 at random moments of all that writes: sound afterwards, and nothing lost that was confirmed (SAFETY 69, 74).

`SECNEWS_KILLS=100` kills so often in each kind of work; otherwise a few times.
"""

from __future__ import annotations

import gzip
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader import paths
from reader.config import Config
from reader.model import Draft, Origin, SourceKind, View
from reader.quotes import ENGINE
from reader.service.library import Library
from reader.store import articles, backups, integrity, sources

KILLS = int(os.environ.get("SECNEWS_KILLS", "6"))
WORKER = Path(__file__).with_name("killed_worker.py")
RELEASED = Path(__file__).parents[1] / "store" / "released" / "library-0.1.0.db.gz"


def killed(home: Path, work: str, seconds: float) -> list[str]:
    """What the worker confirmed before it was killed, so many seconds after it began."""
    process = subprocess.Popen(
        [sys.executable, str(WORKER), str(home), work],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    out, errors = process.communicate(timeout=60)
    assert errors == ""
    return out.split("\n")[:-1]  # the last line may be cut


def sound(home: Path) -> None:
    health = integrity.examine(paths.locate(home).library, engine=ENGINE)
    assert (health.refusal, health.faults) == ("", ())
    assert all(backups.sound(backup) for backup in backups.all(paths.locate(home).library))


@pytest.mark.slow
def test_killed_while_it_works(tmp_path: Path) -> None:
    """Saving, pruning, backing up and compacting, killed in turn: every confirmed bookmark, tag and mark stays."""
    home = tmp_path / "home"
    with Library.open(paths.locate(home), Config()) as library, library.database.write() as c:
        now = library.now()
        source = sources.insert(c, kind=SourceKind.FEED, url="https://a.example/", title="A", section="", now=now)
        drafts = [Draft(str(n), "d", f"Title {n}", "", Origin.FEED, now, raw=os.urandom(900)) for n in range(5_000)]
        articles.insert(c, source, drafts, section="", now=now)
    chance = random.Random(11)
    confirmed: dict[str, set[int]] = {"saved": set(), "tagged": set(), "read": set()}
    done: set[str] = set()
    for _ in range(KILLS):
        for work in ("keep", "backup", "compact", "prune"):
            for line in killed(home, work, chance.uniform(0.05, 0.6)):
                what, _space, number = line.partition(" ")
                done.add(work)
                if what in confirmed:
                    confirmed[what].add(int(number))
            sound(home)
            with Library.open(paths.locate(home), Config()) as library:
                assert confirmed["saved"] <= set(library.ids(View(saved=True)))
                assert confirmed["tagged"] <= set(library.ids(View(query="tag:mine")))
                assert confirmed["read"].isdisjoint(library.ids(View(unread=True)))
    assert {"keep", "backup", "compact"} <= done  # a prune is long enough to be killed each time
    assert confirmed["saved"]


@pytest.mark.slow
def test_killed_while_it_migrates(tmp_path: Path) -> None:
    """A library of 0.1.0, killed at random moments of its first opening: the old one or the new one, whole."""
    chance = random.Random(12)
    for turn in range(3 * KILLS):
        home = tmp_path / str(turn)
        (home / "data").mkdir(parents=True)
        file = paths.locate(home).library
        content = bytearray(gzip.decompress(RELEASED.read_bytes()))
        content[18:20] = b"\2\2" if turn % 2 else b"\1\1"  # with a write-ahead log, or where none can be had
        file.write_bytes(content)
        killed(home, "migrate", chance.uniform(0.0, 0.1))
        with Library.open(paths.locate(home), Config()) as library:
            assert {row.id for row in library.window(View(saved=True))} == {3, 7, 11}
            assert library.counts().unread == 2
        sound(home)
        shutil.rmtree(home)
