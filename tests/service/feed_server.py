"""A real web server on loopback, a clock that stands still, and feeds that we invented."""

from __future__ import annotations

import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class Page:
    """What the server answers for one path; with `validate` it gives an ETag and answers 304.

    With a `password` ("user:password") it answers 401 to everybody else.
    """

    body: bytes = b""
    content_type: str = "application/xml"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    validate: bool = True
    delay: float = 0.0
    password: str = ""


@dataclass
class Hit:
    path: str
    status: int
    sent: int
    login: str = ""


class FeedServer:
    """A web server on loopback whose pages can be changed while it runs; it remembers what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.hits: list[Hit] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server.answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """A client that hangs up early is what some tests are about."""

        self._http = Server(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: bytes | str, **fields: object) -> str:
        """Serve `body` at `path` from now on; returns its address."""
        encoded = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(encoded, **fields)  # type: ignore[arg-type]  # tests name fields of Page
        return self.url(path)

    def bodies(self) -> int:
        """How many bytes of content went out since the last call."""
        sent = sum(hit.sent for hit in self.hits)
        self.hits.clear()
        return sent

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        page = self.pages.get(request.path) or Page(b"nothing here", "text/plain", 404, validate=False)
        if page.delay:
            threading.Event().wait(page.delay)
        etag = f'"{sha256(page.body).hexdigest()[:16]}"' if page.validate and page.status == 200 else ""
        login = request.headers.get("Authorization", "")
        if page.password and login != f"Basic {b64encode(page.password.encode()).decode()}":
            page = Page(b"who are you", "text/plain", 401, validate=False)
            etag = ""
        same = bool(etag) and request.headers.get("If-None-Match") == etag
        body = b"" if same or page.status in (204, 304) else page.body
        status = 304 if same else page.status
        self.hits.append(Hit(request.path, status, len(body), login))
        request.send_response(status)
        if etag:
            request.send_header("ETag", etag)
        for name, value in page.headers.items():
            request.send_header(name, value)
        if status not in (204, 304):
            request.send_header("Content-Type", page.content_type)
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    @contextmanager
    def running(self) -> Iterator[FeedServer]:
        self._thread.start()
        try:
            yield self
        finally:
            self._http.shutdown()
            self._http.server_close()
            self._thread.join()


class Clock:
    """The time of a library under test: it stands still until moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


def rss(*items: str, title: str = "Harbour Watch", link: str = "https://harbour.example/") -> str:
    """An RSS 2.0 document around `item`s."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{title}</title><link>{link}</link><description>News of the port</description>"
        f"{''.join(items)}</channel></rss>"
    )


def item(
    number: int,
    *,
    title: str | None = None,
    guid: str | None = None,
    link: str | None = None,
    date: str = "Mon, 02 Nov 2026 10:00:00 GMT",
    body: str = "",
) -> str:
    """One RSS item; an empty field is left out."""
    fields = {
        "title": f"Story {number}" if title is None else title,
        "guid": f"urn:harbour:{number}" if guid is None else guid,
        "link": f"https://harbour.example/{number}" if link is None else link,
        "pubDate": date,
        "description": body
        or f"&lt;p&gt;“The pumps were switched off by hand,” said Ines Vidal, an engineer, in {number}.&lt;/p&gt;",
    }
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items() if value)
    return f"<item>{inner}</item>"
