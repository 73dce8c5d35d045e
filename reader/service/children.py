"""Killable child processes that read untrusted bytes: a small pool, kept warm, safe to call from any thread.

A parser that hangs while holding the interpreter lock cannot be stopped from inside its own process, and one that asks
for gigabytes takes the reader with it. So every byte of a stranger is parsed in a child (`service.worker`) that has a
deadline per reply, kept here, and a memory limit, kept by the system. Children are fresh interpreters (never forks:
a limit on a forked threaded process broke it), reused from job to job, replaced when killed or grown.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from reader.errors import SourceError
from reader.service import frames

SECONDS = 10.0  # the deadline of one job
START_SECONDS = 30.0  # of a fresh interpreter on a busy machine
TICK_MS = 100  # how often a waiting caller looks whether it was told to stop
IDLE_SECONDS = 20.0  # after which a child without work is ended
LARGEST = 160 * 2**20  # bytes of memory; a child that keeps more after a job is replaced
MAX_REPLY = 192 * 2**20  # bytes of all frames of one reply
PIPE = 2**20  # bytes a pipe holds: fewer turns between two processes (Linux allows that much to everybody)

_PACKAGE = str(Path(__file__).resolve().parents[2])
# -I and -S keep the environment, the working directory and start-up hooks out; the parent's own path comes in.
_START = "import sys; sys.path[:] = sys.argv[1:]; from reader.service.worker import main; main()"
_KEPT_ENVIRONMENT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


class ChildFailed(SourceError):  # noqa: N818 - it says what happened to the child
    """A job that gave no result; `kind` is "timeout", "died", "garbled", "MemoryError" or what the job raised."""

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


class Stopped(Exception):  # noqa: N818 - nobody's fault
    """The caller's cancel event was set while the job ran."""


class Children:
    """At most `size` children; `call` waits for a free one. They start when needed, and end when idle for a while."""

    def __init__(self, size: int | None = None) -> None:
        self.size = size or max(2, min(4, os.cpu_count() or 2))
        self._free = threading.BoundedSemaphore(self.size)
        self._lock = threading.Lock()
        self._idle: list[tuple[float, _Child]] = []  # since when; the one used last is at the end
        self._timer: threading.Timer | None = None

    def call(
        self,
        header: frames.Header,
        blob: bytes = b"",
        *,
        seconds: float = SECONDS,
        cancel: threading.Event | None = None,
        urgent: bool = False,
    ) -> Iterator[tuple[frames.Header, bytes]]:
        """Run one job and give its frames as they come, the last with `"end"`; each may take `seconds`.

        An `urgent` job (somebody is looking at the screen) waits for nobody: it gets a child above the number.
        Raises ChildFailed if the child hung (it is killed), died, or broke the format, and Stopped on `cancel`.
        The child is busy until the iterator is exhausted or closed; closing it early kills the child.
        """
        while not urgent and not self._free.acquire(timeout=TICK_MS / 1000):
            if cancel is not None and cancel.is_set():
                raise Stopped
        child: _Child | None = None
        try:
            child = self._take()
            for header_, blob_ in child.call(header, blob, seconds, cancel):
                if header_.get("end") is True:
                    if _small(header_.get("memory")):
                        self._give_back(child)
                        child = None
                    yield header_, blob_
                    return
                yield header_, blob_
        finally:
            if child is not None:
                child.kill()
            if not urgent:
                self._free.release()

    def close(self) -> None:
        """End the children that have nothing to do; the next job starts a fresh one."""
        self._end_idle(older_than=0.0)

    def _take(self) -> _Child:
        while True:
            with self._lock:
                child = self._idle.pop()[1] if self._idle else None
            if child is None:
                return _Child()
            if child.alive():
                return child
            child.kill()

    def _give_back(self, child: _Child) -> None:
        with self._lock:
            self._idle.append((time.monotonic(), child))
            if self._timer is None:
                self._start_timer()

    def _start_timer(self) -> None:
        self._timer = threading.Timer(IDLE_SECONDS, self._end_idle, kwargs={"older_than": IDLE_SECONDS * 0.9})
        self._timer.daemon = True
        self._timer.start()

    def _end_idle(self, *, older_than: float) -> None:
        now = time.monotonic()
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            tired = [child for since, child in self._idle if now - since >= older_than]
            self._idle = [(since, child) for since, child in self._idle if now - since < older_than]
            if self._idle:
                self._start_timer()
        for child in tired:
            child.kill()


class _Child:
    """One child process and its two pipes."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", _START, *_search_path()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ},
            cwd="/",
            close_fds=True,
            start_new_session=True,  # the terminal's Ctrl-C is the parent's business
            bufsize=0,
        )
        self._pipes = (cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout))
        self._in, self._out = (pipe.fileno() for pipe in self._pipes)
        for pipe in (self._in, self._out):
            os.set_blocking(pipe, False)
            _widen(pipe)
        self._read = 0
        try:
            self._frame(START_SECONDS, None)
        except BaseException:
            self.kill()
            raise

    def call(
        self, header: frames.Header, blob: bytes, seconds: float, cancel: threading.Event | None
    ) -> Iterator[tuple[frames.Header, bytes]]:
        self._read = 0
        try:
            request = frames.pack(header, blob)
        except frames.FrameError as error:
            raise ChildFailed("it is too large", "large") from error
        self._write(request, seconds, cancel)
        while True:
            if cancel is not None and cancel.is_set():
                raise Stopped
            frame = self._frame(seconds, cancel)
            yield frame
            if frame[0].get("end") is True:
                return

    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """End it at once; safe to call twice."""
        with contextlib.suppress(OSError):
            self._process.kill()
        for pipe in self._pipes:
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()

    def _frame(self, seconds: float, cancel: threading.Event | None) -> tuple[frames.Header, bytes]:
        deadline = time.monotonic() + seconds
        try:
            header, blob = frames.lengths(self._take(frames.LENGTHS.size, deadline, seconds, cancel))
            encoded = self._take(header, deadline, seconds, cancel)
            return frames.unpack(encoded), self._take(blob, deadline, seconds, cancel)
        except frames.FrameError as error:
            raise ChildFailed("the process that reads it gave an answer that makes no sense", "garbled") from error

    def _take(self, size: int, deadline: float, seconds: float, cancel: threading.Event | None) -> bytes:
        self._read += size
        if self._read > MAX_REPLY:
            raise frames.FrameError("too much")
        parts = bytearray()
        while len(parts) < size:
            _wait(self._out, select.POLLIN, deadline, seconds, cancel)
            part = os.read(self._out, min(size - len(parts), 2**20))
            if not part:
                raise ChildFailed("the process that reads it ended without an answer", "died")
            parts += part
        return bytes(parts)

    def _write(self, data: bytes, seconds: float, cancel: threading.Event | None) -> None:
        deadline = time.monotonic() + seconds
        view = memoryview(data)
        while view:
            _wait(self._in, select.POLLOUT, deadline, seconds, cancel)
            try:
                view = view[os.write(self._in, view[:PIPE]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError as error:
                raise ChildFailed("the process that reads it ended without an answer", "died") from error


def _widen(pipe: int) -> None:
    """Let the pipe hold as much as it may; it works with less."""
    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


def _search_path() -> list[str]:
    """Where the parent finds modules, in its order; the working directory only if we were found there."""
    paths = list(dict.fromkeys(str(Path(entry).absolute()) for entry in sys.path if entry))
    return paths if _PACKAGE in paths else [_PACKAGE, *paths]


def _wait(descriptor: int, event: int, deadline: float, seconds: float, cancel: threading.Event | None) -> None:
    """Until the pipe is ready. Raises ChildFailed at the deadline, Stopped on `cancel`."""
    poll = select.poll()
    poll.register(descriptor, event)
    while not poll.poll(min(TICK_MS, max(0.0, (deadline - time.monotonic()) * 1000))):
        if cancel is not None and cancel.is_set():
            raise Stopped
        if time.monotonic() >= deadline:
            raise ChildFailed(f"reading it took longer than {seconds:.0f} s and was stopped", "timeout")


def _small(memory: object) -> bool:
    return isinstance(memory, int) and memory < LARGEST


_shared: Children | None = None
_shared_lock = threading.Lock()


def shared() -> Children:
    """The pool of this process; ended at exit."""
    global _shared
    with _shared_lock:
        if _shared is None:
            _shared = Children()
            atexit.register(_shared.close)
        return _shared
