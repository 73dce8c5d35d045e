"""What response headers say about caching and waiting, read so that no header can do harm (pure).

RFC 9110 (validators, Retry-After), RFC 9111 (Cache-Control, Expires, Age). All functions take header values as text
and the time as an argument; what is absurd counts as not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_VALIDATOR = 1_000  # characters
MAX_WAIT = 24 * 3600.0  # seconds a server can hold us back
MAX_FRESH = 30 * 24 * 3600  # seconds
_MAX_LENGTH_DIGITS = 18


class Headers:
    """Response headers by lower-case name; a name that comes several times is joined with commas (RFC 9110, 5.2)."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        self._values: dict[str, str] = {}
        for name, value in raw:
            key, text = name.decode("latin-1").lower(), value.decode("latin-1").strip()
            self._values[key] = f"{self._values[key]}, {text}" if key in self._values else text

    def __getitem__(self, name: str) -> str:
        return self._values.get(name, "")


def validator(value: str) -> str:
    """Return an ETag or Last-Modified that may be stored and sent back, "" if it is absurd or unsafe."""
    return value if len(value) <= MAX_VALIDATOR and value.isascii() and value.isprintable() else ""


def content_length(value: str) -> int | None:
    """Return the declared length in bytes, None if there is none (a number too long to read counts as endless)."""
    digits = value.split(",")[0].strip()
    if not (digits.isascii() and digits.isdigit()):
        return None
    return int(digits[:_MAX_LENGTH_DIGITS]) if len(digits) <= _MAX_LENGTH_DIGITS else 10**_MAX_LENGTH_DIGITS


def retry_after(value: str, *, now: datetime) -> float | None:
    """Return the seconds to wait, 0 to a day, for a number of seconds or a date; None if it says nothing usable."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:20]), MAX_WAIT)
    date = http_date(value)
    return None if date is None else min(max((date - now).total_seconds(), 0.0), MAX_WAIT)


def max_age(headers: Headers, *, now: datetime) -> int | None:
    """Return for how many seconds the answer is fresh (0: ask again at any time), None if the server does not say."""
    directives = dict(_directives(headers["cache-control"]))
    if "no-store" in directives or "no-cache" in directives:
        return 0
    stated = _seconds(directives.get("max-age", ""))
    if stated is None and headers["expires"]:
        expires, date = http_date(headers["expires"]), http_date(headers["date"]) or now
        stated = 0 if expires is None else int((expires - date).total_seconds())  # "Expires: 0" means expired
    if stated is None:
        return None
    return min(max(stated - (_seconds(headers["age"]) or 0), 0), MAX_FRESH)


def http_date(value: str) -> datetime | None:
    """Return an HTTP date (RFC 9110, 5.6.7, all three forms) as aware UTC, None for anything else."""
    if not value or len(value) > 64:
        return None
    try:
        date = parsedate_to_datetime(value)
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


_DIRECTIVE = re.compile(r'([a-z-]{1,40})\s*(?:=\s*("[^"]{0,40}"|[^\s,;]{0,40}))?')


def _directives(value: str) -> Iterator[tuple[str, str]]:
    for match in _DIRECTIVE.finditer(value[:1_000].lower()):
        yield match[1], (match[2] or "").strip('"')


def _seconds(value: str) -> int | None:
    return min(int(value[:12]), MAX_FRESH) if value.isascii() and value.isdigit() else None
