"""TLS: always verified, every failure in words, no step back to http."""

from __future__ import annotations

import asyncio
import ssl

import pytest
from sources_server import BODY, CERTIFICATES, Server, failure, redirect, reply, serving, tunnelling

from reader.sources import backend
from reader.sources.http import Client
from reader.sources.policy import AddressPolicy


async def loopback(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def tls_client(*servers: Server, host: str = "feeds.example") -> Client:
    policy = AddressPolicy({server.endpoint(name) for server in servers for name in (host, "127.0.0.1")})
    return Client(policy, timeout=10, resolver=loopback)


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test authority is trusted the way a company's own is: SSL_CERT_FILE."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))


@pytest.mark.usefixtures("trusted")
async def test_a_good_certificate_is_read_by_name_and_by_number() -> None:
    """The connection goes to the checked address; certificate and SNI are those of the name."""
    async with serving({"/feed": reply()}, certificate="good") as server, tls_client(server) as reader:
        assert (await reader.fetch(server.url(host="feeds.example"))).body == BODY
        assert (await reader.fetch(server.url(host="feeds.example"))).body == BODY
        assert (await reader.fetch(server.url())).body == BODY
    assert server.names == ["feeds.example", None]
    assert server.requests[0].headers["host"] == f"feeds.example:{server.port}"


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("certificate", "words"),
    [("expired", "has expired"), ("self", "is self-signed"), ("other", "is for another host")],
)
async def test_bad_certificates_are_refused_in_words(certificate: str, words: str) -> None:
    """Expired, self-signed, another host's: the sentence says which, and no request is sent."""
    async with serving({"/feed": reply()}, certificate=certificate) as server, tls_client(server) as reader:
        error = await failure(reader, server.url(host="feeds.example"))
    assert words in str(error)
    assert f"feeds.example:{server.port}" in str(error)
    assert server.requests == []


async def test_an_unknown_authority_is_refused() -> None:
    """Without the test authority the good certificate is worth nothing."""
    async with serving({"/feed": reply()}, certificate="good") as server, tls_client(server) as reader:
        error = await failure(reader, server.url(host="feeds.example"))
    assert "an authority that this machine does not trust" in str(error)
    assert server.requests == []


async def test_http_spoken_on_an_https_address_is_said() -> None:
    """A server without TLS is not taken for a broken network."""

    async def plain(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(plain, "127.0.0.1", 0) as listener:
        server = Server(port=listener.sockets[0].getsockname()[1], scheme="https")
        async with tls_client(server) as reader:
            error = await failure(reader, server.url(host="feeds.example"))
    assert "does not speak TLS" in str(error)
    assert "http://" in str(error)


async def test_a_handshake_that_never_comes_ends_at_the_deadline() -> None:
    """A server that accepts and says nothing costs the time of one fetch, also before TLS."""
    arrived = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as listener:
        server = Server(port=listener.sockets[0].getsockname()[1], scheme="https")
        policy = AddressPolicy({server.endpoint("feeds.example")})
        async with Client(policy, timeout=0.25, resolver=loopback) as reader:
            error = await failure(reader, server.url(host="feeds.example"))
    assert arrived.is_set()
    assert "timed out" in str(error)


@pytest.mark.usefixtures("trusted")
async def test_a_redirect_to_http_is_refused(server: Server) -> None:
    """From https nobody is led back to where everyone can listen."""
    async with serving({"/feed": redirect(server.url())}, certificate="good") as secure:
        policy = AddressPolicy({secure.endpoint("feeds.example"), server.endpoint()})
        async with Client(policy, resolver=loopback) as reader:
            error = await failure(reader, secure.url(host="feeds.example"))
    assert "from https to unprotected" in str(error)
    assert server.requests == []


@pytest.mark.usefixtures("trusted")
async def test_a_redirect_to_https_is_followed(server: Server) -> None:
    """The usual step from http to https works and counts as a move if it is permanent."""
    async with serving({"/feed": reply()}, certificate="good") as secure:
        server.routes["/feed"] = redirect(secure.url(host="feeds.example"), "301 Moved")
        policy = AddressPolicy({secure.endpoint("feeds.example"), server.endpoint()})
        async with Client(policy, resolver=_by_name) as reader:
            fetched = await reader.fetch(server.url())
    assert fetched.moved_to == secure.url(host="feeds.example")


async def _by_name(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


async def test_verification_is_on_and_built_once() -> None:
    """The one context checks names and certificates; what the pool is given trusts nobody."""
    holder = backend.TlsContext()
    contexts = await asyncio.gather(*(holder.get() for _ in range(5)))
    assert len(set(map(id, contexts))) == 1
    for context in (contexts[0], backend.unused_context()):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
    assert contexts[0].minimum_version >= ssl.TLSVersion.TLSv1_2
    assert backend.unused_context().cert_store_stats()["x509_ca"] == 0


@pytest.mark.usefixtures("trusted")
async def test_https_goes_through_a_proxy_as_a_tunnel() -> None:
    """The proxy sees host and port only; certificate and login are settled with the far end."""
    async with serving({"/feed": reply()}, certificate="good") as server, tunnelling() as proxy:
        address = proxy.url("").replace("://", "://ada:hunter2@")
        async with Client(AddressPolicy(), proxy=address, timeout=10) as reader:
            url = server.url(host="feeds.example").replace("://", "://bob:secret@")
            assert (await reader.fetch(url)).body == BODY
            assert (await reader.fetch(url)).body == BODY
    assert [(one.method, one.target) for one in proxy.requests] == [("CONNECT", f"feeds.example:{server.port}")]
    assert "authorization" not in proxy.requests[0].headers
    assert "proxy-authorization" in proxy.requests[0].headers
    assert all("proxy-authorization" not in request.headers for request in server.requests)
    assert server.names == ["feeds.example"]


@pytest.mark.usefixtures("trusted")
async def test_a_bad_certificate_behind_a_proxy_is_refused() -> None:
    """A tunnel changes nothing about what must be proved."""
    async with (
        serving({"/feed": reply()}, certificate="other") as server,
        tunnelling() as proxy,
        Client(AddressPolicy(), proxy=proxy.url(""), timeout=10) as reader,
    ):
        error = await failure(reader, server.url(host="feeds.example"))
    assert "is for another host" in str(error)
    assert server.requests == []


@pytest.mark.usefixtures("trusted")
async def test_the_proxy_itself_may_speak_tls() -> None:
    """An https proxy is verified like any other server."""
    for certificate, expected in (("good", "read"), ("expired", "has expired")):
        async with (
            serving({"http://news.example/feed": reply()}, certificate=certificate) as proxy,
            Client(AddressPolicy(), proxy=proxy.url(host="feeds.example"), resolver=loopback, timeout=10) as reader,
        ):
            if expected == "read":
                assert (await reader.fetch("http://news.example/feed")).body == BODY
            else:
                assert expected in str(await failure(reader, "http://news.example/feed"))


async def test_a_tunnel_that_is_refused_is_said() -> None:
    """The proxy and the host it would not open are both named."""
    async with (
        tunnelling(refuse="407 Proxy Authentication Required") as proxy,
        Client(AddressPolicy(), proxy=proxy.url(""), timeout=10) as reader,
    ):
        error = await failure(reader, "https://news.example/feed")
    assert f"the proxy 127.0.0.1:{proxy.port} did not open the way to news.example" in str(error)
