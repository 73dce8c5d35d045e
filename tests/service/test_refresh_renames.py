"""Files that are renamed, moved, edited and deleted, and what becomes of their articles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from feed_server import item, rss

from reader import paths
from reader.config import Config
from reader.model import ArticleRow, Outcome, View
from reader.service import actions, tagging
from reader.service.adding import add
from reader.service.exporting.archive import write_archive
from reader.service.importing import import_file
from reader.service.library import Library
from reader.service.refresh import refresh
from reader.service.renames import missing, new_key, renamed
from reader.store.local_files import LocalFile

PROSE = "The keeper of the tide gauge said on Monday that nobody had read it for eleven years in a row.\n"


def note(title: str, *, tags: str = "tides", more: str = "") -> str:
    return f"---\ntitle: {title}\ntags: [{tags}]\n---\n{PROSE}{more}\n"


def rows(library: Library) -> dict[str, ArticleRow]:
    return {row.title: row for row in library.window(View(), limit=1000)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "notes"
    root.mkdir()
    (root / "gauge.md").write_text(note("Nobody read the gauge"))
    (root / "untitled.txt").write_text(PROSE * 3)
    (root / "feed.xml").write_text(rss(item(1), item(2)))
    return root


def test_a_renamed_file_stays_the_same_article(library: Library, folder: Path) -> None:
    """Id, read and saved state stay, whatever the file is called; a title made of the name follows it."""
    add(library, str(folder))
    before = rows(library)
    gauge, plain = before["Nobody read the gauge"].id, before["untitled"].id
    actions.mark_read(library, [gauge], True)
    actions.save(library, [plain])
    (folder / "gauge.md").rename(folder / "Tide gauge.md")
    (folder / "untitled.txt").rename(folder / "keeper.txt")
    result = refresh(library).results[0]
    assert (result.new, result.message) == (0, "")
    after = rows(library)
    assert (after["Nobody read the gauge"].id, after["Nobody read the gauge"].read) == (gauge, True)
    assert (after["keeper"].id, after["keeper"].saved) == (plain, True)
    assert len(after) == len(before)
    assert refresh(library).results[0].outcome is Outcome.UNCHANGED


def test_a_moved_file_takes_the_section_of_its_new_folder(library: Library, folder: Path) -> None:
    """Into a sub-folder and out again, files and feeds alike; a new time of change makes no difference."""
    add(library, str(folder), section="Mine")
    before = {title: row.id for title, row in rows(library).items()}
    (folder / "Pumps").mkdir()
    for name in ("gauge.md", "feed.xml"):
        (folder / name).rename(folder / "Pumps" / name)
        os.utime(folder / "Pumps" / name, (1_600_000_000, 1_600_000_000))
    assert refresh(library).results[0].new == 0
    after = rows(library)
    assert {title: row.id for title, row in after.items()} == before
    assert {title: row.section for title, row in after.items()} == {
        "Nobody read the gauge": "Pumps",
        "Story 1": "Pumps",
        "Story 2": "Pumps",
        "untitled": "Mine",
    }
    (folder / "Pumps" / "gauge.md").rename(folder / "gauge.md")
    (folder / "Pumps" / "feed.xml").rename(folder / "other.xml")
    assert refresh(library).results[0].new == 0
    assert {row.section for row in rows(library).values()} == {"Mine"}


def test_an_edited_file_updates_its_article_and_its_tags(library: Library, folder: Path) -> None:
    """Text, title and the file's own tags follow; the reader's tags stay."""
    add(library, str(folder))
    gauge = rows(library)["Nobody read the gauge"].id
    tagging.tag(library, [gauge], "mine")
    (folder / "gauge.md").write_text(note("The gauge is read", tags="pumps", more="It is read again."))
    result = refresh(library).results[0]
    assert (result.new, result.updated) == (0, 1)
    article = library.article(gauge)
    assert article.row.title == "The gauge is read"
    assert "read again" in article.document.text
    assert sorted(article.row.tags) == ["mine", "pumps"]


def test_a_deleted_file_stays_if_it_is_saved_and_comes_back_with_its_state(library: Library, folder: Path) -> None:
    """Unsaved articles go with their file, and return under their id, read as they were."""
    add(library, str(folder))
    before = rows(library)
    gauge, plain = before["Nobody read the gauge"].id, before["untitled"].id
    actions.save(library, [plain])
    actions.mark_read(library, [gauge], True)
    kept = {name: (folder / name).read_text() for name in ("gauge.md", "untitled.txt", "feed.xml")}
    for name in kept:
        (folder / name).unlink()
    assert refresh(library).results[0].outcome is Outcome.OK
    assert set(rows(library)) == {"untitled"}
    assert refresh(library).results[0].outcome is Outcome.UNCHANGED
    actions.unsave(library, [plain])
    refresh(library)
    assert rows(library) == {}
    actions.undo(library)
    refresh(library)
    assert set(rows(library)) == {"untitled"}
    for name, text in kept.items():
        (folder / f"again {name}").write_text(text)
    assert refresh(library).results[0].new == 0
    after = rows(library)
    assert after["Nobody read the gauge"].id == gauge
    assert after["Nobody read the gauge"].read
    assert {row.id for row in after.values()} == {row.id for row in before.values()}


def test_a_folder_that_cannot_be_read_takes_nothing_away(library: Library, folder: Path) -> None:
    """A sub-folder that became a pipe, or a file that became unreadable in kind, is not a deleted one."""
    (folder / "Pumps").mkdir()
    (folder / "gauge.md").rename(folder / "Pumps" / "gauge.md")
    add(library, str(folder))
    (folder / "Pumps").rename(folder.with_name("away"))
    os.symlink(folder.with_name("away"), folder / "Pumps")
    (folder / "untitled.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    result = refresh(library).results[0]
    assert result.outcome is Outcome.PARTIAL
    assert {"Nobody read the gauge", "untitled"} <= set(rows(library))


def test_an_empty_folder_on_another_device_is_one_that_is_not_mounted(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that asks; nothing goes. On the same device an empty folder is an empty folder."""
    from reader.service import local

    add(library, str(folder))
    for path in folder.iterdir():
        path.unlink()
    there = local._device(str(folder))
    monkeypatch.setattr(local, "_device", lambda _root: there + 1)
    result = refresh(library).results[0]
    assert result.outcome is Outcome.ERROR
    assert "mounted" in result.message
    assert len(rows(library)) == 4
    monkeypatch.setattr(local, "_device", lambda _root: there)
    refresh(library)
    assert rows(library) == {}


def test_a_single_file_is_followed_within_its_folder(library: Library, folder: Path) -> None:
    """A file source that was renamed goes on under its new name; one that is gone is an error and stays."""
    source = add(library, str(folder / "gauge.md"))
    gauge = rows(library)["Nobody read the gauge"].id
    actions.mark_read(library, [gauge], True)
    (folder / "gauge.md").rename(folder / "tide gauge.md")
    assert refresh(library).failed == 0
    assert library.source(source.id).url == str(folder / "tide gauge.md")
    row = rows(library)["Nobody read the gauge"]
    assert (row.id, row.read) == (gauge, True)
    (folder / "tide gauge.md").unlink()
    assert "no such file" in refresh(library).results[0].message
    assert set(rows(library)) == {"Nobody read the gauge"}


def test_a_file_with_the_name_of_a_renamed_one_is_a_new_article(library: Library, folder: Path) -> None:
    """The old name may be used again at once; both files go on as themselves."""
    add(library, str(folder))
    gauge = rows(library)["Nobody read the gauge"].id
    (folder / "gauge.md").rename(folder / "old.md")
    (folder / "gauge.md").write_text(note("A second gauge"))
    refresh(library)
    # The name is the same, so the file counts as edited; its old content is a new file.
    assert rows(library)["A second gauge"].id == gauge
    (folder / "old.md").rename(folder / "older.md")
    refresh(library)
    (folder / "old.md").write_text(note("A third gauge"))
    refresh(library)
    ids = {title: row.id for title, row in rows(library).items() if "gauge" in title}
    assert len(set(ids.values())) == 3


@pytest.mark.parametrize(
    ("new", "lost", "expected"),
    [
        ({"b.md": "h1"}, [("a.md", "h1")], {"b.md": "a.md"}),
        ({"b.md": "h2"}, [("a.md", "h1")], {}),
        ({"b.md": "h1", "c.md": "h1"}, [("a.md", "h1")], {"b.md": "a.md"}),
        ({"x/a.md": "h1", "b.md": "h1"}, [("a.md", "h1")], {"x/a.md": "a.md"}),
        ({"x/a.md": "h1", "x/b.md": "h1"}, [("b.md", "h1"), ("a.md", "h1")], {"x/a.md": "a.md", "x/b.md": "b.md"}),
        ({"b.md": ""}, [("a.md", "")], {}),
    ],
)
def test_which_file_is_which(new: dict[str, str], lost: list[tuple[str, str]], expected: dict[str, str]) -> None:
    """Content decides, then the last part of the path; each missing file is found again once."""
    files = [LocalFile(name, name, "", digest) for name, digest in lost]
    assert {name: file.name for name, file in renamed(new, files).items()} == expected


def test_what_is_missing_and_what_a_key_is() -> None:
    """What lies below a place that cannot be read is not missing; keys of one name differ."""
    files = [LocalFile(name, name, "") for name in ("a.md", "x/b.md", "xy/c.md")]
    assert [file.name for file in missing(files, {"a.md"}, ["x"])] == ["xy/c.md"]
    first = new_key("a.md", set())
    assert new_key("a.md", {first}) not in (first, new_key("b.md", set()))


def test_an_archive_knows_which_file_is_which(library: Library, folder: Path, tmp_path: Path) -> None:
    """Restored elsewhere, the library is the same; renamed files stay themselves, deleted ones return as they were."""
    add(library, str(folder))
    (folder / "gauge.md").rename(folder / "renamed.md")
    feed = (folder / "feed.xml").read_text()
    (folder / "feed.xml").unlink()
    refresh(library)
    ids = {title: row.id for title, row in rows(library).items()}
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    with first.open("w+b") as file:
        write_archive(library, file)
    with Library.open(paths.locate(tmp_path / "other"), Config(), clock=library.now) as other:
        import_file(other, str(first))
        with second.open("w+b") as file:
            write_archive(other, file)
        assert second.read_bytes() == first.read_bytes()
        (folder / "renamed.md").rename(folder / "again.md")
        (folder / "feed.xml").write_text(feed)
        result = refresh(other, full=True).results[0]
        assert (result.new, result.updated) == (0, 2)
        after = rows(other)
        assert {title: after[title].id for title in ids} == ids
        assert {"Story 1", "Story 2"} <= set(after)
