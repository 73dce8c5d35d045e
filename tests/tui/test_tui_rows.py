"""Rows: windows, all ids, and an order that does not move under the reader."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tui_library import NOW

from reader.model import ArticleRow, Origin, View
from reader.tui.memory import POSITIONS, Memory, from_json
from reader.tui.rows import WINDOW, ArticleRows, _there
from reader.tui.times import age, local, minutes


def row(number: int) -> ArticleRow:
    return ArticleRow(number, 1, "S", "", f"t{number}", "", "", NOW, NOW, False, False, 0, None, Origin.FEED)


def fetch(ids: Sequence[int]) -> list[ArticleRow]:
    return [row(number) for number in ids if number < 10_000]


@given(st.lists(st.integers(-90, 90) | st.integers(-(2**40), 2**40), unique=True), st.integers(-99, 99))
def test_what_is_there(ids: list[int], other: int) -> None:
    """Dense or far apart, with negative ids or none at all: as a set would tell it."""
    there = _there(array("q", ids))
    assert [number for number in (*ids, other) if there(number)] == [n for n in (*ids, other) if n in ids]


def test_windows_are_fetched_when_seen() -> None:
    """A row far down fetches its window and nothing else; a row that is gone is None and asked for once."""
    asked: list[int] = []

    def counting(ids: Sequence[int]) -> list[ArticleRow]:
        asked.append(len(ids))
        return fetch(ids)

    rows = ArticleRows(View(), [row(number) for number in range(1, 65)], counting)
    assert not rows.whole
    rows.complete(array("q", [*range(1, 5000), 20_000]))
    assert asked == []
    found = rows.row(3000)
    assert found is not None
    assert found.id == 3001
    assert rows.row(3001) is not None
    assert asked == [WINDOW]
    assert rows.row(4999) is None
    assert rows.row(4999) is None
    assert len(asked) == 2
    assert rows.row(5000) is None


@given(
    st.lists(st.integers(1, 60), unique=True, min_size=1),
    st.sets(st.integers(1, 60)),
    st.lists(st.integers(61, 90), unique=True),
)
def test_merging_keeps_the_order(before: list[int], left: set[int], new: list[int]) -> None:
    """What stays keeps its order, what has left the view stays behind what it stood behind, what is new comes in."""
    rows = ArticleRows(View(unread=True), [row(number) for number in before], fetch, whole=True)
    after = array("q", [*new, *(number for number in before if number not in left)])
    merged = rows.merged(after)
    assert sorted(merged) == sorted({*new, *before})
    assert [number for number in merged if number in before] == before
    assert [number for number in merged if number in after] == list(after)


def test_articles_that_are_gone_do_not_stay() -> None:
    """An article that the library no longer has is not kept by having been shown."""
    rows = ArticleRows(View(), [row(1), row(20_000), row(2)], fetch, whole=True)
    assert list(rows.merged(array("q", [1]))) == [1, 2]


def test_ages_are_short_and_never_negative() -> None:
    """At most four characters whatever the time; a moment in the future is now."""
    for seconds, shown in (
        (-500, "now"),
        (0, "now"),
        (90, "1m"),
        (7200, "2h"),
        (3 * 86400, "3d"),
        (30 * 86400, "4w"),
        (800 * 86400, "2y"),
    ):
        assert age(NOW - timedelta(seconds=seconds), NOW) == shown
    assert len(age(NOW.replace(year=1), NOW)) <= 4


def test_odd_dates_do_not_raise() -> None:
    """The first and the last year of the calendar are shown in any zone."""
    from zoneinfo import ZoneInfo

    for year in (1, 9999):
        assert str(year) in local(NOW.replace(year=year), ZoneInfo("Pacific/Kiritimati")).replace("0001", "1")
    assert minutes(0) == 1


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["place", "positions", "widths", "places", "commands", "zen", "1"]), inner, max_size=4
            )
        ),
    )
)
def test_memory_takes_anything(value: object) -> None:
    """Whatever an other version left in the library, the room opens with what makes sense of it."""
    memory = from_json(value)
    assert isinstance(memory.place, str)
    assert all(isinstance(key, int) for key in memory.positions)
    assert from_json(memory.to_json()) == memory


def test_memory_forgets_the_oldest_positions() -> None:
    """Only the latest positions are kept; the beginning of an article is none."""
    memory = Memory()
    for number in range(POSITIONS + 5):
        memory.keep(number, 10)
    memory.keep(POSITIONS, 0)
    assert len(memory.positions) == POSITIONS - 1
    assert memory.at(1) == memory.at(POSITIONS) == 0
    assert memory.at(POSITIONS + 4) == 10
