"""What people type for one source, for both front ends: an interval, headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reader.config.checks import WrongValueError, duration
from reader.errors import UsageError


def interval(typed: str) -> int:
    """Seconds from "30m", "6h" or "1d"; 0 for the usual interval ("", "usual"). Raises UsageError."""
    if typed.strip().lower() in ("", "usual", "0"):
        return 0
    try:
        return duration(typed)
    except WrongValueError:
        raise UsageError('An interval is a time such as "30m" or "6h", from 5m to 1d, or "usual".') from None


def interval_words(seconds: int | None) -> str:
    """The reverse: "30m", "6h", "1d", "usual"."""
    if not seconds:
        return "usual"
    for unit, letter in ((86400, "d"), (3600, "h")):
        if seconds % unit == 0:
            return f"{seconds // unit}{letter}"
    return f"{seconds // 60}m"


def headers(present: Mapping[str, str], typed: Sequence[str]) -> dict[str, str]:
    """The headers that are there with those typed as NAME:VALUE; NAME: alone takes one away. Raises UsageError."""
    found = dict(present)
    for pair in typed:
        name, colon, value = pair.partition(":")
        if not colon or not name.strip():
            raise UsageError("A header is NAME:VALUE, or NAME: to take one away.")
        for known in [known for known in found if known.lower() == name.strip().lower()]:
            del found[known]
        if value.strip():
            found[name.strip()] = value.strip()
    return found
