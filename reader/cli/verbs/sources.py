"""`sources`, `remove`, `edit`: what the library reads, and how that is going."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli import table, times
from reader.cli.arguments import source_id, source_ids
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.style import Piece, Style
from reader.cli.table import Column
from reader.errors import UsageError
from reader.model import Source

if TYPE_CHECKING:
    from reader.service.health import Health

COLUMNS = (
    Column("ID", 8),
    Column("KIND", 6, 7),
    Column("STATUS", 9, 1),
    Column("ERRORS", 6, 6),
    Column("LAST SUCCESS", 16, 4),
    Column("NEXT FETCH", 16, 3),
    Column("WEEK", 6, 5),
    Column("12 WEEKS", 12, 8),
    Column("UNREAD", 13, 5),
    Column("SECTION", 16, 9),
    Column("TITLE", 28, 2),
    Column("ADDRESS", 48, 10),
    Column("WHY"),
)
NO_SOURCES = "There are no sources; `secnews add URL` adds one, `secnews catalogue` has suggestions."
LOOKS = {"ok": Style.GOOD, "unchanged": Style.GOOD, "moved": Style.GOOD, "error": Style.BAD, "gone": Style.BAD}


def list_(context: Context) -> ExitCode:
    """Every source with its health."""
    from reader.service.health import health

    section = context.options.section
    asked_for_data = context.options.json or context.options.jsonl
    with context.library() as library:
        sources = library.sources()
        found = [source for source in sources if section is None or source.section == section]
        healths = [] if asked_for_data else health(library, found)
    if sources and not found:
        nothing = f"No source is in the section {section or '(none)'}; `secnews sources` shows them all."
        return show(context, [], nothing)
    return show(context, found, healths=healths)


def show(
    context: Context, found: Sequence[Source], nothing: str = NO_SOURCES, *, healths: Sequence[Health] = ()
) -> ExitCode:
    """Print sources in the form that was asked for; `nothing` is said if there are none. People see `healths`."""
    if context.options.json or context.options.jsonl:
        from reader.service.serial import source_object

        objects = map(source_object, found)
        if context.options.json:
            context.out.listing("sources", objects)
        else:
            context.out.lines(objects)
    else:
        table.show(context.out, COLUMNS, [_cells(one, context) for one in healths])
    if not found:
        context.talk.say(nothing)
        return ExitCode.NOTHING
    return ExitCode.OK


def remove(context: Context) -> ExitCode:
    """Take sources and their articles away; saved articles stay, and undo brings everything back."""
    from reader.service import actions

    gone: list[Source] = []
    with context.library() as library:
        for number in source_ids(context.options.sources, library):
            gone.append(library.source(number))
            actions.remove_source(library, number)
    if context.options.json or context.options.jsonl:
        return show(context, gone)
    for source in gone:
        context.talk.say(f"Removed {_named(source)}; saved articles stay. `secnews undo` takes it back.")
    return ExitCode.OK


def edit(context: Context) -> ExitCode:
    """Change what is set for a source."""
    from reader.service import actions, source_words
    from reader.service.health import fixed

    options = context.options
    wanted = (options.title, options.section, options.interval, options.full_text, options.header)
    if all(value is None for value in wanted):
        raise UsageError("edit: nothing to change; give --title, --section, --interval, --full-text or --header.")
    with context.library() as library:
        number = source_id(options.source, library)
        actions.edit_source(
            library,
            number,
            title=options.title,
            section=options.section,
            interval=None if options.interval is None else source_words.interval(options.interval),
            full_text=None if options.full_text is None else options.full_text == "on",
            headers=None
            if options.header is None
            else source_words.headers(library.source(number).headers, options.header),
        )
        source = library.source(number)
    if options.json or options.jsonl:
        return show(context, [source])
    context.talk.say(f"Changed {_named(source)}. `secnews undo` takes it back.")
    if names := fixed(source, context.config):
        context.talk.warn(f"The configuration file sets the {' and '.join(names)} of this source, and it wins.")
    return ExitCode.OK


def pause(context: Context) -> ExitCode:
    """Fetch these sources no more until they are resumed."""
    return _put_paused(context, True)


def resume(context: Context) -> ExitCode:
    """Fetch these sources again, also those that their server called gone."""
    return _put_paused(context, False)


def _put_paused(context: Context, paused: bool) -> ExitCode:
    from reader.service import actions

    with context.library() as library:
        numbers = source_ids(context.options.sources, library)
        (actions.pause if paused else actions.resume)(library, numbers)
        changed = [library.source(number) for number in numbers]
    if context.options.json or context.options.jsonl:
        return show(context, changed)
    for source in changed:
        done = "is fetched no more until you resume it" if paused else "is fetched again"
        context.talk.say(f"{_named(source)} {done}. `secnews undo` takes it back.")
    return ExitCode.OK


def articles(count: int) -> str:
    """`1 article`, `2 articles`."""
    return "1 article" if count == 1 else f"{count:,} articles"


def _named(source: Source) -> str:
    from reader.service.serial import source_address

    return f"s{source.id} {source.title or source_address(source.url)}"


def _cells(one: Health, context: Context) -> list[Piece | str]:
    from reader.service.serial import source_address

    source = one.source
    override = context.config.source(source.url)
    why = one.why + (f" (config.toml sets {', '.join(one.fixed)})" if one.fixed else "")
    return [
        (f"s{source.id}", Style.FAINT),
        source.kind.value,
        (source.status, LOOKS.get(source.status, Style.PLAIN)),
        str(source.errors),
        times.minute(source.last_success),
        times.minute(source.next_fetch),
        f"{one.per_week:g}",
        _weeks(one, context),
        f"{source.unread}/{source.total}",
        (override.section if override else None) or source.section,
        ((override.title if override else None) or source.title, Style.STRONG),
        source_address(source.url),
        why,
    ]


def _weeks(one: Health, context: Context) -> str:
    """The articles of each of the last twelve weeks: a picture for people, numbers for a pipe."""
    if not context.out.terminal:
        return ",".join(map(str, one.weeks))
    from reader.text.sparkline import sparkline

    ascii_only = context.config.reading.ascii or context.out.ascii
    return sparkline(one.weeks, len(one.weeks), ascii_only=ascii_only, nothing="_")
