"""The fast path and feedparser give the same entries, field by field, or the fast path steps aside."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.feeds.assembly import assemble
from reader.feeds.prologue import open_document
from reader.feeds.raw import DamagedError, Unsettled
from reader.feeds.strict import read_strictly
from reader.feeds.tolerant import read_tolerantly
from reader.model import Feed

FEEDS = Path(__file__).parents[2].parent / "shared" / "feeds"


def by_both(body: bytes, url: str = "") -> tuple[Feed, Feed] | None:
    """The feed as each path reads it; None if the fast path leaves it to the other."""
    document = open_document(body)
    try:
        fast = read_strictly(document)
    except (Unsettled, DamagedError):
        return None
    slow = read_tolerantly(document, damaged=False)
    return (
        assemble(fast, format_name="x", url=url, warnings=[]),
        assemble(slow, format_name="x", url=url, warnings=[]),
    )


# --- generated feeds -----------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *(
            "Bank",
            "fraud & scam",
            "<b>bold</b>",
            "AT&amp;T",
            "Vec<T>",
            "“Zitat”",
            "Itâ\x80\x99s",
            "ﬁn\u200bal",
            "5 < 6",
        ),
        *("&#8217;", "]]>", "it's", "日本", "é", "\x9b", "https://news.example/a?b=1&c=2", "/rel/x", "12345", "&nbsp;"),
        *("\n", "  ", "5 < 6"),
    ]
)
TEXT = st.lists(WORDS, max_size=4).map(" ".join)
DATE = st.sampled_from(
    [
        *("Tue, 03 Nov 2026 10:00:00 GMT", "Tue, 03 Nov 2026 10:00 EST", "2026-11-03T10:00:00Z", "2026-11-03", ""),
        *("03 Nov 26 10:00:00 +0200", "9999-12-31T23:59:59-14:00", "2026-11-03T10:00:00.25+05:30", "yesterday"),
    ]
)
ADDRESS = st.sampled_from(
    ["https://news.example/1", "/a", "?q=1&r=2", "", " x ", "javascript:1", "tag:x,2026:1", "//h.example/"]
)
MIME = st.sampled_from(["", "html", "text", "text/html", "text/plain", "HTML", "audio/mpeg", "image/png"])


def leaf(
    names: list[str], content: st.SearchStrategy[str], /, **attributes: st.SearchStrategy[str]
) -> st.SearchStrategy[str]:
    """One element with text, escaped or in CDATA, and some of the attributes."""

    def build(name: str, value: str, cdata: bool, attrs: dict[str, str]) -> str:
        written = "<![CDATA[" + value.replace("]]>", "]] >") + "]]>" if cdata else escape(value)
        pairs = "".join(f" {key.replace('_', ':')}={quoteattr(item)}" for key, item in attrs.items())
        return f"<{name}{pairs}>{written}</{name}>"

    chosen = st.fixed_dictionaries({}, optional=attributes)
    return st.builds(build, st.sampled_from(names), content, st.booleans(), chosen)


def person(name: str) -> st.SearchStrategy[str]:
    part = st.one_of(leaf(["name"], TEXT), leaf(["email"], TEXT), leaf(["uri"], ADDRESS))
    return st.lists(part, max_size=3).map(lambda parts: f"<{name}>{''.join(parts)}</{name}>")


BOOLEAN = st.sampled_from(["true", "false"])
RSS_PART = st.one_of(
    leaf(["title", "dc:title", "media:title"], TEXT, type=MIME),
    leaf(["link"], ADDRESS),
    leaf(
        ["atom:link"],
        st.just(""),
        href=ADDRESS,
        rel=st.sampled_from(["alternate", "self", "enclosure", "Alternate"]),
        type=MIME,
    ),
    leaf(["guid"], ADDRESS | TEXT, isPermaLink=BOOLEAN),
    leaf(["pubDate", "dc:date", "atom:updated", "dcterms:issued", "dcterms:created", "lastBuildDate"], DATE),
    leaf(["author", "dc:creator", "itunes:author", "managingEditor"], TEXT),
    leaf(["category", "dc:subject", "media:category", "keywords"], TEXT, domain=TEXT, term=TEXT, label=TEXT),
    leaf(["itunes:category"], st.just(""), text=TEXT),
    leaf(["itunes:keywords", "media:keywords"], TEXT),
    leaf(["description", "itunes:summary", "media:description", "dc:description"], TEXT, type=MIME),
    leaf(["content:encoded"], TEXT),
    leaf(["enclosure"], st.just(""), url=ADDRESS, length=st.sampled_from(["1", "x"]), type=MIME),
    leaf(["media:content"], st.just(""), url=ADDRESS, fileSize=st.just("3"), medium=st.just("image")),
    leaf(["media:thumbnail"], st.just(""), url=ADDRESS),
    leaf(["slash:comments", "foo", "x:title", "comments"], TEXT, a=TEXT),
    leaf(["source"], TEXT, url=ADDRESS),
    leaf(["image"], TEXT),
    st.builds("<media:group>{}{}</media:group>".format, leaf(["media:title"], TEXT), leaf(["media:description"], TEXT)),
    st.builds("<source><title>{}</title>{}</source>".format, TEXT.map(escape), leaf(["link"], ADDRESS)),
    st.builds("<image><url>{}</url></image>".format, ADDRESS.map(escape)),
)
XHTML = st.sampled_from(
    [
        "<p>a &amp; b</p>",
        "<div class='x'>one</div><div>two</div>",
        "text",
        "<p>a<br/><img src='/x'/></p>",
        "<p>A <b>B</b> </p>",
    ]
)
ATOM_PART = st.one_of(
    leaf(["title", "summary", "content"], TEXT, type=MIME),
    st.builds(
        "<{0} type='xhtml'> <div xmlns='http://www.w3.org/1999/xhtml'>{1}</div>\n</{0}>".format,
        st.sampled_from(["title", "summary", "content"]),
        XHTML,
    ),
    leaf(
        ["link"],
        st.just(""),
        href=ADDRESS,
        rel=st.sampled_from(["alternate", "self", "enclosure", "related"]),
        type=MIME,
    ),
    leaf(["id"], ADDRESS | TEXT),
    leaf(["published", "updated", "issued", "modified", "created"], DATE),
    person("author"),
    person("contributor"),
    leaf(["category"], st.just(""), term=TEXT, scheme=TEXT, label=TEXT),
    leaf(["rights", "generator", "thr:total"], TEXT, type=MIME),
    st.builds("<source>{}{}</source>".format, leaf(["title"], TEXT), leaf(["updated"], DATE)),
)
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:x="urn:x"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:thr="http://purl.org/syndication/thread/1.0"'
)


_SUMMARY = re.compile("<(?:[a-z]+:)?(?:content|summary|description)")


def feeds_of(part: st.SearchStrategy[str], form: str, item: str) -> st.SearchStrategy[str]:
    entries = st.lists(st.lists(part, max_size=8).map(lambda parts: f"<{item}>{''.join(parts)}</{item}>"), max_size=3)
    # After a content or a second summary of the feed itself, feedparser reads the first entry in another way than the
    # others; the fast path does not.
    head = st.lists(part.filter(lambda text: not _SUMMARY.search(text)), max_size=3).map("".join)
    base = st.sampled_from(["", "", ' xml:base="https://base.example/b/"', ' xml:base="/rel/"', ' xml:lang="de"'])
    return st.builds(
        lambda head, entries, base: form.format(head=head, entries="".join(entries), spaces=SPACES + base),
        head,
        entries,
        base,
    )


RSS = feeds_of(
    RSS_PART,
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" {spaces}><channel>{head}{entries}</channel></rss>',
    "item",
)
RDF = feeds_of(
    RSS_PART,
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" {spaces}><channel>{head}</channel>{entries}</rdf:RDF>',
    "item",
)
ATOM = feeds_of(ATOM_PART, '<feed xmlns="http://www.w3.org/2005/Atom" {spaces}>{head}{entries}</feed>', "entry")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.one_of(RSS, RDF, ATOM), st.sampled_from(["", "https://news.example/feed"]))
def test_generated_feeds_are_read_alike(document: str, url: str) -> None:
    """Whatever the fast path does not leave to feedparser, it reads as feedparser does."""
    both = by_both(document.encode(), url)
    if both:
        fast, slow = both
        assert fast.entries == slow.entries
        assert (fast.title, fast.link, fast.language) == (slow.title, slow.link, slow.language)


@pytest.mark.skipif(not FEEDS.is_dir(), reason="the real feeds are not on this machine")
@pytest.mark.parametrize("limit", [60_000, pytest.param(10**9, marks=pytest.mark.slow)])
def test_real_feeds_are_read_alike_and_most_take_the_fast_path(limit: int) -> None:
    """Nine real feeds in ten take the fast path, and all of those give the same entries on both."""
    documents = [body for body in (path.read_bytes() for path in sorted(FEEDS.glob("*.xml"))) if len(body) <= limit]
    read = [by_both(body) for body in documents]
    for both in filter(None, read):
        assert both[0] == both[1]
    assert len(documents) > 80
    assert sum(both is not None for both in read) >= 0.9 * len(documents)


LEFT_TO_FEEDPARSER = {
    "mixed content": "<rss version='2.0'><channel><item><description>a <b>b</b></description></item></channel></rss>",
    "an entry in an entry": "<rss version='2.0'><channel><item><item/></item></channel></rss>",
    "base64": "<feed><entry><content type='image/png'>eA==</content></entry></feed>",
    "CDF": "<channel><item HREF='https://news.example/'/></channel>",
    "a title in an image": "<rss version='2.0'><channel><item><image><title>t</title></image></item></channel></rss>",
}


@pytest.mark.parametrize("document", LEFT_TO_FEEDPARSER.values(), ids=LEFT_TO_FEEDPARSER)
def test_what_the_rules_do_not_cover_is_left_to_feedparser(document: str) -> None:
    """The fast path says so rather than reading something else."""
    with pytest.raises(Unsettled):
        read_strictly(open_document(document.encode()))
