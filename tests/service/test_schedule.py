"""When a source is fetched again and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Outcome, Polling, Source, SourceKind
from reader.service.schedule import (
    LONGEST,
    SHORTEST,
    after_failure,
    after_success,
    duration,
    hold,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday


def source(**fields: object) -> Source:
    base = {"id": 1, "kind": SourceKind.FEED, "url": "https://news.example/feed", "title": "News", "section": "News"}
    return Source(**{**base, **fields})  # type: ignore[arg-type]  # fields are checked by the dataclass's users


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SOON = NOW + 20 * MINUTE


@pytest.mark.parametrize(
    ("fields", "options", "expected"),
    [
        ({}, {}, None),
        ({"next_fetch": NOW - MINUTE}, {}, None),
        ({"next_fetch": NOW}, {}, None),
        ({"next_fetch": SOON}, {}, Outcome.SKIPPED),
        ({"next_fetch": SOON}, {"force": True}, None),
        ({"next_fetch": SOON, "status": "error", "errors": 3}, {}, Outcome.SKIPPED),
        ({"next_fetch": SOON, "status": "error", "errors": 3}, {"force": True}, None),
        ({"next_fetch": SOON, "status": "backoff"}, {}, Outcome.BACKOFF),
        ({"next_fetch": SOON, "status": "backoff"}, {"force": True}, Outcome.BACKOFF),
        ({"next_fetch": NOW - MINUTE, "status": "backoff"}, {}, None),
        ({"status": "gone"}, {}, Outcome.SKIPPED),
        ({"status": "gone"}, {"force": True}, Outcome.SKIPPED),
        ({"paused": True}, {"force": True}, Outcome.SKIPPED),
        ({}, {"offline": True}, Outcome.SKIPPED),
        ({"kind": SourceKind.FOLDER}, {"offline": True}, None),
        ({"kind": SourceKind.FILE, "next_fetch": SOON}, {}, None),
        ({"next_fetch": NOW + timedelta(days=3650)}, {}, None),  # the clock was ten years ahead
    ],
)
def test_hold(fields: dict[str, object], options: dict[str, bool], expected: Outcome | None) -> None:
    """A source is held back by its schedule, by the server's wish, by the user's, and never without a reason."""
    held = hold(source(**fields), NOW, **options)
    assert (held.outcome if held else None) == expected
    assert held is None or held.reason.endswith(".")


@pytest.mark.parametrize(
    ("kind", "max_age", "interval", "wait"),
    [
        (SourceKind.FEED, None, None, HOUR),
        (SourceKind.FEED, 60, None, HOUR),
        (SourceKind.FEED, 7200, None, 2 * HOUR),
        (SourceKind.FEED, 10**30, None, LONGEST),
        (SourceKind.FEED, None, 30 * MINUTE, 30 * MINUTE),
        (SourceKind.FEED, None, timedelta(seconds=1), SHORTEST),
        (SourceKind.FEED, 3600, 30 * MINUTE, HOUR),
        (SourceKind.FEED, -5, None, HOUR),
        (SourceKind.PAGE, None, None, 24 * HOUR),
        (SourceKind.FOLDER, None, None, None),
    ],
)
def test_after_success(
    kind: SourceKind, max_age: int | None, interval: timedelta | None, wait: timedelta | None
) -> None:
    """After success: the interval, or longer if the server asks, within five minutes and a day."""
    plan = after_success(kind, NOW, max_age=max_age, interval=interval)
    assert plan.next_fetch == (None if wait is None else NOW + wait)
    assert plan.reason.endswith(".")


@pytest.mark.parametrize(
    ("polling", "interval", "due", "words"),
    [
        (Polling(), None, NOW + HOUR, "Every 60 min."),
        (Polling(every=1800), None, NOW + HOUR, "Every 60 min."),
        (Polling(every=10800), None, NOW + 3 * HOUR, "Every 3 h, as the feed asks."),
        (Polling(every=10**9), None, NOW + LONGEST, "Every 24 h, as the feed asks."),
        (Polling(every=10800), 30 * MINUTE, NOW + 30 * MINUTE, "Every 30 min."),
        (Polling(skip_hours=(10, 11)), None, NOW + 3 * HOUR, "The feed is silent until Tuesday 12:00 UTC."),
        (Polling(skip_hours=(9, 11)), None, NOW + HOUR, "Every 60 min."),
        (Polling(skip_days=(1, 2)), None, NOW + 39 * HOUR, "The feed is silent until Thursday 00:00 UTC."),
        (Polling(skip_hours=(0, 1), skip_days=(1,)), None, NOW + 17 * HOUR, "until Wednesday 02:00 UTC."),
        (Polling(skip_hours=tuple(range(24)), skip_days=tuple(range(7))), None, NOW + HOUR, "Every 60 min."),
    ],
)
def test_what_the_feed_asks_for(polling: Polling, interval: timedelta | None, due: datetime, words: str) -> None:
    """ttl and updatePeriod lengthen the interval unless the reader set one; silent hours and days are kept by all."""
    plan = after_success(SourceKind.FEED, NOW, interval=interval, polling=polling)
    assert plan.next_fetch == due
    assert words in plan.reason
    later = source(polling=polling, next_fetch=plan.next_fetch)
    assert hold(later, NOW) is not None
    assert hold(later, NOW, force=True) is None


def failed(errors: int = 1, retry_after: float | None = None, outcome: Outcome = Outcome.ERROR) -> timedelta | None:
    plan = after_failure(
        SourceKind.FEED, NOW, "No.", outcome=outcome, errors=errors, retry_after=retry_after, chance=Random(errors)
    )
    assert plan.reason.startswith("No. ")
    return None if plan.next_fetch is None else plan.next_fetch - NOW


@pytest.mark.parametrize(
    ("seconds", "wait"),
    [(120, 120), (300.5, 300.5), (1e40, 86400), (float("inf"), 86400), (0, 60), (-1, 60)],
)
def test_retry_after_is_obeyed_within_a_minute_and_a_day(seconds: float, wait: float) -> None:
    """Retry-After is kept to the second, but neither for ever nor in a tight loop."""
    assert failed(retry_after=seconds, outcome=Outcome.BACKOFF) == timedelta(seconds=wait)


def test_gone_ends_polling() -> None:
    """After 410 there is no next fetch."""
    assert failed(outcome=Outcome.GONE) is None


@given(st.integers(1, 10**6))
def test_failures_wait_longer_and_longer_up_to_a_day(errors: int) -> None:
    """The wait after any number of failures lies between eight minutes and a day."""
    wait = failed(errors)
    assert wait is not None
    assert timedelta(minutes=8) <= wait <= LONGEST


def test_back_off_doubles() -> None:
    """The fifth failure waits much longer than the first, whatever the jitter."""
    first, fifth = failed(1), failed(5)
    assert first is not None
    assert fifth is not None
    assert fifth > 8 * first


@pytest.mark.parametrize(
    ("span", "words"),
    [(5 * MINUTE, "5 min"), (timedelta(seconds=61), "61 s"), (HOUR, "60 min"), (24 * HOUR, "24 h"), (-HOUR, "0 s")],
)
def test_duration(span: timedelta, words: str) -> None:
    """Spans are said in the unit that people would use."""
    assert duration(span) == words
