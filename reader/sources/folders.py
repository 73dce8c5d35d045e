"""What a folder of articles holds: every readable file once, nothing from outside, and what was left out and why."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.errors import SourceError
from reader.sources.unreadable import reason
from reader.text.clean import clean_line

SUFFIXES = frozenset({
    ".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".rdf", ".json", ".mhtml", ".mht",
    ".eml", ".mbox", ".pdf",
})  # fmt: skip
SECTION_DEPTH = 3  # folder names that make a section
SECTION_LENGTH = 120  # characters

# What browsers call the folder beside a saved page, in the languages they speak.
_COMPANIONS = ("_files", ".files", "-filer", "-dateien", "_fichiers", "_archivos", "_bestanden", "_arquivos", "_pliki")
_PAGES = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class FileFound:
    """One file of a folder, or a place that could not be read: then `problem` is a sentence, else "".

    `path` is as the system needs it (undecodable bytes as surrogates: clean it before showing), `section` the clean
    names of the folders above it within the scanned one, `size` in bytes, `mtime_ns` as `os.stat` gives it.
    """

    path: str
    section: str
    size: int = 0
    mtime_ns: int = 0
    problem: str = ""


def scan(folder: str | os.PathLike[str], *, suffixes: frozenset[str] = SUFFIXES) -> Iterator[FileFound]:
    """Yield the files below `folder` whose suffix (any case) is in `suffixes`, a folder's files before its sub-folders.

    Order is by name; symbolic links come last. Left out without a word: names that start with a dot, other suffixes,
    folders that a browser saved beside a page. Left out with a `problem`: what is no regular file, what is unreadable,
    what leads out of the folder. The iterator holds no open files between items, so it can be dropped at any time.
    Raises SourceError at once if `folder` itself cannot be read.
    """
    root = os.fspath(folder)
    try:
        return _Walk(Path(root).resolve(strict=True), suffixes).run(root, _listing(root))
    except (OSError, ValueError, RuntimeError) as error:
        raise SourceError(_sentence(root, error) + "; check the path") from error


class _Walk:
    """One scan: the folders still to visit, the links put off, and the files already given (device and inode)."""

    def __init__(self, real_root: Path, suffixes: frozenset[str]) -> None:
        self._real_root = real_root
        self._suffixes = suffixes
        self._seen: set[tuple[int, int]] = set()
        self._links: list[tuple[str, str]] = []

    def run(self, root: str, listing: list[os.DirEntry[str]]) -> Iterator[FileFound]:
        waiting: list[tuple[str, tuple[str, ...]]] = [(root, ())]
        first: list[os.DirEntry[str]] | None = listing
        while waiting:
            folder, names = waiting.pop()
            section = _section(names)
            try:
                entries = first if first is not None else _listing(folder)
            except OSError as error:
                yield FileFound(folder, section, problem=_sentence(folder, error))
                continue
            first = None
            below: list[tuple[str, tuple[str, ...]]] = []
            for entry in _worth_a_look(entries):
                try:
                    if entry.is_symlink():
                        self._links.append((entry.path, section))
                    elif entry.is_dir(follow_symlinks=False):
                        below.append((entry.path, (*names, entry.name)[:SECTION_DEPTH]))
                    else:
                        yield from self._file(entry.path, section, entry.stat(follow_symlinks=False))
                except OSError as error:
                    yield FileFound(entry.path, section, problem=_sentence(entry.path, error))
            waiting.extend(reversed(below))
        yield from self._put_off()

    def _file(self, path: str, section: str, status: os.stat_result) -> Iterator[FileFound]:
        if Path(path).suffix.lower() not in self._suffixes:
            return
        key = (status.st_dev, status.st_ino)
        if key in self._seen:
            return
        if not stat.S_ISREG(status.st_mode):
            yield FileFound(path, section, problem=_left_out(path, "it is not a regular file"))
            return
        self._seen.add(key)
        yield FileFound(path, section, status.st_size, status.st_mtime_ns)

    def _put_off(self) -> Iterator[FileFound]:
        """Links to folders inside lead nowhere new, and links to files inside give them only if nothing else did."""
        for path, section in self._links:
            try:
                target = Path(path).resolve(strict=True)
                if not target.is_relative_to(self._real_root):
                    yield FileFound(path, section, problem=_left_out(path, "it is a link that leads out of the folder"))
                elif not target.is_dir():
                    yield from self._file(path, section, target.stat())
            except (OSError, RuntimeError) as error:  # RuntimeError: how Python before 3.13 reports a loop of links
                yield FileFound(path, section, problem=_sentence(path, error))


def _listing(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _worth_a_look(entries: list[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
    pages = [name for entry in entries if (name := Path(entry.name)).suffix.lower() in _PAGES]
    companions = {(page.stem + ending).lower() for page in pages for ending in _COMPANIONS}
    for entry in entries:
        if not entry.name.startswith(".") and entry.name.lower() not in companions:
            yield entry


def _section(names: tuple[str, ...]) -> str:
    return clean_line(" / ".join(clean for name in names if (clean := clean_line(name))), SECTION_LENGTH)


def _sentence(path: str, error: Exception) -> str:
    return _left_out(path, reason(error))


def _left_out(path: str, cause: str) -> str:
    return f"{clean_line(path, 300)} was left out: {cause}"
