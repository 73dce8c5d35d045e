"""`saved`: what is kept of each saved article, and whether it is still what was kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.cli import table, times
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.style import Style
from reader.cli.table import Column
from reader.model import ArticleRow

if TYPE_CHECKING:
    from reader.service.library import Library

COLUMNS = (
    Column("ID", 10),
    Column("DATE", 10, 2),
    Column("KEPT", 10, 1),
    Column("IMAGES", 6, 4),
    Column("SOURCE", 22, 3),
    Column("TITLE"),
)


def show(context: Context, library: Library, found: Iterable[ArticleRow]) -> ExitCode:
    """The saved articles; in JSON with the fields that tell what is kept."""
    from reader.service import saving
    from reader.service.serial import evidence_object, row_object

    options = context.options
    pairs = ((row, saving.evidence(library, row.id)) for row in found)
    if options.json or options.jsonl:
        objects = (row_object(row) | {"evidence": evidence_object(kept)} for row, kept in pairs)
        count = context.out.listing("articles", objects) if options.json else context.out.lines(objects)
    else:
        count = table.show(
            context.out,
            COLUMNS,
            (
                [
                    (f"a{row.id}", Style.FAINT),
                    times.day(row.published or row.sort_date),
                    kept.state,
                    str(sum(bool(image.sha256) for image in kept.newest.images)) if kept.newest else "",
                    row.source_title,
                    row.title or "(no title)",
                ]
                for row, kept in pairs
            ),
        )
    if not count:
        context.talk.say("No articles found.")
        return ExitCode.NOTHING
    if queued := saving.queued(library):
        what = "1 page is" if queued == 1 else f"{queued:,} pages are"
        context.talk.say(f"{what} still to be fetched; the next refresh does it.")
    return ExitCode.OK


def verify(context: Context, library: Library, found: Iterable[ArticleRow]) -> ExitCode:
    """Hash everything again. Exit code 0 if all is what was kept, 1 if something is not, 3 if nothing is saved."""
    from reader.service import saving
    from reader.service.serial import verified_object

    options = context.options
    results = [result for row in found for result in saving.verify(library, [row.id])]
    wrong = [result for result in results if result.faults]
    if options.json:
        context.out.listing("verified", map(verified_object, results))
    elif options.jsonl:
        context.out.lines(map(verified_object, results))
    if not results:
        context.talk.say("No articles found.")
        return ExitCode.NOTHING
    for result in wrong:
        for fault in result.faults:
            context.talk.error(f"a{result.article_id}: {fault}")
    counted = f"{sum(r.bytes for r in results):,} pages, {sum(r.texts for r in results):,} texts and "
    counted += f"{sum(r.images for r in results):,} images of {len(results):,} saved articles hashed again"
    context.talk.say(f"{counted}: {f'{len(wrong):,} articles are not as kept' if wrong else 'all as they were kept'}.")
    return ExitCode.PARTLY if wrong else ExitCode.OK
