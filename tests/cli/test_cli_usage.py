"""What may be typed, and what is said about what may not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_runner import Run, call

from reader import __version__
from reader.cli.commands import COMMANDS, LATER

Secnews = Callable[..., Run]


@pytest.mark.parametrize("argv", [["--version"], ["list", "--version"], ["--offline", "--version"], ["--version", "x"]])
def test_version(secnews: Secnews, argv: list[str]) -> None:
    """The version goes to standard output, wherever the option stands."""
    assert secnews(*argv) == Run(0, f"secnews {__version__}\n", "")


@pytest.mark.parametrize("argv", [["--help"], ["-h"], ["--home", "x", "--help"], ["nonsense", "--help"]])
def test_overview_names_every_command(secnews: Secnews, argv: list[str]) -> None:
    """`--help` lists all commands with a sentence each, on standard output."""
    run = secnews(*argv)
    assert (run.code, run.err) == (0, "")
    for command in COMMANDS:
        assert f"  {command.name} " in run.out
        assert command.summary in run.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(secnews: Secnews, command: Any) -> None:
    """`COMMAND --help` shows usage, the sentence and the options that work everywhere; it touches nothing."""
    run = secnews(command.name, "--help")
    assert (run.code, run.err) == (0, "")
    flat = " ".join(run.out.split())
    assert flat.startswith(f"usage: secnews {command.name}")
    assert command.summary in flat
    assert "--home" in flat
    assert command.summary.endswith(".")


@pytest.mark.parametrize("name", [*LATER])
def test_later_editions_are_named(secnews: Secnews, home: Path, name: str) -> None:
    """A command of a later edition says so in one sentence with what to do instead, exit code 2."""
    run = secnews(name, "whatever", "--json") if not name.startswith("-") else secnews(name)
    assert (run.code, run.out) == (2, "")
    assert "later edition" in run.err
    assert run.err.count("\n") == 1
    assert not home.exists()


@pytest.mark.parametrize("word", ["a:b", "CVE-2026-1234", "http://x.example", "don't", "50%", "AND1", "x-y", "#1"])
def test_plain_words_are_plain(secnews: Secnews, stocked: Path, word: str) -> None:
    """What only looks a little like the query language is a word."""
    run = secnews("list", "--", word)
    assert run.code in (0, 3)
    assert "later" not in run.err


WRONG = [
    (["lsit"], "did you mean `secnews list`?"),
    (["xyzzy"], "`secnews --help` lists the commands."),
    (["missing.html"], "There is no file or folder missing.html."),
    (["/nowhere/at/all"], "There is no file or folder /nowhere/at/all."),
    (["list", "--wrong"], "list: unrecognized arguments: --wrong"),
    (["list", "--sec", "x"], "unrecognized arguments"),
    (["--wrong", "list"], "--wrong"),
    (["list", "--limit", "0"], "not a whole number above 0"),
    (["list", "--limit", "-3"], "--limit"),
    (["list", "--limit", "1e3"], "not a whole number above 0"),
    (["list", "--limit"], "expected one argument"),
    (["list", "--json", "--jsonl"], "not allowed with"),
    (["list", "--since", "yesterday"], '"yesterday" is not a time'),
    (["list", "--since", "7m"], '"7m" is not a time'),
    (["list", "--since", "0001-01-01T00:00:00+14:00"], "is not a time"),
    (["list", "--source", "x"], '"x" is not a source'),
    (["list", ""], "An empty query"),
    (["show"], "required: ID"),
    (["show", "1", "2"], "unrecognized arguments: 2"),
    (["show", "1", "--format", "pdf"], "invalid choice: 'pdf'"),
    (["quotes", "--voice", "loud"], "invalid choice: 'loud'"),
    (["mark", "red", "1"], "invalid choice: 'red'"),
    (["mark", "read"], "required"),
    (["save"], "required: ID"),
    (["save", ""], "empty query"),
    (["edit", "1"], "nothing to change"),
    (["remove"], "required: SOURCE"),
    (["refresh", "--full"], "--full needs --force"),
    (["refresh", "--jobs", "17"], "--jobs is at most 16"),
    (["refresh", "x"], '"x" is not a source'),
    (["add"], "give an address"),
    (["add", "a", "b", "--title", "T"], "--title names one source"),
    (["add", "--catalogue", "News", "x"], "--catalogue takes neither"),
    (["extract"], "required: PATH|URL|-"),
    (["extract", "a", "b", "--json"], "several inputs need --jsonl"),
    (["parse", "a", "b", "--json"], "several inputs need --jsonl"),
    (["extract", "-", "-", "--jsonl"], "can be read once only"),
    (["completion", "fish"], "invalid choice: 'fish'"),
    (["list", "--home", ""], "--home needs a directory"),
    (["list", "--home", "~nobodyatall/x"], "no directory"),
    (["list", "--config", "/nowhere.toml"], "There is no configuration file /nowhere.toml"),
]


@pytest.mark.parametrize(("argv", "words"), WRONG, ids=[" ".join(wrong[0])[:40] for wrong in WRONG])
def test_wrong_usage(secnews: Secnews, stocked: Path, argv: list[str], words: str) -> None:
    """One sentence on standard error that names what is wrong, nothing on standard output, exit code 2."""
    run = secnews(*argv)
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert run.err.startswith("secnews: ")
    assert run.err.count("\n") == 1
    assert "Traceback" not in run.err


def test_controls_in_arguments_do_not_reach_the_terminal(secnews: Secnews, stocked: Path) -> None:
    """What is quoted back from the command line is cleaned."""
    for argv in (["\x1b[2J"], ["list", "--\x1b[2J"], ["show", "\x1b[2J\x07"], ["list", "--since", "\x9b2J"]):
        run = secnews(*argv)
        assert run.code == 2
        assert "\x1b" not in run.err
        assert "\x07" not in run.err
        assert "\x9b" not in run.err


def test_global_options_may_stand_before_and_after(stocked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--home, --config, --no-color, -v work on both sides of the command, also with `=`."""
    monkeypatch.delenv("SECNEWS_HOME")
    home = str(stocked)
    expected = call(["list", "--home", home]).out
    assert expected.count("\n") == 6
    for argv in (
        ["--home", home, "list"],
        [f"--home={home}", "list"],
        ["list", f"--home={home}"],
        ["--no-color", "--home", home, "list"],
        ["--offline", "list", "--home", home, "--no-color"],
    ):
        assert call(argv).out == expected
    assert call(["--home", home, "-v", "list"]).err.startswith("Configuration: ")
    assert call(["--home", home, "list", "-v"]).err.startswith("Configuration: ")


def test_home_beats_the_environment(stocked: Path, tmp_path: Path) -> None:
    """--home wins over SECNEWS_HOME."""
    assert call(["list"]).code == 0
    assert call(["list", "--home", str(tmp_path / "other")]).code == 3


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    """A sentence, not a traceback."""
    (tmp_path / "file").write_text("")
    run = call(["list", "--home", str(tmp_path / "file")])
    assert run.code == 2
    assert "is not a directory" in run.err


def test_configuration_mistakes_are_told_and_do_not_stop(secnews: Secnews, stocked: Path) -> None:
    """The sentence goes to standard error, the command works, the file stays."""
    file = stocked / "config" / "config.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text("[network]\ntimeout = 'long'\n")
    run = secnews("list", "--json")
    assert run.code == 0
    assert f"{file}:2: network.timeout must be a number" in run.err
    assert len(run.json["articles"]) == 6
    assert file.read_text() == "[network]\ntimeout = 'long'\n"


class _Reader:
    def __init__(self) -> None:
        self.calls: list[tuple[bool, list[str]]] = []

    def __call__(self, context: Any, addresses: Any) -> int:
        self.calls.append((context.offline, list(addresses)))
        return 0


def test_without_a_command_the_reader_starts(home: Path, tmp_path: Path) -> None:
    """On a terminal: `secnews`, `secnews --offline`, `secnews PATH|URL …`."""
    (tmp_path / "list").write_text("a file named like a command")
    file = str(tmp_path / "list")
    reader = _Reader()
    for argv in ([], ["--offline"], [file, "https://example.com/a"], ["--offline", "file.txt:x"], ["--", file]):
        run = call(argv, terminal=True, talk_terminal=True, start_reader=reader)
        assert (run.code, run.out, run.err) == (0, "", "")
    assert reader.calls == [
        (False, []),
        (True, []),
        (False, [file, "https://example.com/a"]),
        (True, ["file.txt:x"]),
        (False, [file]),
    ]


@pytest.mark.parametrize("argv", [[], ["https://example.com/"]])
@pytest.mark.parametrize(("out", "talk"), [(False, True), (True, False)])
def test_without_a_terminal_the_reader_does_not_start(home: Path, argv: list[str], out: bool, talk: bool) -> None:
    """In a pipe there is a sentence that names what to use there, exit code 2."""
    run = call(argv, terminal=out, talk_terminal=talk, start_reader=_Reader())
    assert (run.code, run.out) == (2, "")
    assert "needs a terminal" in run.err


@pytest.mark.parametrize(
    "argv",
    [
        *(["list"], ["sources"], ["show", "1"], ["quotes"], ["experts"], ["saved"], ["save", "1"], ["unsave", "1"]),
        *(["mark", "read", "1"], ["undo"], ["refresh", "s3"], ["catalogue"], ["doctor"]),
        *(["edit", "1", "--title", "T"], ["remove", "1"]),
    ],
    ids=lambda argv: argv[0],
)
def test_every_command_speaks_json(secnews: Secnews, stocked: Path, argv: list[str]) -> None:
    """--json is one document with the schema number; --jsonl has it in every line."""
    import json

    (stocked / "config").mkdir()
    (stocked / "config" / "config.toml").write_text("[network]\ntimeout = 1\n")
    for form in ("--json", "--jsonl"):
        run = secnews(*argv, form)
        assert run.out
        documents = [json.loads(run.out)] if form == "--json" else [json.loads(line) for line in run.out.splitlines()]
        assert all(document["schema"] == 1 for document in documents)
        secnews("undo")


@pytest.mark.parametrize(
    ("argv", "noun"),
    [
        (["list", "--source", "99"], "articles"),
        (["quotes", "a99"], "quotes"),
        (["refresh", "s99"], "results"),
        (["remove", "99"], "sources"),
        (["edit", "99", "--title", "x"], "sources"),
        (["catalogue", "Gardening"], "feeds"),
        (["add", "--catalogue", "Gardening"], "sources"),
    ],
)
def test_nothing_found_has_the_expected_shape(secnews: Secnews, stocked: Path, argv: list[str], noun: str) -> None:
    """A script reads the same member of the document, and finds nothing in it."""
    run = secnews(*argv, "--json")
    assert run.code == 3
    assert run.json["schema"] == 1
    assert run.json[noun] == []
    assert run.json["error"] in run.err
