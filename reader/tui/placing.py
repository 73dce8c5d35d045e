"""The places of the Sections pane and the views behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader import service
from reader.model import View
from reader.tui.widgets.section_list import Place

if TYPE_CHECKING:
    from reader.service.library import Library

SECTION = "section:"
SEARCH = "search:"
NEW = "new"
NO_SECTION = "(no section)"


def places_of(library: Library, newer_than: int = 0) -> tuple[Place, ...]:
    """Every place of the library with what is unread there (Saved and Samples: all). A worker may do it.

    New, what came in after the article `newer_than`, is among them while there is any.
    """
    places = _always_there(library)
    if newer_than and library.window(View(newer_than=newer_than), limit=1):
        places.insert(0, new_place(newer_than, library.count(View(newer_than=newer_than, unread=True))))
    if not library.sources():
        places.insert(0, _place("start", "Start here", 0))
    for found in service.saved_searches.counted(library):
        key = f"{SEARCH}{found.search.id}:{found.search.query}"
        places.append(Place(key, f"{found.search.name}{' (wrong)' if found.fault else ''}", view_of(key), found.unread))
    return (*places, *_sections(library))


def places_at_once(library: Library) -> tuple[Place, ...]:
    """As `places_of`, but where there are articles without what takes long to load: the kept searches follow."""
    places = _always_there(library)
    return (*places, *_sections(library)) if places[0].unread else places_of(library)


def new_place(newer_than: int, unread: int = 0) -> Place:
    """What came in since the last session, which ended with the article `newer_than`."""
    return Place(NEW, "New", View(newer_than=newer_than), unread)


def remembered(places: Iterable[tuple[str, str, int]]) -> tuple[Place, ...]:
    """The places as they were at the end of the last session, to be shown until the library has been counted."""
    return tuple(_place(key, name, count) for key, name, count in places)


def view_of(key: str) -> View | None:
    """The articles behind a place; None for the catalogue."""
    fixed = {
        "all": View(),
        "unread": View(unread=True),
        "saved": View(saved=True),
        "samples": View(samples=True),
    }
    if key.startswith(SEARCH):
        return View(query=key.split(":", 2)[2])
    if key.startswith(SECTION):
        return View(section=key[len(SECTION) :])
    return fixed.get(key)


def search_id(key: str) -> int:
    """The number of the kept search behind a place, 0 if it is something else."""
    return int(key.split(":", 2)[1]) if key.startswith(SEARCH) else 0


def _always_there(library: Library) -> list[Place]:
    """All, Unread and Saved, and Samples while there are any."""
    counts = library.counts()
    places = [
        _place("all", "All", counts.total),
        _place("unread", "Unread", counts.unread),
        _place("saved", "Saved", counts.saved),
    ]
    return [*places, _place("samples", "Samples", counts.samples)] if counts.samples else places


def _sections(library: Library) -> list[Place]:
    return [
        _place(SECTION + section.name, section.name or NO_SECTION, section.unread) for section in library.sections()
    ]


def _place(key: str, name: str, count: int) -> Place:
    return Place(key, name, view_of(key), count)
