"""Whatever a person types or pastes becomes the right source, or one clear sentence."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from feed_server import FeedServer, item, rss

from reader.config import Config, Network
from reader.errors import DiscoveredFeeds, SourceError, UsageError
from reader.model import Outcome, SourceKind, View
from reader.service import actions, catalogue, consent
from reader.service.actions import undo
from reader.service.adding import ListOfFeeds, add, add_given
from reader.service.library import Library
from reader.service.places import Place, place_of
from reader.service.refresh import refresh
from reader.service.subscriptions import export_opml, import_opml

PAGE = (
    '<!doctype html><html><head><title>Harbour</title><link rel="alternate" type="application/rss+xml" '
    'title="All stories" href="/feed.xml"></head><body><p>Welcome to the harbour.</p></body></html>'
)

PLAIN_PAGE = (
    "<!doctype html><html><head><title>Harbour</title></head><body><article><h1>Harbour</h1><p>The ferry to the north"
    " pier runs again after the pumps were switched off by hand on Tuesday, and the port expects no further delays."
    "</p><p>“We know where the money went,” said Ines Vidal, an auditor at Harbour Works.</p></article></body></html>"
)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://harbour.example/feed", "https://harbour.example/feed"),
        ("  http://harbour.example/feed\n", "http://harbour.example/feed"),
        ("HTTPS://Harbour.example/Feed", "HTTPS://Harbour.example/Feed"),
        ("harbour.example/feed", "https://harbour.example/feed"),
        ("harbour.example", "https://harbour.example"),
        ("harbour.example:8443/feed", "https://harbour.example:8443/feed"),
        ("localhost:8080/feed", "http://localhost:8080/feed"),
        ("127.0.0.1:8080/feed", "http://127.0.0.1:8080/feed"),
        ("feed://harbour.example/rss", "http://harbour.example/rss"),
        ("feed:https://harbour.example/rss", "https://harbour.example/rss"),
        ("https://user:pw@harbour.example/feed?key=1", "https://user:pw@harbour.example/feed?key=1"),
    ],
)
def test_web_addresses(typed: str, url: str) -> None:
    """Addresses with and without a scheme, as people paste them."""
    assert place_of(typed) == Place(SourceKind.FEED, url)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "javascript:alert(1)",
        "data:text/xml,<rss/>",
        "ftp://harbour.example/feed",
        "smb://evil/share",
        "exec:ls",
        "mailto:ada@harbour.example",
        "gopher://harbour.example",
        "file://other.example/etc/passwd",
        "http://",
        "https:///feed",
        "http://harbour example/",
        "news",
        "two words",
        "a\0b",
        "|touch /tmp/x",
        "-rf",
        "http://[::1",
        "\x1b]0;x\x07",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    """Schemes that are not read, and what is nothing at all, are refused in one clean sentence."""
    with pytest.raises(UsageError) as caught:
        place_of(typed)
    assert str(caught.value).isprintable()


def test_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are absolute; what exists is a path whatever it looks like; a missing one is still a path."""
    (tmp_path / "harbour.example").mkdir()
    (tmp_path / "note.md").write_text("x")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert place_of("harbour.example") == Place(SourceKind.FOLDER, str(tmp_path / "harbour.example"))
    assert place_of("~/note.md") == Place(SourceKind.FILE, str(tmp_path / "note.md"))
    assert place_of(f"file://{tmp_path}/note.md") == Place(SourceKind.FILE, str(tmp_path / "note.md"))
    assert place_of("./missing.txt") == Place(SourceKind.FILE, str(tmp_path / "missing.txt"))
    assert place_of("missing.txt") == Place(SourceKind.FILE, str(tmp_path / "missing.txt"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8080/x", "127.0.0.1:8080"),
        ("http://localhost/x", "localhost:80"),
        ("https://printer.local/", "printer.local:443"),
        ("http://nas/feed", "nas:80"),
        ("http://[::1]:9/x", "[::1]:9"),
        ("http://2130706433/x", "127.0.0.1:80"),
        ("https://harbour.example/feed", ""),
        ("https://93.184.216.34/feed", ""),
    ],
)
def test_consent_is_given_for_private_hosts_only(url: str, expected: str) -> None:
    """Typing a private address is consent to that host and port; a public one needs none."""
    assert asyncio.run(consent.needed(url, lookup=False)) == expected


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (["10.1.2.3"], "intranet.example:80"),
        (["93.184.216.34"], ""),
        (["93.184.216.34", "10.1.2.3"], "intranet.example:80"),
    ],
)
def test_a_name_that_leads_to_a_private_host_is_consented_to(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], expected: str
) -> None:
    """A typed name is looked up, and is consent only if it is private at that moment."""

    async def resolver(_host: str, _port: int) -> list[str]:
        return addresses

    monkeypatch.setattr(consent, "system_resolver", resolver)
    assert asyncio.run(consent.needed("http://intranet.example/feed", lookup=True)) == expected
    assert asyncio.run(consent.needed("http://intranet.example/feed", lookup=False)) == ""


def test_what_a_page_offers_has_the_consent_of_the_page() -> None:
    """An address found on a page is covered on the page's host and port, nowhere else."""
    assert consent.extended("http://127.0.0.1:8080/feed", "http://127.0.0.1:8080/") == "127.0.0.1:8080"
    assert consent.extended("http://127.0.0.1:9/feed", "http://127.0.0.1:8080/") == ""
    assert consent.extended("http://192.168.0.1/feed", "https://harbour.example/") == ""


def test_a_feed_is_read_at_once(library: Library, server: FeedServer) -> None:
    """After `add` its articles are there with texts and quotes, and a refresh has nothing to do."""
    source = add(library, server.put("/feed.xml", rss(item(1), item(2))), section="Ports")
    assert (source.kind, source.title, source.section, source.total) == (SourceKind.FEED, "Harbour Watch", "Ports", 2)
    assert source.consent == f"127.0.0.1:{server.port}"
    assert library.pending() == 0
    assert library.window(View())[0].quote_count == 1
    server.bodies()
    refresh(library)
    assert server.hits == []


def test_the_next_refresh_knows_what_add_has_read(library: Library, server: FeedServer) -> None:
    """Validators, or the digest of the body where a server gives none, are kept from the first visit on."""
    add(library, server.put("/tagged.xml", rss(item(1))))
    add(library, server.put("/plain.xml", rss(item(2)), validate=False))
    server.bodies()
    assert {result.outcome for result in refresh(library, force=True).results} == {Outcome.UNCHANGED}
    assert {hit.path: hit.status for hit in server.hits} == {"/tagged.xml": 304, "/plain.xml": 200}


def test_a_title_given_by_hand_stays(library: Library, server: FeedServer) -> None:
    """`--title` wins over the feed's own, also after a refresh."""
    source = add(library, server.put("/feed.xml", rss(item(1))), title="My harbour")
    refresh(library, full=True)
    assert library.source(source.id).title == "My harbour"


def test_a_page_that_names_feeds_adds_nothing(library: Library, server: FeedServer) -> None:
    """The error names the feed; adding that one works, with the consent of the page."""
    server.put("/feed.xml", rss(item(1)))
    page = server.put("/", PAGE, content_type="text/html")
    with pytest.raises(DiscoveredFeeds) as caught:
        add(library, page)
    assert caught.value.feeds[0][0] == server.url("/feed.xml")
    assert server.url("/feed.xml") in str(caught.value)
    assert library.sources() == []
    assert [hit.path for hit in server.hits] == ["/"]  # the feed was not followed
    assert add(library, caught.value.feeds[0][0], found_on=page).total == 1


def test_a_page_added_unread_is_told_at_the_first_refresh(library: Library, server: FeedServer) -> None:
    """`--no-fetch` of a page: the first refresh names its feed, which can be taken; nothing is followed by itself."""
    server.put("/news.xml", rss(item(1), item(2)))
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/news.xml"></head><body>x</body></html>'
    source = add(library, server.put("/", page, content_type="text/html"), fetch=False)
    bare = add(library, server.put("/bare", "<html><p>Words.</p></html>", content_type="text/html"), fetch=False)
    first, second = sorted(refresh(library).results, key=lambda result: result.source_id)
    assert first.outcome == second.outcome == Outcome.ERROR
    assert server.url("/news.xml") in first.message
    assert "add it without --no-fetch" in second.message
    assert server.url("/news.xml") not in [hit.path for hit in server.hits]
    assert library.source(source.id).moved_to == server.url("/news.xml")
    assert library.source(bare.id).moved_to == ""
    actions.accept_move(library, source.id)
    assert refresh(library, [source.id]).new == 2
    assert library.source(source.id).url == server.url("/news.xml")
    assert library.source(source.id).moved_to == ""


def test_an_offered_private_address_is_not_consented_to(library: Library, server: FeedServer) -> None:
    """A private address that a public page or the catalogue names is refused before anybody is contacted."""
    url = server.put("/feed.xml", rss(item(1)))
    for page in ("https://harbour.example/", ""):
        with pytest.raises(SourceError, match="consent"):
            add(library, url, found_on=page)
    assert server.hits == []
    assert library.sources() == []


def test_a_page_can_be_added_although_it_names_feeds(library: Library, server: FeedServer) -> None:
    """Asked for the page itself, it becomes one article."""
    source = add(library, server.put("/", PAGE, content_type="text/html"), page=True)
    assert (source.kind, source.total) == (SourceKind.PAGE, 1)


def test_a_source_is_never_there_twice(library: Library, server: FeedServer) -> None:
    """The same address, however written, is told and not added."""
    url = server.put("/feed.xml", rss(item(1)))
    source = add(library, url)
    for again in (url, url.replace("http://", "HTTP://"), url + "#top", f" {url} "):
        with pytest.raises(UsageError, match=f"s{source.id}"):
            add(library, again)
    assert len(library.sources()) == 1


def test_a_removed_source_comes_back_with_its_articles(library: Library, server: FeedServer) -> None:
    """Added again after it was removed: the same id, the same articles, read state kept, nothing doubled."""
    url = server.put("/feed.xml", rss(item(1), item(2)))
    source = add(library, url)
    first = library.window(View())[0].id
    actions.mark_read(library, [first], True)
    actions.remove_source(library, source.id)
    assert library.window(View()) == []
    server.put("/feed.xml", rss(item(3), item(1), item(2)))
    again = add(library, url)
    assert again.id == source.id
    assert len(library.window(View())) == 3
    assert library.article(first).row.read


def test_adding_is_undone(library: Library, server: FeedServer) -> None:
    """`undo` takes the source away again."""
    add(library, server.put("/feed.xml", rss(item(1))))
    assert actions.undo(library) is not None
    assert library.sources() == []


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [("/404", 404, b"no"), ("/500", 500, b"no"), ("/empty", 200, b""), ("/binary", 200, bytes(range(256)) * 50)],
)
def test_what_cannot_be_had_adds_nothing(
    library: Library, server: FeedServer, path: str, status: int, body: bytes
) -> None:
    """A failing address is one sentence; nothing is added; `fetch=False` adds it unread."""
    url = server.put(path, body, status=status, validate=False)
    with pytest.raises(SourceError) as caught:
        add(library, url)
    assert str(caught.value).startswith(url)
    assert library.sources() == []
    assert add(library, url, fetch=False).status == "new"


def test_a_busy_server_is_added_and_asked_later(library: Library, server: FeedServer) -> None:
    """503 with Retry-After: the source is there and its next fetch is when the server wishes."""
    url = server.put("/feed.xml", rss(item(1)), status=503, headers={"Retry-After": "120"})
    source = add(library, url)
    assert source.status == "backoff"
    assert source.next_fetch is not None


def test_offline_adds_without_asking(library: Library, server: FeedServer) -> None:
    """Offline, a web address is added unread and nobody is contacted."""
    source = add(library, server.put("/feed.xml", rss(item(1))), offline=True)
    assert (source.status, source.total) == ("new", 0)
    assert server.hits == []


def test_missing_files_and_lists_of_feeds_add_nothing(library: Library, tmp_path: Path) -> None:
    """A path that is not there, a pipe, an OPML file: told, not added."""
    with pytest.raises(SourceError, match="no such file"):
        add(library, str(tmp_path / "missing.txt"))
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline xmlUrl="https://h.example/"/></body></opml>'
    )
    with pytest.raises(ListOfFeeds, match="OPML"):
        add(library, str(opml))
    assert library.sources() == []


def test_the_front_page_of_a_site_leads_to_its_feed(library: Library, server: FeedServer) -> None:
    """A page that names no feed: the usual places of its host are asked, in order, and what is found is offered."""
    home = server.put("/", PLAIN_PAGE, content_type="text/html")
    server.put("/rss.xml", PLAIN_PAGE, content_type="text/html")  # a soft 404
    server.put("/feed.xml", rss(item(1)))
    with pytest.raises(DiscoveredFeeds) as found:
        add(library, home)
    assert found.value.feeds == ((server.url("/feed.xml"), "Harbour Watch"),)
    assert [hit.path for hit in server.hits] == ["/", "/feed/", "/rss.xml", "/atom.xml", "/feed.xml"]
    assert library.sources() == []
    assert add(library, server.url("/feed.xml"), found_on=home).total == 1


def test_an_article_is_not_taken_for_a_site(library: Library, server: FeedServer) -> None:
    """The address of an article adds the article, and nothing else is asked; so does a site without any feed."""
    server.put("/feed.xml", rss(item(1)))
    url = server.put("/2026/11/ferry.html", PLAIN_PAGE, content_type="text/html")
    assert add(library, url).kind is SourceKind.PAGE
    assert [hit.path for hit in server.hits] == ["/2026/11/ferry.html"]
    del server.pages["/feed.xml"]
    assert add(library, server.put("/", PLAIN_PAGE, content_type="text/html")).kind is SourceKind.PAGE
    assert 1 < len(server.hits) < 12


def test_a_busy_site_is_not_asked_for_feeds(library: Library, server: FeedServer) -> None:
    """The first 429 ends the guessing; the page itself is added."""
    home = server.put("/", PLAIN_PAGE, content_type="text/html")
    server.put("/feed/", "later", status=429, headers={"Retry-After": "600"})
    assert add(library, home).kind is SourceKind.PAGE
    assert [hit.path for hit in server.hits] == ["/", "/feed/"]


def test_a_list_of_feeds_is_imported(library: Library, server: FeedServer, tmp_path: Path) -> None:
    """Folders are sections, what is no feed on the web is listed, the feeds are fetched, one undo takes all back."""
    good, other = server.put("/a.xml", rss(item(1))), server.put("/b.xml", rss(item(2)))
    add(library, other)
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline text="Ports"><outline text="Fraud">'
        f'<outline text="A" XMLURL="{good}"/></outline></outline><outline xmlUrl="{other}"/>'
        '<outline text="bad" xmlUrl="file:///etc/passwd"/><outline xmlUrl="|touch /tmp/x"/></body></opml>'
    )
    allowed = Config(network=Network(allow_private=frozenset({f"127.0.0.1:{server.port}"})))
    with Library.open(library.paths, allowed, clock=library.now) as room:
        added = add_given(room, str(opml))
        assert [(source.title, source.section, source.total) for source in added.sources] == [("A", "Ports / Fraud", 1)]
        assert added.present == 1
        assert len(added.refused) == 2
        assert add_given(room, str(opml)).sources == ()
        written = export_opml(room)
        assert undo(room) == "1 source imported"
        assert [source.url for source in room.sources()] == [other]
    again = tmp_path / "again.opml"
    again.write_bytes(written)
    with Library.open(library.paths, allowed, clock=library.now) as room:
        back = add_given(room, str(again), fetch=False)
    assert [(source.url, source.section) for source in back.sources] == [(good, "Ports / Fraud")]


def test_addresses_in_a_list_consent_to_nothing(library: Library, server: FeedServer, tmp_path: Path) -> None:
    """A private address in a list is refused, and named, unless the reader means it."""
    url = server.put("/a.xml", rss(item(1)))
    opml = f'<opml><body><outline xmlUrl="{url}"/></body></opml>'.encode()
    (tmp_path / "feeds.opml").write_bytes(opml)
    added = add_given(library, str(tmp_path / "feeds.opml"))
    assert (added.sources, library.sources()) == ((), [])
    assert [why for _, why in added.refused] == ["it is on a private address; `import --allow-private` takes it"]
    assert server.hits == []
    (meant,) = import_opml(library, opml, allow_private=True).source_ids
    assert refresh(library, [meant]).new == 1


def test_secrets_in_an_address_are_not_shown(library: Library, server: FeedServer) -> None:
    """A password in the address is used, stored, and in no sentence or title."""
    url = server.put("/feed.xml?token=hunter2", b"", status=404).replace("http://", "http://ada:hunter2@")
    with pytest.raises(SourceError) as caught:
        add(library, url)
    assert "hunter2" not in str(caught.value)
    source = add(library, url, fetch=False)
    assert "hunter2" in source.url
    assert "hunter2" not in source.title
    result = refresh(library).results[0]
    assert "hunter2" not in result.message + result.url + library.source(source.id).reason


def test_a_login_of_the_environment_goes_to_its_origin(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A login kept in the environment opens a feed, is sent nowhere else, and is stored nowhere."""
    monkeypatch.setenv("SECNEWS_AUTH_HARBOUR", f"{server.url('')} ada:hunter2")
    url = server.put("/feed.xml", rss(item(1)), password="ada:hunter2")
    assert add(library, url).total == 1
    with FeedServer().running() as other:
        assert add(library, other.put("/feed.xml", rss(item(2)))).total == 1
        assert [hit.login for hit in other.hits] == [""]
    with library.database.path.open("rb") as stored:
        assert b"hunter2" not in stored.read()


def test_a_catalogue_feed_gets_its_section_and_title(library: Library) -> None:
    """A feed of the built-in list is added under the section it has there."""
    entry = catalogue.load()[0]
    source = add(library, entry.url, fetch=False, offline=True, found_on="")
    assert (source.section, source.title, source.site_url) == (entry.section, entry.title, entry.site_url)
