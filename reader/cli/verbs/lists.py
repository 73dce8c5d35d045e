"""`list`, `search` and `saved`: article rows, newest first or best match first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from reader.cli import table, times
from reader.cli.arguments import article_of, query_of, source_id, view_of
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.style import BY_VOICE, Piece, Style
from reader.cli.table import Column
from reader.model import ArticleRow, View

if TYPE_CHECKING:
    from reader.service.library import Library
    from reader.service.searching import Hit

PAGE = 500
HITS = 50  # articles whose texts are looked through at once
RANKED = 1_000  # articles by rank unless a limit is given
COLUMNS = (
    Column("ID", 10),
    Column("DATE", 10, 2),
    Column("STATE", 12, 1),
    Column("SECTION", 16, 5),
    Column("SOURCE", 22, 3),
    Column("QUOTES", 12, 4),
    Column("TITLE"),
)


def list_(context: Context) -> ExitCode:
    """Articles that meet every condition."""
    options = context.options
    with context.library() as library:
        if (article := article_of(options.query)) is not None:
            return show(context, library.rows([article]))
        return show(context, rows(library, _view(options, library), options.limit))


def search(context: Context) -> ExitCode:
    """Articles that a query finds, each with the line of its text that was found."""
    from reader.service import searching

    options = context.options
    with context.library() as library:
        view, query = _view(options, library), query_of(options.query)
        if options.rank:
            found: Iterable[ArticleRow] = searching.ranked(library, view, limit=options.limit or RANKED)
        else:
            found = rows(library, view, options.limit)
        if options.json or options.jsonl:
            from reader.service.serial import hit_object

            objects = (hit_object(hit) for hit in _hits(library, found, query))
            count = context.out.listing("articles", objects) if options.json else context.out.lines(objects)
            if not count:
                context.talk.say("No articles found.")
            return ExitCode.OK if count else ExitCode.NOTHING
        lines = ([*_cells(hit.row)[:-1], _place(hit)] for hit in _hits(library, found, query))
        if not table.show(context.out, COLUMNS, lines):
            context.talk.say("No articles found.")
            return ExitCode.NOTHING
    return ExitCode.OK


def _view(options: Any, library: Library) -> View:
    conditions = {"section": options.section, "unread": options.unread, "saved": options.saved}
    if options.source:
        conditions["source_id"] = source_id(options.source, library)
    return view_of(library, options.query, since=options.since, **conditions)


def _hits(library: Library, found: Iterable[ArticleRow], query: str) -> Iterator[Hit]:
    from reader.service import searching

    remaining = iter(found)
    while page := list(islice(remaining, HITS)):
        yield from searching.hits(library, page, query)


def _place(hit: Hit) -> str:
    return f"{hit.row.title} · {hit.snippet.text}" if hit.snippet else hit.row.title


def saved(context: Context) -> ExitCode:
    """What is saved for offline, each with what is kept of it; with `--verify`, whether it is still what was kept."""
    from reader.cli.verbs import saved as kept

    with context.library() as library:
        found = rows(library, View(saved=True), context.options.limit)
        return kept.verify(context, library, found) if context.options.verify else kept.show(context, library, found)


def rows(library: Library, view: View, limit: int | None) -> Iterator[ArticleRow]:
    """The rows of a view, a page at a time, so that the first is there at once and no list is too long."""
    after = None
    left = limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        page = library.window(view, after=after, limit=size)
        yield from page
        if len(page) < size:
            return
        after = library.position(page[-1])
        left = None if left is None else left - size


def show(context: Context, found: Iterable[ArticleRow]) -> ExitCode:
    """Print article rows in the form that was asked for."""
    options = context.options
    if options.json or options.jsonl:
        from reader.service.serial import row_object

        objects = (row_object(row) for row in found)
        count = context.out.listing("articles", objects) if options.json else context.out.lines(objects)
    else:
        count = table.show(context.out, COLUMNS, (_cells(row) for row in found))
    if not count:
        context.talk.say("No articles found.")
        return ExitCode.NOTHING
    return ExitCode.OK


def _cells(row: ArticleRow) -> list[Piece | str]:
    state = ",".join(word for word, holds in (("unread", not row.read), ("saved", row.saved)) if holds)
    spoken = f"{row.quote_count} {row.voice}" if row.quote_count and row.voice else ""
    return [
        (f"a{row.id}", Style.FAINT),
        times.day(row.published or row.sort_date),
        state,
        row.section,
        f"{row.source_title} {row.more_sources}".strip(),
        (spoken, BY_VOICE[row.voice] if row.voice else Style.PLAIN),
        (row.title or "(no title)", Style.PLAIN if row.read else Style.STRONG),
    ]
