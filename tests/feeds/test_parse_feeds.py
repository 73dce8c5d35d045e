"""Feeds of every format: each field comes out, clean, dated, with absolute addresses."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from reader.errors import FeedError
from reader.feeds import parse_feed
from reader.feeds.scripts import without_scripts
from reader.model import FeedEntry, Media

URL = "https://news.example/feeds/all.xml"
RSS = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">'
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">'


def rss(item: str, channel: str = "<title>T</title><link>https://news.example/</link>") -> str:
    return f'<?xml version="1.0"?>{RSS}<channel>{channel}<item>{item}</item></channel></rss>'


def atom(entry: str, head: str = "<title>T</title><link href='https://news.example/'/>") -> str:
    return f'<?xml version="1.0"?>{ATOM}{head}<entry>{entry}</entry></feed>'


def entry_of(document: str, url: str = URL) -> FeedEntry:
    (entry,) = parse_feed(document.encode(), url=url).entries
    return entry


def test_a_whole_rss_feed() -> None:
    """Everything an RSS item states is there, under the names of the record."""
    feed = parse_feed(
        rss(
            "<title>Bank &amp;amp; Trust</title><link>https://news.example/1</link><guid isPermaLink='false'>n-1</guid>"
            "<pubDate>Tue, 03 Nov 2026 10:00:00 +0100</pubDate><dc:creator>Vera Holm</dc:creator>"
            "<category>Fraud</category><category domain='x'>Mules</category><category>Fraud</category>"
            "<description>Short &lt;b&gt;text&lt;/b&gt;</description>"
            "<content:encoded><![CDATA[<p>Long text</p>]]></content:encoded>"
            "<enclosure url='/a.mp3' length='123' type='audio/mpeg'/>"
            "<media:content url='https://img.example/1.jpg' type='image/jpeg' fileSize='9'/>"
            "<media:thumbnail url='https://img.example/t.jpg'/>",
            "<title>The Fraud Desk</title><link>https://news.example/</link><language>en_US</language>",
        ).encode(),
        url=URL,
    )
    assert (feed.format, feed.title, feed.link, feed.language) == (
        "rss20",
        "The Fraud Desk",
        "https://news.example/",
        "en-US",
    )
    assert feed.warnings == ()
    assert feed.entries == (
        FeedEntry(
            id="n-1",
            title="Bank & Trust",
            link="https://news.example/1",
            author="Vera Holm",
            published=datetime(2026, 11, 3, 9, tzinfo=UTC),
            summary="Short <b>text</b>",
            content_html="<p>Long text</p>",
            tags=("Fraud", "Mules"),
            enclosures=(
                Media("https://news.example/a.mp3", "audio/mpeg", 123),
                Media("https://img.example/1.jpg", "image/jpeg", 9),
                Media("https://img.example/t.jpg", "image"),
            ),
        ),
    )


def test_a_whole_atom_feed() -> None:
    """Everything an Atom entry states is there, with XHTML content as markup without its wrapper."""
    entry = entry_of(
        atom(
            "<title type='html'>An &lt;i&gt;odd&lt;/i&gt; title</title><id>urn:x:1</id>"
            "<link rel='alternate' href='https://news.example/1'/>"
            "<link rel='enclosure' href='/a.pdf' type='application/pdf'/>"
            "<published>2026-11-03T10:00:00Z</published><updated>2026-11-04T10:00:00.5+01:00</updated>"
            "<author><name>Vera Holm</name></author><author><name>Ugo Lind</name></author>"
            "<category term='fraud' label='Fraud &amp; Scams'/><summary>Less &lt; more</summary>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Text<br/>and &amp;</p></div></content>"
        )
    )
    assert entry == FeedEntry(
        id="urn:x:1",
        title="An odd title",
        link="https://news.example/1",
        author="Vera Holm, Ugo Lind",
        published=datetime(2026, 11, 3, 10, tzinfo=UTC),
        updated=datetime(2026, 11, 4, 9, tzinfo=UTC),
        summary="Less < more",
        content_html="<p>Text<br/>and &amp;</p>",
        tags=("Fraud & Scams",),
        enclosures=(Media("https://news.example/a.pdf", "application/pdf"),),
    )


FORMATS = [
    ("<rss version='2.0'><channel><item><title>x</title></item></channel></rss>", "rss20"),
    ("<rss version='0.91'><channel><item><title>x</title></item></channel></rss>", "rss091u"),
    ("<rss version='0.92'><channel><item><title>x</title></item></channel></rss>", "rss092"),
    ("<rss><channel><item><title>x</title></item></channel></rss>", "rss"),
    (
        "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.example/rss-0.91.dtd'>"
        "<rss version='0.91'><channel><item><title>caf&eacute;</title></item></channel></rss>",
        "rss091n",
    ),
    (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
        "<channel><title>c</title></channel><item rdf:about='http://news.example/1'><title>x</title></item></rdf:RDF>",
        "rdf",
    ),
    (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
        " xmlns='http://my.netscape.com/rdf/simple/0.9/'><item><title>x</title></item></rdf:RDF>",
        "rdf",
    ),
    ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>x</title></entry></feed>", "atom10"),
    ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>x</a:title></a:entry></a:feed>", "atom10"),
    ("<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>x</title></entry></feed>", "atom03"),
    ("<channel href='http://news.example/'><item><title>x</title></item></channel>", "cdf"),
]


@pytest.mark.parametrize(("document", "name"), FORMATS, ids=[name for _, name in FORMATS])
def test_every_format_is_read_and_named(document: str, name: str) -> None:
    """All versions of RSS, RDF and Atom give their entries and say what they are."""
    feed = parse_feed(document.encode())
    assert feed.format == name
    assert feed.entries[0].title in ("x", "café")
    assert feed.warnings == ()


TITLES = [
    ("plain words", "plain words"),
    ("AT&amp;amp;T", "AT&T"),
    ("AT&amp;T", "AT&T"),
    ("<![CDATA[<b>Bold</b> <i>move</i>]]>", "Bold move"),
    ("one&lt;br/&gt;two", "one two"),
    ("Vec&lt;T&gt; and List&lt;int&gt;", "Vec<T> and List<int>"),
    ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
    ("&amp;lt;img src=x onerror=1&amp;gt;", "<img src=x onerror=1>"),
    ("a &lt; b &amp; c &gt; d", "a < b & c > d"),
    ("?a=1&amp;copy=2", "?a=1&copy=2"),
    ("[/x] [@click=app.quit]y[/]", "[/x] [@click=app.quit]y[/]"),
    ("two\n lines\tand\u00a0blanks", "two lines and blanks"),
    ("\u202egnp.exe\u202c pay\u200bpal \u009b31m", "gnp.exe paypal ›31m"),
    ("Itâ\u0080\u0099s", "It’s"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "title"), TITLES)
def test_titles_are_one_clean_line(written: str, title: str) -> None:
    """Formatting goes, entities are resolved, and what the title is about stays literal."""
    assert entry_of(rss(f"<guid>x</guid><title>{written}</title>")).title == title


def test_titles_of_atom_are_read_by_their_type() -> None:
    """Text stays text, HTML becomes text, XHTML loses its elements."""
    assert entry_of(atom("<title>AT&amp;amp;T &lt;b&gt;</title>")).title == "AT&amp;T <b>"
    assert entry_of(atom("<title type='html'>AT&amp;amp;T &lt;b&gt;x&lt;/b&gt;</title>")).title == "AT&T x"
    xhtml = "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>An <b>XHTML</b> title</div></title>"
    assert entry_of(atom(xhtml)).title == "An XHTML title"


def test_a_title_of_megabytes_is_shortened() -> None:
    """A title has at most 1,000 characters, and an id at most 2,000 without two long ids becoming one."""
    entries = [entry_of(rss(f"<title>{'A' * 2_000_000}</title><guid>{'g' * 1_000_000}{n}</guid>")) for n in (1, 2)]
    assert [len(entry.title) for entry in entries] == [1000, 1000]
    assert len({entry.id for entry in entries}) == 2
    assert all(len(entry.id) <= 2000 for entry in entries)


LINKS = [
    ("<link>https://news.example/1</link>", "https://news.example/1"),
    ("<link> \n/a?b=1&amp;c=2#d </link>", "https://news.example/a?b=1&c=2#d"),
    ("<link>?q=1</link>", "https://news.example/?q=1"),
    ("<link>//other.example/z</link>", "https://other.example/z"),
    ("<guid>https://news.example/1</guid>", "https://news.example/1"),
    ("<guid isPermaLink='false'>https://news.example/1</guid>", ""),
    ("<guid>12345</guid>", ""),
    ("<guid>/p/12345</guid>", "https://news.example/p/12345"),
    ("<atom:link href='https://news.example/1'/>", "https://news.example/1"),
    ("<atom:link rel='replies' href='https://news.example/1'/>", ""),
    ("<atom:link rel='alternate' type='application/pdf' href='/1.pdf'/>", "https://news.example/1.pdf"),
    ("<link>javascript:alert(1)</link>", ""),
    ("<link>java\tscript:alert(1)</link>", ""),
    ("<link>data:text/html,x</link>", ""),
    ("<link>file:///etc/passwd</link>", ""),
    ("<link>smb://news.example/x</link>", ""),
    ("<link>http://good.example\\@evil.example/</link>", ""),
    (f"<link>https://news.example/{'x' * 1_000_000}</link>", ""),
]


@pytest.mark.parametrize(("written", "link"), LINKS, ids=[written[:60] for written, _ in LINKS])
def test_links_are_absolute_web_addresses_or_nothing(written: str, link: str) -> None:
    """Relative links mean what they mean at the feed's site; nothing but http(s) comes out."""
    assert entry_of(rss(f"<title>t</title>{written}")).link == link


def test_relative_links_without_a_site_are_resolved_against_the_feed() -> None:
    """The address that was fetched is the base if the feed names no site, else what the feed calls itself."""
    item = "<title>t</title><link>a</link>"
    itself = "<title>T</title><atom:link rel='self' href='https://self.example/x/feed'/>"
    assert entry_of(rss(item, "<title>T</title>")).link == "https://news.example/feeds/a"
    assert entry_of(rss(item, itself), url="").link == "https://self.example/x/a"
    assert entry_of(rss(item, "<title>T</title>"), url="").link == ""


def test_xml_base_is_obeyed_in_links_and_in_content() -> None:
    """Relative addresses under an xml:base are resolved against it, also those inside HTML content."""
    document = atom(
        "<title>t</title><link href='post'/><content type='html' xml:base='https://base.example/c/'>"
        "&lt;a href='x'&gt;x&lt;/a&gt; &lt;img src=\"/y\"&gt; &lt;a href='https://z.example/'&gt;z&lt;/a&gt;</content>"
    ).replace("<feed ", "<feed xml:base='https://base.example/blog/' ")
    entry = entry_of(document)
    assert entry.link == "https://base.example/blog/post"
    assert "href='https://base.example/c/x'" in entry.content_html
    assert 'src="https://base.example/y"' in entry.content_html
    assert "href='https://z.example/'" in entry.content_html


DATES = [
    ("<pubDate>Tue, 03 Nov 2026 10:00:00 EST</pubDate>", "2026-11-03T15:00:00+00:00", None),
    ("<dc:date>2026-11-03T10:00:00+05:30</dc:date>", "2026-11-03T04:30:00+00:00", "2026-11-03T04:30:00+00:00"),
    ("<pubDate>2026-11-03</pubDate>", "2026-11-03T00:00:00+00:00", None),
    ("<pubDate>Fri, 01 Jan 2099 00:00:00 GMT</pubDate>", "2099-01-01T00:00:00+00:00", None),
    ("<pubDate>Sat, 01 Jan 10000 00:00:00 GMT</pubDate>", None, None),
    ("<pubDate>0000-00-00T00:00:00Z</pubDate>", None, None),
    ("<pubDate>9999-12-31T23:59:59-14:00</pubDate>", None, None),
    ("<pubDate>2026-11-02T10:00:00+99:99</pubDate>", None, None),
    (f"<pubDate>{'1' * 1_000_000}</pubDate>", None, None),
]


@pytest.mark.parametrize(("written", "published", "updated"), DATES, ids=[written[:50] for written, _, _ in DATES])
def test_dates_are_what_the_feed_states(written: str, published: str | None, updated: str | None) -> None:
    """Zone names and offsets are applied, nothing is clamped, and what is outside years 1-9999 is no date."""
    entry = entry_of(rss(f"<title>t</title>{written}"))
    assert (entry.published.isoformat() if entry.published else None) == published
    assert (entry.updated.isoformat() if entry.updated else None) == updated


AUTHORS = [
    ("<author>vera@news.example (Vera Holm)</author>", "vera@news.example (Vera Holm)"),
    ("<dc:creator><![CDATA[Vera Holm]]></dc:creator>", "Vera Holm"),
    ("<itunes:author>The Desk</itunes:author>", "The Desk"),
    ("<author>a@b.example</author><dc:creator>Vera Holm</dc:creator>", "Vera Holm"),
    ("<atom:author><atom:name>Vera Holm</atom:name></atom:author>", "Vera Holm"),
]


@pytest.mark.parametrize(("written", "author"), AUTHORS)
def test_authors_come_in_many_forms(written: str, author: str) -> None:
    """The last author named is the author of an RSS item, as it is written."""
    assert entry_of(rss(f"<title>t</title>{written}")).author == author


def test_a_second_description_is_the_content() -> None:
    """iTunes and Media RSS repeat the description at length; a feed without content has it there."""
    entry = entry_of(rss("<description>short</description><itunes:summary>long</itunes:summary>"))
    assert (entry.summary, entry.content_html) == ("short", "long")


def test_text_content_of_atom_is_escaped_into_html() -> None:
    """What is declared as text shows as text where HTML is expected."""
    entry = entry_of(atom("<title>t</title><content type='text'>if a &lt;b&gt; c &amp;amp; d</content>"))
    assert entry.content_html == "if a &lt;b&gt; c &amp;amp; d"


def test_titles_of_media_and_sources_are_not_the_entrys() -> None:
    """The entry's own title, link and date win over those of what it contains or quotes."""
    entry = entry_of(
        atom(
            "<media:group><media:title>clip</media:title><media:content url='/v.mp4' type='video/mp4'/></media:group>"
            "<source><title>other</title><link href='https://o.example/'/><updated>2020-01-01T00:00:00Z</updated></source>"
            "<title>own</title><link href='/1'/><updated>2026-01-01T00:00:00Z</updated>"
        )
    )
    assert (entry.title, entry.link, entry.updated) == (
        "own",
        "https://news.example/1",
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert entry.enclosures == (Media("https://news.example/v.mp4", "video/mp4"),)


def test_enclosure_lengths_are_numbers_or_unknown() -> None:
    """Absurd and negative lengths are unknown; dangerous addresses are no enclosures."""
    item = "".join(
        f"<enclosure url='https://e.example/{n}' length='{length}'/>"
        for n, length in enumerate(("12", "9" * 30, "-1", "x"))
    )
    entry = entry_of(rss(f"<title>t</title>{item}<enclosure url='file:///etc/passwd'/>"))
    assert [media.length for media in entry.enclosures] == [12, None, None, None]


def test_entries_without_anything_to_tell_them_apart_are_all_there() -> None:
    """No ids, links, dates or titles: nothing is invented, nothing is lost, duplicates stay for the caller to judge."""
    items = "<item><description>a</description></item><item/><item><guid>1</guid></item><item><guid>1</guid></item>"
    body = f"{RSS}<channel>{items}</channel></rss>"
    feed = parse_feed(body.encode())
    assert [(entry.id, entry.summary) for entry in feed.entries] == [("", "a"), ("", ""), ("1", ""), ("1", "")]


def test_only_the_newest_entries_of_an_endless_feed_are_kept() -> None:
    """Beyond 5,000 entries the newest by date stay, in the order of the feed, and a warning says so."""
    items = "".join(
        f"<item><guid>{n}</guid><pubDate>{2000 + n // 600:04}-01-01T00:{n // 60 % 60:02}:{n % 60:02}Z</pubDate></item>"
        for n in range(6_000)
    )
    feed = parse_feed(f"{RSS}<channel>{items}</channel></rss>".encode())
    assert [int(entry.id) for entry in feed.entries] == list(range(1_000, 6_000))
    assert feed.warnings == ("The feed has 6,000 entries; the newest 5,000 were kept.",)


REFUSED = [
    (b"", "The reply is empty"),
    (b" \n" * 1000, "The reply is empty"),
    (b"<!doctype html><html><body>hi</body></html>", "it is an HTML page"),
    (b"<html><head></head></html>", "it is an HTML page"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "it is a binary file"),
    (bytes(range(256)) * 100, "it is a binary file"),
    (b"Hello, this is no feed.", "it is plain text"),
    (b"/etc/passwd", "it is plain text"),
    (b"http://127.0.0.2:8080/secret", "it is plain text"),
    (b"<opml version='2.0'><body/></opml>", "a list of feeds (OPML)"),
    (
        b"<?xml version='1.0'?><urlset><url><loc>https://news.example/</loc></url></urlset>",
        "XML of another kind (<urlset>)",
    ),
    (b"<rss version='2.0'><channel><item", "damaged XML at line 1"),
]


@pytest.mark.parametrize(("body", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_is_no_feed_is_refused_in_one_sentence(body: bytes, words: str) -> None:
    """One clear sentence says what was there instead, and where damage is."""
    with pytest.raises(FeedError) as caught:
        parse_feed(body, url=URL)
    sentence = str(caught.value)
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("It\u00e2\u0080\u0099s gone", "It\u2019s gone"),
        ("It&#226;&#128;&#153;s gone", "It\u2019s gone"),
        ("It&#xe2;&#x80;&#x99;s gone", "It\u2019s gone"),
        ("Caf\u00c3\u00a9 robbed", "Caf\u00e9 robbed"),
        ("Caf\u00e9 \u201crobbed\u201d", "Caf\u00e9 \u201crobbed\u201d"),
        ("50\u00a0\u00c3\u00bc \u65e5", "50 \u00c3\u00bc \u65e5"),
    ],
)
def test_utf8_that_was_read_as_latin1_is_read_again(written: str, read: str) -> None:
    """Whether it stands there as characters or as references; a text that is not all of that kind stays as it is."""
    body = f"<rss version='2.0'><channel><item><title>{written}</title></item></channel></rss>".encode()
    assert parse_feed(body).entries[0].title == read


def test_an_atom_link_whose_prefix_nobody_declared_is_a_link() -> None:
    """What the prefix stands for is known; that it was repaired is said."""
    body = b"""<rss version='2.0'><channel><atom:link rel='alternate' href='https://news.example/'/>
        <item><title>One</title></item></channel></rss>"""
    feed = parse_feed(body)
    assert feed.link == "https://news.example/"
    assert feed.warnings


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("safe<script>alert('<b>')</script> words", "safe words"),
        ("a<SCRIPT type='x'>1</ScRiPt >b<style>p {}</style>c<applet code=x>d</applet>e", "abce"),
        ("a<script/>b</script>c", "ac"),
        ("a<script>never closed <p>b</p>", "a"),
        ("<p>a <strong>span</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>", None),
        ("<scripture>a</scripture><styled>b</styled>", None),
        ("<s>a</s>", None),
    ],
)
def test_scripts_and_styles_are_no_content(written: str, html: str | None) -> None:
    """They are gone, as in a browser; what only talks of them stays as it was written."""
    assert without_scripts(written) == (written if html is None else html)


@pytest.mark.parametrize("piece", ["<script>", "<style><script>", "</script><script", "<script></"])
def test_removing_scripts_is_linear(piece: str) -> None:
    """Half a million beginnings cost next to nothing (a ceiling, not a measurement)."""
    began = time.process_time()
    without_scripts(piece * 500_000)
    assert time.process_time() - began < 20


def test_embedded_media_take_no_words_of_a_title_with_them() -> None:
    """Nobody closes them there."""
    body = b"""<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id>
        <title type='html'>safe&lt;embed src="x"&gt; &lt;object data="y"&gt;description</title></entry></feed>"""
    assert parse_feed(body).entries[0].title == "safe description"


@pytest.mark.parametrize("first", [True, False])
def test_an_enclosure_is_not_the_address_of_an_entry_that_has_one(first: bool) -> None:
    """A link for an enclosure that has its address as text, before or behind the entry's own link."""
    links = ["<link rel='enclosure'>https://a.example/1.mp3</link>", "<link href='https://a.example/1'/>"]
    body = "".join(links if first else links[::-1])
    document = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>t</title>{body}</entry></feed>"
    entry = parse_feed(document.encode()).entries[0]
    assert entry.link == "https://a.example/1"
    assert [media.url for media in entry.enclosures] == ["https://a.example/1.mp3"]
