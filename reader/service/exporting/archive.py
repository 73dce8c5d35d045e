"""The whole library as one file: a ZIP of JSON lines whose bytes are the same for the same library.

Dates within the ZIP are fixed and nothing says when it was made, so two archives can be compared by their hash.
`importing_archive` reads it back.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from base64 import b64encode
from collections.abc import Container, Iterable, Iterator
from typing import Any, BinaryIO

from reader.service.derive import derive_pending
from reader.service.exporting.secrets import without_secrets
from reader.service.library import Library
from reader.store import archive, archived_evidence, archived_rules, expert_records, local_files
from reader.store.database import Connection

FORMAT, VERSION = "secnews-library", 2
MANIFEST, SOURCES, ARTICLES = "manifest.json", "sources.jsonl", "articles.jsonl"
GONE, SEARCHES = "gone.jsonl", "searches.jsonl"
FILES, EXPERTS = "files.jsonl", "experts.jsonl"
EVIDENCE, RULES = "evidence.jsonl", "rules.jsonl"
BLOBS = "bytes/"  # followed by the SHA-256 of what it holds
Record = dict[str, Any]


def write_archive(library: Library, file: BinaryIO, *, secrets: bool = False) -> Record:
    """Write the library to `file` and return the manifest. Derives waiting texts first.

    Without `secrets`, addresses of sources and of kept pages lose user and password, what looks secret in a query
    becomes `***`, and headers of the reader's own are left out.
    Left out: samples, settings, what can be undone, consents to private addresses. Raises StorageError.
    """
    if not library.readonly:
        derive_pending(library)
    with library.database.read() as c, zipfile.ZipFile(file, "w") as packed:
        kept = _bytes(c, packed)
        sources = (_source(record, secrets=secrets) for record in archive.source_records(c))
        articles = (_article(record, secrets=secrets) for record in archive.article_records(c))
        members = {
            SOURCES: _member(packed, SOURCES, sources),
            ARTICLES: _member(packed, ARTICLES, articles),
            GONE: _member(packed, GONE, archive.gone_records(c)),
            SEARCHES: _member(packed, SEARCHES, archive.search_records(c)),
            FILES: _member(packed, FILES, local_files.records(c)),
            EVIDENCE: _member(packed, EVIDENCE, _evidence(c, kept, secrets=secrets)),
            RULES: _member(packed, RULES, archived_rules.records(c)),
            EXPERTS: _member(packed, EXPERTS, expert_records.records(c)),
        }
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "last_ids": archive.last_ids(c),
            "bytes": len(kept),
            "members": {name: {"records": count, "sha256": digest} for name, (count, digest) in members.items()},
        }
        with packed.open(_info(MANIFEST), "w") as member:
            member.write(line(manifest))
    return manifest


def line(record: Record) -> bytes:
    """A record as one line of JSON, always the same bytes for the same values."""
    return (
        json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
    )


def _member(packed: zipfile.ZipFile, name: str, records: Iterable[Record]) -> tuple[int, str]:
    """Write records; returns how many, and the SHA-256 of their bytes."""
    digest, count = hashlib.sha256(), 0
    with packed.open(_info(name), "w", force_zip64=True) as member:
        for record in records:
            data = line(record)
            member.write(data)
            digest.update(data)
            count += 1
    return count, digest.hexdigest()


def _bytes(c: Connection, packed: zipfile.ZipFile) -> set[str]:
    """Write pages and images, each under its hash; returns the hashes."""
    kept = set()
    for digest, content, image in archived_evidence.blob_records(c):
        info = _info(f"{BLOBS}{digest}")
        if image:  # is compressed already
            info.compress_type = zipfile.ZIP_STORED
        packed.writestr(info, content)
        kept.add(digest)
    return kept


def _evidence(c: Connection, kept: Container[str], *, secrets: bool) -> Iterator[Record]:
    for article_id in archive.article_ids(c):
        for record in archived_evidence.capture_records(c, article_id, kept):
            yield record if secrets else _masked(record, "url", "final_url")


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o600 << 16
    return info


def _source(record: Record, *, secrets: bool) -> Record:
    return record if secrets else _masked(record, "url", "site_url", "moved_to") | {"headers": None}


def _article(record: Record, *, secrets: bool) -> Record:
    record = record | {"raw": b64encode(record["raw"]).decode("ascii")}
    if record["page"] is not None and not secrets:
        record["page"] = _masked(record["page"], "url")
    return record


def _masked(record: Record, *addresses: str) -> Record:
    return record | {name: without_secrets(record[name]) for name in addresses}
