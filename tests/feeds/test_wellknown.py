"""Addresses to try where a site names no feed."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.wellknown import MAX_FOLDERS, NAMES, well_known
from reader.text.addresses import is_web, normalise


@pytest.mark.parametrize("url", ["https://news.example", "https://news.example/", "https://news.example/?p=1#top"])
def test_the_root_is_asked_for_what_is_common(url: str) -> None:
    """The usual names, the most common first, without query and fragment of the page."""
    found = well_known(url)
    assert found[:7] == [
        f"https://news.example/{name}"
        for name in ("feed/", "rss.xml", "atom.xml", "feed.xml", "index.xml", "rss", "feed.json")
    ]
    assert len(found) == len(NAMES)


@pytest.mark.parametrize(
    ("path", "folders"),
    [
        ("/blog", ["/blog/", "/"]),
        ("/blog/", ["/blog/", "/"]),
        ("/blog/index.html", ["/blog/", "/"]),
        ("/blog/2026/a.html", ["/blog/2026/", "/blog/", "/"]),
        ("/a/b/c/d/", ["/a/b/c/d/", "/a/b/c/", "/"]),
        ("/a.html", ["/"]),
        ("//a//", ["/a/", "/"]),
    ],
)
def test_the_page_s_own_folder_comes_first(path: str, folders: list[str]) -> None:
    """A blog beside the site's news is what was meant; the depth is bounded."""
    found = well_known(f"https://news.example{path}")
    firsts = [address for address in found if address.endswith("/rss.xml")]
    assert firsts == [f"https://news.example{folder}rss.xml" for folder in folders]
    assert found[: len(NAMES)] == [f"https://news.example{folders[0]}{name}" for name in NAMES]


def test_the_address_itself_is_not_tried_again() -> None:
    """It was just found to be no feed."""
    assert "https://news.example/rss.xml" not in well_known("https://news.example/rss.xml")
    assert "https://news.example/atom.xml" in well_known("https://news.example/rss.xml")


def test_a_login_and_a_port_stay() -> None:
    """The same origin: what is sent to the page is sent there."""
    assert well_known("http://ada:hunter2@wiki.example:8080/x/")[0] == "http://ada:hunter2@wiki.example:8080/x/feed/"


@pytest.mark.parametrize(
    "url", ["", "news.example", "ftp://news.example/", "file:///etc/", "javascript:1", "http://[x"]
)
def test_what_is_no_web_address_has_none(url: str) -> None:
    """Nothing to try, and no error."""
    assert well_known(url) == []


@given(st.text(max_size=60).map("https://news.example/".__add__) | st.text(max_size=40))
def test_never_another_host_and_never_many(url: str) -> None:
    """Whatever was pasted: few addresses, each once, all on the host that was given."""
    found = well_known(url)
    assert len(found) <= len(NAMES) * (MAX_FOLDERS + 1)
    assert len({normalise(one) for one in found}) == len(found)
    for one in found:
        assert is_web(one)
        assert urlsplit(normalise(one)).netloc == urlsplit(normalise(url)).netloc
