"""The library as records for an archive, and records of an archive back into a library: same ids, nothing derived.

Left out: samples, settings, actions, what refresh keeps for itself, quotes and the search index (derived anew from the
text), and everything hidden but the keys of entries that must not return.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from sqlite3 import Connection
from typing import Any

from reader.model import Block, BlockType, Document, Link, Media
from reader.store import bodies, sources
from reader.store.faults import decoding
from reader.text.addresses import normalise
from reader.text.clean import clean_line, clean_text

MAX_ID = 2**40
Record = dict[str, Any]

_SOURCE = (
    "id", "kind", "url", "own_title", "feed_title", "section", "site_url", "status", "reason", "errors",
    "last_success", "next_fetch", "etag", "last_modified", "body_hash", "paused", "added", "removed", "interval",
    "full_text", "polling", "moved_to", "headers",
)  # fmt: skip
_ARTICLE = (
    "id", "source", "section", "own_section", "read", "saved_at", "sort_date", "added", "origin", "published",
    "updated", "title", "author", "url", "language", "tags", "summary", "enclosures", "dated_by",
)  # fmt: skip


def source_records(c: Connection) -> Iterator[Record]:
    """Every source with articles that somebody sees or that is there itself, by id."""
    rows = c.execute(
        "SELECT id, kind, url, own_title, feed_title, section, site_url, status, reason, errors, last_success,"
        " next_fetch, etag, last_modified, body_hash, paused, added, removed, interval, full_text, polling, moved_to,"
        " headers FROM source WHERE id > 0 AND (removed = 0"
        " OR EXISTS (SELECT 1 FROM article WHERE source_id = source.id AND live = 1)) ORDER BY id"
    )
    for row in rows:
        yield dict(zip(_SOURCE, row, strict=True))


def article_records(c: Connection) -> Iterator[Record]:
    """Every article that somebody sees, by id, with its text, its raw content (bytes), its keys, its corrections."""
    rows = c.execute(
        "SELECT a.id, a.source_id, section.name, a.own_section, a.read, a.saved_at, a.sort_date, a.added, a.origin,"
        " a.published, a.updated, a.title, a.author, a.url, a.language, a.tags, a.summary, a.enclosures, a.dated_by"
        " FROM article AS a JOIN section ON section.id = a.section_id WHERE a.live = 1 AND a.id > 0 ORDER BY a.id"
    )
    keys = _Keys(c)
    for row in rows:
        record: Record = dict(zip(_ARTICLE, row, strict=True))
        with decoding():
            record["tags"] = json.loads(record["tags"] or "[]")
            record["enclosures"] = json.loads(record["enclosures"] or "[]")
        document = bodies.get(c, row[0])
        record["text"] = None if document is None else document.text
        record["layout"] = None if document is None else _layout(document)
        record["raw"] = bodies.raw(c, row[0])
        record["keys"] = keys.of(row[1], row[0])
        corrections = c.execute(
            "SELECT quote, speaker, hidden FROM correction WHERE article_id = ? ORDER BY id", (row[0],)
        )
        record["corrections"] = [list(correction) for correction in corrections.fetchall()]
        own = c.execute(
            "SELECT tag.name, own = 2 FROM tagged JOIN tag ON tag.id = tagged.tag_id WHERE article_id = ? AND own > 0"
            " ORDER BY tag.name",
            (row[0],),
        ).fetchall()
        record["own_tags"] = [name for name, _stated in own]
        record["stated_own_tags"] = [name for name, stated in own if stated]
        yield record


def gone_records(c: Connection) -> Iterator[Record]:
    """Keys of entries whose articles are no longer there: nothing that was removed returns.

    What went with its file is none of these: it comes again with the file.
    """
    rows = c.execute(
        "SELECT e.source_id, hex(e.key), e.article_id, e.digest FROM entry AS e JOIN source ON source.id = e.source_id"
        " WHERE e.source_id > 0 AND source.removed = 0 AND NOT EXISTS (SELECT 1 FROM article WHERE id = e.article_id"
        " AND source_id = e.source_id AND live = 1) AND NOT EXISTS (SELECT 1 FROM from_file AS f"
        " WHERE f.article_id = e.article_id AND f.hidden = 1) ORDER BY e.source_id, e.key"
    )
    for source_id, key, article_id, digest in rows:
        yield {"source": source_id, "key": key, "article": article_id, "digest": digest}


def search_records(c: Connection) -> Iterator[Record]:
    """The queries that are kept as sections, in their order."""
    for name, query, place in c.execute("SELECT name, query, place FROM saved_search ORDER BY place, id"):
        yield {"name": name, "query": query, "place": place}


def put_search(c: Connection, record: Record) -> None:
    """Keep a query under its name unless that is taken."""
    c.execute(
        "INSERT OR IGNORE INTO saved_search (name, query, place) VALUES (?, ?, ?)",
        (clean_line(record["name"], 200), clean_line(record["query"], 10_000), record["place"]),
    )


def last_ids(c: Connection) -> dict[str, int]:
    """The highest id of an article and of a source that was ever given."""
    rows = dict(c.execute("SELECT name, seq FROM sqlite_sequence WHERE name IN ('article', 'source')").fetchall())
    return {name: max(int(rows.get(name, 0)), 0) for name in ("article", "source")}


def keep_ids(c: Connection, last: dict[str, int]) -> None:
    """Never give an id up to these again."""
    for name, seq in last.items():
        row = c.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).fetchone()
        if row is None:
            c.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, min(seq, MAX_ID)))
        elif row[0] < seq:
            c.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (min(seq, MAX_ID), name))


def put_source(c: Connection, record: Record, *, consent: str) -> int:
    """Insert a source, under its own id if that is free; returns the id."""
    own, feed = clean_line(record["own_title"], 300), clean_line(record["feed_title"], 300)
    cursor = c.execute(
        "INSERT INTO source (id, kind, url, identity, own_title, feed_title, title, section, site_url, status, reason,"
        " errors, last_success, next_fetch, etag, last_modified, body_hash, paused, added, removed, consent,"
        " interval, full_text, polling, moved_to, headers)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            None if c.execute("SELECT 1 FROM source WHERE id = ?", (record["id"],)).fetchone() else record["id"],
            record["kind"],
            record["url"],
            normalise(record["url"]),
            own,
            feed,
            own or feed or record["shown"],
            clean_line(record["section"], 200),
            *(clean_text(record[name])[:4096] for name in ("site_url", "status", "reason")),
            record["errors"],
            record["last_success"],
            record["next_fetch"],
            *(clean_text(record[name])[:4096] for name in ("etag", "last_modified", "body_hash")),
            record["paused"],
            record["added"],
            record["removed"],
            consent,
            *(record[name] for name in ("interval", "full_text", "polling", "moved_to", "headers")),
        ),
    )
    return cursor.lastrowid or 0


def unhide(c: Connection, source_id: int) -> None:
    """Put a removed source back into the lists; its articles are brought back one by one."""
    c.execute("UPDATE source SET removed = 0 WHERE id = ?", (source_id,))


def known_article(c: Connection, source_id: int, record: Record) -> int | None:
    """The id of the article that one of the keys has named for this source already; it may be gone."""
    for key, _digest in record["keys"]:
        row = c.execute(
            "SELECT article_id FROM entry WHERE source_id = ? AND key = ?", (source_id, bytes.fromhex(key))
        ).fetchone()
        if row is not None:
            return int(row[0])
    return None


def bring_back(c: Connection, article_id: int, record: Record) -> bool:
    """Show an article that went with its source again, saved if the archive says so; False if it is not hidden so."""
    return bool(
        c.execute(
            "UPDATE article SET saved_at = ?, live = 1 WHERE id = ? AND live = -1", (record["saved_at"], article_id)
        ).rowcount
    )


def put_article(c: Connection, source_id: int, record: Record) -> int:
    """Insert an article, under its own id if that is free; returns the id. Quotes are derived later."""
    cursor = c.execute(
        "INSERT INTO article (id, source_id, section_id, own_section, live, read, saved_at, sort_date, added, origin,"
        " published, updated, title, author, url, language, tags, summary, enclosures, dated_by)"
        " VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            None if c.execute("SELECT 1 FROM article WHERE id = ?", (record["id"],)).fetchone() else record["id"],
            source_id,
            sources.section_id(c, clean_line(record["section"], 200)),
            record["own_section"],
            record["read"],
            record["saved_at"],
            record["sort_date"],
            record["added"],
            record["origin"],
            record["published"],
            record["updated"],
            clean_line(record["title"], 1_000),
            clean_line(record["author"], 300),
            clean_text(record["url"])[: bodies.MAX_ADDRESS],
            clean_line(record["language"], 35),
            _json([clean_line(tag, 100) for tag in record["tags"][:100]]),
            clean_line(record["summary"], 2_000),
            _json(bodies.pack_media(Media(*item) for item in record["enclosures"])),
            clean_line(record["dated_by"], 20),
        ),
    )
    article_id = cursor.lastrowid or 0
    for key, digest in record["keys"]:
        c.execute(
            "INSERT OR IGNORE INTO entry (source_id, key, article_id, digest) VALUES (?, ?, ?, ?)",
            (source_id, bytes.fromhex(key), article_id, digest),
        )
    if record["raw"]:
        bodies.put_raw(c, article_id, record["raw"])
    if record["text"] is not None:
        bodies.put(c, article_id, _document(record["text"], record["layout"]))
    for own, names in ((1, record["own_tags"]), (2, record.get("stated_own_tags", []))):
        c.execute(
            "UPDATE tagged SET own = ? WHERE article_id = ? AND tag_id IN (SELECT id FROM tag WHERE name IN"
            " (SELECT value FROM json_each(?)))",
            (own, article_id, json.dumps(names)),
        )
    for quote, speaker, hidden in record["corrections"]:
        c.execute(
            "INSERT INTO correction (article_id, quote, speaker, hidden) VALUES (?, ?, ?, ?)",
            (article_id, quote, speaker, hidden),
        )
    return article_id


def put_gone(c: Connection, source_id: int, record: Record) -> None:
    """Remember that an entry was there; one that is known stays as it is."""
    c.execute(
        "INSERT OR IGNORE INTO entry (source_id, key, article_id, digest) VALUES (?, ?, ?, ?)",
        (source_id, bytes.fromhex(record["key"]), record["article"], record["digest"]),
    )


def all_sources(c: Connection) -> list[tuple[int, str, bool]]:
    """Id, address and whether it is removed, of every source but the samples; those in use first."""
    rows = c.execute("SELECT id, url, removed FROM source WHERE id > 0 ORDER BY removed, id").fetchall()
    return [(row[0], row[1], bool(row[2])) for row in rows]


class _Keys:
    """The keys of articles, asked for in the order of their ids: `entry` has no index by article."""

    def __init__(self, c: Connection) -> None:
        self._rows = c.execute(
            "SELECT article_id, source_id, hex(key), digest FROM entry WHERE article_id > 0 ORDER BY article_id, key"
        )
        self._next = self._rows.fetchone()

    def of(self, source_id: int, article_id: int) -> list[list[str]]:
        found = []
        while self._next is not None and self._next[0] <= article_id:
            if self._next[:2] == (article_id, source_id):
                found.append(list(self._next[2:]))
            self._next = self._rows.fetchone()
        return found


def _layout(document: Document) -> Record:
    return {
        "blocks": [[block.start, block.end, block.type.value, block.level] for block in document.blocks],
        "links": [[link.start, link.end, link.url] for link in document.links],
        "images": [[image.url, image.type, image.length] for image in document.images],
    }


def _document(text: str, layout: Record) -> Document:
    return Document(
        text=text,
        blocks=tuple(Block(start, end, BlockType(kind), level) for start, end, kind, level in layout["blocks"]),
        links=tuple(Link(start, end, url) for start, end, url in layout["links"]),
        images=tuple(Media(*item) for item in layout["images"]),
    )


def _json(values: list[Any]) -> str | None:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else None
