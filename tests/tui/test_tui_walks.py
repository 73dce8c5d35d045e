"""Every key in every pane and every window at every size: no exception, no overlap, no words cut without a sign."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from screen_audit import faults
from textual.events import Key
from textual.keys import _character_to_key
from tui_library import running, settle

from reader.tui.app import RoomApp
from reader.tui.arrangement import PANES
from reader.tui.commands import COMMANDS

SIZES = ((120, 40), (80, 24), (40, 12), (20, 5), (1, 1))
NEVER = {"ctrl+q", "ctrl+c", "escape", "q"}  # leave the room, or the window, which happens all the time
LEAVING = {"quit", "back"}  # these may end the room, which is tested on its own

# How each window, dialog and line over the room is opened; every one at every size.
WINDOWS = {
    "help": "?",
    "sources": "E",
    "edit": "E e",
    "add": "a",
    "card": "enter l l l enter",
    "timeline": "enter l l l enter e",
    "correct": "enter l l l C",
    "experts": "g,e",
    "rules": "g,R",
    "a rule": "g,R a",
    "all quotes": "g,q",
    "messages": "g,l",
    "results": "g,r",
    "palette": "ctrl+p",
    "command line": ":",
    "search": "/",
    "text search": "enter /",
    "filter": "F",
    "tag": "t",
    "export": "e",
    "pipe": "|",
    "output": "| w c enter",
    "note": "c",
    "notes": "c h i f2 c",
    "note again": "c h i f2 c e",
    "confirm": "enter confirm",
    "catalogue": "g,c",
    "new": "g,n",
    "link letters": "enter f",
    "zen": "enter z",
    "tour": "g,?",
}


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """`o` opens nothing here."""
    monkeypatch.setenv("BROWSER", "true")


async def press(app: RoomApp, *keys: str) -> None:
    """Press keys and wait until all that they began is shown."""
    for key in keys:
        character = key if len(key) == 1 else None
        name = key if character is None else _character_to_key(key)
        event = Key(name, character)
        event.set_sender(app)
        app.post_message(event)
        await calm(app)


async def calm(app: RoomApp) -> None:
    """Wait until no message and no job is left."""
    async with asyncio.timeout(20):
        quiet = 0
        while quiet < 2:
            await asyncio.sleep(0.001)
            quiet = 0 if _busy(app) else quiet + 1


def _busy(app: RoomApp) -> bool:
    screen = app.screen
    if any(not worker.is_finished for worker in app.workers) or screen._callbacks or app.message_queue_size:
        return True
    if screen._layout_required or screen._layout_widgets or screen._dirty_widgets:
        return True
    nodes = (*app.screen_stack, *screen.walk_children())
    return any(node.message_queue_size or node._next_callbacks for node in nodes)


async def leave(app: RoomApp) -> None:
    """Back to the room with nothing over it."""
    for _ in range(8):
        if len(app.screen_stack) == 1 and not app._values and not app.room.query("#prompt") and not app.keys.pending:
            return
        await press(app, "escape")
    raise AssertionError(f"{app.screen} does not close; {app.focused} has the focus")


def checked(app: RoomApp, done: object) -> list[str]:
    return [f"{done}: {fault}" for fault in faults(app)]


def cases(names: Any, fast: set[tuple[str, tuple[int, int]]]) -> list[object]:
    return [
        pytest.param(
            name, size, marks=() if (name, size) in fast else pytest.mark.slow, id=f"{name}-{size[0]}x{size[1]}"
        )
        for name in names
        for size in SIZES
    ]


@pytest.mark.parametrize(("pane", "size"), cases(PANES, set()))
async def test_every_key_in_every_pane(app: RoomApp, size: tuple[int, int], pane: str) -> None:
    """Every binding can be pressed in every pane at every size, with a count, and the screen stays whole."""
    found: list[str] = []
    async with running(app, size) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        for command in COMMANDS:
            if command.id in LEAVING:
                continue
            for key in command.keys.split(",")[: None if size == SIZES[0] else 1]:
                app.room.focus_pane(pane)
                await press(app, "3", *key.split(" "))
                found += checked(app, key)
                await leave(app)
        assert app.is_running
    assert not found


async def open_window(app: RoomApp, keys: str) -> None:
    app.room.focus_pane("articles")
    for key in keys.split():
        if key == "confirm":
            app.browse("https://www.cisa.gov@evil.example.com/a")
            await calm(app)
        else:
            await press(app, *key.split(","))


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_every_window_as_it_opens(app: RoomApp, size: tuple[int, int]) -> None:
    """Every window, dialog and line over the room is whole as soon as it is open."""
    found: list[str] = []
    async with running(app, size):
        for name, keys in WINDOWS.items():
            await open_window(app, keys)
            found += checked(app, name)
            app.clear_notifications()
            await leave(app)
            app.room.zen = False
    assert not found


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
async def test_every_key_in_every_window(
    app: RoomApp, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every key that a window answers to can be pressed there, and the screen stays whole.

    What fields and lists have in common is pressed in the first window that has them.
    """
    monkeypatch.chdir(tmp_path)  # where an export goes
    found: list[str] = []
    pressed: set[tuple[type[object], str]] = set()
    async with running(app, size):
        for name, keys in WINDOWS.items():
            await open_window(app, keys)
            window = app.screen
            active = window.active_bindings.items() if window is not app.room else ()
            answered = {(type(binding.node), key) for key, binding in active if key not in NEVER} - pressed
            pressed |= answered
            for key in [*sorted(key for _, key in answered), "x", "tab", "down", "enter"]:
                await press(app, key)
                found += checked(app, f"{name}: {key}")
                if app.screen is not window:
                    await leave(app)
                    await open_window(app, keys)
                    window = app.screen
            await leave(app)
            app.room.zen = False
        assert app.is_running
    assert not found


async def test_what_is_wrong_is_seen(app: RoomApp) -> None:
    """The look at the screen finds panes over each other, lines that are too long and columns that are cut."""
    async with running(app, SIZES[1]):
        await calm(app)
        assert faults(app) == []
        app.room.article.styles.offset = (-5, 0)
        await calm(app)
        assert any("both cover" in fault for fault in faults(app))
        app.room.article.styles.offset = (0, 0)
        await calm(app)
        app.room.articles.draw = lambda y, width: [Segment("x" * (width + 1))]  # type: ignore[method-assign]
        assert any("longer than" in fault for fault in faults(app))
        await press(app, "?")
        app.screen.list.draw_row = lambda *_: [Segment("j")]  # type: ignore[attr-defined]
        assert any("is cut in" in fault for fault in faults(app))
