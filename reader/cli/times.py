"""Times for people: in the zone of whoever reads, to the minute."""

from __future__ import annotations

from datetime import datetime

NEVER = "-"


def day(moment: datetime | None) -> str:
    """`2026-01-31`, or `-`."""
    return NEVER if moment is None else _local(moment).strftime("%Y-%m-%d")


def minute(moment: datetime | None) -> str:
    """`2026-01-31 09:05`, or `-`."""
    return NEVER if moment is None else _local(moment).strftime("%Y-%m-%d %H:%M")


def _local(moment: datetime) -> datetime:
    try:
        return moment.astimezone()
    except (OverflowError, OSError, ValueError):  # the years 1 and 9999 have no neighbours
        return moment
