"""Keys in any order, as a cat or a child types them: the room goes on, whatever the window, the pane and the size."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tui_library import draft, put

from reader.service.library import Library
from reader.tui.app import RoomApp
from reader.tui.widgets.quote_list import QuoteList

SIZES = [(120, 40), (80, 24), (40, 12), (20, 5), (1, 1), (200, 60)]
PLAIN = [*"jkhlGnNspmMuUtTxeiyYfFzRrvcCdDaAbBwW?'[]{}<>.,;=-+*#1357"]
NAMED = ["enter", "escape", "space", "tab", "shift+tab", "backspace", "up", "down", "left", "right", "pageup",
         "pagedown", "home", "end", "ctrl+d", "ctrl+u", "ctrl+f", "ctrl+b", "ctrl+p", "ctrl+l", "f1"]  # fmt: skip
PREFIXED = [("g", key) for key in "abcdefghijklmnopqrstuvwxyz?"]
TYPED = ["said", "is:unread", "(", 'a"b', "\u202e", "help", "mark read", "tag x", "title:x", "undo", "sources",
         "theme", "note 1 hello", "rules", "said-by:novak", "5"]  # fmt: skip


def walk(seed: int, steps: int) -> Iterator[tuple[str, ...] | tuple[int, int]]:
    """Keys to press together, now and then a new size of the terminal instead."""
    chance = random.Random(seed)
    for _ in range(steps):
        turn = chance.random()
        if turn < 0.1:
            yield chance.choice(PREFIXED)
        elif turn < 0.2:
            typed = ["space" if char == " " else char for char in chance.choice(TYPED)]
            yield (chance.choice("/:Ft"), *typed, chance.choice(["enter", "enter", "escape", "tab"]))
        elif turn < 0.23:
            yield chance.choice(SIZES)
        else:
            yield (chance.choice(PLAIN if turn < 0.7 else NAMED),)


async def stroll(app: RoomApp, seed: int, steps: int) -> None:
    """Walk through the room; what was pressed stands in the failure."""
    pressed: list[object] = []
    try:
        async with app.run_test(size=SIZES[seed % 3]) as pilot:
            for step in walk(seed, steps):
                pressed.append(step)
                if isinstance(step[0], int):
                    await pilot.resize_terminal(*step)  # type: ignore[arg-type]  # two numbers, as the first says
                else:
                    await pilot.press(*map(str, step))
            await pilot.pause()
    except Exception as error:
        raise AssertionError(f"after {pressed[-12:]}") from error


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What keys write, they write in the working folder; what they open is nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROWSER", "true")
    monkeypatch.setenv("EDITOR", "true")


@pytest.mark.parametrize("seed", range(2))
async def test_keys_in_any_order(app: RoomApp, seed: int) -> None:
    """Forty keys by chance, each time the same ones: no exception, and the room is still there."""
    await stroll(app, seed, 40)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 18))
async def test_many_keys_in_any_order(app: RoomApp, seed: int) -> None:
    """As above, two hundred of them."""
    await stroll(app, seed, 200)


async def test_a_pane_without_rows_takes_every_movement(library: Library, make_app: Callable[..., RoomApp]) -> None:
    """Where nobody is quoted there is no row to move by: the keys do nothing."""
    put(library, [draft(30, text="Nobody spoke about the harbour that day.")])
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("g", "a", "G", "enter")
        await pilot.pause()
        quotes = app.screen.query_one(QuoteList)
        assert quotes.row_count == 0
        quotes.focus()
        for key in ("pagedown", "pageup", "ctrl+d", "end", "home", "j", "k", "enter", "G", "]"):
            await pilot.press(key)
            assert quotes.cursor == 0
