"""How long the room's event loop is kept waiting while hostile sources are fetched, and where.

heartbeat.py SHARED [--seconds N] [--where]: every path of SHARED/hostile/hostile_server.py is a source of a library
whose room is open; everything is refreshed until the refresh ends (or N seconds have passed). The room's loop looks at
the clock every 5 ms; so does a loop beside it in a process of its own, which shows what the machine itself adds. With
`--where`, what other threads were doing whenever the room's loop came more than 50 ms late.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import json
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

from reader.config import Config, Network
from reader.paths import locate
from reader.service.adding import add
from reader.service.library import Library
from reader.tui.app import RoomApp
from reader.tui.run import PATIENCE

EVERY = 0.005  # seconds
LATE = 0.05
CONTROL = f"""
import asyncio, json, sys, threading, time
async def main():
    waits, ended = [], asyncio.Event()
    loop = asyncio.get_running_loop()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(ended.set)), daemon=True).start()
    while not ended.is_set():
        due = time.perf_counter() + {EVERY}
        await asyncio.sleep({EVERY})
        waits.append(time.perf_counter() - due)
    print(json.dumps(waits))
asyncio.run(main())
"""


async def beats(ended: asyncio.Event, where: collections.Counter[str] | None) -> list[float]:
    """How late each beat came, in seconds."""
    waits = []
    me = threading.get_ident()
    while not ended.is_set():
        due = time.perf_counter() + EVERY
        await asyncio.sleep(EVERY)
        waits.append(time.perf_counter() - due)
        if where is not None and waits[-1] > LATE:
            for thread, frame in sys._current_frames().items():
                lines = [line for line in traceback.extract_stack(frame) if "/reader/" in line.filename]
                if thread != me and lines:
                    where[
                        " < ".join(f"{Path(one.filename).stem}.{one.name}:{one.lineno}" for one in lines[:-5:-1])
                    ] += 1
    return waits


async def room(home: Path, seconds: float, where: collections.Counter[str] | None) -> tuple[list[float], float]:
    config = Config(network=Network(timeout=10.0))
    with Library.open(locate(home), config) as library:
        app = RoomApp(library, config)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause(1.0)
            ended = asyncio.Event()
            heart = asyncio.create_task(beats(ended, where))
            begun = time.perf_counter()
            app.room.refresh_now(force=True)
            while app.room.refresher.running and time.perf_counter() - begun < seconds:
                await asyncio.sleep(0.1)
            ended.set()
            return await heart, time.perf_counter() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--where", action="store_true")
    arguments = parser.parse_args()
    program = [sys.executable, str(arguments.shared / "hostile" / "hostile_server.py")]
    paths = [case["path"] for case in json.loads(subprocess.check_output([*program, "--list"]))]
    server = subprocess.Popen([*program, "--port", "0"], stdout=subprocess.PIPE)
    assert server.stdout is not None
    said = json.loads(server.stdout.readline())
    base = said["base"]
    control = subprocess.Popen([sys.executable, "-c", CONTROL], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    sys.setswitchinterval(PATIENCE)  # as `run_app` does
    where: collections.Counter[str] | None = collections.Counter() if arguments.where else None
    try:
        with tempfile.TemporaryDirectory() as home:
            with Library.open(locate(home), Config()) as library:
                for path in paths:
                    add(library, base.rstrip("/") + path, fetch=False)
            waits, seconds = asyncio.run(room(Path(home), arguments.seconds, where))
    finally:
        server.kill()
    beside = json.loads(control.communicate()[0])
    print(f"{len(paths)} hostile sources, {seconds:.0f} s")
    for name, found in (("the room", waits), ("a loop beside it", beside)):
        found.sort()
        milliseconds = [f"{1000 * found[int(len(found) * share)]:.0f}" for share in (0.5, 0.99, 0.999)]
        print(f"{name:>18}: median {milliseconds[0]}, p99 {milliseconds[1]}, p99.9 {milliseconds[2]},", end=" ")
        print(f"worst {1000 * found[-1]:.0f} ms ({len(found)} beats)")
    for line, count in (where or collections.Counter()).most_common(25):
        print(f"{count:5}  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
