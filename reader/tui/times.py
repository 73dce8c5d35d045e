"""Ages and dates as a reader wants them: short in lists, in the reader's own zone in the article."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo


def age(moment: datetime, now: datetime) -> str:
    """How old `moment` is at `now`, in at most four characters: `now`, `5m`, `3h`, `2d`, `6w`, `3y`.

    A moment in the future (a clock was set back) is `now`: nothing has a negative age.
    """
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return "now"
    for limit, unit, letter in (
        (3600, 60, "m"),
        (86400, 3600, "h"),
        (14 * 86400, 86400, "d"),
        (365 * 86400, 604800, "w"),
    ):
        if seconds < limit:
            return f"{int(seconds // unit)}{letter}"
    return f"{min(int(seconds // (365.25 * 86400)), 999)}y"


def local(moment: datetime, zone: tzinfo | None) -> str:
    """`moment` in the reader's zone (None: the machine's), such as `Tue 24 Nov 2026, 14:05 CET`."""
    try:
        there = moment.astimezone(zone)
        return f"{there:%a} {there.day} {there:%b} {there.year}, {there:%H:%M %Z}".strip()
    except (OverflowError, ValueError, OSError):  # year 1 or 9999 in a zone that leaves the calendar
        return f"{moment:%Y-%m-%d %H:%M} UTC"


def since(left: str, now: datetime, zone: tzinfo | None) -> str:
    """An ISO 8601 moment as short as can be told apart: `09:30`, `Mon 18:05`, `3 Nov`; "last time" if it is none."""
    try:
        moment = datetime.fromisoformat(left)
        there, here = moment.astimezone(zone), now.astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return "last time"
    if there.date() == here.date():
        return f"{there:%H:%M}"
    if abs(here - there) < timedelta(days=6):
        return f"{there:%a %H:%M}"
    return f"{there.day} {there:%b}" if there.year == here.year else f"{there.day} {there:%b} {there.year}"


def minutes(words: int) -> int:
    """Reading time at 230 words a minute (Brysbaert 2019 found 238 for prose), at least one."""
    return max(1, round(words / 230))
