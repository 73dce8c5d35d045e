"""The library as records for an archive; `restoring` puts them back into a library.

Left out: samples, settings, actions, quotes and the search index (derived anew from the text), and articles that are
gone but for an undo; their keys go along, so that they do not return. What rules hide and what went with its file goes
along: it may be seen again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from sqlite3 import Connection
from typing import Any

from reader.store import archived_evidence, bodies
from reader.store.archived_texts import layout_of
from reader.store.faults import decoding

MAX_ID = 2**40
Record = dict[str, Any]

# Of an article `a`: whether an archive holds it.
SEEN = (
    "(a.id > 0 AND (a.live = 1 OR (a.live = 0 AND EXISTS (SELECT 1 FROM source AS s WHERE s.id = a.source_id"
    " AND s.removed = 0) AND (EXISTS (SELECT 1 FROM from_file AS f WHERE f.article_id = a.id AND f.hidden = 1)"
    " OR EXISTS (SELECT 1 FROM ruled AS d CROSS JOIN rule AS r ON r.id = d.rule_id AND r.version = d.version"
    " WHERE d.article_id = a.id AND r.action = 'hide' AND r.enabled = 1)))))"
)

_SOURCE = (
    "id", "kind", "url", "own_title", "feed_title", "section", "site_url", "status", "reason", "errors",
    "last_success", "next_fetch", "etag", "last_modified", "body_hash", "paused", "added", "removed", "interval",
    "full_text", "polling", "moved_to", "headers",
)  # fmt: skip
_ARTICLE = (
    "id", "source", "section", "own_section", "read", "saved_at", "sort_date", "added", "origin", "published",
    "updated", "title", "author", "url", "language", "tags", "summary", "enclosures", "dated_by",
)  # fmt: skip


_SOURCES = (
    "SELECT id, kind, url, own_title, feed_title, section, site_url, status, reason, errors, last_success, next_fetch,"
    " etag, last_modified, body_hash, paused, added, removed, interval, full_text, polling, moved_to, headers"
    " FROM source WHERE id > 0 AND (removed = 0 OR EXISTS (SELECT 1 FROM rule WHERE rule.source_id = source.id)"
    " OR EXISTS (SELECT 1 FROM article WHERE source_id = source.id AND live = 1)) ORDER BY id"
)
_ARTICLES = "".join(
    (
        "SELECT a.id, a.source_id, section.name, a.own_section, a.read, a.saved_at, a.sort_date, a.added, a.origin,"
        " a.published, a.updated, a.title, a.author, a.url, a.language, a.tags, a.summary, a.enclosures, a.dated_by"
        " FROM article AS a JOIN section ON section.id = a.section_id WHERE ", SEEN, " ORDER BY a.id",
    )
)  # fmt: skip
_WITH_CAPTURES = "".join(
    (
        "SELECT a.id FROM (SELECT DISTINCT article_id FROM capture) AS k CROSS JOIN article AS a"
        " ON a.id = k.article_id WHERE ", SEEN, " ORDER BY a.id",
    )
)  # fmt: skip
_GONE = "".join(
    (
        "SELECT e.source_id, hex(e.key), e.article_id, e.digest FROM entry AS e JOIN source ON source.id = e.source_id"
        " WHERE e.source_id > 0 AND source.removed = 0 AND NOT EXISTS (SELECT 1 FROM article AS a"
        " WHERE a.id = e.article_id AND (a.source_id = e.source_id OR EXISTS (SELECT 1 FROM also AS o"
        " WHERE o.article_id = a.id AND o.source_id = e.source_id)) AND ", SEEN, ") ORDER BY e.source_id, e.key",
    )
)  # fmt: skip
# The other sources of an article that are there, each with the section it would have there.
_OTHERS = (
    "SELECT o.source_id, section.name FROM also AS o JOIN section ON section.id = o.section_id JOIN source AS s"
    " ON s.id = o.source_id WHERE o.article_id = ? AND s.removed = 0 ORDER BY o.source_id"
)


def source_records(c: Connection) -> Iterator[Record]:
    """Every source with articles that somebody sees, or of a rule, or that is there itself, by id."""
    for row in c.execute(_SOURCES):
        yield dict(zip(_SOURCE, row, strict=True))


def article_records(c: Connection) -> Iterator[Record]:
    """Every article that somebody sees or may see again, by id: text, raw content (bytes), keys, what the reader said.

    What is kept of saved ones has records of its own (`archived_evidence`).
    """
    keys = _Keys(c)
    for row in c.execute(_ARTICLES):
        record: Record = dict(zip(_ARTICLE, row, strict=True))
        with decoding():
            record["tags"] = json.loads(record["tags"] or "[]")
            record["enclosures"] = json.loads(record["enclosures"] or "[]")
        document = bodies.get(c, row[0])
        record["text"] = None if document is None else document.text
        record["layout"] = None if document is None else layout_of(document)
        record["raw"] = bodies.raw(c, row[0])
        by_source = keys.of(row[0])
        record["keys"] = by_source.get(row[1], [])
        record["also"] = [
            [*member, by_source.get(member[0], [])] for member in c.execute(_OTHERS, (row[0],)).fetchall()
        ]
        said = c.execute("SELECT quote, speaker, hidden FROM correction WHERE article_id = ? ORDER BY id", (row[0],))
        record["corrections"] = [list(correction) for correction in said.fetchall()]
        own = c.execute(
            "SELECT tag.name, own = 2 FROM tagged JOIN tag ON tag.id = tagged.tag_id WHERE article_id = ? AND own > 0"
            " ORDER BY tag.name",
            (row[0],),
        ).fetchall()
        record["own_tags"] = [name for name, _stated in own]
        record["stated_own_tags"] = [name for name, stated in own if stated]
        record["notes"] = archived_evidence.note_rows(c, row[0])
        record["page"] = archived_evidence.page_record(c, row[0])
        record["wanted"] = archived_evidence.wanted_row(c, row[0])
        yield record


def article_ids(c: Connection) -> list[int]:
    """The articles of `article_records` of which anything is kept."""
    return [row[0] for row in c.execute(_WITH_CAPTURES).fetchall()]


def gone_records(c: Connection) -> Iterator[Record]:
    """Keys of entries whose articles are no longer there: nothing that was removed returns."""
    for source_id, key, article_id, digest in c.execute(_GONE):
        yield {"source": source_id, "key": key, "article": article_id, "digest": digest}


def search_records(c: Connection) -> Iterator[Record]:
    """The queries that are kept as sections, in their order."""
    for name, query, place in c.execute("SELECT name, query, place FROM saved_search ORDER BY place, id"):
        yield {"name": name, "query": query, "place": place}


NUMBERED = ("article", "source", "note", "rule")  # what people call by its number


def last_ids(c: Connection) -> dict[str, int]:
    """The highest id of each kind that was ever given."""
    rows = dict(c.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    return {name: max(int(rows.get(name, 0)), 0) for name in NUMBERED}


class _Keys:
    """The keys of articles, asked for in the order of their ids: `entry` has no index by article."""

    def __init__(self, c: Connection) -> None:
        self._rows = c.execute(
            "SELECT article_id, source_id, hex(key), digest FROM entry WHERE article_id > 0 ORDER BY article_id, key"
        )
        self._next = self._rows.fetchone()

    def of(self, article_id: int) -> dict[int, list[list[str]]]:
        """By source."""
        found: dict[int, list[list[str]]] = {}
        while self._next is not None and self._next[0] <= article_id:
            if self._next[0] == article_id:
                found.setdefault(self._next[1], []).append(list(self._next[2:]))
            self._next = self._rows.fetchone()
        return found
