"""httpx over connections of ours (imports httpx: only `http` may import this, lazily).

One `httpx.AsyncClient` with everything taken out that would act on its own: redirects, cookies, proxies and logins of
the environment, default headers, decoders. What httpx never gets to see it cannot act on: the headers of an answer
travel beside the response (`raw_headers`), the path and query beside the address (httpx would quote them anew).
Errors are httpcore's, not translated, because they say more.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import lru_cache
from typing import cast

import httpcore
import httpx

from reader.sources.backend import PinnedBackend, PinnedStream, overrun, unused_context
from reader.sources.policy import DEFAULT_PORTS, AddressPolicy, endpoint
from reader.sources.queues import IN_ALL
from reader.sources.request import RawHeaders, Target
from reader.sources.resolver import Resolver

KEPT = 15.0  # seconds an idle connection is kept


def open_client(policy: AddressPolicy, resolver: Resolver, proxy: Target | None) -> BareClient:
    """Return a client that connects only where `policy` allows, or to `proxy`."""
    return BareClient(PinnedTransport(policy, resolver, proxy))


def raw_headers(response: httpx.Response) -> RawHeaders:
    """The headers of an answer as they came; `response.headers` is empty, see above."""
    return cast(RawHeaders, response.extensions["raw_headers"])


class NoCookies(httpx.Cookies):
    """A jar that neither stores nor sends."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Store nothing."""

    def set_cookie_header(self, request: httpx.Request) -> None:
        """Send nothing."""


class BareClient(httpx.AsyncClient):
    """`get` sends exactly the headers that it is given, and returns the answer before its body."""

    def __init__(self, transport: PinnedTransport) -> None:
        super().__init__(transport=transport, trust_env=False, follow_redirects=False, timeout=None)
        self.headers.clear()
        self.pool = transport.pool

    @property
    def cookies(self) -> httpx.Cookies:
        """Asked for by httpx after each answer."""
        return _NO_COOKIES

    @cookies.setter
    def cookies(self, cookies: object) -> None:
        raise AttributeError("there are no cookies here")

    async def open(self, target: Target, headers: RawHeaders) -> httpx.Response:
        """GET `target`; whoever gets the response closes it. Raises httpcore's errors and httpx.InvalidURL."""
        extensions = {"target": target.target.encode("ascii"), "timeout": {}}  # the deadline is that of the whole fetch
        request = httpx.Request("GET", _origin(target), headers=headers, stream=_NOTHING, extensions=extensions)
        return await self.send(request, auth=_NO_LOGIN, stream=True)


class PinnedTransport(httpx.AsyncBaseTransport):
    """A pool of connections that go where the policy lets them (`backend`)."""

    def __init__(self, policy: AddressPolicy, resolver: Resolver, proxy: Target | None) -> None:
        self.pool = httpcore.AsyncConnectionPool(
            ssl_context=unused_context(),
            proxy=_core_proxy(proxy) if proxy else None,
            max_connections=IN_ALL,
            keepalive_expiry=KEPT,
            network_backend=PinnedBackend(policy, resolver, endpoint(proxy.host, proxy.port) if proxy else ""),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        core_url = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=request.extensions["target"]
        )
        core = await self.pool.handle_async_request(httpcore.Request(b"GET", core_url, headers=request.headers.raw))
        core.extensions["network_stream"].answered()
        return httpx.Response(core.status, stream=_Body(core), extensions={"raw_headers": core.headers})

    async def aclose(self) -> None:
        await self.pool.aclose()


class _Body(httpx.AsyncByteStream):
    """The body as it comes from the wire. A connection with bytes behind the answer does not serve again."""

    def __init__(self, core: httpcore.Response) -> None:
        self._core = core

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._core.aiter_stream()

    async def aclose(self) -> None:
        try:
            if overrun(self._core):
                stream: PinnedStream = self._core.extensions["network_stream"]
                await stream.aclose()
        finally:  # also if the fetch is cancelled just now, or the pool keeps the place for ever
            await self._core.aclose()


_NO_COOKIES = NoCookies()
_NO_LOGIN = httpx.Auth()  # None would make httpx look into the address
_NOTHING = httpx.ByteStream(b"")


@lru_cache(maxsize=256)
def _parsed(origin: str) -> httpx.URL:
    return httpx.URL(origin)


def _origin(target: Target) -> httpx.URL:
    return _parsed(f"{target.scheme}://{target.host_header}/")


def _core_proxy(proxy: Target) -> httpcore.Proxy:
    lines = [(b"Proxy-Authorization", proxy.credentials.encode())] if proxy.credentials else []
    port = None if proxy.port == DEFAULT_PORTS[proxy.scheme] else proxy.port
    url = httpcore.URL(scheme=proxy.scheme.encode("ascii"), host=proxy.host.encode("ascii"), port=port, target=b"/")
    return httpcore.Proxy(url, headers=lines, ssl_context=unused_context() if proxy.scheme == "https" else None)
