"""`tag`: the reader's own tags, given to what is named or found, or taken away."""

from __future__ import annotations

from reader.cli import table
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.table import Column
from reader.cli.verbs.marks import change, named

COLUMNS = (Column("ARTICLES", 10), Column("TAG"))


def tag(context: Context) -> ExitCode:
    """Without arguments the tags there are; else give one, or with --remove take it away."""
    from reader.errors import UsageError
    from reader.service import tagging

    options = context.options
    with context.library() as library:
        if options.tag is None:
            found = tagging.own(library)
            rows = [{"name": name, "articles": count} for name, count in found]
            if options.json:
                context.out.listing("tags", rows)
            elif options.jsonl:
                context.out.lines({"schema": 1, **row} for row in rows)
            else:
                table.show(context.out, COLUMNS, [[f"{count:,}", name] for name, count in found])
            if not found:
                context.talk.say("No article has a tag of yours yet; `secnews tag NAME ID…` gives one.")
            return ExitCode.OK if found else ExitCode.NOTHING
        if not options.query:
            raise UsageError("tag: give the articles too, by number (12 or a12) or by a query.")
        name = tagging.checked(options.tag)
        act = tagging.untag if options.remove else tagging.tag
        done = f"{'no longer tagged' if options.remove else 'tagged'} {name}"
        return change(context, library, named(options.query, library), lambda lib, ids: act(lib, ids, name), done)
