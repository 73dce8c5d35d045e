"""Sources that cannot be had: one clear sentence each, the others finish, nothing that was there is lost."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runner import ROOT, Run
from cli_site import Site, plain, rss

Secnews = Callable[..., Run]
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(autouse=True)
def short_deadline(home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("[network]\ntimeout = 1\n")


def _bad(site: Site, tmp_path: Path) -> dict[str, str]:
    """One address or path of each kind that cannot be had."""
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 64)
    closed = Site()
    with closed.running():
        refused = closed.url("/feed")
    return {
        "missing file": str(tmp_path / "missing.txt"),
        "refused": refused,
        "not found": site.url("/404"),
        "gone": site.put("/410", b"", status=410, kind="text/plain"),
        "not a feed": site.put("/picture", b"\x89PNG\r\n\x1a\n" + bytes(500), kind="image/png"),
        "empty": site.put("/empty", b""),
        "damaged": site.put("/damaged", b"<?xml version='1.0'?><rss><channel><item><title>x</ti"),
        "binary": site.put("/binary", bytes(range(256)) * 64, kind="application/octet-stream"),
        "binary file": str(tmp_path / "noise.bin"),
        "bomb": site.bomb("/bomb"),
        "endless": site.endless("/endless"),
        "unknown host": "http://no-such-host.invalid/feed",
    }


def test_each_gives_one_sentence_and_the_good_one_finishes(secnews: Secnews, site: Site, tmp_path: Path) -> None:
    """Exit code 1 beside a good source; every sentence names its source; a damaged feed may also be repaired."""
    good = site.put("/good", rss("Port closed"))
    bad = _bad(site, tmp_path)
    run = secnews("add", *bad.values(), good, "--json")
    assert run.code == 1
    assert good in [source["url"] for source in run.json["sources"]]
    refused = {failure["url"]: failure["message"] for failure in run.json["failed"]}
    for kind, address in bad.items():
        if kind == "damaged" and address not in refused:
            continue
        assert address in refused, kind
        assert address in refused[address] or Path(address).name in refused[address], kind
        assert refused[address].endswith((".", "!", "?")) or len(refused[address]) > 20
        assert refused[address] in run.err
    repaired = bad["damaged"] not in refused  # is told too
    assert run.err.count("\n") == len(refused) + repaired
    assert "Traceback" not in run.err
    assert not CONTROL.search(run.err)


@pytest.mark.parametrize("kind", ["missing file", "refused", "not found", "not a feed", "binary", "bomb"])
def test_alone_it_is_code_4(secnews: Secnews, site: Site, tmp_path: Path, kind: str) -> None:
    """The only source failed: all sources failed; nothing was added."""
    run = secnews("add", _bad(site, tmp_path)[kind])
    assert (run.code, run.out) == (4, "")
    assert run.err.count("\n") == 1
    assert secnews("sources").code == 3


def test_a_source_that_turns_bad_loses_nothing(secnews: Secnews, site: Site) -> None:
    """Whatever a feed becomes, its articles stay, and the other feed still brings its news."""
    feed, other = site.put("/feed", rss("Port closed", "Port opened", name="A")), site.put("/other", rss("x", name="B"))
    assert secnews("add", feed, other).code == 0
    secnews("save", "1")
    turns: list[tuple[str, Callable[[], object]]] = [
        ("404", lambda: site.put("/feed", b"", status=404)),
        ("words", lambda: site.put("/feed", b"only words", kind="text/plain")),
        ("bomb", lambda: site.bomb("/feed")),
        ("binary", lambda: site.put("/feed", bytes(range(256)) * 64)),
        ("html", lambda: site.put("/feed", b"<html><body>login</body></html>", kind="text/html")),
    ]
    for number, (name, turn) in enumerate(turns, start=1):
        turn()
        site.put("/other", rss(*(f"News {n}" for n in range(number + 1)), name="B"))
        run = secnews("refresh", "--force", "--json")
        assert run.code == 1, name
        assert run.json["failed"] == 1, name
        titles = {row["title"] for row in secnews("list", "--json").json["articles"]}
        assert {"Port closed", "Port opened"} <= titles, name
        assert f"News {number}" in titles, name
    assert secnews("saved").code == 0


@pytest.mark.slow
def test_a_gibibyte_bomb_is_stopped(site: Site, home: Path) -> None:
    """1 GiB of blanks in a few megabytes of gzip: refused, and no process ever held them."""
    site.bomb("/bomb", mebibytes=1024)
    measured = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'reader', *sys.argv[1:]], stderr=sys.stderr)\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", measured, "add", site.url("/bomb")], capture_output=True, cwd=ROOT, check=True
    )
    code, kilobytes = map(int, done.stdout.split())
    assert code == 4
    assert done.stderr.count(b"\n") == 1
    assert kilobytes < 300 * 1024


def test_hostile_words_are_words(secnews: Secnews, site: Site) -> None:
    """ESC, OSC, C1, bidi and markup in a feed: no control byte leaves, JSON is valid, the words stay."""
    evil = "A\x1b]52;c;aGk=\x07B\x9b2JC\u202eD [/x] [@click=app.quit]E"
    body = rss("T1").replace("T1", evil).replace("\x1b", "&#27;").replace("\x07", "&#7;").replace("\x9b", "&#155;")
    url = site.put("/feed", body)
    assert secnews("add", url).code == 0
    for argv in (["list"], ["list", "--json"], ["show", "1"], ["sources"], ["show", "1", "--format", "md"]):
        for terminal in (False, True):
            run = secnews(*argv, "--no-color", terminal=terminal)
            assert run.code == 0
            assert not CONTROL.search(run.out)
    assert "[/x] [@click=app.quit]E" in secnews("list").out
    assert secnews("list", "--json").json["articles"][0]["title"].startswith("A")


def test_hostile_servers_words_are_cleaned(secnews: Secnews, site: Site) -> None:
    """ESC in a status line, a header and a redirect does not reach the terminal."""

    def status(request):  # type: ignore[no-untyped-def]
        request.send_response(503, "\x1b]0;owned\x07Busy")
        request.send_header("Content-Length", "0")
        request.end_headers()

    def redirect(request):  # type: ignore[no-untyped-def]
        request.send_response(302)
        request.send_header("Location", "http://127.0.0.1:1/\x1b[2J")
        request.send_header("Content-Length", "0")
        request.end_headers()

    site.pages["/status"], site.pages["/redirect"] = status, redirect
    for path in ("/status", "/redirect"):
        run = secnews("add", site.url(path))
        assert run.code in (0, 4)
        assert not CONTROL.search(run.err)


def test_hostile_file_names_are_cleaned(secnews: Secnews, tmp_path: Path) -> None:
    """A file whose name clears the screen is read, listed and refused without doing so."""
    folder = tmp_path / "clips"
    folder.mkdir()
    (folder / "esc\x1b[2Jape.md").write_text("# Title\n\nWords of a clipping that is long enough.\n")
    assert secnews("add", str(folder)).code == 0
    for argv in (["list"], ["sources"], ["add", str(folder / "no\x1b[2Jne.md")], ["show", "1"]):
        run = secnews(*argv)
        assert not CONTROL.search(run.out + run.err)


def test_answers_without_a_body(secnews: Secnews, site: Site) -> None:
    """204 and a page of another kind are told as what they are."""
    site.pages["/204"] = plain(b"", status=204)
    run = secnews("add", site.url("/204"))
    assert run.code in (0, 4)
    assert "Traceback" not in run.err
