"""The pieces of printing: widths in cells, tables, JSON that no terminal obeys, talk without secrets."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Run, Stream
from hypothesis import given
from hypothesis import strategies as st

from reader.cli import table
from reader.cli.cells import cut, width
from reader.cli.exit_codes import ExitCode, tally
from reader.cli.output import Output
from reader.cli.table import Column
from reader.cli.talk import Talk

Secnews = Callable[..., Run]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("e\u0301", 1),
        ("密钥", 4),
        ("ｱ", 1),
        ("Ａ", 2),
        ("👩", 2),
        ("👩‍💻", 2),
        ("a\u0300\u0301b", 2),
    ],
)
def test_width(text: str, cells: int) -> None:
    """Wide characters take two cells, marks none, joined emoji count once."""
    assert width(text) == cells


@given(st.text(max_size=60), st.integers(1, 40))
def test_cut_fits(text: str, limit: int) -> None:
    """What is cut fits, begins as the text does, and says that something is missing; what fits is left alone."""
    shown = cut(text, limit)
    assert width(shown) <= max(limit, 1)
    if width(text) <= limit:
        assert shown == text
    else:
        assert shown.endswith("…")
        assert text.startswith(shown[:-1])


def _printed(work: Callable[[Output], object], *, terminal: bool = False, no_color: bool = False) -> str:
    kept, sys.stdout = sys.stdout, Stream(terminal=terminal)
    try:
        out = Output(no_color=no_color)
        work(out)
        return sys.stdout.text()
    finally:
        sys.stdout = kept


_CELLS = st.text(alphabet=st.sampled_from("ab 密é\u0301👩\n\t\x1b[31m\u202e"), max_size=12)


@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), min_size=1, max_size=8), st.booleans())
def test_columns_stand_in_line(rows: list[tuple[str, str, str]], terminal: bool) -> None:
    """Whatever the cells hold, each row is one line, no cell is blank, and the last column begins in one cell."""
    columns = (Column("A", 6), Column("B", 6), Column("C"))
    printed = _printed(
        lambda out: table.show(out, columns, [(a, b, "|" + c) for a, b, c in rows]), terminal=terminal, no_color=True
    )
    lines = printed.split("\n")[:-1]
    assert len(lines) == len(rows) + terminal
    assert "\x1b" not in printed
    starts = {width(line[: line.index("|")]) for line in lines[int(terminal) :]}
    assert len(starts) == 1


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_json_is_whole_and_inert(value: object) -> None:
    """Any value comes back as it was, on one line, and no byte of it means anything to a terminal."""
    printed = _printed(lambda out: out.document({"value": value}))
    assert json.loads(printed) == {"value": value}
    assert printed.count("\n") == 1
    assert not set(printed[:-1]) & {*map(chr, range(32)), "\x7f", *map(chr, range(128, 160)), "\u2028", "\u202e"}


@pytest.mark.parametrize("count", [0, 1, 3])
def test_listing_is_one_document(count: int) -> None:
    """A list is valid JSON however long it is, with the schema number and `next`."""
    printed = _printed(lambda out: out.listing("things", ({"n": n} for n in range(count)), failed=[1]))
    assert json.loads(printed) == {"schema": 1, "things": [{"n": n} for n in range(count)], "next": None, "failed": [1]}


def test_lines_carry_the_schema() -> None:
    """Every line of JSON Lines stands alone."""
    printed = _printed(lambda out: out.lines([{"a": 1}, {"schema": 1, "b": 2}]))
    assert [json.loads(line) for line in printed.splitlines()] == [{"schema": 1, "a": 1}, {"schema": 1, "b": 2}]


@pytest.mark.parametrize(
    ("environ", "terminal", "no_color", "coloured"),
    [
        ({}, True, False, True),
        ({}, False, False, False),
        ({}, True, True, False),
        ({"NO_COLOR": "1"}, True, False, False),
        ({"NO_COLOR": ""}, True, False, True),
        ({"TERM": "dumb"}, True, False, False),
        ({"TERM": ""}, True, False, False),
    ],
)
def test_when_there_are_colours(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], terminal: bool, no_color: bool, coloured: bool
) -> None:
    """Only on a terminal that can, and only if nobody said no."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    printed = _printed(lambda out: out.line(("word", "1")), terminal=terminal, no_color=no_color)
    assert printed == ("\x1b[1mword\x1b[0m\n" if coloured else "word\n")


@given(st.text(max_size=80))
def test_talk_is_one_clean_line(text: str) -> None:
    """Whatever a sentence holds, it is one line without controls."""
    kept, sys.stderr = sys.stderr, Stream()
    try:
        Talk().error(text)
        said = sys.stderr.text()
    finally:
        sys.stderr = kept
    assert said.startswith("secnews:")
    assert said.count("\n") == 1
    assert not set(said[:-1]) & {*map(chr, range(32)), "\x7f", *map(chr, range(128, 160)), "\u202e"}


@pytest.mark.parametrize(
    "sentence",
    [
        "https://user:hunter2@example.com/feed could not be read.",
        "Moved from http://a.example/?token=hunter2&x=1 to http://b.example/?x=1&api_key=hunter2.",
        "<ftp://me:hunter2@files.example.com/>",
    ],
)
def test_talk_masks_what_was_forgotten(sentence: str) -> None:
    """An address that reaches a sentence unmasked is masked there."""
    kept, sys.stderr = sys.stderr, Stream()
    try:
        Talk(verbose=True).detail(sentence)
        said = sys.stderr.text()
    finally:
        sys.stderr = kept
    assert "hunter2" not in said
    assert "example" in said


@pytest.mark.parametrize(("done", "failed", "code"), [(0, 0, 0), (3, 0, 0), (3, 1, 1), (0, 1, 4)])
def test_tally(done: int, failed: int, code: int) -> None:
    """None failed, some failed, all failed."""
    assert tally(done, failed) == code


def test_exit_codes_are_the_agreed_ones() -> None:
    """Scripts rely on these numbers."""
    assert [(code.name, int(code)) for code in ExitCode] == [
        ("OK", 0), ("PARTLY", 1), ("USAGE", 2), ("NOTHING", 3), ("FAILED", 4), ("STORAGE", 5), ("INTERRUPTED", 130),
    ]  # fmt: skip


def test_doctor(secnews: Secnews, stocked: Path) -> None:
    """All well is 0; JSON has a list of checks; what is open to others is a warning with advice."""
    run = secnews("doctor", "--json")
    assert (run.code, run.err) == (0, "")
    assert {"name", "state", "detail", "advice"} == set(run.json["checks"][0])
    (stocked / "data").chmod(0o755)
    run = secnews("doctor")
    assert run.code == 0
    assert "chmod 700" in run.out
    (stocked / "data" / "library.db").write_bytes(b"no library" * 100)
    run = secnews("doctor", "--json")
    assert run.code == 5
    assert "error" in {check["state"] for check in run.json["checks"]}


@pytest.mark.parametrize(
    ("line", "expected", "absent"),
    [
        ("secnews sho", {"show"}, {"list"}),
        ("secnews ", {"list", "quotes", "--home"}, {"--voice"}),
        ("secnews --home /tmp li", {"list"}, set()),
        ("secnews quotes --voice e", {"expert"}, {"official"}),
        ("secnews list --un", {"--unread"}, {"--force"}),
        ("secnews show --", {"--format", "--full", "--json"}, {"--again"}),
        ("secnews completion z", {"zsh"}, {"bash"}),
    ],
)
def test_completion_of_bash(secnews: Secnews, tmp_path: Path, line: str, expected: set[str], absent: set[str]) -> None:
    """A real bash completes commands, options and choices."""
    script = tmp_path / "completion"
    script.write_text(secnews("completion", "bash").out)
    words = line.split(" ")
    quoted = " ".join(f"'{word}'" for word in words)
    code = f"source {script}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _secnews; echo ${{COMPREPLY[@]}}"
    done = subprocess.run(["bash", "--norc", "-c", code], capture_output=True, check=True)
    found = set(done.stdout.decode().split())
    assert done.stderr == b""
    assert expected <= found
    assert not absent & found


def test_completion_of_zsh(secnews: Secnews) -> None:
    """zsh gets the same script behind its own compatibility layer."""
    assert secnews("completion", "zsh").out.startswith("autoload -U +X compinit")
