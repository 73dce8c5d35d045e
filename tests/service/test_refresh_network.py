"""Refresh over real HTTP into a real library."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from feed_server import Clock, FeedServer, item, rss

from reader.config import SourceOverride
from reader.errors import NotFoundError, StorageError
from reader.model import Outcome, SourceKind, View
from reader.service import actions
from reader.service.adding import add
from reader.service.hosts import Hosts
from reader.service.library import Library
from reader.service.refresh import Derived, SourceDone, Started, refresh


def feed(library: Library, server: FeedServer, path: str = "/feed.xml", *items: str) -> int:
    """A feed that the library knows of and has not read."""
    url = server.put(path, rss(*(items or (item(1), item(2), item(3)))))
    return add(library, url, fetch=False).id


def titles(library: Library) -> set[str]:
    return {row.title for row in library.window(View(), limit=1000)}


def test_a_feed_is_read_once_and_then_answers_not_modified(library: Library, server: FeedServer) -> None:
    """First visit: articles with text and quotes. Second: 304 and no body. Third, with full: nothing new."""
    source_id = feed(library, server)
    first = refresh(library)
    assert (first.new, first.updated, first.failed) == (3, 0, 0)
    assert first.results[0].outcome is Outcome.OK
    assert library.pending() == 0
    article = library.article(library.window(View())[0].id)
    assert "pumps were switched off" in article.document.text
    assert article.row.published is not None
    source = library.source(source_id)
    assert (source.title, source.total, source.errors) == ("Harbour Watch", 3, 0)
    assert server.bodies() > 0
    second = refresh(library, force=True)
    assert second.results[0].outcome is Outcome.UNCHANGED
    assert server.bodies() == 0
    third = refresh(library, full=True)
    assert (third.new, third.updated) == (0, 0)
    assert server.bodies() > 0


def test_an_equal_body_without_validators_changes_nothing(library: Library, server: FeedServer) -> None:
    """A server that knows no ETag is told apart by the digest of the body: unchanged."""
    url = server.put("/plain.xml", rss(item(1)), validate=False)
    add(library, url, fetch=False)
    assert refresh(library).results[0].outcome is Outcome.OK
    assert refresh(library, force=True).results[0].outcome is Outcome.UNCHANGED


def test_what_is_not_due_is_skipped_with_a_reason(library: Library, server: FeedServer, clock: Clock) -> None:
    """After a success the next fetch is an hour away; then it is due again."""
    feed(library, server)
    refresh(library)
    server.bodies()
    result = refresh(library).results[0]
    assert result.outcome is Outcome.SKIPPED
    assert "Next fetch in" in result.message
    assert server.hits == []
    clock.advance(minutes=61)
    assert refresh(library).results[0].outcome is Outcome.UNCHANGED


def test_cache_control_is_respected(library: Library, server: FeedServer, clock: Clock) -> None:
    """A server that says its answer is good for three hours is not asked before."""
    source_id = feed(library, server)
    server.pages["/feed.xml"].headers["Cache-Control"] = "max-age=10800"
    refresh(library)
    assert library.source(source_id).next_fetch == clock.now + timedelta(hours=3)


def test_what_the_feed_asks_for_is_kept(library: Library, server: FeedServer, clock: Clock) -> None:
    """A ttl of three hours and silent days hold after the first reading, after a 304, and in a library opened anew."""
    wishes = "<ttl>180</ttl><skipDays><day>Wednesday</day></skipDays>"
    url = server.put("/feed.xml", rss(wishes, item(1)))
    source_id = add(library, url, derive=False).id
    assert library.source(source_id).next_fetch == clock.now + timedelta(hours=3)
    clock.advance(hours=13)  # 22:00 on a Tuesday
    assert refresh(library, derive=False).results[0].status == 304
    with Library.open(library.paths, library.config, clock=clock) as opened:
        source = opened.source(source_id)
        assert source.next_fetch == clock.now + timedelta(hours=26)
        assert "silent until Thursday 00:00" in source.reason
        clock.advance(hours=25)
        assert refresh(opened).results[0].outcome is Outcome.SKIPPED
        clock.advance(hours=2)
        assert refresh(opened).results[0].outcome is Outcome.UNCHANGED


def test_expires_is_respected(library: Library, server: FeedServer, clock: Clock) -> None:
    """A server that says when its answer expires is not asked before."""
    source_id = feed(library, server)
    expires = datetime.now(UTC) + timedelta(hours=5)  # the server states the true time as its Date
    server.pages["/feed.xml"].headers["Expires"] = format_datetime(expires, usegmt=True)
    refresh(library, derive=False)
    due = library.source(source_id).next_fetch
    assert due is not None
    assert abs(due - clock.now - timedelta(hours=5)) < timedelta(minutes=1)


def test_an_edited_article_that_was_removed_is_no_update(library: Library, server: FeedServer) -> None:
    """What nobody can see any more does not count as updated, and does not come back."""
    source_id = feed(library, server)
    refresh(library, derive=False)
    actions.save(library, library.ids(View())[:1])
    actions.remove_source(library, source_id)
    with library.database.write() as c:
        c.execute("UPDATE article SET live = 0 WHERE live = -1")
    actions.undo(library)
    server.put("/feed.xml", rss(*(item(n, body="&lt;p&gt;All of it is new.&lt;/p&gt;") for n in (1, 2, 3))))
    summary = refresh(library, force=True, derive=False)
    assert (summary.new, summary.updated) == (0, 1)
    assert library.counts().total == 1


def test_an_interval_and_a_section_of_the_configuration_win(library: Library, server: FeedServer, clock: Clock) -> None:
    """`[sources."ADDRESS"]` goes before what the library says."""
    source_id = feed(library, server)
    url = library.source(source_id).url
    library.config = replace(library.config, sources={url: SourceOverride(section="Ports", interval=1800)})
    refresh(library)
    assert library.source(source_id).next_fetch == clock.now + timedelta(minutes=30)
    assert [section.name for section in library.sections() if section.total] == ["Ports"]
    assert refresh(library, section="ports", force=True).results
    assert not refresh(library, section="elsewhere", force=True).results


def test_edits_update_in_place_and_keep_what_the_reader_did(library: Library, server: FeedServer) -> None:
    """An edited entry is the same article: read and saved stay, the text is derived anew."""
    feed(library, server)
    refresh(library)
    row = next(row for row in library.window(View()) if row.title == "Story 2")
    actions.mark_read(library, [row.id], True)
    actions.save(library, [row.id])
    edited = item(2, title="Story 2, corrected", body="&lt;p&gt;Quite another text.&lt;/p&gt;")
    server.put("/feed.xml", rss(item(1), edited, item(3)))
    summary = refresh(library, force=True)
    assert (summary.new, summary.updated) == (0, 1)
    article = library.article(row.id)
    assert (article.row.title, article.row.read, article.row.saved) == ("Story 2, corrected", True, True)
    assert article.document.text == "Quite another text."


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_an_error_with_a_feed_in_it_brings_nothing(library: Library, server: FeedServer, status: int) -> None:
    """What comes with a bad status is not read, however good a feed it is."""
    add(library, server.put("/feed.xml", rss(item(1)), status=status), fetch=False)
    (result,) = refresh(library).results
    assert (result.outcome, result.status, result.new) == (Outcome.ERROR, status, 0)
    assert library.counts().total == 0


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"body": rss().encode()}, Outcome.OK),
        ({"body": b""}, Outcome.ERROR),
        ({"body": b"\x00\xff garbage"}, Outcome.ERROR),
        ({"body": b"   \n" * 1000}, Outcome.ERROR),
        ({"status": 204}, Outcome.UNCHANGED),
        ({"status": 404}, Outcome.ERROR),
        ({"status": 500}, Outcome.ERROR),
        ({"status": 410}, Outcome.GONE),
        ({"status": 429, "headers": {"Retry-After": "120"}}, Outcome.BACKOFF),
        ({"status": 503, "headers": {"Retry-After": "120"}}, Outcome.BACKOFF),
    ],
)
def test_nothing_that_a_source_does_loses_an_article(
    library: Library, server: FeedServer, change: dict[str, object], outcome: Outcome
) -> None:
    """Empty, damaged, gone or failing: the articles stay and the summary says what happened."""
    source_id = feed(library, server)
    refresh(library)
    server.pages["/feed.xml"] = replace(server.pages["/feed.xml"], validate=False, **change)  # type: ignore[arg-type]
    result = refresh(library, force=True).results[0]
    assert result.outcome is outcome
    assert titles(library) == {"Story 1", "Story 2", "Story 3"}
    source = library.source(source_id)
    failed = outcome in (Outcome.ERROR, Outcome.GONE, Outcome.BACKOFF)
    assert source.errors == int(failed)
    assert bool(result.message) is failed
    if failed:
        assert result.message.count("\n") == 0
        assert source.reason.startswith(result.message)


def test_retry_after_is_obeyed_over_a_restart_and_with_force(
    library: Library, server: FeedServer, clock: Clock
) -> None:
    """429 with Retry-After: 120: not asked again within two minutes, whoever asks; then asked."""
    feed(library, server)
    server.pages["/feed.xml"] = replace(server.pages["/feed.xml"], status=429, headers={"Retry-After": "120"})
    refresh(library)
    server.bodies()
    with Library.open(library.paths, library.config, clock=clock) as restarted:
        clock.advance(seconds=119)
        assert refresh(restarted, force=True).results[0].outcome is Outcome.BACKOFF
        assert server.hits == []
        clock.advance(seconds=2)
        refresh(restarted)
        assert len(server.hits) == 1


def test_a_host_consented_to_by_hand_is_asked_source_by_source(library: Library, server: FeedServer) -> None:
    """Six answers of 503 with Retry-After on a typed private host: each source was asked."""
    for number in range(6):
        server.put(f"/{number}.xml", rss(item(number)), status=503, headers={"Retry-After": "600"})
        add(library, server.url(f"/{number}.xml"), fetch=False)
    assert {result.outcome for result in refresh(library, jobs=1).results} == {Outcome.BACKOFF}
    assert len(server.hits) == 6


def test_a_host_is_left_alone_when_two_of_its_sources_ask_for_it(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On any other host two such answers hold the other sources back, and that is stored."""
    monkeypatch.setattr("reader.service.refresh.Hosts", lambda _allowed: Hosts())
    allowed = frozenset({f"127.0.0.1:{server.port}"})
    library.config = replace(library.config, network=library.config.network._replace(allow_private=allowed))
    for number in range(6):
        server.put(f"/{number}.xml", rss(item(number)), status=503, headers={"Retry-After": "600"})
        add(library, server.url(f"/{number}.xml"), fetch=False, found_on="")
    assert {result.outcome for result in refresh(library, jobs=1).results} == {Outcome.BACKOFF}
    assert 2 <= len(server.hits) < 6
    assert {source.status for source in library.sources()} == {"backoff"}
    assert all(source.next_fetch is not None for source in library.sources())


def test_gone_is_not_asked_again(library: Library, server: FeedServer, clock: Clock) -> None:
    """After 410 nobody knocks any more, not even with force."""
    feed(library, server)
    server.pages["/feed.xml"] = replace(server.pages["/feed.xml"], status=410)
    assert refresh(library).failed == 1
    server.bodies()
    clock.advance(days=2)
    assert refresh(library, force=True).results[0].outcome is Outcome.SKIPPED
    assert server.hits == []


def test_a_permanent_move_is_told_and_counts_from_the_second_day(
    library: Library, server: FeedServer, clock: Clock
) -> None:
    """301: the articles come in and the new address is named; it is taken over on the second day, with all articles."""
    target = server.put("/new.xml", rss(item(1)))
    old = server.put("/old.xml", b"", status=301, headers={"Location": "/new.xml"})
    source_id = add(library, old, fetch=False).id
    result = refresh(library).results[0]
    assert (result.outcome, result.new) == (Outcome.MOVED, 1)
    assert target in result.message
    clock.advance(hours=2)
    refresh(library)
    assert library.source(source_id).url == old
    clock.advance(hours=20)
    refresh(library)
    assert (library.source(source_id).url, library.source(source_id).total) == (target, 1)
    server.bodies()
    clock.advance(hours=2)
    assert refresh(library).results[0].outcome is Outcome.UNCHANGED
    assert [hit.path for hit in server.hits] == ["/new.xml"]


def test_a_move_that_is_taken_back_is_forgotten(library: Library, server: FeedServer, clock: Clock) -> None:
    """A redirect by mistake for one day changes nothing, nor does a temporary one."""
    server.put("/new.xml", rss(item(1)))
    old = server.put("/old.xml", b"", status=301, headers={"Location": "/new.xml"})
    source_id = add(library, old, fetch=False).id
    refresh(library)
    server.put("/old.xml", rss(item(1)))
    clock.advance(hours=12)
    refresh(library)
    for status in (301, 302, 302):
        server.put("/old.xml", b"", status=status, headers={"Location": "/new.xml"})
        clock.advance(hours=12)
        refresh(library)
    assert library.source(source_id).url == old


def test_another_feed_cannot_touch_our_articles(library: Library, server: FeedServer) -> None:
    """A feed that uses the ids and links of another one gets articles of its own."""
    feed(library, server)
    refresh(library)
    hijacked = (item(n, title="HIJACKED", body="HIJACKED") for n in (1, 2, 3))
    evil = server.put("/evil.xml", rss(*hijacked, title="Other"))
    add(library, evil, fetch=False)
    assert refresh(library).new == 3
    assert titles(library) == {"Story 1", "Story 2", "Story 3", "HIJACKED"}


def test_a_consent_opens_nothing_to_other_sources(library: Library, server: FeedServer) -> None:
    """A feed that redirects to a private host is refused, also if another source has consent for that host."""
    with FeedServer().running() as private:
        secret = private.put("/secret.xml", rss(item(7)))
        add(library, secret, fetch=False)
        evil = server.put("/evil.xml", b"", status=302, headers={"Location": secret})
        evil_id = add(library, evil, fetch=False).id
        results = {result.source_id: result for result in refresh(library).results}
        assert results[evil_id].outcome is Outcome.ERROR
        assert "consent" in results[evil_id].message
        assert len(private.hits) == 1  # by the source that may
        assert refresh(library, [evil_id], force=True).failed == 1
        assert len(private.hits) == 1


def test_one_failing_source_holds_up_no_other(library: Library, server: FeedServer) -> None:
    """A refused connection, a 404 and a page in place of a feed cost one sentence each; the good one comes in."""
    feed(library, server)
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><p>Hi</p></html>'
    bad = [
        "http://127.0.0.1:1/feed.xml",
        server.url("/missing.xml"),
        server.put("/page", page, content_type="text/html"),
    ]
    for url in bad:
        add(library, url, fetch=False)
    summary = refresh(library)
    assert (summary.new, summary.failed) == (3, 3)
    by_url = {result.url: result.message for result in summary.results}
    assert "refused" in by_url[bad[0]]
    assert "404" in by_url[bad[1]]
    assert server.url("/feed.xml") in by_url[bad[2]]


def test_offline_reads_nothing_from_the_network(library: Library, server: FeedServer) -> None:
    """With offline every network source is skipped with a reason, and nobody is contacted."""
    feed(library, server)
    result = refresh(library, offline=True).results[0]
    assert result.outcome is Outcome.SKIPPED
    assert "Offline" in result.message
    assert server.hits == []


def test_events_tell_the_progress_on_the_calling_thread(library: Library, server: FeedServer) -> None:
    """Started, each source, then derivation; all on the thread that called."""
    feed(library, server, "/a.xml")
    feed(library, server, "/b.xml", item(7), item(8))
    seen: list[tuple[object, int]] = []
    refresh(library, on_event=lambda event: seen.append((event, threading.get_ident())))
    events = [event for event, _ in seen]
    assert events[0] == Started(2)
    assert [event.done for event in events if isinstance(event, SourceDone)] == [1, 2]
    assert events[-1] == Derived(5, 5)
    assert {thread for _, thread in seen} == {threading.get_ident()}


def test_listable_before_derived(library: Library, server: FeedServer) -> None:
    """Without deriving, articles can be listed; opening one derives it at once; the rest follows later."""
    feed(library, server)
    refresh(library, derive=False)
    assert library.pending() == 3
    rows = library.window(View())
    assert rows[0].summary
    assert library.article(rows[0].id).document.text
    assert library.pending() == 2
    refresh(library)
    assert library.pending() == 0


def test_cancel_keeps_what_is_done(library: Library, server: FeedServer) -> None:
    """Cancelled in the middle: it returns at once, what is committed stays, the rest comes next time."""
    feed(library, server, "/fast.xml")
    feed(library, server, "/slow.xml", item(9))
    server.pages["/slow.xml"].delay = 4.0
    cancel = threading.Event()

    def listen(event: object) -> None:
        if isinstance(event, SourceDone):
            cancel.set()

    began = time.monotonic()
    summary = refresh(library, on_event=listen, cancel=cancel)
    assert time.monotonic() - began < 3.5
    assert summary.cancelled
    assert summary.new == 3
    assert len(titles(library)) == 3
    server.pages["/slow.xml"].delay = 0.0
    assert refresh(library).new == 1


def test_a_source_that_is_not_there_is_said_to_be_missing(library: Library) -> None:
    """Naming an unknown source is an error before anything is fetched."""
    with pytest.raises(NotFoundError):
        refresh(library, [77])


def test_refresh_can_be_called_while_a_loop_runs_elsewhere(library: Library, server: FeedServer) -> None:
    """The TUI calls it in a thread beside its own event loop."""
    feed(library, server)

    async def tui() -> int:
        return (await asyncio.to_thread(refresh, library)).new

    assert asyncio.run(tui()) == 3


def test_a_page_is_one_article_and_updates_in_place(library: Library, server: FeedServer) -> None:
    """A page source has one article; when the page changes, the article does."""
    paragraphs = "".join(
        f"<p>Paragraph {n}: the harbour authority reviewed its pumps and reported.</p>" for n in range(9)
    )
    html = (
        "<!doctype html><html><head><title>Pumps</title></head><body><article><h1>Pumps</h1>{}</article></body></html>"
    )
    url = server.put("/pumps.html", html.format(paragraphs), content_type="text/html")
    source = add(library, url)
    assert source.kind is SourceKind.PAGE
    (row,) = library.window(View())
    assert "harbour authority" in library.article(row.id).document.text
    changed = paragraphs.replace("reported", "reported again")
    server.put("/pumps.html", html.format(changed), content_type="text/html")
    summary = refresh(library, force=True)
    assert (summary.new, summary.updated) == (0, 1)
    assert "reported again" in library.article(row.id).document.text


def test_an_empty_library_has_nothing_to_refresh(no_library: Library) -> None:
    """No sources: an empty summary, and nothing is made on disk."""
    assert refresh(no_library).results == ()
    assert not no_library.database.path.exists()


def test_a_library_that_cannot_be_written_asks_nobody(library: Library, server: FeedServer) -> None:
    """A read-only library is an error before any server is asked."""
    feed(library, server)
    with (
        Library.open(library.paths, library.config, readonly=True) as readonly,
        pytest.raises(StorageError, match="only be read"),
    ):
        refresh(readonly, force=True)
    assert server.hits == []
