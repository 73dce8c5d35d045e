"""The same words again: what counts as the same, and what it costs to find out."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Quote, QuoteKind, Speaker
from reader.store import Database, quoted, recycled

ADA, BOB = Speaker("Ada Example", "Example"), Speaker("Bob Sample", "he")
RELEASE = (
    "We are committed to the security of our customers and have engaged outside experts to find out how the attackers"
    " got into the billing system, and we will tell everyone concerned as soon as we know more"
)


def quote(text: str, speaker: Speaker | None = ADA) -> Quote:
    return Quote(0, len(text), text, QuoteKind.DIRECT, "said", speaker, None, 0.9, "test")


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (quote(RELEASE), quote(RELEASE, BOB), True),
        (quote(RELEASE), quote(RELEASE, None), True),
        (quote(RELEASE), quote(RELEASE.upper() + "!"), True),
        (quote(RELEASE), quote(RELEASE.replace("our customers", "our “customers”")), True),
        (quote(RELEASE), quote(RELEASE[:110]), True),  # cut short by another outlet
        (quote(RELEASE), quote(RELEASE.replace("billing", "payroll")), True),
        (quote(RELEASE), quote("We are committed to the security of our patients and nothing came of it"), False),
        (quote("We will know more when the audit ends"), quote("we will know more when the audit ends", BOB), True),
        (quote("We will know more when audits end"), quote("we will know more when audits end"), True),
        (quote("We will know more when audits end"), quote("We will know more when audits end", BOB), False),
        (quote("We will know more when audits end", None), quote("We will know more when audits end", None), False),
        (quote("We will know more when audits end"), quote("We will know more when audits begin"), False),
        (quote("Patch"), quote("patch"), True),
        (quote("…"), quote("…"), False),
        (quote(""), quote(""), False),
    ],
)  # fmt: skip
def test_same(one: Quote, other: Quote, wanted: bool) -> None:
    """Long quotes are the same if most words are, short ones if all words and the speaker are; both ways round."""
    assert recycled.same(one, other) is recycled.same(other, one) is wanted


@given(st.lists(st.sampled_from(RELEASE.split()), min_size=12, max_size=30), st.text(max_size=20), st.text(max_size=20))
def test_twelve_words_meet(words: list[str], before: str, after: str) -> None:
    """Twelve words in a row that two quotes share are sure to have a hash in common."""
    shared = " ".join(words)
    one, other = quote(f"{before} {shared}"), quote(f"{shared} {after}")
    assert set(recycled.fingerprint(one)) & set(recycled.fingerprint(other))


def test_the_index_stays_small() -> None:
    """A quote takes some two rows for nine words, and a bounded number however long it is."""
    chance = random.Random(3)
    words = [f"w{chance.randrange(500)}" for _ in range(300)]
    assert len(recycled.fingerprint(quote(" ".join(words)))) < 300 / 3
    assert len(recycled.fingerprint(quote("word " * 200_000))) == 1
    assert len(recycled.fingerprint(quote(" ".join(f"w{n}" for n in range(50_000))))) < recycled.MAX_WORDS
    assert len(recycled.fingerprint(quote("Patch it now"))) == 1


@given(st.text(max_size=300), st.booleans())
def test_any_words(text: str, named: bool) -> None:
    """No text is too odd; hashes fit a column; every quote of words is the same as itself and meets itself."""
    one = quote(text, ADA if named else None)
    marks = recycled.fingerprint(one)
    assert all(-(2**63) <= mark < 2**63 for mark in marks)
    if marks:
        assert recycled.same(one, replace(one, start=5))


def test_very_common_words_cost_a_bounded_time(database: Database) -> None:
    """Words that everybody prints are looked up in a bounded number of places, the oldest first."""
    with database.write() as c:
        c.execute("PRAGMA defer_foreign_keys = ON")
        marks = recycled.fingerprint(quote(RELEASE))
        c.executemany("INSERT INTO shingle (hash, place) VALUES (?, ?)",
                      [(mark, quoted.place(number, 0)) for mark in marks for number in range(1, 5_000)])  # fmt: skip
        found = recycled.candidates(c, quote(RELEASE))
        assert found == [(number, 0) for number in range(1, recycled.MOST + 1)]
        c.execute("DELETE FROM shingle")
