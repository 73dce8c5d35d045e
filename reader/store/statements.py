"""The SELECTs of lists, put together from constants of this module only; every value is a parameter.

A list names its index (INDEXED BY): SQLite then refuses rather than quietly scanning the library. A search that finds
few articles starts from these; one that finds very many goes through the list and looks which of them match, for then
the first page is there long before the last match is counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from reader.store.prepared import Prepared

ROW = (
    "SELECT a.id, a.source_id, source.title, section.name, a.title, a.author, a.url, a.published, a.sort_date, a.read,"
    " a.saved_at IS NOT NULL, a.quote_count, a.voice, a.origin, a.summary, a.updated, a.language, a.tags,"
    " source.url, a.dated_by"
)
ROW_JOINS = " JOIN source ON source.id = a.source_id JOIN section ON section.id = a.section_id"
ROWS_BY_ID = (
    f"{ROW} FROM json_each(?) AS wanted CROSS JOIN article AS a ON a.id = wanted.value{ROW_JOINS} WHERE a.live > 0"
)
QUOTE_COLUMNS = (
    "q.start, q.stop, q.kind, q.cue, s.name, q.mention, q.role, o.name, q.type, q.voice, q.utterance, q.confidence,"
    " q.reason, q.hidden, q.found, q.kept"
)
QUOTE_JOINS = " LEFT JOIN name AS s ON s.id = q.speaker_id LEFT JOIN name AS o ON o.id = q.organization_id"

_ORDER = " ORDER BY a.sort_date DESC, a.id DESC"


@dataclass(frozen=True, slots=True)
class QuoteConditions:
    """Which conditions a search for quotes has besides its view."""

    article: bool = False
    speaker: bool = False
    org: bool = False
    voice: bool = False
    kind: bool = False
    hidden: bool = False


def window(view: Prepared, *, after: bool) -> str:
    """The rows of a view; `after`: those that follow the row at (:after_date, :after_id)."""
    conditions = _conditions(view)
    if after:
        conditions = (*conditions, "(a.sort_date, a.id) < (:after_date, :after_id)")
    return _select(ROW, f"article AS a{_index(view)}{ROW_JOINS}", conditions, f"{_ORDER} LIMIT :limit")


def ids(view: Prepared) -> str:
    return _select("SELECT a.id", f"article AS a{_index(view)}", _conditions(view), _ORDER)


def count(view: Prepared) -> str:
    """How many articles a view has; at most :most are counted."""
    order = " ORDER BY NULL LIMIT :most)"
    return _select("SELECT count(*) FROM (SELECT 1", f"article AS a{_index(view)}", _conditions(view), order)


def quotes(view: Prepared, asked: QuoteConditions) -> str:
    """The quotes of a view: from the speakers' names if there is one, else article by article."""
    conditions, index, order = _conditions(view), _index(view), f"{_ORDER}, q.n"
    # CROSS JOIN: in this order, whatever the planner thinks.
    if asked.article:
        tables = "article AS a CROSS JOIN quote AS q ON q.article_id = a.id"
        conditions = ("a.live > 0", "a.id = :article_id", *conditions[1:])
    elif asked.speaker:
        tables = f"({_SPOKEN}) AS hit CROSS JOIN {_QUOTE_OF_HIT}"
    elif asked.org:
        tables = "quote AS q INDEXED BY quote_organization CROSS JOIN article AS a ON a.id = q.article_id"
    elif asked.hidden:
        tables = "quote AS q INDEXED BY quote_hidden CROSS JOIN article AS a ON a.id = q.article_id"
    else:
        tables = f"article AS a{index} CROSS JOIN quote AS q ON q.article_id = a.id"
        if index != _BY_ID:
            # Quotes of one article come by their primary key, that is in the order of the text; asking for that order
            # as well would make SQLite sort all quotes there are.
            order = _ORDER
    wanted = (
        (asked.speaker and asked.article, _SPEAKS),
        (asked.org, "q.organization_id IN (SELECT value FROM json_each(:org))"),
        (asked.voice, "q.voice = :voice"),
        (asked.kind, "q.kind = :kind"),
    )
    hidden = "q.hidden = 1" if asked.hidden else "q.hidden = 0"
    conditions = (*conditions, hidden, *(condition for there, condition in wanted if there))
    return _select(f"SELECT a.id, {QUOTE_COLUMNS}", f"{tables}{QUOTE_JOINS}", conditions, f"{order} LIMIT :limit")


_BY_ID = " NOT INDEXED"
# Quotes under these names (ids, JSON), and what the same experts say under other names.
_NAMED = "(SELECT value FROM json_each(:speaker))"
_SAME_EXPERTS = (
    "(SELECT i.id FROM identity AS i WHERE i.expert_id IN (SELECT expert_id FROM identity INDEXED BY identity_fold"
    " WHERE fold IN (SELECT fold FROM name WHERE id IN (SELECT value FROM json_each(:speaker)))))"
)
_SPOKEN = "".join(
    (
        "SELECT article_id, n FROM quote INDEXED BY quote_speaker WHERE speaker_id IN ", _NAMED,
        " UNION SELECT article_id, n FROM quote INDEXED BY quote_identity WHERE identity_id IN ", _SAME_EXPERTS,
    )
)  # fmt: skip
_SPEAKS = f"(q.speaker_id IN {_NAMED} OR q.identity_id IN {_SAME_EXPERTS})"
_QUOTE_OF_HIT = (
    "quote AS q ON q.article_id = hit.article_id AND q.n = hit.n CROSS JOIN article AS a ON a.id = q.article_id"
)


def _conditions(view: Prepared) -> tuple[str, ...]:
    """What must hold of an article. `live` comes first: every index is partial by it."""
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
    if view.newer_than:
        conditions.append("a.id > :newer_than")
    return (*conditions, *view.conditions)


def _index(view: Prepared) -> str:
    if view.by_id:
        return _BY_ID  # by the ids of the matches
    if view.samples:
        return " INDEXED BY article_samples"
    if view.saved:
        return " INDEXED BY article_saved"
    if view.source_id is not None:
        return " INDEXED BY article_source"
    if view.section is not None:
        return " INDEXED BY article_section_unread" if view.unread else " INDEXED BY article_section"
    return " INDEXED BY article_unread" if view.unread else " INDEXED BY article_all"


def _select(columns: str, tables: str, conditions: tuple[str, ...], tail: str) -> str:
    return f"{columns} FROM {tables} WHERE {' AND '.join(conditions)}{tail}"
