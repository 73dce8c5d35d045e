"""The room in a pseudo-terminal of 120×40, on libraries of several sizes: `python bench/library_room.py HOME…`.

Prints for each size and the ratio to the first: start to the painted list, keys to the first and to the last byte of
what they change, search from the last letter on (a pause of 150 ms in the typing is part of it), and the memory of the
process with the whole list loaded. All sizes are open at once and take turns key by key.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from pty_driver import Terminal

from reader.config import Config
from reader.model import View
from reader.paths import locate
from reader.service.library import Library

STARTS, ROUNDS = 7, 7
DOWN, PGDN, END, HOME, ENTER, ESC = b"\x1b[B", b"\x1b[6~", b"\x1b[F", b"\x1b[H", b"\r", b"\x1b"
STEPS: tuple[tuple[str, bytes, bytes], ...] = (  # what, the keys, and what leads back
    ("down", DOWN, b""),
    ("page down", PGDN, b""),
    ("end", END, b""),
    ("home", HOME, b""),
    ("open an article", b"%dj" + ENTER, b"q"),
    ("mark read", b"m", b"m"),
    ("all unread → all", b"ga", b"gu"),
)
SEARCHES = (
    ("search a common word", b"firmware"),
    ("search a phrase", b'"docket 10000011"'),
    ("search a prefix", b"title:1000001*"),
    ("search two fields", b"title:docket text:10000011"),
)


def measure(homes: list[Path]) -> None:
    _starts(homes)
    rooms = [_room(home) for home in homes]
    for room in rooms:
        room.drain(3.0)  # every id is there
    found: dict[str, list[list[tuple[float, float, int]]]] = {}
    for turn in range(ROUNDS):
        for name, keys, back in STEPS:
            keys = keys % (turn * 3 + 2) if b"%d" in keys else keys  # another article each time
            for place, room in enumerate(rooms):
                found.setdefault(name, [[] for _ in rooms])[place].append(room.press(keys, quiet=0.2))
                if back:
                    room.press(back, quiet=0.2)
    for _turn in range(3):
        for name, words in SEARCHES:
            for place, room in enumerate(rooms):
                room.press(b"/", quiet=0.2)
                room.press(words[:-1], quiet=0.6)
                found.setdefault(name, [[] for _ in rooms])[place].append(_after(room, words[-1:]))
                room.press(ESC, quiet=0.3)
    print(f"\n{'ms to the first, last byte':26}" + "".join(f"{home.name:>16}{'':10}" for home in homes))
    for name, by_room in found.items():
        firsts = [statistics.median(one[0] for one in times) * 1000 for times in by_room]
        lasts = [statistics.median(one[1] for one in times) * 1000 for times in by_room]
        cells = (f"{a:9.1f}{b:8.1f} {b / lasts[0]:6.2f}x  " for a, b in zip(firsts, lasts, strict=True))
        print(f"{name:26}" + "".join(cells))
    print("memory now, at most (MB)  " + "".join(f"{_memory(room.pid):>22}    " for room in rooms))
    for room in rooms:
        room.close(b"q")


def _starts(homes: list[Path]) -> None:
    times: dict[str, list[float]] = {home.name: [] for home in homes}
    for turn in range(STARTS + 1):
        for home in homes:
            room = _room(home, wait=False)
            seconds = room.wait_for(_first_title(home))
            room.drain()
            room.close(b"q")
            if turn:
                times[home.name].append(seconds * 1000)
    base = statistics.median(times[homes[0].name])
    print("\nstart to painted list, ms   " + "".join(
        f"{name}: {statistics.median(found):.0f} ({statistics.median(found) / base:.2f}x)   "
        for name, found in times.items()
    ))  # fmt: skip


def _room(home: Path, *, wait: bool = True) -> Terminal:
    room = Terminal([sys.executable, "-m", "reader", "--home", str(home), "--offline"])
    if wait:
        room.wait_for(_first_title(home))
    return room


def _first_title(home: Path) -> str:
    with Library.open(locate(home), Config()) as library:
        return library.window(View(unread=True), limit=1)[0].title[:30].rstrip()


def _after(room: Terminal, key: bytes) -> tuple[float, float, int]:
    """As `press`, but the first byte is that of the results and not of the letter in the prompt."""
    begun = time.perf_counter()
    letter = room.press(key, quiet=0.1)
    first, last, count = 0.0, letter[1], letter[2]
    while piece := room.read(1.5):
        last = time.perf_counter() - begun
        first = first or last
        count += len(piece)
    return first or letter[0], last, count


def _memory(pid: int) -> str:
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    now, most = (int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return f"{now:.0f}, {most:.0f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("homes", nargs="+", type=Path)
    measure(parser.parse_args().homes)
