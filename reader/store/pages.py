"""The whole text of an article from its web page, beside the text that its source gave; one of them is in `body`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection

from reader.model import Document, PageInfo, Quote, Wall
from reader.store import articles, bodies, searching
from reader.store.times import moment, seconds, stamp
from reader.text.clean import clean_line, clean_text


def info(c: Connection, article_id: int) -> PageInfo | None:
    """What is known of the page; None if it was never fetched."""
    row = c.execute(
        "SELECT url, fetched, wall, reason, shown, choice, text FROM page WHERE article_id = ?", (article_id,)
    ).fetchone()
    if row is None:
        return None
    has_text = bool(bodies.decompress(row[6]))
    return PageInfo(row[0], moment(row[1]), Wall(row[2]), row[3], bool(row[4]), row[5], has_text)


def put(
    c: Connection, article_id: int, document: Document, *, url: str, wall: Wall, reason: str, now: datetime
) -> None:
    """Keep what the page said; which text is shown does not change by it."""
    document = bodies.clean(document)
    c.execute(
        "INSERT INTO page (article_id, url, fetched, wall, reason, title, text, layout) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (article_id) DO UPDATE SET url = excluded.url, fetched = excluded.fetched, wall = excluded.wall,"
        " reason = excluded.reason, title = excluded.title, text = excluded.text, layout = excluded.layout, stale = 0",
        (
            article_id,
            clean_text(url)[: bodies.MAX_ADDRESS],
            seconds(now),
            wall.value,
            clean_line(reason, 300),
            clean_line(document.title, 1_000),
            *bodies.packed(document),
        ),
    )


def complete(c: Connection, article_id: int, document: Document) -> None:
    """Take title and dates from the page where the source stated none, or only when a file or bookmark was made.

    The place in the lists stays: a page cannot move its article.
    """
    searching.forget(c, article_id)
    c.execute(
        "UPDATE article SET title = CASE title WHEN '' THEN ? ELSE title END WHERE id = ?",
        (clean_line(document.title, articles.MAX_TITLE), article_id),
    )
    if document.published is not None and not document.dated_by:
        c.execute(
            "UPDATE article SET published = ?, updated = coalesce(?, updated), dated_by = ''"
            " WHERE id = ? AND (published IS NULL AND updated IS NULL OR dated_by <> '')",
            (stamp(document.published), stamp(document.updated), article_id),
        )
    searching.index(c, article_id)


def text(c: Connection, article_id: int) -> Document | None:
    """What the page says; None if it was never fetched."""
    row = c.execute("SELECT text, layout, title FROM page WHERE article_id = ?", (article_id,)).fetchone()
    return None if row is None else bodies.unpacked(row[0], row[1], title=row[2])


def given(c: Connection, article_id: int) -> Document | None:
    """What the source gave; None if that is to be derived from its raw content."""
    row = c.execute("SELECT shown, given_text, given_layout FROM page WHERE article_id = ?", (article_id,)).fetchone()
    if row is not None and row[0]:
        return None if row[1] is None else bodies.unpacked(row[1], row[2])
    stale = c.execute("SELECT 1 FROM body WHERE article_id = ? AND stale", (article_id,)).fetchone()
    return None if stale else bodies.get(c, article_id)


def show(
    c: Connection, article_id: int, document: Document, quotes: Sequence[Quote], *, page: bool, engine: int
) -> None:
    """Make `document` the text that is read: the page's, or (`page` False) what the source gave.

    Quotes and the search index follow; corrections hold where their words are.
    """
    before = c.execute("SELECT shown FROM page WHERE article_id = ?", (article_id,)).fetchone()
    if page and before is not None and not before[0]:
        given = c.execute("SELECT text, layout FROM body WHERE article_id = ? AND NOT stale", (article_id,)).fetchone()
        if given is not None:
            text, layout = bodies.packed(bodies.unpacked(*given))
            c.execute(
                "UPDATE page SET given_text = ?, given_layout = ? WHERE article_id = ?", (text, layout, article_id)
            )
    elif not page:
        c.execute("UPDATE page SET given_text = NULL, given_layout = NULL WHERE article_id = ?", (article_id,))
    c.execute("UPDATE page SET shown = ? WHERE article_id = ?", (page, article_id))
    c.execute("UPDATE article SET revision = revision + 1 WHERE id = ?", (article_id,))
    articles.set_derived(c, article_id, document, quotes, engine=engine, replace_poor=True)


def choose(c: Connection, article_id: int, choice: str, *, reason: str) -> None:
    """Remember which text the reader wants ("page", "feed"; "": the better one) and why this one is shown."""
    c.execute(
        "UPDATE page SET choice = ?, reason = ? WHERE article_id = ?", (choice, clean_line(reason, 300), article_id)
    )
