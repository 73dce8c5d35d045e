"""The HTML of feed entries: what the site's software appended goes, the entry stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.extract import from_fragment
from reader.text.clean import clean_text

BODY = (
    "<p>Attackers used a flaw in mail gateways of three hospitals to read the calendars of their surgeons, the agency "
    "said on Tuesday.</p><p>“They wanted to know who is not at home,” a spokesman said.</p>"
)
TEXT = (
    "Attackers used a flaw in mail gateways of three hospitals to read the calendars of their surgeons, the agency "
    "said on Tuesday.\n\n“They wanted to know who is not at home,” a spokesman said."
)


@pytest.mark.parametrize(
    "tail",
    [
        "<p>The post <a href='/a'>Three hospitals read</a> appeared first on <a href=/>Daily X</a>.</p>",
        "<p>The post Three hospitals read first appeared on Daily X.</p>",
        "<img src='https://pixel.example.com/1.gif' width='1' height='1'>",
        "<div class=feedflare><a href=/a><img src=a.png></a> <a href=/b><img src=b.png></a></div>",
        "<p><a href='/a'>Read more</a></p>",
        "<p><a href='/a'>Continue reading →</a></p>",
        "<p><a href='/a'>Read the full article »</a></p>",
        "<p><strong>Share this:</strong></p><ul><li><a href=/t>Twitter</a></li><li><a href=/f>Facebook</a></li></ul>",
        "<h3>Related posts</h3><ul><li><a href=/1>Another hospital</a></li><li><a href=/2>A third one</a></li></ul>",
        "<p><strong>Related:</strong> <a href=/1>Another hospital was read too</a></p>",
        "<p>Follow us on Twitter and LinkedIn to read more exclusive content we post.</p>",
        "<p>Sign up for our newsletter to receive all our stories.</p><p>© 2026 Daily X</p>",
        "<hr><p>Tags: hospitals, mail</p>",
        "<p><em>Image credit: Daily X</em></p>",
        "<p>Found this article interesting? Follow us to read more exclusive content.</p>",
        "<script>track()</script><noscript><img src=x></noscript><style>p{}</style>",
    ],
    ids=range(16),
)
def test_what_software_appends_to_an_entry_goes(tail: str) -> None:
    """Footers, share bars, calls to read on and related lists leave nothing behind."""
    document = from_fragment(BODY + tail, url="https://x.example.com/a")
    assert document.text == TEXT
    assert document.links == ()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<a href='https://x.example.com/c'>Comments</a>", "Comments"),
        ("<p>Read more</p>", "Read more"),
        ("Short summary without tags.", "Short summary without tags."),
        ("<p>One.</p><p>Read more</p>", "One."),
        ("Article URL: https://a.example.com\n\nPoints: 5", "Article URL: https://a.example.com\n\nPoints: 5"),
        ("", ""),
        ("<p>x &lt; y</p>", "x < y"),
    ],
)
def test_an_entry_never_ends_up_empty(html: str, text: str) -> None:
    """An entry that holds nothing else keeps what it has."""
    assert from_fragment(html).text == text


def test_links_and_images_of_an_entry_are_resolved() -> None:
    """Relative addresses are those of the entry's page."""
    document = from_fragment("<p>See <a href=../b>this</a> <img src=c.png></p>", url="https://x.example.com/n/a/")
    assert [a.url for a in document.links] == ["https://x.example.com/n/b"]
    assert [i.url for i in document.images] == ["https://x.example.com/n/a/c.png"]


_AROUND = ["<p>Related</p>", "<p>Share this</p>", "<ul><li>x</li></ul>", "<h2>More</h2>", "—", "<p>To Top</p>",
           "<p>Comments</p>", "<p>The post x appeared first on y.</p>"]  # fmt: skip


@given(st.lists(st.sampled_from([BODY, *_AROUND]), max_size=12))
def test_prose_with_quotations_is_never_cut(pieces: list[str]) -> None:
    """Whatever stands around it, a paragraph that quotes somebody stays, and so does the order."""
    document = from_fragment("".join(pieces))
    assert document.text.count("“They wanted to know") == pieces.count(BODY)
    assert document.text == clean_text(document.text)


_MIDDLES = [
    "<p>}</p>",
    "<pre>}</pre>",
    "<h2>Learn more</h2>",
    "<p>Download the PDF version of this report:</p>",
    "<p>🐪🐪🐪</p>",
    "<h2>Further reading</h2>",
    "<p>Related to the above<br>https://example.com</p>",
    "<p>Share the news you have.</p>",
]


@pytest.mark.parametrize("middle", _MIDDLES)
def test_nothing_between_the_paragraphs_of_an_entry_goes(middle: str) -> None:
    """An author's short lines, code and headings stay where they are: only what stands below an entry is cut."""
    document = from_fragment(BODY + middle + BODY)
    assert len(document.blocks) == 5
