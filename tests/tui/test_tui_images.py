"""`i`: images when they are asked for and not before; no question to the terminal; graphics where it has them."""

from __future__ import annotations

import asyncio
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from pty_driver import Terminal
from tui_library import home, opened, running, settle, text_of, until
from tui_site import Site

from reader.config import Config, Reading
from reader.model import Picture
from reader.service import actions, pictures
from reader.service.adding import add
from reader.service.library import Library
from reader.service.whole_pages import fetch_pages, fetch_wanted
from reader.tui import graphics
from reader.tui.app import RoomApp
from reader.tui.graphics import Way
from reader.tui.screens.images import ImagesScreen
from reader.tui.widgets.blocks import UPPER, Blocks

Image = pytest.importorskip("PIL.Image")
pytest.importorskip("textual_image")
QUESTIONS = re.compile(rb"\x1b\[1[468]t|\x1b\[0?c|\x1b_Gi=\d+,s=1")  # that textual-image asks where it may


@pytest.mark.parametrize(
    ("environ", "wanted", "way"),
    [
        ({"TERM": "xterm-256color"}, "auto", Way.BLOCKS),
        ({}, "auto", Way.BLOCKS),
        ({"TERM": "xterm-kitty"}, "auto", Way.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "auto", Way.KITTY),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, "auto", Way.BLOCKS),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, "auto", Way.BLOCKS),
        ({"TERM": "screen", "STY": "1"}, "auto", Way.BLOCKS),
        ({"TERM": "xterm-kitty", "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}, "auto", Way.BLOCKS),
        ({"TERM": "foot"}, "auto", Way.SIXEL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "auto", Way.SIXEL),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230804"}, "auto", Way.SIXEL),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "211203"}, "auto", Way.BLOCKS),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "x"}, "auto", Way.BLOCKS),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, "auto", Way.NONE),
        ({"TERM": "tmux-256color", "TMUX": "x"}, "sixel", Way.SIXEL),
        ({"TERM": "xterm-kitty"}, "off", Way.NONE),
    ],
)
def test_the_way_by_the_environment(environ: dict[str, str], wanted: str, way: Way) -> None:
    """Graphics only where the environment names a terminal that has them; tmux never, unless the reader says so."""
    assert graphics.way(environ, wanted) is way


def test_half_blocks_have_two_pixels_in_a_cell() -> None:
    """The upper pixel is the letter's colour, the lower the ground's; an odd last row is its own ground."""
    red, blue, grey = b"\xff\0\0", b"\0\0\xff", b"\x80\x80\x80"
    drawn = Blocks(Picture(2, 3, red * 2 + blue * 2 + grey * 2, (2, 3)))
    first, last = (list(drawn._line(y)) for y in (0, 1))
    assert [(s.text, s.style.color.name, s.style.bgcolor.name) for s in first] == [(UPPER, "#ff0000", "#0000ff")] * 2  # type: ignore[union-attr]
    assert [(s.style.color.name, s.style.bgcolor.name) for s in last] == [("#808080", "#808080")] * 2  # type: ignore[union-attr]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    body = io.BytesIO()
    Image.new("RGB", (80, 60), (200, 30, 60)).save(body, "PNG")
    site.put("/dot.png", body.getvalue(), "image/png")
    yield site
    site.close()


def room_of(library: Library, site: Site, *, saved: bool = False) -> None:
    library.set_setting("tui", {"toured": True})
    add(library, f"{site.url}/feed")
    if saved:
        actions.save(library, [1])
        fetch_wanted(library)
    else:
        fetch_pages(library, [1])


def app_of(library: Library, **options: Any) -> RoomApp:
    config = Config(reading=Reading(refresh_on_start=False, images="blocks"))
    return RoomApp(library, options.pop("config", config), zone=UTC, **options)


async def test_images_come_when_they_are_asked_for(site: Site, tmp_path: Path) -> None:
    """Reading an article loads none of its images; `i` loads the one that is seen, with its words and address."""
    with Library.open(home(tmp_path), Config()) as library:
        await asyncio.to_thread(room_of, library, site)
        app = app_of(library)
        async with running(app) as pilot:
            await pilot.press("g", "a", "enter")
            await opened(pilot)
            await settle(pilot)
            assert "/dot.png" not in site.asked
            await pilot.press("i")
            await until(pilot, lambda: isinstance(app.screen, ImagesScreen))
            await until(pilot, lambda: UPPER in text_of(app))
            text = text_of(app)
            assert "A copied key" in text
            assert "80 × 60" in text
            assert site.asked.count("/dot.png") == 1
            await pilot.press("n")
            assert "last image" in app.told[-1].sentence
            await pilot.resize_terminal(40, 12)
            await until(pilot, lambda: app.screen.query(Blocks) and app.screen.query_one(Blocks).size.height <= 8)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.room)


async def test_closing_the_window_cancels_what_hangs(site: Site, tmp_path: Path) -> None:
    """A server that does not answer keeps nobody: esc leaves at once, the room goes on."""
    site.held.add("/dot.png")
    with Library.open(home(tmp_path), Config()) as library:
        await asyncio.to_thread(room_of, library, site)
        app = app_of(library)
        async with running(app) as pilot:
            await pilot.press("g", "a", "enter")
            await opened(pilot)
            await pilot.press("i")
            await until(pilot, lambda: "/dot.png" in site.asked)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.room)
            await settle(pilot)
            assert not site.release.is_set()


async def test_saved_images_are_shown_offline(site: Site, tmp_path: Path) -> None:
    """With the server gone a saved image is drawn; without colours the words and the address are there all the same."""
    with Library.open(home(tmp_path), Config()) as library:
        await asyncio.to_thread(room_of, library, site, saved=True)
        site.close()
        app = app_of(library, offline=True)
        async with running(app) as pilot:
            await pilot.press("g", "s", "enter")
            await opened(pilot)
            await pilot.press("i")
            await until(pilot, lambda: UPPER in text_of(app) and "saved" in text_of(app))
        listing = app_of(library, offline=True, config=Config(reading=Reading(images="off")))
        async with running(listing) as pilot:
            await pilot.press("g", "s", "enter")
            await opened(pilot)
            await pilot.press("i")
            await until(pilot, lambda: "A copied key" in text_of(listing))
            assert UPPER not in text_of(listing)


async def test_without_the_extra_one_sentence(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install, and no window."""
    monkeypatch.setattr(pictures, "find_spec", lambda name: None)
    with Library.open(home(tmp_path), Config()) as library:
        await asyncio.to_thread(room_of, library, site)
        app = app_of(library)
        async with running(app) as pilot:
            await pilot.press("g", "a", "enter")
            await opened(pilot)
            await pilot.press("i")
            await until(pilot, lambda: app.told and "secnews[images]" in app.told[-1].sentence)
            assert app.screen is app.room
            assert "/dot.png" not in site.asked


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Path:
    """A home whose article has a saved image."""
    with Library.open(home(tmp_path), Config()) as library:
        room_of(library, site, saved=True)
    return tmp_path / "room"


@pytest.mark.parametrize(
    ("term", "drawn"),
    [
        ("xterm-kitty", re.compile(rb"\x1b_G[a-zA-Z0-9=,]*;")),
        pytest.param("foot", re.compile(rb"\x1bP[0-9;]*q"), marks=pytest.mark.slow),
        pytest.param("xterm-256color", re.compile(UPPER.encode()), marks=pytest.mark.slow),
    ],
)
def test_bytes_of_the_terminals(folder: Path, term: str, drawn: re.Pattern[bytes]) -> None:
    """Each way's bytes are sent after `i` and none before; at no time is the terminal asked what it can."""
    env = {"TERM": term, "PYTHONPATH": str(Path(__file__).parents[2]), "NO_PROXY": "*"}
    terminal = Terminal([sys.executable, "-m", "reader", "--home", str(folder), "--offline"], env=env)
    terminal.wait_for("Case 0")
    for key in (b"g", b"a", b"\r"):
        terminal.press(key)
    terminal.wait_for("forty shops")
    terminal.drain()
    before = bytes(terminal.written)
    terminal.press(b"i")
    terminal.wait_for("80 × 60, saved")
    terminal.drain(0.5)
    after = bytes(terminal.written[len(before) :])
    terminal.press(b"\x1b", quiet=0.5)
    assert terminal.close(b"qq") == 0
    assert not drawn.search(before)
    assert drawn.search(after)
    assert not QUESTIONS.search(after)
