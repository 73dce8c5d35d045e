"""`import`: feeds, bookmarks and clippings from other programs, and whole libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.service.importing import ImportReport

MAX_SHOWN = 20


def import_(context: Context) -> ExitCode:
    """Import one file or folder; what was left out is said with the reason."""
    from reader.service.importing import import_file

    options = context.options
    context.talk.progress(f"Importing {options.file} …")
    with context.library() as library:
        report = import_file(library, options.file, allow_private=options.allow_private)
    context.talk.finish()
    if options.json or options.jsonl:
        _data(context, report)
    _tell(context, report)
    got = report.added + report.sources_added + report.already + report.rules_added + report.searches_added
    if report.refused:
        return ExitCode.PARTLY if got else ExitCode.FAILED
    return ExitCode.OK if got else ExitCode.NOTHING


def _data(context: Context, report: ImportReport) -> None:
    refused = [{"text": clean_line(text), "reason": clean_line(reason)} for text, reason in report.refused]
    counted = {
        "format": report.format,
        "added": report.added,
        "already": report.already,
        "sources_added": report.sources_added,
    }
    if report.format == "library":
        counted |= {"rules_added": report.rules_added, "searches_added": report.searches_added}
    if context.options.jsonl:
        context.out.lines([{**counted, "refused": len(refused)}, *refused])
    else:
        context.out.document({"schema": 1, **counted, "refused": refused})


def _tell(context: Context, report: ImportReport) -> None:
    talk = context.talk
    for text, reason in report.refused[:MAX_SHOWN]:
        talk.warn(f"Left out: {text}: {reason.rstrip('.')}.")
    if len(report.refused) > MAX_SHOWN:
        talk.warn(f"{len(report.refused) - MAX_SHOWN:,} more were left out; --json lists them all.")
    counted = (
        (report.sources_added, "source", "sources"),
        (report.added, "article", "articles"),
        (report.rules_added, "rule", "rules"),
        (report.searches_added, "saved search", "saved searches"),
    )
    parts = [f"{count:,} {one if count == 1 else many}" for count, one, many in counted if count]
    words = " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
    done = f"{words} imported" if parts else "Nothing new"
    same = f", {report.already:,} there already" if report.already else ""
    undo = " `secnews undo` takes it back." if parts else ""
    fetch = " `secnews refresh` fetches them." if report.format == "opml" and report.sources_added else ""
    talk.say(f"{report.name}: {done}{same}.{fetch}{undo}")
