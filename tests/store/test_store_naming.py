"""Names by any part of them: the same as looking into every name, whatever is asked."""

from __future__ import annotations

import json

import pytest
from blank_library import put_blank_library
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.store import Database, naming

NAMES = ("Ada Example", "ada example labs", 'O"Neil & "Co"', "Straße GmbH", "Ελένη Παπά", "ab", "日本語の名前")
PARTS = st.one_of(
    st.sampled_from(NAMES).flatmap(
        lambda name: st.tuples(st.integers(0, len(name)), st.integers(0, len(name))).map(
            lambda ends: name[min(ends) : max(ends)]
        )
    ),
    st.text(max_size=8),
)


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A library with these names and 700 that differ in their ends only."""
    file = tmp_path_factory.mktemp("names") / "library.db"
    put_blank_library(file)
    database = Database(file)
    with database.write() as c:
        for number, name in enumerate((*NAMES, *(f"Person {number:03}" for number in range(700))), start=1):
            c.execute("INSERT INTO name (id, name, fold) VALUES (?, ?, ?)", (number, name, name.casefold()))
            naming.add(c, number, name.casefold())
    return database


@given(part=PARTS)
@settings(max_examples=150, deadline=None)
def test_as_if_every_name_were_looked_at(stocked: Database, part: str) -> None:
    """Any part, in any case, finds exactly the names that contain it; odd ones never raise."""
    with stocked.read() as c:
        names = c.execute("SELECT id, name FROM name").fetchall()
        found = set(json.loads(naming.containing(c, part.swapcase())))
    wanted = {number for number, name in names if part.swapcase().casefold() in name.casefold()}
    assert found == wanted


@pytest.mark.parametrize(("part", "count"), [("person", 700), ("erson 69", 10), ("son 007", 1), ("nobody", 0)])
def test_common_and_rare_parts(stocked: Database, part: str, count: int) -> None:
    """A part that very many names have, and one that few have."""
    with stocked.read() as c:
        assert len(json.loads(naming.containing(c, part))) == count


def test_only_few_names_are_looked_at(stocked: Database) -> None:
    """What is rare in the part decides: no plan reads all names."""
    with stocked.read() as c:
        plan = c.execute(f"EXPLAIN QUERY PLAN {naming._FOUND}", ('"007"', "son 007")).fetchall()
    assert not any("SCAN name " in f"{row[3]} " for row in plan)
