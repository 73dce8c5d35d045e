"""`note`: the reader's notes and highlights on articles."""

from __future__ import annotations

from reader.cli import table, times
from reader.cli.arguments import article_ids
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.style import Piece, Style
from reader.cli.table import Column
from reader.errors import UsageError
from reader.model import Note

COLUMNS = (Column("NOTE", 8), Column("ARTICLE", 10), Column("DATE", 10), Column("WORDS", 40, 1), Column("TEXT"))


def note(context: Context) -> ExitCode:
    """Add a note to an article, remove one, or list those of an article or of all."""
    from reader.service import notes

    options = context.options
    text = " ".join(options.text)
    with context.library() as library:
        if options.remove is not None:
            article = notes.remove(library, options.remove)
            context.talk.say(f"The note {options.remove} on a{article} is gone; `secnews undo` brings it back.")
            return ExitCode.OK
        if options.change is not None:
            changed = notes.change(library, options.change, " ".join(filter(None, [options.id, text])))
            context.talk.say(f"Note {changed.id} on a{changed.article_id} was changed; `secnews undo` takes it back.")
            return _print(context, [changed]) if options.json or options.jsonl else ExitCode.OK
        if options.id is None:
            if options.quote:
                raise UsageError("note: name the article whose words these are.")
            return _show(context, notes.list_all(library))
        (number,) = library.today(article_ids([options.id]))
        if text or options.quote:
            made = notes.add(library, number, text, words=options.quote or "")
            context.talk.say(f"Note {made.id} was put on a{number}; `secnews undo` takes it back.")
            return _print(context, [made]) if options.json or options.jsonl else ExitCode.OK
        library.article(number)
        return _show(context, notes.of_article(library, number))


def _show(context: Context, found: list[Note]) -> ExitCode:
    if not found:
        context.talk.say("There are no notes.")
    if context.options.json or context.options.jsonl:
        _print(context, found)
    elif found:
        table.show(context.out, COLUMNS, map(_cells, found))
    return ExitCode.OK if found else ExitCode.NOTHING


def _cells(note: Note) -> list[Piece | str]:
    number = (str(note.id), Style.FAINT)
    return [number, f"a{note.article_id}", times.day(note.changed), note.words, note.text]


def _print(context: Context, found: list[Note]) -> ExitCode:
    from reader.service.serial import note_object

    objects = map(note_object, found)
    if context.options.json:
        context.out.listing("notes", objects)
    else:
        context.out.lines(objects)
    return ExitCode.OK
