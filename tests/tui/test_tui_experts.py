"""Experts, all quotes, the speaker's card, correcting and hiding: key by key, over a real library."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tui_library import draft, put, running, settle, text_of, until

from reader.model import CorrectedQuote, Voice
from reader.service import corrections, experts
from reader.service.library import Library
from reader.text.sparkline import by_month, sparkline
from reader.tui.app import RoomApp
from reader.tui.screens.all_quotes import AllQuotesScreen
from reader.tui.screens.correct import CorrectScreen
from reader.tui.screens.experts import ExpertsScreen
from reader.tui.screens.timeline import TimelineScreen


async def open_quotes(pilot: object) -> None:
    """Open the first article and go to its quotes."""
    await pilot.press("enter", "tab")  # type: ignore[attr-defined]
    await settle(pilot)
    assert pilot.app.room.focus_name == "quotes"  # type: ignore[attr-defined]


def names(app: RoomApp) -> list[str]:
    """Who speaks in the article that is shown, in the order of the Quotes pane."""
    return [quote.speaker.name if quote.speaker else "" for quote in app.room.quotes.quotes]


async def test_hide_and_undo(app: RoomApp, library: Library) -> None:
    """H takes the quote out of the article and the library, says how to take it back, and u does."""
    async with running(app) as pilot:
        await open_quotes(pilot)
        before, article_id = names(app), app.room.article.article.row.id  # type: ignore[union-attr]
        await pilot.press("H")
        await until(pilot, lambda: len(names(app)) < len(before))
        assert names(app) == before[1:]
        assert len(library.quotes(hidden=True)) == 1
        assert library.rows([article_id])[0].quote_count == len(before) - 1
        assert "u takes it back" in app.told[-1].sentence
        await pilot.press("u")
        await until(pilot, lambda: names(app) == before)
        assert library.quotes(hidden=True) == []


async def test_correct_the_speaker(app: RoomApp, library: Library) -> None:
    """C asks for name, role, organisation and voice; the pane, the card and the library have them; u takes it back."""
    async with running(app) as pilot:
        await open_quotes(pilot)
        before = names(app)
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, CorrectScreen))
        field = {id_: app.screen.query_one(f"#{id_}") for id_ in ("name", "role", "organization", "voice")}
        assert field["name"].value == before[0]  # type: ignore[attr-defined]
        for id_, text in (("name", "Bob Sample"), ("role", "chief [b]"), ("organization", ""), ("voice", "loud")):
            field[id_].value = text  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert isinstance(app.screen, CorrectScreen)
        assert "The voice must be one of" in text_of(app)
        field["voice"].value = "off"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: names(app)[0] == "Bob Sample")
        (row,) = library.quotes(speaker="bob sample")
        assert isinstance(row.quote, CorrectedQuote)
        assert row.quote.speaker is not None
        assert (row.quote.speaker.role, row.quote.speaker.organization) == ("chief [b]", None)
        assert row.quote.speaker.voice is Voice.OFFICIAL
        await pilot.pause()
        assert f"official, {row.quote.kind}" in text_of(app)
        assert "corrected by you" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: f"the program had found {before[0]}" in text_of(app))
        await pilot.press("escape", "u")
        await until(pilot, lambda: names(app) == before)


async def test_nobody_and_leaving(app: RoomApp, library: Library) -> None:
    """An empty name says that nobody is known; esc changes nothing."""
    async with running(app) as pilot:
        await open_quotes(pilot)
        before = names(app)
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, CorrectScreen))
        await pilot.press("escape")
        await settle(pilot)
        assert names(app) == before
        await pilot.press("C")
        await until(pilot, lambda: isinstance(app.screen, CorrectScreen))
        app.screen.query_one("#name").value = ""  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: names(app)[0] == "")
        assert "(nobody named)" in text_of(app)


async def test_all_quotes(app: RoomApp, library: Library) -> None:
    """g q lists every quote; V keeps one voice, / narrows by speaker, enter opens the article at the quote."""
    async with running(app) as pilot:
        await pilot.press("g", "q")
        await until(pilot, lambda: isinstance(app.screen, AllQuotesScreen) and app.screen.items)
        screen = app.screen
        assert isinstance(screen, AllQuotesScreen)
        assert len(screen.items) == len(library.quotes())
        await pilot.press("V")
        await until(
            pilot, lambda: {row.quote.speaker and row.quote.speaker.voice for row in screen.items} == {Voice.EXPERT}
        )
        await pilot.press("slash", *"okoro")
        await until(
            pilot, lambda: {row.quote.speaker and row.quote.speaker.name for row in screen.items} == {"Ines Okoro"}
        )
        await pilot.press("enter", "j", "Y", "enter")
        await until(pilot, lambda: not isinstance(app.screen, AllQuotesScreen))
        await settle(pilot)
        article, index = app.room.article.article, app.room.article.quote
        assert article is not None
        assert index is not None
        assert article.quotes[index].speaker.name == "Ines Okoro"  # type: ignore[union-attr]
        assert any("Copied the quote" in told.sentence for told in app.told)


async def test_experts_and_timeline(app: RoomApp, library: Library) -> None:
    """g e lists who speaks; enter shows all that one said with the months; enter there opens the article."""
    async with running(app) as pilot:
        await pilot.press("g", "e")
        await until(pilot, lambda: isinstance(app.screen, ExpertsScreen) and app.screen.items)
        await pilot.press("slash", *"merrin")
        screen = app.screen
        assert isinstance(screen, ExpertsScreen)
        await until(pilot, lambda: [one.name for one in screen.items] == ["Ada Merrin"])
        ada = screen.items[0]
        assert "Copper Fox Labs" in text_of(app)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, TimelineScreen) and app.screen.items)
        await pilot.pause()
        shown = text_of(app)
        assert f"{ada.quotes} quotes in {ada.articles} articles of {ada.outlets} outlets" in shown
        assert "2026-03" in shown
        assert "a month)" in shown
        assert len(app.screen.items) == ada.quotes  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.room)
        await settle(pilot)
        assert app.room.focus_name == "article"
        assert app.room.article.quote is not None


async def test_merge_split_undo(app: RoomApp, library: Library) -> None:
    """x and M bring two together, S in the timeline tells an article apart, u takes each back."""
    before = experts.experts(library)
    async with running(app) as pilot:
        await pilot.press("g", "e")
        await until(pilot, lambda: isinstance(app.screen, ExpertsScreen) and app.screen.items)
        screen = app.screen
        assert isinstance(screen, ExpertsScreen)
        await pilot.press("M")
        assert "Choose others with x first" in app.told[-1].sentence
        await pilot.press("x", "M")
        await until(pilot, lambda: len(screen.items) == len(before) - 1)
        both = experts.experts(library)[0]
        assert both.quotes == before[0].quotes + before[1].quotes
        await pilot.press("u")
        await until(pilot, lambda: screen.items == before)
        await pilot.press("g", "enter")
        await until(pilot, lambda: isinstance(app.screen, TimelineScreen) and app.screen.items)
        timeline = app.screen
        assert isinstance(timeline, TimelineScreen)
        count = len(timeline.items)
        await pilot.press("S")
        await until(pilot, lambda: len(timeline.items) < count)
        assert len(experts.experts(library, limit=1000)) == len(before) + 1
        await pilot.press("u")
        await until(pilot, lambda: len(timeline.items) == count)
        await pilot.press("q")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("q")
        await until(pilot, lambda: app.screen is app.room)
    assert experts.experts(library) == before


async def test_the_card_knows_more(app: RoomApp, library: Library) -> None:
    """The card says in which other outlets the words are, how much the speaker said, and leads to the timeline."""
    async with running(app) as pilot:
        await open_quotes(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "other outlet" in text_of(app) or "another outlet" in text_of(app))
        shown = text_of(app)
        assert "Also in another outlet: Fraud Watch; first in Fraud Watch, 1 March 2026" in shown
        assert "Found by the pattern" in shown
        assert "% sure" in shown
        assert "of 2 outlets since March 2026; e shows all of them" in shown
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, TimelineScreen) and app.screen.items)
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.screen is app.room)
        await settle(pilot)
        assert app.room.article.quote is not None


async def test_read_only(make_app: Callable[..., RoomApp], library: Library) -> None:
    """Where nothing can be changed, the keys say so and everything can be looked at."""
    with Library.open(library.paths, library.config, clock=library.now, readonly=True) as other:
        app = RoomApp(other, library.config, offline=True)
        async with running(app) as pilot:
            await open_quotes(pilot)
            for key in ("C", "H"):
                app.told.clear()
                await pilot.press(key)
                assert "can only be read" in app.told[-1].sentence
            await pilot.press("g", "e")
            await until(pilot, lambda: isinstance(app.screen, ExpertsScreen) and app.screen.items)
            await pilot.press("x", "M")
            await until(pilot, lambda: "can only be read" in app.told[-1].sentence)


@pytest.mark.parametrize(
    "size",
    [
        *((120, 40), (40, 12), (20, 5)),
        *(pytest.param(size, marks=pytest.mark.slow) for size in ((200, 50), (80, 24), (60, 20))),
    ],
)
async def test_every_size(app: RoomApp, library: Library, size: tuple[int, int]) -> None:
    """The windows open, move and close on any screen."""
    async with running(app, size=size) as pilot:
        for keys in (("g", "e"), ("g", "q")):
            await pilot.press(*keys)
            await until(pilot, lambda: getattr(app.screen, "items", None))
            await pilot.press("j", "G", "k", "slash", "a", "escape", "escape")
            await until(pilot, lambda: app.screen is app.room)


async def test_pages_come_as_somebody_looks(app: RoomApp, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long list is read page by page, down to its end."""
    from reader.tui.screens import experts as window
    from reader.tui.screens import growing

    monkeypatch.setattr(window, "PAGE", 5)
    monkeypatch.setattr(growing, "NEAR", 2)
    texts = [f"“It is case {number},” said Person{number} Sample, an analyst at Firm." for number in range(23)]
    put(library, [draft(100 + number, text=text) for number, text in enumerate(texts)])
    everyone = experts.experts(library, limit=1000)
    async with running(app) as pilot:
        await pilot.press("g", "e")
        await until(pilot, lambda: isinstance(app.screen, ExpertsScreen) and app.screen.items)
        screen = app.screen
        assert isinstance(screen, ExpertsScreen)
        assert len(screen.items) == 5
        while not screen.whole:
            await pilot.press("G")
            await settle(pilot)
        assert screen.items == everyone


async def test_hostile_names(app: RoomApp, library: Library) -> None:
    """Markup and controls in names, roles and outlets are words in every window."""
    from reader.model import Speaker

    row = library.quotes()[0]
    bad = Speaker("[b]Eve[/b] [@click=app.quit]", "", "[red]role", "\x1b[31morg [/]", voice=Voice.EXPERT)
    corrections.correct(library, row.article.id, row.quote.start, row.quote.end, bad)
    async with running(app, size=(160, 40)) as pilot:
        await pilot.press("g", "e", "slash", *"eve")
        await until(pilot, lambda: "[b]Eve[/b] [@click=app.quit]" in text_of(app))
        assert "[red]role" in text_of(app)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, TimelineScreen) and app.screen.items)
        await pilot.pause()
        assert "[b]Eve[/b]" in text_of(app)
        await pilot.press("q", "escape", "q", "g", "q")
        await until(pilot, lambda: isinstance(app.screen, AllQuotesScreen) and app.screen.items)
        await pilot.pause()
        assert "[b]Eve[/b]" in text_of(app)


@pytest.mark.parametrize(
    ("counts", "width", "bars"),
    [
        ([], 10, ""),
        ([1], 10, "█"),
        ([0, 1, 8], 10, " ▁█"),
        ([4, 8], 10, "▄█"),
        ([1, 1, 1, 1], 2, "██"),
        ([5] * 1000, 7, "█" * 7),
        ([0, 0], 5, "  "),
    ],
)
def test_bars(counts: list[int], width: int, bars: str) -> None:
    """The highest month is full, none is blank, and many months share a bar."""
    assert sparkline(counts, width) == bars
    assert len(sparkline(counts, width, ascii_only=True)) == len(bars)
    assert sparkline(counts, width, ascii_only=True).isascii()


def test_months_without_gaps() -> None:
    """Every month between the first and the last is there, also over the end of a year."""
    assert by_month([("2025-11", 2), ("2026-02", 1)]) == [
        ("2025-11", 2),
        ("2025-12", 0),
        ("2026-01", 0),
        ("2026-02", 1),
    ]
    assert by_month([("2026-02", 1)], until="2026-03") == [("2026-02", 1), ("2026-03", 0)]
    assert by_month([]) == []
    assert len(by_month([("0001-01", 1), ("9999-12", 1)])) == 12_000
