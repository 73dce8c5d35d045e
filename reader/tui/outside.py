"""A command of the shell run beside the room, in a process of its own, which can be interrupted."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple

MOST = 2_000_000  # characters of its answer that are shown
PATIENCE = 5.0  # seconds that an interrupted command has to end well


class Answer(NamedTuple):
    """`code` is the exit code; `data` what it printed, `talk` what it said beside."""

    code: int
    data: str
    talk: str


class Outside:
    """At most one command at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self.name = ""

    @property
    def running(self) -> bool:
        return bool(self.name)

    def run(self, name: str, argv: Sequence[str]) -> Answer:
        """Run to the end and give the answer; blocks. Raises OSError if it cannot be started."""
        self.name = name
        try:
            with self._lock:
                self._process = subprocess.Popen(
                    argv,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    start_new_session=True,  # Ctrl-C of the terminal is not meant for it
                    text=True,
                    encoding="utf-8",
                    errors="replace",
                )
            data, talk = self._process.communicate()
            return Answer(self._process.returncode, data[:MOST], talk[:MOST])
        finally:
            self.name, self._process = "", None

    def cancel(self) -> None:
        """Interrupt it as Ctrl-C would: what is done is kept, what is half done is not."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGINT)
        timer = threading.Timer(PATIENCE, _end, [process])
        timer.daemon = True
        timer.start()


def started(job: Callable[[], None]) -> None:
    """Run `job` in a thread that does not keep the program from ending."""
    threading.Thread(target=job, name="secnews-command", daemon=True).start()


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
