"""Links: only http(s), the true host first, one argument for the browser, and nothing that blocks."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest
from tui_library import document, draft, put, running, settle, text_of, until

from reader.errors import UsageError
from reader.service.library import Library
from reader.tui.app import RoomApp
from reader.tui.browser import doubts, open_in_browser, refusal


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that writes its arguments, one a line, and talks a lot; returns where it writes."""
    log = tmp_path / "argv"
    script = tmp_path / "browser"
    script.write_text(
        f'#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done >> {log}.part\nmv {log}.part {log}\necho noise\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", f"{script} --new-window %s")
    return log


def written(log: Path) -> list[str]:
    for _ in range(500):
        if log.exists():
            return log.read_text().splitlines()
        time.sleep(0.01)
    raise AssertionError("the browser was not started")


def test_the_browser_gets_one_address(browser: Path) -> None:
    """The address is the last argument, whole, after the arguments of BROWSER; no shell reads it."""
    url = "https://news.example.com/a?b=$(touch${IFS}/tmp/x)&c=';`id`"
    open_in_browser(url)
    assert written(browser) == ["--new-window", url]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "smb://host/share",
        "--help",
        "-https://example.com",
        " https://example.com",
        "https://example.com/a b",
        "https://example.com/\n-x",
        "https://example.com\r\n",
        "https://",
        "//example.com",
        "ftp://example.com",
        "",
    ],
)
def test_other_addresses_are_refused(url: str, browser: Path) -> None:
    """What is not http(s) with a host is not opened, and the reason is a clean sentence."""
    assert refusal(url)
    assert refusal(url).isprintable()
    with pytest.raises(UsageError):
        open_in_browser(url)
    assert not browser.exists()


@pytest.mark.parametrize(
    ("url", "doubtful"),
    [
        ("https://www.cisa.example/advisory", False),
        ("https://www.cisa.example@evil.example/", True),
        ("https://xn--pple-43d.example/", True),
        ("https://аpple.example/", True),
        ("http://2130706433/", True),
        ("http://[::1]/", True),
        ("https://example.com:8443/", True),
    ],
)
def test_doubtful_links(url: str, doubtful: bool) -> None:
    """User-info, foreign letters, bare numbers and odd ports are asked about; an ordinary link is not."""
    assert bool(doubts(url)) is doubtful


@pytest.mark.parametrize("command", ["/nonexistent/browser", "'unbalanced", ""])
def test_a_missing_browser_is_told(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a browser there is a sentence that says what to do."""
    monkeypatch.setenv("BROWSER", command)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(UsageError, match="BROWSER"):
        open_in_browser("https://example.com/")


async def test_a_browser_that_blocks(app: RoomApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that never ends keeps nobody waiting."""
    monkeypatch.setenv("BROWSER", "sleep 2")
    async with running(app) as pilot:
        begun = time.monotonic()
        await pilot.press("o", "j")
        assert time.monotonic() - begun < 10
        assert "Opening news.example.com" in app.told[-1].sentence


async def test_the_true_host_comes_first(app: RoomApp, library: Library, browser: Path) -> None:
    """A link whose beginning imitates another host is asked about, naming the host it leads to; only y opens it."""
    url = "https://www.cisa.example:login@evil.example/x"
    put(library, [draft(77, title="Newest", url=url, sort_date=library.now())])
    async with running(app) as pilot:
        await settle(pilot)
        rows = app.room.articles.rows
        assert rows is not None
        titles = [row.title for at in range(len(rows)) if (row := rows.row(at))]
        app.room.articles.set_cursor(titles.index("Newest"))
        await pilot.press("o")
        await until(pilot, lambda: app.screen is not app.room)
        await pilot.pause()
        assert "It leads to evil.example" in text_of(app)
        assert "login" not in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.room)
        assert not browser.exists()
        await pilot.press("o")
        await until(pilot, lambda: app.screen is not app.room)
        await pilot.press("y")
        await until(pilot, browser.exists)
    assert written(browser)[-1] == url


async def test_link_hints(app: RoomApp, library: Library, browser: Path) -> None:
    """`f` puts letters on the links; a letter opens one, `y` and a letter copies it, esc leaves."""
    async with running(app, (120, 60)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.quotes.row_count)
        await settle(pilot)
        await pilot.press("f")
        assert app.room.article.hints
        await pilot.press("escape")
        assert not app.room.article.hints
        await pilot.press("f", "y", "a")
        assert app.clipboard == "https://advisory.example.com/2026/1"
        await pilot.press("f", "a")
        await until(pilot, browser.exists)
    assert written(browser)[-1] == "https://advisory.example.com/2026/1"


async def test_copying(app: RoomApp) -> None:
    """`y` copies the address; `Y` the quote with who, role, organisation, outlet, title, date and address."""
    async with running(app) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: app.room.quotes.row_count)
        await pilot.press("y")
        assert app.clipboard == "https://news.example.com/0"
        article = app.room.article.article
        assert article is not None
        ada = next(
            at for at, quote in enumerate(article.quotes) if quote.speaker and quote.speaker.name == "Ada Merrin"
        )
        await pilot.press("l", *"j" * ada, "Y")
        words = ("The attackers used", "Ada Merrin", "Copper Fox Labs", "Daily Example", "Story 00", "1 Mar 2026", "/0")
        for part in words:
            assert part in app._clipboard  # what a field takes of it is one line


def test_documents_link_where_they_say() -> None:
    """The invented article of these tests has the link they rely on."""
    assert document().links[0].url == "https://advisory.example.com/2026/1"
