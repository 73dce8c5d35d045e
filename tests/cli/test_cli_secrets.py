"""Passwords and tokens of feed addresses: in the library, and nowhere else (points 81-83)."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import Run
from cli_site import Site, plain, rss

from reader.cli import fault

Secnews = Callable[..., Run]
ALL = [
    ["sources"],
    ["sources", "--json"],
    ["sources", "--jsonl"],
    ["list", "--json"],
    ["list", "--jsonl"],
    ["list"],
    ["show", "1", "--json"],
    ["show", "1"],
    ["show", "1", "--format", "md"],
    ["show", "1", "--format", "html"],
    ["quotes"],
    ["experts"],
    ["quotes", "--format", "csv"],
    ["doctor"],
    ["doctor", "--json"],
    ["refresh", "--force"],
    ["refresh", "--force", "--json"],
    ["refresh", "--force", "--jsonl"],
    ["edit", "1", "--section", "X"],
    ["edit", "1", "--section", "Y", "--json"],
    ["remove", "1", "--json"],
    ["undo"],
    ["remove", "1"],
]


def test_no_output_shows_them(secnews: Secnews, site: Site, home: Path) -> None:
    """No verb, with -v and without, on a terminal and not, prints a password or a token; nor does the log."""
    site.pages["/feed?token=hunter2&x=1"] = plain(rss("Port closed").encode())
    url = site.url("/feed?token=hunter2&x=1").replace("http://", "http://reader:hunter2@")
    run = secnews("add", url, "-v", "--json")
    assert run.code == 0
    assert "hunter2" not in run.out + run.err
    assert secnews("add", url).code == 2  # it is there already
    for argv in ALL:
        for more in ([], ["-v"]):
            for terminal in (False, True):
                run = secnews(*argv, *more, terminal=terminal, talk_terminal=terminal)
                assert "hunter2" not in run.out + run.err, argv
    log = home / "log" / "secnews.log"
    assert not log.exists() or "hunter2" not in log.read_text()


@pytest.mark.parametrize("verb", ["add", "extract", "parse"])
def test_no_error_shows_them(secnews: Secnews, site: Site, verb: str) -> None:
    """Errors about an address mask it: refused, not found, redirect, wrong scheme."""

    def redirect(request):  # type: ignore[no-untyped-def]
        request.send_response(302)
        request.send_header("Location", "ftp://user:hunter2@files.example.com/?token=hunter2")
        request.send_header("Content-Length", "0")
        request.end_headers()

    site.pages["/to?token=hunter2"] = redirect
    for address in (
        site.url("/none?api_key=hunter2").replace("http://", "http://u:hunter2@"),
        site.url("/to?token=hunter2"),
        "http://u:hunter2@127.0.0.1:1/feed?token=hunter2",
        "ftp://u:hunter2@example.com/feed",
        "http://u:hunter2@no-such-host.invalid/feed?access_token=hunter2",
    ):
        run = secnews(verb, "--json", "-v", address)
        assert run.code in (2, 4)
        assert "hunter2" not in run.out + run.err


def test_a_fault_of_ours_is_one_sentence(
    secnews: Secnews, stocked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The person sees a sentence; the trace is in a file of mode 0600, without article text, home or secrets."""
    from reader.service.library import Library

    def broken(*_args: object, **_more: object) -> None:
        secret = "https://u:hunter2@example.com/"
        try:
            raise KeyError("Police broke up a refund ring " + secret + str(stocked))
        except KeyError as error:
            raise ValueError(f"article text, {secret}, {stocked}") from error

    monkeypatch.setattr(Library, "window", broken)
    previous = os.umask(0)
    try:
        run = secnews("list", "-v")
    finally:
        os.umask(previous)
    assert run.code == 1
    assert run.out == ""
    assert "A fault in secnews itself stopped this (ValueError)" in run.err
    assert "Traceback" not in run.err
    log = stocked / "log" / "secnews.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
    text = log.read_text()
    for forbidden in ("hunter2", "refund", "article text", str(stocked), str(Path.home()), os.getcwd()):
        assert forbidden not in text
        assert forbidden not in run.err.replace(f"{stocked}", "") or forbidden == str(stocked)
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "reader/cli/verbs/lists.py:" in text
    assert "test_cli_secrets.py:" in text


def test_the_log_stays_small_and_is_no_trap(tmp_path: Path) -> None:
    """A log that has grown begins anew; a link in its place is not followed; a log that cannot be is said."""
    log = tmp_path / "log" / "secnews.log"
    assert "the trace is in the log" in fault.record(ValueError("x"), log)
    log.write_bytes(b"x" * (fault.KEEP + 1))
    fault.record(ValueError("x"), log)
    assert log.stat().st_size < 1000
    target = tmp_path / "target"
    target.write_text("mine")
    log.unlink()
    log.symlink_to(target)
    assert "could not be written" in fault.record(ValueError("x"), log)
    assert target.read_text() == "mine"
    assert "could not be written" in fault.record(ValueError("x"), None)


def test_traces_say_where(tmp_path: Path) -> None:
    """Errors whose text names only the program keep it; a system error keeps the system's word, not the path."""
    assert fault.trace(TypeError("'int' object is not callable"))[-1].endswith("'int' object is not callable")
    assert fault.trace(FileNotFoundError(2, "No such file", "/home/me/x"))[-1] == (
        "builtins.FileNotFoundError: No such file"
    )
    with pytest.raises(ValueError) as caught:
        _hide_the_cause()
    assert not any("KeyError" in line for line in fault.trace(caught.value))


def _hide_the_cause() -> None:
    try:
        raise KeyError("a")
    except KeyError:
        raise ValueError("b") from None
