"""What is sent: one GET for one address, and nothing that tells more about the reader than it must (pure)."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from reader import __version__
from reader.sources.policy import DEFAULT_PORTS
from reader.text.addresses import join, normalise

FEED_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.6, */*;q=0.1"
)
PAGE_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.8, text/plain;q=0.7, */*;q=0.1"
IMAGE_ACCEPT = "image/png, image/jpeg, image/gif, image/webp, image/avif;q=0.8"

RawHeaders = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart for a request; `url` is without user-info and fragment, `target` is path and query.

    `credentials` is the value of an Authorization header made of the address's user-info, "" if it had none. What may
    hold a secret is kept out of `repr`, as a traceback may show that.
    """

    url: str = field(repr=False)
    scheme: str
    host: str
    port: int
    target: str = field(repr=False)
    credentials: str = field(default="", repr=False)

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str) -> Target | None:
    """Return the request target that `url` means to a browser, None if it is not an http(s) address."""
    if not join("", url):
        return None
    address = normalise(url)
    parts = urlsplit(address)
    host, port = (parts.hostname or "").rstrip("."), parts.port  # certificates do not know the dot of the DNS root
    if parts.scheme not in DEFAULT_PORTS or not host or not host.isascii() or port == 0:
        return None
    path = parts.path or "/"
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="")
    return Target(
        url=bare.geturl(),
        scheme=parts.scheme,
        host=host,
        port=port or DEFAULT_PORTS[parts.scheme],
        target=f"{path}?{parts.query}" if parts.query else path,
        credentials=_user_info(parts.username, parts.password),
    )


def headers(
    target: Target,
    *,
    agent: str,
    accept: str,
    etag: str = "",
    last_modified: str = "",
    secrets: Mapping[str, str] | None = None,
) -> RawHeaders:
    """Return the headers of one GET. `secrets` (Authorization, a user's own) only belong in one to the same origin."""
    lines = {
        "Host": target.host_header,
        "User-Agent": agent,
        "Accept": accept,
        "Accept-Encoding": "gzip",
    }
    if etag:
        lines["If-None-Match"] = etag
    if last_modified:
        lines["If-Modified-Since"] = last_modified
    taken = {name.lower() for name in lines} | _NOT_OURS_TO_SET
    lines |= {name: value for name, value in (secrets or {}).items() if name.lower() not in taken}
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in lines.items() if sendable(name, value)]


def user_agent(contact: str = "") -> str:
    """Return `secnews/<version>` with how to reach whoever runs it, so that a server's owner can talk to a person."""
    kept = re.sub(r"[^!-'*-\[\]-~ ]", "", contact)[:200].strip()
    return f"secnews/{__version__} (+{kept})" if kept else f"secnews/{__version__} (feed reader)"


# A body or a hop header would change what a GET is; the user's own headers are for logins.
_NOT_OURS_TO_SET = frozenset({
    "connection", "content-length", "content-type", "expect", "keep-alive", "proxy-authorization", "referer", "te",
    "trailer", "transfer-encoding", "upgrade",
})  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_VALUE = re.compile(r"[\t -~\xa0-\xff]{0,8000}")


def sendable(name: str, value: str) -> bool:
    """Whether this can be sent as a header: a name and a value of HTTP (RFC 9110, 5), and neither splits a request."""
    return bool(_NAME.fullmatch(name) and _VALUE.fullmatch(value))


def basic(username: str, password: str) -> str:
    """Return the value of an Authorization header for Basic authentication (RFC 7617, in UTF-8)."""
    pair = f"{username}:{password}".encode("utf-8", "surrogateescape")
    return "Basic " + base64.b64encode(pair).decode("ascii")


def _user_info(username: str | None, password: str | None) -> str:
    if username is None and password is None:
        return ""
    return basic(unquote(username or ""), unquote(password or ""))
