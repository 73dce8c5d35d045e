"""Autodiscovery: the feeds a page names, the same host first, and nothing that is not http(s)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.autodiscovery import find_feeds
from reader.text.addresses import is_web
from reader.text.clean import clean_line

PAGE = "https://news.example/blog/"


def link(href: str, kind: str = "application/rss+xml", rel: str = "alternate", title: str = "") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}" title="{title}">'


FOUND = [
    (link("/feed", title="Posts"), [("https://news.example/feed", "Posts")]),
    (link("atom.xml", "application/atom+xml"), [("https://news.example/blog/atom.xml", "")]),
    (link("f.json", "application/feed+json"), [("https://news.example/blog/f.json", "")]),
    (link("f.rdf", "application/rdf+xml; charset=utf-8", "ALTERNATE home"), [("https://news.example/blog/f.rdf", "")]),
    ("<LINK HREF=/feed TYPE=application/RSS+XML REL=alternate>", [("https://news.example/feed", "")]),
    ("<link rel=feed href=/feed>", [("https://news.example/feed", "")]),
    (f"<base href='https://other.example/x/'>{link('feed')}", [("https://other.example/x/feed", "")]),
    (link("?feed=rss2&amp;cat=1"), [("https://news.example/blog/?feed=rss2&cat=1", "")]),
    (link("/feed", title="A &amp; B\n&#27;[2J"), [("https://news.example/feed", "A & B [2J")]),
    (link("/feed") + link("/feed#x") + link("https://NEWS.example/feed"), [("https://news.example/feed", "")]),
    (
        link("https://cdn.example/feed") + link("/comments/feed") + link("/feed"),
        [
            ("https://news.example/feed", ""),
            ("https://news.example/comments/feed", ""),
            ("https://cdn.example/feed", ""),
        ],
    ),
    (link("https://www.news.example/feed"), [("https://www.news.example/feed", "")]),
    (f"<body><p>{link('/feed')}", [("https://news.example/feed", "")]),
    ("<a rel='alternate' type='application/rss+xml' href='/feed'>RSS</a>", [("https://news.example/feed", "")]),
    ("<link rel=alternate hreflang=de href=/de>", []),
    (link("/print.css", "text/css", "alternate stylesheet"), []),
    (link("/oembed", "application/json+oembed"), []),
    (link("file:///etc/passwd") + link("javascript:alert(1)") + link("data:text/xml,x") + link(""), []),
    (f"<!-- {link('/feed')} --><script>{link('/feed')}</script>", []),
    ("", []),
]


@pytest.mark.parametrize(("html", "feeds"), FOUND)
def test_feeds_are_found_in_pages(html: str, feeds: list[tuple[str, str]]) -> None:
    """Each way of naming a feed is understood, each look-alike left out, the order is best first."""
    assert find_feeds(html, url=PAGE) == feeds


def test_a_page_without_an_address_names_only_absolute_feeds() -> None:
    """A saved page has no address of its own: relative links mean nothing there."""
    html = link("/feed") + link("https://news.example/feed")
    assert find_feeds(html, url="") == [("https://news.example/feed", "")]


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from([link("x"), "<base href=//y>", "<", "<!--", "&", "\x1b"])).map("".join)
)
def test_no_page_makes_it_raise(html: str) -> None:
    """Whatever the page says, the answer is a list of web addresses with clean titles."""
    for address, title in find_feeds(html, url=PAGE):
        assert is_web(address)
        assert clean_line(title) == title


@pytest.mark.parametrize("unit", ["<", "<!--", "<link ", "<a href=", "&", "<![", "<?", link("/x"), "<link x='", "</"])
def test_huge_pages_cost_little(unit: str) -> None:
    """Megabytes of any opening are looked at within bounds (a ceiling, not a measurement)."""
    begin = time.perf_counter()
    find_feeds(unit * (3_000_000 // len(unit)), url=PAGE)
    assert time.perf_counter() - begin < 20
