"""The same words across outlets, as a reader asks for them."""

from __future__ import annotations

from quoted_articles import LEAD, LOADER, first, put

from reader.service import actions, corrections
from reader.service.library import Library
from reader.service.recycled import outlets, recycled

AGENCY = f"In a statement, the company said: “{LOADER}, and we informed everyone.”"


def test_the_earliest_first(library: Library) -> None:
    """All outlets with the words, the earliest first, whichever of them is asked about."""
    late = put(library, LEAD, outlet="late", days=1)
    early = put(library, AGENCY, outlet="early", days=8)
    middle = put(library, LEAD, outlet="middle", days=5)
    put(library, "“We saw nothing on any of our machines before the auditors called us,” said Bob Sample.", outlet="x")
    for article in (late, early, middle):
        row = first(library, article)
        found = recycled(library, row)
        assert [one.article.id for one in found] == [early, middle, late]
        assert row in found
        assert outlets(found, row) == [
            f"Outlet {name}" for name in ("early", "middle", "late") if f"Outlet {name}" != row.article.source_title
        ]


def test_nowhere_else(library: Library) -> None:
    """Words of one article only are not recycled, though it prints them twice."""
    one = put(library, f"{LEAD}\n\n{LEAD}")
    assert len(library.quotes(article_id=one)) == 2
    assert recycled(library, first(library, one)) == []


def test_short_words_need_the_speaker(library: Library) -> None:
    """A few words are the same only if one person says them."""
    one = put(library, "“Patch it now,” said Ada Example, a researcher at Northwind Labs.", outlet="one")
    two = put(library, "“Patch it now!” Ada Example said.", outlet="two")
    put(library, "“Patch it now,” said Bob Sample.", outlet="three")
    assert {row.article.id for row in recycled(library, first(library, one))} == {one, two}


def test_what_is_gone_does_not_count(library: Library) -> None:
    """Removed articles and hidden quotes are not told as places; undo brings them back."""
    one, two = put(library, LEAD, outlet="one"), put(library, AGENCY, outlet="two", days=3)
    row = first(library, one)
    assert len(recycled(library, row)) == 2
    other = first(library, two)
    corrections.hide(library, two, other.quote.start, other.quote.end)
    assert recycled(library, row) == []
    actions.undo(library)
    assert len(recycled(library, row)) == 2
    actions.remove_source(library, other.article.source_id)
    assert recycled(library, row) == []
    actions.undo(library)
    assert len(recycled(library, row)) == 2
