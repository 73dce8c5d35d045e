"""`show`: one article, as text, Markdown, HTML or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.arguments import article_ids
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.errors import SourceError, UsageError

if TYPE_CHECKING:
    from reader.model import Article
    from reader.service.library import Library


def changed(context: Context, library: Library, number: int) -> ExitCode:
    """What has changed in a saved article from one revision to the next."""
    from reader.service.revisions import difference

    options = context.options
    found = difference(library, number, options.diff or None)
    if options.json or options.jsonl:
        from reader.service.serial import difference_object

        context.out.document(difference_object(found))
    else:
        from reader.cli.render.difference import lines

        context.out.text("\n".join(lines(found)) + "\n")
    return ExitCode.OK


def full(context: Context, library: Library, article: Article) -> Article:
    """The article with the whole text of its page, fetched now unless it is there; says which text it is and why."""
    from reader.service import saving
    from reader.service.whole_pages import fetch_pages

    number = article.row.id
    info = saving.page_info(library, number)
    if info is None or not info.has_text:
        if context.offline:
            raise SourceError(f"The page of a{number} is not in the library, and nothing is fetched with --offline.")
        if not article.row.url:
            raise SourceError(f"The article a{number} has no web address, so there is no page to fetch.")
        for result in fetch_pages(library, [number]):
            if result.error:
                context.talk.warn(f"{result.error} The text of the feed is shown.")
        info = saving.page_info(library, number)
    if info is not None:
        context.talk.say(info.reason)
    return library.article(number)


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
        if options.diff is not None:
            return changed(context, library, number)
        article = library.article(number)
        if options.full:
            article = full(context, library, article)
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
