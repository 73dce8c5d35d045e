"""A refresh leaves a backup of the day and takes old articles away; what cannot be done never spoils the refresh."""

from __future__ import annotations

from pathlib import Path

from feed_server import Clock, FeedServer, item, rss

from reader import paths
from reader.config import Config, Network, Retention
from reader.service import adding, care
from reader.service.library import Library
from reader.service.refresh import refresh


def test_a_refresh_takes_care(tmp_path: Path, server: FeedServer, clock: Clock) -> None:
    """After a refresh there is one backup, and only as many articles of a source as [retention] keeps."""
    address = server.put("/feed.xml", rss(*(item(number) for number in range(5))))
    config = Config(network=Network(allow_private=frozenset((f"127.0.0.1:{server.port}",))),
                    retention=Retention(per_source=2))  # fmt: skip
    with Library.open(paths.locate(tmp_path / "room"), config, clock=clock) as library:
        adding.add(library, address)
        refresh(library, force=True)
        assert library.counts().total == 2
        assert len(list(library.paths.data.glob("library.db.backup-*"))) == 1
        assert refresh(library, force=True, full=True).new == 0
        assert library.counts().total == 2


def test_what_cannot_be_done_is_told(library: Library) -> None:
    """A library that cannot be backed up gives a sentence and no error."""
    library.set_setting("a", 1)
    library.paths.library.write_bytes(b"broken" * 9_999)
    (library.paths.data / "library.db-wal").unlink(missing_ok=True)
    told = care.care(library)
    assert told
    assert "doctor" in told[0]
