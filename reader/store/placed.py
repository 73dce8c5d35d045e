"""Sections that are given to single articles: theirs from then on, whatever section their source has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Connection

from reader.store import sources
from reader.text.clean import clean_line

Place = tuple[int, int, int]  # article, section, whether the section is its own (1) or its source's (0)


def move(c: Connection, ids: Iterable[int], section: str) -> list[Place]:
    """Give articles a section of their own; returns where those were that had another."""
    number = sources.section_id(c, clean_line(section, 200))
    before: list[Place] = []
    for article_id in ids:
        row = c.execute(
            "SELECT id, section_id, own_section FROM article WHERE id = ? AND (section_id <> ? OR own_section = 0)",
            (article_id, number),
        ).fetchone()
        if row is not None:
            before.append(row)
            c.execute("UPDATE article SET section_id = ?, own_section = 1 WHERE id = ?", (number, article_id))
    return before


def restore(c: Connection, before: Sequence[Sequence[int]]) -> None:
    """The reverse of `move`."""
    c.executemany(
        "UPDATE article SET section_id = ?, own_section = ? WHERE id = ?",
        ((section, own, article_id) for article_id, section, own in before),
    )
