"""`serve`: the room in a browser on this machine, for nobody but who has the address."""

from __future__ import annotations

import asyncio
import contextlib
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
yarl = pytest.importorskip("yarl")
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
        said = process.stderr.read()
        assert b"Ctrl-C ends it" in said
        assert said.count(b"\n") == 1, said  # whatever came in: nothing of it is drawn here
        assert process.stdout.read() == b""
    left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert f"--home {stocked}" not in left  # no room outlives its server


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


def test_what_strangers_send_is_refused(entrance: str) -> None:
    """Broken requests, odd cookies and endless headers, without the token: refused, and not a byte on the terminal."""
    host, port = entrance.removeprefix("http://").partition("/")[0].split(":")
    for sent in (
        b"GET / HTTP/1.1\r\nHost: %b\r\nX: \x1b]0;owned\x07\x1b[2J\r\n\r\n",
        b"\x1b]0;owned\x07 / HTTP/9\r\n\r\n",
        b"GET /\x1b[31m HTTP/1.1\r\nHost: %b\r\n\r\n",
        b"GET /?token=%%FF%%ED%%A0%%80 HTTP/1.1\r\nHost: %b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: %b\r\nCookie: secnews-" + port.encode() + b"=\xff\xfe\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: %b\r\nA: " + b"x" * 100_000 + b"\r\n\r\n",
    ):
        with socket.create_connection((host, int(port)), timeout=10) as stranger:
            stranger.sendall(sent.replace(b"%b", f"{host}:{port}".encode()).replace(b"%%", b"%"))
            assert stranger.recv(100).split(b" ")[1] in (b"400", b"403"), sent


@pytest.mark.slow
def test_what_a_browser_may_send(entrance: str) -> None:
    """Frames that are none close their room and no other; sizes are believed up to a bound; nothing is traversed."""

    async def attack() -> None:
        base = entrance.partition("?")[0].rstrip("/")
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as reader:
            async with reader.get(entrance) as answer:
                assert answer.status == 200
            for path in ("static/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "static/..%2f..%2fserver.py", "download/x", "none"):
                async with reader.get(yarl.URL(f"{base}/{path}", encoded=True)) as answer:
                    assert answer.status in (403, 404), path
                    assert answer.headers["Content-Security-Policy"]
            for frame in (
                "no frame", "{}", "[]", '["stdin"]', '["stdin", 5]', '["stdin", "\\ud800"]', "[" * 100_000,
                '["resize", {"width": "x"}]', '["stdin", "' + "j" * 2_000_000 + '"]',
            ):  # fmt: skip
                async with reader.ws_connect(f"{base}/ws?width=99999999&height=-3", origin=base) as room:
                    with contextlib.suppress(aiohttp.ClientError):
                        await room.send_str(frame)
                        while not room.closed:
                            await asyncio.wait_for(room.receive(), 30)
            rooms = [await reader.ws_connect(f"{base}/ws?width=80&height=24", origin=base) for _ in range(2)]
            await rooms[0].send_str('["resize", {"width": 1000000, "height": 1000000}]')
            for room in rooms:
                written = b""
                while b"Keys of forty shops" not in written:
                    message = await asyncio.wait_for(room.receive(), 30)
                    written += message.data if isinstance(message.data, bytes) else b""
            await rooms[1].close()

    asyncio.run(attack())


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
