"""`serve`: the room in a browser on this machine, for nobody but who has the address."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_runner import ROOT, Run

aiohttp = pytest.importorskip("aiohttp")
pytest.importorskip("textual_serve")

Secnews = Callable[..., Run]


@pytest.fixture
def entrance(stocked: Path) -> Iterator[str]:
    """The address that a running `secnews serve` has printed; it ends well with SIGTERM."""
    command = [sys.executable, "-m", "reader", "--home", str(stocked), "--offline", "serve", "--port", str(_free())]
    environ = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().decode().strip()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert b"Ctrl-C ends it" in process.stderr.read()


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def test_only_the_printed_address_opens_the_room(entrance: str) -> None:
    """Token, then cookie, then the room itself; a wrong token, another origin or another name are refused."""

    async def look() -> None:
        base, _, _token = entrance.partition("?")
        host = base.removeprefix("http://").rstrip("/")
        strict = {"allow_redirects": False}
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as stranger:
            for path, headers in (
                ("", {}),
                ("?token=guess", {}),
                ("static/js/textual.js", {}),
                ("ws", {}),
                ("?" + entrance.partition("?")[2], {"Host": f"evil.example.com:{host.rpartition(':')[2]}"}),
            ):
                async with stranger.get(base + path, headers=headers, **strict) as answer:
                    assert answer.status == 403, path
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as reader:
            async with reader.get(entrance) as answer:
                assert answer.status == 200
                assert "token" not in str(answer.url)
                assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
                assert answer.headers["Referrer-Policy"] == "no-referrer"
            for refused in ({"Origin": "http://evil.example.com"}, {"Origin": "null"}):
                async with reader.get(base + "ws", headers=refused) as answer:
                    assert answer.status == 403
            async with reader.ws_connect(f"ws://{host}/ws?width=120&height=40", origin=base.rstrip("/")) as room:
                written = b""
                while b"Keys of forty shops" not in written:
                    message = await asyncio.wait_for(room.receive(), 30)
                    written += message.data if isinstance(message.data, bytes) else str(message.data).encode()

    asyncio.run(look())


def test_a_port_that_is_taken_is_a_sentence(secnews: Secnews, stocked: Path) -> None:
    """The port is named, and what to do; nothing is served."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = secnews("serve", "--port", str(taken.getsockname()[1]))
    assert (run.code, run.out) == (2, "")
    assert "give another with --port" in run.err


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_a_port_is_a_number(secnews: Secnews, home: Path, port: str) -> None:
    """What is no port is refused before anything begins."""
    run = secnews("serve", "--port", port)
    assert (run.code, run.out) == (2, "")
    assert not home.exists()


def test_without_the_extra_it_says_how_to_get_it(secnews: Secnews, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """textual-serve is an extra; where it is missing, one sentence names the command that brings it."""
    for name in ("textual_serve", "textual_serve.server"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "reader.cli.web", raising=False)
    run = secnews("serve")
    assert (run.code, run.out) == (2, "")
    assert "secnews[web]" in run.err
