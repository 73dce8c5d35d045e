"""Times as stamps and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.times import maybe_moment, moment, seconds, stamp

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WHOLE = st.datetimes(timezones=st.just(UTC)).map(lambda time: time.replace(microsecond=0))


@given(WHOLE)
def test_whole_seconds_come_back(time: datetime) -> None:
    """Every second of the years 1 to 9999 comes back as it was, as a whole number."""
    kept = stamp(time)
    assert isinstance(kept, int)
    assert moment(kept) == time


@given(st.integers(-2_000_000_000_000_000, 7_000_000_000_000_000).map(lambda us: EPOCH + timedelta(microseconds=us)))
def test_fractions_come_back(time: datetime) -> None:
    """Fractions of a second survive to the microsecond in any year a feed could honestly state."""
    kept = stamp(time)
    assert kept is not None
    assert abs((moment(kept) - time).total_seconds()) <= 1e-6


@pytest.mark.parametrize(
    ("text", "expected"), [("1970-01-01T00:00:00.9+00:00", 0), ("1969-12-31T23:59:59.5+00:00", -1)]
)
def test_rounded_down(text: str, expected: int) -> None:
    """Sort dates are whole seconds, rounded down, also before 1970."""
    assert seconds(datetime.fromisoformat(text)) == expected


def test_none() -> None:
    """No time stays no time."""
    assert stamp(None) is None
    assert maybe_moment(None) is None
