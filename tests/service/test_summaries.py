"""The short way to a summary says what the long way says."""

from __future__ import annotations

import time

import pytest

from reader.service.summaries import LONGEST, summary_line
from reader.text.html import plain

SAME = [
    "Plain words.",
    "Ports &amp; fraud &#8211; a &lt;b&gt; story",
    "<p>One</p><p>Two <b>bold</b>words</p>",
    "one<br>two<br/>three<BR>four",
    '<p class="x">A <a href="https://example.com/?a=1&amp;b=2">link</a>, <em>soft</em>.</p>',
    "<p>" + "word " * 200 + "</p><div>more</div>",
    "<ul><li>one</li><li>two</li></ul>",
    "<script>var a = '<p>no</p>'</script><p>yes</p>",
    "<!-- <p>no</p> --><p>yes</p>",
    "a <unknown> b < c",
    "x &nosuchthing; y & z",
    "<p>cut in the midd",
    "<p>cut in a tag</p><p",
    "\x1b[2J<p>\x00bell\x07</p>",
]


@pytest.mark.parametrize("html", SAME)
def test_the_short_way_agrees_with_the_long_one(html: str) -> None:
    """Paragraphs and inline markup taken out by pattern read as if a tree had been built."""
    assert summary_line(html) == plain(html, LONGEST)


@pytest.mark.parametrize("html", ["<p" * 50_000, "&" * 50_000, "<p>" * 50_000, "a&#1" * 50_000, "<a " * 50_000])
def test_no_html_is_slow(html: str) -> None:
    """The pattern is linear."""
    began = time.perf_counter()
    summary_line(html)
    assert time.perf_counter() - began < 2
