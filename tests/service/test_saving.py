"""Saving: text, bytes and images in the library, readable without anything else, and proof that they are the same."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from feed_server import Clock, FeedServer
from saved_pages import PARAGRAPHS, feed, page, png, serve

from reader.config import Config, Network
from reader.model import View, Wall
from reader.service import actions, full_text, notes, recovery, saving
from reader.service.adding import add
from reader.service.care import care
from reader.service.library import Library
from reader.service.refresh import refresh
from reader.service.whole_pages import fetch_pages, fetch_wanted, postpone, want


def added(library: Library, server: FeedServer, count: int = 1) -> list[int]:
    """The ids of the articles of a feed that was added, the first of it first."""
    add(library, serve(server, count))
    return list(library.ids(View()))


def test_saving_keeps_text_bytes_and_images(library: Library, server: FeedServer) -> None:
    """After `save` and the fetch that follows, a page's words, its bytes as they were sent and its images are kept."""
    (article,) = added(library, server)
    actions.save(library, [article])
    assert saving.evidence(library, article).state == "queued"
    assert [result.error for result in fetch_wanted(library)] == [""]
    kept = saving.evidence(library, article)
    assert kept.state == "complete"
    assert kept.newest is not None
    assert saving.source_bytes(library, kept.newest.id) == page().encode()
    assert kept.newest.sha256 == sha256(page().encode()).hexdigest()
    assert kept.newest.final_url == server.url("/case0")
    assert [tuple(image) for image in saving.images(library, article)] == [
        (server.url("/dot0.png"), "image/png", png())
    ]
    shown = library.article(article)
    assert all(paragraph in shown.document.text for paragraph in PARAGRAPHS)
    assert {quote.speaker.name for quote in shown.quotes if quote.speaker} >= {"Ada Novak"}
    assert kept.newest.text_sha256 == sha256(shown.document.text.encode()).hexdigest()
    assert [result.faults for result in saving.verify(library)] == [()]


def test_saved_articles_outlive_everything(library: Library, server: FeedServer, clock: Clock) -> None:
    """Source removed, page changed: what was saved reads as it did; undo brings back what was unsaved."""
    first, second = added(library, server, 2)
    actions.save(library, [first, second])
    fetch_wanted(library)
    before = [library.article(number) for number in (first, second)]
    server.put("/feed", feed(server, 2, teaser="Removed."))
    server.put("/case0", "<p>Gone</p>", content_type="text/html", status=404)
    clock.now += timedelta(hours=2)
    refresh(library, force=True)
    actions.remove_source(library, before[0].row.source_id)
    actions.unsave(library, [second])
    care(library)
    assert actions.undo(library) == "1 article no longer saved"
    after = [library.article(number) for number in (first, second)]
    assert [one.document.text for one in after] == [one.document.text for one in before]
    assert [len(one.quotes) for one in after] == [len(one.quotes) for one in before]
    assert [len(saving.images(library, number)) for number in (first, second)] == [1, 1]
    assert all(not result.faults for result in saving.verify(library))


def test_what_nobody_wants_back_goes(library: Library, server: FeedServer) -> None:
    """Bytes of an article that is no longer saved go with the next care, once no undo can bring them back."""
    (article,) = added(library, server)
    actions.save(library, [article])
    fetch_wanted(library)
    actions.undo(library)  # the saving itself: nothing can save it again
    care(library)
    assert saving.images(library, article) == []
    with library.database.read() as c:
        assert c.execute("SELECT count(*) FROM blob").fetchone() == (0,)


def test_saving_offline_waits_for_the_network(library: Library, server: FeedServer, clock: Clock) -> None:
    """What is saved while nothing can be fetched keeps the feed's text, is queued, and complete after a refresh."""
    (article,) = added(library, server)
    actions.save(library, [article])
    refresh(library, offline=True)
    kept = saving.evidence(library, article)
    assert (kept.state, [one.kind.value for one in kept.captures], saving.queued(library)) == ("queued", ["feed"], 1)
    clock.now += timedelta(minutes=1)
    refresh(library)
    assert (saving.evidence(library, article).state, saving.queued(library)) == ("complete", 0)


@pytest.mark.parametrize("table", ["blob", "image", "capture"])
def test_verifying_tells_what_was_changed(library: Library, server: FeedServer, table: str) -> None:
    """One changed byte of page, image or text is told; what was not changed is not."""
    first, second = added(library, server, 2)
    actions.save(library, [first, second])
    fetch_wanted(library)
    changes = {
        "blob": ("UPDATE blob SET packed = 0, content = ? WHERE id = (SELECT blob_id FROM capture WHERE article_id = ?"
                 " AND kind = 'page')", b"other"),
        "image": ("UPDATE blob SET content = ? WHERE id = (SELECT image.blob_id FROM image JOIN capture ON capture.id ="
                  " capture_id WHERE article_id = ?)", png(7)),
        "capture": ("UPDATE capture SET text = ? WHERE article_id = ? AND kind = 'page'", b"\0"),
    }  # fmt: skip
    sql, value = changes[table]
    with library.database.write() as c:
        assert c.execute(sql, (value, first)).rowcount == 1
    found = {result.article_id: len(result.faults) for result in saving.verify(library)}
    assert found == {first: 1, second: 0}


def test_verifying_hashes_the_text_that_is_read(library: Library, server: FeedServer) -> None:
    """The article's text in the library is changed behind the program's back: told, and of this article only."""
    first, second = added(library, server, 2)
    actions.save(library, [first, second])
    fetch_wanted(library)
    words = library.article(first).document.text.replace("forty", "fifty")
    with library.database.write() as c:
        c.execute("UPDATE body SET text = ? WHERE article_id = ?", (zlib.compress(words.encode()), first))
    found = {result.article_id: result.faults for result in saving.verify(library)}
    assert found == {first: ("The text that is read is none of those that were kept.",), second: ()}
    with library.database.write() as c:
        c.execute("UPDATE body SET text = 'x' WHERE article_id = ?", (first,))
    assert len(saving.verify(library, [first])[0].faults) == 1


def test_what_a_source_changes_is_another_revision(library: Library, server: FeedServer, clock: Clock) -> None:
    """Where no page can be had, a feed's new text is kept beside the first, also when read back and forth."""
    (article,) = added(library, server)
    server.put("/case0", "", status=404)
    actions.save(library, [article])
    fetch_wanted(library)
    server.put("/feed", feed(server, 1, teaser="It was forty-two shops, “and no more,” said Ada Novak of Northlight."))
    clock.now += timedelta(hours=2)
    refresh(library, force=True)
    kept = saving.evidence(library, article).captures
    assert [(one.kind.value, one.revision) for one in kept] == [("feed", 1), ("feed", 2)]
    assert "forty-two" in saving.text_of(library, kept[1].id).text
    assert "forty-two" in library.article(article).document.text
    server.put("/case0", page(), content_type="text/html")
    fetch_pages(library, [article])
    for _ in range(3):
        assert [result.faults for result in saving.verify(library)] == [()]
        full_text.toggle(library, article)


def test_saved_with_the_whole_text_shown(library: Library, server: FeedServer) -> None:
    """What the feed gave is kept as the feed's, although the page's text is read; both verify."""
    (article,) = added(library, server)
    fetch_pages(library, [article])
    actions.save(library, [article])
    (kept,) = saving.evidence(library, article).captures
    assert (kept.kind.value, saving.text_of(library, kept.id).text) == ("feed", PARAGRAPHS[0])
    assert [result.faults for result in saving.verify(library)] == [()]
    full_text.toggle(library, article)
    assert [result.faults for result in saving.verify(library)] == [()]


def test_images_are_bounded_and_known_by_their_bytes(library: Library, server: FeedServer) -> None:
    """SVG, pages that call themselves images, too large ones and those at private hosts are not kept, and say why."""
    source = add(library, serve(server))
    (article,) = library.ids(View(source_id=source.id))
    images = (
        "/dot0.png",
        "/lie.png",
        "/drawing.png",
        "/large.png",
        "http://127.0.0.2:9/x.png",
        "data:image/png;base64,AA",
    )
    server.put("/case0", page(images=images), content_type="text/html")
    server.put("/lie.png", "<html>no</html>", content_type="image/png")
    server.put("/drawing.png", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", content_type="image/svg+xml")
    server.put("/large.png", png() + bytes(3 << 20), content_type="image/png")
    actions.save(library, [article])
    fetch_wanted(library)
    newest = saving.evidence(library, article).newest
    assert newest is not None
    assert {image.url.rpartition("/")[2]: bool(image.sha256) for image in newest.images} == {
        "dot0.png": True, "lie.png": False, "drawing.png": False, "large.png": False, "x.png": False,
    }  # fmt: skip
    assert all(image.problem for image in newest.images if not image.sha256)


WALLS = {
    Wall.PAYWALL: "<article><h1>Case</h1><p>Thieves emptied the accounts of forty shops overnight.</p>"
    "<p>Subscribe to continue reading. Already a subscriber? Sign in.</p></article>",
    Wall.COOKIES: "<main><p>We and our partners use cookies to measure how our pages are read.</p>"
    "<p>Accept all or manage preferences in our cookie policy.</p></main>",
    Wall.SCRIPT: "<main><p>Please enable JavaScript to view this page.</p></main>",
    Wall.CAPTCHA: "<title>Just a moment...</title><main><p>Verify you are human by doing as follows.</p></main>",
}


@pytest.mark.parametrize("wall", list(WALLS))
def test_walls_are_told_and_the_feed_stays(library: Library, server: FeedServer, wall: Wall) -> None:
    """A page that is no article takes nothing away: the feed's text stays, and the reason is said."""
    (article,) = added(library, server)
    server.put("/case0", f"<html><body>{WALLS[wall]}</body></html>", content_type="text/html")
    (result,) = fetch_pages(library, [article])
    info = saving.page_info(library, article)
    assert (result.error, result.shown) == ("", False)
    assert info is not None
    assert (info.wall, info.shown) == (wall, False)
    assert info.reason == result.reason
    assert "stays" in info.reason
    assert library.article(article).document.text == PARAGRAPHS[0]


def test_full_text_by_source(library: Library, server: FeedServer, clock: Clock) -> None:
    """A source whose full text is wanted gets the pages of its articles with the refresh; others do not."""
    ids = added(library, server, 3)
    actions.edit_source(library, library.sources()[0].id, full_text=True)
    clock.now += timedelta(hours=2)
    refresh(library)
    assert all(PARAGRAPHS[-1] in library.article(number).document.text for number in ids)
    asked = len(server.hits)
    refresh(library)
    assert len(server.hits) == asked


def test_a_failing_page_is_tried_again_later(library: Library, server: FeedServer, clock: Clock) -> None:
    """A server that fails is asked again after a while, one that says 404 is not; both are said."""
    busy, gone = added(library, server, 2)
    server.put("/case0", "", status=500)
    server.put("/case1", "", status=404)
    actions.save(library, [busy, gone])
    assert all(result.error for result in fetch_wanted(library))
    assert [saving.evidence(library, number).state for number in (busy, gone)] == ["queued", "text"]
    assert fetch_wanted(library) == []
    server.put("/case0", page(), content_type="text/html")
    clock.now += timedelta(hours=1)
    assert [result.article_id for result in fetch_wanted(library)] == [busy]
    assert saving.evidence(library, busy).state == "complete"


def test_revisions_are_kept_when_the_text_changes(library: Library, server: FeedServer, clock: Clock) -> None:
    """Fetched again, the same text makes no new revision; another does, and the first stays."""
    (article,) = added(library, server)
    actions.save(library, [article])
    fetch_wanted(library)
    clock.now += timedelta(days=1)
    fetch_pages(library, [article])
    assert len(saving.evidence(library, article).captures) == 2  # the feed's and the page's
    server.put(
        "/case0", page(paragraphs=(*PARAGRAPHS, "Correction: it was forty-two shops.")), content_type="text/html"
    )
    fetch_pages(library, [article])
    found = saving.evidence(library, article)
    assert [(one.kind.value, one.revision) for one in found.captures] == [("feed", 1), ("page", 1), ("page", 2)]
    texts = [saving.text_of(library, one.id).text for one in found.captures]
    assert ["forty-two" in text for text in texts] == [False, False, True]
    assert "forty-two" in library.article(article).document.text


def test_no_consent_goes_beyond_the_source(library: Library, server: FeedServer) -> None:
    """A page on a private host that nobody consented to is not asked, whatever feed names it."""
    source = add(library, serve(server))
    (article,) = library.ids(View(source_id=source.id))
    with library.database.write() as c:
        c.execute("UPDATE source SET consent = ''")
    (result,) = fetch_pages(library, [article])
    assert "nobody has consented" in result.error
    allowed = replace(Config(), network=Network(allow_private=frozenset({f"127.0.0.1:{server.port}"})))
    library.config = allowed
    assert fetch_pages(library, [article])[0].error == ""


def test_repair_brings_back_what_was_saved(library: Library, server: FeedServer, clock: Clock) -> None:
    """A library whose header is lost comes back with pages, images, notes and hashes that agree."""
    (article,) = added(library, server)
    actions.save(library, [article])
    fetch_wanted(library)
    notes.add(library, article, "Ask the processor")
    before = saving.evidence(library, article).captures
    library.close()
    path = library.paths.library
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    recovery.repair(library.paths, now=clock())
    with Library.open(library.paths, library.config, clock=clock) as again:
        found = saving.evidence(again, article).captures
        assert [(one.sha256, one.text_sha256) for one in found] == [(one.sha256, one.text_sha256) for one in before]
        assert saving.verify(again)[0].faults == ()
        assert [image.content for image in saving.images(again, article)] == [png()]
        assert [note.text for note in notes.of_article(again, article)] == ["Ask the processor"]


def test_articles_that_join_while_pages_are_fetched(library: Library, server: FeedServer, clock: Clock) -> None:
    """`more` gives articles to a fetch that runs, those not `among` wait, what was cancelled is left for a while."""
    first, second, third = added(library, server, 3)
    actions.save(library, [first, second, third])
    further = [[second], []]
    told: list[int] = []

    def more() -> list[int]:
        return further.pop(0) if further else []

    results = fetch_wanted(
        library, saved_only=True, among=[first], more=more, on_result=lambda one: told.append(one.article_id)
    )
    assert sorted(result.article_id for result in results) == sorted(told) == sorted([first, second])
    assert {result.kept for result in results} == {"first"}
    assert saving.queued(library) == 1
    postpone(library)
    assert fetch_wanted(library) == []
    clock.now += timedelta(minutes=11)
    assert [result.article_id for result in fetch_wanted(library)] == [third]
    want(library, [third])
    assert [result.kept for result in fetch_wanted(library)] == ["same"]
