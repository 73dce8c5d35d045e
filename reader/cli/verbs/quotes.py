"""`quotes`: who said what, in one article or across the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from reader.cli import table, times
from reader.cli.arguments import article_of, view_of
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.render import heads
from reader.cli.style import BY_VOICE, Piece, Style
from reader.cli.table import Column
from reader.errors import NotFoundError, UsageError
from reader.model import QuoteKind, QuoteRow, Voice

if TYPE_CHECKING:
    from reader.service.library import Library

COLUMNS = (
    Column("ARTICLE", 10),
    Column("DATE", 10, 4),
    Column("VOICE", 9, 2),
    Column("KIND", 8, 3),
    Column("SPEAKER", 44, 1),
    Column("QUOTE"),
)
CSV_HEAD = (
    *("article_id", "published", "source", "title", "url"),
    *("speaker", "role", "organization", "type", "voice", "kind"),
    *("start", "end", "confidence", "text", "cue", "reason", "corrected"),
)


def quotes(context: Context) -> ExitCode:
    """Quotes that meet every condition, newest article first."""
    options = context.options
    form = _form(options)
    with context.library() as library:
        found = _found(options, library)
    objects = [_object(row) for row in found] if form in ("json", "jsonl") else []
    if form == "json":
        context.out.listing("quotes", objects)
    elif form == "jsonl":
        context.out.lines(objects)
    else:
        shown: dict[str, Callable[[Context, list[QuoteRow]], object]] = {"table": _table, "csv": _csv, "md": _markdown}
        shown[form](context, found)
    if not found:
        context.talk.say("No quotes found.")
        return ExitCode.NOTHING
    return ExitCode.OK


def _form(options: Any) -> str:
    asked = "json" if options.json else "jsonl" if options.jsonl else ""
    if asked and options.format not in (None, asked):
        raise UsageError(f"quotes: --{asked} and --format {options.format} say different things; give one of them.")
    return asked or options.format or "table"


def _found(options: Any, library: Library) -> list[QuoteRow]:
    """The quotes asked for; an article that is not there is an error, words that find nothing are an empty list."""
    article = article_of(options.query)
    if article is None and len(options.query) == 1 and options.query[0].isdecimal():
        article = _existing(int(options.query[0]), library)
    conditions: dict[str, Any] = {
        "speaker": options.speaker or "",
        "org": options.org or "",
        "voice": Voice(options.voice) if options.voice else None,
        "kind": QuoteKind(options.kind) if options.kind else None,
        "hidden": options.hidden,
        "limit": options.limit,
    }
    if article is not None:
        library.article(article)  # derives what still waits; raises NotFoundError
        return library.quotes(article_id=article, **conditions)
    return library.quotes(view=view_of(library, options.query, since=options.since), **conditions)


def _existing(number: int, library: Library) -> int | None:
    """A bare number is an article if there is one, else a word such as a year."""
    try:
        return library.article(number).row.id
    except (NotFoundError, OverflowError):
        return None


def _object(row: QuoteRow) -> dict[str, Any]:
    from reader.service.serial import quote_object

    return quote_object(row.quote, row.article.id)


def _table(context: Context, found: Iterable[QuoteRow]) -> None:
    table.show(context.out, COLUMNS, (_cells(row) for row in found))


def _cells(row: QuoteRow) -> list[Piece | str]:
    voice = row.quote.speaker.voice if row.quote.speaker else None
    look = BY_VOICE[voice] if voice else Style.PLAIN
    return [
        (f"a{row.article.id}", Style.FAINT),
        times.day(row.article.published or row.article.sort_date),
        (voice.value if voice else "", look),
        row.quote.kind.value,
        (heads.speaker(row.quote), look),
        row.quote.text,
    ]


def _csv(context: Context, found: Sequence[QuoteRow]) -> None:
    import csv
    import io

    from reader.service.serial import address, is_corrected, time
    from reader.text.clean import clean_line

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(CSV_HEAD)
    for row in found:
        article, quote, who = row.article, row.quote, row.quote.speaker
        texts = [
            time(article.published) or "",
            article.source_title,
            article.title,
            address(article.url),
            who.name if who else "",
            (who.role if who else "") or "",
            (who.organization if who else "") or "",
            who.type.value if who else "",
            who.voice.value if who else "",
            quote.kind.value,
        ]
        numbers = [quote.start, quote.end, round(quote.confidence, 4)]
        safe = [inert(clean_line(text)) for text in texts]
        rest = [inert(clean_line(text)) for text in (quote.text, quote.cue or "", quote.reason)]
        writer.writerow([article.id, *safe, *numbers, *rest, "true" if is_corrected(quote) else "false"])
    context.out.text(buffer.getvalue().rstrip("\n"))


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins like it gets an apostrophe in front."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _markdown(context: Context, found: Iterable[QuoteRow]) -> None:
    from reader.cli.render.markdown import literal
    from reader.service.serial import address

    for row in found:
        said = "\n".join(f"> {literal(line)}" for line in row.quote.text.split("\n"))
        when = times.day(row.article.published or row.article.sort_date)
        where = ", ".join(part for part in (row.article.source_title, when) if part)
        context.out.text(
            f"{said}\n>\n> — {literal(heads.speaker(row.quote))} ({literal(heads.grounds(row.quote))}); "
            f"{literal(row.article.title)}, {literal(where)}"
            + (f", <{address(row.article.url)}>" if row.article.url else "")
            + "\n"
        )
