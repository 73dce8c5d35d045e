"""`list` and `saved`: rows for people, for pipes and for scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_golden import golden
from cli_runner import Run

Secnews = Callable[..., Run]
pytestmark = pytest.mark.usefixtures("stocked")


@pytest.mark.parametrize(
    ("name", "argv", "terminal"),
    [
        ("list.pipe.txt", ["list"], False),
        ("list.terminal.txt", ["list"], True),
        ("list.plain-terminal.txt", ["list", "--no-color"], True),
        ("list.json", ["list", "--json"], False),
        ("list.jsonl", ["list", "--jsonl"], False),
        ("saved.pipe.txt", ["saved"], False),
        ("saved.json", ["saved", "--json"], False),
    ],
)
def test_output_is_as_agreed(secnews: Secnews, name: str, argv: list[str], terminal: bool) -> None:
    """Each form of the list is the golden file, byte for byte."""
    run = secnews(*argv, terminal=terminal)
    assert (run.code, run.err) == (0, "")
    golden(name, run.out)


def _ids(run: Run) -> list[int]:
    return [row["id"] for row in run.json["articles"]]


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], [1, 2, 3, 4, 5, 6]),
        (["--section", "Fraud"], [4, 5]),
        (["--section", ""], [6]),
        (["--source", "1"], [1, 2, 3]),
        (["--source", "s2"], [4, 5]),
        (["--source", "https://harbour.example.com/feed"], [1, 2, 3]),
        (["--source", "/srv/clippings"], [6]),
        (["--unread"], [1, 2, 3, 4, 5]),
        (["--saved"], [4]),
        (["--limit", "2"], [1, 2]),
        (["--since", "2026-06-07"], [1, 2, 3]),
        (["--since", "2026-06-08T09:00:00+02:00"], [1, 2]),
        (["keys"], [1, 6]),
        (["keys", "-old"], [1]),
        (["-old", "keys"], [1]),
        (["keys", "-section:News"], [6]),
        (["-section:News", "--limit", "1"], [4]),
        (["-section:News", "-n1"], [4]),
        (["-is:read", "-u", "-section:News"], [4, 5]),
        (["--", "keys", "-old"], [1]),
        (["KEYS", "old"], [6]),
        (["keys old"], [6]),
        (["RÉSUMÉ"], [5]),
        (["a4"], [4]),
        (["s2"], [4, 5]),
        (["s2", "--limit", "1"], [4]),
        (["keys", "--unread"], [1]),
        (["--unread", "keys", "--section", "News"], [1]),
        (["fraud", "--section", "nowhere"], []),
    ],
)
def test_conditions_choose_the_rows(secnews: Secnews, argv: list[str], expected: list[int]) -> None:
    """Options and words narrow the list, newest first; options may stand on either side of the words."""
    run = secnews("list", "--json", *argv)
    assert _ids(run) == expected
    assert run.code == (0 if expected else 3)


def test_nothing_found_is_valid_json(secnews: Secnews) -> None:
    """Exit code 3, an empty list in JSON, no line in JSON Lines, a sentence for people."""
    run = secnews("list", "nowhere", "--json")
    assert (run.code, run.json) == (3, {"schema": 1, "articles": [], "next": None})
    assert secnews("list", "nowhere", "--jsonl").out == ""
    assert secnews("list", "a99", "--json").code == 3
    run = secnews("list", "nowhere")
    assert (run.code, run.out, run.err) == (3, "", "No articles found.\n")


def test_a_word_like_a_source_number_is_a_word(secnews: Secnews) -> None:
    """`s9` is a word where no source has that number."""
    assert secnews("list", "s9").code == 3
    assert secnews("list", "s9").err == "No articles found.\n"


def test_long_lists_are_read_page_by_page(secnews: Secnews, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two give the same list as one page, with and without a limit."""
    from reader.cli.verbs import lists

    whole = _ids(secnews("list", "--json"))
    monkeypatch.setattr(lists, "PAGE", 2)
    assert _ids(secnews("list", "--json")) == whole
    for limit in range(1, 8):
        assert _ids(secnews("list", "--json", "--limit", str(limit))) == whole[:limit]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
def test_columns_fit_the_terminal(secnews: Secnews, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """No line is wider than the terminal, and the title keeps its place."""
    from reader.cli.cells import width as cells

    monkeypatch.setenv("COLUMNS", str(width))
    lines = secnews("list", "--no-color", terminal=True).out.splitlines()
    assert len(lines) == 7
    assert all(cells(line) <= width for line in lines)
    starts = {_start_of_title(line) for line in lines[1:]}
    assert len(starts) == 1


def _start_of_title(line: str) -> int:
    """The cell in which the title begins; the titles all begin differently."""
    from reader.cli.cells import width as cells

    for words in ("Keys of", "支付", "[/x]", "Refund", "Résumé", "An old"):
        if words in line:
            return cells(line[: line.index(words)])
    raise AssertionError(line)


def test_an_empty_home_lists_nothing_and_makes_nothing(secnews: Secnews, home: Path, tmp_path: Path) -> None:
    """Reading a library that is not there creates no file."""
    run = secnews("list", "--json", "--home", str(tmp_path / "elsewhere"))
    assert run.code == 3
    assert run.json["articles"] == []
    assert not (tmp_path / "elsewhere").exists()
