"""Colours: everything can be read in every theme, and no colour is the only sign."""

from __future__ import annotations

import os
from collections.abc import Callable
from unittest import mock

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES
from tui_library import running, settle

from reader.model import Voice
from reader.tui.app import RoomApp
from reader.tui.inks import Inks
from reader.tui.marks import LETTERS
from reader.tui.themes import PLAIN, THEMES, VOICES, contrast, legible, room_variables

ALL = {**BUILTIN_THEMES, **THEMES}


def variables(name: str) -> dict[str, str]:
    theme = ALL[name]
    found = {**theme.to_color_system().generate(), **theme.variables}
    return {**found, **room_variables(found, ansi=theme.ansi)}


@pytest.mark.parametrize("name", [name for name, theme in ALL.items() if not theme.ansi])
def test_contrast_in_every_theme(name: str) -> None:
    """Letters, links, quiet words, quoted words, the current quote and the cursor's row: 4.5 to 1 at least."""
    found = variables(name)
    ground = Color.parse(found["background"])
    for variable in ("quiet", "link", *(f"voice-{voice}" for voice in VOICES)):
        assert contrast(Color.parse(found[variable]), ground) >= 4.5, variable
    for voice in VOICES:
        for under, ink in (("ground", "text"), ("current", "current-text")):
            assert (
                contrast(Color.parse(found[f"voice-{voice}-{ink}"]), Color.parse(found[f"voice-{voice}-{under}"]))
                >= 4.5
            )
    inks = Inks(found, ansi=False)
    for cursor in ("cursor", "cursor-blurred"):
        style = inks[cursor]
        assert style.color
        assert style.bgcolor
        assert contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)) >= 4.5


@pytest.mark.parametrize("name", [name for name in THEMES if name != PLAIN])
def test_contrast_of_our_own_text(name: str) -> None:
    """The text of our two themes has more than the least: 9 to 1."""
    theme = THEMES[name]
    assert contrast(Color.parse(theme.foreground or ""), Color.parse(theme.background or "")) >= 9


def test_legible_moves_no_further_than_needed() -> None:
    """A colour that can be read already stays as it is; one that cannot is moved until it can."""
    white, grey = Color(255, 255, 255), Color(200, 200, 200)
    assert legible(Color(0, 0, 0), white) == Color(0, 0, 0)
    assert 4.5 <= contrast(legible(grey, white), white) < 7


def test_every_voice_has_its_own_letter() -> None:
    """A letter stands for each voice wherever its colour does."""
    assert len(set(LETTERS.values())) == len(list(Voice)) == len(VOICES)


def test_quotes_without_colours() -> None:
    """Where colours are the terminal's own, quoted is underlined and the current quote reversed."""
    inks = Inks(variables(PLAIN), ansi=True)
    assert inks["quote-expert"].underline
    assert inks["current-expert"].reverse
    assert inks["cursor"].reverse


async def test_no_color(make_app: Callable[..., RoomApp]) -> None:
    """With NO_COLOR set no segment on the screen has a colour."""
    with mock.patch.dict(os.environ, {"NO_COLOR": "1"}):
        app = make_app()
        async with running(app) as pilot:
            await pilot.press("enter")
            await settle(pilot)
            for strip in app.screen._compositor.render_strips():
                for segment in strip:
                    if segment.style:
                        assert segment.style.color is None or segment.style.color.is_default, segment
                        assert segment.style.bgcolor is None or segment.style.bgcolor.is_default, segment


@pytest.mark.parametrize("name", ["nord", "ansi-dark", "textual-light", "secnews-light"])
async def test_themes_can_be_changed(app: RoomApp, name: str) -> None:
    """A theme chosen in the room is taken at once and remembered."""
    async with running(app) as pilot:
        app.choose_theme(name)
        await settle(pilot)
        assert app.theme == app.memory.theme == name
        app.choose_theme("no such theme")
        assert app.theme == name
        assert app.told[-1].error
