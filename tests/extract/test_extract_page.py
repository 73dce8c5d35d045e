"""HTML pages: the article and nothing else, and what the page says about itself."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from reader.errors import ExtractError
from reader.extract import extract
from reader.extract.page import without_ballast
from reader.model import Document

P1 = (
    "A gang that calls itself Blue Kettle emptied the accounts of eleven charities in a weekend, the police in "
    "Ostbrück said on Monday, and left a note that thanked them for their patience."
)
P2 = (
    "“They had read our mail for a month,” said Tilda Marsh, who keeps the books of one of them, in a telephone "
    "interview. “They knew when I would be at the dentist.”"
)
SHORT = "A plain paragraph about a security advisory, long enough to be kept."
P3 = (
    "The bank has frozen about a third of the money, according to a spokesman, and promised to answer the other "
    "charities by the end of the week."
)


def page(body: str, head: str = "", prolog: str = "<!doctype html>") -> bytes:
    return f"{prolog}<html lang=en-GB><head>{head}</head><body>{body}</body></html>".encode()


def read(
    body: str, head: str = "", *, url: str = "", prolog: str = "<!doctype html>", name: str = "page.html"
) -> Document:
    return extract(page(body, head, prolog), name=name, url=url)


ARTICLE = f"""
<header><nav><ul><li><a href=/>Home</a><li><a href=/fraud>Fraud</a></ul></nav></header>
<main><article><h1>Gang thanks charities</h1>
<p class=byline>By Ines Fall</p>
<p>{P1}</p>
<div class="ad"><p>Advertisement</p></div>
<h2>The note</h2>
<p>{P2} <a href="/police/statement">The statement</a> is public.</p>
<blockquote><p>Thank you for your patience, it has been a pleasure to do business with you all.</p></blockquote>
<ul><li>Eleven charities lost money in two days</li><li>One of them noticed before the bank did</li></ul>
<ol><li>Call the bank at a number you know</li><li>Keep the messages for the police</li></ol>
<table><tr><th>Charity</th><th>Loss</th></tr><tr><td>Little Harbour</td><td>90,000</td></tr></table>
<img src="/img/note.jpg" width=800><img src="https://track.example.com/p.gif" width=1 height=1>
<p>{P3}</p>
</article>
<section class="related"><h3>Related articles</h3><ul><li><a href=/x>Another gang, another note</a></ul></section>
<div id=comments><h3>3 Comments</h3><p>Great piece, thank you for writing it so clearly and so soon.</p></div></main>
<footer><p>© 2026 Example News. All rights reserved.</p></footer>
"""


def test_the_article_of_a_page_keeps_its_structure() -> None:
    """Headings, links, quotes, lists and tables stay, in order; navigation, advertisements, comments and title go."""
    document = read(ARTICLE, url="https://news.example.com/fraud/gang")
    texts = [(b.type.value, document.text[b.start : b.end]) for b in document.blocks]
    assert ("heading", "The note") in texts
    assert ("quote", "Thank you for your patience, it has been a pleasure to do business with you all.") in texts
    assert ("list", "Eleven charities lost money in two days") in texts
    assert ("list", "1. Call the bank at a number you know") in texts
    assert ("table", "Charity | Loss\nLittle Harbour | 90,000") in texts
    assert texts[-1] == ("paragraph", P3)
    assert [document.text[a.start : a.end] for a in document.links] == ["The statement"]
    assert document.links[0].url == "https://news.example.com/police/statement"
    assert [image.url for image in document.images] == ["https://news.example.com/img/note.jpg"]
    for gone in ("Home", "Advertisement", "Another gang", "Great piece", "All rights", "Gang thanks charities"):
        assert gone not in document.text
    assert document.title == "Gang thanks charities"
    assert document.author == "Ines Fall"
    assert document.language == "en-GB"
    assert document.url == "https://news.example.com/fraud/gang"


LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Example News"},
        {
            "@type": ["NewsArticle"],
            "headline": "Gang &amp; charities",
            "author": [{"@type": "Person", "name": "Ines Fall"}, {"name": "Otto Vale"}],
            "datePublished": "2026-03-01T10:00:00+01:00",
            "dateModified": "2026-03-02T10:00:00Z",
            "articleSection": "Fraud",
            "keywords": "charity, fraud",
            "description": "A weekend.",
            "mainEntityOfPage": {"@id": "https://news.example.com/gang"},
            "publisher": {"name": "Example News"},
        },
    ],
}


def script(data: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def test_json_ld_is_believed_first() -> None:
    """Structured data gives title, authors, dates, section, tags, summary and address, also from a @graph."""
    document = read(ARTICLE, "<title>Other | Example News</title>" + script(LD))
    assert document.title == "Gang & charities"
    assert document.author == "Ines Fall, Otto Vale"
    assert document.published == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert document.updated == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert (document.section, document.tags, document.summary) == ("Fraud", ("charity", "fraud"), "A weekend.")
    assert document.url == "https://news.example.com/gang"


@pytest.mark.parametrize(
    ("head", "field", "expected"),
    [
        ("<title>Gang thanks charities | Example News</title>", "title", "Gang thanks charities"),
        ("<meta property='og:title' content='A | B'><meta property=og:site_name content=B>", "title", "A"),
        ("<meta property='og:title' content='A &amp;amp; B'>", "title", "A & B"),
        (
            "<meta property='article:published_time' content='2026-03-01'>",
            "published",
            datetime(2026, 3, 1, tzinfo=UTC),
        ),
        ("<meta name=DC.date.issued content='1 March 2026'>", "published", datetime(2026, 3, 1, tzinfo=UTC)),
        ("<meta name=date content='0001-01-01T00:00:00'>", "published", None),
        ("<meta name=author content='Otto Vale'>", "author", "Otto Vale"),
        ("<meta property=article:author content='https://social.example.com/x'>", "author", "Ines Fall"),
        ("<meta name=keywords content='a, b, a,,c'>", "tags", ("a", "b", "c")),
        ("<meta property='og:description' content='Short\n words'>", "summary", "Short words"),
        ("<link rel=canonical href='https://news.example.com/c'>", "url", "https://news.example.com/c"),
        ("<meta property='og:url' content='https://news.example.com/o'>", "url", "https://news.example.com/o"),
        ("<link rel=canonical href='javascript:alert(1)'>", "url", ""),
        ("<script type='application/ld+json'>{broken</script>", "author", "Ines Fall"),
        (
            script({"@type": "Article", "headline": ["x", 1], "author": 5, "datePublished": {"a": 1}}),
            "author",
            "Ines Fall",
        ),
        (f"<script type='application/ld+json'>{'[' * 100_000}</script>", "author", "Ines Fall"),
        (f"<script type='application/ld+json'>{'9' * 20_000}</script>", "author", "Ines Fall"),
        ("<script type='application/ld+json'><!-- " + json.dumps(LD) + " --></script>", "section", "Fraud"),
    ],
    ids=range(18),
)
def test_what_a_page_says_about_itself(head: str, field: str, expected: object) -> None:
    """Meta elements in all their dialects; nonsense is passed over and never raises."""
    assert getattr(read(ARTICLE, head), field) == expected


@pytest.mark.parametrize(
    ("prolog", "url", "published"),
    [
        (
            "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://news.example.com/saved \n"
            " saved date: Tue Mar 03 2026 10:00:00 GMT+0100 (Central European Standard Time)\n-->",
            "https://news.example.com/saved",
            datetime(2026, 3, 3, 9, tzinfo=UTC),
        ),
        (
            "<!DOCTYPE html>\n<!-- saved from url=(0031)https://news.example.com/saved2 -->\n",
            "https://news.example.com/saved2",
            None,
        ),
        ("<!-- saved from url=(0014)about:internet -->", "", None),
    ],
)
def test_saved_pages_know_where_they_come_from(prolog: str, url: str, published: datetime | None) -> None:
    """The comments of SingleFile and of browsers give address and date, and relative links are resolved by it."""
    document = read(ARTICLE, prolog=prolog)
    assert document.url == url
    assert document.published == published
    assert [a.url for a in document.links] == (["https://news.example.com/police/statement"] if url else [])


@pytest.mark.parametrize(
    ("canonical", "url", "expected"),
    [
        ("https://news.example.com/gang", "https://news.example.com/gang?utm=1", "https://news.example.com/gang"),
        ("https://www.news.example.com/gang", "https://news.example.com/g", "https://www.news.example.com/gang"),
        ("https://evil.example.net/gang", "https://news.example.com/g", "https://news.example.com/g"),
        ("https://news.example.com/", "https://news.example.com/g", "https://news.example.com/g"),
        ("/gang", "https://news.example.com/g", "https://news.example.com/gang"),
    ],
)
def test_a_canonical_address_is_believed_on_its_own_site_only(canonical: str, url: str, expected: str) -> None:
    """A page cannot pass itself off as another site's, nor as the front page."""
    assert read(ARTICLE, f"<link rel=canonical href='{canonical}'>", url=url).url == expected


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>Local article</h1><p>{SHORT}</p></article>",
        f"<p>{SHORT}",
        f"<div><div>{SHORT}</div></div>",
        f"<nav>Home</nav><main><p>{SHORT}</main><footer>x</footer>",
        f"<form><p>{SHORT}</p></form>",
        "<div>" * 5_000 + SHORT,
    ],
)
def test_short_and_odd_pages_are_read_too(body: str) -> None:
    """Where the usual signs are missing the words are still found."""
    assert read(body).text.strip() == SHORT


def test_text_that_is_only_in_json_ld() -> None:
    """A page drawn by scripts is read from its structured data."""
    data = {"@type": "NewsArticle", "headline": "Drawn", "articleBody": f"{P1}\n\n{P2}\n\n{P3}"}
    document = read("<div id=app>Loading…</div>", script(data))
    assert document.text == f"{P1}\n\n{P2}\n\n{P3}"


def test_embedded_pictures_do_not_make_a_page_too_large() -> None:
    """Saved pages with megabytes of data: images, styles and scripts are read as fast as without."""
    ballast = "<style>" + "p{}" * 500_000 + "</style><script>" + "x=1;" * 500_000 + "</script>"
    picture = f"<p><img src='data:image/png;base64,{'A' * 3_000_000}'></p>"
    document = read(ARTICLE.replace("</h2>", f"</h2>{picture}"), ballast)
    assert document.text.endswith(P3)
    assert "The note" in document.text


@pytest.mark.parametrize(
    "body",
    ["", "<p></p>", "<script>x()</script>", "<img src=x.png>", "<!-- nothing -->", "<svg><text>x</text></svg>"],
)
def test_a_page_without_text_says_so(body: str) -> None:
    """No text is one sentence, not an empty article."""
    with pytest.raises(ExtractError, match=r"^page\.html has no readable text: "):
        read(body)


def test_a_page_over_the_limit_is_refused() -> None:
    """More than 6 MiB of markup is no article; below it, linear reading still works."""
    with pytest.raises(ExtractError, match="too large"):
        read("<p>lorem ipsum dolor sit amet</p>" * 210_000)
    started = time.monotonic()
    assert "lorem" in read(f"<article><p>{P1}</p>" + "<p>lorem ipsum dolor sit amet</p>" * 8_000 + "</article>").text
    assert time.monotonic() - started < 60  # measured: 1 s


@pytest.mark.parametrize(
    "body",
    [
        "“" * 200_000 + " said ",
        "A " * 50_000 + "a." * 50_000 + "2026-11-" * 20_000 + " " * 100_000,
        "<p " + " ".join(f"a{i}=1" for i in range(50_000)) + ">text</p>",
        "<div>" * 100_000 + "deep",
        "<ul><li>" * 50_000 + "x",
        "<table><tr><td>" * 5_000 + "x",
        "<p>" + "<b><i>x" * 30_000,
        "<a href=x>y</a>" * 10_000,
        "<span>x</span> " * 20_000,
        "<br>" * 30_000 + "x",
    ],
    ids=range(10),
)
def test_hostile_pages_end_soon(body: str) -> None:
    """Nothing a page of this size does makes it raise anything but ExtractError, or hang."""
    started = time.monotonic()
    document = read(f"<p>{P1}</p>{body}<p>{P2}</p>")
    assert document.text
    assert time.monotonic() - started < 60


def test_short_pages_keep_their_blocks() -> None:
    """What trafilatura runs together on a short page is read as the blocks it is made of, links included."""
    document = read(
        f"<article><h1>Links</h1><p>{SHORT}</p><a href='javascript:1'>one</a> <a href='http://a@evil.example/'>two</a>"
        "<ol><li>First step</li></ol></article>",
        "<title>Links</title>",
    )
    assert [document.text[b.start : b.end] for b in document.blocks] == [SHORT, "one two", "1. First step"]
    assert [(document.text[a.start : a.end], a.url) for a in document.links] == [("two", "http://a@evil.example/")]


@pytest.mark.parametrize(
    ("ballast", "stays"),
    [
        ("<style>p { color: red }</style>", ""),
        ("<STYLE media=print>p {}</Style >", ""),
        ("<script>if (a < b) '</p>'</script>", ""),
        ("<script src=x></script><script>y()</script>", ""),
        ("<svg viewBox='0 0 1 1'><style>a{}</style><text>drawn</text></svg>", ""),
        ("<svg><svg>inner</svg>outer", "outer"),
        ("<styled>kept</styled>", "<styled>kept</styled>"),
        ("<scripts>kept</scripts>", "<scripts>kept</scripts>"),
        ("<script type='application/LD+JSON'>{}</script>", "<script type='application/LD+JSON'>{}</script>"),
        ("a<script>never closed <style>x</style> <p>", "a"),
        ("a<svg", "a"),
        ("< script>kept", "< script>kept"),
    ],
)
def test_styles_scripts_and_drawings_go_before_the_tree_is_made(ballast: str, stays: str) -> None:
    """In any case, nested or unclosed; only JSON-LD stays, because it says who wrote the page and when."""
    assert without_ballast(ballast) == stays
