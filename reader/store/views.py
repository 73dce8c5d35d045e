"""Lists of articles: a view becomes one SELECT over the index made for it.

The texts of the statements are put together from constants of this module only, and every value is a parameter. The
index is named in the statement (INDEXED BY): SQLite then refuses rather than quietly scanning the library.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from sqlite3 import Connection
from typing import Any

from reader.model import ArticleRow, Media, Origin, View, Voice
from reader.store import words
from reader.store.bodies import unpack_media
from reader.store.faults import decoding
from reader.store.times import maybe_moment, moment, seconds

_ROW = (
    "SELECT a.id, a.source_id, source.title, section.name, a.title, a.author, a.url, a.published, a.sort_date, a.read,"
    " a.saved_at IS NOT NULL, a.quote_count, a.voice, a.origin, a.summary, a.updated, a.language, a.tags,"
    " source.url"
)
_ROW_JOINS = " JOIN source ON source.id = a.source_id JOIN section ON section.id = a.section_id"
_ROWS_BY_ID = (
    f"{_ROW} FROM json_each(?) AS wanted CROSS JOIN article AS a ON a.id = wanted.value{_ROW_JOINS} WHERE a.live > 0"
)
_MATCHING = (
    "a.id IN (SELECT rowid FROM search WHERE search MATCH :words"
    " UNION ALL SELECT id FROM article WHERE live > 0 AND engine = 0 AND indexed = 0"
    " AND words_stand_in(title || ' ' || author, :words_json))"
)
_SECTION = (
    "SELECT id FROM section WHERE name = ?",
    "SELECT id FROM section WHERE name = ? COLLATE NOCASE ORDER BY id LIMIT 1",
)
_ORDER = " ORDER BY a.sort_date DESC, a.id DESC"


def window(c: Connection, view: View, *, after: tuple[int, int] | None = None, limit: int = 64) -> list[ArticleRow]:
    """The first rows of a view, newest first, or those after the row with this (sort_date in seconds, id)."""
    parameters: dict[str, Any] = {"limit": limit}
    if not resolve(c, view, parameters):
        return []
    if after is not None:
        parameters["after_date"], parameters["after_id"] = after
    sql = _select(*_list(view), columns=_ROW, joins=_ROW_JOINS, after=after is not None, limit=True)
    found = c.execute(sql, parameters).fetchall()
    with decoding():
        return [_article_row(row) for row in found]


def position(row: ArticleRow) -> tuple[int, int]:
    """Where a row stands in every list, for `window(after=…)`."""
    return seconds(row.sort_date), row.id


def ids(c: Connection, view: View) -> array[int]:
    """Every id of a view, in its order."""
    parameters: dict[str, Any] = {}
    found = array("q")
    if resolve(c, view, parameters):
        cursor = c.execute(_select(*_list(view), columns="SELECT a.id"), parameters)
        while batch := cursor.fetchmany(10_000):
            with decoding():
                found.extend(row[0] for row in batch)
    return found


def rows(c: Connection, wanted: Iterable[int]) -> list[ArticleRow]:
    """The articles with these ids, in the order asked; those that are gone are left out."""
    wanted = list(wanted)
    rows = c.execute(_ROWS_BY_ID, (json.dumps(wanted),)).fetchall()
    with decoding():
        found = {row[0]: _article_row(row) for row in rows}
    return [found[article_id] for article_id in wanted if article_id in found]


def extras(c: Connection, article_id: int) -> tuple[datetime | None, tuple[Media, ...]]:
    """What a row does not show: when the article was saved, and its enclosures."""
    saved_at, enclosures = c.execute("SELECT saved_at, enclosures FROM article WHERE id = ?", (article_id,)).fetchone()
    with decoding():
        return maybe_moment(saved_at), unpack_media(json.loads(enclosures or "[]"))


def resolve(c: Connection, view: View, parameters: dict[str, Any]) -> bool:
    """Add the values of a view's conditions to `parameters`; False if nothing can meet them."""
    if view.section is not None:
        for sql in _SECTION:
            row = c.execute(sql, (view.section,)).fetchone()
            if row is not None:
                break
        else:
            return False
        parameters["section_id"] = row[0]
    if view.source_id is not None:
        parameters["source_id"] = view.source_id
    if view.since is not None:
        parameters["since"] = seconds(view.since)
    if view.words:
        parameters["words"] = words.match(view.words)
        parameters["words_json"] = json.dumps(view.words)
    return True


def quotes_query(
    view: View, *, article_id: int | None, speaker: bool, org: bool, voice: bool, kind: bool, columns: str, joins: str
) -> str:
    """The statement that finds quotes in a view: from the speakers' names if there is one, else article by article."""
    index, conditions = _shape(view)
    # CROSS JOIN: in this order, whatever the planner thinks. Quotes of one article then come by their primary key, that
    # is in the order of the text; asking for that order as well would make SQLite sort all quotes there are.
    tables, order = f"article AS a{index} CROSS JOIN quote AS q ON q.article_id = a.id", _ORDER
    if article_id is not None:
        tables = "article AS a CROSS JOIN quote AS q ON q.article_id = a.id"
        conditions = ("a.live > 0", "a.id = :article_id", *conditions[1:])
    elif speaker or org:
        by = "quote_speaker" if speaker else "quote_organization"
        tables = f"quote AS q INDEXED BY {by} CROSS JOIN article AS a ON a.id = q.article_id"
        order = f"{_ORDER}, q.n"
    wanted = (
        (speaker, "q.speaker_id IN (SELECT id FROM name WHERE instr(fold, :speaker))"),
        (org, "q.organization_id IN (SELECT id FROM name WHERE instr(fold, :org))"),
        (voice, "q.voice = :voice"),
        (kind, "q.kind = :kind"),
    )
    return _select(
        tables,
        (*conditions, *(condition for asked, condition in wanted if asked)),
        columns=f"SELECT a.id, {columns}",
        joins=joins,
        order=order,
        limit=True,
    )


def _list(view: View) -> tuple[str, tuple[str, ...]]:
    index, conditions = _shape(view)
    return f"article AS a{index}", conditions


def _shape(view: View) -> tuple[str, tuple[str, ...]]:
    """The index a view is read from and its conditions. `live` comes first: each index is partial by it."""
    conditions = ["a.live = 2" if view.samples else "a.live = 1"]
    if view.unread:
        conditions.append("a.read = 0")
    if view.saved:
        conditions.append("a.saved_at IS NOT NULL")
    if view.section is not None:
        conditions.append("a.section_id = :section_id")
    if view.source_id is not None:
        conditions.append("a.source_id = :source_id")
    if view.since is not None:
        conditions.append("a.sort_date >= :since")
    if view.words:
        conditions.append(_MATCHING)
    return _index(view), tuple(conditions)


def _index(view: View) -> str:
    if view.words:
        return ""  # from the matches
    if view.samples:
        return " INDEXED BY article_samples"
    if view.saved:
        return " INDEXED BY article_saved"
    if view.source_id is not None:
        return " INDEXED BY article_source"
    if view.section is not None:
        return " INDEXED BY article_section_unread" if view.unread else " INDEXED BY article_section"
    return " INDEXED BY article_unread" if view.unread else " INDEXED BY article_all"


@lru_cache(maxsize=256)
def _select(
    tables: str,
    conditions: tuple[str, ...],
    *,
    columns: str,
    joins: str = "",
    after: bool = False,
    order: str = _ORDER,
    limit: bool = False,
) -> str:
    if after:
        conditions = (*conditions, "(a.sort_date, a.id) < (:after_date, :after_id)")
    where = " AND ".join(conditions)
    return f"{columns} FROM {tables}{joins} WHERE {where}{order}{' LIMIT :limit' if limit else ''}"


def _article_row(row: tuple[Any, ...]) -> ArticleRow:
    return ArticleRow(
        id=row[0],
        source_id=row[1],
        source_title=row[2],
        section=row[3],
        title=row[4],
        author=row[5],
        url=row[6],
        published=maybe_moment(row[7]),
        sort_date=moment(row[8]),
        read=bool(row[9]),
        saved=bool(row[10]),
        quote_count=row[11],
        voice=Voice(row[12]) if row[12] else None,
        origin=Origin(row[13]),
        summary=row[14],
        updated=maybe_moment(row[15]),
        language=row[16],
        tags=tuple(json.loads(row[17])) if row[17] else (),
        source_url=row[18],
    )
