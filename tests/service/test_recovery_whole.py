"""`doctor --repair` brings back everything that a person has, as far as it can be read, and not only articles."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from blank_library import put_blank_library, put_library
from feed_server import Clock, FeedServer
from rich_library import archived, made

from reader import paths
from reader.config import Config
from reader.model import View
from reader.service import actions, notes, recovery, rules, saving, tagging
from reader.service.library import Library
from reader.store import backups
from reader.store.connections import PAGE_SIZE

OF_SERVERS = (
    "status",
    "reason",
    "errors",
    "last_success",
    "next_fetch",
    "etag",
    "last_modified",
    "body_hash",
    "site_url",
)


def held(data: bytes) -> dict[str, Any]:
    """What an archive holds, less what servers said of their feeds: that is asked for anew."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    found: dict[str, Any] = {name: packed.read(name) for name in packed.namelist() if name.startswith("bytes/")}
    for name in packed.namelist():
        if name.endswith(".jsonl"):
            found[name] = [json.loads(line) for line in packed.read(name).splitlines()]
    for source in found["sources.jsonl"]:
        for name in OF_SERVERS:
            source.pop(name)
    return found | {"last": json.loads(packed.read("manifest.json"))["last_ids"]}


def wipe_header(path: Path) -> None:
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def put_made(folder: Path, server: FeedServer) -> tuple[paths.Paths, dict[str, Any]]:
    """A library with everything on the disk; returns where, and what it holds."""
    place = paths.locate(folder / "room")
    content, packed = made(server, folder)
    put_library(place.library, content)
    return place, held(packed)


def repaired(place: paths.Paths, clock: Clock) -> dict[str, Any]:
    assert recovery.repair(place, now=clock()).sentences
    with Library.open(place, Config(), clock=clock) as library:
        assert all(not one.faults for one in saving.verify(library))
        return held(archived(library))


@pytest.mark.parametrize("backup", ["none", "blank", "same"])
def test_everything_comes_back(tmp_path: Path, server: FeedServer, clock: Clock, backup: str) -> None:
    """A library whose header is lost holds afterwards what it held before: with no backup, an old one, or its own."""
    place, before = put_made(tmp_path, server)
    if backup != "none":
        other = paths.locate(tmp_path / "other")
        if backup == "blank":
            put_blank_library(other.library)
        else:
            put_library(other.library, place.library.read_bytes())
        copied = backups.make(other.library, now=clock() - timedelta(days=1))
        assert copied is not None
        there = place.library.parent / copied.relative_to(other.library.parent)
        there.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(copied, there)
    wipe_header(place.library)
    assert repaired(place, clock) == before


def test_what_was_done_since_the_backup(tmp_path: Path, server: FeedServer, clock: Clock) -> None:
    """Revisions, notes, tags, rules, settings of sources and states that are newer than the backup are not lost."""
    place, _held = put_made(tmp_path, server)
    backups.make(place.library, now=clock() - timedelta(days=1))
    with Library.open(place, Config(), clock=clock) as library:
        saved = [number for number in library.ids(View(saved=True)) if saving.evidence(library, number).captures]
        notes.add(library, saved[0], "Since then")
        tagging.tag(library, saved[:2], "new")
        actions.mark_read(library, saved, True)
        hide = next(one.rule for one in rules.list_all(library) if one.rule.action is rules.Action.HIDE)
        rules.set_enabled(library, hide.id, False)
        rules.add(library, rules.Action.TAG, "title:case", value="since")
        source = library.sources()[0].id
        actions.edit_source(library, source, title="Another", interval=10_800)
        with library.database.write() as c:
            c.execute("DELETE FROM wanted WHERE article_id = ?", (saved[0],))
            c.execute(
                "INSERT INTO capture (article_id, kind, fetched, checked, url, final_url, title, text,"
                " layout, text_sha256) SELECT article_id, 'page', fetched + 9, checked + 9, url, final_url, title,"
                " text, layout, text_sha256 FROM capture WHERE article_id = ? LIMIT 1",
                (saved[0],),
            )
        before = held(archived(library))
    wipe_header(place.library)
    assert repaired(place, clock) == before


def test_a_broken_page_costs_what_is_on_it(tmp_path: Path, server: FeedServer, clock: Clock) -> None:
    """Whichever page of the file is lost, the rest comes back, and what came back can be exported and verified."""
    place, before = put_made(tmp_path, server)
    content = place.library.read_bytes()
    pages = len(content) // PAGE_SIZE
    lost = 0
    for number in range(1, pages, max(1, pages // 3)):
        room = paths.locate(tmp_path / f"room{number}")
        broken = content[: number * PAGE_SIZE] + bytes(PAGE_SIZE) + content[(number + 1) * PAGE_SIZE :]
        put_library(room.library, broken)
        recovery.repair(room, now=clock())
        with Library.open(room, Config(), clock=clock) as library:
            found = held(archived(library))
        lost += sum(len(before[part]) - len(found.get(part, ())) for part in before if part.endswith(".jsonl"))
    assert lost < 40
