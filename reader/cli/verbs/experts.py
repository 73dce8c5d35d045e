"""`experts`: who speaks across the library, and bringing speakers together or telling them apart by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reader.cli import table, times
from reader.cli.arguments import article_ids, plain_words
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.style import BY_VOICE, Piece, Style
from reader.cli.table import Column
from reader.errors import UsageError
from reader.model import Expert
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.service.library import Library

PAGE = 200
COLUMNS = (
    Column("ID", 10, 6),
    Column("LAST SEEN", 10, 2),
    Column("FIRST SEEN", 10, 7),
    Column("VOICE", 9, 3),
    Column("QUOTES", 6),
    Column("ARTICLES", 8, 4),
    Column("OUTLETS", 7, 5),
    Column("NAME", 32),
    Column("ROLE", 40, 1),
    Column("ORGANIZATION"),
)


def experts(context: Context) -> ExitCode:
    """The experts that the words find, the most quoted first; with `--merge` or `--split` what became of them."""
    from reader.service.citing import cite_pending

    options = context.options
    with context.library() as library:
        cite_pending(library)
        if options.merge is not None or options.split is not None:
            return _show(context, iter([_change(context, library)]))
        return _show(context, _rows(library, plain_words(options.query), options.limit))


def _rows(library: Library, words: Sequence[str], limit: int | None) -> Iterator[Expert]:
    """Every expert, a page at a time."""
    from reader.service import experts as index

    after = None
    left = limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        page = index.experts(library, words, limit=size, after=after)
        yield from page
        if len(page) < size:
            return
        after = index.position(page[-1])
        left = None if left is None else left - size


def _change(context: Context, library: Library) -> Expert:
    """Merge or split as asked; returns the expert who took in the others, or the new one."""
    from reader.service import experts as index

    options = context.options
    if options.merge is not None:
        if options.split is not None or options.limit is not None:
            raise UsageError("experts: --merge stands alone, with the numbers of the experts it brings together.")
        numbers = _ids([*options.merge, *options.query])
        count = index.merge(library, numbers)
        context.talk.say(f"{count:,} taken in. `secnews undo` takes it back.")
        return index.get(library, numbers[0])
    (number,) = _ids([options.split])
    if not options.query:
        raise UsageError("experts: --split needs the articles that quote somebody else: `--split 12 a34 a56`.")
    other = index.split(library, number, article_ids(options.query))
    context.talk.say(f"Told apart as e{other.id}. `secnews undo` takes it back.")
    return other


def _ids(texts: Sequence[str]) -> list[int]:
    """`12` or `e12` each; raises UsageError."""
    found = []
    for text in texts:
        match = re.fullmatch(r"e?([0-9]{1,18})", text)
        if match is None:
            raise UsageError(
                f'"{clean_line(text, 60)}" is not an expert: give the number, as in `secnews experts` (12 or e12).'
            )
        found.append(int(match[1]))
    return found


def _show(context: Context, found: Iterator[Expert]) -> ExitCode:
    options = context.options
    if options.json or options.jsonl:
        from reader.service.serial import expert_object

        objects = (expert_object(expert) for expert in found)
        count = context.out.listing("experts", objects) if options.json else context.out.lines(objects)
    else:
        count = table.show(context.out, COLUMNS, (_cells(expert) for expert in found))
    if not count:
        context.talk.say("No experts found.")
        return ExitCode.NOTHING
    return ExitCode.OK


def _cells(expert: Expert) -> list[Piece | str]:
    look = BY_VOICE[expert.voice]
    return [
        (f"e{expert.id}", Style.FAINT),
        times.day(expert.last_seen),
        times.day(expert.first_seen),
        (expert.voice.value, look),
        str(expert.quotes),
        str(expert.articles),
        str(expert.outlets),
        (expert.name, look),
        "; ".join(expert.roles),
        "; ".join(expert.organizations),
    ]
