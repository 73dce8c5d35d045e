"""What a reader does to the library. Each call is one action: done whole or not at all, and undone by one `undo`.

Every function returns how many rows it changed; what changes nothing is no action and leaves nothing to undo.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from reader.errors import NotFoundError, UsageError
from reader.model import Outcome, Source, View
from reader.service.library import Library
from reader.service.schedule import LONGEST, SHORTEST, after_success, duration
from reader.store import actions, idsets, marks, sources, views
from reader.text.addresses import mask
from reader.text.clean import clean_line


def mark_read(library: Library, ids: Sequence[int], read: bool) -> int:
    """Mark articles read or unread; ids that are not there are passed over."""
    with library.database.write() as c:
        changed = marks.unlike_read(c, ids, read)
        if changed:
            marks.put_read(c, idsets.ranges(changed), read)
            label = f"{_articles(len(changed))} marked {'read' if read else 'unread'}"
            actions.record(c, label, [actions.set_read(changed, not read)], now=library.now())
    return len(changed)


def mark_view_read(library: Library, view: View) -> int:
    """Mark everything a view shows as read; some 6 µs an article."""
    with library.database.write() as c:
        changed = views.ids(c, replace(view, unread=True), now=library.now())
        if changed:
            marks.put_read(c, idsets.ranges(changed), True)
            label = f"{_articles(len(changed))} marked read"
            actions.record(c, label, [actions.set_read(changed, False)], now=library.now())
    return len(changed)


def save(library: Library, ids: Sequence[int]) -> int:
    """Keep articles for offline, whatever happens to their source: at once what is there, in one transaction.

    Their pages with images are wanted from then on; `whole_pages.fetch_wanted` fetches them.
    """
    from reader.store import keeping  # 5 ms that a start need not wait for

    with library.database.write() as c:
        changed = marks.save(c, ids, now=library.now())
        if changed:
            keeping.keep_given(c, changed, now=library.now())
            inverse = actions.set_saved([(article_id, None) for article_id in changed])
            actions.record(c, f"{_articles(len(changed))} saved", [inverse], now=library.now())
    return len(changed)


def unsave(library: Library, ids: Sequence[int]) -> int:
    """Drop bookmarks. An article whose source is gone leaves the lists with its bookmark."""
    with library.database.write() as c:
        changed = marks.unsave(c, ids)
        if changed:
            label = f"{_articles(len(changed))} no longer saved"
            actions.record(c, label, [actions.set_saved(changed)], now=library.now())
    return len(changed)


def remove_source(library: Library, source_id: int) -> int:
    """Remove a source and its articles but the saved ones; returns 1 and the articles. Raises NotFoundError."""
    with library.database.write() as c:
        source = _source(sources.get(c, source_id), source_id)
        gone = sources.retire(c, source_id)
        label = f"source {clean_line(source.title, 100)} removed with {_articles(gone)}"
        actions.record(c, label, [actions.revive_source(source_id)], now=library.now())
    return 1 + gone


def remove_samples(library: Library) -> int:
    """Remove the sample articles for good (until undone)."""
    with library.database.write() as c:
        gone = marks.remove_samples(c)
        if gone:
            actions.record(c, "sample articles removed", [actions.put_samples(gone)], now=library.now())
    return len(gone)


def edit_source(
    library: Library,
    source_id: int,
    title: str | None = None,
    section: str | None = None,
    *,
    interval: int | None = None,
    full_text: bool | None = None,
    headers: Mapping[str, str] | None = None,
) -> int:
    """Change what the reader sets for a source; None leaves a thing as it is.

    `title` "" goes back to the feed's own; the articles follow a new `section`. `interval` is in seconds (0: the usual
    again, otherwise five minutes to a day) and holds from the last success on; `headers` take the place of those that
    were set. Raises NotFoundError, UsageError for an interval or headers that cannot be used.
    """
    _check(interval, headers)
    with library.database.write() as c:
        source = _source(sources.get(c, source_id), source_id)
        old, set_before = sources.titles(c, source_id), sources.choices(c, source_id)
        inverse = [
            actions.set_source(source_id, title=old[0], section=old[1]),
            actions.set_choices(source_id, set_before),
        ]
        if title is not None:
            sources.put_title(c, source_id, title)
        if section is not None:
            sources.put_section(c, source_id, section)
        chosen = replace(
            set_before,
            interval=set_before.interval if interval is None else interval or None,
            full_text=set_before.full_text if full_text is None else full_text,
            headers=set_before.headers if headers is None else headers,
        )
        if (sources.titles(c, source_id), chosen) == (old, set_before):
            return 0
        sources.put_choices(c, source_id, chosen)
        if chosen.interval != set_before.interval and source.last_success and source.status in _WELL:
            inverse.append(actions.set_schedule(source))
            plan = after_success(source.kind, source.last_success, interval=_span(chosen.interval))
            sources.reschedule(c, source_id, next_fetch=plan.next_fetch, reason=plan.reason, status=source.status)
        actions.record(c, f"source {clean_line(source.title, 100)} changed", inverse, now=library.now())
    return 1


def pause(library: Library, source_ids: Sequence[int]) -> int:
    """Ask these sources no more until they are resumed. Raises NotFoundError."""
    return _put_paused(library, source_ids, True)


def resume(library: Library, source_ids: Sequence[int]) -> int:
    """Ask these sources again, also those whose server said that they are gone for good. Raises NotFoundError."""
    return _put_paused(library, source_ids, False)


def accept_move(library: Library, source_id: int) -> int:
    """Take the address that a source suggests: where it says it has moved to for good, without waiting for the second
    day, or the feed that a page in its place names.

    It is asked there next. Headers set for the old address go no further than its scheme, host and port. Raises
    NotFoundError, UsageError if the source suggests none or another source has that address.
    """
    with library.database.write() as c:
        source = _source(sources.get(c, source_id), source_id)
        if not source.moved_to:
            raise UsageError("This source suggests no new address.")
        shown = mask(source.moved_to)
        inverse = [
            actions.set_address(source),
            actions.set_choices(source_id, sources.choices(c, source_id)),
            actions.set_schedule(source),
        ]
        if not sources.put_address(c, source_id, source.moved_to):
            raise UsageError(f"Another source has the address {shown} already; remove one of the two.")
        sources.suggest(c, source_id, "")
        sources.reschedule(c, source_id, next_fetch=None, reason=f"Moved to {shown}.", status=source.status)
        actions.record(c, f"new address of {clean_line(source.title, 100)}", inverse, now=library.now())
    return 1


def _put_paused(library: Library, source_ids: Sequence[int], paused: bool) -> int:
    inverse: list[actions.Operation] = []
    changed = 0
    with library.database.write() as c:
        for source_id in source_ids:
            source = _source(sources.get(c, source_id), source_id)
            gone = not paused and source.status == Outcome.GONE
            if source.paused == paused and not gone:
                continue
            changed += 1
            chosen = sources.choices(c, source_id)
            inverse += [actions.set_choices(source_id, chosen), actions.set_schedule(source)]
            sources.put_choices(c, source_id, replace(chosen, paused=paused))
            if gone:
                sources.reschedule(c, source_id, next_fetch=None, reason="Resumed.", status="new")
        if changed:
            what = "1 source" if changed == 1 else f"{changed:,} sources"
            actions.record(c, f"{what} {'paused' if paused else 'resumed'}", inverse, now=library.now())
    return changed


def _check(interval: int | None, headers: Mapping[str, str] | None) -> None:
    shortest, longest = int(SHORTEST.total_seconds()), int(LONGEST.total_seconds())
    if interval and not shortest <= interval <= longest:
        raise UsageError(
            f"An interval is between {duration(SHORTEST)} and {duration(LONGEST)}, or 0 for the usual one."
        )
    if not headers:
        return
    from reader.sources.request import sendable

    for name, value in headers.items():
        if not sendable(name, value):
            raise UsageError(f"The header {clean_line(name, 60)!r} cannot be sent; give a name and a value of HTTP.")


def _span(seconds: int | None) -> timedelta | None:
    return timedelta(seconds=seconds) if seconds else None


_WELL = (Outcome.OK, Outcome.UNCHANGED, Outcome.PARTIAL, Outcome.MOVED)


def added(library: Library, source_id: int) -> None:
    """Make the adding of a source, which is done already, an action that undo takes back."""
    with library.database.write() as c:
        source = _source(sources.get(c, source_id), source_id)
        label = f"source {clean_line(source.title, 100)} added"
        actions.record(c, label, [actions.retire_source(source_id)], now=library.now())


def undo(library: Library) -> str | None:
    """Take back the last action that still stands.

    Returns its label ("3 articles marked read"), None if none is left.
    """
    with library.database.read() as c:
        if not actions.anything_to_undo(c):
            return None
    with library.database.write() as c:
        return actions.undo(c)


def _source(found: Source | None, source_id: int) -> Source:
    if found is None:
        raise NotFoundError(f"There is no source {source_id} in the library; `secnews sources` shows what is there.")
    return found


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
