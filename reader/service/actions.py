"""What a reader does to the library. Each call is one action: done whole or not at all, and undone by one `undo`.

Every function returns how many rows it changed; what changes nothing is no action and leaves nothing to undo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.errors import NotFoundError
from reader.model import Source, View
from reader.service.library import Library
from reader.store import actions, idsets, marks, sources, views
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
    """Bookmark articles: they stay whatever happens to their source."""
    with library.database.write() as c:
        changed = marks.save(c, ids, now=library.now())
        if changed:
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


def edit_source(library: Library, source_id: int, title: str | None = None, section: str | None = None) -> int:
    """Give a source a title of the reader's own ("": the feed's again) or another section (its articles follow).

    None leaves it as it is. Raises NotFoundError.
    """
    with library.database.write() as c:
        source = _source(sources.get(c, source_id), source_id)
        old = sources.titles(c, source_id)
        if title is not None:
            sources.put_title(c, source_id, title)
        if section is not None:
            sources.put_section(c, source_id, section)
        if sources.titles(c, source_id) == old:
            return 0
        inverse = actions.set_source(source_id, title=old[0], section=old[1])
        actions.record(c, f"source {clean_line(source.title, 100)} changed", [inverse], now=library.now())
    return 1


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
