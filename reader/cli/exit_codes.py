"""What the exit code of `secnews` means; scripts rely on these numbers."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    OK = 0
    """Done; also when nothing was due."""
    PARTLY = 1
    """Done in part: some sources or inputs failed; standard error and the JSON say which and why."""
    USAGE = 2
    """The request itself is wrong."""
    NOTHING = 3
    """Nothing found; what is printed is still valid JSON."""
    FAILED = 4
    """Every source or input failed."""
    STORAGE = 5
    """The library or the disk: damaged, written by a newer version, full, read-only."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C, SIGTERM or SIGHUP; what was done so far is kept."""


def tally(done: int, failed: int) -> ExitCode:
    """The exit code of `done` inputs that worked and `failed` that did not."""
    if not failed:
        return ExitCode.OK
    return ExitCode.PARTLY if done else ExitCode.FAILED
