"""`save`, `unsave`, `mark`, `undo`: what the reader does to articles; each call can be taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.cli.arguments import article_ids, view_of
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.verbs.sources import articles
from reader.errors import UsageError

if TYPE_CHECKING:
    from reader.service.library import Library


def save(context: Context) -> ExitCode:
    """Keep articles, given by number or found by a query: at once what is there, then their pages with images."""
    from reader.service import actions

    with context.library() as library:
        ids = named(context.options.ids, library)
        code = change(context, library, ids, actions.save, "saved for offline")
        if code is not ExitCode.NOTHING:
            fetch_saved(context, library, ids, again=context.options.again)
        return code


def fetch_saved(context: Context, library: Library, ids: Sequence[int], *, again: bool) -> None:
    """Fetch the pages of these saved articles that are still to be fetched (`again`: of all), and say what came."""
    from reader.service import saving

    rows = [row for row in library.rows(ids) if row.saved and row.id > 0]
    wanted = [row.id for row in rows if again or saving.evidence(library, row.id).state == "queued"]
    wanted = saving.settle_without_address(library, wanted)
    if not wanted:
        return
    if context.offline:
        context.talk.say(f"{_pages(len(wanted))} will be fetched by the next refresh: this run is offline.")
        return
    from reader.cli.signals import cancelling
    from reader.service.whole_pages import fetch_pages

    cancel = threading.Event()
    with cancelling(cancel):
        results = fetch_pages(
            library, wanted, cancel=cancel, on_progress=lambda done, total: context.talk.progress(f"{done} of {total}")
        )
    context.talk.finish()
    for result in results:
        if result.error:
            context.talk.warn(f"a{result.article_id}: {result.error}")
        elif result.reason:
            context.talk.detail(f"a{result.article_id}: {result.reason}")
    left = saving.queued(library)
    if left:
        context.talk.say(f"{_pages(left)} still to be fetched; the next refresh tries again.")


def _pages(count: int) -> str:
    return "The page of 1 article" if count == 1 else f"The pages of {count:,} articles"


def unsave(context: Context) -> ExitCode:
    """Drop bookmarks of articles, given by number or found by a query."""
    from reader.service import actions

    with context.library() as library:
        return change(context, library, named(context.options.ids, library), actions.unsave, "no longer saved")


def mark(context: Context) -> ExitCode:
    """Mark articles, given by number or found by words, as read or unread."""
    from reader.service import actions

    read = context.options.state == "read"
    with context.library() as library:
        ids = named(context.options.query, library)
        return change(
            context,
            library,
            ids,
            lambda lib, found: actions.mark_read(lib, found, read),
            f"marked {context.options.state}",
        )


def undo(context: Context) -> ExitCode:
    """Take back the last change."""
    from reader.service import actions

    with context.library() as library:
        label = actions.undo(library)
    if context.options.json or context.options.jsonl:
        context.out.document({"schema": 1, "undone": label})
    if label is None:
        context.talk.say("There is nothing to undo.")
        return ExitCode.NOTHING
    context.talk.say(f"Taken back: {label}.")
    return ExitCode.OK


def named(query: list[str], library: Library) -> list[int]:
    """The articles that a query means: all of it numbers (12, a12), a source (s3), or a query."""
    try:
        return library.today(article_ids(query))
    except UsageError:
        return list(library.ids(view_of(library, query)))


def change(
    context: Context, library: Library, ids: list[int], act: Callable[[Library, Sequence[int]], int], done: str
) -> ExitCode:
    """Do `act` to the articles that are there, and say how many it changed and which are not there."""
    there = {row.id for row in library.rows(ids)}
    missing = [number for number in ids if number not in there]
    changed = act(library, [number for number in ids if number in there]) if there else 0
    if context.options.json or context.options.jsonl:
        context.out.document({"schema": 1, "changed": changed, "found": len(there), "missing": missing})
    if missing:
        names = ", ".join(f"a{number}" for number in missing[:10]) + (" …" if len(missing) > 10 else "")
        context.talk.error(f"Not in the library: {names}; `secnews list` shows what is there.")
    if not ids:
        context.talk.say("No articles found.")
    if not there:
        return ExitCode.NOTHING
    same = len(there) - changed
    context.talk.say(
        f"{articles(changed)} {done}{f' ({same:,} already so)' if same else ''}."
        + (" `secnews undo` takes it back." if changed else "")
    )
    return ExitCode.PARTLY if missing else ExitCode.OK
