"""A site on loopback for tests of the room: a feed of teasers, their pages and images, each of which can be changed."""

from __future__ import annotations

import struct
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TEASER = "Thieves emptied the accounts of forty shops in the harbour district overnight, using a copied key."
REST = (
    "“Nobody should trust a key that was copied once,” said Ada Merrin, head of research at Copper Fox Labs.",
    "The processor has replaced every key and asks its customers to look through their statements closely.",
    "The police of the harbour district count on more shops coming forward during the next 14 days, it said.",
)


def png(width: int = 8, height: int = 6, colour: tuple[int, int, int] = (200, 30, 60)) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(colour) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


class Site:
    """`answers` are status, type and body by path; a path in `held` answers when `release` is set."""

    def __init__(self, articles: int = 1) -> None:
        self.asked: list[str] = []
        self.held: set[str] = set()
        self.release = threading.Event()
        self.answers: dict[str, tuple[int, str, bytes]] = {}
        self.locations: dict[str, str] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                if self.path in site.held:
                    site.release.wait(20)
                code, kind, body = site.answers.get(self.path, (404, "text/plain", b"no"))
                self.send_response(code)
                self.send_header("Content-Type", kind)
                if self.path in site.locations:
                    self.send_header("Location", site.locations[self.path])
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        items = "".join(
            f"<item><guid>{n}</guid><title>Case {n}</title><link>{self.url}/case{n}</link>"
            f"<description>{TEASER}</description></item>"
            for n in range(articles)
        )
        self.put("/feed", f"<rss><channel><title>Harbour Desk</title>{items}</channel></rss>", "application/rss+xml")
        for n in range(articles):
            self.put_page(f"/case{n}", [TEASER, *REST], title=f"Case {n}")
        self.put("/dot.png", png(), "image/png")

    def put(self, path: str, body: str | bytes, kind: str = "text/html", code: int = 200, location: str = "") -> None:
        if location:
            self.locations[path] = location
        self.answers[path] = (code, kind, body.encode() if isinstance(body, str) else body)

    def put_page(self, path: str, paragraphs: list[str], *, title: str = "Case", image: str = "/dot.png") -> None:
        words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        picture = f'<figure><img src="{image}" alt="A copied key"></figure>' if image else ""
        self.put(path, f"<html><body><article><h1>{title}</h1>{picture}{words}</article></body></html>")

    def close(self) -> None:
        self.release.set()
        self.server.shutdown()
        self.server.server_close()
