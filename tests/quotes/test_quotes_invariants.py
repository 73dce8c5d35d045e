"""What must hold for every string: no exception, exact spans inside one paragraph, sorted, kinds by the 90 % rule."""

from __future__ import annotations

import re
import sys
import time
from bisect import bisect_right
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Quote, QuoteKind
from reader.quotes import ENGINE, extract_quotes
from reader.quotes.regions import PARAGRAPH, paragraphs

_PIECES = st.sampled_from(
    [
        *"“”\"'‘’«»„()[],.?!:;—–-…\n \u2028\xa0\t\x00éßİﬀ🦊",
        *(
            "''",
            "``",
            "\n\n",
            "'s",
            "’s",
            "I",
            "we",
            "2019",
            "15",
            "Mr.",
            "Dr.",
            "U.S.",
            "Inc.",
            "サーバー",
        ),
        *(
            "said",
            "says",
            "told",
            "that",
            "and",
            "who",
            "he",
            "she",
            "it",
            "they",
            "is",
            "was",
            "as",
            "by",
            "of",
            "at",
        ),
        *("adding", "Quill", "researchers"),
        *(
            "according to",
            "Ada Quill",
            "Example Labs",
            "the company",
            "the report",
            "a spokesman for",
            "the hackers",
        ),
        *(
            "in a statement",
            "on Monday",
            "the servers were down",
            "put it",
            "he said",
            "Example’s",
        ),
    ]
)
_SENTENCES = st.lists(_PIECES, max_size=60).map(" ".join)
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def _sound(text: str, quotes: list[Quote]) -> None:
    lines = [m.span() for m in PARAGRAPH.finditer(text)]
    starts = [start for start, _ in lines]
    quoted = bytearray(len(text))
    for paragraph in paragraphs(text):
        for region in paragraph.regions:
            quoted[region.start : region.end] = b"\1" * (region.end - region.start)
    before = 0
    for q in quotes:
        assert 0 <= q.start < q.end <= len(text)
        assert q.text == text[q.start : q.end]
        assert q.start >= before, "quotes overlap or are not sorted"
        before = q.end
        start, end = lines[bisect_right(starts, q.start) - 1]
        assert start <= q.start < q.end <= end, "a quote crosses a paragraph"
        assert 0 <= q.confidence <= 1
        assert q.reason
        assert q.group is None or q.group > 0
        if q.speaker is not None:
            assert q.speaker.name.strip()
            assert q.speaker.mention.strip()
            assert "\n" not in q.speaker.name
        inside = [bool(quoted[m.start() + q.start]) for m in _WORD.finditer(q.text)]
        if inside and all(inside):
            assert q.kind is QuoteKind.DIRECT
        elif inside and not any(inside):
            assert q.kind is QuoteKind.INDIRECT


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_string(text: str) -> None:
    """Arbitrary text never raises and gives sound quotes."""
    _sound(text, extract_quotes(text))


@given(_SENTENCES)
@settings(max_examples=150, deadline=None)
def test_any_mixture_of_marks_and_reports(text: str) -> None:
    """Marks, verbs and names in any order never raise and give sound quotes."""
    _sound(text, extract_quotes(text))


@given(_SENTENCES)
@settings(max_examples=60, deadline=None)
def test_same_text_same_quotes(text: str) -> None:
    """The engine has no memory: the same text gives the same quotes."""
    assert extract_quotes(text) == extract_quotes(text)


@pytest.mark.parametrize("name", ["Marsett, who lives in Norwick,", "Marsett of Norwick", "Marsett"])
def test_a_lone_name_with_an_aside(name: str) -> None:
    """A last name that stands once, with words behind it, and then is "he" raises nothing."""
    text = f"{name} said the plant was too old. “It is too old,” he said."
    _sound(text, quotes := extract_quotes(text))
    assert len(quotes) == 2


@pytest.mark.parametrize("end", [",", ", ", "", " “a”", " “a,"])
def test_a_text_that_breaks_off(end: str) -> None:
    """A text may end at any mark, also behind a verb of naming."""
    for verb in ("called", "criticized", "said", "accused", "was praised by"):
        text = f"Ada Quill {verb} the bank a mess{end}"
        _sound(text, extract_quotes(text))


def test_groups_are_small_and_share_a_speaker() -> None:
    """A group ties two or more quotes, all by one speaker."""
    text = "“A b c d,” Ada Quill said. “E f g h.”\n\n“I j k l,” Ben Marsh said, “m n o p.”"
    groups: dict[int, list[Quote]] = {}
    for q in extract_quotes(text):
        if q.group is not None:
            groups.setdefault(q.group, []).append(q)
    assert [len(g) for g in groups.values()] == [2, 2]
    assert [{q.speaker.name for q in g if q.speaker} for g in groups.values()] == [
        {"Ada Quill"},
        {"Ben Marsh"},
    ]


def test_engine_is_a_positive_number() -> None:
    """The store compares it to know what to extract again."""
    assert isinstance(ENGINE, int)
    assert ENGINE > 0


# --- hostile inputs --------------------------------------------------------------------------------------------------

HOSTILE = {
    "straight marks": '"',
    "opening marks": "“",
    "closing marks": "”",
    "single marks": "'",
    "nested marks": "“‘",
    "spaces": " ",
    "capitals": "A ",
    "names": "Aa Bb ",
    "dots": ".",
    "dots and spaces": ". ",
    "one mark a line": '"\n',
    "said": "said ",
    "he said": "he said, ",
    "commas": ", ",
    "brackets": "(",
    "dashes": "— ",
    "that": "that ",
    "initials": "A.",
    "hyphens": "a-",
    "attributions": '"A b c d," X said. ',
    "quoted lines": "“A b c d e.”\n",
    "open lines": "“a b c d\n",
    "reports": "Acme Corp said that it was all good. The company said that it was well.\n",
    "hackers": "The hackers said that it was all good now.\n",
    "officials": "Officials said that it was all good now.\n",
    "documents": "The report said that it was all good now.\n",
    "asides": "Bob, a b, a c, a d, a e, said that it was good and new. ",
    "colons": "He said:\n\nWe are good now and so on.\n\n",
    "possessives": "Bob’s ",
    "said, quoted": "“a” said ",
    "apostrophes": "’",
    "sources": "according to ",
    "sources, with commas": "according to a, ",
    "said that": "said that ",
    "who said": "who said ",
    "and urged": "and urged the ",
    "dash speakers": "“a b” — Ada Quill ",
    "guillemets": "«a» ",
    "CJK": "「漢字」",
    "right to left": "שלום ",
    "zero width": "\u200b",
    "combining": "a\u0301 ",
    "URLs": "http://a.b/c?d=e&f=g ",
}


def _seconds(text: str) -> float:
    """CPU seconds: other processes do not count."""
    start = time.process_time()
    extract_quotes(text)
    return time.process_time() - start


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_does_not_hang(unit: str) -> None:
    """20,000 characters of anything are done in no time (the ceiling only catches a hang)."""
    assert _seconds((unit * 20_000)[:20_000]) < 10


def _steps(text: str) -> int:
    """How many lines of Python run for a text: a measure that no other process disturbs."""
    count = 0

    def local(_frame: FrameType, _event: str, _arg: object) -> object:
        nonlocal count
        count += 1
        return local

    before = sys.gettrace()
    sys.settrace(local)  # type: ignore[arg-type]  # typeshed wants the recursive alias
    try:
        extract_quotes(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_steps_grow_with_the_length(unit: str) -> None:
    """Twice the text takes at most 2.3 times the steps, at the latest where it is longer than the rules look."""
    for size in (1000, 5000):
        small, large = _steps((unit * size)[:size]), _steps((unit * 2 * size)[: 2 * size])
        if large <= 2.3 * small:
            break
    assert large <= 2.3 * small


def test_five_megabytes_in_one_line() -> None:
    """A line that no prose is that long gives nothing, quickly."""
    text = "Ada Quill said the servers were down. " * 130_000
    start = time.process_time()
    assert extract_quotes(text) == []
    assert time.process_time() - start < 20


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_linear(unit: str) -> None:
    """200,000 characters take seconds (measured: < 2), and at most 2.3 times as long as half of them.

    Even CPU time grows on a busy machine, so the best of several runs counts, taken in turns.
    """
    small, large = (unit * 100_000)[:100_000], (unit * 200_000)[:200_000]
    best = twice = float("inf")
    for turn in range(8):
        best, twice = min(best, _seconds(small)), min(twice, _seconds(large))
        if turn >= 1 and twice <= 2.3 * best + 0.05:
            break
    assert twice < 20
    assert twice <= 2.3 * best + 0.05


@pytest.mark.slow
def test_two_hundred_thousand_lines() -> None:
    """200,000 one-mark paragraphs are still a matter of seconds."""
    assert _seconds('"\n' * 200_000) < 30
