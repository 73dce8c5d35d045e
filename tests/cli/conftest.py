"""A home with invented articles in it, a web server, and ways to run `secnews`."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_home import stock
from cli_runner import Run, call
from cli_site import Site


@pytest.fixture(autouse=True)
def utc_and_plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Output shows local times and fits the terminal: both are the same for everybody."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LINES", "30")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="session")
def stocked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("stocked") / "home"
    stock(home)
    return home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home."""
    place = tmp_path / "home"
    monkeypatch.setenv("SECNEWS_HOME", str(place))
    return place


@pytest.fixture
def stocked(home: Path, stocked_once: Path) -> Path:
    """A home with the articles of `cli_home`."""
    shutil.copytree(stocked_once, home)
    return home


@pytest.fixture
def secnews(home: Path) -> Callable[..., Run]:
    """`secnews("list", "--json")` in this process, with the test's home."""

    def run(*argv: str, **more: object) -> Run:
        return call(argv, **more)  # type: ignore[arg-type]  # tests name the arguments of `call`

    return run


@pytest.fixture
def site() -> Iterator[Site]:
    with Site().running() as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def no_children_left() -> Iterator[None]:
    """Children stay warm between the tests and end with them."""
    yield
    from reader.service.children import shared

    shared().close()
