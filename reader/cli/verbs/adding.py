"""`add`: new sources from addresses and paths, or a section of the built-in catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode, tally
from reader.cli.verbs import refreshing, sources
from reader.errors import DiscoveredFeeds, SecnewsError, SourceError, StorageError, UsageError
from reader.model import Outcome, RefreshSummary, Source

if TYPE_CHECKING:
    from reader.service.adding import Added
    from reader.service.library import Library

MAX_CHOICES = 20


def add(context: Context) -> ExitCode:
    """Add what was named; one that fails does not stop the others."""
    options = context.options
    if options.catalogue is not None:
        if options.addresses or options.title:
            raise UsageError("add: --catalogue takes neither addresses nor --title.")
        return _catalogue(context)
    if not options.addresses:
        raise UsageError("add: give an address, a file or a folder; `secnews catalogue` has suggestions.")
    if options.title and len(options.addresses) > 1:
        raise UsageError("add: --title names one source; give one address with it.")
    added: list[Source] = []
    failures: list[tuple[str, SecnewsError]] = []
    refused: list[tuple[str, str]] = []
    present = 0
    with context.library() as library:
        for address in options.addresses:
            context.talk.progress(f"Adding {address} …")
            try:
                came = _one(context, library, address)
                added += came.sources
                refused += came.refused
                present += came.present
            except StorageError:
                raise
            except SecnewsError as error:
                failures.append((address, error))
                context.talk.error(str(error))
        shown = [library.source(source.id) for source in added]
    _print(context, shown, failures, refused)
    for source in shown:
        if source.status == Outcome.PARTIAL:
            context.talk.warn(f"s{source.id} {source.title}: {source.reason}")
    for text, reason in refused:
        context.talk.warn(f"Left out {text}: {reason}.")
    if present:
        context.talk.say(f"{present:,} of them were in the library already.")
    if failures and not added and all(isinstance(error, UsageError) for _address, error in failures):
        return ExitCode.USAGE
    return tally(len(added), len(failures))


def _one(context: Context, library: Library, address: str) -> Added:
    """Add one; a page that names feeds is a question to a person, and an error to a script."""
    from reader.service.adding import add_given as service_add

    options = context.options
    try:
        return service_add(
            library,
            address,
            section=options.section,
            title=options.title,
            fetch=not options.no_fetch,
            offline=context.offline,
        )
    except DiscoveredFeeds as found:
        chosen = _choose(context, found)
        if chosen is None:
            raise
        return service_add(
            library,
            chosen,
            section=options.section,
            title=options.title,
            fetch=not options.no_fetch,
            offline=context.offline,
            found_on=address,
        )


def _choose(context: Context, found: DiscoveredFeeds) -> str | None:
    """The feed that the person picks; None if nobody is there or they pick none."""
    from reader.service.serial import source_address

    feeds = found.feeds[:MAX_CHOICES]
    if not feeds or not context.talk.terminal or context.options.json or context.options.jsonl:
        return None
    context.talk.say("This is a web page; it names these feeds:")
    for number, (address, title) in enumerate(feeds, start=1):
        context.talk.say(f"{number}. {source_address(address)}{f' ({title})' if title else ''}")
    answer = context.talk.ask(f"Which one shall be added (1-{len(feeds)}, nothing for none)?")
    if answer and answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(feeds):
        return feeds[int(answer) - 1][0]
    return None


def _catalogue(context: Context) -> ExitCode:
    """Add every feed of a section of the catalogue, then fetch them all at once."""
    from reader.cli.verbs.catalogue import entries_of
    from reader.service.adding import add as service_add

    options = context.options
    added: list[Source] = []
    present = 0
    with context.library() as library:
        for entry in entries_of(options.catalogue):
            try:
                source = service_add(
                    library, entry.url, section=options.section or entry.section, fetch=False, offline=True, found_on=""
                )
            except UsageError:  # it is there already
                present += 1
                continue
            added.append(source)
        summary = RefreshSummary()
        if added and not options.no_fetch:
            summary = refreshing.run(context, library, [source.id for source in added])
        shown = [library.source(source.id) for source in added]
    refreshing.tell_failures(context.talk, summary.results)
    _print(context, shown, [], [])
    if present:
        context.talk.say(f"{present:,} of them were in the library already.")
    return ExitCode.INTERRUPTED if summary.cancelled else refreshing.code_of(summary)


def _print(
    context: Context,
    added: Sequence[Source],
    failures: Sequence[tuple[str, SecnewsError]],
    refused: Sequence[tuple[str, str]],
) -> None:
    from reader.service.serial import source_address, source_object

    context.talk.finish()
    failed = [_failure(address, error) for address, error in failures]
    if context.options.json:
        left_out = [{"text": text, "reason": reason} for text, reason in refused]
        more = {"failed": failed, **({"refused": left_out} if refused else {})}
        context.out.listing("sources", map(source_object, added), **more)
    elif context.options.jsonl:
        context.out.lines(map(source_object, added))
    else:
        for source in added:
            name = source.title or source_address(source.url)
            where = f" in {source.section}" if source.section else ""
            context.talk.say(
                f"Added s{source.id} {name} ({source.kind.value}{where}): {sources.articles(source.total)}."
            )


def _failure(address: str, error: SecnewsError) -> dict[str, object]:
    from reader.service.serial import source_address

    feeds = error.feeds if isinstance(error, DiscoveredFeeds) else ()
    named = [{"url": source_address(url), "title": title} for url, title in feeds]
    status = error.status if isinstance(error, SourceError) else None
    return {"url": source_address(address), "status": status, "message": str(error), "feeds": named}
