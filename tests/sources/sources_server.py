"""A small real HTTP server for the tests of sources, and a client that may speak to it."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from reader.errors import SourceError
from reader.sources.http import Client
from reader.sources.policy import AddressPolicy

CERTIFICATES = Path(__file__).parent / "certs"
BODY = b"<rss version='2.0'><channel><title>Invented</title></channel></rss>"


@dataclass
class Request:
    """One request as the server saw it; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    peer: int

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


Handler = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """Answers by path with bytes as they are or with a coroutine; records requests and open connections."""

    routes: dict[str, bytes | Handler] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    most_connections: int = 0
    port: int = 0
    scheme: str = "http"
    address: str = "127.0.0.1"
    names: list[str | None] = field(default_factory=list)

    def url(self, path: str = "/feed", host: str = "") -> str:
        return f"{self.scheme}://{host or self.address}:{self.port}{path}"

    def endpoint(self, host: str = "") -> str:
        return f"{host or self.address}:{self.port}"

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.most_connections = max(self.most_connections, self.connections)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                method, target, _version = head[0].split(" ", 2)
                headers = {
                    key.lower(): value.strip() for key, _, value in (line.partition(":") for line in head[1:] if line)
                }
                request = Request(method, target, headers, writer.get_extra_info("peername")[1])
                self.requests.append(request)
                answer = self.routes.get(request.path, reply(b"none", status="404 Not Found"))
                if isinstance(answer, bytes):
                    writer.write(answer)
                else:
                    await answer(request, writer)
                await writer.drain()
                if writer.is_closing():
                    return
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            return
        finally:
            self.connections -= 1
            writer.close()
            with suppress(Exception):
                await writer.wait_closed()


def reply(body: bytes = BODY, *headers: str, status: str = "200 OK") -> bytes:
    """One well-formed HTTP/1.1 answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return reply(b"", f"Location: {location}", status=status)


def reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST instead of FIN."""
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


@asynccontextmanager
async def serving(
    routes: dict[str, bytes | Handler], *, address: str = "127.0.0.1", certificate: str = ""
) -> AsyncIterator[Server]:
    server = Server(dict(routes), address=address)
    context = None
    if certificate:
        server.scheme = "https"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
        context.sni_callback = lambda _sock, name, _context: server.names.append(name)
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(server.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    listener = await asyncio.start_server(accept, address, 0, ssl=context)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def client(*servers: Server, timeout: float = 10.0, **options: Any) -> Client:
    """A client whose user has consented to these servers by hand."""
    return Client(AddressPolicy({server.endpoint() for server in servers}), timeout=timeout, **options)


async def failure(reader: Client, url: str, **options: Any) -> SourceError:
    """The error a fetch ends with."""
    with pytest.raises(SourceError) as caught:
        await reader.fetch(url, **options)
    return caught.value


@asynccontextmanager
async def tunnelling(*, refuse: str = "") -> AsyncIterator[Server]:
    """A proxy that knows CONNECT only, and that every name is on loopback; records what it was asked for."""
    proxy = Server()

    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
        sink.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _version = head[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        proxy.requests.append(Request(method, target, headers, 0))
        if refuse:
            writer.write(f"HTTP/1.1 {refuse}\r\nContent-Length: 0\r\n\r\n".encode())
            writer.close()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", int(target.rpartition(":")[2]))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))

    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    async with await asyncio.start_server(accept, "127.0.0.1", 0) as listener:
        proxy.port = listener.sockets[0].getsockname()[1]
        yield proxy
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
