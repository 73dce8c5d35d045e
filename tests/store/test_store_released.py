"""Libraries as released versions left them: every state a reader had is there after today's migrations.

`released/library-0.1.0.db.gz` was made by 0.1.0 itself (format 6): three outlets of four articles each; five read
and two more later, three saved, two tagged, a saved search, a corrected and a hidden quote, two experts merged, an
outlet removed.
"""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from reader.model import View
from reader.quotes import ENGINE
from reader.store import Database, actions, counts, expert_lists, integrity, migrations, quotes, saved_searches, views

RELEASED = sorted((Path(__file__).parent / "released").glob("library-*.db.gz"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.name)
def released(request: pytest.FixtureRequest, file: Path) -> Path:
    """The library of a released version, in its place."""
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.decompress(request.param.read_bytes()))
    return file


def test_everything_is_there(released: Path) -> None:
    """Read, saved, tagged, corrected, hidden, merged, removed: as the reader left it, and sound."""
    database = Database(released)
    with database.read() as c:
        assert migrations.version(c) == migrations.VERSION
        rows = views.window(c, View())
        assert {row.id for row in rows} == {1, 2, 3, 4, 5, 6, 7, 8, 11}
        assert {row.id for row in rows if row.read} == {1, 2, 3, 4, 5, 6, 8}
        assert {row.id for row in views.window(c, View(saved=True))} == {3, 7, 11}
        assert {row.id for row in rows if "mine" in row.tags} == {2, 6}
        found = counts.counts(c)
        assert (found.total, found.unread, found.saved) == (9, 2, 3)
        assert [search.query for search in saved_searches.all(c)] == ["loader is:unread"]
        assert len(quotes.find(c, speaker="chen right")) == 1
        assert len(quotes.find(c, hidden=True)) == 1
        merged = expert_lists.find(c, ["bela"], limit=9)
        assert sorted(expert.quotes for expert in merged) == [2, 4]
        assert {row.id for row in views.window(c, View(query="loader"))} >= {2, 3, 4}
    database.close()
    health = integrity.examine(released, engine=ENGINE)
    assert (health.refusal, health.faults) == ("", ())
    if migrations.VERSION > 6:
        kept = released.with_name(f"library.db.before-{migrations.VERSION}")
        copy = sqlite3.connect(f"{kept.as_uri()}?mode=ro", uri=True)
        assert copy.execute("PRAGMA user_version").fetchone() == (6,)
        copy.close()


def test_actions_can_still_be_undone(released: Path) -> None:
    """What was done with the old version is taken back with this one."""
    database = Database(released)
    with database.write() as c:
        while actions.undo(c):
            pass
        found = counts.counts(c)
        assert (found.total, found.unread, found.saved) == (12, 12, 0)
        assert quotes.find(c, hidden=True) == []
        assert saved_searches.all(c) == []
    database.close()
    health = integrity.examine(released, engine=ENGINE)
    assert (health.refusal, health.faults) == ("", ())
