"""Rules as they are kept, in the reader's order, and what each has acted on.

Whether an article is hidden follows from what is kept here: any change of the rules, and undo of it, hides and shows
again exactly what it should.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from enum import StrEnum
from sqlite3 import Connection

from reader.model import ArticleRow, View
from reader.store import statements, views
from reader.store.faults import decoding
from reader.store.statements import ROW, ROW_JOINS

MOST = 500


class Action(StrEnum):
    """What a rule does; TAG and SECTION need a name."""

    HIDE = "hide"
    READ = "read"
    TAG = "tag"
    SAVE = "save"
    SECTION = "section"
    NOTIFY = "notify"


@dataclass(frozen=True, slots=True)
class Rule:
    """`value` is the tag or the section, `source_id` None for every source; `version` changes with what is found."""

    id: int
    action: Action
    value: str
    query: str
    source_id: int | None = None
    enabled: bool = True
    version: int = 1


def all(c: Connection) -> list[Rule]:  # noqa: A001 - read as `rules.all`
    """Every rule in the reader's order."""
    rows = c.execute(
        "SELECT id, action, value, query, source_id, enabled, version FROM rule ORDER BY place, id"
    ).fetchall()
    with decoding():
        return [Rule(row[0], _action(row[1]), row[2], row[3], row[4], bool(row[5]), row[6]) for row in rows]


def _action(text: str) -> Action:
    """An action; one that this version does not know keeps its name, so that `ruling.fault` can tell it."""
    if text in list(Action):
        return Action(text)
    unknown = str.__new__(Action, text)
    unknown._name_ = unknown._value_ = text
    return unknown


def put(c: Connection, rules: Sequence[Rule]) -> list[Rule]:
    """Make these the rules, in this order; one with id 0 is new. What they hide is hidden, nothing else is.

    Returns them with their ids.
    """
    c.execute("DELETE FROM rule")
    kept = []
    for place, rule in enumerate(rules):
        cursor = c.execute(
            "INSERT INTO rule (id, place, action, value, query, source_id, enabled, version)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (rule.id or None, place, *astuple(rule)[1:]),
        )
        kept.append(replace(rule, id=rule.id or cursor.lastrowid or 0))
    settle(c)
    return kept


def packed(rules: Sequence[Rule]) -> list[list[object]]:
    return [list(astuple(rule)) for rule in rules]


def unpacked(rows: Sequence[Sequence[object]]) -> list[Rule]:
    return [Rule(row[0], _action(str(row[1])), *row[2:]) for row in rows]  # type: ignore[arg-type]  # as packed wrote it


def matches(c: Connection, rule: Rule, *, among: Iterable[int] | None, now: datetime) -> list[int]:
    """The articles in lists that a rule finds, newest first; with `among`, of these only. Raises QueryError."""
    view = View(query=rule.query, source_id=rule.source_id)
    parameters: dict[str, object] = {}
    prepared = views.prepare(c, view, parameters, now=now)
    if prepared is None:
        return []
    if among is not None:
        parameters["among"] = json.dumps(list(among))
        wanted = "a.id IN (SELECT value FROM json_each(:among))"
        prepared = prepared._replace(conditions=(wanted, *prepared.conditions), by_id=True)
    return [row[0] for row in c.execute(statements.ids(prepared), parameters)]


def waiting(c: Connection, *, limit: int) -> list[int]:
    """Articles that no rule has looked at yet."""
    return [row[0] for row in c.execute("SELECT article_id FROM unruled ORDER BY article_id LIMIT ?", (limit,))]


def looked_at(c: Connection, ids: Iterable[int]) -> None:
    c.executemany("DELETE FROM unruled WHERE article_id = ?", ((article_id,) for article_id in ids))


def note(c: Connection, rule: Rule, ids: Iterable[int]) -> list[int]:
    """Remember that a rule acts on articles; returns those on which it had not."""
    return [
        article_id
        for article_id in ids
        if c.execute(
            "INSERT OR IGNORE INTO ruled (rule_id, version, article_id) VALUES (?, ?, ?)",
            (rule.id, rule.version, article_id),
        ).rowcount
    ]


def forget(c: Connection, rule_id: int, version: int, ids: Iterable[int] | None = None) -> None:
    """The reverse of `note`, for all articles if `ids` is None; what it hid is to be settled."""
    if ids is None:
        c.execute("DELETE FROM ruled WHERE rule_id = ? AND version = ?", (rule_id, version))
    else:
        c.executemany(
            "DELETE FROM ruled WHERE rule_id = ? AND version = ? AND article_id = ?",
            ((rule_id, version, article_id) for article_id in ids),
        )


def acted_on(c: Connection, rule: Rule) -> list[int]:
    """What a rule has acted on in its present version."""
    sql = "SELECT article_id FROM ruled WHERE rule_id = ? AND version = ?"
    return [row[0] for row in c.execute(sql, (rule.id, rule.version))]


_HIDDEN = (
    "SELECT ruled.article_id FROM rule CROSS JOIN ruled ON ruled.rule_id = rule.id AND ruled.version = rule.version"
    " WHERE rule.action = 'hide' AND rule.enabled = 1"
)
_SETTLE = (
    "".join(
        (
            "UPDATE article SET live = 1 WHERE live = 0 AND id > 0 AND id IN (SELECT article_id FROM ruled"
            " UNION ALL SELECT value FROM json_each(:freed)) AND id NOT"
            " IN (", _HIDDEN, ") AND NOT EXISTS (SELECT 1 FROM from_file AS f WHERE f.article_id = article.id AND"
            " f.hidden = 1)",
        )
    ),
    "UPDATE article SET live = -1 WHERE live = 1 AND saved_at IS NULL AND id IN (SELECT article_id FROM ruled"
    " UNION ALL SELECT value FROM json_each(:freed)) AND source_id IN (SELECT id FROM source WHERE removed = 1)",
    "".join(
        ("UPDATE article SET live = 0 WHERE live IN (1, -1) AND saved_at IS NULL AND id > 0 AND id IN (", _HIDDEN, ")")
    ),
)  # fmt: skip


def settle(c: Connection, *, freed: Iterable[int] = ()) -> None:
    """Hide what rules hide, and show again what none does any more; `freed` are articles that were just forgotten."""
    parameters = {"freed": json.dumps(list(freed))}
    for sql in _SETTLE:
        c.execute(sql, parameters)


_SHOW_HIDDEN = "".join(
    (
        ROW, " FROM (SELECT DISTINCT article_id FROM (", _HIDDEN, ")) AS hidden CROSS JOIN article AS a ON"
        " a.id = hidden.article_id", ROW_JOINS, " WHERE a.live = 0 AND source.removed = 0"
        " ORDER BY a.sort_date DESC, a.id DESC LIMIT ?",
    )
)  # fmt: skip


def hidden(c: Connection, *, limit: int | None = None) -> list[ArticleRow]:
    """What rules hide, newest first."""
    return views.rows_of(c.execute(_SHOW_HIDDEN, (-1 if limit is None else limit,)).fetchall())
