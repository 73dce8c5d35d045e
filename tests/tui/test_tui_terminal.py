"""The reader in a real pseudo-terminal: bytes, signals, exit codes, and a whole session read by a terminal emulator."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest
from pty_driver import Terminal
from tui_library import NOW, TEXT, draft, home, put

from reader.config import Config
from reader.service.library import Library

# What may be sent besides text: CSI, OSC of our own (title, pointer, colours), DCS queries, charset and mode switches.
KNOWN = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\]22;[a-z-]*\x07|\x1bP=[12]s\x1b\\|\x1b[()][0-9A-B]|\x1b[=>78]")
ALTERNATE, NORMAL, CURSOR, MOUSE_OFF = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"


class Session:
    """The reader in a terminal, with a screen to look at."""

    def __init__(self, folder: Path, *options: str, size: tuple[int, int] = (120, 40)) -> None:
        command = [sys.executable, "-m", "reader", "--home", str(folder), *options]
        self.terminal = Terminal(
            command, size=size, env={"PYTHONPATH": str(Path(__file__).parents[2]), "NO_PROXY": "*"}
        )
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._fed = 0

    def text(self) -> str:
        written = bytes(self.terminal.written[self._fed :])
        self._fed += len(written)
        # pyte draws the private parameters that it does not know
        self._stream.feed(
            re.sub(rb"\x1b\[[<>=?][0-9;]*[u$pm]|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\|\x1b\]22;.*?\x07", b"", written)
        )
        return "\n".join(self.screen.display)

    def wait(self, words: str, *, gone: bool = False) -> str:
        end = time.monotonic() + 40
        while time.monotonic() < end:
            self.terminal.read(0.05)
            text = self.text()
            if (words in text) != gone:
                return text
        raise AssertionError(f"{words!r} {'stayed' if gone else 'never came'}:\n{self.text()}")

    def press(self, *keys: str) -> None:
        for key in keys:
            os.write(self.terminal.master, {"enter": b"\r", "esc": b"\x1b"}.get(key, key.encode()))
            self.terminal.drain(0.4 if key == "esc" else 0.05)  # escape waits to see whether a sequence follows


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with Library.open(home(tmp_path), Config(), clock=lambda: NOW) as library:
        put(library, [draft(number) for number in range(3)])
    return tmp_path / "room"


def restored(written: bytes) -> bool:
    """Whether the terminal is as it was: normal screen, cursor seen, mouse silent, all after the last paint."""
    end = written.rfind(ALTERNATE)
    return all(written.rfind(part) > end for part in (NORMAL, CURSOR, MOUSE_OFF))


def test_a_whole_session(tmp_path: Path) -> None:
    """Start, add a folder, move, open, go to a quote, save, quit; start offline and read what was saved."""
    articles = tmp_path / "articles" / "Fraud"
    articles.mkdir(parents=True)
    (articles / "one.txt").write_text(f"Lumen Pay loses the records of its customers\n\n{TEXT}", encoding="utf-8")
    (articles / "two.txt").write_text(
        "A second story about a bank\n\nNobody said anything about it at all.", encoding="utf-8"
    )
    folder = tmp_path / "room"

    session = Session(folder)
    session.wait("Start here")
    session.press("a")
    session.wait("Add a source")
    session.press(str(tmp_path / "articles"), "enter")
    session.wait("Lumen Pay loses")
    session.press("g", "g")
    text = session.wait("Lumen Pay loses")
    if text.index("second story") < text.index("Lumen Pay loses"):
        session.press("j")
    session.press("enter")
    session.wait("Copper Fox Labs")
    session.press("]", "]")
    session.wait("▸")
    session.press("s")
    session.wait("★")
    session.press("q", "q")
    assert session.terminal.wait(20) == 0
    assert restored(bytes(session.terminal.written))

    for file in articles.iterdir():
        file.unlink()
    again = Session(folder, "--offline")
    again.wait("offline")
    again.press("g", "s")
    again.wait("Articles · Saved")
    again.press("enter")
    again.wait("stolen session token")
    again.press("q", "q")
    assert again.terminal.wait(20) == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_signals_restore_the_terminal(folder: Path, number: int, code: int) -> None:
    """Killed politely, the reader keeps everything, restores the terminal and exits with 128 and the signal."""
    session = Session(folder, "--offline")
    session.wait("Story 00")
    session.press("s")
    session.wait("★")
    os.kill(session.terminal.pid, number)
    assert session.terminal.wait(20) == code
    assert restored(bytes(session.terminal.written))
    with Library.open(home(folder.parent), Config()) as library:
        assert library.counts().saved == 1


def test_no_control_of_strangers_reaches_the_terminal(tmp_path: Path) -> None:
    """Whatever stands in titles, text and names: every escape sequence that is written is one of our own."""
    words = "\x1b[2Jx\x1b]52;c;ZXZpbA==\x07y\x1bP1z\x1b\\\x9b31m\x00\x7f\u202eabc"
    with Library.open(home(tmp_path), Config(), clock=lambda: NOW) as library:
        put(
            library,
            [draft(0, title=f"Evil {words} title", text=f"Text {words} here.", author=words)],
            source=f"S{words}",
        )
    session = Session(tmp_path / "room", "--offline")
    session.wait("Evil")
    session.press("enter", "]", "E", "esc", "?", "esc")
    session.terminal.drain(0.5)
    session.press("q", "q")
    session.terminal.wait(20)
    rest = KNOWN.sub(b"", bytes(session.terminal.written)).decode("utf-8", "replace")
    assert not re.search("[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", rest), repr(rest[:2000])
    assert b"\x1b]52;" not in session.terminal.written


def test_copying_writes_the_clipboard_once(folder: Path) -> None:
    """OSC 52 goes out only when `y` is pressed."""
    session = Session(folder, "--offline")
    session.wait("Story 00")
    session.terminal.drain(0.3)
    assert b"\x1b]52;" not in session.terminal.written
    session.press("y")
    session.wait("Copied")
    assert session.terminal.written.count(b"\x1b]52;c;") == 1
    session.press("q")
    assert session.terminal.wait(20) == 0


def test_no_colour_at_all(folder: Path) -> None:
    """With NO_COLOR not one colour is sent."""
    os.environ["NO_COLOR"] = "1"
    try:
        session = Session(folder, "--offline")
    finally:
        del os.environ["NO_COLOR"]
    session.wait("Story 00")
    session.press("enter", "]")
    session.terminal.drain(0.3)
    for parameters in re.findall(rb"\x1b\[([0-9;]*)m", bytes(session.terminal.written)):
        for part in parameters.split(b";"):
            assert not part or int(part) < 30 or int(part) in (39, 49), parameters
    session.press("q", "q")
    session.terminal.wait(20)


CRASHING = """
import sys
from reader.config import Config
from reader.paths import locate
from reader.tui.run import run_app
from reader.tui.widgets.article_list import ArticleList
def move(self, steps):
    secret = "words of an article"
    raise RuntimeError(secret)
ArticleList.move = move
sys.exit(run_app(locate(sys.argv[1]), Config(), offline=True))
"""


def test_a_crash_restores_the_terminal(folder: Path) -> None:
    """A fault of ours leaves the terminal as it was, with one short message and an exit code that is not 0."""
    root = str(Path(__file__).parents[2])
    terminal = Terminal([sys.executable, "-c", CRASHING, str(folder)], env={"PYTHONPATH": root})
    terminal.wait_for("Story 00")
    terminal.drain(0.3)
    os.write(terminal.master, b"j")
    assert terminal.wait(20) == 1
    written = bytes(terminal.written)
    assert restored(written)
    message = written[written.rfind(NORMAL) :].decode()
    assert "fault of its own (RuntimeError)" in " ".join(message.split())
    assert "words of an article" not in message
    assert str(folder) not in message
    assert "Traceback" not in message
