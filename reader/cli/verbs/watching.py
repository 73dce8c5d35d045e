"""`watch`: refresh by schedule in the foreground, one line an event, until somebody stops it."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import TYPE_CHECKING

from reader.cli import times
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.output import one_line
from reader.cli.signals import cancelling
from reader.cli.verbs.refreshing import FAILED
from reader.errors import UsageError
from reader.model import Outcome, SourceResult

if TYPE_CHECKING:
    from reader.service.events import Event, Notice


def watch(context: Context) -> ExitCode:
    """Lines on standard output as things happen; Ctrl-C and SIGTERM end it, and that is no failure."""
    from reader.cli.verbs.rules import tell_faults
    from reader.service.watching import watch as service_watch

    options = context.options
    if options.json:
        raise UsageError("watch: --json is one document, and watching has no end; use --jsonl.")
    if context.offline:
        raise UsageError("watch: there is nothing to watch with --offline.")
    cancel = threading.Event()
    with context.library() as library, cancelling(cancel):
        tell_faults(context, library)
        service_watch(library, lambda event: _tell(context, event), cancel, section=options.section, jobs=options.jobs)
    return ExitCode.OK


def _tell(context: Context, event: Event) -> None:
    from reader.service.events import Notice, RulesRan, SourceDone, Waiting

    if isinstance(event, SourceDone) and event.result.outcome is not Outcome.SKIPPED:
        _result(context, event.result)
    elif isinstance(event, Notice):
        _notice(context, event)
    elif isinstance(event, RulesRan):
        _ran(context, event.label)
    elif isinstance(event, Waiting) and not context.options.jsonl:
        when = "nothing is due by itself" if event.until is None else f"next fetch at {times.minute(event.until)}"
        context.talk.say(f"Waiting: {when}.")
    context.out.flush()


def _notice(context: Context, notice: Notice) -> None:
    if context.options.jsonl:
        from reader.service.serial import row_object

        context.out.lines([{"notify": notice.rule.id, "article": row_object(notice.row)}])
        return
    now = times.minute(datetime.now().astimezone())
    context.out.text(f"{now}  r{notice.rule.id}  a{notice.row.id}  {one_line(notice.row.title)}")


def _ran(context: Context, label: str) -> None:
    if context.options.jsonl:
        context.out.lines([{"rules": label}])
        return
    context.out.text(f"{times.minute(datetime.now().astimezone())}  rules  {label}")


def _result(context: Context, result: SourceResult) -> None:
    from reader.service.serial import result_object, source_address

    if context.options.jsonl:
        context.out.lines([result_object(result)])
        return
    changes = f"{result.new:,} new, {result.updated:,} updated"
    what = result.outcome.value if result.outcome in FAILED or not (result.new or result.updated) else changes
    now = times.minute(datetime.now().astimezone())
    context.out.text(f"{now}  s{result.source_id}  {what}  {source_address(result.url)}  {result.message}".rstrip())
