"""The list of a source that also gives articles of which another source is the first: both, each in its order, as one.

`statements` loads this where there are such articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.store import statements

if TYPE_CHECKING:
    from reader.store.prepared import Prepared

IDS = (
    "a.id IN (SELECT id FROM article INDEXED BY article_source WHERE live = 1 AND source_id = :source_id"
    " UNION ALL SELECT article_id FROM also WHERE source_id = :source_id)"
)


def window(view: Prepared, *, after: bool) -> str:
    """As `statements.window`."""
    both = _both(view, after=after)
    tables = f"({both} LIMIT :limit) AS listed CROSS JOIN article AS a ON a.id = listed.id{statements.ROW_JOINS}"
    return statements.select(statements.ROW, tables, ("a.live = 1",), statements.ORDER)


def ids(view: Prepared) -> str:
    return "".join(("SELECT id FROM (", _both(view), ")"))


def count(view: Prepared) -> str:
    """As `statements.count`."""
    return "".join(("SELECT count(*) FROM (", _both(view), " LIMIT :most)"))


def _both(view: Prepared, *, after: bool = False) -> str:
    """Ids and dates of what a source gives first and of what it also gives, newest first: SQLite merges the two."""
    holds = statements.conditions(view)
    first = [statements.OF_SOURCE if condition == statements.IN_SOURCE else condition for condition in holds]
    also = ["o.source_id = :source_id", *(condition for condition in holds if condition != statements.IN_SOURCE)]
    if after:
        first.append("(a.sort_date, a.id) < (:after_date, :after_id)")
        also.append("(o.sort_date, o.article_id) < (:after_date, :after_id)")
    one = statements.select(
        "SELECT a.id, a.sort_date", "article AS a INDEXED BY article_source", tuple(first), " UNION ALL "
    )
    other = statements.select(
        "SELECT o.article_id, o.sort_date", "also AS o CROSS JOIN article AS a ON a.id = o.article_id", tuple(also), ""
    )
    return f"{one}{other} ORDER BY 2 DESC, 1 DESC"
