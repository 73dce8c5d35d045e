"""Folders that are sources are watched while the room is open."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from tui_library import running, until

from reader.errors import SourceError
from reader.model import View
from reader.service.adding import add
from reader.service.library import Library
from reader.sources import folder_changes
from reader.tui.app import RoomApp

NOTE = "---\ntitle: {}\n---\nThe lock of the upper basin was opened twice on Tuesday, said the keeper.\n"


def titles(library: Library) -> set[str]:
    return {row.title for row in library.window(View(), limit=100)}


async def test_what_changes_in_a_folder_comes_in_while_the_room_is_open(
    app: RoomApp, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New, renamed and deleted files, without a key; the list shows them; nothing is watched after the end."""
    monkeypatch.setattr(folder_changes, "DEBOUNCE", 100)
    folder = tmp_path / "notes"
    (folder / "Locks").mkdir(parents=True)
    (folder / "one.md").write_text(NOTE.format("The first note"))
    add(library, str(folder))
    async with running(app, (120, 40)) as pilot:
        await until(pilot, lambda: any(t.name == "secnews-folders" for t in threading.enumerate()))
        await until(pilot, lambda: _watches() > 0)
        (folder / "Locks" / "two.md").write_text(NOTE.format("The second note"))
        await until(pilot, lambda: "The second note" in titles(library))
        before = {row.title: row.id for row in library.window(View(), limit=100)}
        (folder / "Locks" / "two.md").rename(folder / "three.md")
        (folder / "one.md").unlink()
        await until(pilot, lambda: "The first note" not in titles(library))
        after = {row.title: row for row in library.window(View(), limit=100)}
        assert after["The second note"].id == before["The second note"]
        assert after["The second note"].section != "Locks"


def _watches() -> int:
    """How many inotify watches this process has."""
    count = 0
    for name in os.listdir("/proc/self/fdinfo"):
        try:
            count += (Path("/proc/self/fdinfo") / name).read_text().count("inotify wd")
        except OSError:
            continue
    return count


def test_without_watchfiles_or_watches_a_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not installed, or the limit of the system is reached: r still looks through folders."""
    import sys

    import watchfiles

    def full(*_paths: str, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    stop = threading.Event()
    assert list(folder_changes.changed_folders([str(tmp_path / "nowhere")], stop)) == []
    monkeypatch.setattr(watchfiles, "watch", full)
    with pytest.raises(SourceError, match=r"no longer watched \(no space left"):
        list(folder_changes.changed_folders([str(tmp_path)], stop))
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(SourceError, match="not installed"):
        list(folder_changes.changed_folders([str(tmp_path)], stop))
