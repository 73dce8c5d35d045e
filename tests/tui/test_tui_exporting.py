"""`e` and `|`: articles into files and through commands."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList
from tui_library import running, settle, text_of, until

from reader.service.library import Library
from reader.tui.app import RoomApp
from reader.tui.completing import paths
from reader.tui.screens.export import ExportScreen
from reader.tui.screens.piped import OutputScreen, PipeScreen

WIDE = (120, 40)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


async def test_export_of_an_article(app: RoomApp, folder: Path) -> None:
    """`e`, three times enter: a Markdown file named after the title; a second time it is not overwritten unasked."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.article.article is not None)
        for text in ("", "kept"):
            await pilot.press("e")
            await until(pilot, lambda: isinstance(app.screen, ExportScreen))
            await pilot.press("enter", "enter", "enter")
            if text:
                await settle(pilot)
                assert "enter again overwrites" in text_of(app)
                await pilot.press("escape")
            await until(pilot, lambda: app.screen is app.room)
            await until(pilot, lambda: bool(list(folder.glob("*.md"))))
            (made,) = folder.glob("*.md")
            if not text:
                assert made.read_text().startswith("---\ntitle: ")
                made.write_text("kept")
        assert made.read_text() == "kept"


async def test_export_of_a_list_in_another_format(app: RoomApp, library: Library, folder: Path) -> None:
    """The name follows what is chosen until it is typed; tab completes folders; the whole list goes out."""
    (folder / "exports").mkdir()
    async with running(app, WIDE) as pilot:
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
        await pilot.press("j", "j", "j", "enter", "j", "enter")
        await settle(pilot)
        field = app.screen.query_one("#path", Input)
        assert field.value.endswith(".json")
        field.value = "exp"
        await pilot.press("tab")
        assert field.value == "exports/"
        field.value = "exports/all.json"
        await pilot.press("enter")
        await until(pilot, lambda: (folder / "exports" / "all.json").is_file())
    listed = json.loads((folder / "exports" / "all.json").read_text())
    assert len(listed["articles"]) == library.counts().total


async def test_export_says_what_is_wrong(app: RoomApp, folder: Path) -> None:
    """A folder that is not there: a sentence, nothing written, the room goes on."""
    async with running(app, (40, 12)) as pilot:
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, ExportScreen))
        app.screen.query_one("#path", Input).value = "nowhere/all.md"
        app.screen.query_one("#path", Input).focus()
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.told and app.told[-1].error))
        assert "could not be written" in app.told[-1].sentence
    assert list(folder.iterdir()) == []


async def test_pipe_shows_what_the_command_says(app: RoomApp) -> None:
    """`|`: the article goes in, the output comes up in a window; the command is offered again the next time."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.article.article is not None)
        await pilot.press("|")
        await until(pilot, lambda: isinstance(app.screen, PipeScreen))
        code = "import sys, json; print(json.load(sys.stdin)['schema'], '[b]x[/x]')"
        app.screen.query_one("#command", Input).value = f'{sys.executable} -c "{code}"'
        app.screen.query_one("#form", OptionList).highlighted = 2
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, OutputScreen) and "1 [b]x[/x]" in text_of(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.room)
        await pilot.press("|")
        await until(pilot, lambda: isinstance(app.screen, PipeScreen))
        assert "json.load" in app.screen.query_one("#command", Input).value
        await pilot.press("escape")


async def test_esc_kills_a_running_command(app: RoomApp, folder: Path) -> None:
    """The window closes and the command ends; one that is not there is told in the window."""
    async with running(app, WIDE) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.article.article is not None)
        await pilot.press("|")
        await until(pilot, lambda: isinstance(app.screen, PipeScreen))
        code = "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)"
        app.screen.query_one("#command", Input).value = f'{sys.executable} -c "{code}"'
        await pilot.press("enter")
        await until(pilot, lambda: (folder / "pid").is_file() and (folder / "pid").read_text() != "")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.room)
        await until(pilot, lambda: not _alive(int((folder / "pid").read_text())))
        await pilot.press("|")
        await until(pilot, lambda: isinstance(app.screen, PipeScreen))
        app.screen.query_one("#command", Input).value = "no-such-command-here"
        await pilot.press("enter")
        await until(pilot, lambda: "There is no command" in text_of(app))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_paths_are_completed(folder: Path) -> None:
    """Folders end in a slash, hidden names only come after a dot, a folder that is not there has none."""
    (folder / "notes").mkdir()
    (folder / "notes" / "a.md").touch()
    (folder / "new.md").touch()
    (folder / ".hidden").touch()
    assert paths("n") == ["new.md", "notes/"]
    assert paths("notes/") == ["notes/a.md"]
    assert paths(".h") == [".hidden"]
    assert paths("nowhere/x") == []
