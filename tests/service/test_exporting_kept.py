"""Exports of saved articles: images within or beside, quotes and highlights marked, proof of where they come from."""

from __future__ import annotations

import csv
import io
import re
import shutil
import struct
import subprocess
import threading
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from feed_server import FeedServer
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from saved_pages import PARAGRAPHS, page, png, serve

from reader.extract import extract
from reader.model import Article, Block, BlockType, Document, Link, View
from reader.service import actions, notes, saving
from reader.service.adding import add
from reader.service.exporting import articles as exporting
from reader.service.exporting.blocks import body
from reader.service.exporting.marking import Mark
from reader.service.exporting.pictures import picture
from reader.service.library import Library
from reader.service.whole_pages import fetch_wanted

GIF = b"GIF89a\x03\x00\x02\x00\x80\x00\x00" + bytes(6) + b",\0\0\0\0\3\0\2\0\0\2\2\x84\x51\0;"
JPEG = b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc0\x00\x0b\x08\x00\x02\x00\x03\x01\x01\x11\x00\xff\xd9"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f" + struct.pack("<I", 2 | 1 << 14) + bytes(8)


@pytest.fixture
def kept(library: Library, server: FeedServer) -> list[Article]:
    """Two saved articles with images, the first with a note and a highlight."""
    add(library, serve(server, 2))
    ids = list(library.ids(View()))
    server.put("/case0", page(images=("/dot0.png", "/w.webp", "/x.png")), content_type="text/html")
    server.put("/w.webp", WEBP, content_type="image/webp")
    server.put("/x.png", png()[:20], content_type="image/png")
    actions.save(library, ids)
    fetch_wanted(library)
    first = next(number for number in ids if library.rows([number])[0].title == "Case 0")
    notes.add(library, first, "Ask <them>")
    notes.add(library, first, "whose?", words="backups lay open")
    return exporting.chosen(library, sorted(ids, key=lambda number: number != first))


def written(library: Library, given_: list[Article], form: str) -> bytes:
    found = exporting.kept_of(library, given_, form)
    return exporting.document(given_, form, title="Saved", now=library.now(), kept=found)


def test_a_web_page_holds_all_of_it(library: Library, kept: list[Article]) -> None:
    """Images as data, quotes and highlights marked with who says it, hashes and times; what is left out, and why."""
    text = written(library, kept, "html").decode()
    tree = etree.fromstring(text.encode(), etree.HTMLParser())
    sources = tree.xpath("//img/@src")
    assert [b64decode(source.partition("base64,")[2]) for source in sources] == [png(), WEBP, png(1)]
    assert all(source.startswith("data:image/") for source in sources)
    assert "img-src data:" in text
    assert tree.xpath("//img/@alt") == ["A dot"] * 3
    marked = "".join("".join(mark.itertext()) for mark in tree.xpath("//mark[contains(@class, 'expert')]"))
    for quote in kept[0].quotes:
        assert quote.text in marked or quote.speaker is None or quote.speaker.voice.value != "expert"
    assert any("Ada Novak" in title for title in tree.xpath("//mark/@title"))
    (highlight,) = tree.xpath("//mark[contains(@class, 'note')][@title]")
    assert "".join(highlight.itertext()) == "backups lay open"
    for article in kept:
        newest = saving.evidence(library, article.row.id).newest
        assert newest is not None
        for value in (newest.sha256, newest.text_sha256, newest.images[0].sha256, "2026-11-24T09:00:00Z"):
            assert value in text
    assert "x.png: it is damaged" in text
    assert "Ask &lt;them&gt;" in text


def test_an_e_book_holds_its_images(library: Library, kept: list[Article]) -> None:
    """Each image once, named by its bytes, in the list of the book; WebP is left out, and that is said."""
    book = zipfile.ZipFile(io.BytesIO(written(library, kept, "epub")))
    package = etree.fromstring(book.read("EPUB/package.opf"))
    listed = package.xpath("//*[local-name()='item'][starts-with(@media-type, 'image/')]/@href")
    assert {book.read(f"EPUB/{place}") for place in listed} == {png(), png(1)}
    chapters = [etree.fromstring(book.read(name)) for name in book.namelist() if re.search(r"/a\d+\.xhtml$", name)]
    assert sorted(source for chapter in chapters for source in chapter.xpath("//*[local-name()='img']/@src")) == sorted(
        listed
    )
    assert any("w.webp: not every e-book reader" in "".join(chapter.itertext()) for chapter in chapters)
    assert any(chapter.xpath("//*[local-name()='mark']") for chapter in chapters)


def test_notes_have_their_images_beside_them(library: Library, kept: list[Article], tmp_path: Path) -> None:
    """In a folder the images lie beside the note that shows them; it reads back with the same words."""
    folder = tmp_path / "notes"
    folder.mkdir()
    made = exporting.into_folder(library, kept, "md", folder, now=library.now())
    assert {path.name for path in folder.iterdir()} == {path.name for path in made}
    note = (folder / "Case 0.md").read_text()
    shown = re.findall(r"!\[[^]]*\]\(<([^>]*)>\)", note)
    assert [(folder / name.replace("%20", " ")).read_bytes() for name in shown] == [png(), WEBP]
    document = extract(note.encode(), name="Case 0.md")
    assert document.text.startswith(kept[0].document.text)
    assert "SHA-256 of the bytes" in document.text
    again = exporting.into_folder(library, kept, "md", folder, now=library.now())
    assert not {path.name for path in again} & {path.name for path in made}


def test_quotes_carry_their_proof(library: Library, kept: list[Article]) -> None:
    """Each row has the hash of the text that its offsets are of, and of the page that was fetched, when and where."""
    rows = list(csv.DictReader(io.StringIO(written(library, kept, "csv").decode())))
    newest = saving.evidence(library, kept[0].row.id).newest
    assert newest is not None
    mine = [row for row in rows if row["article_id"] == str(kept[0].row.id)]
    assert mine
    for row in mine:
        assert (row["text_sha256"], row["page_sha256"]) == (newest.text_sha256, newest.sha256)
        assert (row["final_url"], row["fetched"]) == (newest.final_url, "2026-11-24T09:00:00Z")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (png(), ("image/png", 1, 1)),
        (GIF, ("image/gif", 3, 2)),
        (JPEG, ("image/jpeg", 3, 2)),
        (WEBP, ("image/webp", 3, 2)),
        (b"\0\0\0\x1cftypavif" + bytes(20), ("image/avif", 0, 0)),
        (png()[:20], None),
        (GIF[:8], None),
        (JPEG[:9], None),
        (WEBP[:20], None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"", None),
    ],
)
def test_images_are_known_and_measured(content: bytes, expected: tuple[str, int, int] | None) -> None:
    """By their bytes; what is cut off or no image is none."""
    found = picture("https://a.example/x", content)
    assert (found and (found.type, found.width, found.height)) == expected


@given(st.sampled_from([png(), GIF, JPEG, WEBP, b""]), st.binary(max_size=40), st.integers(0, 40))
def test_measuring_never_fails(image: bytes, more: bytes, cut: int) -> None:
    """Whatever follows a beginning."""
    found = picture("u", image[:cut] + more)
    assert found is None or min(found.width, found.height) >= 0


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=5)


@given(st.text("ab<&\n “", max_size=40), SPANS, SPANS, st.sampled_from(list(BlockType)))
def test_marks_and_links_never_cross(text: str, marked: list[tuple[int, int]], linked: list[tuple[int, int]],
                                     kind: BlockType) -> None:  # fmt: skip
    """However quotes, highlights and links lie over each other, the elements are well-formed and no letter is lost."""
    marks = sorted(Mark(start, start + size, "expert", 'A "B"') for start, size in marked)
    links = tuple(sorted((Link(start, start + size, "https://a.example/") for start, size in linked if size),
                         key=lambda link: link.start))  # fmt: skip
    document = Document(text, (Block(0, len(text), kind, 1),), links)
    tree = etree.fromstring(f"<body>{''.join(body(document, marks))}</body>".encode())
    assert "".join(tree.itertext()).replace("\n\n", "\n").rstrip("\n") == text.replace("\n\n", "\n").rstrip("\n")


EPUBCHECK = Path("/usr/share/java/epubcheck.jar")


@pytest.mark.slow
@pytest.mark.skipif(not EPUBCHECK.is_file() or shutil.which("java") is None, reason="epubcheck is not installed")
def test_epub_with_images_passes_epubcheck(library: Library, kept: list[Article], tmp_path: Path) -> None:
    """The reference checker finds no error and no warning in a book with images, marks and provenance."""
    (tmp_path / "a.epub").write_bytes(written(library, kept, "epub"))
    command = ["java", "-jar", str(EPUBCHECK), str(tmp_path / "a.epub")]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "No errors or warnings" in told.stdout


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """A proxy that answers nobody: its port, and what it was asked for."""
    paths: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(502)

        do_CONNECT = do_POST = do_GET  # noqa: N815 - names of the base class

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server.server_address[1], paths
        server.shutdown()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_a_browser_asks_nobody(
    library: Library, kept: list[Article], tmp_path: Path, asked: tuple[int, list[str]]
) -> None:
    """Opened in a browser the page shows its text and sends no request, not even to the hosts that it names."""
    (tmp_path / "a.html").write_bytes(written(library, kept, "html"))
    port, paths = asked
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
               "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}",
               f"--proxy-server=127.0.0.1:{port}", "--proxy-bypass-list=<-loopback>",
               "--virtual-time-budget=3000"]  # fmt: skip
    command = ["chromium", *options, "--dump-dom", f"file://{tmp_path}/a.html"]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    assert PARAGRAPHS[-1].split("”")[0].strip("“") in re.sub(r"<[^>]*>", "", shown)
    assert [path for path in paths if "google" not in path] == []
