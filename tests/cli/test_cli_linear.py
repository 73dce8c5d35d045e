"""`--plain`: the linear reader, line by line, for screen readers and simple terminals."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project_sources import ROOT

from reader.cli.linear.words import WORDS

Secnews = Callable[..., Run]
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


@pytest.fixture
def typed(secnews: Secnews) -> Callable[..., list[str]]:
    """What the reader prints after each line that is typed; the first is what it prints before."""

    def run(*lines: str, argv: tuple[str, ...] = (), **more: object) -> list[str]:
        done = secnews("--plain", *argv, stdin="".join(f"{line}\n" for line in lines).encode(), **more)
        assert done.code == 0
        assert not CONTROLS.search(done.out + done.err)
        answers = re.split(r"^[A-Z][^\n]{0,40}?> ", done.out, flags=re.MULTILINE)
        return answers[:-1]  # behind the last question nobody answered

    return run


pytestmark = pytest.mark.usefixtures("stocked")


def test_sections_are_numbered(typed: Callable[..., list[str]]) -> None:
    """The first thing said is how to go on; then come the sections with their counts."""
    (first,) = (part.splitlines() for part in typed())
    assert "? is help" in first[0]
    assert first[1:] == [
        "1. All: 6 articles, 5 unread.",
        "2. Unread: 5 articles.",
        "3. Saved: 1 article.",
        "4. No section: 1 article, 0 unread.",
        "5. Fraud: 2 articles, 2 unread.",
        "6. News: 3 articles, 3 unread.",
    ]


def test_an_article_is_read_whole_with_who_said_what(typed: Callable[..., list[str]]) -> None:
    """Chosen by number: head, blocks by kind, each quote under its paragraph, a quote's card by its number."""
    _start, listed, read, card, missing = typed("6", "1", "1", "9")
    assert listed.startswith(
        "1. Keys of forty shops copied. Harbour Desk, 2026-06-09, 2 quotes, strongest expert, unread,"
    )
    assert "Heading: What happened" in read
    assert "40 shops. “[1] We found the copy" in read
    assert "  Quote 1: Ada Novak, analyst, Northlight Labs (expert, direct)." in read
    assert "- Rotate every key\n" in read
    assert 'Code:\n    key = "a`b"\n    rotate(key)' in read
    assert read.index("Quote 2: an official") > read.index("> “[2] Nobody was warned")
    assert "confidence 0.95, direct-after" in card
    assert missing == "There is no quote 9; this article has 2.\n"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["6", "1", "q"], "1. Keys of forty shops copied. Harbour Desk, 2026-06-09, 2 quotes, strongest expert, a1."),
        (["6", "1", "u"], "Taken back: 1 article marked read."),
        (["6", "s 2"], "1 article saved for offline."),
        (["6", "1", "s", "s"], "1 article no longer saved."),
        (["6", "m 1", "m 1"], "1 article marked unread."),
        (["6", "A"], "3 marked read; u takes it back."),
        (["5", "A", "A"], "Everything here was read already."),
        (["6", "1", "t phishing"], "1 article tagged phishing."),
        (["6", "t phishing"], "Open an article, or give the number of one in this list."),
        (["6", "1", "f"], "1. advisory: https://advisory.example.com/a?b=(1)&c=<2>"),
        (["6", "1", "f 1"], "https://advisory.example.com/a?b=(1)&c=<2>"),
        (["6", "1", "f 7"], "There is no link 7; this article has 1."),
        (["6", "1", "y"], "https://news.example.com/1?a=1&b=2"),
        (["6", "1", "i"], "This article has no images."),
        (["i"], "Open an article first."),
        (["6", "1", "c --ask them", "c"], "--ask them"),
        (["6", "1", "c Call back", "again", ""], "Note 1, "),
        (["6", "1", "D"], "There is nothing to compare"),
        (["6", "1", "]", "]"], "Quote 2: an official"),
        (["6", "1", "]", "["], "There is no quote before this."),
        (["6", "1", "n"], "支付处理商 loses 密钥"),
        (["6", "2", "K"], "Keys of forty shops copied"),
        (["6", "1", "K"], "There is no article before this."),
        (["n"], "Keys of forty shops copied"),
        (["/ keys"], "2. An old clipping."),
        (["/keys"], "2. An old clipping."),
        (["/"], "/ needs words"),
        (["/ title:"], "^"),
        (["/ nowhere"], "Search nowhere: there are no articles here."),
        (["1", "F is:saved"], "1. Refund ring broken up."),
        (["g s"], "1. Refund ring broken up."),
        (["gs"], "1. Refund ring broken up."),
        (["g e"], "Ada Novak"),
        (["g q"], "We found the copy"),
        (["g h"], "harbour.example.com"),
        (["list --saved"], "Refund ring"),
        (["secnews list --saved"], "Refund ring"),
        ([":list --saved"], "Refund ring"),
        (["list 'open"], "close the quotation mark"),
        (["99"], "There is no section 99."),
        (["6", "99"], "There is no article 99 here; the last one is 3."),
        (["6", "0"], "There is no article 0 here"),
        (["nonsense"], "There is no command, file or folder nonsense"),
        (["?"], "s or b NUMBER: save for offline, or no longer."),
        (["q", "1"], ""),
    ],
    ids=lambda value: " | ".join(value) if isinstance(value, list) else None,
)
def test_what_is_typed_is_done(secnews: Secnews, lines: list[str], says: str) -> None:
    """Every key of the room works as a word, and so does every command; the last answer says what was done."""
    done = secnews("--plain", stdin="".join(f"{line}\n" for line in lines).encode())
    assert done.code == 0
    assert says in done.out + done.err
    assert "Traceback" not in done.err


def test_long_lists_and_texts_come_a_screen_at_a_time(
    typed: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal a screen is shown, Enter shows the next, and at the end Enter opens the next unread article."""
    monkeypatch.setenv("LINES", "9")
    monkeypatch.setenv("COLUMNS", "50")
    answers = typed("1", "", "1", *[""] * 9, terminal=True)
    assert answers[1].endswith("Enter shows more.\n")
    assert answers[2].startswith("4. Refund ring")
    assert answers[3].endswith("Enter reads on.\n")
    assert any("The end. Enter opens the next unread" in answer for answer in answers[4:])
    assert any(answer.startswith("支付处理商") for answer in answers[4:])
    assert all(len(line) <= 90 for answer in answers for line in answer.splitlines())


def test_a_file_is_read_without_being_kept(typed: Callable[..., list[str]], tmp_path: Path) -> None:
    """`secnews --plain PATH` opens it at once; what would change the library says why it cannot."""
    file = tmp_path / "note.md"
    file.write_text("# Mill gate opened\n\n“It was open,” said Ona Brandt, a clerk at Mill Trust.\n")
    opened, refused = typed("s", argv=(str(file),))
    assert "Mill gate opened" in opened
    assert "Ona Brandt" in opened
    assert "not in the library" in refused


def test_a_simple_terminal_gets_the_linear_reader(secnews: Secnews, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where TERM says that nothing can be drawn, the reader is linear by itself, and says so."""
    monkeypatch.setenv("TERM", "dumb")
    done = secnews(stdin=b"q\n", terminal=True, talk_terminal=True)
    assert done.code == 0
    assert "the linear reader starts" in done.err
    assert "1. All: 6 articles" in done.out
    assert not CONTROLS.search(done.out + done.err)


def test_an_empty_library_says_what_to_do(secnews: Secnews, home: Path) -> None:
    """Without sources there are the samples, and a sentence on how to begin."""
    import shutil

    shutil.rmtree(home)
    done = secnews("--plain", stdin=b"4\n1\n")
    assert "add ADDRESS" in done.out
    assert "Samples" in done.out
    assert "Quote 1:" in done.out


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=1, max_size=12).filter(lambda line: not line.startswith(("r", "R", "w"))), max_size=4))
def test_nothing_that_is_typed_ends_in_a_trace(secnews: Secnews, lines: list[str]) -> None:
    """Whatever is typed, the reader answers in words and goes on."""
    done = secnews("--plain", "--offline", stdin="\n".join(lines).encode("utf-8", "replace"))
    assert done.code == 0
    assert "defect" not in done.err
    assert not CONTROLS.search(done.out)


def test_the_guide_has_every_word() -> None:
    """The table in the reference lists each word with what may follow it."""
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    for word in WORDS:
        assert f"{word.help[0].upper()}{word.help[1:]}." in reference
