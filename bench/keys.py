"""How long keys take in a real terminal of 120×40 with a large library, and how many bytes they cost.

keys.py [--count 100000] [--rounds 15] [--home DIR] [--refresh N]: medians and worst of the time to the first and to
the last byte after each key; then what the room sends and costs while nobody does anything. With --refresh N feeds of
a server on loopback are fetched over and over meanwhile, and the 99th percentile of all keys is told as well.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from filling import fill
from pty_driver import Terminal

IDLE = 1.0  # seconds without a request after which the next refresh is begun
DOWN, PGDN, END, HOME, ENTER = b"\x1b[B", b"\x1b[6~", b"\x1b[F", b"\x1b[H", b"\r"
# name, the keys, the ceiling in ms to the first byte (of the next edition; none is asserted here)
STEPS: tuple[tuple[str, bytes, float], ...] = (
    ("down", DOWN, 5),
    ("pgdn", PGDN, 15),
    ("end", END, 15),
    ("home", HOME, 15),
    ("open", b"%dj" + ENTER, 30),
    ("quote jump", b"]", 20),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--refresh", type=int, default=0, metavar="N")
    parser.add_argument("--home")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(arguments.home or temporary) / str(arguments.count)
        fill(str(home), arguments.count)
        site = _serve(home, arguments.refresh) if arguments.refresh else None
        command = [sys.executable, "-m", "reader", "--home", str(home)]
        terminal = Terminal(command if site else [*command, "--offline"])
        terminal.wait_for("Articles")
        terminal.drain(1.0)
        found: dict[str, list[tuple[float, float, int]]] = {name: [] for name, *_ in STEPS}
        for turn in range(arguments.rounds):
            if site and time.monotonic() - site.asked > IDLE:  # the refresh before has ended
                terminal.press(b"R", quiet=0.02)
            for name, key, _ceiling in STEPS:
                key = key % (turn * 3 + 2) if b"%d" in key else key  # another article each time
                found[name].append(terminal.press(key, quiet=0.02 if site else 0.08))
            terminal.press(b"q", quiet=0.1)  # back to the list
        resizes = []
        for columns, rows in ((100, 30), (120, 40)) * 5:
            begun = time.perf_counter()
            terminal.resize(columns, rows)
            terminal.read(5.0)
            resizes.append(((time.perf_counter() - begun), 0.0, 0))
            terminal.drain(0.1)
        found["resize"] = resizes
        print(f"{arguments.count:,} articles{f', {arguments.refresh} feeds being fetched' if site else ''}")
        for name, times in found.items():
            first = sorted(one[0] * 1000 for one in times)
            last = statistics.median(one[1] * 1000 for one in times)
            size = statistics.median(one[2] for one in times)
            print(
                f"{name:>12}: first byte {statistics.median(first):6.1f} ms (worst {first[-1]:6.1f}),",
                f"last {last:6.1f} ms, {size:,.0f} bytes",
            )
        every = sorted(1000 * one[0] for times in found.values() for one in times)
        print(f"    all keys: p99 {every[len(every) * 99 // 100]:.1f} ms of {len(every)}")
        if not site:
            _idle(terminal)
        terminal.close(b"qqq")
        if site:
            site.shutdown()
    return 0


def _idle(terminal: Terminal, seconds: float = 8.0) -> None:
    terminal.drain(5.0)  # until the last toast is gone
    cpu, begun, size = terminal.cpu(), time.perf_counter(), len(terminal.written)
    while time.perf_counter() - begun < seconds:
        terminal.read(0.2)
    used = (terminal.cpu() - cpu) / (time.perf_counter() - begun)
    print(f"        idle: {used:.2%} of a processor, {len(terminal.written) - size} bytes in {seconds:.0f} s")


class Site(ThreadingHTTPServer):
    """`asked` is when somebody asked last."""

    asked = 0.0


def _serve(home: Path, count: int) -> Site:
    """A server whose feeds have a new entry each time they are asked, and a library that has them as sources."""
    from reader.config import Config
    from reader.paths import locate
    from reader.service.adding import add
    from reader.service.library import Library

    numbers = iter(range(10**9))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = next(numbers)
            item = f"<item><title>Fresh {number}</title><guid>f{number}</guid><description>Words.</description></item>"
            body = f'<rss version="2.0"><channel><title>F</title>{item}</channel></rss>'.encode()
            server.asked = time.monotonic()
            time.sleep(0.05)
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Quiet."""

    server = Site(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with Library.open(locate(home), Config()) as library:
        for number in range(count):
            add(library, f"http://127.0.0.1:{server.server_port}/{number}", fetch=False)
    return server


if __name__ == "__main__":
    sys.exit(main())
