"""A web server on loopback for the tests of the command line: its pages are functions, so that they can misbehave."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class _Quiet(ThreadingHTTPServer):
    """A client that goes away in the middle is what half of these tests are about."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


class Site:
    """`pages` maps a path to what answers it; `asked` is every path that was asked for, in order."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.stopping = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                answer = site.pages.get(self.path, plain(b"nothing here", status=404, kind="text/plain"))
                with suppress(OSError):
                    answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
                pass

        self._server = _Quiet(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: bytes | str, **more: object) -> str:
        """Serve a feed (or what `more` says it is) at `path`; returns its address."""
        encoded = body if isinstance(body, bytes) else body.encode()
        self.pages[path] = plain(encoded, **more)  # type: ignore[arg-type]  # tests name the arguments of `plain`
        return self.url(path)

    def endless(self, path: str) -> str:
        """Serve a body that never ends."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Type", "application/rss+xml")
            request.end_headers()
            request.wfile.write(b"<?xml version='1.0'?><rss version='2.0'><channel>")
            while not self.stopping.wait(0.05):
                request.wfile.write(b" " * 64)

        self.pages[path] = answer
        return self.url(path)

    def bomb(self, path: str, mebibytes: int = 64) -> str:
        """Serve a small gzip body that unpacks to `mebibytes` of blanks."""
        self.pages[path] = plain(_packed(mebibytes), headers={"Content-Encoding": "gzip"})
        return self.url(path)

    @contextmanager
    def running(self) -> Iterator[Site]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.stopping.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


@cache
def _packed(mebibytes: int) -> bytes:
    """A gzip body made piece by piece: the test must not itself hold what it unpacks to."""
    packer = zlib.compressobj(1, wbits=31)
    pieces = [packer.compress(b" " * (1 << 20)) for _ in range(mebibytes)]
    return b"".join([*pieces, packer.flush()])


def plain(
    body: bytes, *, status: int = 200, kind: str = "application/rss+xml", headers: dict[str, str] | None = None
) -> Answer:
    """An ordinary answer with its length."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def rss(*titles: str, name: str = "Harbour Desk", text: str = "") -> str:
    """A feed of invented articles; with `text`, each has it as its content."""
    items = "".join(
        f"<item><title>{_xml(title)}</title><link>https://news.example.com/{number}</link><guid>{number}</guid>"
        f"<pubDate>Mon, {number:02d} Jun 2026 08:00:00 GMT</pubDate><description>{_xml(text)}</description></item>"
        for number, title in enumerate(titles, start=1)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel>'
        f"<title>{_xml(name)}</title><link>https://news.example.com/</link>{items}</channel></rss>"
    )


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
