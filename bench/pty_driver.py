"""A terminal program in a pseudo-terminal: start it, wait for words on its screen, press keys, read the clock."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Sequence
from pathlib import Path

_ESCAPES = re.compile(
    rb"\x1b\[[0-9;:?<=>$ ]*[A-Za-z@`~]|\x1b[()][A-Z0-9]|\x1bP.*?\x1b\\|\x1b\][^\x07]*\x07|\x1b[=>78M]", re.DOTALL
)


class Terminal:
    """Runs `command` in a terminal of `size` (columns, rows). Everything it wrote is in `written`."""

    def __init__(
        self, command: Sequence[str], *, size: tuple[int, int] = (120, 40), env: dict[str, str] | None = None
    ) -> None:
        self.written = bytearray()
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environ.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8", LC_ALL="C.UTF-8")
        environ.update(env or {})
        self.master, slave = pty.openpty()
        self.resize(*size)
        self.started = time.perf_counter()
        self.pid = os.fork()
        if self.pid == 0:  # the child: a session of its own with the slave as its terminal
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for number in (0, 1, 2):
                os.dup2(slave, number)
            os.closerange(3, 256)
            os.execvpe(command[0], list(command), environ)
        os.close(slave)

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds: float) -> bytes:
        """What comes within `seconds`, at once when something comes; b"" if nothing did or the program has ended."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return b""
        try:
            piece = os.read(self.master, 1 << 16)
        except OSError:
            return b""
        if b"\x1b[6n" in piece:
            os.write(self.master, b"\x1b[1;1R")
        if b"\x1b[c" in piece:
            os.write(self.master, b"\x1b[?62;c")
        self.written += piece
        return piece

    def wait_for(self, words: str, seconds: float = 30.0) -> float:
        """Seconds from the start until `words` were written; raises TimeoutError."""
        wanted = words.encode()
        fresh = True  # the key before may have brought them already
        while time.perf_counter() - self.started < seconds:
            if fresh and wanted in _ESCAPES.sub(b"", bytes(self.written)):
                return time.perf_counter() - self.started
            fresh = bool(self.read(0.05))
        raise TimeoutError(f"{words!r} never came")

    def drain(self, quiet: float = 0.3) -> int:
        """Read until nothing came for `quiet` seconds; returns the bytes."""
        count = 0
        while piece := self.read(quiet):
            count += len(piece)
        return count

    def press(self, keys: bytes, *, quiet: float = 0.06) -> tuple[float, float, int]:
        """Seconds to the first and to the last byte of what follows `keys`, and the number of bytes."""
        begun = time.perf_counter()
        os.write(self.master, keys)
        first = last = 0.0
        count = 0
        piece = self.read(5.0)
        while piece:
            last = time.perf_counter() - begun
            first = first or last
            count += len(piece)
            piece = self.read(quiet)
        return first, last, count

    def cpu(self) -> float:
        """Seconds of processor time used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self, keys: bytes = b"q", seconds: float = 5.0) -> int | None:
        """Press `keys` and wait; returns the exit code, None if the program had to be killed."""
        if keys:
            with contextlib.suppress(OSError):
                os.write(self.master, keys)
        return self.wait(seconds)

    def wait(self, seconds: float = 5.0) -> int | None:
        end = time.perf_counter() + seconds
        code = None
        while time.perf_counter() < end:
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                break
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        while self.read(0.05):
            pass
        os.close(self.master)
        return code
