"""When the reader has a fault of its own: a short message, the trace in a private log, nothing of anybody's text."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest
from rich.console import Console
from tui_library import running, settle, until

from reader.service import actions
from reader.tui import crash
from reader.tui.app import RoomApp


class _FaultError(RuntimeError):
    """A fault that names a person's file and an article's words."""


SECRET = "the stolen token of /home/jane/private.txt"


async def test_a_crash_is_short(app: RoomApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message has no text of articles, no values and no path; the log has the trace and is private."""

    def fault(_steps: int) -> None:
        raise _FaultError(SECRET)

    monkeypatch.setattr(app.room.articles, "move", fault)
    app.error_console = Console(file=io.StringIO(), markup=False, highlight=False)
    with pytest.raises(_FaultError):  # noqa: PT012 - the fault comes up where the room is left
        async with running(app) as pilot:
            await pilot.press("j")
            await until(pilot, lambda: not app.is_running)
    shown = app.error_console.file.getvalue()  # type: ignore[attr-defined]
    assert "fault of its own (_FaultError)" in " ".join(shown.split())
    assert "jane" not in shown
    assert "Traceback" not in shown
    assert str(app.paths.log) not in shown
    log = app.paths.log_file
    assert "_FaultError" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


async def test_a_fault_in_a_thread_is_told(app: RoomApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in a job is a toast and a line in the log; the room goes on."""

    def fault(*_arguments: object) -> None:
        raise _FaultError(SECRET)

    monkeypatch.setattr(actions, "save", fault)
    async with running(app) as pilot:
        await pilot.press("s")
        await settle(pilot)
        await until(pilot, lambda: app._notifications)
        message = next(iter(app._notifications)).message
        assert "_FaultError" in message
        assert "jane" not in message
        assert app.is_running
    assert "_FaultError" in app.paths.log_file.read_text()


def test_the_log_is_no_link(tmp_path: Path) -> None:
    """A log that is a symbolic link is not followed; a log that grew too large begins anew."""
    target = tmp_path / "target"
    target.write_text("kept")
    link = tmp_path / "secnews.log"
    link.symlink_to(target)
    assert "could not" in crash.record(ValueError("x"), link)
    assert target.read_text() == "kept"
    large = tmp_path / "large.log"
    large.write_text("x" * (crash.KEEP + 1))
    crash.record(ValueError("x"), large)
    assert large.stat().st_size < 10_000
