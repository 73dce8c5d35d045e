"""Refresh figures: `python bench/refresh.py [FEEDS] [ENTRIES]` (default 100 feeds of 100 entries).

Serves a generated corpus (`../shared/bench/gen_corpus.py`, or a small one of our own without it) on loopback, by nginx
if it is installed, and runs, each in a process of its own: a cold refresh to *listable*, newsboat (if it is installed)
cold, once more and not modified, lemon24 reader (if `LEMON24` names a Python that has it) cold and not modified, ours
not modified, and last the texts, quotes and index of everything (`--listable` leaves them out). Prints wall time, CPU
of the whole process tree, its peak memory and what the server sent, then the ratios.
"""

from __future__ import annotations

import os
import shutil
import socket
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

NGINX = """
worker_processes 1; daemon off; pid nginx.pid; error_log nginx.err;
events {{ worker_connections 2048; }}
http {{
  log_format s "$status $body_bytes_sent"; access_log {log} s;
  sendfile on; tcp_nodelay on; keepalive_timeout 65; keepalive_requests 100000; etag on;
  default_type application/xml; types {{ application/xml xml; }}
  server {{ listen 127.0.0.1:{port}; root {corpus}; }}
}}
"""

LEMON = """
import sys
from reader import make_reader
reader = make_reader(sys.argv[1])
if not reader.get_feed_counts().total:
    for url in sys.argv[2:]:
        reader.add_feed(url)
reader.update_feeds(scheduled=False, workers=4)  # all of them now, as we do with `force`
print(reader.get_entry_counts().total)
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
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    feeds = numbers[0] if numbers else 100
    entries = numbers[1] if len(numbers) > 1 else 100
    with tempfile.TemporaryDirectory(prefix="secnews-bench-") as made:
        place = Path(made)
        corpus = place / "corpus"
        generate(feeds, entries, corpus)
        serve = serving_by_nginx if shutil.which("nginx") else serving
        with serve(corpus, place / "served.log") as (port, served):
            urls = [f"http://127.0.0.1:{port}/{path.name}" for path in sorted(corpus.iterdir())]
            total = feeds * entries
            size = sum(path.stat().st_size for path in corpus.iterdir()) / 1e6
            print(f"{feeds} feeds, {total} entries, {size:.0f} MB, served by {serve.__name__}")
            side_by_side(place, urls, served, total)


def side_by_side(place: Path, urls: Sequence[str], served: Callable[[], str], total: int) -> None:
    """All programs in one run, so that a busy machine is as busy for each of them."""
    home = str(place / "home")
    add_all(home, urls)
    costs: dict[str, Cost] = {}

    def run(name: str, command: Sequence[str], entries: int = 0) -> None:
        costs[name] = measure(command)
        report(name, costs[name], served(), entries)

    listable = [sys.executable, "-c", RUN, home, "listable"]
    run("cold, listable", listable, total)
    if newsboat := shutil.which("newsboat"):
        command = newsboat_command(newsboat, place, urls)
        run("newsboat cold", command, total)
        run("newsboat again", command)  # it needs two cold runs before its first 304
        run("newsboat not modified", command)
    if lemon := os.environ.get("LEMON24"):
        command = [lemon, "-I", "-c", LEMON, str(place / "lemon.db"), *urls]  # -I: its package is called reader, too
        run("lemon24 cold", command, total)
        run("lemon24 not modified", command)
    run("not modified", listable)
    for ours, theirs in (("cold, listable", "newsboat cold"), ("not modified", "newsboat not modified")):
        ratio(costs, ours, theirs)
    ratio(costs, "not modified", "lemon24 not modified")
    if "--listable" not in sys.argv:
        run("texts, quotes, index", [sys.executable, "-c", RUN, home, "derive"], total)
    size = sum(path.stat().st_size for path in (Path(home) / "data").iterdir())
    print(f"library: {size / 1e6:.0f} MB")


def ratio(costs: dict[str, Cost], ours: str, theirs: str) -> None:
    if theirs in costs:
        mine, other = costs[ours], costs[theirs]
        print(f"{theirs} / {ours}: wall {other.wall / mine.wall:.2f}, CPU {other.cpu / mine.cpu:.2f}", flush=True)


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
def serving_by_nginx(corpus: Path, log: Path) -> Iterator[tuple[int, Callable[[], str]]]:
    """nginx, which costs little while others are measured."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log.touch()
    (log.parent / "nginx.conf").write_text(NGINX.format(port=port, corpus=corpus, log=log))
    for folder in (log.parent, corpus):
        folder.chmod(0o755)  # its worker is another user
    argv = ["nginx", "-p", str(log.parent), "-c", "nginx.conf"]
    server = subprocess.Popen(argv, stderr=subprocess.DEVNULL)
    try:
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, teller(log)
    finally:
        server.terminate()
        server.wait()


def teller(log: Path) -> Callable[[], str]:
    """A function that tells and forgets what a server sent."""
    seen = 0

    def served() -> str:
        nonlocal seen
        lines = log.read_text().splitlines()
        fresh, seen = lines[seen:], len(lines)
        bodies = [int(line.split()[1]) for line in fresh if line.startswith("200")]
        return f"{len(bodies)} bodies, {sum(bodies) / 1e6:.1f} MB, {len(fresh) - len(bodies)} not modified"

    return served


@contextmanager
def serving(corpus: Path, log: Path) -> Iterator[tuple[int, Callable[[], str]]]:
    """A web server in another process, and a function that tells and forgets what it sent."""
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(corpus), str(log)], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline()), teller(log)
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


def newsboat_command(newsboat: str, place: Path, urls: Sequence[str]) -> list[str]:
    (place / "urls").write_text("\n".join(urls) + "\n")
    (place / "config").write_text("reload-threads 1\nmax-items 0\ncleanup-on-quit no\n")
    files = ["-u", str(place / "urls"), "-C", str(place / "config"), "-c", str(place / "cache.db")]
    return [newsboat, *files, "-x", "reload"]


if __name__ == "__main__":
    main()
