"""Saved searches: queries the reader keeps as sections of the list. Every change is one action that undo takes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.errors import NotFoundError, QueryError, UsageError
from reader.model import View
from reader.service.library import Library
from reader.store import actions, saved_searches, views
from reader.store.saved_searches import SavedSearch
from reader.text.clean import clean_line
from reader.text.query import parse

__all__ = ["Counted", "SavedSearch", "add", "change", "counted", "list_all", "move", "named", "remove", "view_of"]

MAX_NAME = 80
COUNTED = 10_000  # articles; beyond them a count says "more than"


@dataclass(frozen=True, slots=True)
class Counted:
    """A saved search with how many articles it finds and how many of them are unread, each at most COUNTED.

    `fault` is why its query cannot be used ("" if it can); its counts are 0 then.
    """

    search: SavedSearch
    total: int
    unread: int
    fault: str = ""


def list_all(library: Library) -> list[SavedSearch]:
    """Every saved search, in the reader's order."""
    with library.database.read() as c:
        return saved_searches.all(c)


def counted(library: Library) -> list[Counted]:
    """Every saved search with its counts.

    Takes some milliseconds for each; seconds for one that looks through a very large library for what few articles
    have and no index knows. Better asked for in the background.
    """
    found = []
    for search in list_all(library):
        view = view_of(search)
        try:
            with library.database.read() as c:
                total = views.count(c, view, most=COUNTED, now=library.now())
                unread = views.count(c, replace(view, unread=True), most=COUNTED, now=library.now())
            found.append(Counted(search, total, unread))
        except QueryError as error:
            found.append(Counted(search, 0, 0, error.sentence))
    return found


def view_of(search: SavedSearch) -> View:
    """The list of a saved search."""
    return View(query=search.query)


def named(library: Library, name: str) -> SavedSearch:
    """The saved search of this name, in any case; raises NotFoundError."""
    for search in list_all(library):
        if search.name.casefold() == clean_line(name, MAX_NAME).casefold():
            return search
    raise NotFoundError(f"There is no saved search {clean_line(name, MAX_NAME)!r}.")


def add(library: Library, name: str, query: str) -> SavedSearch:
    """Keep a query under a name, at the end. Raises UsageError: a wrong query, no name, one that is taken."""
    query = _checked(query)
    with library.database.write() as c:
        present = saved_searches.all(c)
        if len(present) >= saved_searches.MOST:
            raise UsageError(f"There are {len(present)} saved searches already; remove one first.")
        name = _free(name, present)
        kept = saved_searches.put(c, [*present, SavedSearch(0, name, query)])
        _record(library, present, f"search {name} saved")
        return kept[-1]


def change(library: Library, search_id: int, *, name: str | None = None, query: str | None = None) -> SavedSearch:
    """Give a saved search another name or query. Raises NotFoundError, UsageError."""
    if query is not None:
        query = _checked(query)
    with library.database.write() as c:
        present = saved_searches.all(c)
        old = _one(present, search_id)
        new = replace(old, query=old.query if query is None else query)
        if name is not None:
            new = replace(new, name=_free(name, [search for search in present if search.id != search_id]))
        if new != old:
            saved_searches.put(c, [new if search.id == search_id else search for search in present])
            _record(library, present, f"search {old.name} changed")
        return new


def remove(library: Library, search_id: int) -> None:
    """Keep a search no longer; its articles stay. Raises NotFoundError."""
    with library.database.write() as c:
        present = saved_searches.all(c)
        gone = _one(present, search_id)
        saved_searches.put(c, [search for search in present if search.id != search_id])
        _record(library, present, f"search {gone.name} removed")


def move(library: Library, search_id: int, steps: int) -> int:
    """Move a saved search down by so many places (up if negative), at most to the end; returns how far it went.

    Raises NotFoundError.
    """
    with library.database.write() as c:
        present = saved_searches.all(c)
        moved = _one(present, search_id)
        at = present.index(moved)
        to = min(max(at + steps, 0), len(present) - 1)
        if to != at:
            order = [search for search in present if search.id != search_id]
            order.insert(to, moved)
            saved_searches.put(c, order)
            _record(library, present, f"search {moved.name} moved")
        return to - at


def _record(library: Library, before: Sequence[SavedSearch], label: str) -> None:
    with library.database.write() as c:  # part of the transaction under way
        actions.record(c, label, [actions.set_searches(before)], now=library.now())


def _one(present: Sequence[SavedSearch], search_id: int) -> SavedSearch:
    for search in present:
        if search.id == search_id:
            return search
    raise NotFoundError(f"There is no saved search {search_id}.")


def _free(name: str, others: Sequence[SavedSearch]) -> str:
    name = clean_line(name, MAX_NAME)
    if not name:
        raise UsageError("A saved search needs a name.")
    if name.casefold() in {search.name.casefold() for search in others}:
        raise UsageError(f"There is a saved search {name!r} already; give another name.")
    return name


def _checked(query: str) -> str:
    parse(query)
    return query.strip()
