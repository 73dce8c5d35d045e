"""Refresh figures: `python bench/refresh.py [FEEDS] [ENTRIES]` (default 100 feeds of 100 entries).

Serves a generated corpus (`../shared/bench/gen_corpus.py`, or a small one of our own without it) from another process
on loopback and runs, each in a process of its own: a cold refresh to *listable*, the same again with everything
answering 304, then texts, quotes and index of everything. Prints wall time, CPU of the whole process tree, entries a
second of CPU, the peak memory of the tree and what the server sent. newsboat and nginx are used if they are installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
GENERATOR = ROOT.parent / "shared" / "bench" / "gen_corpus.py"

SERVER = r"""
import http.server, os, sys
from functools import partial
class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def send_head(self):
        path = self.translate_path(self.path)
        size = os.stat(path).st_size
        etag = '"%x"' % size
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304); self.send_header("ETag", etag); self.end_headers()
            print("304 0", file=log, flush=True)
            return None
        self.send_response(200)
        self.send_header("Content-Type", "application/xml"); self.send_header("ETag", etag)
        self.send_header("Content-Length", str(size)); self.end_headers()
        print("200 %d" % size, file=log, flush=True)
        return open(path, "rb")
    def log_message(self, *args): pass
log = open(sys.argv[2], "w")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=sys.argv[1]))
print(server.server_address[1], flush=True)
server.serve_forever()
"""

RUN = """
import sys
from reader import paths
from reader.config import Config
from reader.service.library import Library
from reader.service.refresh import refresh
with Library.open(paths.locate(sys.argv[1]), Config()) as library:
    summary = refresh(library, force=True, derive=sys.argv[2] == "derive")
    assert not summary.failed, [result.message for result in summary.results if result.message][:3]
    print(summary.new, library.counts().total, library.pending())
"""


@dataclass
class Cost:
    """What a process tree took."""

    wall: float
    cpu: float
    peak: float
    output: str


def main() -> None:
    feeds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    entries = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with tempfile.TemporaryDirectory(prefix="secnews-bench-") as made:
        place = Path(made)
        corpus = place / "corpus"
        generate(feeds, entries, corpus)
        with serving(corpus, place / "served.log") as (port, served):
            urls = [f"http://127.0.0.1:{port}/{path.name}" for path in sorted(corpus.iterdir())]
            home = str(place / "home")
            add_all(home, urls)
            total = feeds * entries
            print(f"{feeds} feeds, {total} entries, {sum(p.stat().st_size for p in corpus.iterdir()) / 1e6:.0f} MB")
            report("cold, listable", measure([sys.executable, "-c", RUN, home, "listable"]), served(), total)
            report("not modified", measure([sys.executable, "-c", RUN, home, "listable"]), served(), 0)
            report("texts, quotes, index", measure([sys.executable, "-c", RUN, home, "derive"]), served(), total)
            size = sum(path.stat().st_size for path in (Path(home) / "data").iterdir())
            print(f"library: {size / 1e6:.0f} MB")
            if newsboat := shutil.which("newsboat"):
                peers(newsboat, place, urls, served, total)


def generate(feeds: int, entries: int, corpus: Path) -> None:
    if GENERATOR.is_file():
        subprocess.run([sys.executable, str(GENERATOR), str(feeds), str(entries), str(corpus)], check=True)
        return
    corpus.mkdir()
    body = "&lt;p&gt;“The pumps were switched off by hand,” said Ines Vidal, an engineer.&lt;/p&gt;" * 40
    for feed in range(feeds):
        items = "".join(
            f"<item><title>Story {feed}-{n}</title><guid>urn:{feed}:{n}</guid><link>https://harbour.example/{feed}/{n}"
            f"</link><pubDate>Mon, 02 Nov 2026 10:{n % 60:02}:00 GMT</pubDate><description>{body}</description></item>"
            for n in range(entries)
        )
        text = f'<rss version="2.0"><channel><title>Feed {feed}</title>{items}</channel></rss>'
        (corpus / f"feed{feed:03}.xml").write_text(text)


@contextmanager
def serving(corpus: Path, log: Path) -> Iterator[tuple[int, Callable[[], str]]]:
    """A web server in another process, and a function that tells and forgets what it sent."""
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(corpus), str(log)], stdout=subprocess.PIPE, text=True)
    seen = 0

    def served() -> str:
        nonlocal seen
        lines = log.read_text().splitlines()
        fresh, seen = lines[seen:], len(lines)
        bodies = [int(line.split()[1]) for line in fresh if line.startswith("200")]
        return f"{len(bodies)} bodies, {sum(bodies) / 1e6:.1f} MB, {len(fresh) - len(bodies)} not modified"

    try:
        assert server.stdout is not None
        yield int(server.stdout.readline()), served
    finally:
        server.kill()
        server.wait()
        if server.stdout:
            server.stdout.close()


def add_all(home: str, urls: Sequence[str]) -> None:
    from reader import paths
    from reader.config import Config
    from reader.service.adding import add
    from reader.service.library import Library

    with Library.open(paths.locate(home), Config()) as library:
        for url in urls:
            add(library, url, fetch=False)


def measure(command: Sequence[str]) -> Cost:
    """Run to the end; CPU counts the children that the process waited for, memory all that live at one moment."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    peak = [0.0]
    watcher = threading.Thread(target=watch, args=(process.pid, peak))
    watcher.start()
    output, _ = process.communicate()
    wall = time.perf_counter() - began
    after = os.times()
    watcher.join()
    assert process.returncode == 0, output
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, cpu, peak[0], output.strip())


def watch(pid: int, peak: list[float]) -> None:
    """The largest sum of resident memory of the tree, looked at every 50 ms."""
    try:
        root = psutil.Process(pid)
        while root.is_running() and root.status() != psutil.STATUS_ZOMBIE:
            tree = [root, *root.children(recursive=True)]
            peak[0] = max(peak[0], sum(memory(process) for process in tree) / 1e6)
            time.sleep(0.05)
    except psutil.NoSuchProcess:
        return


def memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def report(name: str, cost: Cost, sent: str, entries: int) -> None:
    rate = f"{entries / cost.cpu:7.0f} entries/s CPU" if entries else " " * 21
    print(
        f"{name:22} wall {cost.wall:6.1f} s  CPU {cost.cpu:6.1f} s  {rate}  peak {cost.peak:4.0f} MB  "
        f"{sent}  [{cost.output}]",
        flush=True,
    )


def peers(newsboat: str, place: Path, urls: Sequence[str], served: Callable[[], str], total: int) -> None:
    """newsboat needs two cold runs before its first 304; both are shown."""
    (place / "urls").write_text("\n".join(urls) + "\n")
    (place / "config").write_text("reload-threads 1\nmax-items 0\ncleanup-on-quit no\n")
    command = [newsboat, "-u", str(place / "urls"), "-C", str(place / "config"), "-c", str(place / "cache.db")]
    for name in ("newsboat cold", "newsboat again", "newsboat not modified"):
        report(name, measure([*command, "-x", "reload"]), served(), total if name.endswith("cold") else 0)


if __name__ == "__main__":
    main()
