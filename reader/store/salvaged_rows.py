"""The rows of a damaged library brought into the one that is made in its place, each for itself.

That one may be empty or a backup: what the damaged file says is then the newer word. Values may be anything, so each is
tried; whatever is wrong with a row must not keep the others out.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from reader.store import compression, expert_records, rules, salvage, sources
from reader.store.restoring import UNREAD
from reader.store.salvage import Row
from reader.store.salvaged_evidence import Salvaged

MAX_ID = 2**40
_WRONG = (sqlite3.Error, ValueError, TypeError, KeyError, OverflowError, zlib.error)
_NUMBERED = ("article", "source", "note", "rule")


class Counted(Protocol):
    """What is told of it: articles that only the damaged file had, and those whose state is newer there."""

    read_articles: int
    read_states: int


class Merging:
    """Rows of `damaged` into the library of `c`."""

    def __init__(self, c: sqlite3.Connection, damaged: sqlite3.Connection) -> None:
        self._c = c
        self._damaged = damaged
        self._sections: dict[Any, str] = {}
        self._new: set[int] = set()  # articles that were not in the library before
        self._corrected: set[int] = set()
        self._states = 0

    def run(self, counted: Counted) -> None:
        """Everything in one transaction, in the order that rows need each other."""
        c, damaged = self._c, self._damaged
        evidence = Salvaged(c, self._new)
        c.execute("BEGIN IMMEDIATE")
        for row in salvage.rows(damaged, "section"):
            if isinstance(row.get("name"), str):
                self._sections[row["id"]] = row["name"]
        tables: dict[str, Callable[[Row], None]] = {
            "source": self._source,
            "article": self._article,
            "body": self._body,
            "raw": self._raw,
            "entry": self._entry,
            "tagged": self._tagged,
            "correction": self._correction,
            "setting": self._setting,
            "saved_search": self._saved_search,
            "alias": self._alias,
            "local_file": self._local_file,
            "from_file": self._from_file,
            **evidence.tables(),
        }
        for table, put in tables.items():
            self._each(table, put)
        for record in _experts(damaged):
            self._try(lambda record=record: expert_records.put(c, record, None, over=True))  # type: ignore[misc]
        for table, put in {"rule": self._rule, "ruled": self._ruled, "sqlite_sequence": self._sequence}.items():
            self._each(table, put)
        self._try(lambda: rules.settle(c))
        c.execute("COMMIT")
        counted.read_articles, counted.read_states = len(self._new), self._states

    def _each(self, table: str, put: Callable[[Row], object]) -> None:
        for row in salvage.rows(self._damaged, table):
            self._try(lambda row=row: put(row))  # type: ignore[misc]

    def _try(self, put: Callable[[], object]) -> None:
        """Do all of it or nothing."""
        self._c.execute("SAVEPOINT one")
        try:
            put()
        except _WRONG:
            self._c.execute("ROLLBACK TO one")
        self._c.execute("RELEASE one")

    # --- sources ------------------------------------------------------------------------------------------------------

    def _source(self, row: Row) -> None:
        """What the reader has set. What servers said is left out, so that everything is fetched once more."""
        if row["id"] == sources.SAMPLES:
            return
        interval = row.get("interval")
        headers, polling = row.get("headers"), row.get("polling")
        for value in (headers, polling):
            if value is not None:
                json.loads(_text(value))
        chosen = (
            *(_text(row[name]) for name in ("title", "own_title", "feed_title", "section")),
            _text(row.get("consent", "")),
            int(bool(row["removed"])),
            int(bool(row.get("paused"))),
            None if interval is None else int(interval),
            int(bool(row.get("full_text"))),
            headers,
            polling,
            _text(row.get("moved_to", "")),
        )
        source_id = _id(row["id"])
        if self._c.execute("SELECT 1 FROM source WHERE id = ?", (source_id,)).fetchone():
            self._c.execute(
                "UPDATE source SET title = ?, own_title = ?, feed_title = ?, section = ?, consent = ?, removed = ?,"
                " paused = ?, interval = ?, full_text = ?, headers = ?, polling = ?, moved_to = ? WHERE id = ?",
                (*chosen, source_id),
            )
            return
        self._c.execute(
            "INSERT INTO source (id, kind, url, identity, site_url, added, title, own_title, feed_title, section,"
            " consent, removed, paused, interval, full_text, headers, polling, moved_to)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                source_id,
                *(_text(row[name]) for name in ("kind", "url", "identity")),
                _text(row.get("site_url", "")),
                int(row["added"]),
                *chosen,
            ),
        )

    def _local_file(self, row: Row) -> None:
        self._c.execute(
            "INSERT OR REPLACE INTO local_file (source_id, key, name, stamp, hash, problem, gone)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                _id(row["source_id"]),
                _text(row["key"]),
                bytes(row["name"]),
                *(_text(row[name]) for name in ("stamp", "hash", "problem")),
                int(bool(row["gone"])),
            ),
        )

    # --- articles -----------------------------------------------------------------------------------------------------

    def _article(self, row: Row) -> None:
        c, article_id = self._c, _id(row["id"])
        saved_at = None if row["saved_at"] is None else int(row["saved_at"])
        place = (sources.section_id(c, self._sections.get(row["section_id"], "")), int(bool(row["own_section"])))
        tags = None if row["tags"] is None else _text(row["tags"])
        if tags is not None and not all(isinstance(tag, str) for tag in json.loads(tags)):
            raise ValueError(tags)
        state = (1 if saved_at is not None else int(row["live"]), int(bool(row["read"])), saved_at, *place, tags)
        there = c.execute(
            "SELECT live, read, saved_at, section_id, own_section, tags FROM article WHERE id = ?", (article_id,)
        ).fetchone()
        if there is not None:
            if there != state:
                c.execute(
                    "UPDATE article SET live = ?, read = ?, saved_at = ?, section_id = ?, own_section = ?, tags = ?"
                    " WHERE id = ?",
                    (*state, article_id),
                )
                self._states += 1
            return
        waits = row.get("engine") == 0
        c.execute(
            "INSERT INTO article (id, source_id, live, read, saved_at, section_id, own_section, tags, sort_date, added,"
            " origin, published, updated, title, author, url, language, summary, enclosures, dated_by, engine)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article_id,
                self._source_of(row),
                *state,
                int(row["sort_date"]),
                int(row["added"]),
                _text(row["origin"]),
                *(None if row[name] is None else float(row[name]) for name in ("published", "updated")),
                *(_text(row[name]) for name in ("title", "author", "url", "language", "summary")),
                None if row["enclosures"] is None else _text(row["enclosures"]),
                _text(row.get("dated_by", "")),
                0 if waits else UNREAD,
            ),
        )
        self._new.add(article_id)

    def _source_of(self, row: Row) -> int:
        """The article's source; one that is lost is there again as a removed one, so that the article has a place."""
        source_id = _id(row["source_id"])
        if source_id < 0:
            raise ValueError("a sample")
        self._c.execute(
            "INSERT OR IGNORE INTO source (id, kind, url, identity, title, added, removed)"
            " VALUES (?, 'feed', '', '', 'Recovered', ?, 1)",
            (source_id, int(row["added"])),
        )
        return source_id

    def _body(self, row: Row) -> None:
        if row["article_id"] in self._new:
            compression.plain(row["text"])
            compression.places(row["layout"])
            raw = row.get("raw")
            try:
                raw and compression.content(raw, row["text"], row["layout"])
            except (zlib.error, TypeError):
                raw = None  # the text is there all the same
            self._c.execute(
                "INSERT INTO body (article_id, stale, text, layout, raw) VALUES (?, ?, ?, ?, ?)",
                (row["article_id"], int(bool(row["stale"])), row["text"], row["layout"], raw),
            )

    def _raw(self, row: Row) -> None:
        if row["id"] in self._new:
            content = bytes(row["content"])
            if content[:1] != b"\0":
                zlib.decompress(content)
            self._c.execute("INSERT INTO raw (id, content) VALUES (?, ?)", (row["id"], content))

    def _entry(self, row: Row) -> None:
        self._c.execute(
            "INSERT OR IGNORE INTO entry (source_id, key, article_id, digest) VALUES (?, ?, ?, ?)",
            (_id(row["source_id"]), bytes(row["key"]), _id(row["article_id"]), _text(row["digest"])),
        )

    def _from_file(self, row: Row) -> None:
        self._c.execute(
            "INSERT OR REPLACE INTO from_file (article_id, source_id, key, hidden)"
            " SELECT id, ?2, ?3, ?4 FROM article WHERE id = ?1",
            (_id(row["article_id"]), _id(row["source_id"]), _text(row["key"]), int(bool(row["hidden"]))),
        )

    # --- what the reader has said -------------------------------------------------------------------------------------

    def _tagged(self, row: Row) -> None:
        own = row.get("own", 1)
        self._c.execute("INSERT OR IGNORE INTO tag (name) VALUES (?)", (_text(row["name"]),))
        self._c.execute(
            "INSERT OR REPLACE INTO tagged (tag_id, article_id, own) SELECT id, ?, ? FROM tag WHERE name = ?",
            (_id(row["article_id"]), own if own in (1, 2) else 1, row["name"]),
        )

    def _correction(self, row: Row) -> None:
        article_id = _id(row["article_id"])
        quote, speaker = _text(row["quote"]), row["speaker"]
        json.loads(quote)
        json.loads("null" if speaker is None else _text(speaker))
        if article_id not in self._new | self._corrected:  # those of the backup are older
            self._c.execute("DELETE FROM correction WHERE article_id = ?", (article_id,))
        self._c.execute(
            "INSERT INTO correction (article_id, quote, speaker, hidden) VALUES (?, ?, ?, ?)",
            (article_id, quote, speaker, int(bool(row["hidden"]))),
        )
        self._corrected.add(article_id)
        self._c.execute("UPDATE article SET engine = ? WHERE id = ? AND engine > 0", (UNREAD, article_id))

    def _setting(self, row: Row) -> None:
        json.loads(row["value"])
        self._c.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (_text(row["key"]), row["value"]))

    def _saved_search(self, row: Row) -> None:
        self._c.execute(
            "INSERT OR REPLACE INTO saved_search (id, name, query, place) VALUES (?, ?, ?, ?)",
            (_id(row["id"]), _text(row["name"]), _text(row["query"]), int(row["place"])),
        )

    def _alias(self, row: Row) -> None:
        values = (_id(row["id"]), _id(row["article_id"]))
        self._c.execute("INSERT OR REPLACE INTO alias (id, article_id) VALUES (?, ?)", values)

    def _rule(self, row: Row) -> None:
        source_id = row["source_id"]
        self._c.execute(
            "INSERT OR REPLACE INTO rule (id, place, action, value, query, source_id, enabled, version)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                _id(row["id"]),
                int(row["place"]),
                rules.Action(row["action"]).value,
                *(_text(row[name]) for name in ("value", "query")),
                None if source_id is None else _id(source_id),
                int(bool(row["enabled"])),
                int(row["version"]),
            ),
        )

    def _ruled(self, row: Row) -> None:
        self._c.execute(
            "INSERT OR IGNORE INTO ruled (rule_id, version, article_id) SELECT ?, ?, id FROM article WHERE id = ?",
            (_id(row["rule_id"]), int(row["version"]), _id(row["article_id"])),
        )

    def _sequence(self, row: Row) -> None:
        """Numbers that were given are never given again."""
        if row["name"] in _NUMBERED and _id(row["seq"]) > 0:
            changed = self._c.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (row["seq"], row["name"])
            )
            if not changed.rowcount:
                self._c.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (row["name"], row["seq"]))


def _experts(damaged: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """What the reader has said of experts, as far as it can be read."""
    pinned = [
        [row["expert_id"], row["key"], row["bucket"] or row["key"], row["form"], row["name"]]
        for row in salvage.rows(damaged, "identity")
        if row.get("pinned") == 1 and all(isinstance(row[name], str) for name in ("key", "bucket", "form", "name"))
    ]
    wanted = {row[0] for row in pinned}
    known = [[row["id"], row["name"], row["type"]] for row in salvage.rows(damaged, "expert") if row["id"] in wanted]
    apart = [[row["article_id"], row["stem"], row["form"]] for row in salvage.rows(damaged, "apart")]
    return expert_records.grouped(known, pinned, apart)


def _id(value: object) -> int:
    if isinstance(value, int) and -MAX_ID < value < MAX_ID:
        return value
    raise ValueError(value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(value)
