"""How sources are: how much they give, how long they have been silent, when they are asked next and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from reader.config import Config
from reader.model import Outcome, Source, SourceKind
from reader.service.library import Library
from reader.service.schedule import LOCAL, duration
from reader.store import counts
from reader.text.addresses import mask

WEEKS = 12  # that the average looks back on
QUIET = 30  # days of silence that are worth a word


@dataclass(frozen=True, slots=True)
class Health:
    """A source and how it does.

    `per_week` is the average number of articles a week in the last twelve weeks (or since the oldest of these),
    `silent_days` the days since its newest article (None: it has none), `due` the seconds until it is asked (None: only
    when somebody refreshes by hand, or never), `why` one or more sentences, `suggested` the new address (masked) that
    the source gives for itself, `fixed` the settings that the configuration file decides. `weeks` counts the articles
    of each of the last twelve weeks, the oldest first.
    """

    source: Source
    per_week: float
    silent_days: int | None
    due: float | None
    why: str
    suggested: str = ""
    fixed: tuple[str, ...] = ()
    weeks: tuple[int, ...] = ()


def health(library: Library, chosen: Iterable[Source] | None = None) -> list[Health]:
    """The health of all sources, or of these, in their order. Some 20 µs a source."""
    now = library.now()
    found = library.sources() if chosen is None else list(chosen)
    since = now - timedelta(weeks=WEEKS)
    with library.database.read() as c:
        given = {source.id: counts.published(c, source.id, since=since, weeks=WEEKS) for source in found}
    return [_health(source, given[source.id], library.config, now) for source in found]


def _health(source: Source, given: counts.Published, config: Config, now: datetime) -> Health:
    silent = max((now - given.newest).days, 0) if given.newest else None
    waits = source.next_fetch is not None and not source.paused and source.kind not in LOCAL
    due = max((source.next_fetch - now).total_seconds(), 0.0) if waits and source.next_fetch else None
    return Health(
        source=source,
        per_week=_per_week(given, now),
        silent_days=silent,
        due=due,
        why=" ".join(_sentences(source, silent, due)),
        suggested=mask(source.moved_to) if source.moved_to else "",
        fixed=fixed(source, config),
        weeks=given.weeks,
    )


def _per_week(given: counts.Published, now: datetime) -> float:
    if not given.number or given.oldest is None:
        return 0.0
    days = min(max((now - given.oldest) / timedelta(days=1), 1.0), 7.0 * WEEKS)
    return round(7 * given.number / days, 1)


def _sentences(source: Source, silent: int | None, due: float | None) -> list[str]:
    """Why the source is asked when it is, and what else there is to know about it."""
    said = []
    if source.paused:
        said.append("Paused; resume it to fetch it again.")
    if source.reason:
        said.append(source.reason)
    if due is not None and source.status == Outcome.BACKOFF:
        said.append(f"It is asked again in {duration(timedelta(seconds=due))}.")
    if source.moved_to and mask(source.moved_to) not in source.reason:
        said.append(f"It has moved for good to {mask(source.moved_to)}.")
    if source.moved_to:
        said.append("The new address is taken once it has said so on two days.")
    if silent is not None and silent >= QUIET and source.kind in (SourceKind.FEED, SourceKind.FOLDER):
        said.append(f"Silent for {silent:,} days.")
    return said


def fixed(source: Source, config: Config) -> tuple[str, ...]:
    """The settings of a source that the configuration file decides, whatever the library says."""
    override = config.source(source.url)
    if override is None:
        return ()
    names = ("title", "section", "interval", "full_text")
    return (
        *(name for name in names if getattr(override, name) is not None),
        *(("headers",) if override.headers else ()),
    )
