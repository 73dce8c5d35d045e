"""Search, filter and kept searches in the room: the query language, results while typing, marks in the article."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.style import Style
from tui_library import NOW, draft, put, running, settle, text_of, until

from reader.service import saved_searches
from reader.service.children import shared
from reader.service.library import Library
from reader.store import articles
from reader.tui.app import RoomApp
from reader.tui.widgets.prompt import Prompt

WIDE = (120, 40)


def titles(app: RoomApp) -> list[str]:
    return [row.title for index in range(app.room.articles.row_count) if (row := app.room.articles.rows.row(index))]


def kingfisher(library: Library) -> None:
    put(library, [draft(50, title="A kingfisher on the roof", text="Nobody said anything.\n\nA kingfisher sat there.")])


async def test_the_query_language_in_the_room(app: RoomApp, library: Library) -> None:
    """`/` takes the whole query language."""
    kingfisher(library)
    async with running(app, WIDE) as pilot:
        await pilot.press("/", *"title:kingfisher OR section:fraud", "enter")
        await until(pilot, lambda: app.room.articles.row_count == 3)
        assert "Search: title:kingfisher OR section:fraud" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.room.articles.row_count == 7)


async def test_results_come_while_typing(app: RoomApp, library: Library) -> None:
    """Without enter the list shows what was found so far; leaving the prompt brings the list back."""
    kingfisher(library)
    async with running(app, WIDE) as pilot:
        await pilot.press("/", *"kingfisher")
        await until(pilot, lambda: app.room.articles.row_count == 1)
        assert app.room.query("#prompt")
        await pilot.press("escape")
        await until(pilot, lambda: app.room.articles.row_count == 7)
        assert not app.room.words


async def test_a_wrong_query_is_told_and_changes_nothing(app: RoomApp) -> None:
    """What is no query is a sentence with its column; the list stays."""
    async with running(app, WIDE) as pilot:
        await pilot.press("/", *"titel:x", "enter")
        await until(pilot, lambda: any("column 1" in told.sentence for told in app.told))
        assert not app.room.words
        assert app.room.articles.row_count == 6


async def test_the_cursor_goes_where_a_query_is_wrong(app: RoomApp) -> None:
    """The prompt stays open with what was typed and the cursor at the column, so that it can be put right."""
    async with running(app, WIDE) as pilot:
        await pilot.press("/", *"bank titel:x", "enter")
        await until(pilot, lambda: any("column 6" in told.sentence for told in app.told))
        (prompt,) = app.room.query(Prompt)
        assert (prompt.value, prompt.cursor_position) == ("bank titel:x", 5)
        await pilot.press(*"article ", "end", *["backspace"] * 7, "enter")
        await until(pilot, lambda: not app.room.query(Prompt))
        assert app.room.words == ("bank article",)


async def test_the_list_shows_what_was_found(app: RoomApp, library: Library) -> None:
    """Each row of a search ends with the line of its text that was found, its words marked; other lists have none."""
    put(library, [draft(60, title="Roof", text="Nobody spoke.\n\nThen a kingfisher sat there, and flew.")])
    async with running(app, WIDE) as pilot:
        height = app.room.articles.row_height()
        await pilot.press("/", *"kingfisher", "enter")
        await until(pilot, lambda: "Then a kingfisher sat" in text_of(app))
        articles = app.room.articles
        assert articles.row_height() == height + 1
        drawn = articles.draw_row(0, height, 60, Style())
        assert [segment.text for segment in drawn if segment.style and segment.style.underline] == ["kingfisher"]
        await pilot.press("escape")
        await until(pilot, lambda: articles.row_count == 7)
        assert articles.row_height() == height


@pytest.mark.parametrize("width", [1, 5, 20, 33, 41, 80])
async def test_a_found_line_never_breaks_the_row(app: RoomApp, library: Library, width: int) -> None:
    """Whatever the width, the found line fills its row exactly, and the word is seen and marked, nothing else."""
    put(library, [draft(60, title="Roof", text="Nobody \u4e2d\u6587 spoke. Then a kingfisher sat there, and flew.")])
    async with running(app, WIDE) as pilot:
        await pilot.press("/", *"kingfisher OR lumen", "enter")
        articles = app.room.articles
        await until(pilot, lambda: articles.row_count == 7 and articles.rows is not None and articles.rows.whole)
        await until(pilot, lambda: articles.place_of(articles.rows.ids[6]) is not None)
        drawn = articles.draw_row(6, articles.row_height() - 1, width, Style())
        assert sum(segment.cell_length for segment in drawn) == width
        marked = "".join(segment.text for segment in drawn if segment.style == Style() + articles.over("match"))
        assert "kingfisher".startswith(marked)
        assert bool(marked) == (width > 5)


async def test_a_search_by_rank_and_by_date(app: RoomApp, library: Library) -> None:
    """`g o` puts the best match first, where it stays through a reload, and the newest again."""
    put(library, [draft(60, title="Roof", text="A kingfisher, once."), draft(61, title="A kingfisher", text="Roof.")])
    async with running(app, WIDE) as pilot:
        await pilot.press("g", "o")
        assert "No search is shown" in app.told[-1].sentence
        await pilot.press("/", *"kingfisher", "enter")
        await until(pilot, lambda: app.room.articles.row_count == 2 and app.room.articles.rows.whole)
        newest = list(app.room.articles.rows.ids)
        assert titles(app) == ["Roof", "A kingfisher"]
        await pilot.press("g", "o")
        await until(pilot, lambda: list(app.room.articles.rows.ids) == newest[::-1])
        assert "(best first)" in text_of(app)
        app.room.reload()
        await settle(pilot)
        assert list(app.room.articles.rows.ids) == newest[::-1]
        await pilot.press("g", "o")
        await until(pilot, lambda: list(app.room.articles.rows.ids) == newest)
        assert "(best first)" not in text_of(app)


async def test_a_filter_narrows_the_list(app: RoomApp, library: Library) -> None:
    """`F` keeps the place and shows less of it; esc clears it."""
    kingfisher(library)
    async with running(app, WIDE) as pilot:
        await pilot.press("F", *"-section:fraud -kingfisher", "enter")
        await until(pilot, lambda: app.room.articles.row_count == 4)
        assert "Unread: -section:fraud -kingfisher" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.room.articles.row_count == 7)


async def test_what_was_found_is_marked_in_the_article(app: RoomApp, library: Library) -> None:
    """In an article of a search the words are marked, and `n` and `N` go through them."""
    kingfisher(library)
    async with running(app, WIDE) as pilot:
        await pilot.press("/", *"kingfisher", "enter")
        await until(pilot, lambda: app.room.articles.row_count == 1)
        await pilot.press("enter")
        await until(pilot, lambda: len(app.room.article.found.spans) >= 2)
        found = app.room.article.found
        assert found.current == -1
        await pilot.press("n")
        assert found.current == 0
        await pilot.press("N")
        assert found.current == len(found.spans) - 1


async def test_a_search_becomes_a_section(app: RoomApp, library: Library) -> None:
    """A kept search is a section with its count; it can be moved and dropped, and undo brings it back."""
    kingfisher(library)
    async with running(app, WIDE) as pilot:
        await pilot.press("/", *"kingfisher", "enter")
        await until(pilot, lambda: app.room.articles.row_count == 1)
        await pilot.press("g", "k", *"Birds", "enter")
        await until(pilot, lambda: any(place.name == "Birds" for place in app.room.sections.places))
        (place,) = [place for place in app.room.sections.places if place.name == "Birds"]
        assert place.unread == 1
        assert [search.query for search in saved_searches.list_all(library)] == ["kingfisher"]
        app.room.show_place(place)
        await until(pilot, lambda: app.room.articles.row_count == 1)
        await settle(pilot)
        await pilot.press("g", "d")
        await until(pilot, lambda: not saved_searches.list_all(library))
        await pilot.press("u")
        await until(pilot, lambda: bool(saved_searches.list_all(library)))


async def test_what_waits_is_read_in_the_background(app: RoomApp, library: Library) -> None:
    """Without a refresh, too, the room puts texts that wait into the index, so that a search finds their words."""
    raw = b"<p>An ordinary day.</p><p>Only the text speaks of a kingfisher.</p>"
    with library.database.write() as c:
        (source,) = [one.id for one in library.sources() if one.title == "Fraud Watch"]
        waiting = [replace(draft(number, title=f"Left {number}"), document=None, raw=raw) for number in (70, 71)]
        articles.insert(c, source, waiting, section="Fraud", now=NOW)
    assert library.pending() == 2
    try:
        async with running(app, WIDE) as pilot:
            await until(pilot, lambda: not library.pending() and not app.room.refresher.running)
            assert not [told for told in app.told if told.error]
            await pilot.press("/", *"kingfisher", "enter")
            await until(pilot, lambda: app.room.articles.row_count == 2)
    finally:
        shared().close()
