"""The bar of saving: fifty articles with nothing left but the library, and kills at any moment."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from feed_server import FeedServer
from saved_pages import PARAGRAPHS, png, serve

from reader import paths
from reader.config import Config
from reader.model import View
from reader.service import actions, saving
from reader.service.adding import add
from reader.service.library import Library
from reader.service.whole_pages import fetch_wanted

COUNT, KILLS = 50, 10
READ = """
import sys
from reader import paths
from reader.config import Config
from reader.model import View
from reader.service import saving
from reader.service.library import Library
with Library.open(paths.locate(sys.argv[1]), Config()) as library:
    for number in library.ids(View(saved=True)):
        article = library.article(number)
        images = saving.images(library, number)
        print(number, len(article.document.text), len(article.quotes), sum(len(one.content) for one in images))
    print("faults", sum(len(one.faults) for one in saving.verify(library)))
"""
FETCH = """
import sys
from reader import paths
from reader.config import Config
from reader.service.library import Library
from reader.service.whole_pages import fetch_wanted
with Library.open(paths.locate(sys.argv[1]), Config()) as library:
    fetch_wanted(library)
"""


@pytest.fixture
def many(tmp_path: Path, server: FeedServer) -> Iterator[Library]:
    """A library with fifty articles, all saved, none of their pages fetched yet."""
    with Library.open(paths.locate(tmp_path / "room"), Config()) as library:
        add(library, serve(server, COUNT))
        actions.save(library, list(library.ids(View())))
        yield library


def without_network() -> list[str]:
    """What a command begins with to have no network, where the system allows that."""
    probe = ["unshare", "-rn", "true"]
    able = shutil.which("unshare") and not subprocess.run(probe, check=False, capture_output=True).returncode
    return ["unshare", "-rn"] if able else []


@pytest.mark.slow
def test_fifty_saved_articles_need_nothing_else(tmp_path: Path, server: FeedServer, many: Library) -> None:
    """Source removed, cache wiped, network cut: all fifty are read with quotes and images, and every hash agrees."""
    fetch_wanted(many)
    before = {number: many.article(number) for number in many.ids(View(saved=True))}
    assert len(before) == COUNT
    actions.remove_source(many, many.sources()[0].id)
    many.close()
    shutil.rmtree(tmp_path / "room" / "cache", ignore_errors=True)
    command = [*without_network(), sys.executable, "-c", READ, str(tmp_path / "room")]
    lines = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.splitlines()
    assert lines.pop() == "faults 0"
    found = {int(line.split()[0]): tuple(map(int, line.split()[1:])) for line in lines}
    assert found == {
        number: (len(article.document.text), len(article.quotes), len(png())) for number, article in before.items()
    }
    assert all(PARAGRAPHS[-1] in article.document.text and article.quotes for article in before.values())


@pytest.mark.slow
def test_kill_9_while_saving(tmp_path: Path, server: FeedServer, many: Library) -> None:
    """Whenever it is killed, each page is kept whole with its image or not at all, and the next run does the rest."""
    chance = random.Random(5)
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", FETCH, str(tmp_path / "room")], start_new_session=True)
        time.sleep(chance.uniform(0.4, 1.4))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        for number in many.ids(View(saved=True)):
            kept = saving.evidence(many, number)
            whole = kept.state == "complete"
            assert len(saving.images(many, number)) == whole
            assert (PARAGRAPHS[-1] in many.article(number).document.text) == whole
        assert not any(result.faults for result in saving.verify(many))
    fetch_wanted(many)
    assert {saving.evidence(many, number).state for number in many.ids(View(saved=True))} == {"complete"}
