"""What is wrong with the library is told in the room: what, why, what to do; what can be read is (SAFETY 70-75)."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from pathlib import Path

import pytest
from tui_library import NOW, running, settle, until

from reader.config import Config
from reader.model import View
from reader.paths import locate
from reader.service.library import Library
from reader.store import connections
from reader.tui.app import RoomApp

WIDE = (120, 40)


def shown(app: RoomApp) -> int | None:
    article = app.room.article.article
    return article.row.id if article else None


def first_row(app: RoomApp) -> tuple[bool, bool]:
    """Whether the first article looks read, and saved, on the screen."""
    rows = app.room.articles.rows
    row = rows.row(0) if rows is not None else None
    assert row is not None
    return row.read, row.saved


def told(app: RoomApp) -> str:
    return app.told[-1].sentence if app.told and app.told[-1].error else ""


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Another program is writing."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


async def test_another_writer(
    make_app: Callable[..., RoomApp], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another holds the library, what was not written does not stay on the screen, and all can be read."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    app = make_app()
    async with running(app, WIDE) as pilot:
        await settle(pilot)
        with held(library.paths.library):
            await pilot.press("s")
            await until(pilot, lambda: "Another secnews is writing" in told(app))
            assert "try again in a moment" in told(app)
            await until(pilot, lambda: first_row(app) == (False, False))
            await pilot.press("enter")
            await until(pilot, lambda: shown(app))
            await settle(pilot)
            assert first_row(app) == (False, False)
            await pilot.press("q")
            await pilot.press("j", "enter")
            await until(pilot, lambda: app.room.quotes.row_count)
        await pilot.press("s")
        await until(pilot, lambda: library.counts().saved == 1)


async def test_leaving_while_another_writes(
    make_app: Callable[..., RoomApp], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room ends all the same, with its threads, and the reason why its last place is not kept is there to be told:
    an error in Textual's way out left a thread that took all of a processor for ever."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    app = make_app()
    with held(library.paths.library):
        async with running(app, WIDE) as pilot:
            await settle(pilot)
            app.exit(0)
            await settle(pilot)
    assert "Another secnews is writing" in str(app.unkept)
    assert app.return_code == 0


async def test_only_readable(library: Library) -> None:
    """A library that can only be read is told at once, with what to do, and stands in the last line of the screen."""
    with Library.open(library.paths, Config(), readonly=True, clock=lambda: NOW) as readonly:
        app = RoomApp(readonly, Config(), offline=True, zone=UTC)
        async with running(app, WIDE) as pilot:
            await until(pilot, lambda: "can only be read" in told(app))
            assert "nothing can be changed" in told(app)
            assert "permissions of the file and its folder" in told(app)
            await until(pilot, lambda: "read-only" in app.room.status.activity)
            await pilot.press("enter")
            await until(pilot, lambda: shown(app))


async def test_a_damaged_text(make_app: Callable[..., RoomApp], library: Library) -> None:
    """An article whose text is damaged is told; the others are read as before."""
    with library.database.write() as c:
        newest = library.window(View())[0].id
        c.execute("UPDATE body SET text = x'00112233' WHERE article_id = ?", (newest,))
    app = make_app()
    async with running(app, WIDE) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "is damaged" in told(app))
        assert "secnews doctor --repair" in told(app)
        await pilot.press("q")
        await pilot.press("j", "enter")
        await until(pilot, lambda: shown(app) not in (None, newest))


@pytest.mark.slow
async def test_a_full_disk(library: Library, tmp_path: Path) -> None:
    """On a full disk nothing that was not written stays on the screen, and everything is read."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("no small disk can be made here")
    try:
        library.database.close()
        shutil.copytree(library.paths.library.parent, place / "data")
        with suppress(OSError), (place / "fill").open("wb", buffering=0) as fill:
            while fill.write(bytes(4_096)) == 4_096:
                pass
        with Library.open(locate(place), Config(), clock=lambda: NOW) as full:
            app = RoomApp(full, Config(), offline=True, zone=UTC)
            async with running(app, WIDE) as pilot:
                await settle(pilot)
                await pilot.press("s")
                await until(pilot, lambda: "is full" in told(app))
                assert "free some space" in told(app)
                await until(pilot, lambda: first_row(app) == (False, False))
                await pilot.press("enter")
                await until(pilot, lambda: shown(app))
                (place / "fill").unlink()
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)
