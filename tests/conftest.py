"""What every test shares: a home of its own, a calm hypothesis, and the way to the shared samples."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A shared machine is noisy: an example that is slow once is no finding; hangs are caught by ceilings in the tests.
# Sixty examples each time are thousands in a week; a test that needs more at once says so.
settings.register_profile("calm", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")

# COLUMNS and LINES, which some shells and libraries export, would be taken for the size of every terminal.
OF_THE_PERSON = (
    *("COLUMNS", "LINES", "NO_COLOR", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"),
    *("all_proxy", "NO_PROXY", "no_proxy"),
)
SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def pytest_configure() -> None:
    """A run in the background of a shell is started with Ctrl-C ignored, and so would be every program it starts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: looking for garbage in it, time and again, is an eighth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def pytest_xdist_auto_num_workers() -> int:
    """Two processes for each core, as half of the tests wait; more than four would be in each other's way."""
    return min(4, 2 * (os.cpu_count() or 1))


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes an empty folder. `mktemp` looks at all its siblings each time, which thousands of tests would feel."""
    parent, number = tmp_path_factory.mktemp("homes"), count()

    def make() -> Path:
        home = parent / str(next(number))
        home.mkdir(0o700)
        return home

    return make


@pytest.fixture(autouse=True)
def own_home(new_home: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No test ever sees the library, the configuration or the proxies of the person who runs it."""
    home = new_home()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("SECNEWS_HOME", str(home / "secnews"))
    for name in OF_THE_PERSON:
        monkeypatch.delenv(name, raising=False)
    yield home
    with suppress(OSError):  # what a test left in it stays until pytest clears up
        home.rmdir()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real feeds, hostile files and annotated articles beside the project; the test skips without it."""
    if not SHARED.is_dir():
        pytest.skip("the shared samples are not beside this checkout")
    return SHARED
