"""The hostile feeds kept beside the project, fetched by the real refresh and read in a real pseudo-terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from test_tui_terminal import KNOWN, Session, restored
from tui_library import home

from reader.config import Config
from reader.service.adding import add
from reader.service.library import Library

FORBIDDEN = "[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
FEEDS = ("/terminal.xml", "/markup.xml", "/bidi.xml", "/links.xml", "/huge-title.xml", "/huge-link.xml", "/code.xml")


@pytest.mark.slow
def test_hostile_feeds_in_a_terminal(shared: Path, tmp_path: Path) -> None:
    """Every article of every hostile feed can be opened; only our own sequences reach the terminal; q leaves well."""
    import re

    sys.path.insert(0, str(shared / "hostile"))
    try:
        from hostile_server import HostileServer
    finally:
        sys.path.pop(0)
    with HostileServer() as server, Library.open(home(tmp_path), Config()) as library:
        for path in FEEDS:
            add(library, server.url(path))
        count = library.counts().total
    assert count >= len(FEEDS)
    session = Session(tmp_path / "room", "--offline")
    session.wait("Articles")
    session.press("g", "a", "enter")
    session.wait("words")
    for _ in range(count):
        session.press("]", "J")
    session.press("E", "esc", "?", "esc", "q", "q")
    assert session.terminal.wait(20) == 0
    assert restored(bytes(session.terminal.written))
    rest = KNOWN.sub(b"", bytes(session.terminal.written)).decode("utf-8", "replace")
    assert not re.search(FORBIDDEN, rest)
    assert b"\x1b]52;" not in session.terminal.written
