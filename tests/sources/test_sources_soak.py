"""Many refreshes in a row: descriptors, threads, tasks and memory stay where they were."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections.abc import Awaitable
from contextlib import suppress

import psutil
import pytest
from sources_server import Request, Server, client, redirect, reply, serving

from reader.errors import SourceError


async def never(_request: Request, _writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3600)


async def broken(_request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    writer.close()


async def endless(_request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b" " * 65536)
        await writer.drain()


ROUTES = {
    **{f"/good{number}": reply() for number in range(7)},
    "/never": never, "/broken": broken, "/endless": endless, "/loop": redirect("/loop"),
}  # fmt: skip


async def refresh(server: Server, turn: int) -> None:
    async with client(server, timeout=0.2) as reader:
        fetches: list[Awaitable[object]] = [reader.fetch(server.url(path), cap=200_000) for path in ROUTES]
        tasks = [asyncio.ensure_future(fetch) for fetch in fetches]
        if turn % 5 == 0:  # somebody pressed escape
            await asyncio.sleep(0.01)
            for task in tasks:
                task.cancel()
        for task in tasks:
            with suppress(SourceError, asyncio.CancelledError):
                await task


def left_behind(server: Server) -> tuple[int, int, int]:
    """Descriptors, threads and tasks that are not the server's (it does not notice who has left)."""
    descriptors = psutil.Process(os.getpid()).num_fds()
    return descriptors - server.connections, threading.active_count(), len(asyncio.all_tasks()) - server.connections


@pytest.mark.slow
async def test_a_hundred_refreshes_leave_nothing_behind() -> None:
    """A third of the sources is hostile and every fifth refresh is cancelled: nothing grows."""
    process = psutil.Process(os.getpid())
    async with serving(ROUTES) as server:
        for turn in range(10):
            await refresh(server, turn)
        gc.collect()
        await asyncio.sleep(0.1)
        before = left_behind(server)
        memory = process.memory_info().rss
        for turn in range(100):
            await refresh(server, turn)
        gc.collect()
        await asyncio.sleep(0.1)
        after = left_behind(server)
    # What an earlier test of the same process left may go meanwhile: less is no leak.
    assert all(now <= then for now, then in zip(after, before, strict=True)), (before, after)
    assert process.memory_info().rss - memory < 20 << 20
