"""When two addresses are those of one article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.canonical import canonical

PLAIN = "https://example.com/news/a-b"
SAME = (
    "http://example.com/news/a-b", "https://www.example.com/news/a-b/", "HTTPS://Example.com:443/news/a-b//",
    "https://example.com/news/a-b?utm_source=rss&utm_medium=x", "https://example.com/news/a-b/?fbclid=1&ref=rss",
    "https://example.com/news/a-b#xtor=RSS-1", "https://example.com/news/a-b#comments", "https://user@example.com/news/a-b",
    "https://example.com/news/a-b#:~:text=some%20words", "https://example.com/news/a-b/amp/", "https://amp.example.com/news/a-b",
    "https://example.com/amp/news/a-b", "https://example.com/news/a-b.amp", "https://example.com/news/a-b?amp=1",
    "https://example.com/news/a-b/amp.html", "https://www.google.com/amp/s/example.com/news/a-b?outputType=amp",
    "https://example-com.cdn.ampproject.org/c/s/example.com/news/a-b", "https://example.com/news/%61-b",
    "https://example.com/news/a-b?WT.mc_id=RSS&gclid=x", "https://example.com/news/a-b?source=newsletter",
)  # fmt: skip
OTHERS = (
    "https://example.com/news/A-b", "https://example.com/news/a-b?p=4", "https://example.com/news/a-b#v1.2",
    "https://other.example.com/news/a-b", "https://example.com:8443/news/a-b", "https://example.com/news/a-b/2",
    "https://example.com/news/a-b?ref=main", "https://example.com/news/a-bamp", "https://example.org/news/a-b",
)  # fmt: skip


@pytest.mark.parametrize("url", SAME)
def test_what_only_tells_where_a_reader_comes_from_is_no_part_of_an_address(url: str) -> None:
    """Scheme, `www.`, tracking, slash, AMP, and fragments of no meaning."""
    assert canonical(url) == canonical(PLAIN) == "example.com/news/a-b"


@pytest.mark.parametrize("url", OTHERS)
def test_what_names_another_article_stays_part_of_an_address(url: str) -> None:
    """Capitals of the path, other parameters, named parts of a page, hosts and ports."""
    assert canonical(url) not in ("", canonical(PLAIN))


def test_parameters_have_no_order() -> None:
    """The same parameters in another order are the same address; a longer AMP name is a name."""
    assert canonical("https://example.com/?b=2&utm_id=1&a=1") == canonical("http://example.com?a=1&b=2") != ""
    assert canonical("https://example.com/lamp/") == "example.com/lamp"
    assert canonical("https://example.com/a.amp.html") == canonical("https://example.com/a.html")


@pytest.mark.parametrize(
    "url", ["", "https://example.com/", "http://www.example.com", "mailto:a@example.com", "x", "//"]
)
def test_the_start_of_a_site_is_no_article(url: str) -> None:
    """It identifies nothing, and so does what is no web address."""
    assert canonical(url) == ""


@given(st.one_of(st.text(max_size=60), st.from_regex(r"https?://[a-z.]{1,9}/[ -~]{0,40}", fullmatch=True)))
def test_any_text_has_at_most_one_canonical_form(url: str) -> None:
    """Nothing raises, and what comes out is its own canonical form."""
    made = canonical(url)
    assert not made or canonical(f"https://{made}") == made
