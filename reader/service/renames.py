"""Which files of a folder are which (pure): a file is known by its name, and by its content when the name is new."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import PurePath

from reader.service.decide import short_digest
from reader.store.local_files import LocalFile


def renamed(new: Mapping[str, str], missing: Iterable[LocalFile]) -> dict[str, LocalFile]:
    """Which missing files the new ones are: `new` maps names to hashes of content, the result names to files.

    Of several with one content those with the same last part of the path go together first, then by name; every
    missing file is found again at most once. Those that went last come first in `missing`.
    """
    waiting: dict[str, list[LocalFile]] = {}
    for file in missing:
        if file.hash:
            waiting.setdefault(file.hash, []).append(file)
    found: dict[str, LocalFile] = {}
    names = [name for name in sorted(new) if waiting.get(new[name])]
    for same_name in (True, False):
        for name in names:
            if name in found:
                continue
            alike = waiting[new[name]]
            match = next((f for f in alike if not same_name or PurePath(f.name).name == PurePath(name).name), None)
            if match is not None:
                found[name] = match
                alike.remove(match)
    return found


def missing(files: Iterable[LocalFile], names: Container[str], problems: Iterable[str]) -> list[LocalFile]:
    """The files that were there and are no longer: neither among `names` nor at or below a place that could not be
    read."""
    places = [tuple(PurePath(place).parts) for place in problems]
    return [
        file
        for file in files
        if not file.gone
        and file.name not in names
        and not any(PurePath(file.name).parts[: len(place)] == place for place in places)
    ]


def new_key(name: str, taken: Container[str]) -> str:
    """The identity of a file that nobody knows yet: made of its name, unless a file that had the name has that."""
    key, number = f"f{short_digest(name)}", 1
    while key in taken:
        number += 1
        key = f"f{short_digest(name, str(number))}"
    return key
