"""HTML → canonical text: what is kept, what is left out, and that every offset holds whatever the input."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.model import BlockType, Document
from reader.text.clean import clean_text
from reader.text.html import flow, plain
from reader.text.html_marks import marker, readable

BASE = "https://example.com/news/"


def spans(document: Document) -> list[tuple[str, int, str]]:
    return [(b.type.value, b.level, document.text[b.start : b.end]) for b in document.blocks]


def links(document: Document) -> list[tuple[str, str]]:
    return [(document.text[a.start : a.end], a.url) for a in document.links]


def check(document: Document) -> None:
    """The invariants of canonical text."""
    text = document.text
    assert text == clean_text(text)
    assert "\n\n\n" not in text
    text.encode()
    position = 0
    for number, block in enumerate(document.blocks):
        assert text[position : block.start] == ("\n\n" if number else "")
        words = text[block.start : block.end]
        assert words.strip()
        assert not words.endswith((" ", "\n"))
        if block.type is not BlockType.CODE:
            assert words == words.strip()
            assert "  " not in words
            assert "\n\n" not in words
        position = block.end
    assert position == len(text)
    before = 0
    for link in document.links:
        assert before <= link.start < link.end
        words = text[link.start : link.end]
        assert words == words.strip()
        assert link.url.startswith(("http://", "https://"))
        assert any(b.start <= link.start and link.end <= b.end for b in document.blocks)
        before = link.end


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One  two\n three</p><p>four</p>", [("paragraph", 0, "One two three"), ("paragraph", 0, "four")]),
        ("<p>One<p>two", [("paragraph", 0, "One"), ("paragraph", 0, "two")]),
        ("one<div>two</div>three", [("paragraph", 0, "one"), ("paragraph", 0, "two"), ("paragraph", 0, "three")]),
        ("<b>a</b>b <i>c</i>&nbsp;d", [("paragraph", 0, "ab c d")]),
        ("a<br>b<br/>\n c", [("paragraph", 0, "a\nb\nc")]),
        ("a<br><br>b<br> <br><br>c", [("paragraph", 0, "a"), ("paragraph", 0, "b"), ("paragraph", 0, "c")]),
        ("<h3>A <br> b</h3>c", [("heading", 3, "A b"), ("paragraph", 0, "c")]),
        ("<blockquote><p>a</p><p>b</p></blockquote>c", [("quote", 0, "a"), ("quote", 0, "b"), ("paragraph", 0, "c")]),
        ("<ul><li>a<li>b</ul>c", [("list", 1, "a"), ("list", 1, "b"), ("paragraph", 0, "c")]),
        ("<ul><li><p>a</p><p>b</p></li></ul>", [("list", 1, "a\nb")]),
        ("<ol><li>a<li value=7>b<li>c</ol>", [("list", 1, "1. a"), ("list", 1, "7. b"), ("list", 1, "8. c")]),
        ("<ol start=3><li>a<li>4. b</ol>", [("list", 1, "3. a"), ("list", 1, "4. b")]),
        ("<ul><li>a<ol><li>b</ol><li>c</ul>", [("list", 1, "a"), ("list", 2, "1. b"), ("list", 1, "c")]),
        ("<ol><li><h4>Top</h4>text</ol>", [("heading", 4, "1. Top"), ("list", 1, "text")]),
        ("<pre>\n  a\tb \n\n\n\n<b>c</b>\n</pre>", [("code", 0, "  a    b\n\nc")]),
        ("<pre><blockquote>a  b</blockquote><h2>c</h2></pre>d", [("code", 0, "a  b\nc"), ("paragraph", 0, "d")]),
        ("<table><tr><td><ol><li>a<li>b</ol><td><h4>c  d</h4></table>", [("table", 0, "a b | c d")]),
        ("<pre><code>a<br>b</code><div>c</div><div>d</div></pre>", [("code", 0, "a\nb\nc\nd")]),
        ("<table><tr><th>A<th>B<tr><td>1<td>2 <p>x</p></table>", [("table", 0, "A | B\n1 | 2 x")]),
        ("<table><tr><td><td>b<td><td>d<tr><td><td></table>", [("table", 0, "| b | | d")]),
        ("<table><tr><td><h2>Big</h2><p>words</table>", [("heading", 2, "Big"), ("paragraph", 0, "words")]),
        ("<table role=presentation><tr><td>a<td>b</table>", [("paragraph", 0, "a"), ("paragraph", 0, "b")]),
        (
            "<table><tr><td>" + "long " * 200 + "<td>b</table>",
            [("paragraph", 0, ("long " * 200).strip()), ("paragraph", 0, "b")],
        ),
        ("He said <q>no &amp; never</q>.", [("paragraph", 0, "He said “no & never”.")]),
        ("<dl><dt>a<dd>b</dl>", [("paragraph", 0, "a"), ("paragraph", 0, "b")]),
        ("x<sup>2</sup> and <code>y</code>", [("paragraph", 0, "x2 and y")]),
        ("<figure><img src=x.png><figcaption>cap</figcaption></figure>", [("paragraph", 0, "cap")]),
        ("well <img class=emoji alt='🙂' src=x.png>", [("paragraph", 0, "well 🙂")]),
        ("&lt;script&gt; &amp;amp; &#x27;q&#39; &hellip;", [("paragraph", 0, "<script> &amp; 'q' …")]),
        ("a<o:p></o:p><custom-tag>b</custom-tag>", [("paragraph", 0, "ab")]),
        ("<?xml version='1.0' encoding='utf-16'?><p>é</p>", [("paragraph", 0, "é")]),
        ("<p>\ud800 x</p>", [("paragraph", 0, "\ufffd x")]),
        ("<form action=/x><p>whole page in a form</p></form>", [("paragraph", 0, "whole page in a form")]),
    ],
)
def test_structure_becomes_blocks(html: str, expected: list[tuple[str, int, str]]) -> None:
    """Each kind of element gives the blocks a reader would see."""
    document = flow(html)
    assert spans(document) == expected
    check(document)


@pytest.mark.parametrize(
    "html",
    [
        "<script>x<y</script>",
        "<style>p{}</style>",
        "<noscript>x</noscript>",
        "<template><p>x</template>",
        "<svg><title>x</title><text>y</text></svg>",
        "<p hidden>x</p>",
        "<p style='color:red; Display : none'>x</p>",
        "<span aria-hidden=true>x</span>",
        "<span class='a sr-only'>x</span>",
        "<!-- x -->",
        "<head><title>x</title></head>",
        "<form>mail <input value=x><button>y</button></form>",
        "<button>x</button>",
        "<select><option>x</select>",
        "<textarea>x</textarea>",
        "<iframe>x</iframe>",
        "<video>no video</video>",
        "<object>x</object>",
        "<div style='visibility:hidden'>x</div>",
        "&#x200b;&#xfeff;&nbsp;",
        "",
        "   \n\n ",
        "<p></p><br><br>",
    ],
)
def test_what_readers_do_not_see_is_left_out(html: str) -> None:
    """Hidden and machine content leaves no text, and what follows it stays."""
    assert flow(html).text == ""
    assert flow(html + "<p>seen</p>").text == "seen"
    assert flow("<p>a " + html + " b</p>").text.split() == ["a", "b"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href='https://example.org/x'> two  words </a>.", [("two words", "https://example.org/x")]),
        ("<a href=../y>up</a>", [("up", "https://example.com/y")]),
        ("a<a href='//example.org/z'>b</a>c", [("b", "https://example.org/z")]),
        (
            "<a href=/x><h2>Head</h2><p>text</p></a>",
            [("Head", "https://example.com/x"), ("text", "https://example.com/x")],
        ),
        ("<a href=/x><img src=y.png></a><a href=/y> &nbsp;</a>", []),
        ("<a href=/x>a<a href=/y>b", [("a", "https://example.com/x"), ("b", "https://example.com/y")]),
        ("<table><tr><td>a<td><a href=/x>b c</a></table>", [("b c", "https://example.com/x")]),
        ("<pre>a <a href=/x> b </a> c</pre>", [("b", "https://example.com/x")]),
        ("<ol><li><a href=/x>b</a></ol>", [("b", "https://example.com/x")]),
        ("e<b>\u0301\u0301\u0301</b><i>\u0301\u0301\u0301</i> <a href=/x>b</a>", [("b", "https://example.com/x")]),
        ("\u202ea\x1b <a href=/x>b\u200bc</a>", [("bc", "https://example.com/x")]),
        *[
            (f"<a href='{url}'>x</a>", [])
            for url in (
                "javascript:alert(1)",
                "JaVaScRiPt:1",
                "data:text/html,x",
                "file:///etc/passwd",
                "mailto:a@example.com",
                "smb://h/x",
                "ftp://example.org/",
                "http://",
                "http:///x",
                "",
                "\x01javascript:1",
                "https://" + "a" * 9000,
            )
        ],
    ],
)
def test_links_are_absolute_and_stand_on_their_words(html: str, expected: list[tuple[str, str]]) -> None:
    """A link is an absolute http(s) address on trimmed, visible words; everything else is only text."""
    document = flow(html, base_url=BASE)
    assert links(document) == expected
    check(document)


def test_an_unclosed_embed_takes_no_text_with_it() -> None:
    """It has no end tag in HTML; what stands behind it is the article's."""
    assert flow('<p>One<embed src="x"> two</p><p>three</p>').text == "One two\n\nthree"
    assert flow('<embed src="x">rest').text == "rest"


def test_relative_links_without_a_base_are_dropped() -> None:
    """Nothing is guessed: without an address of its own a relative link leads nowhere."""
    assert flow("<a href='/x'>x</a><img src='y.png'>").links == ()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<img src=a.png><img src=a.png><img src=/b.jpg>", [BASE + "a.png", "https://example.com/b.jpg"]),
        ("<img src='data:image/png;base64,AAAA' data-src=c.webp>", [BASE + "c.webp"]),
        ("<img src=d.svg><img src='d.SVG?x=1'><img src=javascript:1><img>", []),
        ("<img src=t.gif width=1 height=1><img src=u.gif height='0'><img src=v.gif width=2px>", []),
    ],
)
def test_images_are_addresses_and_no_pixels(html: str, expected: list[str]) -> None:
    """Images: http(s), no data:, no SVG, no tracking pixels, each once, no text."""
    document = flow(html, base_url=BASE)
    assert [image.url for image in document.images] == expected
    assert document.text == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a < b and c > d", "a < b and c > d"),
        ("if x<y then stop", "if x<y then stop"),
        ("x <3 y", "x <3 y"),
        ("Two\nlines\n\nand a paragraph", "Two lines\n\nand a paragraph"),
        ("AT&amp;T &lt;b&gt;", "AT&T <b>"),
        ("AT&T R&D", "AT&T R&D"),
        ("a\r\n\r\nb\r\rc", "a\n\nb\n\nc"),
        ("\ud800 x \x00 y", "\ufffd x y"),
    ],
)
def test_plain_text_survives(text: str, expected: str) -> None:
    """A summary that is not HTML keeps its characters and its paragraphs."""
    document = flow(text)
    assert document.text == expected
    check(document)


@pytest.mark.parametrize(
    ("html", "limit", "expected"),
    [
        ("<b>AT&amp;T</b>\n hit", 0, "AT&T hit"),
        ("Vec<T> overflow in <script> parser", 0, "Vec<T> overflow in"),
        ("Apache <= 2.4 & x <- y", 0, "Apache <= 2.4 & x <- y"),
        ("<p>one</p><p>two</p>", 0, "one two"),
        ("abcdefgh", 5, "abcd…"),
        ("<i>" + "word " * 100_000, 9, "word wor…"),
        ("[/x] \x1b[2J \u202e", 0, "[/x] [2J"),
        ("&lt;b&gt; stays", 0, "<b> stays"),
    ],
)
def test_plain_is_one_line(html: str, limit: int, expected: str) -> None:
    """Titles and summaries become one clean line without tags."""
    assert plain(html, limit) == expected


def test_trees_and_bytes_are_taken_too() -> None:
    """An element is walked without the text that follows it; bytes are decoded."""
    from lxml import html as lxml_html

    page = lxml_html.fromstring("<div><section><p>in<!-- c -->side</p></section>after</div>")
    assert flow(page[0]).text == "inside"
    assert flow("<p>naïve</p>".encode()).text == "naïve"
    assert flow(None).text == ""


def test_lists_read_as_lists() -> None:
    """Plain output shows bullets, indentation and numbers; the offsets of the text do not move for it."""
    document = flow("<p>Do:<ul><li>a<br>b<ol><li>c</ol><li>d</ul><p>End")
    assert readable(document) == "Do:\n\n• a\n  b\n  1. c\n• d\n\nEnd"
    assert [marker(document.text, b) for b in document.blocks] == ["", "• ", "  ", "• ", ""]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "hello",
        "<ul><li>x" * 50_000,
        "<p " + " ".join(f"a{i}=1" for i in range(50_000)) + ">hello</p>",
        "<p " + " ".join(f'a{i}=">"' for i in range(100_000)) + ">hello",
        "<p " + "b " * 300_000 + ">hello",
        "<a <a=" * 100_000 + "<p>hello",
        "<" * 1_000_000,
        "<a '" * 200_000,
        "<!--" * 200_000,
        "&" * 500_000,
        "<table><tr><td>" * 20_000 + "hello",
        "<form>" * 50_000,
        "<br>" * 200_000,
        "a" + "\u0301" * 200_000,
        "<p>a" + "<b>\u0301</b>" * 50_000,
        "<pre>" + "\n \n" * 200_000,
        "<i>" * 250 + "</x>" * 200_000,
        " " * 1_000_000 + "<p>",
    ],
    ids=range(18),
)
def test_hostile_markup_is_bounded(html: str) -> None:
    """Nesting, attribute and whitespace bombs end soon; the words in them are not lost."""
    started = time.monotonic()
    document = flow(html, base_url=BASE)
    assert time.monotonic() - started < 15  # measured: < 0.8 s
    check(document)
    if html.endswith(("hello", "hello</p>")):
        assert "hello" in document.text


_PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<br>",
        "<a href='https://example.org/a'>",
        "<a href=/b>",
        "</a>",
        "<ul>",
        "<ol>",
        "<li>",
        "</li>",
        "</ul>",
        "</ol>",
        "<pre>",
        "</pre>",
        "<blockquote>",
        "</blockquote>",
        "<h2>",
        "</h2>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<b>",
        "</b>",
        "<q>",
        "</q>",
        "<script>",
        "</script>",
        "<span hidden>",
        "</span>",
        " ",
        "\n\n",
        "\t",
        "&nbsp;",
        "&lt;",
        "&#27;",
        "&#x202e;",
        "&zwnj;",
        "word",
        "a",
        "1. ",
        "é",
        "\u0301\u0301\u0301",
        "\u200d",
        "👩",
        "ن",
        "\u200c",
        "\ud800",
        "\x00",
        "<",
        ">",
        "&",
        "'",
        '"',
        "<!--",
        "-->",
        "<![CDATA[",
        "\u3000",
        "\u2028",
    ]
)


@given(st.lists(_PIECES, max_size=60).map("".join))
@example("\u3000\u200d\u3000word")  # a joiner joins no blanks
@settings(max_examples=250, deadline=None)
def test_any_soup_of_tags_holds_the_invariants(html: str) -> None:
    """Whatever the order of tags and characters, text is canonical and all offsets hold."""
    check(flow(html, base_url=BASE))


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
@settings(max_examples=200, deadline=None)
def test_any_string_or_bytes_holds_the_invariants(html: str | bytes) -> None:
    """No string and no bytes make it raise."""
    check(flow(html))
    if isinstance(html, str):
        line = plain(html, 20)
        assert len(line) <= 20
        assert "\n" not in line
        assert line == clean_text(line)


@given(
    st.lists(
        st.sampled_from(
            ["word", "é", "ن\u200c", "e\u0301\u0301\u0301\u0301\u0301", "\u200b", "\x1b", " ", "<b>", "</b>"]
        ),
        max_size=30,
    )
)
@settings(max_examples=150, deadline=None)
def test_link_words_do_not_shift(pieces: list[str]) -> None:
    """Whatever is cleaned away before, inside and after it, a link stands on its own word."""
    noise = "".join(pieces)
    document = flow(f"<p>{noise} <a href='https://example.org/'>LINK</a> {noise}</p>")
    assert links(document) == [("LINK", "https://example.org/")]
    check(document)
