"""Response headers: what they say about caching and waiting, and that none can do harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.sources.headers import Headers, content_length, http_date, max_age, retry_after, validator

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def make(**values: str) -> Headers:
    return Headers((name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in values.items())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120.0), (" 5 ", 5.0), ("0", 0.0), ("9" * 40, 86400.0), ("86401", 86400.0), ("-5", None), ("1.5", None),
        ("", None), ("soon", None), ("١٢", None), ("1e9", None),
        (format_datetime(NOW + timedelta(minutes=5), usegmt=True), 300.0),
        (format_datetime(NOW + timedelta(days=400), usegmt=True), 86400.0),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0.0),
        ("Monday, 02-Nov-26 10:02:00 GMT", 120.0), ("Mon Nov  2 10:02:00 2026", 120.0),
        ("Mon, 32 Nov 2026 10:02:00 GMT", None), ("Sat, 01 Jan 10000 00:00:00 GMT", None), ("x" * 100_000, None),
    ],
)  # fmt: skip
def test_retry_after(value: str, expected: float | None) -> None:
    """Seconds and all three forms of dates, at most a day, None for what says nothing usable."""
    assert retry_after(value, now=NOW) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"cache_control": "max-age=600"}, 600),
        ({"cache_control": 'public, MAX-AGE="600"'}, 600),
        ({"cache_control": "max-age=600", "age": "100"}, 500),
        ({"cache_control": "max-age=600", "age": "1000"}, 0),
        ({"cache_control": "max-age=" + "9" * 40}, 30 * 86400),
        ({"cache_control": "s-maxage=600"}, None),
        ({"cache_control": "no-cache, max-age=600"}, 0),
        ({"cache_control": "no-store"}, 0),
        ({"cache_control": "max-age=soon"}, None),
        ({"cache_control": "max-age=600", "expires": "Mon, 02 Nov 2026 12:00:00 GMT"}, 600),
        ({"expires": "Mon, 02 Nov 2026 12:00:00 GMT", "date": "Mon, 02 Nov 2026 11:00:00 GMT"}, 3600),
        ({"expires": "Mon, 02 Nov 2026 12:00:00 GMT"}, 7200),
        ({"expires": "0"}, 0),
        ({"expires": "Mon, 02 Nov 2025 12:00:00 GMT"}, 0),
        ({"cache_control": "x" * 1_000_000}, None),
    ],
)
def test_max_age(headers: dict[str, str], expected: int | None) -> None:
    """Cache-Control before Expires, less Age, never negative and never absurd."""
    assert max_age(make(**headers), now=NOW) == expected


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ('"abc"', True), ('W/"abc"', True), ("Mon, 02 Nov 2026 10:00:00 GMT", True),
        ('"' + "e" * 998 + '"', True), ("", True), ('"' + "e" * 999 + '"', False), ('"a\x1b[2J"', False),
        ('"\x9b5m"', False), ("a\r\nX: y", False), ("a\x00", False),
        ("\u00fc", False), ("a\x7f", False),
    ],
)  # fmt: skip
def test_absurd_validators_are_dropped(value: str, kept: bool) -> None:
    """Over 1,000 characters, with controls or beyond ASCII: neither stored nor sent."""
    assert validator(value) == (value if kept else "")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", None), ("12", 12), ("12, 12", 12), ("-1", None), ("x", None), ("9" * 30, 10**18), ("٣", None)],
)
def test_content_length(value: str, expected: int | None) -> None:
    """A declared length as a number, a number beyond reading as endless."""
    assert content_length(value) == expected


def test_repeated_headers_are_joined() -> None:
    """Two lines of one header mean what one line with a comma means."""
    headers = Headers([(b"Cache-Control", b"public"), (b"cache-control", b"max-age=5")])
    assert headers["cache-control"] == "public, max-age=5"


@given(st.binary(max_size=200))
def test_any_header_bytes_are_read_without_an_error(value: bytes) -> None:
    """No header value raises, and what comes out keeps its bounds."""
    headers = Headers([(name, value) for name in (b"cache-control", b"expires", b"date", b"age", b"retry-after")])
    age, wait = max_age(headers, now=NOW), retry_after(headers["retry-after"], now=NOW)
    assert age is None or 0 <= age <= 30 * 86400
    assert wait is None or 0 <= wait <= 86400
    content_length(headers["age"])
    http_date(headers["date"])
    assert validator(headers["age"]).isascii()
