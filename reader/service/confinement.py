"""Limits that a child process puts on itself before it sees a byte of a stranger's."""

from __future__ import annotations

import contextlib
import os
import resource

MEMORY = 512 * 2**20  # bytes of address space above what the bare process has
CPU_SECONDS = 30  # of one request: a backstop for when the parent is no longer there to kill


def confine() -> None:
    """Limits on memory, files and core dumps; where the system does not know one, the parent's deadline remains."""
    limits = {
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 2**22,  # compiled modules may be written, nothing larger
    }
    if used := _statm(0):
        limits[resource.RLIMIT_AS] = used + MEMORY
    for limit, value in limits.items():
        with contextlib.suppress(OSError, ValueError):
            hard = resource.getrlimit(limit)[1]
            bounded = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(limit, (bounded, bounded))


def limit_cpu() -> None:
    """Grant the seconds of one more request."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def memory() -> int:
    """Bytes that this process keeps now (where the system does not say: the most it ever had)."""
    return _statm(1) or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _statm(field: int) -> int:
    """Bytes by a field of /proc/self/statm (0: address space, 1: resident); 0 where there is none (macOS)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - pathlib costs 10 ms here
            return int(statm.read().split()[field]) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError):
        return 0
