"""`export`: articles, quotes, feeds and the whole library into files or a pipe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.arguments import article_ids, view_of
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.errors import UsageError
from reader.model import Article, View
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.service.library import Library

_NO_FORMAT = ("opml", "library")


def export(context: Context) -> ExitCode:
    """Export what was asked for to standard output, to a file (`-o FILE`) or a folder (`-o DIR`)."""
    options = context.options
    if options.what in _NO_FORMAT and (options.ids or options.format):
        raise UsageError(f"export {options.what}: it takes neither articles nor --format.")
    with context.library() as library:
        if options.what == "opml":
            return _opml(context, library)
        if options.what == "library":
            return _library(context, library)
        found = _articles(context, library)
        if options.what == "quotes":
            found = [article for article in found if article.quotes]
        form = options.format or ("csv" if options.what == "quotes" else "md")
        if options.what == "quotes" and form not in ("csv", "json"):
            raise UsageError("export quotes: --format is csv (the default) or json; `secnews quotes` has more.")
        if not found:
            if form == "json" and options.output is None:
                context.out.listing("quotes" if options.what == "quotes" else "articles", [])
            context.talk.say("There is nothing to export.")
            return ExitCode.NOTHING
        return _written(context, library, found, form)


def _articles(context: Context, library: Library) -> list[Article]:
    from reader.service.exporting import articles

    options = context.options
    if options.what == "article":
        if not options.ids:
            raise UsageError("export article: give its number, as in `secnews list` (12 or a12).")
        return articles.chosen(library, library.today(article_ids(options.ids)))
    if options.what == "saved":
        view = View(saved=True) if not options.ids else view_of(library, options.ids, saved=True)
        return list(articles.of_view(library, view))
    if options.what == "search" and not options.ids:
        raise UsageError("export search: give the words to search for.")
    return list(articles.of_view(library, view_of(library, options.ids)))


def _written(context: Context, library: Library, found: list[Article], form: str) -> ExitCode:
    from reader.service.exporting import articles

    options, now = context.options, library.now()
    if options.output is not None and _is_folder(options.output, Path(options.output).expanduser()):
        return _into_folder(context, library, found, form)
    kept = articles.kept_of(library, found, form)
    title = {"saved": "Saved articles", "quotes": "Quotes"}.get(options.what) or "Articles"
    if options.output is None:
        if form == "epub":
            raise UsageError("export: an e-book cannot be printed; give a file with -o.")
        if form == "json":
            _json(context, found)
        else:
            context.out.text(articles.document(found, form, title=title, now=now, kept=kept).decode().rstrip("\n"))
        return ExitCode.OK
    data = _quotes_json(found) if options.what == "quotes" and form == "json" else None
    data = data or articles.document(found, form, title=title, now=now, kept=kept)
    code = _file(context, Path(options.output).expanduser(), data)
    without = sum(1 for one in kept.values() for image in (one.capture.images if one.capture else ()) if image.sha256)
    if form == "md" and without:
        context.talk.say(f"{_images(without)} left out; a folder (-o DIR/) takes them beside the notes.")
    return code


def _into_folder(context: Context, library: Library, found: list[Article], form: str) -> ExitCode:
    """One file an article; a table of quotes is one file for all."""
    from reader.service.exporting import articles

    options, now = context.options, library.now()
    folder = Path(options.output).expanduser()
    if options.what == "quotes" or form == "csv":
        target = folder / f"secnews-{options.what}{articles.ENDINGS[form]}"
        table = _quotes_json(found) if form == "json" else None
        kept = articles.kept_of(library, found, form)
        return _file(context, target, table or articles.document(found, form, title="", now=now, kept=kept))
    made = articles.into_folder(library, found, form, folder, now=now, overwrite=options.force)
    images = len(made) - len(found)
    beside = f", with {images:,} image{'' if images == 1 else 's'} beside {'it' if len(found) == 1 else 'them'}"
    files = f"{len(found):,} file{'' if len(found) == 1 else 's'}"
    context.talk.say(f"{files} written to {clean_line(options.output, 300)}{beside if images else ''}.")
    return ExitCode.OK


def _images(count: int) -> str:
    return "1 image was" if count == 1 else f"{count:,} images were"


def _json(context: Context, found: list[Article]) -> None:
    from reader.service.serial import article_object, quote_object

    if context.options.what == "quotes":
        context.out.listing("quotes", (quote_object(q, article.row.id) for article in found for q in article.quotes))
    elif context.options.what == "article" and len(found) == 1:
        context.out.document(article_object(found[0]))
    else:
        context.out.listing("articles", map(article_object, found))


def _quotes_json(found: list[Article]) -> bytes:
    import json

    from reader.service.serial import listing, quote_object

    listed = listing("quotes", (quote_object(q, article.row.id) for article in found for q in article.quotes))
    return json.dumps(listed, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _opml(context: Context, library: Library) -> ExitCode:
    from reader.service.subscriptions import export_opml

    data = export_opml(library, secrets=context.options.secrets)
    if context.options.output is None:
        context.out.text(data.decode().rstrip("\n"))
        return ExitCode.OK
    return _file(context, _target(context, "secnews.opml"), data)


def _library(context: Context, library: Library) -> ExitCode:
    from reader.service.exporting.archive import write_archive

    context.talk.progress("Exporting the library …")
    secrets = context.options.secrets
    target = _target(context, "secnews-library.zip")
    return _file(context, target, lambda file: _nothing(write_archive(library, file, secrets=secrets)))


def _nothing(_manifest: object) -> None:
    pass


def _file(context: Context, target: Path, content: bytes | Callable[..., None]) -> ExitCode:
    from reader.service.exporting.writing import write_file

    write_file(target, content, overwrite=context.options.force)
    context.talk.say(f"Written to {clean_line(str(target), 300)}.")
    return ExitCode.OK


def _target(context: Context, name: str) -> Path:
    """The file that `-o` names; in a folder (or without `-o` in this one) it is called `name`."""
    given = context.options.output
    if given is None:
        return Path(name)
    target = Path(given).expanduser()
    return target / name if _is_folder(given, target) else target


def _is_folder(given: str, target: Path) -> bool:
    return given.endswith("/") or target.is_dir()
