"""Start to the painted list, newsboat's and ours, on the same articles: `python bench/library_newsboat.py HOME…`.

newsboat (Debian 12: 2.21) makes its cache itself and is then given the articles of each library, so that nothing has to
be served; both start in a terminal of 120×40, in turns. Also prints what either takes on disk.
"""

from __future__ import annotations

import argparse
import html
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from library_room import _first_title, _room
from pty_driver import Terminal

from reader.config import Config
from reader.paths import locate
from reader.service.library import Library
from reader.store import bodies

RUNS = 3
LONG = 20.0  # seconds of one start from which once is enough
_FEED = "INSERT OR IGNORE INTO rss_feed (rssurl, url, title) VALUES (?, ?, ?)"
_ITEM = (
    "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, enclosure_url, enclosure_type,"
    " flags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', '')"
)


def side_by_side(homes: list[Path]) -> None:
    newsboat = shutil.which("newsboat")
    if newsboat is None:
        print("newsboat is not installed")
        return
    for home in homes:
        with tempfile.TemporaryDirectory(prefix="secnews-newsboat-") as made:
            place = Path(made)
            command = [newsboat, "-u", f"{place}/urls", "-C", f"{place}/config", "-c", f"{place}/cache.db"]
            feed = fill(command, place, home)
            theirs: list[float] = []
            ours: list[float] = []
            for turn in range(RUNS + 1):  # the first of each warms the file up
                if theirs and theirs[0] > LONG:
                    break
                seconds = started(Terminal(command), feed, b"q", 900.0)
                room = started(_room(home, wait=False), _first_title(home), b"q", 60.0)
                if turn:
                    theirs.append(seconds)
                    ours.append(room)
            here, there = statistics.median(ours), statistics.median(theirs)
            sizes = [path.stat().st_size / 1e6 for path in (locate(home).library, place / "cache.db")]
            print(
                f"{home.name} articles, start to list: newsboat {there * 1000:.0f} ms, ours {here * 1000:.0f} ms,"
                f" {there / here:.1f} times; on disk {sizes[1]:.1f} MB, ours {sizes[0]:.1f} MB",
                flush=True,
            )


def started(terminal: Terminal, words: str, leave: bytes, most: float) -> float:
    seconds = terminal.wait_for(words, most)
    terminal.drain()
    terminal.close(leave)
    return seconds


def fill(command: list[str], place: Path, home: Path) -> str:
    """Give newsboat the articles of a library; returns the title of its first feed."""
    with Library.open(locate(home), Config()) as library:
        sources = {source.id: source for source in library.sources()}
        (place / "urls").write_text("".join(f"{source.url}\n" for source in sources.values()))
        (place / "config").write_text("reload-threads 1\nmax-items 0\ncleanup-on-quit no\n")
        subprocess.run([*command, "-x", "print-unread"], check=True, capture_output=True)  # makes the cache
        cache = sqlite3.connect(place / "cache.db")
        with cache:
            cache.executemany(_FEED, [(one.url, one.url, one.title) for one in sources.values()])
            cache.executemany(_ITEM, items(library, {number: one.url for number, one in sources.items()}))
        cache.close()
        return min(source.title for source in sources.values())


def items(library: Library, feeds: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    with library.database.read() as c:
        rows = c.execute("SELECT id, title, author, url, source_id, sort_date, read FROM article WHERE live = 1")
        for number, title, author, url, source, date, read in rows:
            words = bodies.text(c, number).split("\n\n")
            content = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>\n" for paragraph in words)
            yield f"urn:{number}", title, author, url, feeds[source], date, content, 1 - read


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("homes", nargs="+", type=Path)
    side_by_side(parser.parse_args().homes)
