"""Who the reader has said is the same or not: carried by the archive, by a repair, and through undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from quoted_articles import LEAD, put

from reader import paths
from reader.config import Config
from reader.service import actions, experts, recovery
from reader.service.derive import derive_pending
from reader.service.exporting import archive
from reader.service.importing import import_file
from reader.service.library import Library
from reader.store import integrity

ZOE = "“It is what it is and it stays so,” said Zoe Nickname."


def people(library: Library) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Who there is: names, and titles of the articles each speaks in."""
    return {
        (
            tuple(sorted(experts.names(library, one))),
            tuple(sorted(row.article.title for row in experts.timeline(library, one))),
        )
        for one in experts.experts(library)
    }


@pytest.fixture
def told(library: Library) -> Library:
    """Ada is Zoe, too; in one of the three articles Ada is somebody else."""
    ids = [put(library, LEAD, outlet=outlet, days=days) for days, outlet in enumerate(("one", "two", "three"))]
    put(library, ZOE, outlet="two", days=5)
    ada, zoe = (experts.experts(library, [name])[0] for name in ("ada", "zoe"))
    experts.merge(library, [ada.id, zoe.id])
    experts.split(library, ada.id, ids[:1])
    assert len(people(library)) == 2
    return library


def exported(library: Library, folder: Path) -> str:
    target = folder / "library.zip"
    with target.open("wb") as file:
        archive.write_archive(library, file)
    return str(target)


def test_an_archive_carries_them(told: Library, tmp_path: Path) -> None:
    """In an empty library the same people speak in the same articles, and later articles follow."""
    file = exported(told, tmp_path)
    with Library.open(paths.locate(tmp_path / "other"), Config(), clock=told.now) as other:
        import_file(other, file)
        derive_pending(other)
        assert people(other) == people(told)
        (tmp_path / "again").mkdir()
        assert Path(exported(other, tmp_path / "again")).read_bytes() == Path(file).read_bytes()
        put(other, ZOE, outlet="four")
        assert len(experts.experts(other)) == 2
        import_file(other, file)
        derive_pending(other)
        assert len(experts.experts(other)) == 2
        assert integrity.examine(other.paths.library, engine=0).faults == ()


def test_a_library_that_has_other_articles(told: Library, tmp_path: Path) -> None:
    """Ids differ there; whom it knew already is the same as in the archive, until that is undone."""
    file = exported(told, tmp_path)
    with Library.open(paths.locate(tmp_path / "other"), Config(), clock=told.now) as other:
        put(other, ZOE, outlet="nine")
        put(other, LEAD, outlet="nine")
        before = people(other)
        import_file(other, file)
        derive_pending(other)
        counts = sorted(one.articles for one in experts.experts(other))
        assert counts == [1, 5]
        actions.undo(other)
        assert people(other) == before
        assert integrity.examine(other.paths.library, engine=0).faults == ()


@pytest.mark.parametrize("backup", [False, True])
def test_a_repair_keeps_them(told: Library, backup: bool) -> None:
    """What was said before and after the backup is there when the damaged library has been made anew."""
    if backup:
        actions.undo(told)  # the split comes after the backup
        recovery.back_up(told)
        ada = experts.experts(told, ["ada"])[0]
        experts.split(told, ada.id, [experts.timeline(told, ada)[-1].article.id])
    before = people(told)
    place = told.paths
    told.close()
    content = bytearray(place.library.read_bytes())
    content[:100] = bytes(100)
    place.library.write_bytes(content)
    assert recovery.repair(place, now=told.now()).sentences
    with Library.open(place, Config(), clock=told.now) as anew:
        derive_pending(anew)
        assert people(anew) == before
    assert integrity.examine(place.library, engine=0).faults == ()
