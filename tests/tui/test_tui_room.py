"""The room as a reader uses it, key by key, over a real library."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tui_library import NOW, draft, open_library, opened, put, running, settle, text_of, until

from reader.config import Config, Keys, Reading
from reader.model import View, Voice
from reader.service import actions
from reader.service.library import Library
from reader.tui.app import RoomApp

WIDE = (120, 40)


def shown(app: RoomApp) -> int | None:
    """The id of the article that is shown."""
    article = app.room.article.article
    return article.row.id if article else None


async def test_four_panes_with_titles_at_120_columns(app: RoomApp) -> None:
    """At 120 columns Sections, Articles, the article and Quotes are all there, with their titles."""
    async with running(app, WIDE) as pilot:
        await settle(pilot)
        text = text_of(app)
        for title in ("─ Sections ", "─ Articles ", "─ Article ", "─ Quotes "):
            assert title in text
        assert "Story 00" in text
        assert "News" in text


async def test_opening_reads_and_marks(app: RoomApp, library: Library) -> None:
    """Enter shows the article with its quotes beside it and marks it read; `m` takes that back."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.quotes.row_count)
        await settle(pilot)
        assert app.room.focus_name == "article"
        first = library.window(View())[0]
        assert shown(app) == first.id
        assert first.read
        await pilot.press("m")
        await settle(pilot)
        assert not library.window(View())[0].read


async def test_preview_marks_nothing(app: RoomApp, library: Library) -> None:
    """Moving over the list shows articles but reads none, and neither does the wheel."""
    async with running(app, WIDE) as pilot:
        await pilot.press("j", "j")
        third = library.window(View())[2].id
        await until(pilot, lambda: shown(app) == third)
        app.room.articles.on_mouse_scroll_down(_Wheel())  # type: ignore[arg-type]
        await settle(pilot)
        assert library.counts().unread == 6


class _Wheel:
    def stop(self) -> None:
        """As the event's own."""


async def test_quotes_and_body_move_together(app: RoomApp) -> None:
    """`]` in the article moves the Quotes pane; moving in the Quotes pane scrolls the article to the quote."""
    async with running(app, (120, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.quotes.row_count >= 4)
        await settle(pilot)
        room = app.room
        await pilot.press("]", "]")
        await settle(pilot)
        assert room.article.quote == 1
        assert room.quotes.quote_index == 1
        await pilot.press("[")
        await settle(pilot)
        assert room.article.quote == room.quotes.quote_index == 0
        await pilot.press("l", "G")
        await settle(pilot)
        last = room.quotes.indexes[-1]
        assert room.article.quote == last
        start, _end = room.article.sheet.quotes[last]
        assert room.article._page is not None
        line = room.article._page.layout.line_at(start)
        assert room.article.top <= line < room.article.top + room.article.line_height


async def test_quotes_say_who(app: RoomApp) -> None:
    """The Quotes pane names people with role and organisation, and the margin has the letter of the voice."""
    async with running(app, (140, 50)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.quotes.row_count)
        await settle(pilot)
        text = text_of(app)
        assert "Ada Merrin" in text
        assert "Copper Fox Labs" in text
        sheet = app.room.article.sheet
        first = next(
            at for at, (start, _end) in enumerate(sheet.quotes) if "The attackers" in sheet.text[start : start + 20]
        )
        letter, voice = sheet.letters[first], sheet.voices[first]
        assert f"{letter}\u00a0{voice}" in text  # the legend
        assert f" {letter} “The attackers used" in text  # the margin


async def test_only_one_voice(app: RoomApp) -> None:
    """`V` in Quotes shows one voice after the other, then all again."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.quotes.row_count)
        room = app.room
        total = room.quotes.row_count
        await pilot.press("l", "V")
        assert room.quotes.voice == Voice.EXPERT
        assert 0 < room.quotes.row_count < total
        for _ in range(5):
            await pilot.press("V")
            if room.quotes.voice is None:
                break
        assert room.quotes.row_count == total


async def test_counts_and_sequences(app: RoomApp) -> None:
    """`3j` goes three rows down, `g g` to the top, `2G` to the second row, and esc drops a count."""
    async with running(app, WIDE) as pilot:
        room = app.room
        await pilot.press("3", "j")
        assert room.articles.cursor == 3
        await pilot.press("g", "g")
        assert room.articles.cursor == 0
        await pilot.press("2", "G")
        assert room.articles.cursor == 1
        await pilot.press("4", "escape", "j")
        assert room.articles.cursor == 2


async def test_the_count_is_shown_until_it_is_used(app: RoomApp) -> None:
    """What has been typed of a command stands in the status line, and goes with the key that ends it."""
    async with running(app, WIDE) as pilot:
        await pilot.press("3")
        assert app.room.status.hint == "3"
        await pilot.press("j")
        assert app.room.status.hint == ""
        await pilot.press("2", "g")
        assert app.room.status.hint == "2g"
        await pilot.press("g")
        assert app.room.status.hint == ""


async def test_save_and_undo(app: RoomApp, library: Library) -> None:
    """`s` saves, `u` takes it back, and Saved counts it; nothing asks."""
    async with running(app, WIDE) as pilot:
        await pilot.press("s")
        await settle(pilot)
        assert library.counts().saved == 1
        await until(
            pilot, lambda: any(place.key == "saved" and place.unread == 1 for place in app.room.sections.places)
        )
        assert "★" in text_of(app)
        await pilot.press("u")
        await settle(pilot)
        assert library.counts().saved == 0
        await until(pilot, lambda: "★" not in text_of(app))


async def test_quick_changes_keep_their_order(app: RoomApp, library: Library) -> None:
    """Save, undo, save, typed at once, ends saved."""
    async with running(app, WIDE) as pilot:
        await pilot.press("s", "u", "b")
        await settle(pilot)
    assert library.counts().saved == 1
    assert actions.undo(library) is not None
    assert library.counts().saved == 0


async def test_mark_all_read(app: RoomApp, library: Library) -> None:
    """`A` marks the whole view read without asking; `u` takes it back whole."""
    async with running(app, WIDE) as pilot:
        await pilot.press("A")
        await settle(pilot)
        assert library.counts().unread == 0
        await pilot.press("u")
        await settle(pilot)
        assert library.counts().unread == 6


async def test_unread_view_is_stable(app: RoomApp, library: Library) -> None:
    """What was read in Unread stays in its row until Unread is opened anew."""
    async with running(app, WIDE) as pilot:
        room = app.room
        assert room.place.key == "unread"
        await pilot.press("enter")
        await until(pilot, lambda: library.counts().unread == 5)
        room.reload()
        await settle(pilot)
        assert room.articles.row_count == 6
        await pilot.press("g", "u")
        await settle(pilot)
        assert room.articles.row_count == 5


async def test_new_articles_do_not_move_what_is_read(app: RoomApp, library: Library) -> None:
    """Articles that come in stand above; the cursor stays on its article at its height."""
    put(library, [draft(200 + n) for n in range(30)])
    async with running(app, WIDE) as pilot:
        room = app.room
        await pilot.press("j", "j")
        await settle(pilot)
        kept, height = room.articles.article_id, room.articles.first_line(room.articles.cursor) - room.articles.top
        put(library, [draft(100 + n, sort_date=NOW, published=NOW, title=f"Newest {n}") for n in range(30)])
        room.reload()
        await until(pilot, lambda: room.articles.row_count == 66)
        assert room.articles.article_id == kept
        assert room.articles.first_line(room.articles.cursor) - room.articles.top == height


async def test_space_reads_everything(app: RoomApp, library: Library) -> None:
    """Space pages through the article and goes on to the next unread one until nothing is left."""
    async with running(app, (120, 30)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: shown(app) is not None)
        for _ in range(80):
            await pilot.press("space")
            await settle(pilot)
            if library.counts().unread == 0 and "Nothing unread is left." in [told.sentence for told in app.told]:
                break
        assert library.counts().unread == 0
        assert app.told[-1].sentence == "Nothing unread is left."


@pytest.mark.parametrize(("advance", "unread"), [("always", 0), ("section", 2), ("never", 5)])
async def test_where_space_stops(make_app: Callable[..., RoomApp], library: Library, advance: str, unread: int) -> None:
    """At the end of an article space goes on everywhere, in this section, or nowhere, as `auto_advance` says."""
    app = make_app(Config(reading=Reading(auto_advance=advance)))
    async with running(app, (120, 30)) as pilot:
        await settle(pilot)
        await until(pilot, lambda: any(place.key == "section:News" for place in app.room.sections.places))
        news = next(place for place in app.room.sections.places if place.key == "section:News")
        app.room.show_place(news)
        app.room.focus_pane("articles")
        await pilot.press("enter")
        await until(pilot, lambda: shown(app) is not None)
        for _ in range(60):
            await pilot.press("space")
            await settle(pilot)
            if app.told and ("Nothing unread" in app.told[-1].sentence or "end of the" in app.told[-1].sentence):
                break
        assert library.counts().unread == unread


async def test_undo_is_told_by_its_key(make_app: Callable[..., RoomApp]) -> None:
    """Sentences name the key that takes back here."""
    app = make_app(Config(keys=Keys(preset="newsboat")))
    async with running(app) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: app.told)
        await settle(pilot)
        assert "ctrl+z takes it back" in app.told[-1].sentence
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert "Undone" in app.told[-1].sentence


async def test_jump_back(app: RoomApp) -> None:
    """`'` goes back to the article that was left, and once more to the other one."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: shown(app))
        first = shown(app)
        await pilot.press("J")
        await until(pilot, lambda: shown(app) != first)
        second = shown(app)
        await pilot.press("'")
        await until(pilot, lambda: shown(app) == first)
        await pilot.press("'")
        await until(pilot, lambda: shown(app) == second)


async def test_search_in_the_article(app: RoomApp) -> None:
    """`/` in the article marks the words; `n` and `N` go through them; esc leaves the search first."""
    async with running(app, (120, 30)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: shown(app))
        await pilot.press("/", *"the", "enter")
        await until(pilot, lambda: app.room.article.found.spans)
        found = app.room.article.found
        start = found.current
        await pilot.press("n")
        assert found.current == start + 1
        await pilot.press("N")
        assert found.current == start
        await pilot.press("escape")
        assert not app.room.article.found.spans
        assert app.room.focus_name == "article"


async def test_search_in_the_library(app: RoomApp, library: Library) -> None:
    """`/` in the list finds articles that hold all the words; esc comes back to the list as it was."""
    put(library, [draft(50, title="A heron on the roof", text="Nobody said anything.")])
    async with running(app, WIDE) as pilot:
        await pilot.press("/", *"heron roof", "enter")
        await until(pilot, lambda: app.room.articles.row_count == 1)
        await settle(pilot)
        assert "Search: heron roof" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.room.articles.row_count == 7)
        assert app.is_running


async def test_escape_never_quits_and_q_at_the_root_does(app: RoomApp) -> None:
    """Esc goes back and stays in the room; q goes back a pane and from the list it quits with code 0."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await pilot.press("escape", "escape", "escape", "escape")
        await settle(pilot)
        assert app.is_running
        assert app.room.focus_name == "articles"
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)
    assert app.return_value == 0


async def test_zen_shows_only_the_article(app: RoomApp) -> None:
    """`z` leaves only the article, and `z` or q brings the panes back."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter", "z")
        await settle(pilot)
        assert app.room.visible_panes() == ("article",)
        assert not app.room.sections.display
        await pilot.press("q")
        assert app.room.visible_panes() == ("sections", "articles", "article", "quotes")


async def test_state_comes_back(make_app: Callable[..., RoomApp]) -> None:
    """Section, article, position, theme and pane widths are as they were left."""
    first = make_app()
    async with running(first, (120, 16)) as pilot:
        await settle(pilot)
        await pilot.press("h", *"jjjj")
        await until(pilot, lambda: first.room.place.key == "section:News")
        await pilot.press("enter", "j", "enter")
        await opened(pilot)
        await pilot.press("2", "0", "j", ">", "g", "t")
        await settle(pilot)
        place, article = first.room.place.key, shown(first)
        offset = first.room.article.offset_at_top()
        assert offset > 0
    again = make_app()
    async with running(again, (120, 16)) as pilot:
        await until(pilot, lambda: shown(again) == article)
        await settle(pilot)
        assert again.room.place.key == place
        assert again.room.articles.article_id == article
        assert again.room.article.offset_at_top() == offset
        assert again.theme == "secnews-light"
        assert again.memory.widths == {"articles": -2}


async def test_dwell_and_never(make_app: Callable[..., RoomApp], library: Library) -> None:
    """With mark_read = "never" opening reads nothing; with "dwell" it does after its time."""
    never = make_app(Config(reading=Reading(mark_read="never")))
    async with running(never, WIDE) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: shown(never))
        await settle(pilot)
        assert library.counts().unread == 6
    dwell = make_app(Config(reading=Reading(mark_read="dwell", dwell=0.05)))
    async with running(dwell, WIDE) as pilot:
        await pilot.press("h", "enter")
        await until(pilot, lambda: library.counts().unread == 5)


async def test_samples_are_not_saved(empty_app: RoomApp) -> None:
    """`s`, `m`, `t` and `x` on a sample article say why nothing happens, and the room goes on."""
    async with running(empty_app, WIDE) as pilot:
        await pilot.press("g", "m")
        await settle(pilot)
        await pilot.press("enter")
        await opened(pilot)
        await pilot.press("s")
        await until(pilot, lambda: any("not saved" in told.sentence for told in empty_app.told))
        for key in ("m", "t", "x"):
            await pilot.press(key)
            await until(pilot, lambda: "nothing is kept" in empty_app.told[-1].sentence)
            empty_app.told.clear()
            empty_app.tell("Next.")


async def test_starter_page(empty_app: RoomApp) -> None:
    """A first start offers feeds to choose from, adds nothing by itself, and has the Samples to read."""
    app = empty_app
    async with running(app, WIDE) as pilot:
        await until(pilot, lambda: app.room.catalogue_pane() is not None)
        await settle(pilot)
        text = text_of(app)
        assert "Start here" in text
        assert "Samples" in text
        assert "Feeds to choose from" in text
        assert "Welcome to secnews" in text
        assert app.library.sources() == []
        await pilot.press("g", "m")
        await until(pilot, lambda: app.room.articles.row_count >= 5)
        await pilot.press("enter")
        await until(pilot, lambda: app.room.quotes.row_count)
        await pilot.press("g", "x")
        await until(pilot, lambda: app.library.counts().samples == 0)
        await pilot.press("u")
        await until(pilot, lambda: app.library.counts().samples > 0)


async def test_catalogue_adds_what_is_chosen(empty_app: RoomApp) -> None:
    """`x` chooses a feed of the catalogue, `a` adds it with its section; offline nothing is fetched."""
    app = empty_app
    async with running(app, WIDE) as pilot:
        await until(pilot, lambda: app.room.catalogue_pane() is not None and app.room.catalogue_pane().has_focus)  # type: ignore[union-attr]
        await pilot.press("j", "x", "j", "x", "a")
        await until(pilot, lambda: len(app.library.sources()) == 2)
        await settle(pilot)
        assert {source.status for source in app.library.sources()} == {"new"}
        assert all(source.section for source in app.library.sources())
        await until(pilot, lambda: app.room.place.key == "all")


async def test_read_only_library(make_app: Callable[..., RoomApp], library: Library) -> None:
    """A library that cannot be written is read; changes are refused in one sentence."""
    with Library.open(library.paths, Config(), readonly=True, clock=lambda: NOW) as readonly:
        app = RoomApp(readonly, Config(), offline=True)
        async with running(app, WIDE) as pilot:
            await pilot.press("enter")
            await until(pilot, lambda: shown(app))
            await pilot.press("s", "m", "A", "u")
            await settle(pilot)
            assert app.told[-1].error
            assert "can only be read" in app.told[-1].sentence
    assert library.counts().unread == 6


async def test_ascii_only(make_app: Callable[..., RoomApp]) -> None:
    """With ascii = true nothing but ASCII is drawn around the articles' own words."""
    app = make_app(Config(reading=Reading(ascii=True)))
    async with running(app, WIDE) as pilot:
        await settle(pilot)
        assert not set(text_of(app)) & set("╭╮╰╯─│┃●★▸•…·")


async def test_empty_library_with_a_source(tmp_path: object) -> None:
    """A library with a source and no articles says what to do."""
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    with open_library(tmp_path) as library:
        put(library, [])
        app = RoomApp(library, Config(), offline=True)
        async with running(app, WIDE) as pilot:
            await settle(pilot)
            assert "a adds a source" in text_of(app)
