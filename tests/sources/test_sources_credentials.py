"""Logins from the environment and netrc: to whom they are sent, and that nothing shows them."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sources_server import Server, client, failure, redirect, reply, serving

from reader.sources.credentials import Logins, read_logins


def basic(pair: str) -> str:
    return "Basic " + base64.b64encode(pair.encode()).decode()


ADA = {"Authorization": basic("ada:hunter2")}


def netrc(folder: Path, text: str, mode: int = 0o600) -> dict[str, str]:
    path = folder / "netrc"
    path.write_text(text)
    path.chmod(mode)
    return {"SECNEWS_NETRC": str(path)}


@pytest.mark.parametrize(
    ("value", "url", "expected"),
    [
        ("https://feeds.example ada:hunter2", "https://feeds.example/a", ADA),
        ("https://feeds.example/some/path?x ada:hunter2", "https://feeds.example/other", ADA),
        ("  https://FEEDS.example:443   ada:hunter2 ", "https://feeds.example/a", ADA),
        ("http://127.1:8080 ada:hunter2", "http://127.0.0.1:8080/", ADA),
        ("https://feeds.example ada:a b:%41", "https://feeds.example/", {"Authorization": basic("ada:a b:%41")}),
        ("https://feeds.example jürgen:hünter", "https://feeds.example/", {"Authorization": basic("jürgen:hünter")}),
        ("https://feeds.example Authorization: Bearer x.y", "https://feeds.example/", {"Authorization": "Bearer x.y"}),
        ("https://feeds.example X-Api-Key: hunter2", "https://feeds.example/", {"X-Api-Key": "hunter2"}),
        ("https://feeds.example ada:hunter2", "http://feeds.example/", {}),
        ("https://feeds.example ada:hunter2", "https://feeds.example:8443/", {}),
        ("https://feeds.example ada:hunter2", "https://www.feeds.example/", {}),
        ("https://feeds.example ada:hunter2", "https://feeds-example/", {}),
        ("https://feeds.example ada:hunter2", "https://eve:x@feeds.example/", {}),
        ("https://feeds.example ada:hunter2", "file:///etc/passwd", {}),
    ],
)  # fmt: skip
def test_a_login_of_the_environment_belongs_to_one_origin(value: str, url: str, expected: dict[str, str]) -> None:
    """Scheme, host and port as a browser understands them; an address with a login in it needs no other."""
    logins = read_logins({"SECNEWS_AUTH_WORK": value, "SECNEWS_AUTHOR": "x", "AUTH": "https://feeds.example x:y"})
    assert logins.problems == ()
    assert logins.headers(url) == expected


@pytest.mark.parametrize(
    "value",
    ["", "hunter2", "https://feeds.example", "https://feeds.example hunter2", "ftp://feeds.example ada:hunter2",
     "https://ada:hunter2@feeds.example x:y", "https://feeds.example X-Key: hunter2\r\nHost: evil", "ada:hunter2"],
)  # fmt: skip
def test_what_is_not_understood_is_said_without_showing_it(value: str) -> None:
    """One sentence with the name of the variable; the others count all the same."""
    logins = read_logins({"SECNEWS_AUTH_A": value, "SECNEWS_AUTH_B": "https://feeds.example ada:hunter2"})
    [problem] = logins.problems
    assert problem.startswith("SECNEWS_AUTH_A was left out")
    assert "hunter2" not in problem
    assert logins.headers("https://feeds.example/") == ADA


def test_netrc_is_read_only_if_it_is_named(tmp_path: Path) -> None:
    """The usual file and NETRC are no consent: the sites in it would learn who reads their feeds."""
    named = netrc(tmp_path, "machine feeds.example login ada password hunter2\n")
    (tmp_path / ".netrc").write_bytes((tmp_path / "netrc").read_bytes())
    (tmp_path / ".netrc").chmod(0o600)
    url = "https://feeds.example/feed"
    assert read_logins({"HOME": str(tmp_path), "NETRC": named["SECNEWS_NETRC"]}).headers(url) == {}
    assert read_logins(named).headers(url) == ADA
    assert read_logins({"SECNEWS_NETRC": "~/.netrc", "HOME": str(tmp_path)}).headers(url) == ADA


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://feeds.example/", ADA),
        ("https://feeds.example:8443/", ADA),
        ("http://feeds.example/", {}),
        ("https://other.example/", {}),
        ("https://sub.feeds.example/", {}),
        ("https://empty.example/", {}),
        ("https://eve:x@feeds.example/", {}),
    ],
)
def test_an_entry_of_netrc_is_for_that_host_and_https(tmp_path: Path, url: str, expected: dict[str, str]) -> None:
    """No other host, nothing in the clear, never the `default` entry; macros are passed over."""
    text = (
        "macdef init\ncd /pub\n\nmachine Feeds.example\n login ada\n account x\n password hunter2\n"
        "machine empty.example\ndefault login anonymous password ada@example.com\n"
    )
    logins = read_logins(netrc(tmp_path, text))
    assert logins.problems == ()
    assert logins.headers(url) == expected


def test_what_is_named_outright_counts_before_netrc(tmp_path: Path) -> None:
    """A variable for this origin leaves netrc alone."""
    named = netrc(tmp_path, "machine feeds.example login eve password x\n")
    logins = read_logins(named | {"SECNEWS_AUTH_A": "https://feeds.example ada:hunter2"})
    assert logins.headers("https://feeds.example/") == ADA


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_netrc_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    """As ssh and curl's manual want it: nobody but its owner."""
    logins = read_logins(netrc(tmp_path, "machine feeds.example login ada password hunter2\n", mode))
    assert logins.headers("https://feeds.example/") == {}
    assert "chmod 600" in logins.problems[0]


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "damaged", "bytes", "huge", "nul"])
def test_a_netrc_that_cannot_be_read_is_said_at_once(tmp_path: Path, kind: str) -> None:
    """One clean sentence, no waiting for a pipe, and no word of what stands in it."""
    path = tmp_path / "netrc"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path, 0o600)
    elif kind != "missing":
        content = {"damaged": b"machine x hunter2 y\n", "bytes": b"machine \xff\xfe hunter2", "huge": b"#" * 70_000}
        path.write_bytes(content.get(kind, b""))
        path.chmod(0o600)
    logins = read_logins({"SECNEWS_NETRC": str(path) + ("\0" if kind == "nul" else "")})
    [problem] = logins.problems
    assert problem.isprintable()
    assert "was left out" in problem
    assert "hunter2" not in problem


@given(st.dictionaries(st.sampled_from(["SECNEWS_AUTH_A", "SECNEWS_AUTH_B", "HOME"]), st.text()))
def test_any_environment_is_read(environ: dict[str, str]) -> None:
    """Whatever stands in the variables: headers that can be sent, or a clean sentence."""
    logins = read_logins(environ)
    assert all(problem.isprintable() for problem in logins.problems)
    for (scheme, _host, _port), headers in logins.by_origin.items():
        assert scheme in ("http", "https")
        assert not any(sign in name + value for name, value in headers.items() for sign in "\r\n\0")


def test_nothing_shows_a_login() -> None:
    """A traceback with locals or a log line prints a `repr`."""
    logins = read_logins({"SECNEWS_AUTH_A": "https://feeds.example ada:hunter2"})
    assert "hunter2" not in repr(logins)
    assert basic("ada:hunter2") not in repr(logins)


async def test_logins_are_sent_to_their_origin_only() -> None:
    """Over a real connection: also after a redirect on the same origin, never on another port, never in an error."""
    async with serving({"/end": reply()}) as other, serving({}) as server:
        server.routes |= {"/feed": redirect("/same"), "/same": redirect(other.url("/end"))}
        logins = read_logins({"SECNEWS_AUTH_A": f"{server.url('/')} ada:hunter2"})
        async with client(server, other, logins=logins) as reader:
            fetched = await reader.fetch(server.url())
            error = await failure(reader, server.url("/none"))
        assert [one.headers.get("authorization") for one in server.requests] == [basic("ada:hunter2")] * 3
        assert "authorization" not in other.requests[0].headers
        assert "hunter2" not in repr(fetched) + str(error) + repr(error)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, basic("env:x")),
        ({"headers": {"authorization": "Bearer y"}}, "Bearer y"),
        ({"headers": {"authorization": "Bearer y"}, "auth": ("ada", "hunter2")}, basic("ada:hunter2")),
        ({"auth": ("ada", "p:%41 ü")}, basic("ada:p:%41 ü")),
    ],
)
async def test_what_is_given_for_the_source_counts_first(
    server: Server, options: dict[str, object], expected: str
) -> None:
    """One Authorization header, the most particular one; header names are the same in any case."""
    logins = read_logins({"SECNEWS_AUTH_A": f"{server.url('/')} env:x"})
    async with client(server, logins=logins) as reader:
        await reader.fetch(server.url(), **options)  # type: ignore[arg-type]  # from the table
    [request] = server.requests
    assert request.headers["authorization"] == expected
    assert list(request.headers).count("authorization") == 1


async def test_a_login_in_the_address_replaces_that_of_the_environment(server: Server) -> None:
    """What was typed for this source is meant."""
    logins = Logins({("http", "127.0.0.1", server.port): {"Authorization": basic("env:x")}})
    async with client(server, logins=logins) as reader:
        await reader.fetch(server.url().replace("://", "://ada:hunter2@"))
    assert server.requests[0].headers["authorization"] == basic("ada:hunter2")
