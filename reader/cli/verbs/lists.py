"""`list` and `saved`: article rows, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.cli import table, times
from reader.cli.arguments import article_of, source_id, view_of
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.style import BY_VOICE, Piece, Style
from reader.cli.table import Column
from reader.model import ArticleRow, View

if TYPE_CHECKING:
    from reader.service.library import Library

PAGE = 500
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
        conditions = {"section": options.section, "unread": options.unread, "saved": options.saved}
        if options.source:
            conditions["source_id"] = source_id(options.source, library)
        view = view_of(library, options.query, since=options.since, **conditions)
        return show(context, rows(library, view, options.limit))


def saved(context: Context) -> ExitCode:
    """What is saved for offline."""
    with context.library() as library:
        return show(context, rows(library, View(saved=True), context.options.limit))


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
        row.source_title,
        (spoken, BY_VOICE[row.voice] if row.voice else Style.PLAIN),
        (row.title or "(no title)", Style.PLAIN if row.read else Style.STRONG),
    ]
