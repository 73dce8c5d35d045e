"""`show`: one article, as text, Markdown, HTML or JSON."""

from __future__ import annotations

from reader.cli.arguments import article_ids
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.errors import UsageError


def show(context: Context) -> ExitCode:
    """Print one article; its text and quotes are worked out at once if they still wait."""
    options = context.options
    asked = options.json or options.jsonl
    if asked and options.format not in (None, "json"):
        raise UsageError("show: --json and --format say different things; give one of them.")
    form = "json" if asked else options.format or "text"
    options.json = form == "json" and not options.jsonl  # an article that is not there is then told in JSON too
    (number,) = article_ids([options.id])
    with context.library() as library:
        article = library.article(number)
    if form == "json":
        from reader.service.serial import article_object

        context.out.document(article_object(article))
    elif form == "md":
        from reader.cli.render import markdown

        context.out.text(markdown.document(article))
    elif form == "html":
        from reader.cli.render import html

        context.out.text(html.page(article))
    else:
        from reader.cli.render import plain

        plain.show(context.out, article)
    return ExitCode.OK
