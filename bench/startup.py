"""How long until the first article row is painted, against a Textual app of one widget (ratios of medians).

startup.py [--runs N] [--counts 10,10000] [--home DIR]: both programs start in a pseudo-terminal of 120×40, in turns.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from filling import fill
from pty_driver import Terminal

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("the only widget")
Bare().run()
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--counts", default="10,10000")
    parser.add_argument("--home", help="where the libraries are kept between runs (default: a temporary folder)")
    arguments = parser.parse_args()
    counts = [int(count) for count in arguments.counts.split(",")]
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(arguments.home or temporary)
        for count in counts:
            fill(str(base / str(count)), count)
        times: dict[str, list[float]] = {"bare": [], **{str(count): [] for count in counts}}
        for turn in range(arguments.runs + 1):
            for name in times:
                seconds = _bare() if name == "bare" else _room(base / name)
                if turn:  # the first round compiles and warms the disk
                    times[name].append(seconds)
    bare = statistics.median(times["bare"])
    for name, found in times.items():
        median = statistics.median(found)
        print(
            f"{name:>8}: {median * 1000:6.0f} ms  ratio {median / bare:.2f}",
            f"({min(found) * 1000:.0f}-{max(found) * 1000:.0f})",
        )
    return 0


def _bare() -> float:
    return _time([sys.executable, "-c", BARE], "the only widget", b"\x11")


def _room(home: Path) -> float:
    return _time([sys.executable, "-m", "reader", "--home", str(home), "--offline"], "Article 0000", b"q")


def _time(command: list[str], words: str, leave: bytes) -> float:
    terminal = Terminal(command)
    seconds = terminal.wait_for(words)
    terminal.drain()
    terminal.close(leave)
    return seconds


if __name__ == "__main__":
    sys.exit(main())
