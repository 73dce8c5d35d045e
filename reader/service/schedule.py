"""When a source is fetched again, and why: pure, given the time and a source of chance.

Success: after the source's interval (an hour unless set), later if the server's Cache-Control or Expires asks for it,
or the feed's own `ttl` or `updatePeriod`, and not in the hours and on the days that the feed skips.
Failure: 10 minutes, doubled with each failure in a row, at most a day, give or take a fifth so that many sources do not
come back at once. Retry-After is obeyed, also with `--force`; 410 (gone) ends polling. All of it is stored, so it
survives a restart; every decision is a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.model import Outcome, Polling, Source, SourceKind

if TYPE_CHECKING:
    from random import Random

INTERVAL = timedelta(minutes=60)
PAGE_INTERVAL = timedelta(hours=24)  # an article rarely changes
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=24)
FIRST_RETRY = timedelta(minutes=10)
JITTER = 0.2
LOCAL = (SourceKind.FILE, SourceKind.FOLDER)
NO_WISHES = Polling()


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a source is not fetched now."""

    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to store after a fetch: `next_fetch` (None: only when asked) and why."""

    next_fetch: datetime | None
    reason: str


def hold(source: Source, now: datetime, *, force: bool = False, offline: bool = False) -> Hold | None:
    """None if the source is due; else why it is left alone. Local sources are always due: looking costs nothing."""
    if source.paused:
        return Hold(Outcome.SKIPPED, "Paused; resume it to fetch it again.")
    if source.kind in LOCAL:
        return None
    if offline:
        return Hold(Outcome.SKIPPED, "Offline: nothing is fetched from the network.")
    if source.status == Outcome.GONE:
        return Hold(Outcome.SKIPPED, "The server said that it is gone for good (410); resume it to ask once more.")
    wait = source.next_fetch - now if source.next_fetch is not None else timedelta(0)
    longest = LONGEST + timedelta(hours=1 + len(source.polling.skip_hours), days=len(source.polling.skip_days))
    if wait <= timedelta(0) or wait > longest:  # the clock was wrong then or is wrong now
        return None
    if source.status == Outcome.BACKOFF:
        return Hold(Outcome.BACKOFF, f"The server asked to wait; it is asked again {_in(wait)}.")
    if force:
        return None
    failed = f"It failed {_times(source.errors)}; the next try is" if source.errors else "Next fetch"
    return Hold(Outcome.SKIPPED, f"{failed} {_in(wait)}; --force fetches it now.")


def after_success(
    kind: SourceKind,
    now: datetime,
    *,
    max_age: int | None = None,
    interval: timedelta | None = None,
    polling: Polling = NO_WISHES,
) -> Plan:
    """The plan after a good answer.

    `max_age` is in seconds; `interval` is what the reader set for this source: the feed's own `polling.every` then
    counts no more, what the server says and when the feed is silent still does.
    """
    if kind in LOCAL:
        return Plan(None, "Looked at on every refresh.")
    usual = interval or (PAGE_INTERVAL if kind is SourceKind.PAGE else INTERVAL)
    span, whose = min(max(usual, SHORTEST), LONGEST), ""
    wishes = [(max_age, "server"), (None if interval else polling.every, "feed")]
    for seconds, who in wishes:
        asked = min(timedelta(seconds=min(seconds or 0, 10**6)), LONGEST)
        if asked > span:
            span, whose = asked, f", as the {who} asks"
    due = now + span
    moved = _after_silence(due, polling)
    silent = f" The feed is silent until {moved:%A %H:%M} UTC." if moved != due else ""
    return Plan(moved, f"Every {duration(span)}{whose}.{silent}")


def _after_silence(due: datetime, polling: Polling) -> datetime:
    """The first moment from `due` on that is in no hour and on no day which the feed skips."""
    hours, days = set(polling.skip_hours), set(polling.skip_days)
    if len(hours) >= 24 or len(days) >= 7:
        return due
    while due.hour in hours or due.weekday() in days:
        due = due.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due


def after_failure(
    kind: SourceKind,
    now: datetime,
    message: str,
    *,
    outcome: Outcome,
    errors: int,
    retry_after: float | None,
    chance: Random,
) -> Plan:
    """The plan after a failure; its reason begins with `message`.

    `errors` counts this failure, `retry_after` is in seconds.
    """
    if kind in LOCAL:
        return Plan(None, message)
    if outcome is Outcome.GONE:
        return Plan(None, f"{message} It is no longer asked.")
    if retry_after is not None:
        asked = min(max(timedelta(seconds=min(retry_after, 10**6)), SHORTEST / 5), LONGEST)
        return Plan(now + asked, f"{message} The server asked to wait {duration(asked)}.")
    doubled = min(FIRST_RETRY * 2 ** min(max(errors, 1) - 1, 12), LONGEST / (1 + JITTER))
    wait = doubled * (1 + chance.uniform(-JITTER, JITTER))
    return Plan(now + wait, f"{message} Next try after {duration(wait)}; failed {_times(errors)}.")


def duration(span: timedelta) -> str:
    """A span as people say it, to two figures: "45 s", "20 min", "6 h"."""
    seconds = max(0, round(span.total_seconds()))
    if seconds < 90:
        return f"{seconds} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds / 3600)} h"


def _in(wait: timedelta) -> str:
    return f"in {duration(wait)}"


def _times(errors: int) -> str:
    return "once" if errors == 1 else f"{errors} times in a row"
