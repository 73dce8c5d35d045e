"""When a source is fetched again, and why: pure, given the time and a source of chance.

Success: after the source's interval (an hour unless set), later if the server's Cache-Control or Expires asks for it.
Failure: 10 minutes, doubled with each failure in a row, at most a day, give or take a fifth so that many sources do not
come back at once. Retry-After is obeyed, also with `--force`; 410 (gone) ends polling. All of it is stored, so it
survives a restart; every decision is a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from reader.model import Outcome, Source, SourceKind

INTERVAL = timedelta(minutes=60)
PAGE_INTERVAL = timedelta(hours=24)  # an article rarely changes
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=24)
FIRST_RETRY = timedelta(minutes=10)
JITTER = 0.2
LOCAL = (SourceKind.FILE, SourceKind.FOLDER)


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
        return Hold(Outcome.SKIPPED, "The server said that it is gone for good (410), so it is no longer asked.")
    wait = source.next_fetch - now if source.next_fetch is not None else timedelta(0)
    if wait <= timedelta(0) or wait > LONGEST + timedelta(hours=1):  # the clock was wrong then or is wrong now
        return None
    if source.status == Outcome.BACKOFF:
        return Hold(Outcome.BACKOFF, f"The server asked to wait; it is asked again {_in(wait)}.")
    if force:
        return None
    failed = f"It failed {_times(source.errors)}; the next try is" if source.errors else "Next fetch"
    return Hold(Outcome.SKIPPED, f"{failed} {_in(wait)}; --force fetches it now.")


def after_success(
    kind: SourceKind, now: datetime, *, max_age: int | None = None, interval: timedelta | None = None
) -> Plan:
    """The plan after a good answer; `max_age` is in seconds, `interval` what the user set for this source."""
    if kind in LOCAL:
        return Plan(None, "Looked at on every refresh.")
    usual = interval or (PAGE_INTERVAL if kind is SourceKind.PAGE else INTERVAL)
    usual = min(max(usual, SHORTEST), LONGEST)
    if max_age is not None and max_age > usual.total_seconds():
        asked = min(timedelta(seconds=min(max_age, 10**6)), LONGEST)
        return Plan(now + asked, f"Every {duration(asked)}, as the server asks.")
    return Plan(now + usual, f"Every {duration(usual)}.")


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
