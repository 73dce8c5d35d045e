"""A refresh that is killed at any moment leaves a whole library."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from feed_server import FeedServer, item, rss

from reader import paths
from reader.config import Config
from reader.model import View
from reader.service import actions
from reader.service.adding import add
from reader.service.library import Library
from reader.service.refresh import refresh

FEEDS, ENTRIES, KILLS = 30, 40, 12
RUN = """
import sys
from reader import paths
from reader.config import Config
from reader.service.library import Library
from reader.service.refresh import refresh
with Library.open(paths.locate(sys.argv[1]), Config()) as library:
    refresh(library, force=True)
"""


@pytest.mark.slow
def test_kill_9_at_random_moments(tmp_path: Path, server: FeedServer) -> None:
    """Each feed is there whole or not at all, bookmarks stay, and the next refresh brings the rest."""
    home = tmp_path / "room"
    chance = random.Random(7)
    with Library.open(paths.locate(home), Config()) as library:
        urls = [
            server.put(f"/{feed}.xml", rss(*(item(feed * 1000 + n) for n in range(ENTRIES)), title=f"Feed {feed}"))
            for feed in range(FEEDS)
        ]
        for url in urls:
            add(library, url, fetch=False)
        refresh(library, [library.sources()[0].id])
        saved = [row.id for row in library.window(View())][:10]
        actions.save(library, saved)
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", RUN, str(home)], start_new_session=True)
        time.sleep(chance.uniform(0.2, 1.6))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with Library.open(paths.locate(home), Config()) as library:
            assert {source.total for source in library.sources()} <= {0, ENTRIES}
            assert {row.id for row in library.window(View(saved=True))} == set(saved)
        with sqlite3.connect(paths.locate(home).library) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
    with Library.open(paths.locate(home), Config()) as library:
        refresh(library, force=True)
        assert {source.total for source in library.sources()} == {ENTRIES}
        assert library.pending() == 0


@pytest.mark.slow
def test_two_refreshes_at_once(tmp_path: Path, server: FeedServer) -> None:
    """Two processes refresh one library: both end well, and nothing is there twice."""
    home = tmp_path / "room"
    with Library.open(paths.locate(home), Config()) as library:
        for feed in range(6):
            items = [item(feed * 1000 + n) for n in range(10)]
            add(library, server.put(f"/{feed}.xml", rss(*items)), fetch=False)
        processes = [subprocess.Popen([sys.executable, "-c", RUN, str(home)], stderr=subprocess.PIPE) for _ in range(2)]
        for process in processes:
            _, errors = process.communicate(timeout=60)
            assert (process.returncode, errors) == (0, b"")
        assert {source.total for source in library.sources()} == {10}
        assert library.pending() == 0


@pytest.mark.slow
def test_no_process_is_left_behind(tmp_path: Path, server: FeedServer) -> None:
    """When the reader is killed, its children end by themselves."""
    psutil = pytest.importorskip("psutil")
    home = tmp_path / "room"
    with Library.open(paths.locate(home), Config()) as library:
        add(library, server.put("/a.xml", rss(item(1))), fetch=False)
    process = subprocess.Popen(
        [sys.executable, "-c", RUN + "\nprint('done', flush=True)\nsys.stdin.read()", str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == b"done\n"
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
