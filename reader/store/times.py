"""Times as the database keeps them: seconds since 1970 in UTC, whole where they are whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def seconds(time: datetime) -> int:
    """Whole seconds since 1970, rounded down; works for the years 1 to 9999."""
    return (time - _EPOCH) // timedelta(seconds=1)


def stamp(time: datetime | None) -> int | float | None:
    """Seconds since 1970; a float only if `time` has a fraction of a second."""
    if time is None:
        return None
    return (time - _EPOCH).total_seconds() if time.microsecond else seconds(time)


def moment(stamp: int | float) -> datetime:
    """The aware UTC time of a stamp."""
    return _EPOCH + timedelta(seconds=stamp)


def maybe_moment(stamp: int | float | None) -> datetime | None:
    return None if stamp is None else moment(stamp)
