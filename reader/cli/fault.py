"""A fault of our own: one sentence for the person, the trace in a log that only they can read.

The log holds where in the program it happened and what kind of error it was, never values: those can be the text of
an article, a path of the person or an address with a password.
"""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

KEEP = 1_000_000  # bytes; a larger log begins anew
# Their texts name types and attributes of the program, not data.
TELLING = (TypeError, AttributeError, NameError, ImportError, NotImplementedError, RecursionError)


def record(error: BaseException, log: Path | None) -> str:
    """Append the trace of `error` to the file `log` (mode 0600); returns the sentence to show. Never raises."""
    told = "the log could not be written"
    if log is not None:
        try:
            _append(log, "\n".join([f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", *trace(error), "", ""]))
            told = "the trace is in the log, and `secnews doctor` says where that is"
        except OSError:
            pass
    return f"A fault in secnews itself stopped this ({type(error).__name__}); {told}. Please report it."


def trace(error: BaseException) -> list[str]:
    """The frames of `error` and of what caused it: file within its package, line, function; then its type."""
    lines: list[str] = []
    seen: set[int] = set()
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    for one in reversed(chain):
        frames = traceback.extract_tb(one.__traceback__)
        lines += [f"  {_within(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames[-50:]]
        lines.append(_kind(one))
    return lines


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, OSError):
        return f"{name}: {error.strerror}"
    return f"{name}: {error}" if isinstance(error, TELLING) else name


def _within(filename: str) -> str:
    """The part of a file name that says which module it is, without the directories of this machine."""
    parts = Path(filename).parts
    for root in ("site-packages", "dist-packages"):
        if root in parts:
            return "/".join(parts[parts.index(root) + 1 :])
    package = Path(__file__).parents[1]
    if Path(filename).is_relative_to(package):
        return "/".join(("reader", *Path(filename).relative_to(package).parts))
    return "/".join(parts[-2:])


def _append(log: Path, text: str) -> None:
    if not log.parent.is_dir():
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        log.parent.chmod(0o700)
    grown = log.exists() and log.stat().st_size > KEEP
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | (os.O_TRUNC if grown else 0)
    descriptor = os.open(log, flags, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as stream:
        os.fchmod(descriptor, 0o600)
        stream.write(text)
