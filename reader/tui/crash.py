"""What happens to errors of ours: a short message for people, the whole trace in a log that only they can read."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

KEEP = 1_000_000  # bytes; a log that has grown larger begins anew


def record(error: BaseException, path: Path | None) -> str:
    """Append the trace of `error` to the log at `path` (mode 0600) and say where; never raises."""
    if path is None:
        return "There is no log."
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.exists() and path.stat().st_size > KEEP
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | (os.O_TRUNC if fresh else 0)
        descriptor = os.open(path, flags, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as log:
            os.fchmod(log.fileno(), 0o600)
            log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z\n")
            # No values of variables: they may be article text or an address with a password.
            log.writelines(traceback.format_exception(error))
            log.write("\n")
    except OSError:
        return "The log could not be written."
    return "The details are in the log; `secnews doctor` says where it is."


def message(error: BaseException, told: str) -> str:
    """What a person sees when the reader has to stop: no text of articles, no path of theirs."""
    return (
        f"secnews had to stop because of a fault of its own ({type(error).__name__}). Everything you read and saved is "
        f"kept. {told}"
    )
