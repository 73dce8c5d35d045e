"""Search by rank: the articles that meet a query, best match first (BM25 of FTS5, a word in a title counts more)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from reader.model import ArticleRow, View
from reader.store import views, words
from reader.text.query import OF_TEXT, Field, Or, Term, parse, wanted

MOST = 1_000  # articles; nobody reads on
_RANKED = (
    "SELECT wanted.value FROM json_each(:ids) AS wanted LEFT JOIN"
    " (SELECT rowid AS id, bm25(article_words, 1.0, 8.0, 2.0) AS rank FROM article_words WHERE article_words MATCH"
    " :rank LIMIT -1) AS hit"
    " ON hit.id = wanted.value"  # LIMIT: matched once and kept, not once for each article
    " ORDER BY hit.rank IS NULL, hit.rank, wanted.key LIMIT :limit"
)


def window(c: Connection, view: View, *, limit: int = 64, now: datetime | None = None) -> list[ArticleRow]:
    """The articles of a view, best match first; those no word of the query speaks for come last, newest first.

    At most 1,000. Takes some microseconds for each article that meets the query. Raises UsageError.
    """
    ids = views.ids(c, view, now=now)
    terms: list[Term] = list(words.plain(view.words))
    if view.query:
        terms += [_of_text(term) for term in wanted(parse(view.query)) if term.field in OF_TEXT | {Field.QUOTE}]
    parameters: dict[str, Any] = {"ids": json.dumps(list(ids)), "limit": min(limit, MOST)}
    if not terms:
        return views.rows(c, ids[: parameters["limit"]])
    parameters["rank"] = words.expression(Or(tuple(terms)))
    return views.rows(c, [row[0] for row in c.execute(_RANKED, parameters).fetchall()])


def _of_text(term: Term) -> Term:
    return replace(term, field=Field.TEXT) if term.field is Field.QUOTE else term
