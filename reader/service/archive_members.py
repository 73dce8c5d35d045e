"""The members of a library's archive, read as what they are until their hashes agree: bytes of a stranger's.

Before anything is unpacked, the list of members is judged: only names that an archive has, each once, plain files,
not encrypted, and no more bytes in all than an archive of its size can hold.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from reader.errors import ExtractError
from reader.service import archive_values
from reader.service.exporting.archive import (
    ARTICLES,
    BLOBS,
    EVIDENCE,
    EXPERTS,
    FILES,
    FORMAT,
    GONE,
    MANIFEST,
    RULES,
    SEARCHES,
    SOURCES,
    VERSION,
)
from reader.store.archive import MAX_ID, NUMBERED
from reader.text.clean import clean_line

MAX_LINE = 96 * 2**20  # bytes of one record
MAX_BLOB = 32 * 2**20  # bytes of one page or image
MAX_RATIO = 400  # times the size of the archive that its content may have,
FLOOR = 256 * 2**20  # and so many bytes more: a small library can hold a long text that says one thing all over
MAX_DIRECTORY = 32 * 2**20  # bytes of the list of members: some 300,000
MAX_LISTS, MAX_VALUES = 2_000_000, 8_000_000  # brackets and commas of one record: what they become takes memory
ALWAYS = (SOURCES, ARTICLES, GONE, SEARCHES)
_BLOB = re.compile(re.escape(BLOBS) + r"([0-9a-f]{64})")
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"  # APPNOTE.TXT, 4.3.16 and 4.3.14
Record = dict[str, Any]


class Members:
    """What an archive holds. Every method raises ExtractError with one sentence if the archive is not sound."""

    def __init__(self, file: BinaryIO, size: int, name: str) -> None:
        self._name = name
        self._room = size * MAX_RATIO + FLOOR  # bytes that may still be unpacked
        self._used: set[str] = set()
        if _directory_size(file) > MAX_DIRECTORY:
            raise self.damaged("it lists more members than an archive can have")
        self._zip = zipfile.ZipFile(file)
        self._blobs = self._judged()
        self.manifest = self._manifest()

    def has(self, name: str) -> bool:
        return name in self.manifest["members"]

    def records(self, name: str, check: Callable[[Record], Record]) -> Iterator[Record]:
        """The checked records of a member; at its end its hash must be that of the manifest."""
        digest = hashlib.sha256()
        with self._zip.open(name) as member:
            while line := member.readline(MAX_LINE):
                self._spend(len(line))
                if not line.endswith(b"\n") or _too_much(line):
                    raise self.damaged(f"a record in {name} is too large or cut off")
                digest.update(line)
                try:
                    yield check(_loaded(line))
                except archive_values.WRONG:
                    raise self.damaged(f"a record in {name} is not as it should be") from None
        if digest.hexdigest() != self.manifest["members"][name]["sha256"]:
            raise self.damaged(f"the hash of {name} does not agree")

    def blob(self, digest: str) -> bytes:
        """The bytes of this SHA-256."""
        info = self._blobs.get(digest)
        if info is None:
            raise self.damaged("bytes that it names are not in it")
        if digest not in self._used:
            self._spend(info.file_size)
            self._used.add(digest)
        content = self._zip.read(info)
        if hashlib.sha256(content).hexdigest() != digest:
            raise self.damaged("the hash of a page or an image does not agree")
        return content

    def end(self) -> None:
        """Everything was read: nothing may be left."""
        if len(self._used) != len(self._blobs):
            raise self.damaged("it holds bytes that no article names")

    def damaged(self, what: str) -> ExtractError:
        return ExtractError(f"{self._name} is damaged: {what}; export it once more. Nothing was imported.")

    def _foreign(self) -> ExtractError:
        return ExtractError(
            f"{self._name} is an archive, but not one of `secnews export library`. Nothing was imported."
        )

    def _spend(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise self.damaged("it unpacks to more than an archive of its size can hold")

    def _judged(self) -> dict[str, zipfile.ZipInfo]:
        """The members that are named after their hashes, by these; raises for every member that has no place here."""
        known = {MANIFEST, SOURCES, ARTICLES, GONE, SEARCHES, FILES, EXPERTS, EVIDENCE, RULES}
        seen: set[str] = set()
        found = {}
        if MANIFEST not in self._zip.namelist():
            raise self._foreign()
        for info in self._zip.infolist():
            shown, mode = clean_line(info.orig_filename, 60), info.external_attr >> 16
            match = _BLOB.fullmatch(info.orig_filename)
            if info.orig_filename not in known and not match:
                raise self.damaged(f"it holds “{shown}”, which is no part of a library")
            if info.orig_filename in seen:
                raise self.damaged(f"it holds {shown} twice")
            plain = stat.S_IFMT(mode) in (0, stat.S_IFREG) and not info.flag_bits & 1
            if not plain or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self.damaged(f"{shown} is no plain file")
            seen.add(info.orig_filename)
            if match:
                if info.file_size > MAX_BLOB:
                    raise self.damaged(f"{shown} is larger than a page or an image can be")
                found[match[1]] = info
        if sum(info.file_size for info in self._zip.infolist()) > self._room:
            raise self.damaged("it unpacks to more than an archive of its size can hold")
        return found

    def _manifest(self) -> Record:
        try:
            with self._zip.open(MANIFEST) as member:
                manifest = _loaded(member.read(2**16))
            if manifest["format"] != FORMAT:
                raise ValueError(self._name)
            version = archive_values.whole(manifest["version"], 2**31)
        except archive_values.WRONG:
            raise self._foreign() from None
        if version > VERSION:
            raise ExtractError(
                f"{self._name} was made by a newer secnews (archive version {version}); update this one first."
                " Nothing was imported."
            )
        try:
            members, last = manifest["members"], manifest["last_ids"]
            listed = all(isinstance(members[part]["sha256"], str) for part in {*ALWAYS, *members})
            there = {info.orig_filename for info in self._zip.infolist() if not _BLOB.fullmatch(info.orig_filename)}
            manifest["last_ids"] = {part: archive_values.whole(last[part], MAX_ID) for part in NUMBERED if part in last}
            if not listed or there != {MANIFEST, *members} or manifest.get("bytes", 0) != len(self._blobs):
                raise ValueError(self._name)
        except archive_values.WRONG:
            raise self.damaged("what it holds is not what its manifest lists") from None
        return manifest


def _loaded(line: bytes) -> Record:
    value = json.loads(line, parse_constant=lambda _name: None)
    if not isinstance(value, dict):
        raise TypeError(line[:20])
    return value


def _too_much(line: bytes) -> bool:
    return line.count(b"[") + line.count(b"{") > MAX_LISTS or line.count(b",") > MAX_VALUES


def _directory_size(file: BinaryIO) -> int:
    """How many bytes the list of members claims to have; zipfile reads all of it into memory before anybody can ask."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 2**16 - 512))
    tail = file.read()
    file.seek(0)
    end, large = tail.rfind(_END), tail.rfind(_END_64)
    sizes = [int.from_bytes(tail[end + 12 : end + 16], "little")] if end >= 0 else []
    if large >= 0 and sizes == [0xFFFFFFFF]:
        sizes = [int.from_bytes(tail[large + 40 : large + 48], "little")]
    return max(sizes, default=0)
