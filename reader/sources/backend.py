"""Connections that only go where the policy lets them (imports httpcore: only `http` may import this, lazily).

The name is resolved, every address is judged, and the connection is made to a judged address, in one place. Nothing is
resolved twice, so a name server that first shows a public address and then a private one gains nothing. The name goes
on being used for TLS (SNI, certificate) and the Host header.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import httpcore

from reader.errors import SourceError
from reader.sources.policy import AddressPolicy, endpoint
from reader.sources.resolver import Resolver

if "sniffio" not in sys.modules and find_spec("sniffio") is None:
    # httpcore tries `import sniffio` several times a request; where it is missing, Python searches the whole path each
    # time, a quarter of the processor time of a small answer. None is how Python notes that a module is not there.
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # documented, though not in the type

MAX_ADDRESSES = 8  # tried of one name
ATTEMPT = 3.0  # seconds for an address when others of the same name are left
MAX_HEAD = 256 * 1024  # bytes before the end of the response's headers; h11 takes 100 KiB for one head, but any number


class TooMuchHead(httpcore.RemoteProtocolError):
    """More header bytes than any honest server sends, such as informational responses without end."""


class StaleConnection(httpcore.ReadError):
    """A kept connection was closed by the other side before it answered: the request may be sent again."""


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections to judged addresses; `proxy` is the one endpoint that the user's own setting allows."""

    def __init__(self, policy: AddressPolicy, resolver: Resolver, proxy: str = "") -> None:
        self._policy = policy
        self._resolve = resolver
        self._proxy = proxy
        self._tcp = httpcore.AnyIOBackend()
        self._tls = TlsContext()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> PinnedStream:
        """Connect to the first judged address of `host` that answers.

        Raises SourceError if the policy forbids all of them, httpcore.ConnectError otherwise.
        """
        addresses = await self._addresses(host, port)
        for address in addresses[:-1]:
            try:
                return await self._attempt(address, port, ATTEMPT)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._attempt(addresses[-1], port, timeout)

    async def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = (await self._resolve(host, port))[:MAX_ADDRESSES]
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(error) from error
        if not found:
            raise httpcore.ConnectError("the name has no address")
        if self._proxy and endpoint(host, port) == self._proxy:
            return found
        judged = [address for address in found if self._policy.permits(address, host, port)]
        if not judged:
            self._policy.check(found[0], host, port)
        return judged

    async def _attempt(self, address: str, port: int, limit: float | None) -> PinnedStream:
        return PinnedStream(await self._tcp.connect_tcp(address, port, timeout=limit), self._tls)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise SourceError("Unix sockets are not read; give an http or https address")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class PinnedStream(httpcore.AsyncNetworkStream):
    """One connection; counts what comes before an answer, and tells a stale connection from a failed one."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, tls: TlsContext) -> None:
        self._inner = inner
        self._tls = tls
        self._requests = 0
        self._unanswered = 0

    def answered(self) -> None:
        """The response's headers are complete: what comes from now on is its body."""
        self._unanswered = -1

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            data = await self._inner.read(max_bytes, timeout)
        except httpcore.ReadError as error:
            raise self._stale_or(error) from error
        if self._unanswered < 0:
            return data
        if not data and self._unanswered == 0 and self._requests > 1:
            raise StaleConnection
        if not data and self._unanswered > 0:
            raise httpcore.RemoteProtocolError("the answer ends before its headers do")
        self._unanswered += len(data)
        if self._unanswered > MAX_HEAD:
            raise TooMuchHead
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if buffer:  # a GET is one write
            self._requests += 1
            self._unanswered = 0
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> PinnedStream:
        """TLS with the one context there is, whatever is handed in: it is built at the first https address."""
        context = await self._tls.get()
        return PinnedStream(await self._inner.start_tls(context, server_hostname, timeout), self._tls)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _stale_or(self, error: httpcore.ReadError) -> httpcore.ReadError:
        return StaleConnection() if self._requests > 1 and self._unanswered == 0 else error


class TlsContext:
    """Verification as the standard library does it by default: names checked, certificates required, no way to turn it
    off. Trusted are the system's certificates (or SSL_CERT_FILE, SSL_CERT_DIR) and those of certifi.
    """

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    async def get(self) -> ssl.SSLContext:
        sources = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
        async with self._lock:
            return await asyncio.to_thread(_verifying_context, *sources)


@lru_cache(maxsize=2)
def _verifying_context(_file: str | None, _directory: str | None) -> ssl.SSLContext:
    """60 ms of reading certificates, so once a process; OpenSSL itself reads the variables that are the key here."""
    context = httpcore.default_ssl_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def overrun(response: httpcore.Response) -> bool:
    """Whether bytes wait behind an answer that was read to its end, which the next request would take for its own.

    httpcore keeps such a connection and has no public way to see this; where the way in changes, every connection
    counts as overrun and is closed, which is slower and safe.
    """
    try:
        return bool(response.stream._stream._connection._h11_state.trailing_data[0])  # type: ignore[union-attr]  # ditto
    except AttributeError:
        return True


def unused_context() -> ssl.SSLContext:
    """What the pool wants to be given and `start_tls` never uses: it trusts nobody, so a mistake would fail closed."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
