"""An article ready to be shown: composed and broken into lines, which a worker thread may do."""

from __future__ import annotations

from datetime import tzinfo
from typing import NamedTuple

from reader.model import Article
from reader.tui.layout import Layout
from reader.tui.marks import Marks
from reader.tui.sheet import Sheet, sheet_of


class Page(NamedTuple):
    """What the Article pane shows, at one width. `article` None: our own words."""

    article: Article | None
    sheet: Sheet
    layout: Layout


def page_of(article: Article, width: int, marks: Marks, zone: tzinfo | None) -> Page:
    """The page of an article for a text `width` cells wide, with dates in the reader's zone (None: the machine's)."""
    return make_page(article, sheet_of(article, marks, zone), width, marks)


def make_page(article: Article | None, sheet: Sheet, width: int, marks: Marks) -> Page:
    """Lay out a sheet for a text `width` cells wide."""
    return Page(article, sheet, Layout(sheet, width, marks))
