"""`save`, `unsave`, `mark`, `undo`: what the reader does to articles; each call can be taken back."""

from __future__ import annotations

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
    """Bookmark articles, given by number or found by a query."""
    from reader.service import actions

    with context.library() as library:
        return change(context, library, named(context.options.ids, library), actions.save, "saved for offline")


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
        return article_ids(query)
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
