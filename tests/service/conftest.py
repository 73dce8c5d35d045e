"""A real library and a real server for every test of the service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from blank_library import put_blank_library
from feed_server import Clock, FeedServer

from reader import paths
from reader.config import Config, Network
from reader.service.children import shared
from reader.service.library import Library


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer().running() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    """An empty library whose network deadline is 5 seconds."""
    place = paths.locate(tmp_path / "room")
    put_blank_library(place.library)
    with Library.open(place, Config(network=Network(timeout=5.0)), clock=clock) as opened:
        yield opened


@pytest.fixture
def no_library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    """A library of which nothing is on disk yet."""
    with Library.open(paths.locate(tmp_path / "nothing"), Config(network=Network(timeout=5.0)), clock=clock) as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def no_children_left() -> Iterator[None]:
    """Children stay warm between the tests and end with them."""
    yield
    shared().close()
