"""The images of an article on demand: from the library without a network, else fetched with the source's consent."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from feed_server import FeedServer
from saved_pages import page, png, serve

from reader.config import Config
from reader.errors import SourceError, UsageError
from reader.model import Article, Media, Picture, View
from reader.service import actions, jobs, pictures
from reader.service.adding import add
from reader.service.library import Library
from reader.service.stateless import open_direct
from reader.service.whole_pages import fetch_pages, fetch_wanted

pytest.importorskip("PIL")


def asked(server: FeedServer) -> list[str]:
    return [hit.path for hit in server.hits]


def drawn(library: Library, article: Article, url: str, *, width: int, height: int, **how: Any) -> Picture:
    return pictures.picture(pictures.content(library, article, url, **how), width=width, height=height)


def whole(library: Library, server: FeedServer) -> int:
    """An article whose whole text, with an image, is shown; it is not saved."""
    add(library, serve(server, 1))
    (article,) = library.ids(View())
    fetch_pages(library, [article])
    return article


def test_images_are_listed_with_their_words(library: Library, server: FeedServer) -> None:
    """Images of the text in order, then enclosed ones, each once; what is saved is said; the words come along."""
    article = whole(library, server)
    found = library.article(article)
    listed = pictures.listed(library, found)
    assert [tuple(one) for one in listed] == [(server.url("/dot0.png"), "A dot", False)]
    enclosed = (
        Media("https://img.example.com/e.jpg", "image/jpeg"),
        Media("https://img.example.com/a.mp3", "audio/mpeg"),
    )
    more = pictures.listed(library, replace(found, enclosures=enclosed))
    assert [one.url for one in more][1:] == ["https://img.example.com/e.jpg"]


def test_nothing_is_fetched_before_it_is_asked_for(library: Library, server: FeedServer) -> None:
    """Listing asks nobody; a picture asks for just its image, keeps nothing, and is the picture."""
    article = whole(library, server)
    found = library.article(article)
    pictures.listed(library, found)
    assert "/dot0.png" not in asked(server)
    made = drawn(library, found, server.url("/dot0.png"), width=50, height=50)
    assert asked(server).count("/dot0.png") == 1
    assert len(made.pixels) == made.width * made.height * 3
    with library.database.read() as c:
        assert c.execute("SELECT count(*) FROM blob").fetchone() == (0,)


def test_saved_images_need_no_network(library: Library, server: FeedServer) -> None:
    """With the server gone and offline a saved image is drawn from the library; another one says why it is not."""
    add(library, serve(server, 1))
    (article,) = library.ids(View())
    actions.save(library, [article])
    fetch_wanted(library)
    found = library.article(article)
    url = server.url("/dot0.png")
    count = len(server.hits)
    assert [one.saved for one in pictures.listed(library, found)] == [True]
    made = drawn(library, found, url, width=50, height=50, offline=True)
    assert made == jobs.read_picture(png(), width=50, height=50)
    with pytest.raises(SourceError, match="offline"):
        drawn(library, found, server.url("/other.png"), width=9, height=9, offline=True)
    assert len(server.hits) == count


@pytest.mark.parametrize(
    ("path", "body", "kind", "words"),
    [
        ("/x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "no image of a kind"),
        ("/large.png", png()[:8] + b"x" * (3 << 20), "image/png", "2"),
        ("/broken.png", png()[:8] + b"x" * 100, "image/png", "cannot be read as an image"),
        ("/gone.png", None, "", "404"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    library: Library, server: FeedServer, path: str, body: bytes | None, kind: str, words: str
) -> None:
    """SVG, too many bytes, damaged bytes, an error of the server: one sentence each."""
    found = library.article(whole(library, server))
    if body is not None:
        server.put(path, body, content_type=kind)
    with pytest.raises(SourceError, match=words):
        drawn(library, found, server.url(path), width=50, height=50)


def test_an_image_leads_to_no_private_address(library: Library, server: FeedServer) -> None:
    """The consent of the source is for its host and port: an image elsewhere on this machine is not asked for."""
    found = library.article(whole(library, server))
    with FeedServer().running() as other:
        other.put("/in.png", png(), content_type="image/png")
        server.put("/away.png", b"", status=302, headers={"Location": other.url("/in.png")}, validate=False)
        for url in (other.url("/in.png"), server.url("/away.png"), "http://169.254.169.254/x.png"):
            with pytest.raises(SourceError, match=r"consented|nobody"):
                drawn(library, found, url, width=50, height=50)
        assert other.hits == []


def test_what_was_only_opened_has_the_consent_of_whoever_typed_it(library: Library, server: FeedServer) -> None:
    """`secnews URL` shows the images of that host and port, and of no other."""
    serve(server, 1)
    (article,) = open_direct(server.url("/case0"), library_config=Config())
    made = drawn(library, article, server.url("/dot0.png"), width=50, height=50)
    assert made.width > 0


def test_a_picture_can_be_cancelled(library: Library, server: FeedServer) -> None:
    """A cancelled picture is a sentence at once, though the server hangs."""
    found = library.article(whole(library, server))
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(SourceError, match="cancelled"):
        drawn(library, found, server.url("/dot0.png"), width=50, height=50, cancel=cancel)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is fetched."""
    monkeypatch.setattr(pictures, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"secnews\[images\]"):
        pictures.ready()


def test_the_page_of_a_local_file_has_no_hole(library: Library, server: FeedServer, tmp_path: Path) -> None:
    """A file that names an image on this machine has nobody's consent for it."""
    file = tmp_path / "one.html"
    file.write_text(page(0).replace("/dot0.png", server.url("/dot0.png")), encoding="utf-8")
    (article,) = open_direct(str(file), library_config=Config())
    assert [one.url for one in pictures.listed(library, article)] == [server.url("/dot0.png")]
    with pytest.raises(SourceError, match="consented"):
        drawn(library, article, server.url("/dot0.png"), width=50, height=50)
