"""One visit to one local source: a file, or a folder with what is new and changed in it.

What was not touched since the last time (same time of change and size) is not opened. Files that are gone keep their
articles: a source that stops giving something takes nothing away from its reader.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from reader.errors import SourceError
from reader.model import Outcome, Source, SourceKind, SourceResult
from reader.service import jobs
from reader.service.children import Children, Stopped
from reader.service.decide import short_digest
from reader.service.drafts import file_articles
from reader.service.intake import Given, Intake, Received, Tally
from reader.service.library import Library
from reader.service.visits import in_words, no_article
from reader.sources import files
from reader.sources.files import FileFound
from reader.store import articles, settings

FILE_KEY = "file"  # a file source has one article, or a feed's
BATCH = 32  # files a transaction
MAX_NAMED = 3  # files left out that the summary names

State = dict[str, list[str]]
"""By relative path, for the files of a folder that are not one article: [stamp, why it was left out or ""]."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """A file of a folder, what it gave, or why it was left out."""

    name: str
    stamp: str
    given: Given | None = None
    problem: str = ""


class LocalVisits:
    """What all visits to local sources of one refresh share; every method blocks and may run in any thread."""

    def __init__(
        self,
        library: Library,
        intake: Intake,
        children: Children,
        cancel: threading.Event,
        *,
        full: bool = False,
    ) -> None:
        self._library = library
        self._intake = intake
        self._children = children
        self._cancel = cancel
        self._full = full

    def visit(self, source: Source) -> SourceResult:
        """Look, read and commit. Raises SourceError, StorageError, Stopped."""
        if source.kind is SourceKind.FOLDER:
            return self._folder(source)
        return self._intake.success(source, self.file(source), self._library.now())

    def file(self, source: Source) -> Received:
        """What a file gives now. Raises SourceError, Stopped."""
        path = path_of(source.url)
        found = files.look(path)
        stamp = _stamp(found)
        if stamp == source.etag and not self._full:
            return Received(Outcome.UNCHANGED)
        given = self._read(found, Path(path).name, FILE_KEY, self._section(source))
        warnings = _warnings(given)
        if given.feed:
            title = given.feed.feed.title
        else:
            title = given.finished[0].draft.title if len(given.finished) == 1 else Path(path).name
        outcome = Outcome.PARTIAL if warnings else Outcome.OK
        return Received(outcome, (given,), message=warnings, etag=stamp, title=title or None)

    def _folder(self, source: Source) -> SourceResult:
        root = path_of(source.url)
        found = list(files.scan(root))
        problems = [file.problem for file in found if file.problem]
        named = {os.path.relpath(file.path, root): file for file in found if not file.problem}
        key = f"folder:{source.id}"
        with self._library.database.read() as c:
            before: State = settings.get(c, key, {})
            known = articles.known(c, source.id, [_key(name) for name in named])
        after: State = {}
        touched: dict[str, FileFound] = {}
        for name, file in named.items():
            stored, state = known.get(_key(name)), before.get(name)
            if stored is not None and stored.digest.startswith(f"{_stamp(file)}.") and not self._full:
                continue
            if state is not None and state[0] == _stamp(file) and not self._full:
                after[name] = state
            else:
                touched[name] = file
        tally = Tally()
        for batch in self._look(source, touched):
            given = tuple(looked.given for looked in batch if looked.given)
            tally += self._intake.take(source, given, self._library.now())
            several = [looked for looked in batch if looked.given is None or len(looked.given.finished) != 1]
            after.update({looked.name: [looked.stamp, looked.problem] for looked in several})
        problems += [problem for _, problem in after.values() if problem]
        outcome = Outcome.PARTIAL if problems else Outcome.OK if tally != Tally() else Outcome.UNCHANGED
        with self._library.database.write() as c:
            settings.put(c, key, after or None)
            received = Received(outcome, message=_left_out(problems))
            return self._intake.success(source, received, self._library.now(), earlier=tally)

    def _look(self, source: Source, touched: dict[str, FileFound]) -> Iterator[list[_Looked]]:
        """Read the files in as many children as there are, some at a time."""
        names, section = list(touched), self._section(source)

        def look(name: str) -> _Looked:
            file = touched[name]
            try:
                given = self._read(file, name, _key(name), file.section or section)
            except SourceError as error:
                return _Looked(name, _stamp(file), problem=str(error))
            return _Looked(name, _stamp(file), given)

        with ThreadPoolExecutor(self._children.size, "secnews-folder") as threads:
            for start in range(0, len(names), BATCH):
                if self._cancel.is_set():
                    raise Stopped
                yield list(threads.map(look, names[start : start + BATCH]))

    def _read(self, file: FileFound, name: str, key: str, section: str | None) -> Given:
        """What a file holds. Raises SourceError, Stopped."""
        body = files.read(file.path)
        try:
            read = jobs.read_any(body, name=Path(name).name, cancel=self._cancel, children=self._children)
        except SourceError as error:
            raise in_words(file.path, error) from error
        if isinstance(read, jobs.ReadFeed):
            scope = "" if key == FILE_KEY else short_digest(name)
            return Given(feed=read, scope=scope, section=section or "")
        found = file_articles(
            read,
            name=name,
            key=key,
            stamp=_stamp(file),
            mtime_ns=file.mtime_ns,
            section=section,
            now=self._library.now(),
        )
        if not found:
            raise no_article(file.path, read.format)
        return Given(finished=found)

    def _section(self, source: Source) -> str | None:
        """None if the source has no section, so that the one a file states counts; else "": its articles follow it."""
        return "" if self._intake.section(source) else None


def path_of(url: str) -> str:
    """The path of a local source; names that are not UTF-8 are kept as `file:` addresses."""
    return os.fsdecode(unquote_to_bytes(url.removeprefix("file://"))) if url.startswith("file://") else url


def url_of(path: str) -> str:
    """What `path_of` turns back into `path` and a database can hold."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return Path(path).as_uri()
    return path


def _key(name: str) -> str:
    return f"f{short_digest(name)}"


def _stamp(file: FileFound) -> str:
    return f"{file.mtime_ns:x}-{file.size:x}"


def _warnings(given: Given) -> str:
    return " ".join(given.feed.feed.warnings[:MAX_NAMED]) if given.feed else ""


def _left_out(problems: Iterable[str]) -> str:
    listed = list(problems)
    if not listed:
        return ""
    more = f"; and {len(listed) - MAX_NAMED} more" if len(listed) > MAX_NAMED else ""
    return f"Left out: {'; '.join(problem.rstrip('.') for problem in listed[:MAX_NAMED])}{more}."
