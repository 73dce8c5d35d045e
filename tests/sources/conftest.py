"""Fixtures of the tests of sources; the server itself is in `sources_server`."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator

import pytest
from sources_server import Server, reply, serving


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving({"/feed": reply()}) as running:
        yield running


@pytest.fixture
def server_in_thread() -> Iterator[str]:
    """The address of a server that runs in a loop of its own, for tests that start loops themselves."""
    ready = threading.Event()
    address: list[str] = []
    stop: list[object] = []

    async def run() -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        async with serving({"/feed": reply()}) as running:
            address.append(running.url(""))
            stop.append(lambda: loop.call_soon_threadsafe(ended.set))
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert ready.wait(10)
    yield address[0]
    stop[0]()  # type: ignore[operator]  # the lambda above
    thread.join(10)
