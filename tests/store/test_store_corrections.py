"""What a reader has corrected is found again in newer readings of an article, by its words."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import CorrectedQuote, Quote, QuoteKind, Speaker, SpeakerType, Voice
from reader.store import corrections
from reader.store.corrections import Correction

ADA = Speaker("Ada Example", "Example", "analyst", "Northwind", SpeakerType.PERSON, Voice.EXPERT)
BOB = Speaker("Bob Sample", "Sample")
TEXT = (
    "“We watched the loader for weeks,” she said. “Nobody had patched the gateway,” she added.\n\n"
    "The firm called the report misleading. “Patch now,” CRA said. “Patch now,” the bank said."
)
FIRST, SECOND = "We watched the loader for weeks", "Nobody had patched the gateway"


def quote(words: str, text: str = TEXT, *, speaker: Speaker | None = ADA, nth: int = 0, **changes: Any) -> Quote:
    """The quote of these words in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    fields: dict[str, Any] = {"kind": QuoteKind.DIRECT, "cue": "said", "group": None, "confidence": 0.9, "reason": "r"}
    return Quote(start, start + len(words), words, speaker=speaker, **(fields | changes))


def said(words: str, **changes: Any) -> Correction:
    return Correction(quote(words, **changes), spoke=True, speaker=BOB)


def who(found: list[Quote]) -> list[str | None]:
    return [one.speaker.name if one.speaker else None for one in found]


CASES = [
    ("as it was", TEXT, [FIRST, SECOND], [said(FIRST)], ["Bob Sample", "Ada Example"]),
    ("text before it", "New lead.\n\n" + TEXT, [FIRST, SECOND], [said(SECOND)], ["Ada Example", "Bob Sample"]),
    ("wider span", TEXT, [FIRST + ",” she said", SECOND], [said(FIRST)], ["Bob Sample", "Ada Example"]),
    ("narrower span", TEXT, ["the loader for weeks", SECOND], [said(FIRST)], ["Bob Sample", "Ada Example"]),
    ("split in two", TEXT, ["We watched", "the loader for weeks", SECOND], [said(FIRST)],
     ["Bob Sample", "Bob Sample", "Ada Example"]),
    ("a typo mended", TEXT.replace("loader", "downloader"), ["We watched the downloader for weeks", SECOND],
     [said(FIRST)], ["Bob Sample", "Ada Example"]),
    ("other words now", TEXT.replace(FIRST, "Something else entirely came of it"),
     ["Something else entirely came of it", SECOND], [said(FIRST)], ["Ada Example", "Ada Example"]),
    ("no longer found", TEXT, [SECOND], [said(FIRST)], ["Bob Sample", "Ada Example"]),
    ("gone from the text", TEXT.replace(FIRST, ""), [SECOND], [said(FIRST)], ["Ada Example"]),
    ("nobody", TEXT, [FIRST], [Correction(quote(FIRST), spoke=True)], [None]),
    ("nobody, no longer found", TEXT, [], [Correction(quote(FIRST), spoke=True)], []),
    ("the later of two", TEXT, [FIRST],
     [Correction(quote(FIRST), spoke=True), said(FIRST)], ["Bob Sample"]),
    ("a neighbour is left alone", TEXT, [FIRST, SECOND], [said(FIRST + ",” she")], ["Bob Sample", "Ada Example"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "given_", "wanted"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_found_again(text: str, words: list[str], given_: list[Correction], wanted: list[str | None]) -> None:
    """A correction holds for its words wherever they are found, and for nothing else."""
    found = corrections.applied([quote(one, text) for one in words], given_, text)
    assert who(found) == wanted
    assert all(text[one.start : one.end] == one.text for one in found)
    assert [one for one in found if isinstance(one, CorrectedQuote)] == [
        one for one in found if one.speaker is None or one.speaker.name == "Bob Sample"
    ]


def test_the_nearest_of_equals() -> None:
    """Of the same words twice, the correction holds for those where the reader made it, also after the text moved."""
    for nth in (0, 1):
        moved = "A word. " + TEXT
        both = [quote("Patch now", moved, nth=0), quote("Patch now", moved, nth=1)]
        found = corrections.applied(both, [said("Patch now", nth=nth)], moved)
        assert [isinstance(one, CorrectedQuote) for one in found] == [nth == 0, nth == 1]


def test_what_stays_the_engines() -> None:
    """Kind, cue, confidence, reason and the article's words for the speaker stay those of the new reading."""
    (found,) = corrections.applied([quote(FIRST, reason="new", confidence=0.4)], [said(FIRST)], TEXT)
    assert isinstance(found, CorrectedQuote)
    assert (found.reason, found.confidence, found.found, found.hidden, found.kept) == ("new", 0.4, ADA, False, False)
    nameless = Correction(quote(FIRST), spoke=True, speaker=Speaker("Bob Sample", ""))
    (found,) = corrections.applied([quote(FIRST)], [nameless], TEXT)
    assert found.speaker == Speaker("Bob Sample", "Example")


def test_hidden_stays_hidden() -> None:
    """A hidden quote is hidden again, also under another span; nothing is put back for it."""
    hidden = Correction(quote(FIRST), hidden=True)
    for words in (FIRST, "the loader for weeks"):
        (found,) = corrections.applied([quote(words)], [hidden], TEXT)
        assert isinstance(found, CorrectedQuote)
        assert (found.hidden, found.speaker) == (True, ADA)
    assert corrections.applied([], [hidden], TEXT) == []


def test_the_engines_quotes_come_back() -> None:
    """Without the corrections there is exactly what the engine gave."""
    given_ = [quote(FIRST), quote(SECOND)]
    shown = corrections.applied(given_, [said(FIRST), said("The firm called"), Correction(quote(SECOND))], TEXT)
    assert len(shown) == 3
    assert [one for one in map(corrections.engine_quote, shown) if one is not None] == given_


WORDS = st.sampled_from([FIRST, SECOND, "Patch now", "The firm called the report misleading", "weeks"])
SPEAKERS = st.one_of(
    st.none(), st.builds(Speaker, st.text(max_size=9), st.text(max_size=9), st.none() | st.text(max_size=9))
)


@given(
    st.lists(st.builds(Correction, WORDS.map(quote), st.booleans(), SPEAKERS, st.booleans()), max_size=5),
    st.lists(WORDS, max_size=4, unique=True),
    st.text(max_size=30),
)
def test_any_corrections(given_: list[Correction], words: list[str], before: str) -> None:
    """Whatever was corrected and whatever is found: quotes fit the text, are in order, and the engine's come back."""
    text = before + TEXT
    words = [one for one in words if not any(one != other and one in other for other in words)]
    found = sorted((quote(one, text) for one in words), key=lambda one: one.start)
    shown = corrections.applied(found, given_, text)
    assert all(text[one.start : one.end] == one.text for one in shown)
    assert all(one.end <= other.start for one, other in pairwise(shown))
    assert [one for one in map(corrections.engine_quote, shown) if one is not None] == found
    again = corrections.applied(found, [corrections.unpack(corrections.pack(one)) for one in given_], text)
    assert [(one.start, type(one)) for one in again] == [(one.start, type(one)) for one in shown]
