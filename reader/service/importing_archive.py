"""An archive of `export library` back into a library: what it held, under the ids it had, as one transaction.

The archive is a stranger's file until its hashes agree: members are read by their fixed names only, in lines of bounded
length, every value is checked, and whatever is wrong leaves the library as it was.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from reader.errors import ExtractError
from reader.model import BlockType, Origin, SourceKind, SpeakerType
from reader.service import consent
from reader.service.exporting.archive import (
    ARTICLES,
    EXPERTS,
    FILES,
    FORMAT,
    GONE,
    MANIFEST,
    SEARCHES,
    SOURCES,
    VERSION,
)
from reader.service.exporting.secrets import without_secrets
from reader.service.library import Library
from reader.sources import files
from reader.store import actions, archive, expert_records, local_files
from reader.text.addresses import mask, normalise
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.service.importing import ImportReport

MAX_LINE = 96 * 2**20  # bytes of one record
MAX_RATIO = 400  # times the size of the archive that its content may have
_KEY = re.compile(r"[0-9A-F]{32}")
Record = dict[str, Any]


def restore(library: Library, path: str, *, allow_private: bool = False) -> ImportReport:
    """Put an archive's sources and articles into the library; what is there already stays as it is.

    In an empty library everything gets the id it had; `allow_private` is consent to private addresses. Raises
    ExtractError if the archive is damaged, not ours, or of a newer version, SourceError, StorageError; then nothing was
    changed.
    """
    size, name = files.look(path).size, clean_line(Path(path).name, 200)
    try:
        with zipfile.ZipFile(path) as packed:
            manifest = _manifest(packed, name)
            return _Restoring(library, packed, manifest, size * MAX_RATIO + 2**20, name).run(allow_private)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ExtractError(
            f"{name} is damaged ({clean_line(str(error), 100) or 'it ends early'}); export it once more."
        ) from None


class _Restoring:
    def __init__(self, library: Library, packed: zipfile.ZipFile, manifest: Record, room: int, name: str) -> None:
        self._library = library
        self._packed = packed
        self._manifest = manifest
        self._room = room  # bytes that may still be unpacked
        self._name = name

    def run(self, allow_private: bool) -> ImportReport:
        from reader.service.importing import ImportReport

        new_sources: list[int] = []
        new, already = [], 0
        with self._library.database.write() as c:
            there = {_identity(url): (number, removed) for number, url, removed in reversed(archive.all_sources(c))}
            ids: dict[int, int] = {}
            for record in self._records(SOURCES, _source):
                known, removed = there.get(_identity(record["url"]), (0, True))
                ids[record["id"]] = known or archive.put_source(
                    c, record, consent=_consent(record) if allow_private else ""
                )
                if removed and not record["removed"]:
                    new_sources.append(ids[record["id"]])
                    archive.unhide(c, ids[record["id"]])
            article_ids: dict[int, int] = {}  # of those there, and here
            for record in self._records(ARTICLES, _article):
                source_id = self._source_of(ids, record)
                known_id = archive.known_article(c, source_id, record)
                if known_id is None:
                    known_id = archive.put_article(c, source_id, record)
                    new.append(known_id)
                elif archive.bring_back(c, known_id, record):
                    new.append(known_id)
                else:
                    already += 1
                article_ids[record["id"]] = known_id
            for record in self._records(GONE, _gone):
                archive.put_gone(c, self._source_of(ids, record), record)
            for record in self._records(SEARCHES, _search):
                archive.put_search(c, record)
            if FILES in self._manifest["members"]:  # archives of earlier versions have none
                for record in self._records(FILES, _file):
                    here = [article_ids[number] for number in record["articles"] if number in article_ids]
                    local_files.restore(c, self._source_of(ids, record), record, here)
            inverse: list[actions.Operation] = []
            if EXPERTS in self._manifest["members"]:  # archives of 0.1 have none
                for record in self._records(EXPERTS, _expert):
                    if before := expert_records.put(c, record, article_ids, over=False):
                        inverse.insert(0, actions.regather(before))
            archive.keep_ids(c, self._manifest["last_ids"])
            if new or new_sources or inverse:
                inverse += [actions.set_saved([(number, None) for number in new])]
                inverse += [actions.retire_source(number) for number in new_sources]
                actions.record(c, "import of a library", inverse, now=self._library.now())
        return ImportReport("library", "library", len(new), already, len(new_sources), ())

    def _source_of(self, ids: dict[int, int], record: Record) -> int:
        if record["source"] not in ids:
            raise self._damaged("an article belongs to no source")
        return ids[record["source"]]

    def _records(self, name: str, check: Callable[[Record], Record]) -> Iterator[Record]:
        """The checked records of a member; at its end its hash must be that of the manifest."""
        digest = hashlib.sha256()
        with self._packed.open(name) as member:
            while line := member.readline(MAX_LINE):
                self._room -= len(line)
                if self._room < 0 or not line.endswith(b"\n"):
                    raise self._damaged("it unpacks to more than an archive of its size can hold")
                digest.update(line)
                try:
                    yield check(_loaded(line))
                except (KeyError, TypeError, ValueError, RecursionError, AttributeError):
                    raise self._damaged(f"a record in {name} is not as it should be") from None
        if digest.hexdigest() != self._manifest["members"][name]["sha256"]:
            raise self._damaged(f"the hash of {name} does not agree")

    def _damaged(self, what: str) -> ExtractError:
        return ExtractError(f"{self._name} is damaged: {what}; export it once more. Nothing was imported.")


def _consent(record: Record) -> str:
    """What stands for consent to fetch the source's address if it is a private one."""
    web = record["url"] if "://" in record["url"] else ""
    return consent.of_written(web) if web else ""


def _manifest(packed: zipfile.ZipFile, name: str) -> Record:
    try:
        with packed.open(MANIFEST) as member:
            manifest = _loaded(member.read(2**16))
        if manifest["format"] != FORMAT or not all(
            isinstance(manifest["members"][part]["sha256"], str) for part in (SOURCES, ARTICLES, GONE, SEARCHES)
        ):
            raise ValueError(name)
        manifest["last_ids"] = {
            part: _whole(manifest["last_ids"][part], archive.MAX_ID) for part in ("article", "source")
        }
        version = _whole(manifest["version"], 2**31)
    except (KeyError, ValueError, TypeError, RecursionError, AttributeError):
        raise ExtractError(f"{name} is an archive, but not one of `secnews export library`.") from None
    if version > VERSION:
        raise ExtractError(f"{name} was made by a newer secnews (archive version {version}); update this one first.")
    return manifest


def _loaded(line: bytes) -> Record:
    value = json.loads(line, parse_constant=lambda _name: None)
    if not isinstance(value, dict):
        raise TypeError(line[:20])
    return value


def _identity(url: str) -> str:
    return without_secrets(normalise(url))


# --- values: each function returns the record, or raises ValueError, TypeError, KeyError ----------------------------


def _source(record: Record) -> Record:
    url = _text(record["url"], 8_192)
    _whole(record["id"], archive.MAX_ID, 1)
    SourceKind(record["kind"])
    for name in ("own_title", "feed_title", "section", "site_url", "status", "reason", "etag", "last_modified"):
        _text(record[name], 8_192)
    _text(record["body_hash"], 200)
    _text(record["moved_to"], 8_192)
    _whole(record["full_text"], 1)
    if record["interval"] is not None:
        _whole(record["interval"], 2**31)
    for name in ("polling", "headers"):
        if record[name] is not None:
            json.loads(_text(record[name], 65_536))
    _whole(record["errors"], 2**31)
    for name in ("paused", "removed"):
        _whole(record[name], 1)
    _time(record["added"])
    for name in ("last_success", "next_fetch"):
        _maybe_time(record[name])
    if record["next_fetch"] is not None and record["status"] == "new":
        record["next_fetch"] = None
    return record | {"shown": mask(url) if "://" in url else clean_line(PurePath(url).name or url, 300)}


def _article(record: Record) -> Record:
    _whole(record["id"], archive.MAX_ID, 1)
    _whole(record["source"], archive.MAX_ID, 1)
    Origin(record["origin"])
    for name in ("section", "title", "author", "url", "language", "summary"):
        _text(record[name], 2**20)
    for name in ("own_section", "read"):
        _whole(record[name], 1)
    for name in ("sort_date", "added"):
        _time(record[name])
    for name in ("saved_at", "published", "updated"):
        _maybe_time(record[name])
    _text(record["dated_by"], 100)
    for tag in [*record["tags"], *record["own_tags"], *record.get("stated_own_tags", [])]:
        _text(tag, 1_000)
    _media(record["enclosures"])
    for key, digest in record["keys"]:
        if not _KEY.fullmatch(key):
            raise ValueError(key)
        _text(digest, 1_000)
    for quote, speaker, hidden in record["corrections"]:
        json.loads(_text(quote, 2**20))
        json.loads(_text(speaker, 2**20) if speaker is not None else "null")
        _whole(hidden, 1)
    if record["text"] is not None:
        _layout(record["layout"], len(_text(record["text"], 64 * 2**20)))
    return record | {"raw": b64decode(record["raw"], validate=True)}


def _gone(record: Record) -> Record:
    _whole(record["source"], archive.MAX_ID, 1)
    _whole(record["article"], archive.MAX_ID)
    _text(record["digest"], 1_000)
    if not _KEY.fullmatch(record["key"]):
        raise ValueError(record["key"])
    return record


def _search(record: Record) -> Record:
    _text(record["name"], 1_000)
    _text(record["query"], 20_000)
    _whole(record["place"], 2**31)
    return record


def _file(record: Record) -> Record:
    _whole(record["source"], archive.MAX_ID, 1)
    _whole(record["gone"], 1)
    for name in ("key", "stamp", "hash", "problem"):
        _text(record[name], 4_096)
    if b"\0" in bytes.fromhex(_text(record["name"], 16_384)):
        raise ValueError(record["name"])
    for number in record["articles"]:
        _whole(number, archive.MAX_ID, 1)
    return record | {"problem": clean_line(record["problem"], 2_000)}


def _expert(record: Record) -> Record:
    _text(record["name"], 1_000)
    SpeakerType(record["type"])
    for identity in record["names"]:
        key, bucket, form, name = identity
        for value in (key, bucket, form, name):
            _text(value, 1_000)
        if key.startswith("article "):
            _whole(int(key.split(" ")[1]), archive.MAX_ID)
    for article_id, stem, form in record["apart"]:
        _whole(article_id, archive.MAX_ID)
        _text(stem, 1_000)
        _text(form, 1_000)
    return record


def _layout(layout: Record, length: int) -> None:
    place = 0
    for start, end, kind, level in layout["blocks"]:
        if not place <= _whole(start, length) <= _whole(end, length):
            raise ValueError(start)
        place = end
        BlockType(kind)
        _whole(level, 100)
    for start, end, url in layout["links"]:
        if not _whole(start, length) < _whole(end, length):
            raise ValueError(start)
        _text(url, 8_192)
    _media(layout["images"])


def _media(media: Any) -> None:
    for url, kind, length in media:
        _text(url, 8_192)
        _text(kind, 1_000)
        if length is not None:
            _whole(length, 2**63 - 1, -(2**63))


def _text(value: Any, limit: int) -> str:
    if not isinstance(value, str) or len(value) > limit:
        raise TypeError(type(value))
    return value


def _whole(value: Any, highest: int, lowest: int = 0) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        raise ValueError(str(type(value)))
    return value


def _time(value: Any) -> None:
    """Seconds since 1970 within the years 1 to 9999."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not -62_135_596_800 <= value <= 253_402_300_799:
        raise ValueError(str(type(value)))


def _maybe_time(value: Any) -> None:
    if value is not None:
        _time(value)
