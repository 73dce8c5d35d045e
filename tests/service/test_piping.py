"""Articles through commands of the reader's: arguments only, bounded, killable."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from reader.errors import UsageError
from reader.service.piping import MAX_OUTPUT, pipe, words_of


def test_words_are_arguments_and_no_shell_sees_them(tmp_path: Path) -> None:
    """`;`, `$( )`, `|` and `>` are letters like others."""
    given = (
        f"{sys.executable} -c 'import sys; print(sys.argv[1:])' ; touch {tmp_path}/pwned > {tmp_path}/out '$(id)' \\|"
    )
    result = pipe(given, b"")
    assert result.output == f"[';', 'touch', '{tmp_path}/pwned', '>', '{tmp_path}/out', '$(id)', '|']\n"
    assert (result.code, result.said) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_the_article_goes_in_and_both_outputs_come_back_clean() -> None:
    """Standard input is the data; errors are shown too; no control characters reach the screen."""
    code = (
        "import sys; sys.stdout.write(sys.stdin.read().upper()); sys.stdout.flush(); sys.stderr.write(chr(27) + ']0;x')"
    )
    result = pipe(f'{sys.executable} -c "{code}"', "Größe\n".encode())
    assert result.output.startswith("GRÖSSE\n")
    assert "\x1b" not in result.output


@pytest.mark.parametrize(
    ("command", "said"),
    [("", "no command"), ("  ", "no command"), ("no-such-command-here", "There is no command"), ("wc 'a", "quotes")],
)
def test_what_cannot_be_run_is_said(command: str, said: str) -> None:
    """One sentence, before anything starts."""
    with pytest.raises(UsageError, match=said):
        pipe(command, b"")


def test_a_code_is_told_and_input_that_nobody_reads_is_no_fault() -> None:
    """A command may stop reading, fail, or be killed by a signal."""
    assert "code 3" in pipe(f"{sys.executable} -c 'raise SystemExit(3)'", b"x" * 5_000_000).said
    assert pipe("true", b"x" * 5_000_000).said == ""


def test_a_command_is_stopped_when_told_or_when_it_takes_too_long_or_prints_too_much(tmp_path: Path) -> None:
    """With its children; what it printed until then is there."""
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    began = time.monotonic()
    assert pipe("sleep 60", b"", cancel=cancel).said == "It was stopped."
    code = "import subprocess, sys; print(1, flush=True); subprocess.run(['sleep', '60'])"
    late = pipe(f'{sys.executable} -c "{code}"', b"", seconds=0.5)
    assert late.output == "1\n"
    assert "longer than 0.5 seconds" in late.said
    much = pipe("yes", b"")
    assert "printed more" in much.said
    assert len(much.output) <= MAX_OUTPUT
    assert time.monotonic() - began < 30


def test_words_of_reads_quotes() -> None:
    """As people know it from shells."""
    assert words_of("grep -i 'two words' a\\ b") == ["grep", "-i", "two words", "a b"]
