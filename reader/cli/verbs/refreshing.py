"""`refresh`: fetch what is due, show how it goes, and say how each source went."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from reader.cli import table
from reader.cli.arguments import source_ids
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode, tally
from reader.cli.signals import cancelling
from reader.cli.style import Piece, Style
from reader.cli.table import Column
from reader.cli.talk import Talk
from reader.config.schema import MAX_JOBS
from reader.errors import UsageError
from reader.model import Outcome, RefreshSummary, SourceResult

if TYPE_CHECKING:
    from reader.service.events import Event
    from reader.service.library import Library

FAILED = (Outcome.ERROR, Outcome.GONE)
COLUMNS = (
    Column("ID", 8),
    Column("OUTCOME", 9),
    Column("NEW", 6, 1),
    Column("UPDATED", 7, 3),
    Column("SECONDS", 7, 4),
    Column("ADDRESS", 60, 2),
    Column("MESSAGE"),
)


def refresh(context: Context) -> ExitCode:
    """Refresh all sources, or those named, or those of a section."""
    from reader.cli.verbs.rules import tell_faults

    options = context.options
    if options.full and not options.force:
        raise UsageError("refresh: --full needs --force: it asks for everything anew, which servers do not like.")
    if options.jobs and options.jobs > MAX_JOBS:
        raise UsageError(f"refresh: --jobs is at most {MAX_JOBS}.")
    with context.library() as library:
        chosen = source_ids(options.sources, library) if options.sources else None
        summary = run(context, library, chosen, section=options.section)
        _print(context, summary)
        tell_faults(context, library)
    if summary.cancelled:
        context.talk.error("Interrupted; what was fetched so far is kept.")
        return ExitCode.INTERRUPTED
    return code_of(summary)


def run(
    context: Context, library: Library, source_ids: list[int] | None, *, section: str | None = None
) -> RefreshSummary:
    """Refresh with progress on a terminal; the first Ctrl-C stops it cleanly."""
    from reader.service.refresh import refresh as service_refresh

    options = context.options
    cancel = threading.Event()
    with cancelling(cancel):
        return service_refresh(
            library,
            source_ids,
            section=section,
            force=getattr(options, "force", False),
            full=getattr(options, "full", False),
            jobs=getattr(options, "jobs", None),
            offline=context.offline,
            on_event=lambda event: _progress(context.talk, event),
            cancel=cancel,
            derive=not getattr(options, "no_index", False),
        )


def code_of(summary: RefreshSummary) -> ExitCode:
    """0 unless some (1) or all (4) of the sources failed; what was not due did not fail."""
    failed = sum(result.outcome in FAILED for result in summary.results)
    return tally(len(summary.results) - failed, failed)


def tell_failures(talk: Talk, results: tuple[SourceResult, ...] | list[SourceResult]) -> None:
    """One sentence for each source that failed."""
    from reader.service.serial import source_address

    for result in results:
        if result.outcome in FAILED:
            address = source_address(result.url)
            words = result.message or str(result.outcome)
            talk.error(words if address in words else f"{address}: {words}")


def _print(context: Context, summary: RefreshSummary) -> None:
    options, talk = context.options, context.talk
    talk.finish()
    if options.json or options.jsonl:
        from reader.service.serial import refresh_object, result_object

        if options.json:
            context.out.document(refresh_object(summary))
        else:
            context.out.lines(map(result_object, summary.results))
    elif not options.quiet:
        shown = [result for result in summary.results if result.outcome is not Outcome.SKIPPED or talk.verbose]
        table.show(context.out, COLUMNS, [_cells(result) for result in shown])
    tell_failures(talk, summary.results)
    talk.say(sentence(summary, section=options.section))


def sentence(summary: RefreshSummary, *, section: str | None = None) -> str:
    """The summary in a sentence; `section` is the one that was asked for."""
    if not summary.results and section is not None:
        return f"No source is in the section {section or '(none)'}; `secnews sources` shows which there are."
    if not summary.results:
        return "There is nothing to refresh; `secnews add URL` adds a source."
    skipped = sum(result.outcome is Outcome.SKIPPED for result in summary.results)
    parts = [
        f"{len(summary.results) - skipped:,} of {len(summary.results):,} sources refreshed",
        f"{summary.new:,} new",
        f"{summary.updated:,} updated",
        f"{summary.failed:,} failed",
    ]
    if skipped:
        parts.append(f"{skipped:,} not due")
    return ", ".join(parts) + "."


def _cells(result: SourceResult) -> list[Piece | str]:
    from reader.service.serial import source_address

    look = Style.BAD if result.outcome in FAILED else Style.GOOD if result.outcome is Outcome.OK else Style.PLAIN
    return [
        (f"s{result.source_id}", Style.FAINT),
        (result.outcome.value, look),
        str(result.new),
        str(result.updated),
        f"{result.seconds:.1f}",
        source_address(result.url),
        result.message,
    ]


def _progress(talk: Talk, event: Event) -> None:
    from reader.service.events import Derived, PagesFetched, SourceDone, Started

    if isinstance(event, Started):
        talk.progress(f"Refreshing {event.total:,} sources …")
    elif isinstance(event, SourceDone):
        from reader.service.serial import source_address

        address = source_address(event.result.url)
        talk.detail(f"{event.result.outcome.value}: {address}, {event.result.seconds:.1f} s. {event.result.message}")
        talk.progress(f"{event.done:,} of {event.total:,}  {event.result.outcome.value}  {address}")
    elif isinstance(event, Derived):
        talk.progress(f"Text and quotes: {event.done:,} of {event.total:,}")
    elif isinstance(event, PagesFetched):
        talk.progress(f"Whole pages: {event.done:,} of {event.total:,}")
