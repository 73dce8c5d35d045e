"""Pipes, closed streams, signals, terminals: real processes (points 3 and 84)."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_home import stock
from cli_runner import ROOT, call, process
from cli_site import Site, rss

COMMAND = [sys.executable, "-m", "reader"]


@pytest.fixture
def long_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library whose list fills a pipe several times over."""
    from reader.model import Draft, Origin
    from reader.paths import locate
    from reader.store import Database, articles

    home = tmp_path / "long"
    monkeypatch.setenv("SECNEWS_HOME", str(home))
    stock(home)
    from cli_home import NOW

    drafts = [
        Draft(f"n{n}", "d", f"Article number {n} " + "about ports " * 8, "", Origin.FEED, NOW) for n in range(3000)
    ]
    database = Database(locate(home).library)
    with database.write() as c:
        articles.insert(c, 1, drafts, section="News", now=NOW)
    database.close()
    return home


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_head_has_seen_enough(long_home: Path, form: list[str]) -> None:
    """`secnews list | head -1`: one line, no complaint, exit code 0."""
    with subprocess.Popen(
        [*COMMAND, "list", *form], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(30) == 0


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(stocked: Path, closed: str) -> None:
    """Standard streams that are closed: no trace, the exit code that belongs to the work, no harm to the library."""
    for argv, code in ((["list", "nothing"], 3), (["save", "1"], 0)):
        done = subprocess.run(
            ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *COMMAND, *argv],
            capture_output=True,
            cwd=ROOT,
            timeout=60,
            check=False,
        )
        assert done.returncode == code
        assert b"Traceback" not in done.stdout + done.stderr
    assert call(["doctor"]).code == 0
    assert len(call(["saved", "--json"]).json["articles"]) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("argv", [["list"], ["--help"]])
def test_a_full_disk_is_told(stocked: Path, argv: list[str]) -> None:
    """What cannot be written is a sentence and exit code 5."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, *argv], stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    assert done.returncode == 5
    assert done.stderr.count(b"\n") == 1
    assert b"no space left" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_a_refresh_cleanly(stocked: Path, site: Site, number: signal.Signals) -> None:
    """Exit code 130, a sentence, no trace, and a sound library; also while a server never ends."""
    good = site.put("/good", rss("Port closed", name="Good"))
    assert call(["remove", "1", "2"]).code == 0
    assert call(["add", good]).code == 0
    assert call(["add", "--no-fetch", site.endless("/endless")]).code == 0
    with subprocess.Popen(
        [*COMMAND, "refresh", "--force"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as running:
        _until(lambda: "/endless" in site.asked)
        time.sleep(0.2)
        running.send_signal(number)
        out, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"Interrupted" in err
    assert b"Traceback" not in out + err
    assert call(["doctor"]).code == 0
    assert call(["list", "--source", good]).code == 0


@pytest.mark.parametrize("verb", ["add", "extract", "parse"])
def test_signals_end_a_fetch_cleanly(stocked: Path, site: Site, verb: str) -> None:
    """Also where a single address is fetched: 130, a sentence, nothing half added."""
    with subprocess.Popen(
        [*COMMAND, verb, site.endless("/endless")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as running:
        _until(lambda: "/endless" in site.asked)
        time.sleep(0.2)
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert err == b"secnews: Interrupted; what was done so far is kept.\n"
    assert out == b""
    assert len(call(["sources", "--json"]).json["sources"]) == 3


def test_ctrl_c_at_the_keyboard(stocked: Path, site: Site) -> None:
    """The terminal sends Ctrl-C to all processes of the group: the children say nothing of their own."""
    assert call(["add", "--no-fetch", site.endless("/endless")]).code == 0
    child, terminal = _in_terminal(["refresh", "--force"])
    _until(lambda: "/endless" in site.asked)
    time.sleep(0.2)
    os.write(terminal, b"\x03")
    shown, code = _rest(child, terminal)
    assert code == 130
    assert "Interrupted" in shown
    assert "Traceback" not in shown


def test_a_terminal_sees_no_control_of_a_feed(home: Path, site: Site) -> None:
    """Bytes captured from a pty: colours of ours and nothing else, whatever the titles hold."""
    title = "A&#27;]52;c;aGk=&#7;B&#155;2JC&#x202e;D [/x]&#27;[2J"
    url = site.put("/feed", rss("T1", "T2").replace("T1", title))
    assert call(["add", url]).code == 0
    for argv in (["list"], ["refresh", "--force"]):
        child, terminal = _in_terminal(argv)
        shown, code = _rest(child, terminal)
        assert code == 0
        plain = re.sub(r"\x1b\[[0-9;]*m|\x1b\[K|\r\n?", "", shown)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", plain), argv
    assert "\x1b[" in _rest(*_in_terminal(["list"]))[0]
    assert "\x1b[" not in _rest(*_in_terminal(["list"], NO_COLOR="1"))[0]


def test_a_latin_locale_is_no_trap(stocked: Path) -> None:
    """Where the locale cannot write a title, people see a question mark and JSON is still whole."""
    env = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    run = process(["list"], env=env)
    assert run.code == 0
    assert "?????" in run.out
    done = subprocess.run([*COMMAND, "list", "--json"], capture_output=True, env={**os.environ, **env}, check=True)
    import json

    assert json.loads(done.stdout)["articles"][1]["title"].startswith("支付处理商")


def test_a_broken_library_is_code_5(stocked: Path) -> None:
    """Damaged, foreign, newer or a directory: one sentence, exit code 5, the file as it was."""
    library = stocked / "data" / "library.db"
    whole = library.read_bytes()
    newer = bytearray(whole)
    newer[60:64] = (9999).to_bytes(4, "big")  # user_version in the header of the file format
    for body in (b"this is no library at all, " * 100, whole[:5000], bytes(4096), bytes(newer)):
        for end in ("-wal", "-shm"):
            library.with_name(library.name + end).unlink(missing_ok=True)
        library.write_bytes(body)
        for argv in (["list"], ["save", "1"], ["show", "1", "--json"], ["sources", "--json"]):
            run = call(argv)
            if run.code != 5:
                assert body == whole[:5000], (argv, run)  # what is left of it may still be read
                continue
            assert run.err.count("\n") == 1
            assert "Traceback" not in run.err
        if body != whole[:5000]:
            assert library.read_bytes() == body
    library.unlink()
    library.mkdir()
    assert call(["list"]).code == 5
    assert call(["doctor"]).code == 5


def test_read_only_library(stocked: Path) -> None:
    """A library that cannot be written is still read; a change is refused with exit code 5."""
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    library = stocked / "data" / "library.db"
    library.chmod(0o400)
    library.parent.chmod(0o500)
    try:
        assert call(["list"]).code == 0
        assert call(["save", "1"]).code == 5
    finally:
        library.parent.chmod(0o700)


def _until(condition) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def _in_terminal(argv: list[str], **env: str) -> tuple[int, int]:
    """Start the program in a terminal of its own."""
    arguments = [*COMMAND, *argv]
    environment = {**os.environ, **env}
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execve(arguments[0], arguments, environment)
    return child, terminal


def _rest(child: int, terminal: int) -> tuple[str, int]:
    """All that the program still writes, and its exit code."""
    shown = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(terminal)
    return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
