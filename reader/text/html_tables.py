"""Tells tables that hold data from tables that only lay out a page (newsletters, old sites)."""

from __future__ import annotations

from typing import Any

_MAX_ELEMENTS = 5_000  # looked at per table, so that nested tables stay cheap
_MAX_CELL = 600
_LAYOUT_CONTENT = frozenset({"table", "h1", "h2", "h3", "blockquote", "pre", "article", "section", "figure", "form"})


def is_data_table(table: Any) -> bool:
    """Whether the rows of a `<table>` should be read as `a | b` lines rather than as running text.

    A layout table says so (role), holds block content (tables, headings, quotes, code), has no row of two cells, or
    has a cell as long as a paragraph.
    """
    if table.get("role") in ("presentation", "none"):
        return False
    cells_in_row = widest = 0
    for number, element in enumerate(table.iter()):
        if number == 0:
            continue
        if number > _MAX_ELEMENTS:
            break
        tag = element.tag
        if not isinstance(tag, str):
            continue
        tag = tag.lower()
        if tag in _LAYOUT_CONTENT:
            return False
        if tag == "tr":
            cells_in_row = 0
        elif tag in ("td", "th"):
            cells_in_row += 1
            widest = max(widest, cells_in_row)
            if _is_long(element):
                return False
    return widest >= 2


def _is_long(cell: Any) -> bool:
    length = 0
    for number, text in enumerate(cell.itertext()):
        length += len(text)
        if length > _MAX_CELL or number > 200:
            return length > _MAX_CELL
    return False
