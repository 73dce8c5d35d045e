"""`extract` and `parse`: what files, pages and feeds hold, without a library."""

from __future__ import annotations

import io
import sys
from typing import BinaryIO

from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode, tally
from reader.errors import SecnewsError, UsageError
from reader.model import Article, Feed, Origin


def extract(context: Context) -> ExitCode:
    """Article objects with their quotes, one input after the other."""
    from reader.service.stateless import extract_inputs

    options, inputs = context.options, context.options.inputs
    _check(context, "extract")
    done = failed = 0
    why = ""
    single: list[Article] = []
    for extracted in extract_inputs(
        inputs, library_config=context.config, stdin=_standard_input(inputs), offline=context.offline
    ):
        if extracted.error is not None:
            failed += 1
            why = str(extracted.error)
            context.talk.error(why)
            _failed(context, extracted.input, why)
            continue
        done += 1
        if options.json:
            single += extracted.articles
        else:
            _print(context, extracted.articles)
        if not extracted.articles:
            context.talk.say(f"There are no articles in {extracted.input}.")
    if options.json:
        _document(context, single, feed=bool(single) and single[0].row.origin is Origin.FEED, why=why)
    return tally(done, failed)


def parse(context: Context) -> ExitCode:
    """What feed documents say, as they say it."""
    from reader.service.serial import feed_object
    from reader.service.stateless import parse_input

    options, inputs = context.options, context.options.inputs
    _check(context, "parse")
    stdin = _standard_input(inputs)
    done = failed = 0
    why = ""
    for given in inputs:
        try:
            feed = parse_input(given, library_config=context.config, stdin=stdin, offline=context.offline)
        except SecnewsError as error:
            failed += 1
            why = str(error)
            context.talk.error(why)
            _failed(context, given, why)
            continue
        done += 1
        if options.json:
            context.out.document(feed_object(feed))
        elif options.jsonl:
            context.out.lines([feed_object(feed)])
        else:
            _feed(context, feed)
    if options.json and not done:
        context.out.document({"schema": 1, "error": why})
    return tally(done, failed)


def _failed(context: Context, given: str, why: str) -> None:
    """In a list of objects, an input that could not be read is one with the reason in place of what it holds."""
    if context.options.jsonl:
        from reader.service.serial import source_address

        shown = source_address(given)
        context.out.lines([{"schema": 1, "error": why, "source": {"id": None, "title": "", "url": shown}}])
        context.out.flush()


def _check(context: Context, verb: str) -> None:
    inputs = context.options.inputs
    if len(inputs) > 1 and context.options.json:
        raise UsageError(f"{verb}: several inputs need --jsonl, one object a line; --json is one document.")
    if inputs.count("-") > 1:
        raise UsageError(f"{verb}: standard input (-) can be read once only.")


def _standard_input(inputs: list[str]) -> BinaryIO:
    if "-" not in inputs:
        return io.BytesIO()
    if sys.stdin is None:
        raise UsageError("Standard input is closed; give a file instead of -.")
    return sys.stdin.buffer


def _print(context: Context, articles: tuple[Article, ...]) -> None:
    if context.options.jsonl:
        from reader.service.serial import article_object

        context.out.lines(map(article_object, articles))
        context.out.flush()  # whoever reads the pipe gets each article when it is there
        return
    from reader.cli.render import plain

    for article in articles:
        plain.show(context.out, article)


def _document(context: Context, articles: list[Article], *, feed: bool, why: str) -> None:
    """One article is its object; a feed, which may hold any number, is a list. `why`: what could not be read."""
    from reader.service.serial import article_object

    if len(articles) == 1 and not feed:
        context.out.document(article_object(articles[0]))
    elif why:
        context.out.document({"schema": 1, "error": why})
    else:
        context.out.listing("articles", map(article_object, articles))


def _feed(context: Context, feed: Feed) -> None:
    from reader.cli import table, times
    from reader.cli.style import Style
    from reader.cli.table import Column

    context.out.line((feed.title or "(no title)", Style.STRONG), f"  {feed.format}, {len(feed.entries)} entries")
    if feed.link:
        context.out.line(feed.link)
    rows = [(times.day(entry.published or entry.updated), entry.title, entry.link) for entry in feed.entries]
    table.show(context.out, (Column("DATE", 10), Column("TITLE", 60), Column("LINK")), rows)
    for warning in feed.warnings:
        context.talk.warn(warning)
