"""An archive of `export library` back into a library: what it held, under the ids it had, as one transaction.

The archive is a stranger's file until its hashes agree (`archive_members`), every value is checked (`archive_values`),
and whatever is wrong leaves the library as it was.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ExtractError
from reader.service import archive_values, consent
from reader.service.archive_members import Members, Record
from reader.service.exporting.archive import ARTICLES, EVIDENCE, EXPERTS, FILES, GONE, RULES, SEARCHES, SOURCES
from reader.service.exporting.secrets import without_secrets
from reader.service.library import Library
from reader.sources import files
from reader.store import (
    actions,
    archive,
    archived_evidence,
    archived_rules,
    captures,
    expert_records,
    local_files,
    restoring,
    rules,
    saved_searches,
    sharing,
)
from reader.store.database import Connection
from reader.text.addresses import normalise
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.service.importing import ImportReport


def restore(library: Library, path: str, *, allow_private: bool = False) -> ImportReport:
    """Put all that an archive holds into the library; what is there already stays, and gets what it lacks.

    In an empty library everything gets the id it had; `allow_private` is consent to private addresses. Raises
    ExtractError if the archive is damaged, not ours, or of a newer version, SourceError, StorageError; then nothing was
    changed.
    """
    size, name = files.look(path).size, clean_line(Path(path).name, 200)
    try:
        with Path(path).open("rb") as file:
            return _Restoring(library, Members(file, size, name)).run(allow_private)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        why = clean_line(str(error), 100).rstrip(".") or "it ends early"
        raise ExtractError(f"{name} is damaged ({why}); export it once more. Nothing was imported.") from None


class _Restoring:
    def __init__(self, library: Library, members: Members) -> None:
        self._library = library
        self._members = members
        self._sources: dict[int, int] = {}  # ids of the archive, and here
        self._articles: dict[int, int] = {}  # without those that were removed here
        self._listed: set[int] = set()  # ids of all articles in the archive
        self._new: set[int] = set()  # ids here of articles that were not in the lists
        self._inverse: list[actions.Operation] = []
        self._used: dict[str, int] = {}  # the highest ids that were given here before

    def run(self, allow_private: bool) -> ImportReport:
        from reader.service.importing import ImportReport

        with self._library.database.write() as c:
            self._used = archive.last_ids(c)
            restoring.keep_ids(c, self._members.manifest["last_ids"])  # new ids come after those of the archive
            new_sources = self._put_sources(c, allow_private=allow_private)
            new, already = self._put_articles(c)
            for record in self._members.records(GONE, archive_values.gone):
                restoring.put_gone(c, self._source_of(record), record)
            searches = self._put_searches(c)
            self._put_files(c)
            if self._members.has(EVIDENCE):
                self._put_evidence(c)
            self._members.end()
            added = self._put_rules(c) if self._members.has(RULES) else 0
            if self._members.has(EXPERTS):
                self._put_experts(c)
            if new:
                self._inverse += [actions.set_saved([(number, None) for number in new]), actions.withdraw(new)]
            self._inverse += [actions.retire_source(number) for number in new_sources]
            if self._inverse:
                actions.record(c, "import of a library", self._inverse, now=self._library.now())
        return ImportReport(
            "library", "library", len(new), already, len(new_sources), rules_added=added, searches_added=searches
        )

    def _put_sources(self, c: Connection, *, allow_private: bool) -> list[int]:
        """Returns the ids of those that are new to the list of sources."""
        there: dict[str, list[tuple[int, bool]]] = {}
        for number, url, removed in restoring.all_sources(c):
            there.setdefault(_identity(url), []).append((number, removed))
        new = []
        for record in self._ascending(SOURCES, archive_values.source):
            same = there.get(_identity(record["url"]), [])
            # without their keys, addresses of several sources can be the same: then the number decides
            known, removed = next((one for one in same if one[0] == record["id"]), (same or [(0, True)])[0])
            agreed = _consent(record) if allow_private else ""
            here = known or restoring.put_source(c, record, consent=agreed)
            self._sources[record["id"]] = here
            if removed and not record["removed"]:
                new.append(here)
                restoring.unhide(c, here)
        return new

    def _put_articles(self, c: Connection) -> tuple[list[int], int]:
        """Returns the ids of those that are new to the lists, and how many were there already."""
        new, already = [], 0
        for record in self._ascending(ARTICLES, archive_values.article):
            source_id = self._source_of(record)
            here = restoring.known_article(c, source_id, record)
            self._listed.add(record["id"])
            if here is not None and not restoring.is_there(c, here):
                already += 1  # it was removed here for good, and nothing that was removed returns
                continue
            if here is None:
                here = restoring.put_article(c, source_id, record, used=self._used["article"])
                new.append(here)
            else:
                if restoring.bring_back(c, here, record):
                    new.append(here)
                else:
                    already += 1
                self._inverse += restoring.add_to(c, here, record)
            self._articles[record["id"]] = here
            for number, section, keys in record["also"]:
                if number in self._sources:
                    restoring.put_also(c, here, self._sources[number], section, keys)
        if new:
            sharing.look_through(c)
        self._new = set(new)
        return new, already

    def _put_searches(self, c: Connection) -> int:
        before = saved_searches.all(c)
        for record in self._members.records(SEARCHES, archive_values.search):
            restoring.put_search(c, record)
        added = len(saved_searches.all(c)) - len(before)
        if added:
            self._inverse.append(actions.set_searches(before))
        return added

    def _put_files(self, c: Connection) -> None:
        if not self._members.has(FILES):
            return
        for record in self._members.records(FILES, archive_values.file):
            ids, hidden = ([self._articles[n] for n in record[part] if n in self._articles] for part in _OF_FILE)
            local_files.restore(c, self._source_of(record), record, ids, hidden)

    def _put_evidence(self, c: Connection) -> None:
        records = self._members.records(EVIDENCE, archive_values.capture)
        for article_id, kept in groupby(records, key=lambda record: int(record["article"])):
            if article_id not in self._listed:
                raise self._members.damaged("it keeps an article that is not in it")
            here = self._articles.get(article_id)
            wanted = here is not None and not captures.has_any(c, here)
            for number, record in enumerate(kept):
                if number >= 2 * captures.KEPT:
                    raise self._members.damaged("it keeps an article more often than is possible")
                if here is not None and wanted:
                    archived_evidence.put_capture(c, here, record, self._members.blob)
                    continue
                for one in (record, *record["images"]):
                    if one["content"]:
                        self._members.blob(one["sha256"])

    def _put_rules(self, c: Connection) -> int:
        records = list(self._members.records(RULES, archive_values.rule))
        for record in records:
            if record["source"] is not None and record["source"] not in self._sources:
                raise self._members.damaged("a rule is for a source that is not in it")
        for record in records:
            ids = [self._articles[number] for number in record["acted_on"] if number in self._articles]
            if record["action"] == rules.Action.HIDE:  # what somebody sees here stays
                ids = [number for number in ids if number in self._new]
            record["acted_on"] = ids
        put = archived_rules.put(c, records, self._sources, used=self._used["rule"])
        if put.new:
            self._inverse.append(actions.set_rules(put.before))
        return put.new

    def _put_experts(self, c: Connection) -> None:
        for record in self._members.records(EXPERTS, archive_values.expert):
            if before := expert_records.put(c, record, self._articles, over=False):
                self._inverse.insert(0, actions.regather(before))

    def _ascending(self, name: str, check: Callable[[Record], Record]) -> Iterator[Record]:
        """The records of a member, whose ids must rise: none stands for two."""
        last = 0
        for record in self._members.records(name, check):
            if record["id"] <= last:
                raise self._members.damaged(f"the records in {name} are not in their order")
            last = record["id"]
            yield record

    def _source_of(self, record: Record) -> int:
        if record["source"] not in self._sources:
            raise self._members.damaged("an article belongs to no source")
        return self._sources[record["source"]]


_OF_FILE = ("articles", "hidden")


def _consent(record: Record) -> str:
    """What stands for consent to fetch the source's address if it is a private one."""
    web = record["url"] if "://" in record["url"] else ""
    return consent.of_written(web) if web else ""


def _identity(url: str) -> str:
    return without_secrets(normalise(url))
