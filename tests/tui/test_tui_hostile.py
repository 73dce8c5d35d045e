"""Text of strangers in every field that is shown: it stands there as it is, obeys nothing and hides nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
from tui_library import NOW, document, draft, home, put, running, settle, text_of, until

from reader.config import Config
from reader.model import Draft
from reader.service.library import Library
from reader.tui.app import RoomApp

MARKUP = (
    "[/x]",
    "[@click=app.quit]press[/]",
    "[b]bold[/b] [link=https://evil.example]x[/link]",
    "[ ] \\[ $text [$error] {x}",
)
CONTROL = (
    "\x1b[2J\x1b]52;c;ZXZpbA==\x07\x1bP+q\x1b\\\x1bc",
    "\x9b31m\x00\x7f\r\n\t",
    "\u202e\u200b\U000e0041\u2066",
)
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\U000e0000-\U000e007f]")


def hostile(word: str) -> Draft:
    """An article that says `word` in every field."""
    said = f"“We saw {word} there, twice,” said Ada {word} Merrin, head of {word} research at Fox {word} Labs."
    text = f"Intro {word} here.\n\n{said}\n\nthe advisory {word}"
    return draft(
        0,
        title=f"T {word} title",
        text=text,
        author=f"A {word} author",
        summary=word,
        tags=(word,),
        sort_date=NOW,
        published=NOW,
        document=document(text, title=word),
    )


def _library(tmp_path: Path, word: str) -> Library:
    library = Library.open(home(tmp_path), Config(), clock=lambda: NOW)
    put(
        library,
        [hostile(word)],
        source=f"S {word} source",
        section=f"N {word} section",
        url="https://feed.example.com/f",
    )
    return library


@pytest.mark.parametrize("word", MARKUP)
async def test_markup_is_literal(tmp_path: Path, word: str) -> None:
    """Markup stands in list, article, quotes, sections, toasts and windows letter by letter, and acts nowhere."""
    with _library(tmp_path, word) as library:
        app = RoomApp(library, Config(), offline=True, zone=UTC)
        async with running(app, (200, 50)) as pilot:
            await pilot.press("enter")
            await until(pilot, lambda: app.room.article.article)
            await settle(pilot)
            text = text_of(app)
            for shown in (f"T {word} title", f"N {word}"):
                assert shown in text, shown
            for shown in (f"S {word} source", f"N {word} section", f"A {word} author", f"We saw {word} there"):
                assert shown in app.room.article.sheet.text
            _no_actions(app)
            app.tell(f"Told {word} once")
            await until(pilot, lambda: f"Told {word} once" in text_of(app))
            for key in ("E", "g l", "?"):
                await pilot.press(*key.split(" "))
                await until(pilot, lambda: len(app.screen_stack) == 2)
                await settle(pilot)
                _no_actions(app)
                await pilot.press("escape")
                await until(pilot, lambda: len(app.screen_stack) == 1)
            app.room.search_library(f"nothing {word}")
            await settle(pilot)
            assert app.is_running
            await pilot.press("ctrl+p")
            await pilot.pause()
            _no_actions(app)


def _no_actions(app: RoomApp) -> None:
    """No segment on the screen does anything when it is clicked."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            if segment.style and segment.style.meta:
                assert not any(key.startswith("@click") for key in segment.style.meta), segment


@pytest.mark.parametrize("word", CONTROL)
async def test_controls_are_gone(tmp_path: Path, word: str) -> None:
    """No control, bidi or invisible character is drawn, whatever field it came in, and one row stays one row."""
    with _library(tmp_path, f"x{word}y") as library:
        app = RoomApp(library, Config(), offline=True, zone=UTC)
        async with running(app, (200, 50)) as pilot:
            await pilot.press("enter")
            await until(pilot, lambda: app.room.article.article)
            await settle(pilot)
            for strip in app.screen._compositor.render_strips():
                for segment in strip:
                    assert not FORBIDDEN.search(segment.text), segment
            assert app.room.articles.row_count == 1
            app.copy(f"copied {word}", "it")
            assert not FORBIDDEN.search(app._clipboard)


@pytest.mark.parametrize("title", ["x" * 5_000_000, "日本" * 100_000, "e" + "\u0301" * 100_000, "👩\u200d🔬" * 50_000])
async def test_endless_titles(tmp_path: Path, title: str) -> None:
    """A title of any length is one cut row and cannot stall the room."""
    with Library.open(home(tmp_path), Config(), clock=lambda: NOW) as library:
        put(library, [replace(hostile("a"), title=title)])
        app = RoomApp(library, Config(), offline=True, zone=UTC)
        async with running(app, (120, 40)) as pilot:
            await pilot.press("enter")
            await until(pilot, lambda: app.room.article.article)
            await settle(pilot)
            assert app.room.articles.row_count == 1


@pytest.mark.parametrize("width", [20, 64, 99, 200])
async def test_wide_text_keeps_its_columns(tmp_path: Path, width: int) -> None:
    """Rows of wide, joined and marked characters are as wide as the screen, at every width."""
    with _library(tmp_path, "日本 👩\u200d🔬 ❤\ufe0f e\u0301\u0301 ก็ العربية") as library:
        app = RoomApp(library, Config(), offline=True, zone=UTC)
        async with running(app, (width, 30)) as pilot:
            await pilot.press("enter")
            await until(pilot, lambda: app.room.article.article)
            await settle(pilot)
            for strip in app.screen._compositor.render_strips():
                assert strip.cell_length == width
