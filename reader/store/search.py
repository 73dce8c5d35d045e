"""From the tree of a query to conditions in SQL, put together from constants; every value is a parameter.

A condition that few articles meet is a set of ids, and the list is made from these. One that very many meet is looked
up article by article while the list is gone through, for then the first page is there long before the last match is
counted. What a list has an index for (unread, saved, one section, one source, since) becomes part of the view.

Conditions on quotes that stand beside each other hold of one and the same quote. Hidden quotes meet none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from sqlite3 import Connection
from typing import Any

from reader.model import View
from reader.store import moving, quote_columns, words
from reader.store.prepared import Prepared
from reader.store.times import seconds
from reader.text.addresses import shown_host
from reader.text.query import OF_QUOTES, OF_TEXT, And, Field, Node, Not, Or, Term, Time, moment, parse

BROAD = 2_000  # matches from which a search goes through the list
MOST_SETS = 100  # of a UNION; SQLite takes 500 at most
MOST_DEPTH = 8  # of an FTS5 expression; deeper ones are taken apart


def prepare(c: Connection, view: View, parameters: dict[str, Any], now: datetime | None) -> Prepared:
    """Make conditions of the words and the query of a view and add their values to `parameters`.

    `now` is what ages count from (the clock's time if None). Raises QueryError for a query that is wrong.
    """
    parts = words.of_view(view)
    wanted: list[Node] = [Or(())] if parts is None else parts
    if view.query:
        tree = parse(view.query)
        wanted.extend(tree.parts if isinstance(tree, And) else (tree,))
    compiler = _Compiler(c, parameters, now or datetime.now(UTC))
    view, wanted = compiler.absorbed(view, wanted)
    if not wanted:
        return Prepared(view)
    conditions, by_id = compiler.conjunction(wanted)
    return Prepared(view, tuple(conditions), by_id=by_id)


@dataclass(frozen=True, slots=True)
class _Condition:
    """`test` is a condition on `a`; `ids` a SELECT of the articles that meet it, None if going by it is no help."""

    test: str
    ids: str | None = None


@dataclass(slots=True)
class _Compiler:
    c: Connection
    parameters: dict[str, Any]
    now: datetime
    _count: int = field(default=0)
    _before: bool | None = field(default=None)

    def absorbed(self, view: View, parts: Sequence[Node]) -> tuple[View, list[Node]]:
        """What the indexes of lists answer goes to the view; the rest is left."""
        left: list[Node] = []
        for part in parts:
            if part == Term(Field.IS, "unread"):
                view = replace(view, unread=True)
            elif part == Term(Field.IS, "saved"):
                view = replace(view, saved=True)
            elif isinstance(part, Time) and part.field is Field.SINCE:
                when = moment(part.when, self.now)
                view = replace(view, since=max(when, view.since or when))
            elif isinstance(part, Term) and part.field is Field.SOURCE and view.source_id is None:
                found = self._sources(part)
                if len(found) == 1:
                    view = replace(view, source_id=found[0])
                else:
                    left.append(part)
            elif isinstance(part, Term) and part.field is Field.SECTION and view.section is None:
                names = self._sections(part)
                if len(names) == 1:
                    view = replace(view, section=names[0][1])
                else:
                    left.append(part)
            else:
                left.append(part)
        return view, left

    def conjunction(self, parts: Sequence[Node]) -> tuple[list[str], bool]:
        """The conditions that all hold; the first is a set of ids to go by if the second result is true."""
        made = self._all(parts)
        for number, condition in enumerate(made):
            if condition.ids is not None and self._few(condition.ids):
                first = _sql("a.id IN (", condition.ids, ")")
                return [first, *_tests(made[:number] + made[number + 1 :])], True
        return _tests(made), False

    def _few(self, ids: str) -> bool:
        """Whether fewer than BROAD articles are in the set."""
        sql = _sql("SELECT count(*) FROM (SELECT 1 FROM (", ids, ") LIMIT :broad)")
        (found,) = self.c.execute(sql, self.parameters | {"broad": BROAD}).fetchone()
        return bool(found < BROAD)

    # --- trees ----------------------------------------------------------------------------------------------------

    def _all(self, parts: Sequence[Node]) -> list[_Condition]:
        """One condition for everything that is full text, one for what is about a quote, one for each other part."""
        texts = [part for part in parts if _is_text(part)]
        excluded = [part for part in parts if isinstance(part, Not) and _is_text(part.part)]
        about = [part for part in parts if isinstance(part, Term) and part.field in OF_QUOTES]
        made: list[_Condition] = []
        if texts:
            tree = [*texts, *excluded]
            made.append(self._text(tree[0] if len(tree) == 1 else And(tuple(tree))))
        elif excluded:
            bare = [part.part for part in excluded if isinstance(part, Not)]
            made.append(_not(self._text(bare[0] if len(bare) == 1 else Or(tuple(bare)))))
        if about:
            made.append(self._quote([part for part in about if isinstance(part, Term)]))
        done = {id(part) for part in (*texts, *excluded, *about)}
        made.extend(self._one(part) for part in parts if id(part) not in done)
        return made

    def _one(self, node: Node) -> _Condition:
        if _is_text(node):
            return self._text(node)
        if isinstance(node, Term):
            return self._quote([node]) if node.field in OF_QUOTES else _TERMS[node.field](self, node)
        if isinstance(node, Time):
            name = self._name(seconds(moment(node.when, self.now)))
            return _Condition(_sql("a.sort_date ", ">=" if node.field is Field.SINCE else "<", " ", name))
        if isinstance(node, Not):
            return _not(self._one(node.part))
        if isinstance(node, And):
            made = self._all(node.parts)
            sets = [condition.ids for condition in made if condition.ids is not None]
            test = _chain(" AND ", [condition.test for condition in made])
            return _Condition(test, sets[0] if len(made) == 1 and sets else None)
        return self._any(node)

    def _any(self, node: Or) -> _Condition:
        if not node.parts:
            return _Condition("a.id IN (SELECT 0 WHERE 0)", "SELECT 0 AS id WHERE 0")
        texts = [part for part in node.parts if _is_text(part)]
        others = [part for part in node.parts if not _is_text(part)]
        made = [self._text(texts[0] if len(texts) == 1 else Or(tuple(texts)))] if texts else []
        made += [self._one(part) for part in others]
        sets = [condition.ids for condition in made if condition.ids is not None]
        whole = len(sets) == len(made) <= MOST_SETS
        return _Condition(
            _chain(" OR ", [condition.test for condition in made]), " UNION ALL ".join(sets) if whole else None
        )

    # --- conditions -----------------------------------------------------------------------------------------------

    def _text(self, node: Node) -> _Condition:
        """Articles in the index, and those that are not in it yet by their title and author."""
        name, packed = self._name(words.expression(node)), self._name(words.packed(node))
        return _set(
            _sql("SELECT rowid AS id FROM article_words WHERE article_words MATCH ", name),
            _sql(_TEXT_BEFORE, name) if self._any_before() else "",
            _sql(
                " UNION ALL SELECT id FROM article WHERE live > 0 AND engine IN (-1, 0) AND indexed = 0"
                " AND words_stand_in(title, author, ", packed, ")",
            ),
        )  # fmt: skip

    def _quote(self, terms: Sequence[Term]) -> _Condition:
        """Articles with a quote that meets all of the conditions."""
        tests: list[str] = []
        texts: list[str] = []
        for term in terms:
            if term.field is Field.QUOTE:
                texts.append("words : " + words.phrase(term))
            elif term.field in _OF_NAMED:
                name = self._name(words.phrase(term))
                column, names = _OF_NAMED[term.field]
                tests.append(_sql(column, " IN (SELECT rowid FROM ", names, " WHERE ", names, " MATCH ", name, ")"))
            else:
                column, numbers = _OF_QUOTE[term.field]
                tests.append(_sql(column, " = ", self._name(numbers.get(term.text))))
        where = _chain(" AND ", ["q.hidden = 0", *tests])
        if texts:
            name = self._name(" AND ".join(texts))
            return _set(
                "SELECT w.rowid >> 12 AS id FROM quote_words AS w CROSS JOIN quote AS q ON q.article_id = w.rowid >> 12"
                " AND q.n = w.rowid & 4095 WHERE quote_words MATCH ", name, " AND ", where,
                *((_QUOTED_BEFORE, name, " AND ", where) if self._any_before() else ()),
            )  # fmt: skip
        named = [by for of, by in _BY.items() if any(term.field is of for term in terms)]
        if named:
            return _set("SELECT q.article_id AS id FROM quote AS q INDEXED BY ", named[0], " WHERE ", where)
        return _Condition(_sql("EXISTS (SELECT 1 FROM quote AS q WHERE q.article_id = a.id AND ", where, ")"))

    def _state(self, term: Term) -> _Condition:
        return _Condition(_STATES[term.text])

    def _section(self, term: Term) -> _Condition:
        name = self._name(json.dumps([number for number, _name in self._sections(term)]))
        return _Condition(_sql("a.section_id IN (SELECT value FROM json_each(", name, "))"))

    def _source(self, term: Term) -> _Condition:
        name = self._name(json.dumps(self._sources(term)))
        listed = _sql(" IN (SELECT value FROM json_each(", name, "))")
        test = _sql(
            "(a.source_id", listed, " OR a.shared > 0 AND EXISTS (SELECT 1 FROM also AS o WHERE o.article_id = a.id"
            " AND o.source_id", listed, "))",
        )  # fmt: skip
        return _Condition(
            test,
            _sql(
                "SELECT id FROM article INDEXED BY article_source WHERE live = 1 AND source_id", listed,
                " UNION ALL SELECT article_id FROM also WHERE source_id", listed,
            ),
        )  # fmt: skip

    def _tag(self, term: Term) -> _Condition:
        rows = self.c.execute("SELECT id, name FROM tag").fetchall()
        name = self._name(json.dumps([row[0] for row in rows if words.stands(term, words.line(row[1]))]))
        return _set("SELECT article_id AS id FROM tagged WHERE tag_id IN (SELECT value FROM json_each(", name, "))")

    def _sections(self, term: Term) -> list[tuple[int, str]]:
        rows = self.c.execute("SELECT id, name FROM section").fetchall()
        return [(row[0], row[1]) for row in rows if words.stands(term, words.line(row[1]))]

    def _sources(self, term: Term) -> list[int]:
        """Sources by their title, the host of their address, or their number (s3, 3)."""
        rows = self.c.execute("SELECT id, title, url FROM source WHERE id > 0").fetchall()
        number = term.text.lower().removeprefix("s")
        return [row[0] for row in rows if str(row[0]) == number or words.stands(term, _source_line(row[1], row[2]))]

    def _any_before(self) -> bool:
        """Whether some articles are still in the indexes of an older library."""
        if self._before is None:
            self._before = moving.any_before(self.c)
        return self._before

    def _name(self, value: object) -> str:
        """Make `value` a parameter; returns what stands for it in SQL."""
        self._count += 1
        key = f"query_{self._count}"
        self.parameters[key] = value
        return ":" + key


@lru_cache(maxsize=10_000)
def _source_line(title: str, url: str) -> str:
    return words.line(f"{title} _ {shown_host(url)}")


def _is_text(node: Node, depth: int = 0) -> bool:
    """Whether the full-text index alone answers a tree: it excludes nothing but beside what it asks for."""
    if depth > MOST_DEPTH:
        return False
    if isinstance(node, Term):
        return node.field in OF_TEXT
    if isinstance(node, Or):
        return bool(node.parts) and all(_is_text(part, depth + 1) for part in node.parts)
    if isinstance(node, And):
        asked = [part for part in node.parts if not isinstance(part, Not)]
        excluded = [part.part for part in node.parts if isinstance(part, Not)]
        return bool(asked) and all(_is_text(part, depth + 1) for part in (*asked, *excluded))
    return False


def _set(*parts: str) -> _Condition:
    ids = _sql(*parts)
    return _Condition(_sql("+a.id IN (", ids, ")"), ids)  # +: the list is made from another set, or not from one


def _not(condition: _Condition) -> _Condition:
    return _Condition(_sql("NOT ", _sql("(", condition.test, ")")))


def _tests(made: Sequence[_Condition]) -> list[str]:
    return [_chain(" AND ", [condition.test for condition in made])] if made else []


def _chain(operator: str, parts: Sequence[str]) -> str:
    """All parts between brackets, in halves: SQLite does not go deeper than a thousand operators in a row."""
    if len(parts) <= MOST_SETS:
        return _sql("(", operator.join(parts), ")")
    middle = len(parts) // 2
    return _sql("(", _chain(operator, parts[:middle]), operator, _chain(operator, parts[middle:]), ")")


def _sql(*parts: str) -> str:
    return "".join(parts)


_TERMS: dict[Field, Callable[[_Compiler, Term], _Condition]] = {
    Field.IS: _Compiler._state,
    Field.SECTION: _Compiler._section,
    Field.SOURCE: _Compiler._source,
    Field.TAG: _Compiler._tag,
}
_STATES = {"read": "a.read = 1", "unread": "a.read = 0", "saved": "a.saved_at IS NOT NULL"}
_OF_NAMED = {
    Field.SAID_BY: ("q.speaker_id", "named"),
    Field.ORG: ("q.organization_id", "named"),
    Field.ROLE: ("q.role_id", "phrased"),
}
_OF_QUOTE: dict[Field, tuple[str, Mapping[str, int]]] = {
    Field.VOICE: ("q.voice", {voice.value: number for voice, number in quote_columns.VOICES.items()}),
    Field.KIND: ("q.kind", {kind.value: number for kind, number in quote_columns.KINDS.items()}),
}
# The fewest first.
_BY = {Field.SAID_BY: "quote_speaker", Field.ORG: "quote_organization", Field.ROLE: "quote_role"}
_TEXT_BEFORE = (
    " UNION ALL SELECT b.id FROM search CROSS JOIN article AS b ON b.id = search.rowid AND b.indexed = 1"
    " WHERE search MATCH "
)
_QUOTED_BEFORE = (
    " UNION ALL SELECT q.article_id FROM quoted CROSS JOIN article AS b ON b.id = quoted.rowid >> 16"
    " AND b.indexed = 1 CROSS JOIN quote AS q ON q.article_id = b.id AND q.n = quoted.rowid & 65535"
    " WHERE quoted MATCH "
)
