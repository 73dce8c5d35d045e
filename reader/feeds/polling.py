"""How often a feed wants to be asked: `ttl`, `skipHours`, `skipDays` (RSS 2.0) and `sy:updatePeriod` (RSS 1.0 module).

Both parsers leave these to this module, which looks at what stands around the entries, so that they cannot differ.
"""

from __future__ import annotations

import re

from reader.model import Polling

HEAD, TAIL = 2**16, 2**13  # bytes before the first entry and after the last one that are looked at
LONGEST = 31 * 24 * 3600  # seconds

_FIRST_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_LAST_ENTRY = b"</item"
_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
_VALUE = re.compile(
    rb"<(?:\w+:)?(ttl|updateperiod|updatefrequency)(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?\s*([A-Za-z0-9]{1,12})\b",
    re.IGNORECASE,
)
_SKIPPED = re.compile(rb"<(skiphours|skipdays)(?:\s[^<>]*)?>(.{0,2000}?)</\1", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour(?:\s[^<>]*)?>\s*(\d{1,2})\s*<", re.IGNORECASE)
_DAY = re.compile(rb"<day(?:\s[^<>]*)?>\s*([A-Za-z]{3})[a-z]*\s*<", re.IGNORECASE)

_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def polling_of(body: bytes) -> Polling:
    """What an XML feed says about polling; nothing of it if the feed asks never to be asked. Linear, never raises."""
    around = _around(body)
    stated = {name.decode().lower(): value.decode().lower() for name, value in _VALUE.findall(around)}
    skipped = {name.decode().lower(): inside for name, inside in _SKIPPED.findall(around)}
    hours = {int(hour) % 24 for hour in _HOUR.findall(skipped.get("skiphours", b"")) if int(hour) <= 24}
    names = [day.decode().lower() for day in _DAY.findall(skipped.get("skipdays", b""))]
    days = {_DAYS.index(name) for name in names if name in _DAYS}
    return Polling(
        every=_every(stated),
        skip_hours=tuple(sorted(hours)) if len(hours) < 24 else (),
        skip_days=tuple(sorted(days)) if len(days) < 7 else (),
    )


def _around(body: bytes) -> bytes:
    first = _FIRST_ENTRY.search(body, 0, HEAD)
    head = body[: first.start() if first else HEAD]
    last = body.rfind(_LAST_ENTRY, max(len(head), len(body) - TAIL))
    return _COMMENT.sub(b"", head + (body[last:] if last >= 0 else b""))


def _every(stated: dict[str, str]) -> int | None:
    """The longer of both intervals in seconds; None if there is none."""
    minutes, frequency = stated.get("ttl", ""), stated.get("updatefrequency", "1")
    asked = [int(minutes) * 60] if minutes.isdigit() else []
    period = _PERIODS.get(stated.get("updateperiod", ""))
    if period is not None and frequency.isdigit():
        asked.append(period // max(int(frequency), 1))
    return min(max(asked), LONGEST) if any(asked) else None
