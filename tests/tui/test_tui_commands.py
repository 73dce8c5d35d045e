"""The `:` line: the commands of the shell in the room, their completion, and what runs beside the room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tui_library import home, opened, running, settle, text_of, until

from reader.cli.commands import COMMANDS as SHELL
from reader.cli.room_line import RoomLine
from reader.errors import UsageError
from reader.model import View
from reader.service import tagging
from reader.service.library import Library
from reader.tui import line
from reader.tui.app import RoomApp
from reader.tui.commands import COMMANDS
from reader.tui.memory import Memory
from reader.tui.screens.ordering import NOT_HERE, PLAIN


@pytest.fixture
def app(make_app: Callable[..., RoomApp], tmp_path: Path) -> RoomApp:
    """With the grammar of the shell, as the composition root hands it over."""
    return make_app(language=lambda: RoomLine(home=str(home(tmp_path).data.parent), offline=True))


def test_every_command_of_the_shell_is_there() -> None:
    """Every command is understood, has words to show, and completes; those that the room answers itself exist."""
    language = RoomLine()
    assert set(language.names()) == {command.name for command in SHELL}
    for name in language.names():
        assert line.parse(name, language).verb == name
        assert name in line.completions(name[:2], language, {})
        assert language.told(name).startswith(name)
    ids = {command.id for command in COMMANDS}
    assert set(PLAIN) <= set(language.names())
    assert set(PLAIN.values()) <= ids
    assert set(NOT_HERE) >= {"watch", "completion"}


@pytest.mark.parametrize(
    ("text", "verb", "words"),
    [
        ("list --section 'Bank fraud' x", "list", ["--section", "Bank fraud", "x"]),
        ("secnews show 12", "show", ["12"]),
        ("unsav", "unsave", []),
        ("go.sav", "go.saved", []),
        ("theme nord", "theme", ["nord"]),
    ],
)
def test_lines_are_read_as_a_shell_reads_them(text: str, verb: str, words: list[str]) -> None:
    """Quotation marks hold words together; a beginning is enough if it is the only one."""
    assert line.parse(text, RoomLine()) == (verb, words)


@pytest.mark.parametrize("text", ["", "nonsense", "e", "list 'x", "help me", "theme"])
def test_wrong_lines_are_told(text: str) -> None:
    """What is no command is one sentence."""
    with pytest.raises(UsageError):
        line.parse(text, RoomLine())


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("expo", "export"),
        ("list --sec", "list --section"),
        ("list --section N", "list --section News"),
        ("list --section B", "list --section 'Bank fraud'"),
        ("mark u", "mark unread"),
        ("quotes --voice ex", "quotes --voice expert"),
        ("theme no", "theme nord"),
    ],
)
def test_completions(text: str, way: str) -> None:
    """Commands, options, choices, sections and themes are completed."""
    values = {"--section": ["News", "Bank fraud"], "theme": ["dracula", "nord"]}
    assert way in line.completions(text, RoomLine(), values)


async def _type(pilot: object, app: RoomApp, text: str) -> None:
    await pilot.press(":")  # type: ignore[attr-defined]
    await until(pilot, lambda: app.room.query("#prompt"))
    app.room.query_one("#prompt").value = text  # type: ignore[attr-defined]
    await pilot.press("enter")  # type: ignore[attr-defined]
    await until(pilot, lambda: not app.room.query("#prompt"))


async def test_lists_and_articles_show_in_the_panes(app: RoomApp) -> None:
    """`list` and `search` with options fill the Articles pane, `show` opens an article, an error is the shell's."""
    async with running(app) as pilot:
        await _type(pilot, app, "list --section Fraud --unread lumen")
        await until(pilot, lambda: app.room.articles.row_count == 2)
        assert app.room.place.view == View(section="Fraud", unread=True, query="lumen")
        assert "list --section Fraud --unread lumen" in text_of(app)
        await _type(pilot, app, "show a1")
        await until(pilot, lambda: app.room.article.article and app.room.article.article.row.id == 1)
        await _type(pilot, app, "list --limit none")
        await until(pilot, lambda: app.told and "is not a whole number" in app.told[-1].sentence)
        await _type(pilot, app, "search titel:x")
        await settle(pilot)
        assert "column 1" in app.told[-1].sentence, app.told


async def test_commands_about_this_article(app: RoomApp, library: Library) -> None:
    """Without a number `mark`, `save` and `tag` are about the article that is read."""
    async with running(app) as pilot:
        await pilot.press("enter")
        await opened(pilot)
        await _type(pilot, app, "save")
        await _type(pilot, app, "tag later")
        await _type(pilot, app, "mark unread")
        await settle(pilot)
        assert library.counts().saved == 1
        assert tagging.own(library) == [("later", 1)]
        assert library.counts().unread == 6


async def test_history_goes_by_what_was_begun(app: RoomApp) -> None:
    """Up brings back the last line that begins as what stands there."""
    async with running(app) as pilot:
        await _type(pilot, app, "go.all")
        await _type(pilot, app, "go.saved")
        await _type(pilot, app, "theme nord")
        await pilot.press(":", "g", "up")
        await until(pilot, lambda: app.room.query_one("#prompt").value == "go.saved")  # type: ignore[attr-defined]
        await pilot.press("up")
        await until(pilot, lambda: app.room.query_one("#prompt").value == "go.all")  # type: ignore[attr-defined]
        await pilot.press("down", "down")
        await until(pilot, lambda: app.room.query_one("#prompt").value == "g")  # type: ignore[attr-defined]
        await pilot.press("escape")


def test_secrets_are_not_remembered() -> None:
    """A command with a password, a token or a header in it is not kept for the next time."""
    memory = Memory()
    for typed in (
        "add https://example.com/feed",
        "add https://ada:hunter2@example.com/feed",
        "add https://example.com/feed?token=hunter2",
        "edit 3 --header Authorization:hunter2",
    ):
        memory.keep_command(typed)
    assert memory.commands == ["add https://example.com/feed"]


async def test_other_commands_run_beside_the_room(app: RoomApp) -> None:
    """What the room has no window for runs as in the shell; many lines open in a window, an error is a toast."""
    async with running(app) as pilot:
        await _type(pilot, app, "list --limit 2")
        await until(pilot, lambda: len(app.screen_stack) > 1)
        await until(pilot, lambda: text_of(app).count("Story 0") >= 2)
        await pilot.press("escape")
        await _type(pilot, app, "remove 77")
        await until(pilot, lambda: app.told and "There is no source 77" in app.told[-1].sentence)
        assert app.told[-1].error


async def test_a_command_can_be_interrupted(app: RoomApp, tmp_path: Path) -> None:
    """Keys are answered while a command runs, a second one waits for it, and esc interrupts it."""
    import sys

    program = "import time\nprint('begun', flush=True)\ntime.sleep(60)"
    language = app.language
    assert language is not None
    language.argv = lambda _words: [sys.executable, "-c", program]  # type: ignore[method-assign]
    async with running(app) as pilot:
        await _type(pilot, app, "doctor")
        await until(pilot, lambda: app.outside._process is not None)
        await _type(pilot, app, "prune --dry-run")
        await until(pilot, lambda: app.told and "still running" in app.told[-1].sentence)
        await pilot.press("j", "escape")
        await until(pilot, lambda: not app.outside.running)
        await settle(pilot)
