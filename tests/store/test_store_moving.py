"""An older library moves to the form of format 11 article by article: found and read all the while, also if killed."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reader.model import Document, Draft, Origin, Quote, QuoteKind, SourceKind, Speaker, View, Voice
from reader.quotes import ENGINE
from reader.store import (
    Database,
    articles,
    bodies,
    corrections,
    integrity,
    moving,
    quotes,
    retention,
    searching,
    sources,
    views,
)
from reader.store.corrections import Correction

RELEASED = sorted((Path(__file__).parent / "released").glob("library-*.db.gz"))
QUERIES = (
    "loader", '"the loader"', "title:loader", "quote:loader", "role:analyst", "said-by:chen voice:expert",
    "quote:the org:example", "-loader", "kind:direct",
)  # fmt: skip
MOVER = """
import os, sys
from pathlib import Path
from reader.store import Database, bodies, moving, searching
left = int(sys.argv[2])
def dying(function):
    def run(*args):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
        return function(*args)
    return run
searching.move, bodies.put = dying(searching.move), dying(bodies.put)
database = Database(Path(sys.argv[1]))
while True:
    with database.write() as c:
        waiting = moving.waiting(c, limit=3)
        for number in waiting:
            moving.move(c, number)
        moving.finish(c)
    if not waiting:
        break
"""


@pytest.fixture(params=RELEASED, ids=lambda path: path.name)
def released(request: pytest.FixtureRequest, file: Path) -> Path:
    """The library of a released version, brought to today's format, with everything still to be moved."""
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.decompress(request.param.read_bytes()))
    Database(file).close()
    return file


def seen(file: Path) -> list[Any]:
    """What a reader can see or find."""
    database = Database(file)
    with database.read() as c:
        rows = views.window(c, View())
        found: list[Any] = [views.ids(c, View(query=query)).tolist() for query in QUERIES]
        found += [(bodies.get(c, row.id), bodies.raw(c, row.id)) for row in rows]
        found += [[(one.article.id, one.quote) for one in quotes.find(c)], rows, quotes.find(c, hidden=True)]
        one = quotes.find(c)[0]
        found.append(quotes.elsewhere(c, one))
    database.close()
    return found


def sound(file: Path) -> None:
    health = integrity.examine(file, engine=ENGINE)
    assert (health.refusal, health.faults) == ("", ())


def test_all_is_found_before_and_after(released: Path) -> None:
    """Every list, search, text and quote is the same before, half way and afterwards; the old indexes are gone."""
    before = seen(released)
    assert sum(bool(found) for found in before) > len(QUERIES)
    database = Database(released)
    with database.write() as c:
        assert moving.count(c) == moving.count(c) > 5
        for number in moving.waiting(c, limit=4):
            moving.move(c, number)
    assert seen(released) == before
    with database.write() as c:
        for number in moving.waiting(c, limit=1_000):
            moving.move(c, number)
        moving.finish(c)
        assert not moving.unfinished(c)
        assert moving.waiting(c, limit=1) == []
        names = {row[0] for row in c.execute("SELECT name FROM sqlite_master").fetchall()}
        assert not {"search", "quoted", "search_data"} & names
        assert c.execute("SELECT count(*) FROM body WHERE raw IS NULL").fetchone() == (0,)
    database.close()
    assert seen(released) == before
    sound(released)


@pytest.mark.parametrize("steps", [0, 7, 12])
def test_killed_on_the_way(released: Path, steps: int) -> None:
    """Killed at any step, it is where it was or further, and goes on from there (SAFETY 74)."""
    before = seen(released)
    command = [sys.executable, "-c", MOVER, str(released)]
    assert subprocess.run([*command, str(steps)], check=False).returncode == -9
    sound(released)
    assert seen(released) == before
    assert subprocess.run([*command, "1000"], check=False).returncode == 0
    sound(released)
    assert seen(released) == before


def test_a_change_on_the_way_moves_nothing_twice(released: Path) -> None:
    """An article that changes before its turn leaves the old index at once."""
    database = Database(released)
    with database.write() as c:
        number = views.ids(c, View(query="loader"))[0]
        text = bodies.text(c, number)
        assert number in moving.waiting(c, limit=1_000)
        articles.set_derived(c, number, Document(text=text + "\n\nZanzibar."), [], engine=ENGINE)
        assert number not in moving.waiting(c, limit=1_000)
        moving.move(c, number)  # as if it had been chosen before
        assert views.ids(c, View(query="zanzibar")).tolist() == [number]
        assert number in views.ids(c, View(query="loader")).tolist()
    database.close()
    sound(released)


WORDS = ("pumps", "valve", "turned off", "by hand", "at night", "again")
VOCABULARIES = (
    "CREATE VIRTUAL TABLE temp.av USING fts5vocab(main, article_words, instance)",
    "CREATE VIRTUAL TABLE temp.qv USING fts5vocab(main, quote_words, instance)",
)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SPEAKERS = (None, "Ada Example", "Bela Example")
PLACES = st.tuples(st.integers(0, 3), st.sampled_from(SPEAKERS), st.booleans())


class Indexes(RuleBasedStateMachine):
    """The indexes hold no words, so that one wrong word taken out would stay for ever: they are as if made anew."""

    @initialize()
    def start(self) -> None:
        self.folder = TemporaryDirectory()
        self.database = Database(Path(self.folder.name) / "library.db")
        with self.database.write() as c:
            for sql in VOCABULARIES:
                c.execute(sql)
            self.source = sources.insert(
                c, kind=SourceKind.FEED, url="https://a.example/", title="A", section="", now=NOW
            )
        self.ids: list[int] = []

    def draft(self, number: int, title: str = "Title") -> Draft:
        return Draft(f"key {number}", f"digest {title}", title, "", Origin.FEED, NOW, raw=b"<p>Words.</p>")

    @rule(n=st.integers(0, 5))
    def comes(self, n: int) -> None:
        with self.database.write() as c:
            self.ids += articles.insert(c, self.source, [self.draft(n)], section="", now=NOW)
        self.ids = list(dict.fromkeys(self.ids))

    @rule(
        which=st.integers(0, 5), words=st.lists(st.sampled_from(WORDS), max_size=6), said=st.lists(PLACES, max_size=3)
    )
    def read(self, which: int, words: list[str], said: list[tuple[int, str | None, bool]]) -> None:
        if not self.ids:
            return
        text = " ".join(words)
        found = []
        for number, name, _ in said:
            if number < len(words):
                start = len(" ".join([*words[:number], ""])) if number else 0
                speaker = Speaker(name, name, "engineer", "Example", voice=Voice.EXPERT) if name else None
                end = start + len(words[number])
                found.append(Quote(start, end, words[number], QuoteKind.DIRECT, "said", speaker, None, 0.9, "test"))
        with self.database.write() as c:
            articles.set_derived(c, self.ids[which % len(self.ids)], Document(text=text), found, engine=1)

    @rule(which=st.integers(0, 5), title=st.sampled_from(WORDS))
    def changes(self, which: int, title: str) -> None:
        if self.ids:
            with self.database.write() as c:
                articles.update(c, [(self.ids[which % len(self.ids)], self.draft(9, title=title))], now=NOW)

    @rule(which=st.integers(0, 5), hidden=st.booleans())
    def corrected(self, which: int, hidden: bool) -> None:
        if not self.ids:
            return
        number = self.ids[which % len(self.ids)]
        with self.database.write() as c:
            rows = quotes.of_article(c, number, bodies.text(c, number), hidden=True)
            if rows:
                engine = corrections.engine_quote(rows[0])
                corrections.put(c, number, [Correction(engine or rows[0], hidden=hidden)])
                quotes.reput(c, number)

    @rule(which=st.integers(0, 5))
    def goes(self, which: int) -> None:
        if self.ids:
            with self.database.write() as c:
                if retention.remove(c, [self.ids[which % len(self.ids)]]):
                    self.ids.pop(which % len(self.ids))

    @invariant()
    def as_if_made_anew(self) -> None:
        with self.database.write() as c:
            now = self.held(c)
            shingles = set(c.execute("SELECT hash, place FROM shingle").fetchall())
            c.execute("SAVEPOINT anew")
            c.execute("INSERT INTO article_words (article_words) VALUES ('delete-all')")
            c.execute("INSERT INTO quote_words (quote_words) VALUES ('delete-all')")
            c.execute("DELETE FROM shingle")
            for (number,) in c.execute("SELECT id FROM article WHERE indexed = 2").fetchall():
                searching.index(c, number)
            assert self.held(c) == now
            assert set(c.execute("SELECT hash, place FROM shingle").fetchall()) == shingles
            c.execute("ROLLBACK TO anew")

    def held(self, c: Any) -> list[Any]:
        return [
            c.execute('SELECT term, doc, col, "offset" FROM temp.av ORDER BY 1, 2, 3, 4').fetchall(),
            c.execute('SELECT term, doc, col, "offset" FROM temp.qv ORDER BY 1, 2, 3, 4').fetchall(),
        ]

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()


TestIndexes = Indexes.TestCase
TestIndexes.settings = settings(max_examples=10, stateful_step_count=12, deadline=None)
