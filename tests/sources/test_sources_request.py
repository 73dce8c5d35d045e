"""Requests: what is sent, and that nothing from outside can add to it."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import __version__
from reader.sources import request
from reader.sources.request import Target, headers, parse, user_agent


@pytest.mark.parametrize(
    ("url", "host", "port", "target", "host_header"),
    [
        ("http://News.Example", "news.example", 80, "/", "news.example"),
        ("https://news.example:443/a?b=c#d", "news.example", 443, "/a?b=c", "news.example"),
        ("https://news.example:8443/", "news.example", 8443, "/", "news.example:8443"),
        ("http://news.example./x", "news.example", 80, "/x", "news.example"),
        ("http://[::1]:8080/x", "::1", 8080, "/x", "[::1]:8080"),
        ("http://2130706434/x", "127.0.0.2", 80, "/x", "127.0.0.2"),
        ("http://bücher.example/ä b?q=ß", "xn--bcher-kva.example", 80, "/%C3%A4%20b?q=%C3%9F", "xn--bcher-kva.example"),
        ("http://news.example/%2e%2e/%20", "news.example", 80, "/%2e%2e/%20", "news.example"),
    ],
)
def test_addresses_are_taken_apart_as_a_browser_does(
    url: str, host: str, port: int, target: str, host_header: str
) -> None:
    """Host in punycode and lower case, numbers as addresses, path and query in ASCII, no fragment."""
    parsed = parse(url)
    assert parsed is not None
    assert (parsed.host, parsed.port, parsed.target, parsed.host_header) == (host, port, target, host_header)


@pytest.mark.parametrize(
    "url",
    ["", "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "data:text/xml,x", "/etc/passwd",
     "news.example", "http://", "http:///x", "http://a.example:99999/", "http://a.example:0/", "http://[::1", "-http://a.example/",
     "http://a.example/" + "a" * 9000, "http://a\\@b.example/", "gopher://a.example/"],
)  # fmt: skip
def test_what_is_not_a_web_address_is_not_asked_for(url: str) -> None:
    """Other schemes, missing hosts, impossible ports and endless addresses are refused."""
    assert parse(url) is None


def test_user_info_becomes_basic_credentials_and_leaves_the_address() -> None:
    """Name and password, percent-decoded, are in the Authorization value and nowhere else."""
    parsed = parse("https://user%40x:p%3Aw%C3%BC@news.example/feed?x=1")
    assert parsed is not None
    assert base64.b64decode(parsed.credentials.removeprefix("Basic ")).decode() == "user@x:p:wü"
    assert parsed.url == "https://news.example/feed?x=1"
    assert "Basic" not in repr(parsed)


def sent(target: Target, **options: object) -> dict[str, str]:
    lines = headers(target, agent=user_agent(), accept=request.FEED_ACCEPT, **options)  # type: ignore[arg-type]  # terse
    return {name.decode(): value.decode("latin-1") for name, value in lines}


def test_only_what_is_needed_is_sent() -> None:
    """A plain request has four headers: no cookies, no referer, no language, no client hints."""
    target = parse("https://news.example/feed")
    assert target is not None
    assert sorted(sent(target)) == ["Accept", "Accept-Encoding", "Host", "User-Agent"]
    assert sent(target)["Accept-Encoding"] == "gzip"


def test_headers_of_the_user_are_sent_unless_they_change_what_a_get_is() -> None:
    """A login header goes out; body, hop and our own headers cannot be overwritten, unsendable ones are dropped."""
    target = parse("https://news.example/feed")
    assert target is not None
    secrets = {"X-Api-Key": "k1", "Cookie": "a=b", "Host": "evil.example", "user-agent": "x", "Content-Length": "5",
               "Transfer-Encoding": "chunked", "X-Bad": "a\r\nX-Injected: y", "X Space": "v", "": "v"}  # fmt: skip
    lines = sent(target, secrets=secrets)
    assert lines["X-Api-Key"] == "k1"
    assert lines["Cookie"] == "a=b"
    assert lines["Host"] == "news.example"
    assert len(lines) == 6


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("", f"secnews/{__version__} (feed reader)"),
        ("mailto:ada@news.example", f"secnews/{__version__} (+mailto:ada@news.example)"),
        ("a\r\nX: y (z)", f"secnews/{__version__} (+aX: y z)"),
        ("\x1b[2J\u202e", f"secnews/{__version__} (+[2J)"),
    ],
)
def test_user_agent_is_honest_and_cannot_be_broken(contact: str, expected: str) -> None:
    """Name, version and contact; whatever stands in the setting, it stays one comment of one header."""
    assert user_agent(contact) == expected


@given(st.text(max_size=80) | st.text(max_size=40).map(lambda text: f"http://a.example/{text}"))
def test_any_address_is_parsed_or_refused_and_never_splits_a_request(url: str) -> None:
    """Whatever the address, the request line and Host header are printable ASCII without blanks."""
    parsed = parse(url)
    if parsed is not None:
        for value in (parsed.target, parsed.host_header):
            assert value.isascii()
            assert value.isprintable()
            assert " " not in value
        assert parsed.target.startswith("/")
