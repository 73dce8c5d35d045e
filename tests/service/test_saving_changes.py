"""What changed between two revisions: words, with quotes and numbers called out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.service import changes as module
from reader.service.changes import changes


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Forty shops lost money.", "Forty shops lost money.", []),
        ("Forty shops lost money.", "Forty banks lost money.", [("shops", "banks", False, False)]),
        ("Some 40 shops lost.", "Some 42 shops lost.", [("40", "42", False, True)]),
        ("He said “we found it” on Monday.", "He said “we lost it” on Monday.", [("found", "lost", True, False)]),
        ("One.\n\nTwo.", "One.\n\nTwo.\n\nThree 3.", [("", "Three 3.", False, True)]),
        ("It was “quite safe” then.", "It was then.", [("“quite safe”", "", True, False)]),
    ],
)
def test_changes_are_found_and_called_out(old: str, new: str, expected: list[tuple[str, str, bool, bool]]) -> None:
    """Only what differs is told, with whether it is within quotation marks and whether figures are among it."""
    assert [(one.old, one.new, one.quote, one.number) for one in changes(old, new)] == expected


@given(st.lists(st.sampled_from(["a", "b", "c", "7"])), st.lists(st.sampled_from(["a", "b", "c", "7"])))
def test_changes_lead_from_one_text_to_the_other(old: list[str], new: list[str]) -> None:
    """Words that went and came account for every difference between the two texts."""
    found = changes(" ".join(old), " ".join(new))
    gone = [word for one in found for word in one.old.split()]
    come = [word for one in found for word in one.new.split()]
    assert sorted([*old, *come]) == sorted([*new, *gone])
    assert bool(found) == (old != new)


@given(st.lists(st.sampled_from(["a", "b.", "c", "7"])), st.lists(st.sampled_from(["a", "b.", "c", "7"])), st.data())
def test_long_texts_are_compared_by_sentences_first(old: list[str], new: list[str], data: st.DataObject) -> None:
    """However few steps a comparison may take, its changes still lead from one text to the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_STEPS", data.draw(st.sampled_from([0, 4, 20])))
        found = changes(" ".join(old), " ".join(new))
    gone = [word for one in found for word in one.old.split()]
    come = [word for one in found for word in one.new.split()]
    assert sorted([*old, *come]) == sorted([*new, *gone])
    assert bool(found) == (old != new)


def test_a_few_words_of_a_long_text() -> None:
    """In 20,000 words every changed one is found, and nothing around it."""
    words = [f"w{number * 7919 % 3001}{'.' if number % 17 == 0 else ''}" for number in range(20_000)]
    other = ["changed" if number % 500 == 3 else word for number, word in enumerate(words)]
    assert [(one.old, one.new) for one in changes(" ".join(words), " ".join(other))] == [
        (word, "changed") for number, word in enumerate(words) if number % 500 == 3
    ]
