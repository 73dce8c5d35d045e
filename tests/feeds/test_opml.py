"""Lists of feeds (OPML): what is taken, what is refused and why, and that writing loses nothing."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.errors import FeedError
from reader.feeds.opml import MAX_SECTION, OpmlFeed, Outline, read_opml, write_opml
from reader.text.addresses import is_web, normalise
from reader.text.clean import clean_line


def opml(body: str, head: str = "<title>Mine</title>") -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><head>{head}</head><body>{body}</body></opml>'.encode()


def feed(url: str, name: str = "News", more: str = "") -> str:
    return f'<outline type="rss" text="{name}" xmlUrl="{url}" {more}/>'


def test_feeds_are_read_with_folder_name_and_site() -> None:
    """Everything a list says of a feed that a reader needs."""
    body = (
        '<outline text="Banks"><outline title="Fraud">'
        + feed("https://news.example/feed", "A &amp; B", 'htmlUrl="https://news.example/"')
        + "</outline></outline>"
        + feed("http://other.example/rss")
    )
    assert read_opml(opml(body)) == Outline(
        "Mine",
        (
            OpmlFeed("https://news.example/feed", "A & B", "Banks / Fraud", "https://news.example/"),
            OpmlFeed("http://other.example/rss", "News"),
        ),
    )


@pytest.mark.parametrize(
    "outline",
    [
        '<outline text="N" xmlUrl="https://a.example/f"/>',
        '<outline TEXT="N" XMLURL="https://a.example/f"/>',
        '<Outline Title="N" xmlurl="  https://a.example/f\n"/>',
        '<OUTLINE text="" title="N" type="atom" url="https://a.example/f"/>',
        '<outline text="N" xmlUrl="feed:https://a.example/f"/>',
        '<outline text="N" xmlUrl="https://a.example/f" xmlns:x="urn:x" x:note="y"/>',
        '<x:outline xmlns:x="urn:x" text="N" xmlUrl="https://a.example/f"/>',
    ],
)
def test_names_are_read_in_any_case_and_shape(outline: str) -> None:
    """Readers write `xmlUrl`, `xmlurl`, `XMLURL`, `url`; with and without `type`."""
    outcome = read_opml(opml(outline))
    assert outcome.refused == ()
    [found] = outcome.feeds
    assert (found.title, found.url) == ("N", "https://a.example/f")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("|touch /tmp/pwned", "command"),
        ("exec:touch /tmp/pwned", "command"),
        ("EXEC:touch /tmp/pwned", "command"),
        ("filter:cat:https://a.example/", "command"),
        ("-oProxyCommand=x", "command"),
        ("file:///etc/passwd", "file of this machine"),
        ("/etc/passwd", "file of this machine"),
        ("~/feed.xml", "file of this machine"),
        ("javascript:alert(1)", "only http and https"),
        ("gopher://a.example/", "only http and https"),
        ("https://", "only http and https"),
        ("news.example/feed", "only http and https"),
        ("query:unread = 'yes'", "only http and https"),
        ("", "no address"),
    ],
)
def test_only_web_addresses_are_taken_and_the_others_are_listed(url: str, words: str) -> None:
    """Each with its name and the reason in words; those around it are read."""
    outcome = read_opml(opml(feed(url, "Evil") + feed("https://a.example/")))
    assert [one.url for one in outcome.feeds] == ["https://a.example/"]
    [(text, reason)] = outcome.refused
    assert text.startswith("Evil")
    assert words in reason


@pytest.mark.parametrize(
    ("outline", "words"),
    [
        ('<outline type="include" text="More" url="https://a.example/more.opml"/>', "list somewhere else"),
        ('<outline type="link" text="Page" url="https://a.example/"/>', "link to a page"),
        (feed("https://a.example/2", more='filtercmd="touch /tmp/pwned"'), "filter command"),
        (feed("https://a.example/1") + feed("HTTPS://A.example:443/1#x"), "in the list already"),
        (feed("file:///home/ada?token=hunter2"), "file of this machine"),
        (feed("ftp://ada:hunter2@a.example/"), "only http and https"),
    ],
)
def test_what_is_no_feed_is_listed_without_secrets(outline: str, words: str) -> None:
    """Includes, links, filters, what is there twice; the text is masked and clean."""
    [(text, reason)] = read_opml(opml(outline)).refused
    assert words in reason
    assert "hunter2" not in text + reason


def test_duplicates_count_once_in_their_first_place() -> None:
    """The identity of an address, not its spelling."""
    body = f'<outline text="One">{feed("https://A.example:443", "first")}</outline>'
    body += feed("https://a.example/#top", "later")
    outcome = read_opml(opml(body))
    assert [(one.title, one.section) for one in outcome.feeds] == [("first", "One")]


def test_text_and_empty_folders_are_no_feeds() -> None:
    """An outliner's own notes are neither taken nor listed as refused."""
    outcome = read_opml(opml('<outline text="A thought"><outline text="and another"/></outline><outline/>'))
    assert (outcome.feeds, outcome.refused) == ((), ())


def test_categories_count_where_there_is_no_folder() -> None:
    """OPML 2.0: comma-separated paths, of which the first is taken."""
    more = 'category="/News/Banks,/Other"'
    body = (
        feed("https://a.example/1", more=more) + f'<outline text="F">{feed("https://a.example/2", more=more)}</outline>'
    )
    assert [one.section for one in read_opml(opml(body)).feeds] == ["News / Banks", "F"]


@pytest.mark.parametrize("depth", [50, 3_000, 50_000])
def test_any_depth_is_read(depth: int) -> None:
    """No recursion, no section longer than a section may be, no time that grows with the square."""
    began = time.monotonic()
    body = '<outline text="g">' * depth + feed("https://a.example/") + "</outline>" * depth
    [found] = read_opml(opml(body)).feeds
    assert len(found.section) <= MAX_SECTION
    assert found.section.startswith("g / g / g")
    assert time.monotonic() - began < 20


LAUGHS = "".join(
    f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "ha"}{("&a" + str(n - 1) + ";") * 9 if n else ""}">'
    for n in range(10)
)


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE opml [{LAUGHS}]>",
        '<!DOCTYPE opml [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE opml SYSTEM "http://127.0.0.1:9/evil.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p">%p;]>',
    ],
)
def test_entities_are_never_expanded(doctype: str) -> None:
    """Neither a billion of them nor one that names a file; the feeds are read all the same."""
    body = opml(feed("https://a.example/", "x &a9;"), "<title>&a9;</title>").replace(
        b"<opml", doctype.encode() + b"<opml"
    )
    outcome = read_opml(body)
    assert [one.url for one in outcome.feeds] == ["https://a.example/"]
    assert "root:" not in outcome.title + outcome.feeds[0].title
    assert len(outcome.title) < 20


@pytest.mark.parametrize(
    "outline",
    [feed("https://a.example/?a=1&b=2"), feed("https://a.example/?a=1&b=2", "R&D &nbsp;&#27;&#x0; x"),
     feed("https://a.example/?a=1&amp;b=2", more='yt:id="x"')],
)  # fmt: skip
def test_common_damage_is_mended(outline: str) -> None:
    """Lone ampersands, entities of HTML, impossible references and undeclared prefixes, as hands write them."""
    outcome = read_opml(opml(outline))
    assert [one.url for one in outcome.feeds] == ["https://a.example/?a=1&b=2"]
    assert outcome.refused == ()


def test_what_comes_before_damage_is_kept() -> None:
    """A list cut off in the middle gives its first half, and says where it ends."""
    body = opml("\n".join(feed(f"https://a.example/{number}") for number in range(100)))
    outcome = read_opml(body[: len(body) // 2])
    assert 40 < len(outcome.feeds) < 60
    [(text, reason)] = outcome.refused
    assert text == "the rest of the list"
    assert "damaged XML at line" in reason


def test_text_after_the_end_does_no_harm() -> None:
    """Some exports append a comment of the server."""
    assert len(read_opml(opml(feed("https://a.example/")) + b"\nGenerated in 3 ms & counting <").feeds) == 1


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252"]
)
def test_encodings_are_read(encoding: str) -> None:
    """By byte order mark, by declaration, and as bytes of another encoding than is declared."""
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><opml><body>'
    text += feed("https://a.example/", "Zürich – für") + "</body></opml>"
    if encoding == "iso-8859-1":
        text = text.replace(" – ", " ")
    [found] = read_opml(text.encode(encoding)).feeds
    assert found.title.startswith("Zürich")
    assert found.title.endswith("für")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"just text", "not XML"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not XML"),
        (b"<rss version='2.0'><channel/></rss>", "<rss>"),
        (b"<!DOCTYPE html><html><body><outline xmlUrl='https://a.example/'/></body></html>", "<html>"),
        (b"<opml><head></body>", "damaged XML at line 1"),
        (b"<opml", "damaged XML at line 1"),
    ],
)
def test_what_is_no_list_is_one_sentence(body: bytes, words: str) -> None:
    """What it is instead, and what to do."""
    with pytest.raises(FeedError) as caught:
        read_opml(body)
    assert clean_line(str(caught.value)) == str(caught.value)
    assert words in str(caught.value)
    assert "; export it once more" in str(caught.value) or "; export the list once more" in str(caught.value)


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda data: b"<opml><body>" + data))
@example(b"<opml></opml></opml>")
@example(b"<opml><outline xmlUrl='http://[x'/></opml>")
def test_any_bytes_are_a_list_or_one_error(body: bytes) -> None:
    """FeedError and nothing else; whatever comes out is clean and on the web."""
    try:
        outcome = read_opml(body)
    except FeedError:
        return
    for one in outcome.feeds:
        assert is_web(one.url)
        assert clean_line(one.title) == one.title
    for text, reason in outcome.refused:
        assert clean_line(text + reason) == text + reason


NAMES = st.text(max_size=40).map(clean_line)
SECTIONS = st.lists(NAMES.filter(bool), max_size=4).map(" / ".join).map(clean_line)
ADDRESSES = st.from_regex(r"https?://[a-z]{1,8}\.example(:8080)?/[!-;=?-\[\]-~]{0,30}", fullmatch=True)
FEEDS = st.builds(OpmlFeed, ADDRESSES, NAMES, SECTIONS, st.just("") | ADDRESSES)


@settings(max_examples=50)
@given(st.lists(FEEDS, max_size=8, unique_by=lambda one: normalise(one.url)), NAMES)
def test_what_is_written_is_read_again(feeds: list[OpmlFeed], title: str) -> None:
    """Every feed with name, section and site; only the order may change, as sections are folders."""
    outcome = read_opml(write_opml(feeds, title, secrets=True))
    assert outcome.refused == ()
    assert outcome.title == title
    again = {one.url: one for one in outcome.feeds}
    assert len(outcome.feeds) == len(feeds)
    for one in feeds:
        read = again[one.url]
        assert (read.title, read.site_url) == (one.title, one.site_url)
        if len(one.section) <= MAX_SECTION:
            assert read.section == one.section
    assert read_opml(write_opml(outcome.feeds, title, secrets=True)).feeds == outcome.feeds


def test_secrets_are_written_only_if_asked_for() -> None:
    """User-info and secret values stay at home; everything else of a long address is as it was."""
    long = "https://ada:hunter2@a.example/feed?" + "x=1&" * 100 + "token=hunter2&y=2#key=hunter2"
    feeds = [OpmlFeed(long, "A", "", "https://ada:hunter2@a.example/")]
    written = write_opml(feeds, "Mine")
    assert b"hunter2" not in written
    [found] = read_opml(written).feeds
    assert found.url == "https://a.example/feed?" + "x=1&" * 100 + "token=***&y=2#key=***"
    assert found.site_url == "https://a.example/"
    assert read_opml(write_opml(feeds, "Mine", secrets=True)).feeds == tuple(feeds)


def test_many_feeds_are_read_in_no_time() -> None:
    """Thousands of feeds in folders: a moment, not a minute."""
    feeds = [OpmlFeed(f"https://h{n}.example/feed", f"N {n}", f"S {n % 40} / T {n % 7}") for n in range(4_000)]
    began = time.monotonic()
    assert set(read_opml(write_opml(feeds, "Mine")).feeds) == set(feeds)
    assert time.monotonic() - began < 15


# --- the shared samples --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "count"), [("opml-subscriptions.opml", 13), ("opml-category.opml", 0)])
def test_samples_of_the_specification_are_read(shared: Path, name: str, count: int) -> None:
    """Every outline with an address, nothing refused."""
    path = shared / "local_samples" / name
    if not path.exists():
        pytest.skip("not among the samples here")
    outcome = read_opml(path.read_bytes())
    assert len(outcome.feeds) == count
    assert outcome.refused == ()
    assert outcome.title
    assert all(one.title and one.site_url for one in outcome.feeds)


def test_the_hostile_server_s_list(shared: Path) -> None:
    """Billion laughs, escapes, markup, commands and fifty levels in one: only http(s), once each, nothing run."""
    import urllib.request

    spec = importlib.util.spec_from_file_location("hostile_server", shared / "hostile" / "hostile_server.py")
    if spec is None or spec.loader is None or not Path(spec.origin or "").exists():
        pytest.skip("not among the samples here")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with module.HostileServer() as server, urllib.request.urlopen(server.url("/opml-evil.opml")) as answer:
        body = answer.read()
    outcome = read_opml(body)
    assert [one.url for one in outcome.feeds] == ["http://u:p@127.0.0.1/x", "https://good.example/feed"]
    assert len(outcome.refused) == 9
    assert all(text.isprintable() and ":p@" not in text for text, _reason in outcome.refused)
    assert not Path("/tmp/pwned").exists()
