"""The daily backup and `doctor --repair` through the service, in words a person can act on."""

from __future__ import annotations

from pathlib import Path

import pytest
from feed_server import Clock

from reader.config import Config
from reader.errors import StorageError
from reader.model import Document, Draft, Origin, SourceKind, View
from reader.paths import locate
from reader.service import actions, doctor, recovery
from reader.service.library import Library
from reader.store import articles, sources


@pytest.fixture
def kept(library: Library, clock: Clock) -> int:
    """The id of a saved article with its text."""
    with library.database.write() as c:
        source = sources.insert(
            c, kind=SourceKind.FEED, url="https://news.example/feed", title="News", section="", now=clock()
        )
        draft = Draft(key="1", digest="", title="Kept", url="", origin=Origin.FEED, sort_date=clock())
        (article_id,) = articles.insert(c, source, [draft], section="", now=clock())
        articles.set_derived(c, article_id, Document(text="Words to keep."), [], engine=1)
    actions.save(library, [article_id])
    return article_id


def wipe(library: Library) -> None:
    library.close()
    library.paths.library.write_bytes(b"not a database at all")
    for end in ("-wal", "-shm"):
        Path(f"{library.paths.library}{end}").unlink(missing_ok=True)


def test_one_backup_a_day(library: Library, kept: int, clock: Clock) -> None:
    """A backup is made once a day, and doctor tells of it."""
    assert recovery.back_up(library)
    assert not recovery.back_up(library)
    clock.advance(days=1)
    assert recovery.back_up(library)
    (check,) = [check for check in doctor.examine(library.paths, Config()) if check.name == "backup"]
    assert "2 in all" in check.detail


def test_no_library_no_backup(tmp_path: Path) -> None:
    """Where there is nothing yet, nothing is made."""
    with Library.open(locate(tmp_path / "nothing"), Config()) as library:
        assert not recovery.back_up(library)
        assert not library.paths.data.exists()


def test_the_way_from_damage_to_a_sound_library(library: Library, kept: int, clock: Clock) -> None:
    """The error names the repair, the repair says what it did, and the article is there with its text."""
    recovery.back_up(library)
    wipe(library)
    with pytest.raises(StorageError, match=r"secnews doctor --repair"):
        Library.open(library.paths, Config())
    told = " ".join(recovery.repair(library.paths, now=clock()).sentences)
    assert "library.db.damaged-" in told
    assert "1 articles, 1 of them saved" in told
    with Library.open(library.paths, Config(), clock=clock) as again:
        assert again.article(kept).document.text == "Words to keep."
        assert again.article(kept).row.saved
    assert recovery.repair(library.paths, now=clock()).sentences == ()


def test_wrong_counts_are_set_right_in_place(library: Library, kept: int, clock: Clock) -> None:
    """Where the file is sound and only counts or the index are wrong, no file is put aside."""
    with library.database.write() as c:
        c.execute("UPDATE section SET total = 99")
        c.execute("UPDATE article SET indexed = 0")
    told = recovery.repair(library.paths, now=clock()).sentences
    assert "made anew" in told[0]
    assert library.counts().total == 1
    assert not list(library.paths.data.glob("*damaged*"))
    assert not [check for check in doctor.examine(library.paths, Config()) if check.state is doctor.State.ERROR
                and check.name in ("library", "integrity")]  # fmt: skip
    library.article(kept)
    assert [row.id for row in library.window(View(query="words"))] == [kept]


def test_nothing_to_repair(library: Library, clock: Clock) -> None:
    """Without a library, or with a sound one, repair does nothing."""
    assert recovery.repair(library.paths, now=clock()).sentences == ()
