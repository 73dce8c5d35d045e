"""Names to addresses, without ever holding up the program's end.

`loop.getaddrinfo` runs in the loop's thread pool, and `asyncio.run` waits for that pool: one silent name server would
keep the program from ending for half a minute. A lookup here has a daemon thread of its own instead.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address

Resolver = Callable[[str, int], Awaitable[list[str]]]
"""Takes a host and a port, returns IP addresses in the order to try; raises OSError (gaierror) if there are none."""


async def system_resolver(host: str, port: int) -> list[str]:
    """Ask the system (hosts file, DNS, whatever it is set up for); numbers are answered without asking anybody."""
    with suppress(ValueError):
        return [str(ip_address(host))]
    return await _in_daemon_thread(lambda: _lookup(host, port))


def numeric_address(host: str) -> str:
    """Return the IP address that `host` writes as a number in any form the system reads, "" if it is a name."""
    try:
        return _lookup(host, 0, socket.AI_NUMERICHOST)[0]
    except (OSError, UnicodeError, IndexError):
        return ""


def _lookup(host: str, port: int, flags: int = 0) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def _in_daemon_thread(work: Callable[[], list[str]]) -> list[str]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[str]] = loop.create_future()

    def settle(answer: list[str] | None, error: Exception | None) -> None:
        if future.done():  # the deadline was quicker
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(answer or [])

    def run() -> None:
        answer: list[str] | None = None
        problem: Exception | None = None
        try:
            answer = work()
        except Exception as error:  # whatever it is, it belongs to whoever waits
            problem = error
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, answer, problem)

    threading.Thread(target=run, name="secnews-resolver", daemon=True).start()
    return await future
