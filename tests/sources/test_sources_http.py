"""Client.fetch over a real server: answers, caching, redirects, logins."""

from __future__ import annotations

import asyncio
import base64
import gzip
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from sources_server import BODY, Request, Server, client, failure, redirect, reply, reset, serving

from reader import __version__
from reader.errors import UsageError
from reader.sources.http import PAGE_ACCEPT, Client
from reader.sources.policy import AddressPolicy

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


async def test_a_fetch_brings_body_type_and_validators(server: Server) -> None:
    """Everything that storing and asking again needs is in the answer."""
    server.routes["/feed"] = reply(
        BODY, 'ETag: "v1"', "Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT", "Content-Type: application/rss+xml",
        "Cache-Control: max-age=600",
    )  # fmt: skip
    async with client(server, contact="mailto:ada@news.example") as reader:
        fetched = await reader.fetch(server.url())
    assert fetched.body == BODY
    assert (fetched.status, fetched.content_type, fetched.max_age) == (200, "application/rss+xml", 600)
    assert (fetched.etag, fetched.last_modified) == ('"v1"', "Mon, 02 Nov 2026 10:00:00 GMT")
    assert (fetched.url, fetched.final_url, fetched.moved_to) == (server.url(), server.url(), "")
    [request] = server.requests
    assert request.method == "GET"
    assert request.headers["user-agent"] == f"secnews/{__version__} (+mailto:ada@news.example)"
    assert request.headers["accept-encoding"] == "gzip"
    assert request.headers["host"] == server.endpoint()
    assert sorted(request.headers) == ["accept", "accept-encoding", "host", "user-agent"]


async def test_validators_are_sent_back_and_a_304_brings_no_body(server: Server) -> None:
    """The second fetch asks conditionally with both validators and learns that nothing changed."""

    async def conditional(request: Request, writer: asyncio.StreamWriter) -> None:
        known = request.headers.get("if-none-match") == '"v1"' and "if-modified-since" in request.headers
        writer.write(reply(b"", 'ETag: "v1"', status="304 Not Modified") if known else reply(BODY, 'ETag: "v1"'))

    server.routes["/feed"] = conditional
    async with client(server) as reader:
        first = await reader.fetch(server.url(), last_modified="Mon, 02 Nov 2026 10:00:00 GMT")
        second = await reader.fetch(server.url(), etag=first.etag, last_modified="Mon, 02 Nov 2026 10:00:00 GMT")
    assert (first.not_modified, first.body) == (False, BODY)
    assert (second.not_modified, second.body, second.status) == (True, b"", 304)
    assert second.etag == '"v1"'
    assert second.last_modified == "Mon, 02 Nov 2026 10:00:00 GMT"


async def test_validators_outlive_a_304_that_repeats_none(server: Server) -> None:
    """A bare 304 leaves what was stored; one with a new ETag replaces it."""
    async with client(server) as reader:
        server.routes["/feed"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
        bare = await reader.fetch(server.url(), etag='"v1"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT")
        server.routes["/feed"] = reply(b"", 'ETag: "v2"', status="304 Not Modified")
        renewed = await reader.fetch(server.url(), etag='"v1"')
    assert (bare.etag, bare.last_modified) == ('"v1"', "Mon, 02 Nov 2026 10:00:00 GMT")
    assert renewed.etag == '"v2"'


@pytest.mark.parametrize("bad", ['"' + "e" * 60_000 + '"', '"a\r\nX-Injected: y"', '"\x9b5m"'])
async def test_absurd_validators_are_neither_kept_nor_sent(server: Server, bad: str) -> None:
    """An ETag of 60 KB or with controls stays with the server that made it up."""
    async with client(server) as reader:
        await reader.fetch(server.url(), etag=bad, last_modified=bad)
        server.routes["/feed"] = reply(BODY, f"ETag: {bad[:60_000]}") if "\r" not in bad else reply()
        fetched = await reader.fetch(server.url())
    assert sorted(server.requests[0].headers) == ["accept", "accept-encoding", "host", "user-agent"]
    assert fetched.etag == ""


async def test_gzip_is_undone(server: Server) -> None:
    """The one coding that is asked for."""
    server.routes["/feed"] = reply(gzip.compress(BODY), "Content-Encoding: gzip")
    async with client(server) as reader:
        assert (await reader.fetch(server.url())).body == BODY


async def test_accept_can_be_that_of_pages(server: Server) -> None:
    """Pages are asked for as pages."""
    async with client(server) as reader:
        await reader.fetch(server.url(), accept=PAGE_ACCEPT)
    assert server.requests[0].headers["accept"] == PAGE_ACCEPT


STATUSES = {
    "400 Bad Request": ("wrong (400)", "error"),
    "401 Unauthorized": ("user name and a password (401)", "error"),
    "403 Forbidden": ("forbids access (403)", "error"),
    "404 Not Found": ("nothing at this address (404)", "error"),
    "410 Gone": ("gone for good (410)", "gone"),
    "418 Teapot": ("refuses the request (418)", "error"),
    "429 Too Many Requests": ("too often (429)", "backoff"),
    "451 Unavailable": ("legal reasons (451)", "error"),
    "500 Internal Server Error": ("internal error (500)", "error"),
    "503 Service Unavailable": ("out of service for now (503)", "error"),
    "599 Odd": ("has a problem (599)", "error"),
    "206 Partial Content": ("a part only (206)", "error"),
    "300 Multiple Choices": ("choice of addresses (300)", "error"),
    "777 Strange": ("not understood (777)", "error"),
    "200 OK": ("empty reply", "error"),
}


@pytest.mark.parametrize(("status", "expected"), STATUSES.items())
async def test_statuses_are_said_in_words(server: Server, status: str, expected: tuple[str, str]) -> None:
    """The sentence names the address, the status in words and what to do; the record has the number."""
    server.routes["/feed"] = reply(b"" if status.startswith("200") else BODY, status=status)
    async with client(server) as reader:
        error = await failure(reader, server.url())
    words, outcome = expected
    assert str(error).startswith(server.url())
    assert words in str(error)
    assert "; " in str(error)
    assert (error.outcome, error.status, error.retry_after) == (outcome, int(status[:3]), None)


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), ("9" * 40, 86400.0), (format_datetime(NOW.replace(minute=5), usegmt=True), 300.0)],
)
async def test_retry_after_is_handed_on(server: Server, status: str, value: str, seconds: float) -> None:
    """Seconds, dates and absurd numbers end as seconds to wait, at most a day."""
    server.routes["/feed"] = reply(b"", f"Retry-After: {value}", status=status)
    async with client(server, clock=lambda: NOW) as reader:
        error = await failure(reader, server.url())
    assert (error.outcome, error.retry_after) == ("backoff", seconds)


async def test_204_is_no_error_and_has_no_body(server: Server) -> None:
    """No content is not "all articles vanished": whoever asked sees the status."""
    server.routes["/feed"] = b"HTTP/1.1 204 No Content\r\n\r\n"
    async with client(server) as reader:
        fetched = await reader.fetch(server.url())
    assert (fetched.status, fetched.body, fetched.not_modified) == (204, b"", False)


async def test_old_and_terse_servers_are_understood(server: Server) -> None:
    """HTTP/1.0 ended by closing, a status line without reason, and a reason full of escapes."""

    async def old(_request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.0 200 OK\r\n\r\n" + BODY)
        writer.close()

    server.routes |= {
        "/old": old,
        "/terse": b"HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc",
        "/loud": b"HTTP/1.1 200 \x9b31mOWNED\r\nContent-Type: a/b; x=\xc2\x9b1m\r\nContent-Length: 3\r\n\r\nabc",
    }
    async with client(server) as reader:
        assert (await reader.fetch(server.url("/old"))).body == BODY
        assert (await reader.fetch(server.url("/terse"))).body == b"abc"
        loud = await reader.fetch(server.url("/loud"))
    assert loud.body == b"abc"
    assert loud.content_type.isprintable()


async def test_one_connection_serves_several_requests(server: Server) -> None:
    """Connections are kept: after a body, a 304, a small error and a redirect on the same host."""
    server.routes |= {"/304": reply(b"", status="304 Not Modified"), "/moved": redirect("/feed")}
    async with client(server) as reader:
        await reader.fetch(server.url())
        await reader.fetch(server.url("/304"), etag='"x"')
        await failure(reader, server.url("/none"))
        await reader.fetch(server.url("/moved"))
    assert len({request.peer for request in server.requests}) == 1
    assert len(server.requests) == 5


@pytest.mark.parametrize("how", ["closed", "reset"])
async def test_a_connection_dropped_after_an_answer_costs_one_silent_retry(server: Server, how: str) -> None:
    """A server that says keep-alive and hangs up is asked again on a new connection, once."""

    async def hang_up_later(request: Request, writer: asyncio.StreamWriter) -> None:
        if server.requests[0].peer != request.peer or len(server.requests) == 1:
            writer.write(reply())
        elif how == "closed":
            writer.close()  # the second request of the first connection is not answered
        else:
            reset(writer)

    server.routes["/feed"] = hang_up_later
    async with client(server) as reader:
        for _ in range(2):
            assert (await reader.fetch(server.url())).body == BODY
    assert len(server.requests) == 3


async def test_a_connection_that_is_always_dropped_is_asked_twice_at_most(server: Server) -> None:
    """The second try is the last one."""

    async def once(_request: Request, writer: asyncio.StreamWriter) -> None:
        if len(server.requests) == 1:
            writer.write(reply())
        else:
            writer.close()

    server.routes["/feed"] = once
    async with client(server) as reader:
        await reader.fetch(server.url())
        assert "without an answer" in str(await failure(reader, server.url()))
    assert len(server.requests) == 3


async def test_a_redirect_elsewhere_closes_its_connection(server: Server) -> None:
    """A host that only sends us on keeps none of the sixteen connections."""
    async with serving({"/feed": reply()}) as other, client(server, other) as reader:
        server.routes["/away"] = redirect(other.url())
        await reader.fetch(server.url("/away"))
        await asyncio.sleep(0.05)
        assert server.connections == 0
        assert other.connections == 1


# --- redirects -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chain", "moved"),
    [
        (["301"], "/end"), (["308"], "/end"), (["301", "308"], "/end"), (["302"], ""), (["303"], ""), (["307"], ""),
        (["302", "301"], ""), (["301", "302"], "/hop1"), (["301"] * 5, "/end"),
    ],
)  # fmt: skip
async def test_only_an_unbroken_chain_of_permanent_redirects_moves_an_address(
    server: Server, chain: list[str], moved: str
) -> None:
    """`moved_to` is where the permanent part of the way ends; a temporary hop ends it."""
    for number, status in enumerate(chain):
        target = "/end" if number == len(chain) - 1 else f"/hop{number + 1}"
        server.routes[f"/hop{number}"] = redirect(target, status=f"{status} Moved")
    server.routes["/end"] = reply()
    async with client(server) as reader:
        fetched = await reader.fetch(server.url("/hop0"))
    assert fetched.body == BODY
    assert fetched.final_url == server.url("/end")
    assert fetched.moved_to == (server.url(moved) if moved else "")


@pytest.mark.parametrize("location", ["/loop", "/loop?n=1"])
async def test_redirects_end_after_five(server: Server, location: str) -> None:
    """A loop is given up after five hops."""
    server.routes["/loop"] = redirect(location)
    async with client(server) as reader:
        error = await failure(reader, server.url("/loop"))
    assert "more than 5 times" in str(error)
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("ftp://127.0.0.1/x", "ftp://127.0.0.1/x"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("data:text/xml,<rss/>", "data:text/xml"),
        ("http://[::1", "no proper address"),
        ("/" + "a" * 60_000, "too long"),
        ("", "without saying where to"),
        ("http://169.254.169.254/latest/meta-data/", "metadata service"),
        ("http://2130706434:1/", "127.0.0.2"),
        ("http://[::ffff:7f00:2]:1/", "own address"),
        ("http://www.cisa.gov@127.0.0.2:1/", "own address"),
        ("http://0x7f.2:1/", "own address"),
        ("http://127.2:1/", "own address"),
        ("http://[64:ff9b::7f00:2]/", "NAT64"),
        ("http://10.0.0.1/", "private"),
        ("//127.0.0.2:1/", "own address"),
    ],
)
async def test_redirects_that_are_not_followed_say_where_to_and_why(server: Server, location: str, words: str) -> None:
    """Other schemes and addresses that nobody consented to are refused by name, before any connection."""
    server.routes["/feed"] = redirect(location)
    async with client(server) as reader:
        error = await failure(reader, server.url())
    assert words in str(error)
    assert len(str(error)) < 1200
    assert server.paths() == ["/feed"]


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:1/\x1b]0;owned\x07", "\x1b[2J://x", "/\x9b31m", "//\u202eexample/", "ftp://a/\x9d0;x\x07"],
)
async def test_escapes_in_a_redirect_never_reach_the_sentence(server: Server, location: str) -> None:
    """Whatever a Location holds, the error is one clean line."""
    server.routes["/feed"] = (
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location.encode("utf-8") + b"\r\n\r\n"
    )
    async with client(server) as reader:
        error = await failure(reader, server.url())
    assert str(error).isprintable()


async def test_relative_and_utf8_redirects_are_followed(server: Server) -> None:
    """Relative targets and raw UTF-8 in a Location are what servers send."""
    server.routes |= {
        "/a/b": redirect("../c"), "/c": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /\xc3\xa9\r\n\r\n",
        "/%C3%A9": reply(),
    }  # fmt: skip
    async with client(server) as reader:
        assert (await reader.fetch(server.url("/a/b"))).final_url == server.url("/%C3%A9")


async def test_consent_to_one_port_does_not_cover_a_redirect_to_another() -> None:
    """A private server the user reads cannot send us to another private service."""
    async with serving({"/secret": reply(b"SECRET")}) as other:
        async with serving({"/feed": redirect(other.url("/secret"))}) as server, client(server) as reader:
            error = await failure(reader, server.url())
        assert "nobody has consented" in str(error)
        assert other.requests == []
        assert other.most_connections == 0
        async with serving({"/feed": redirect(other.url("/secret"))}) as server, client(server, other) as reader:
            assert (await reader.fetch(server.url())).body == b"SECRET"


# --- what is not told to others ------------------------------------------------------------------------------------


async def test_cookies_are_never_kept_nor_sent(server: Server) -> None:
    """A cookie set by one answer is in no later request, also not within a chain of redirects."""
    server.routes |= {
        "/set": reply(BODY, "Set-Cookie: track=1; Max-Age=999999", "Set-Cookie: b=2; Path=/"),
        "/hop": reply(b"", "Location: /feed", "Set-Cookie: c=3", status="302 Found"),
    }
    async with client(server) as reader:
        await reader.fetch(server.url("/set"))
        await reader.fetch(server.url("/hop"))
        await reader.fetch(server.url())
    assert all("cookie" not in request.headers and "referer" not in request.headers for request in server.requests)


async def test_logins_go_to_their_own_origin_only() -> None:
    """User-info and the user's headers are sent on the same origin, again after a redirect there, never elsewhere."""
    async with serving({"/end": reply()}) as other, serving({}) as server, client(server, other) as reader:
        server.routes |= {"/feed": redirect("/same", "301 Moved"), "/same": redirect(other.url("/end"))}
        address = server.url().replace("://", "://ada:hunter2@")
        fetched = await reader.fetch(address, headers={"X-Api-Key": "hunter2"})
        login = "Basic " + base64.b64encode(b"ada:hunter2").decode()
        assert [request.headers.get("authorization") for request in server.requests] == [login, login]
        assert [request.headers.get("x-api-key") for request in server.requests] == ["hunter2", "hunter2"]
        assert "authorization" not in other.requests[0].headers
        assert "x-api-key" not in other.requests[0].headers
        assert "hunter2" not in fetched.final_url
        assert fetched.moved_to == server.url("/same").replace("://", "://ada:hunter2@")


async def test_a_login_is_not_kept_in_an_address_on_another_origin() -> None:
    """After a permanent move to another host the new address has no password in it."""
    async with serving({"/end": reply()}) as other, serving({}) as server, client(server, other) as reader:
        server.routes["/feed"] = redirect(other.url("/end"), "301 Moved")
        fetched = await reader.fetch(server.url().replace("://", "://ada:hunter2@"))
        assert fetched.moved_to == other.url("/end")


async def test_user_info_in_a_redirect_is_not_sent(server: Server) -> None:
    """A server cannot make us log in anywhere with a name of its choice."""
    server.routes["/go"] = redirect(server.url().replace("://", "://evil:hunter2@"))
    async with client(server) as reader:
        fetched = await reader.fetch(server.url("/go"))
    assert "authorization" not in server.requests[-1].headers
    assert fetched.final_url == server.url()


@pytest.mark.parametrize("path", ["/none?token=hunter2", "/feed?token=hunter2"])
async def test_no_sentence_shows_a_password(server: Server, path: str) -> None:
    """User-info and secret query values are masked in every error."""
    server.routes["/feed"] = redirect("ftp://ada:hunter2@news.example/?token=hunter2")
    async with client(server) as reader:
        error = await failure(reader, server.url(path).replace("://", "://ada:hunter2@"))
    assert "hunter2" not in str(error)
    assert "***" in str(error)


@pytest.mark.parametrize(
    "address", ["ftp://news.example/", "/etc/passwd", "", "javascript:alert(1)", "http://a b/", "\x1b[2J"]
)
async def test_only_web_addresses_are_asked_for(address: str) -> None:
    """Anything else is refused in one clean sentence without touching the network."""
    async with Client(AddressPolicy()) as reader:
        error = await failure(reader, address)
    assert "not an http or https address" in str(error)
    assert str(error).isprintable()


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1080", "proxy.example", "ftp://proxy.example"])
def test_proxies_of_other_kinds_are_refused_at_once(proxy: str) -> None:
    """A setting that cannot work is said before anything is fetched."""
    with pytest.raises(UsageError, match=r"network\.proxy"):
        Client(AddressPolicy(), proxy=proxy)
