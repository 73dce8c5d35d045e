"""Texts of strangers in every output of every command: even what was stored uncleaned never reaches the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Run
from poisoned_library import EVIL, FORBIDDEN, poison

Secnews = Callable[..., Run]
OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[K|\r\n?")  # colours, and a line of progress drawn anew
COMMANDS = (
    "list", "list --sort rank a", "list --tags", "search shops", "show 1", "show 1 --format md", "show 1 --format html",
    "show 1 --format text", "show 1 --full", "show 1 --diff", "sources", "quotes", "quotes --format md", "quotes --csv",
    "experts", "experts 1", "saved", "saved --verify", "tag", "note", "rules", "doctor", "undo", "catalogue", "prune",
    "mark read 1", "mark unread 1", "save 1", "unsave 1", f"tag {EVIL} 1", f"list {EVIL}", f"search {EVIL}",
    f"show {EVIL}", f"add {EVIL}", f"{EVIL}", f"refresh --section {EVIL}", f"remove {EVIL}", "remove s1", "refresh",
)  # fmt: skip


@pytest.fixture
def poisoned(stocked: Path, secnews: Secnews) -> Path:
    for argv in (
        ("note", "1", "A note on it."), ("save", "2"), ("tag", "later", "1"), ("undo",),
        ("rules", "add", "hide", "title:nothing"), ("tag", "fraud", "2"),
    ):  # fmt: skip
        secnews("--offline", *argv)
    poison(stocked / "data" / "library.db")
    return stocked


@pytest.mark.usefixtures("poisoned")
def test_no_command_prints_what_a_terminal_obeys(secnews: Secnews) -> None:
    """As text for people and in a pipe, as JSON and as lines of it: no control, no override, in output or talk."""
    said = 0
    for command in COMMANDS:
        argv = [word for word in command.split(" ") if word]
        for terminal, form in ((True, ()), (False, ()), (False, ("--json",))):
            run = secnews("--offline", *argv, *form, terminal=terminal, talk_terminal=terminal)
            assert "secnews itself" not in run.err, (command, form, run.err)
            for text in (run.out, run.err):
                shown = OURS.sub("", text) if terminal else text.replace("\r\n", "\n")
                found = FORBIDDEN.search(shown)
                assert not found, (command, form, shown[max(0, found.start() - 60) : found.start() + 60])
                said += shown.count("]0;own")
    assert said > 200  # what can be seen of it is there


@pytest.mark.usefixtures("poisoned")
def test_the_linear_reader_prints_nothing_that_a_terminal_obeys(secnews: Secnews) -> None:
    """Sections, lists, articles, quotes, links, images, cards, searches, answers of commands."""
    lines = (
        "1\n1\n1\nl\ny\ni\nn\nq\ng q\ng e\ng h\nt\n/shops\n1\nF is:unread\nundo\n?\nsources\nnote 1\n"
        + f"/{EVIL}\n{EVIL}\n"
    )
    run = secnews("--plain", "--offline", stdin=lines.encode())
    assert run.code == 0
    assert not FORBIDDEN.search(run.out + run.err)
    assert "Quote 1" in run.out


def test_standard_input_may_be_closed(stocked: Path) -> None:
    """`secnews --plain <&-`: it shows the sections and ends, as where nothing more comes in."""
    import subprocess
    import sys

    command = f"exec {sys.executable} -m reader --home {stocked} --plain --offline <&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1. All: 6 articles" in done.stdout
