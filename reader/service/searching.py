"""Search as the front ends need it: rows by date or by rank, each with the place that was found.

A list by date is `Library.window(View(query=…))`; what is here adds what only a search shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.model import ArticleRow, View
from reader.service.library import Library
from reader.store import bodies, ranking
from reader.text.query import parse
from reader.text.query_match import IN_TITLE, Snippet, highlights, snippet

__all__ = ["Hit", "Snippet", "check", "hits", "in_text", "ranked"]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found.

    `title` are the spans of its title to highlight; `snippet` is a line of its text around the place that was found,
    None if the text has no such place (found by title, or by something else than words).
    """

    row: ArticleRow
    title: tuple[tuple[int, int], ...]
    snippet: Snippet | None


def check(query: str) -> None:
    """Raises UsageError, which points at the column, if the query is wrong; an empty one is wrong too."""
    parse(query)


def hits(library: Library, rows: Sequence[ArticleRow], query: str) -> list[Hit]:
    """The rows of a search with what is to be highlighted; some 0.2 ms a row."""
    tree = parse(query)
    found = []
    with library.database.read() as c:
        for row in rows:
            place = snippet(bodies.text(c, row.id), tree)
            found.append(Hit(row, tuple(highlights(row.title, tree, IN_TITLE)), place))
    return found


def ranked(library: Library, view: View, *, limit: int = 64) -> list[ArticleRow]:
    """The articles of a view, best match first; at most 1,000. Takes some microseconds for each that is found."""
    with library.database.read() as c:
        return ranking.window(c, view, limit=limit, now=library.now())


def in_text(text: str, query: str) -> list[tuple[int, int]]:
    """The spans of an article's text to highlight, for stepping from one to the next."""
    return highlights(text, parse(query))
