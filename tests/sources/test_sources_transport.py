"""httpx as it is used here: what it would do on its own, it does not do."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpcore
import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sources_server import BODY, Server, client, failure, redirect, reply

from reader.errors import SourceError
from reader.sources import backend, request, transport
from reader.sources.policy import AddressPolicy
from reader.sources.queues import IN_ALL
from reader.sources.resolver import system_resolver

ODD = "/a%7Eb|c^%zz/[x]/~'\"`{}?q=%2F&r=<>{}|'"


async def test_the_address_is_sent_as_it_was_written(server: Server) -> None:
    """httpx would quote path and query anew, and a signed address would be another one."""
    target = request.parse(server.url(ODD))
    assert target is not None
    server.routes[ODD.partition("?")[0]] = reply()
    async with client(server) as reader:
        assert (await reader.fetch(server.url(ODD))).body == BODY
    assert [one.target for one in server.requests] == [target.target] == [ODD]


HOSTS = st.text(max_size=30) | st.from_regex(r"[!-~]{1,30}", fullmatch=True) | st.ip_addresses().map(
    lambda ip: f"[{ip}]" if ip.version == 6 else str(ip)
)  # fmt: skip
# Loads hypothesis' code for regular expressions while the stack is shallow: pytest rewrites it, and the parser of
# CPython before 3.11.9 fails now and then on a deep one (SystemError, recursion depth mismatch).
HOSTS.validate()


@given(st.sampled_from(["http", "https"]), HOSTS, st.just("") | st.integers(1, 65535).map(":{}".format))
@example("http", "[::ffff:127.0.0.1]", "")
@example("http", "a_b.example", ":80")
@example("https", "b\u00fccher.example", "")
def test_httpx_goes_where_we_think_it_goes(scheme: str, host: str, port: str) -> None:
    """What is judged and what is connected to is one host and one port, however they were written."""
    target = request.parse(f"{scheme}://{host}{port}/")
    if target is None:
        return
    try:
        url = transport._origin(target)
    except httpx.InvalidURL:
        return
    assert (url.scheme, url.raw_host.decode("ascii").lower()) == (target.scheme, target.host.lower())
    assert (url.port or {"http": 80, "https": 443}[url.scheme]) == target.port
    assert not url.userinfo


async def test_no_login_of_netrc_no_cookie_and_no_header_is_added(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """httpx reads NETRC if it may, keeps cookies, and has five headers of its own."""
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ada password hunter2\ndefault login x password hunter2\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    server.routes |= {"/feed": reply(BODY, "Set-Cookie: id=1; Path=/"), "/moved": redirect("/feed")}
    async with client(server) as reader:
        for path in ("/feed", "/moved", "/feed"):
            await reader.fetch(server.url(path))
    assert {tuple(one.headers) for one in server.requests} == {("host", "user-agent", "accept", "accept-encoding")}


async def test_httpx_never_sees_the_headers_of_an_answer(server: Server) -> None:
    """It would build the next request from Location and fail on a bad one; they come beside the response."""
    target = request.parse(server.url("/bad"))
    assert target is not None
    server.routes["/bad"] = redirect("http://[not a host/")
    async with transport.open_client(AddressPolicy({server.endpoint()}), system_resolver, None) as http:
        response = await http.open(target, [(b"Host", b"x")])
        assert (response.status_code, response.next_request, list(response.headers)) == (302, None, [])
        assert (b"Location", b"http://[not a host/") in transport.raw_headers(response)
        await response.aclose()
        assert not http.cookies
        with pytest.raises(AttributeError):
            http.cookies = {"id": "1"}


@pytest.mark.parametrize("host", ["256.256.256.256", "[1::2::3]"])
async def test_a_host_that_httpx_refuses_is_said_in_words(server: Server, host: str) -> None:
    """Its own error for an address never gets out."""
    async with client(server) as reader:
        error = await failure(reader, f"http://{host}/feed")
    assert "could not be read" in str(error)


async def test_a_connection_that_cannot_be_looked_into_is_closed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should httpcore be built otherwise one day: no connection serves twice, and everything still works."""
    monkeypatch.setattr(transport, "overrun", lambda _response: True)
    async with client(server) as reader:
        for _ in range(3):
            assert (await reader.fetch(server.url())).body == BODY
    assert len({one.peer for one in server.requests}) == 3
    assert backend.overrun(httpcore.Response(200)), "what has another shape counts as overrun"


async def test_a_connection_that_fails_to_close_gives_its_place_back(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More failures, and cancellations at that very moment, than the pool has places: the next fetch is served."""
    server.routes["/long"] = reply(b"abc") + reply(b"SMUGGLED")
    real = backend.PinnedStream.aclose
    async with client(server, timeout=5) as reader:
        for problem in (OSError("closing"), asyncio.CancelledError()):
            for _ in range(IN_ALL + 2):

                async def fail(stream: backend.PinnedStream, problem: BaseException = problem) -> None:
                    await real(stream)
                    raise problem

                monkeypatch.setattr(backend.PinnedStream, "aclose", fail)
                with pytest.raises((SourceError, asyncio.CancelledError)):
                    await reader.fetch(server.url("/long"))
                monkeypatch.setattr(backend.PinnedStream, "aclose", real)
        assert (await reader.fetch(server.url())).body == BODY


def test_the_client_is_httpx() -> None:
    """One asynchronous client; what it may do on its own is off."""
    http = transport.open_client(AddressPolicy(), system_resolver, None)
    assert isinstance(http, httpx.AsyncClient)
    assert (http.trust_env, http.follow_redirects, dict(http.headers)) == (False, False, {})
