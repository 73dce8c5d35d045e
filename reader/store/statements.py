"""The SELECTs of lists, put together from constants of this module only; every value is a parameter.

A list names its index (INDEXED BY): SQLite then refuses rather than quietly scanning the library. A search that finds
few articles starts from these; one that finds very many goes through the list and looks which of them match, for then
the first page is there long before the last match is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.store.prepared import Prepared

ROW = (
    "SELECT a.id, a.source_id, source.title, section.name, a.title, a.author, a.url, a.published, a.sort_date, a.read,"
    " a.saved_at IS NOT NULL, a.quote_count, a.voice, a.origin, a.summary, a.updated, a.language, a.tags,"
    " source.url, a.dated_by, CASE WHEN a.shared > 0 THEN (SELECT json_group_array(json_array(s.id, s.title, s.url))"
    " FROM also AS o JOIN source AS s ON s.id = o.source_id WHERE o.article_id = a.id AND s.removed = 0) END"
)
ROW_JOINS = " JOIN source ON source.id = a.source_id JOIN section ON section.id = a.section_id"
ROWS_BY_ID = (
    f"{ROW} FROM json_each(?) AS wanted CROSS JOIN article AS a ON a.id = wanted.value{ROW_JOINS} WHERE a.live > 0"
)

ORDER = " ORDER BY a.sort_date DESC, a.id DESC"
BY_ID = " NOT INDEXED"
OF_SOURCE = "a.source_id = :source_id"
IN_SOURCE = (
    "(a.source_id = :source_id OR a.shared > 0 AND EXISTS"
    " (SELECT 1 FROM also AS o WHERE o.article_id = a.id AND o.source_id = :source_id))"
)


def window(view: Prepared, *, after: bool) -> str:
    """The rows of a view; `after`: those that follow the row at (:after_date, :after_id)."""
    if of_shared(view):
        from reader.store import shared_statements

        return shared_statements.window(view, after=after)
    holds = conditions(view)
    if after:
        holds = (*holds, "(a.sort_date, a.id) < (:after_date, :after_id)")
    return select(ROW, f"article AS a{index(view)}{ROW_JOINS}", holds, f"{ORDER} LIMIT :limit")


def ids(view: Prepared) -> str:
    if of_shared(view):
        from reader.store import shared_statements

        return shared_statements.ids(view)
    return select("SELECT a.id", f"article AS a{index(view)}", conditions(view), ORDER)


def count(view: Prepared) -> str:
    """How many articles a view has; at most :most are counted."""
    if of_shared(view):
        from reader.store import shared_statements

        return shared_statements.count(view)
    order = " ORDER BY NULL LIMIT :most)"
    return select("SELECT count(*) FROM (SELECT 1", f"article AS a{index(view)}", conditions(view), order)


def of_shared(prepared: Prepared) -> bool:
    """Whether the list would be read from the index of a source that also gives what is first another's."""
    view = prepared.view
    return prepared.shares and not (prepared.by_id or view.samples or view.saved)


def conditions(prepared: Prepared) -> tuple[str, ...]:
    """What must hold of an article. `live` comes first: every index is partial by it."""
    view = prepared.view
    holds = ["a.live = 2" if view.samples else "a.live = 1"]
    if view.unread:
        holds.append("a.read = 0")
    if view.saved:
        holds.append("a.saved_at IS NOT NULL")
    if view.section is not None:
        holds.append("a.section_id = :section_id")
    if view.source_id is not None:
        holds.append(IN_SOURCE if prepared.shares else OF_SOURCE)
    if view.since is not None:
        holds.append("a.sort_date >= :since")
    if view.newer_than:
        holds.append("a.id > :newer_than")
    return (*holds, *prepared.conditions)


def index(prepared: Prepared) -> str:
    """The index that a list is read from."""
    if prepared.by_id:
        return BY_ID  # by the ids of the matches
    view = prepared.view
    if view.samples:
        return " INDEXED BY article_samples"
    if view.saved:
        return " INDEXED BY article_saved"
    if view.source_id is not None:
        return " INDEXED BY article_source"
    if view.section is not None:
        return " INDEXED BY article_section_unread" if view.unread else " INDEXED BY article_section"
    return " INDEXED BY article_unread" if view.unread else " INDEXED BY article_all"


def select(columns: str, tables: str, holds: tuple[str, ...], tail: str) -> str:
    """One SELECT of which all of `holds` must hold."""
    return f"{columns} FROM {tables} WHERE {' AND '.join(holds)}{tail}"
