"""`prune`: old articles go, as `[retention]` says."""

from __future__ import annotations

import threading

from reader.cli import table
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.signals import cancelling
from reader.cli.style import Piece, Style
from reader.cli.table import Column
from reader.cli.verbs.sources import articles

COLUMNS = (Column("ARTICLES", 10), Column("SOURCE", 10, 1), Column("TITLE"))


def prune(context: Context) -> ExitCode:
    """Take away, or with --dry-run only tell, what is older or more than `[retention]` keeps; 0 also for nothing."""
    from reader.service import recovery, retention

    limits, gained = context.config.retention, 0
    with context.library() as library:
        if context.options.dry_run:
            done = retention.plan(library)
        else:
            cancel = threading.Event()
            with cancelling(cancel):
                done = retention.prune(
                    library,
                    cancel=cancel,
                    on_progress=lambda count, total: context.talk.progress(f"{count:,} of {total:,} articles"),
                )
                gained = recovery.compact(library, cancel=cancel)
    rows = [{"id": number, "title": title, "articles": count} for number, title, count in done.sources]
    if context.options.json or context.options.jsonl:
        context.out.document(
            {"schema": 1, "dry_run": context.options.dry_run, "articles": done.articles, "sources": rows}
        )
    else:
        cells: list[list[Piece | str]] = [
            [f"{count:,}", (f"s{number}", Style.FAINT), title] for number, title, count in done.sources
        ]
        table.show(context.out, COLUMNS, cells)
    if not limits.days and not limits.per_source:
        context.talk.say("Everything is kept: set days or per_source under [retention] in config.toml.")
    elif context.options.dry_run:
        context.talk.say(f"{articles(done.articles)} would go. Saved and tagged ones stay.")
    else:
        context.talk.say(f"{articles(done.articles)} taken away. Saved and tagged ones stayed.")
    if gained:
        context.talk.say(f"The library's file is {gained / 1e6:,.0f} MB smaller.")
    return ExitCode.OK
