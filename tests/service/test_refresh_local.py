"""Files and folders as sources."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from feed_server import Clock, item, rss

from reader.config import SourceOverride
from reader.model import Outcome, Source, SourceKind, View
from reader.service import actions, serial
from reader.service.adding import add
from reader.service.library import Library
from reader.service.local import path_of, url_of
from reader.service.refresh import SourceDone, refresh

DUMP = """Ports & Fraud

Ferrybank clears its books

The bank said on Monday that it had closed the gap.

“We know where the money went,” said Ines Vidal, an auditor at Harbour Works.
"""
NOTE = """---
title: Tide tables forged
source: https://harbour.example/tides
published: 2026-10-01
tags: [fraud, ports]
---
The tables were forged, **twice**.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a dump, a note in a sub-folder, a feed, and things that are none of our business."""
    root = tmp_path / "clippings"
    (root / "Tides").mkdir(parents=True)
    (root / "bank.txt").write_text(DUMP)
    (root / "Tides" / "tables.md").write_text(NOTE)
    (root / "saved.xml").write_text(rss(item(1), item(2)))
    (root / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (root / ".hidden.txt").write_text("no")
    return root


def titles(library: Library) -> set[str]:
    return {row.title for row in library.window(View(), limit=1000)}


def row(library: Library, title: str) -> int:
    return next(row.id for row in library.window(View(), limit=1000) if row.title == title)


def test_a_folder_gives_its_files_and_the_entries_of_feeds_in_it(library: Library, folder: Path) -> None:
    """Text, Markdown and feeds come in; sub-folders are sections; what states a section keeps it."""
    source = add(library, str(folder))
    assert source.kind is SourceKind.FOLDER
    assert titles(library) == {"Ferrybank clears its books", "Tide tables forged", "Story 1", "Story 2"}
    sections = {row.title: row.section for row in library.window(View())}
    assert sections["Tide tables forged"] == "Tides"
    assert sections["Ferrybank clears its books"] == "Ports & Fraud"
    article = library.article(row(library, "Ferrybank clears its books"))
    assert "Ines Vidal" in {quote.speaker.name for quote in article.quotes if quote.speaker}
    note = library.article(row(library, "Tide tables forged"))
    assert note.row.published == datetime(2026, 10, 1, tzinfo=UTC)
    assert note.row.url == "https://harbour.example/tides"
    assert library.pending() == 0


def test_only_new_and_changed_files_are_read(library: Library, folder: Path) -> None:
    """A second refresh changes nothing; a new file comes in; a changed one updates in place; a gone one goes."""
    add(library, str(folder))
    assert [r.outcome for r in refresh(library).results] == [Outcome.UNCHANGED]
    bank = row(library, "Ferrybank clears its books")
    actions.mark_read(library, [bank], True)
    (folder / "bank.txt").write_text(DUMP.replace("closed the gap", "not closed the gap"))
    (folder / "new.txt").write_text(DUMP.replace("Ferrybank clears", "Ferrybank opens"))
    (folder / "Tides" / "tables.md").unlink()
    (folder / "saved.xml").write_text(rss(item(3), item(1), item(2)))
    result = refresh(library).results[0]
    assert (result.outcome, result.new, result.updated) == (Outcome.OK, 2, 1)
    article = library.article(bank)
    assert "not closed the gap" in article.document.text
    assert article.row.read
    assert "Tide tables forged" not in titles(library)
    assert [r.outcome for r in refresh(library).results] == [Outcome.UNCHANGED]


def test_a_touched_file_is_not_reported_as_changed(library: Library, folder: Path) -> None:
    """A new time of change without a new content is read once and counts as nothing."""
    add(library, str(folder))
    os.utime(folder / "bank.txt", (1, 1))
    result = refresh(library).results[0]
    assert (result.new, result.updated) == (0, 0)


def test_an_unopened_file_is_one_that_did_not_change(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unchanged files are not opened again."""
    add(library, str(folder))
    opened: list[str] = []
    from reader.sources import files

    monkeypatch.setattr(files, "read", lambda path, **_: opened.append(path))
    refresh(library)
    assert opened == []


def test_what_cannot_be_read_is_said_and_the_rest_comes_in(library: Library, folder: Path) -> None:
    """A pipe, a link out of the folder and a binary cost one partial result that names them."""
    os.mkfifo(folder / "pipe.txt")
    (folder / "out.txt").symlink_to("/etc/passwd")
    (folder / "binary.html").write_bytes(bytes(range(256)) * 100)
    add(library, str(folder))
    assert "Ferrybank clears its books" in titles(library)
    assert not any("root:" in library.article(r.id).document.text for r in library.window(View()))
    result = refresh(library).results[0]
    assert result.outcome is Outcome.PARTIAL
    assert "pipe.txt" in result.message
    assert "\n" not in result.message
    (folder / "pipe.txt").unlink()
    (folder / "out.txt").unlink()
    (folder / "binary.html").unlink()
    assert refresh(library).results[0].outcome is Outcome.UNCHANGED


def test_a_missing_folder_is_an_error_and_its_articles_stay(library: Library, folder: Path) -> None:
    """Unmounted or moved away: one sentence, nothing lost; back again: all is well."""
    add(library, str(folder))
    before = titles(library)
    folder.rename(folder.with_name("away"))
    result = refresh(library).results[0]
    assert result.outcome is Outcome.ERROR
    assert "no such file" in result.message
    assert titles(library) == before
    folder.with_name("away").rename(folder)
    assert refresh(library).results[0].outcome is Outcome.UNCHANGED


def test_a_file_is_a_source(library: Library, tmp_path: Path, clock: Clock) -> None:
    """A dump is one article with a section of its own; without a date of its own it has that of the file."""
    path = tmp_path / "bank.txt"
    path.write_text(DUMP)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    source = add(library, str(path))
    assert source.kind is SourceKind.FILE
    (only,) = library.window(View())
    assert (only.title, only.section) == ("Ferrybank clears its books", "Ports & Fraud")
    assert only.published == datetime.fromtimestamp(1_700_000_000, UTC)
    assert serial.row_object(only)["dated_by"] == "mtime"
    assert serial.article_object(library.article(only.id))["dated_by"] == "mtime"
    assert refresh(library).results[0].outcome is Outcome.UNCHANGED
    path.write_text(DUMP.replace("Monday", "Tuesday"))
    assert refresh(library).updated == 1
    assert "Tuesday" in library.article(only.id).document.text


def test_a_feed_on_disk_is_a_source_with_articles(library: Library, tmp_path: Path) -> None:
    """Entries of a saved feed come in, and new ones when the file grows."""
    path = tmp_path / "harbour.xml"
    path.write_text(rss(item(1), item(2)))
    source = add(library, str(path))
    assert (source.title, source.total) == ("Harbour Watch", 2)
    path.write_text(rss(item(3), item(1), item(2)))
    assert refresh(library).new == 1


def test_a_section_given_by_hand_goes_before_that_of_a_file(library: Library, tmp_path: Path) -> None:
    """`--section` wins over the first line of a dump, and the article follows when the source is moved."""
    path = tmp_path / "bank.txt"
    path.write_text(DUMP)
    source = add(library, str(path), section="Mine")
    assert [row.section for row in library.window(View())] == ["Mine"]
    actions.edit_source(library, source.id, section="Theirs")
    assert [row.section for row in library.window(View())] == ["Theirs"]


def test_sub_folders_stay_sections_when_the_source_is_moved(library: Library, folder: Path) -> None:
    """What lies in a sub-folder keeps its section; the rest follows the source. The configuration goes first."""
    (folder / "Tides" / "saved.xml").write_text(rss(item(7)))
    source = add(library, str(folder), section="Mine")
    actions.edit_source(library, source.id, section="Theirs")
    sections = {row.title: row.section for row in library.window(View())}
    assert sections == {
        "Ferrybank clears its books": "Theirs",
        "Story 1": "Theirs",
        "Story 2": "Theirs",
        "Story 7": "Tides",
        "Tide tables forged": "Tides",
    }
    library.config = replace(library.config, sources={str(folder): SourceOverride(section="Configured")})
    (folder / "new.txt").write_text(DUMP.replace("Ferrybank clears", "Ferrybank opens"))
    refresh(library)
    assert next(row.section for row in library.window(View()) if "opens" in row.title) == "Configured"


def test_an_odd_name_is_read_and_shown(library: Library, tmp_path: Path) -> None:
    """A file whose name is not UTF-8, or holds escapes and newlines, is a source like others."""
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\x1b[2J\n.txt")
    Path(odd).write_text(DUMP)
    source = add(library, odd)
    assert path_of(source.url) == odd
    assert refresh(library).results[0].outcome is Outcome.UNCHANGED
    plain = str(tmp_path / "plain.txt")
    assert path_of(url_of(plain)) == plain


@pytest.mark.slow
def test_many_files_can_be_cancelled(library: Library, tmp_path: Path) -> None:
    """Cancelling in the middle of a large folder keeps what came in; the next refresh brings the rest."""
    root = tmp_path / "many"
    root.mkdir()
    for n in range(300):
        (root / f"{n:03}.txt").write_text(DUMP.replace("Ferrybank", f"Bank {n}"))
    add(library, str(root), fetch=False)
    cancel = threading.Event()
    original = library.database.write

    def write_and_cancel() -> object:
        cancel.set()
        return original()

    library.database.write = write_and_cancel  # type: ignore[method-assign, assignment]  # the first commit cancels
    summary = refresh(library, cancel=cancel, derive=False)
    library.database.write = original  # type: ignore[method-assign]  # as it was
    came = len(titles(library))
    assert summary.cancelled
    assert 0 < came < 300
    seen: list[Source] = []
    rest = refresh(library, on_event=lambda event: seen.append(event) if isinstance(event, SourceDone) else None)  # type: ignore[arg-type]  # a recorder
    assert rest.new == 300 - came
    assert len(seen) == 1


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_mailbox_gives_every_message_and_may_grow_at_both_ends(library: Library, tmp_path: Path, kind: str) -> None:
    """One message, then three, then two: each is one article for ever, and only the new ones are new."""
    place = tmp_path / "mail"
    place.mkdir()
    mailbox = place / "letters.mbox"

    def hold(*numbers: int) -> None:
        mailbox.write_text("".join(message(number) for number in numbers))

    hold(2)
    add(library, str(place if kind == "folder" else mailbox))
    assert titles(library) == {"Letter 2"}
    hold(1, 2, 3)
    grown = refresh(library)
    assert (grown.new, grown.updated) == (2, 0)
    assert titles(library) == {"Letter 1", "Letter 2", "Letter 3"}
    assert refresh(library).results[0].outcome is Outcome.UNCHANGED
    hold(3)
    shrunk = refresh(library)
    assert (shrunk.new, shrunk.updated) == (0, 0)
    assert library.counts().total == 3


def message(number: int) -> str:
    """One message of a mailbox."""
    return (
        f"From letters@harbour.example Mon Nov 02 10:0{number}:00 2026\n"
        f"From: Harbour Letters <letters@harbour.example>\nSubject: Letter {number}\n"
        f"Date: Mon, 02 Nov 2026 10:0{number}:00 +0000\n\nThe pumps of harbour {number} run again.\n\n"
    )
