"""Bringing in what other programs kept: feeds of an OPML list, bookmarks, clippings, a whole library.

One file (or folder of clippings) is one action, done whole or not at all, and taken back by one `undo`. Running it
twice adds nothing: an article is the same as one in the library if their normalised addresses are.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ExtractError, SourceError, UsageError
from reader.model import SourceKind
from reader.service import catalogue, consent, jobs
from reader.service.derive import derive_pending
from reader.service.exporting.secrets import without_secrets
from reader.service.library import Library
from reader.sources import files
from reader.store import actions, imports, marks, sources
from reader.text.addresses import mask, normalise
from reader.text.clean import clean_line
from reader.text.sniff import Format, sniff

if TYPE_CHECKING:
    from reader.extract.exports import Export

SECTION = "Imported"
MAX_NAME = 200  # characters of a file's name as it is shown
TEXTS = frozenset(  # articles, whatever they begin with
    (".txt", ".text", ".md", ".markdown", ".htm", ".html", ".xhtml", ".eml", ".mbox", ".mhtml", ".mht")
)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came in: new saved articles, what was there already, new sources, and what was left out and why.

    `format` is a key ("opml", "pocket", "library", …), `name` what it is for people. Only libraries have rules and
    kept searches.
    """

    format: str
    name: str = ""
    added: int = 0
    already: int = 0
    sources_added: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    rules_added: int = 0
    searches_added: int = 0


def import_file(library: Library, path: str, *, allow_private: bool = False, derive: bool = True) -> ImportReport:
    """Import the file at `path`, whatever of the known formats it is, or a folder of clippings. Blocks.

    `allow_private`: feeds on private addresses are taken, which is consent to fetch them; without it those of an OPML
    list are refused, and those of a library come in but are not fetched. Texts and quotes are derived before it returns
    unless `derive` is False. Raises SourceError (unreadable, damaged), UsageError (nothing that can be imported),
    StorageError; then nothing was changed.
    """
    from reader.service.importing_clippings import import_clippings, import_folder

    if Path(path).is_dir():
        report = import_folder(library, path)
    elif _is_zip(path):
        from reader.service.importing_archive import restore

        report = restore(library, path, allow_private=allow_private)
    else:
        from reader.extract.exports import KNOWN, MAX_EXPORT

        body = files.read(path, cap=MAX_EXPORT)
        name, ending = shown_path(Path(path).name), Path(path).suffix.lower()
        kind = sniff(body, name=name)
        if kind is Format.OPML:
            report = _opml(library, body, allow_private=allow_private)
        elif kind in (Format.EMPTY, Format.BINARY):
            what = "is empty" if kind is Format.EMPTY else "is not text and no archive of secnews"
            raise ExtractError(f"{name} {what}, so there is nothing to import from it.")
        elif (export := _export(body, name, may_be_text=ending in TEXTS)) is not None:
            from reader.service.importing_bookmarks import bookmarks_of

            found = bookmarks_of(export, library.now())
            report = put_bookmarks(library, export.format, export.name, found, export.refused)
        elif kind in (Format.FEED, Format.JSONFEED):
            report = _feed(library, path)
        elif kind in (Format.HTML, Format.MARKDOWN) or ending in TEXTS:
            report = import_clippings(library, [(name, body)])
        else:
            raise UsageError(
                f"{name} is no export that is known; known are {KNOWN}, feeds, and articles as Markdown or HTML."
            )
    if derive and (report.added or report.sources_added):
        derive_pending(library)
    return report


def shown_path(path: str) -> str:
    """A path as it is shown, in one line; a long name is shortened in its middle, as its ending says what it is."""
    folder, name = os.path.split(path)
    line, place = clean_line(name), clean_line(folder, 100)
    line = line if len(line) <= MAX_NAME else f"{line[: MAX_NAME - 41]}…{line[-40:]}"
    return f"{place}/{line}" if place else line


def put_bookmarks(
    library: Library,
    format_: str,
    name: str,
    bookmarks: Sequence[imports.Bookmark],
    refused: Sequence[tuple[str, str]] = (),
) -> ImportReport:
    """Store bookmarks as one action. Those whose address the library knows are saved there instead of twice."""
    wanted: dict[str, imports.Bookmark] = {}
    for bookmark in bookmarks:
        wanted.setdefault(bookmark.draft.key, bookmark)
    now = library.now()
    with library.database.write() as c:
        there = imports.present(c, [form for bookmark in wanted.values() for form in _forms(bookmark.draft.url)])
        known = {
            key: next(there[form] for form in _forms(bookmark.draft.url) if form in there)
            for key, bookmark in wanted.items()
            if any(form in there for form in _forms(bookmark.draft.url))
        }
        known |= imports.imported(c, [key for key in wanted if key not in known])
        saved = marks.save(c, list(known.values()), now=now)
        for key, article_id in known.items():
            imports.enrich(c, article_id, wanted[key], now=now)
        fresh = [bookmark for key, bookmark in wanted.items() if key not in known]
        new: list[int] = []
        if fresh:
            url, title = f"import:{format_}", f"Imported from {name}"
            source_id = imports.source(c, url=url, title=title, section=SECTION, now=now)
            new = imports.put(c, source_id, fresh, section=SECTION, now=now)
        if new or saved:
            count = len(new) + len(saved)
            label = f"import of {count:,} article{'' if count == 1 else 's'} from {name}"
            actions.record(c, label, [actions.set_saved([(number, None) for number in [*new, *saved]])], now=now)
    added = len(new) + len(saved)
    return ImportReport(format_, name, added, len(bookmarks) - added, 0, tuple(refused))


def _export(body: bytes, name: str, *, may_be_text: bool) -> Export | None:
    """What an export holds; None if it is none. A text that merely begins like one is a text."""
    from reader.extract.exports import read_export

    try:
        return read_export(body, name=name)
    except ExtractError:
        if may_be_text:
            return None
        raise


def _feed(library: Library, path: str) -> ImportReport:
    """A feed on the disk is a source with the articles that it holds, as `add` makes it."""
    from reader.service.adding import add

    with library.database.read() as c:
        if sources.by_url(c, os.path.abspath(path)) is not None:  # noqa: PTH100 - a link stays what it is called
            return ImportReport("feed", "feed", already=1)
    source = add(library, os.path.abspath(path), derive=False)  # noqa: PTH100
    return ImportReport("feed", "feed", source.total, 0, 1)


def _forms(url: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((url, normalise(url)))) if url else ()


def _opml(library: Library, body: bytes, *, allow_private: bool) -> ImportReport:
    outline = jobs.read_opml(body)
    refused = list(outline.refused)
    listed_hosts = library.config.network.allow_private
    inverse: list[actions.Operation] = []
    already, now = 0, library.now()
    with library.database.write() as c:
        there = {without_secrets(normalise(source.url)) for source in sources.all(c)}
        for feed in outline.feeds:
            agreed = consent.from_list(feed.url, allow_private=allow_private, listed=listed_hosts)
            shown = clean_line(f"{feed.title} ({mask(feed.url)})" if feed.title else mask(feed.url), 400)
            if without_secrets(normalise(feed.url)) in there:
                already += 1
            elif agreed is None:
                refused.append((shown, consent.NOT_GIVEN))
            else:
                known = catalogue.by_url(feed.url)
                source_id = sources.insert(
                    c,
                    kind=SourceKind.FEED,
                    url=feed.url,
                    title=feed.title,
                    section=feed.section or (known.section if known else ""),
                    consent=agreed,
                    site_url=feed.site_url,
                    now=now,
                )
                inverse.append(actions.retire_source(source_id))
        if inverse:
            count = len(inverse)
            actions.record(c, f"import of {count:,} source{'' if count == 1 else 's'}", inverse, now=now)
    return ImportReport("opml", "OPML", 0, already, len(inverse), tuple(refused))


def _is_zip(path: str) -> bool:
    found = files.look(path)  # raises for everything but a regular file
    if found.size < 4:
        return False
    try:
        with Path(path).open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise SourceError(f"{clean_line(path, 300)} could not be read: {reason}; check its permissions.") from None
