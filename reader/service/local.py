"""One visit to one local source: a file, or a folder with what is new and changed in it.

What was not touched since the last time (same time of change and size) is not opened. A file that was renamed or moved
is known by its content and keeps its articles. Articles of files that are gone are hidden unless they are saved, and
come back with the file; a place that cannot be read, or a folder in which nothing is left and that is another device
than before (not mounted), takes nothing away.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote_to_bytes

from reader.errors import SourceError
from reader.model import Outcome, Source, SourceKind, SourceResult
from reader.service import jobs
from reader.service.children import Children, Stopped
from reader.service.drafts import file_articles
from reader.service.intake import Given, Intake, Received, Tally
from reader.service.library import Library
from reader.service.renames import missing, new_key, renamed
from reader.service.visits import in_words, no_article
from reader.sources import files
from reader.sources.files import FileFound
from reader.store import local_files, settings, sources
from reader.store.local_files import LocalFile
from reader.text.clean import clean_line

FILE_KEY = "file"  # a file source has one article, or a feed's
BATCH = 32  # files a transaction
MAX_NAMED = 3  # files left out that the summary names


@dataclass(frozen=True, slots=True)
class _Looked:
    """A file of a folder as it is now, and what it gave."""

    file: LocalFile
    given: Given | None = None


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
        try:
            found = files.look(path)
        except SourceError:
            path = self._moved(source, path)
            found = files.look(path)
        stamp = _stamp(found)
        url = url_of(path)
        if stamp == source.etag and url == source.url and not self._full:
            return Received(Outcome.UNCHANGED)
        given, digest = self._read(found, Path(path).name, FILE_KEY, self._section(source))
        warnings = _warnings(given)
        if given.feed:
            title = given.feed.feed.title
        else:
            title = given.finished[0].draft.title if len(given.finished) == 1 else Path(path).name
        outcome = Outcome.PARTIAL if warnings else Outcome.OK
        return Received(
            outcome,
            (given,),
            message=warnings,
            etag=stamp,
            body_hash=digest,
            title=title or None,
            url=None if url == source.url else url,
        )

    def _moved(self, source: Source, path: str) -> str:
        """The path that a file has now which was renamed within its folder. Raises SourceError if there is none."""
        if source.body_hash:
            with self._library.database.read() as c:
                taken = {path_of(other.url) for other in sources.all(c)}
            for found in files.beside(path):
                if found.path not in taken and _stamp(found) == source.etag and _hash(found) == source.body_hash:
                    return found.path
        raise SourceError(files.absent(path))

    def _folder(self, source: Source) -> SourceResult:
        root = path_of(source.url)
        found = list(files.scan(root))
        problems = [file.problem for file in found if file.problem]
        named = {os.path.relpath(file.path, root): file for file in found if not file.problem}
        with self._library.database.read() as c:
            before = local_files.of_source(c, source.id)
        gone = missing(before, named, [os.path.relpath(file.path, root) for file in found if file.problem])
        if gone and not found and self._elsewhere(source, root):
            raise SourceError(f"{clean_line(root, 300)} is empty and on another device than before; is it mounted?")
        touched = self._touched(named, before, gone)
        tally = Tally()
        for batch in self._look(source, touched, named):
            tally += self._keep(source, batch)
        kept = {file.key for file in touched.values()}
        with self._library.database.write() as c:
            local_files.put_gone(c, source.id, [file.key for file in gone if file.key not in kept])
            went, came = local_files.settle(c, source.id)
            settings.put(c, f"device:{source.id}", _device(root))
            problems += [file.problem for file in local_files.of_source(c, source.id) if file.problem and not file.gone]
            tally += Tally(updated=came)
            changed = went or tally != Tally()
            outcome = Outcome.PARTIAL if problems else Outcome.OK if changed else Outcome.UNCHANGED
            received = Received(outcome, message=_left_out(problems))
            return self._intake.success(source, received, self._library.now(), earlier=tally)

    def _touched(
        self, named: dict[str, FileFound], before: list[LocalFile], gone: list[LocalFile]
    ) -> dict[str, LocalFile]:
        """The files to read, by name, each with the identity it has: its own, that of a missing one, or a new one."""
        there = {file.name: file for file in before if not file.gone}
        once = [file for file in before if file.gone]
        names = [n for n, f in named.items() if self._full or n not in there or there[n].stamp != _stamp(f)]
        lost = [*gone, *once]
        hashes = {name: digest for name in names if lost and (digest := _hash(named[name]))}
        again = renamed(hashes, lost)
        taken = {file.key for file in before}
        used = {file.key for file in again.values()}
        by_name = {file.name: file for file in once if file.key not in used}
        touched: dict[str, LocalFile] = {}
        for name in names:
            file = again.get(name) or there.get(name) or by_name.get(name) or LocalFile(new_key(name, taken), name, "")
            taken.add(file.key)
            touched[name] = replace(file, name=name, stamp=_stamp(named[name]), problem="", gone=False)
        return touched

    def _look(
        self, source: Source, touched: dict[str, LocalFile], named: dict[str, FileFound]
    ) -> Iterator[list[_Looked]]:
        """Read the files in as many children as there are, some at a time."""
        names, section = list(touched), self._section(source)

        def look(name: str) -> _Looked:
            file = touched[name]
            try:
                given, digest = self._read(named[name], name, file.key, named[name].section or section)
            except SourceError as error:
                return _Looked(replace(file, problem=str(error)))
            return _Looked(replace(file, hash=digest), given)

        with ThreadPoolExecutor(self._children.size, "secnews-folder") as threads:
            for start in range(0, len(names), BATCH):
                if self._cancel.is_set():
                    raise Stopped
                yield list(threads.map(look, names[start : start + BATCH]))

    def _keep(self, source: Source, batch: list[_Looked]) -> Tally:
        """Store what files gave together with what they are."""
        with self._library.database.write() as c:
            for looked in batch:
                local_files.put(c, source.id, looked.file)
            given = [looked.given for looked in batch if looked.given]
            return self._intake.take(source, given, self._library.now())

    def _read(self, file: FileFound, name: str, key: str, section: str | None) -> tuple[Given, str]:
        """What a file holds, and the hash of its bytes. Raises SourceError, Stopped."""
        body = files.read(file.path)
        digest = sha256(body).hexdigest()
        try:
            read = jobs.read_any(body, name=Path(name).name, cancel=self._cancel, children=self._children)
        except SourceError as error:
            raise in_words(file.path, error) from error
        owner = "" if key == FILE_KEY else key
        if isinstance(read, jobs.ReadFeed):
            return Given(feed=read, scope=owner, section=section or "", file_key=owner), digest
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
        return Given(finished=found, file_key=owner), digest

    def _elsewhere(self, source: Source, root: str) -> bool:
        """Whether the folder is on another device than the last time."""
        with self._library.database.read() as c:
            return bool(settings.get(c, f"device:{source.id}") not in (None, _device(root)))

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


def _stamp(file: FileFound) -> str:
    return f"{file.mtime_ns:x}-{file.size:x}"


def _hash(file: FileFound) -> str:
    """The hash of a file's bytes, "" if they cannot be read."""
    try:
        return sha256(files.read(file.path)).hexdigest()
    except SourceError:
        return ""


def _device(root: str) -> int:
    return Path(root).stat().st_dev


def _warnings(given: Given) -> str:
    return " ".join(given.feed.feed.warnings[:MAX_NAMED]) if given.feed else ""


def _left_out(problems: Iterable[str]) -> str:
    listed = list(problems)
    if not listed:
        return ""
    more = f"; and {len(listed) - MAX_NAMED} more" if len(listed) > MAX_NAMED else ""
    return f"Left out: {'; '.join(problem.rstrip('.') for problem in listed[:MAX_NAMED])}{more}."
