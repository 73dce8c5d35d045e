"""Wrapping: every line fits, nothing is lost, no grapheme is broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from reader.text.clean import clean_line
from reader.tui.positions import Positions
from reader.tui.wrap import cut, wrap

TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab cd e-f “”’.  "),
        st.sampled_from("日本語テキスト、。「」"),
        st.sampled_from("👩\u200d🔬❤\ufe0fé\u0301ก็"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=120,
).map(clean_line)


@given(TEXTS, st.integers(1, 40))
def test_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    """Every line is within the width (a single wide grapheme excepted), in order, and only blanks are left out."""
    lines = wrap(text, 0, len(text), width)
    position = 0
    for start, end in lines:
        assert start >= position
        assert text[position:start].strip(" ") == ""
        line = text[start:end]
        assert cell_len(line) <= width or len(split_graphemes(line)[0]) == 1
        position = end
    assert text[position:].strip(" ") == ""


@given(TEXTS, st.integers(2, 40))
def test_no_grapheme_is_broken(text: str, width: int) -> None:
    """A line begins where a grapheme begins: marks, joiners and selectors stay with what they belong to."""
    begins = {start for start, _end, _cells in split_graphemes(text)[0]} | {len(text)}
    assert all(start in begins and end in begins for start, end in wrap(text, 0, len(text), width))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 4, ["one", "two"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("日本語テキスト", 6, ["日本語", "テキス", "ト"]),
        ("日本語、テキスト", 6, ["日本", "語、テ", "キスト"]),
        ("see 日本 now", 8, ["see 日本", "now"]),
        ("say “hello there” now", 12, ["say “hello", "there” now"]),
    ],
)
def test_wrapped(text: str, width: int, lines: list[str]) -> None:
    """Words stay whole where they can; ideographs may be parted but not before a comma."""
    assert [text[start:end] for start, end in wrap(text, 0, len(text), width)] == lines


@given(TEXTS, st.integers(0, 40))
def test_cut_fits(text: str, width: int) -> None:
    """A cut line is within the width, and one that fits is left alone."""
    short = cut(text, width)
    assert cell_len(short) <= width
    if cell_len(text) <= width:
        assert short == text


def test_cut_is_quick() -> None:
    """A title of 5 MB is cut without being measured to its end."""
    assert cell_len(cut("x" * 5_000_000, 40)) == 40


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=8).map(sorted), st.integers(0, 50))
def test_positions_go_both_ways(insertions: list[tuple[int, int]], base: int) -> None:
    """Every character of the text has a place of its own in the longer text, and the way back leads to it."""
    positions = Positions(base, insertions)
    places = [positions.begin(offset) for offset in range(31)]
    assert places == sorted(set(places))
    assert [positions.offset(place) for place in places] == list(range(31))
    assert all(positions.end(offset) <= positions.begin(offset) for offset in range(31))
