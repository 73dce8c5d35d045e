"""`catalogue`: the built-in list of security feeds; nothing of it is followed unless asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli import table
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.style import Style
from reader.cli.table import Column
from reader.errors import NotFoundError
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.service.catalogue import CatalogueEntry

COLUMNS = (Column("SECTION", 24, 3), Column("LANGUAGE", 8, 2), Column("TITLE", 40, 1), Column("FEED"))


def catalogue(context: Context) -> ExitCode:
    """Print the list, or one section of it."""
    found = entries_of(context.options.section)
    if context.options.json or context.options.jsonl:
        objects = (
            {
                "title": entry.title,
                "url": entry.url,
                "site_url": entry.site_url,
                "section": entry.section,
                "language": entry.language,
            }
            for entry in found
        )
        if context.options.json:
            context.out.listing("feeds", objects)
        else:
            context.out.lines(objects)
    else:
        rows = [(entry.section, entry.language, (entry.title, Style.STRONG), entry.url) for entry in found]
        table.show(context.out, COLUMNS, rows)
    return ExitCode.OK


def entries_of(section: str | None) -> list[CatalogueEntry]:
    """The entries of a section, named in any case; raises NotFoundError with the names that there are."""
    from reader.service.catalogue import load, sections

    if section is None:
        return list(load())
    found = [entry for entry in load() if entry.section.casefold() == section.strip().casefold()]
    if not found:
        names = ", ".join(sections())
        raise NotFoundError(f"The catalogue has no section {clean_line(section, 60)}; it has {names}.")
    return found
