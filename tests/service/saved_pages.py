"""Invented pages and feeds for tests of saving: articles whose feed gives a teaser and whose page has all of it."""

from __future__ import annotations

import struct
import zlib

from feed_server import FeedServer

PARAGRAPHS = (
    "Thieves emptied the accounts of forty shops in the harbour district overnight, using a copied service key.",
    "“We found the copy within an hour of the first report,” said Ada Novak, an analyst at Northlight Labs.",
    "The processor has replaced every key since then and asks its customers to look through their statements closely.",
    "Investigators believe that the key was taken from a build server whose backups lay open to anybody for months.",
    "“Nobody had asked who could read those backups,” Novak said. The company declined to answer further questions.",
    "Shops that lost money are to be paid back within ten days, according to a letter which the processor sent out.",
)
DOT = "/dot{}.png"


def png(number: int = 0) -> bytes:
    """A picture of one dot, of its own for each number."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    dot = zlib.compress(b"\0" + bytes((number % 256, number // 256, 9)))
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")


def page(
    number: int = 0, *, paragraphs: tuple[str, ...] = PARAGRAPHS, images: tuple[str, ...] = ("/dot{}.png",)
) -> str:
    """A web page around an article, with its images in the middle."""
    pictures = "".join(f'<figure><img src="{image.format(number)}" alt="A dot"></figure>' for image in images)
    half = len(paragraphs) // 2
    before, after = ("".join(f"<p>{one}</p>" for one in part) for part in (paragraphs[:half], paragraphs[half:]))
    return (
        f"<!doctype html><html lang=en><head><title>Case {number} | Harbour Desk</title></head><body>"
        f"<nav>Home News</nav>"
        f"<article><h1>Case {number}</h1>{before}<p>Case number {number} is open.</p>{pictures}{after}</article>"
        f"<footer>About us</footer></body></html>"
    )


def feed(server: FeedServer, count: int = 1, teaser: str = PARAGRAPHS[0]) -> str:
    """A feed of teasers that link to `/case0` …"""
    items = "".join(
        f"<item><guid>case-{number}</guid><title>Case {number}</title><link>{server.url(f'/case{number}')}</link>"
        f"<description>{teaser}</description></item>"
        for number in range(count)
    )
    return (
        f"<rss version='2.0'><channel><title>Harbour Desk</title><link>{server.url('/')}</link>{items}</channel></rss>"
    )


def serve(server: FeedServer, count: int = 1) -> str:
    """Serve a feed, its pages and their images; returns the address of the feed."""
    for number in range(count):
        server.put(f"/case{number}", page(number), content_type="text/html")
        server.put(f"/dot{number}.png", png(number), content_type="image/png")
    return server.put("/feed", feed(server, count))
