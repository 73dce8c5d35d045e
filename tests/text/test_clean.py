"""`clean_text` and `clean_line`: nothing that a terminal obeys, nothing that a reader cannot see."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.clean import MAX_MARKS, clean_line, clean_text

# What no cleaned text may hold, written down independently of the code: C0 but LF, DEL, C1, lone surrogates,
# bidirectional controls, zero-width and invisible characters, tags and supplementary variation selectors.
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff]"
)
ANY = st.text(alphabet=st.characters(categories=None), max_size=40)  # lone surrogates too
NASTY = st.lists(
    st.sampled_from(
        ["\x1b", "\x1b]52;c;cm0=\x07", "\x9b31m", "\x90q\x9c", "\r", "\r\n", "\n", "\t", "\x00", "\x7f", "\x85",
         "\u2028",
         "\u202e", "\u2066", "\u200b", "\u200c", "\u200d", "\u200e", "\ufeff", "\u00ad", "\u034f", "\u3164",
         "\U000e0041", "\U000e0101", "\ud83d", "\udc69", "\u0301", "\u20dd", "\u0653", "a", "e", " ", "é", "ن", "م",
         "👩", "👦", "🏽", "\ufe0f", "한", "字", "क", "\u094d", "\uffff", "\ufdd0", "[/x]"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(st.one_of(ANY, NASTY))
@settings(max_examples=1000, deadline=None)
def test_any_text_becomes_clean(text: str) -> None:
    """For any str: idempotent, encodable, no control or invisible character, no run of marks beyond four."""
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert not FORBIDDEN.search(cleaned)
    run = 0
    for char in cleaned:
        mark = unicodedata.category(char) in ("Mn", "Me")
        run = run + 1 if mark else run if char in "\u200c\u200d" else 0
        assert run <= MAX_MARKS


@given(st.one_of(ANY, NASTY), st.integers(1, 30))
@settings(max_examples=250, deadline=None)
def test_any_line_is_one_clean_row(text: str, limit: int) -> None:
    """A line has no line break, no blank at its ends, at most `limit` characters, and is clean itself."""
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert line == clean_text(line)
    assert line == " ".join(line.split())
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text(alphabet=st.characters(categories=("L", "Nd", "P", "S", "Zs")), max_size=60))
@settings(max_examples=250, deadline=None)
def test_visible_text_is_not_touched(text: str) -> None:
    """Letters, digits, punctuation and symbols stay as they are, but for the few that nobody can see."""
    assert clean_text(text) == FORBIDDEN.sub("", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[2Jred\x1b[0m", "[2Jred[0m"),
        ("\x1b]0;OWNED\x07x", "]0;OWNEDx"),
        ("\x1b]8;;http://evil\x1b\\x", "]8;;http://evil\\x"),
        ("\x1b]52;c;cm0gLXJmIH4=\x07", "]52;c;cm0gLXJmIH4="),
        ("\x1bP1$r\x1b\\", "P1$r\\"),
        ("\x9b31m \x90q\x9c \x9d0;x\x9c", "31m q 0;x"),
        ("\x1bc", "c"),
        ("a\x00b\x7fc\x08d", "abcd"),
        ("one\r\ntwo\rthree\x85four\u2028five\u2029six\x0bseven\x0c", "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"),
        ("a\tb", "a    b"),
        ("\u202etxt.exe\u202c \u2066pay\u200bpal\u2069", "txt.exe paypal"),
        ("\u200eleft\u200f \u061cx", "left x"),
        ("\U000e0041\U000e0042hidden\U000e007f", "hidden"),
        ("x\U000e0100\U000e01ef", "x"),
        ("soft\u00adhyphen joi\u034fner \ufeffbom", "softhyphen joiner bom"),
        ("\u3164\u115f\u1160\uffa0", ""),
        ("\ud800 \udfff", "\ufffd \ufffd"),
        ("\ufdd0\ufffe\uffff\U0001ffff", ""),
        ("👩\u200d👩\u200d👧\u200d👦 ❤️ 🏳️\u200d🌈", "👩\u200d👩\u200d👧\u200d👦 ❤️ 🏳️\u200d🌈"),
        ("👍🏽 1️⃣ 🇩🇪", "👍🏽 1️⃣ 🇩🇪"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष क्\u200cष", "क्\u200dष क्\u200cष"),
        ("pay\u200dpal \u200cx\u200d", "paypal x"),
        ("\u3000\u200d\u3000 “\u200d” ن\u200c\u3000", "\u3000\u3000 “” ن\u3000"),
        ("ن\u200c\u200d\u200cم", "ن\u200cم"),
        ("a" + "\u0301" * 2000, "a" + "\u0301" * 4),
        ("e\u0301\u0323", "e\u0301\u0323"),
        ("שָׁלוֹם", "שָׁלוֹם"),
        ("ก็" + "\u0e49" * 9, "ก็" + "\u0e49" * 3),
        ("naïve café “quoted” — 日本語 Ελληνικά русский", "naïve café “quoted” — 日本語 Ελληνικά русский"),
        ("non\u00a0breaking\u3000wide", "non\u00a0breaking\u3000wide"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_goes_and_what_stays(text: str, expected: str) -> None:
    """Escapes, controls, direction tricks, smuggled tags and floods go; emoji families and living scripts stay."""
    assert clean_text(text) == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("  two\n\n words\t\u00a0 ", 0, "two words"),
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde…"),
        ("abcd efg", 6, "abcd…"),
        ("\x1b[2J\r\nx", 0, "[2J x"),
        ("👩\u200d👧 family", 3, "👩…"),
        ("x" * 5_000_000, 10, "xxxxxxxxx…"),
        (" " * 5_000_000 + "late", 10, ""),
        ("", 5, ""),
    ],
    ids=range(9),
)
def test_lines(text: str, limit: int, expected: str) -> None:
    """One row, shortened with an ellipsis, never cut inside what a joiner ties."""
    assert clean_line(text, limit) == expected


_UNITS = ["a\u0301\u0301", "\u200d", "ن\u200c", "\x1b[", "\u202e", "👩\u200d", "\r\n", "\ud800", "é "]


@pytest.mark.parametrize("unit", _UNITS)
def test_cleaning_is_linear(unit: str) -> None:
    """Half a megabyte of anything is clean within a moment."""
    started = time.monotonic()
    clean_text(unit * (500_000 // len(unit)))
    assert time.monotonic() - started < 10  # measured: < 0.4 s
