"""Point 89: no telemetry, no update check; only the listed feeds are ever contacted."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from project_sources import ROOT

# Every connection, look-up and process of the program and of its children is written to a file.
WATCH = """
import os, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "webbrowser.open"):
        with open(os.environ["WATCH_FILE"], "a") as file:
            file.write(f"{event} {arguments[-1] if event == 'socket.connect' else arguments[:2]}\\n")
sys.addaudithook(watch)
"""


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every Python that starts from here on reports its connections to the returned file."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WATCH)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    monkeypatch.setenv("WATCH_FILE", str(tmp_path / "watched"))
    monkeypatch.setenv("SECNEWS_HOME", str(tmp_path / "home"))
    (tmp_path / "watched").write_text("")
    return tmp_path / "watched"


def _run(*argv: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "reader", *argv], cwd=ROOT, capture_output=True, check=False)


def test_the_watch_sees_connections(watched: Path) -> None:
    """The watch of these tests is not blind."""
    code = "import socket; s = socket.socket(); s.settimeout(1); s.connect_ex(('127.0.0.1', 9))"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert "127.0.0.1" in watched.read_text()


def test_reading_contacts_nobody(watched: Path) -> None:
    """Listing, showing, doctor, catalogue, adding a file, refreshing nothing: no connection, no look-up."""
    note = watched.with_name("note.md")
    note.write_text("# Harbour\n\nIt was shut on Monday, and the port authority said nothing more about it.\n")
    for argv in (["add", str(note)], ["list", "--json"], ["show", "1"], ["doctor"], ["catalogue"], ["refresh"]):
        assert _run(*argv).returncode == 0, argv
    assert watched.read_text() == ""


def test_refreshing_contacts_the_listed_feeds_only(watched: Path) -> None:
    """Two feeds on loopback, full of addresses of other hosts: only these two are contacted."""
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    body = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>http://198.51.100.1/</link>
    <image><url>http://198.51.100.2/i.png</url></image><item><title>A</title><link>http://198.51.100.3/a</link>
    <description>&lt;img src="http://198.51.100.4/t.gif"&gt;&lt;iframe src="http://198.51.100.5/"&gt;words</description>
    </item></channel></rss>"""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        port = server.server_address[1]
        assert _run("add", f"http://127.0.0.1:{port}/one", f"http://127.0.0.1:{port}/two").returncode == 0
        done = _run("refresh", "--force", "--json")
        assert json.loads(done.stdout)["failed"] == 0
    finally:
        server.shutdown()
        server.server_close()
    seen = watched.read_text().splitlines()
    assert seen
    allowed = (f"127.0.0.1', {port}", "getaddrinfo ('127.0.0.1', ")
    assert all(any(one in line for one in allowed) for line in seen), seen


def test_the_reader_starts_without_a_connection(watched: Path) -> None:
    """The terminal interface with nothing to fetch: drawn, left again, nobody contacted."""
    pytest.importorskip("textual")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.executable, [sys.executable, "-m", "reader"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    os.set_blocking(terminal, False)
    shown, asked, quiet = b"", False, 0.0
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            piece = os.read(terminal, 65536)
            if not piece:
                break
            shown, quiet = shown + piece, time.monotonic()
        except BlockingIOError:
            time.sleep(0.05)
        except OSError:
            break
        if not asked and len(shown) > 2000 and time.monotonic() - quiet > 1:  # all of it is drawn
            asked = True
            os.write(terminal, b"\x11")  # ctrl+q
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert asked, shown[-2000:]
    assert code == 0
    assert watched.read_text() == ""
