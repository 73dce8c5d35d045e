"""Rooms to test: the real app over a real library in a temporary folder, with a frozen clock and a fixed zone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from textual import _wait
from tui_library import NOW, draft, home, library_of, put

from reader.config import Config
from reader.service.library import Library
from reader.tui.app import RoomApp

sys.path.append(str(Path(__file__).parents[2] / "bench"))  # the driver of pseudo-terminals is shared with the benches


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Two sections, six unread articles."""

    def fill(library: Library) -> None:
        put(library, [draft(number) for number in range(4)])
        put(library, [draft(number) for number in (10, 11)], source="Fraud Watch", section="Fraud")

    with library_of("six articles", tmp_path, fill) as library:
        yield library


@pytest.fixture
def make_app(library: Library) -> Callable[..., RoomApp]:
    """Makes the app over `library`; offline, as no test may reach out by itself."""

    def make(config: Config | None = None, **options: Any) -> RoomApp:
        return RoomApp(library, config or Config(), **({"offline": True, "zone": UTC} | options))

    return make


@pytest.fixture
def app(make_app: Callable[..., RoomApp]) -> RoomApp:
    return make_app()


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[RoomApp]:
    """A first start: no source was ever added, the samples are there."""
    from reader.service.samples import install

    with ExitStack() as stack:
        library = stack.enter_context(Library.open(home(tmp_path / "first"), Config(), clock=lambda: NOW))
        install(library)
        yield RoomApp(library, Config(), offline=True, zone=UTC)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's pilot waits 40 ms after each key for a process at rest; ours waits for what it wants to see anyway."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.004)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", 0.0004)
