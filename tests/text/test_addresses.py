"""Addresses: nothing dangerous is followed, nothing secret is shown, and the true host is named."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.addresses import is_web, join, mask, normalise, shown_host
from reader.text.clean import clean_line

MASKED = [
    ("https://user:hunter2@news.example/feed", "https://***@news.example/feed"),
    ("https://user@news.example/feed", "https://***@news.example/feed"),
    ("HTTPS://u:p@w@news.example/", "HTTPS://***@news.example/"),
    ("https://u:p/w@news.example/", "https://***@news.example/"),
    ("https://u:p?w@news.example/", "https://***@news.example/"),
    ("http:\\\\u:hunter2@news.example\\x", "http:\\\\***@news.example\\x"),
    ("//u:hunter2@news.example/x", "//***@news.example/x"),
    ("feed:https://u:hunter2@news.example/x", "feed:https://***@news.example/x"),
    ("feed:u:hunter2@news.example/x", "feed:***@news.example/x"),
    ("u:hunter2@news.example/x", "***@news.example/x"),
    ("https:u:hunter2@news.example/x", "https:***@news.example/x"),
    ("https://news.example/f?token=hunter2&page=2", "https://news.example/f?token=***&page=2"),
    ("https://news.example/f?page=2&API_KEY=hunter2#x", "https://news.example/f?page=2&API_KEY=***#x"),
    ("https://news.example/f?accessToken=hunter2", "https://news.example/f?accessToken=***"),
    ("https://news.example/f?%74oken=hunter2", "https://news.example/f?%74oken=***"),
    ("https://news.example/f?X-Amz-Signature=hunter2;a=b", "https://news.example/f?X-Amz-Signature=***;a=b"),
    ("https://news.example/f?rsskey=hunter2", "https://news.example/f?rsskey=***"),
    ("https://news.example/f?auth=hunter2", "https://news.example/f?auth=***"),
    ("https://news.example/cb#access_token=hunter2", "https://news.example/cb#access_token=***"),
    ("https://news.example/r?to=https://u:hunter2@b.example/", "https://news.example/r?to=***"),
    ("https://news.example/r?to=https%3A%2F%2Fu%3Ahunter2%40b.example", "https://news.example/r?to=***"),
    ("https://us\ner:hunter2@news.example/", "https://***@news.example/"),
    ("https://news.example:8080/@someone", "https://news.example:8080/@someone"),
    ("https://news.example/@someone?author=me&sort=asc", "https://news.example/@someone?author=me&sort=asc"),
    ("/home/me/notes@work/x.txt", "/home/me/notes@work/x.txt"),
    ("notes: mail@news.example", "notes: mail@news.example"),
    ("\x1b[2Jhttps://news.example/", "[2Jhttps://news.example/"),
    ("", ""),
]


@pytest.mark.parametrize(("address", "shown"), MASKED)
def test_secrets_are_masked_and_the_rest_is_left(address: str, shown: str) -> None:
    """User-info and secret query values become ***; the rest of the address stays readable."""
    assert mask(address) == shown


def test_a_long_address_is_shortened_after_masking() -> None:
    """A secret cannot be pushed out of the masked part by its length, and the result stays short."""
    shown = mask("https://user:" + "hunter2" * 100_000 + "@news.example/" + "x" * 5_000)
    assert "hunter2" not in shown
    assert len(shown) <= 300
    assert shown.startswith("https://***@news.example/")


WEB = [
    ("http://news.example", True),
    ("https://news.example/a?b=c#d", True),
    ("HTTPS://NEWS.EXAMPLE/", True),
    ("https://bücher.example/ü", True),
    ("http://[::1]:8080/", True),
    ("http://user@news.example/", True),
    ("http://", False),
    ("http:///path", False),
    ("http://:80/", False),
    ("http://.../", False),
    ("news.example", False),
    ("//news.example/", False),
    ("javascript:alert(1)", False),
    ("data:text/html,x", False),
    ("file:///etc/passwd", False),
    ("smb://news.example/", False),
    ("-http://news.example/", False),
    (" http://news.example/", False),
    ("http://news.example/a b", False),
    ("http://news.example/a\u00a0b", False),
    ("http://news.example/a\r\nHost: x", False),
    ("http://news.example/\u202egpj", False),
    ("http://news.example:99999/", False),
    ("http://news.example:x/", False),
    ("http://[::1/", False),
    ("http://[zz]/", False),
    ("http://good.example\\@evil.example/", False),
    ("http://a%2fb.example/", False),
    ("http://a|b.example/", False),
    ("http://news.example/" + "x" * 1_000_000, False),
    ("", False),
]


@pytest.mark.parametrize(("address", "verdict"), WEB)
def test_only_absolute_http_addresses_are_web(address: str, verdict: bool) -> None:
    """Other schemes, missing hosts, blanks, controls, bidi and absurd lengths are no web addresses."""
    assert is_web(address) is verdict


JOINED = [
    ("https://news.example/feed", "https://news.example/a", "https://news.example/a"),
    ("https://news.example/feed/x", "a/b", "https://news.example/feed/a/b"),
    ("https://news.example/feed/x", "../b?c#d", "https://news.example/b?c#d"),
    ("https://news.example/feed/x", "//cdn.example/b", "https://cdn.example/b"),
    ("https://news.example/feed", "", "https://news.example/feed"),
    ("https://news.example/feed", "  /a b\n", "https://news.example/a%20b"),
    ("https://news.example/feed", "/a\u200bb", "https://news.example/a%E2%80%8Bb"),
    ("https://news.example/feed", "/ä", "https://news.example/ä"),
    ("https://news.example/feed", "?q=a\tb", "https://news.example/feed?q=ab"),
    ("", "https://news.example", "https://news.example"),
    ("", "https://news.example?a b", "https://news.example?a%20b"),
    ("", "/a", ""),
    ("not an address", "a", ""),
    ("https://news.example/", "javascript:alert(1)", ""),
    ("https://news.example/", "jav\nascript:alert(1)", ""),
    ("https://news.example/", "data:text/html,x", ""),
    ("https://news.example/", "mailto:a@b.example", ""),
    ("https://news.example/", "http://[", ""),
    ("file:///etc/", "passwd", ""),
]


@pytest.mark.parametrize(("base", "address", "result"), JOINED)
def test_join_gives_an_absolute_web_address_or_nothing(base: str, address: str, result: str) -> None:
    """Relative addresses are resolved, unseen characters encoded, everything that is not http(s) dropped."""
    assert join(base, address) == result


HOSTS = [
    ("https://news.example/a", "news.example"),
    ("https://NEWS.example:443/", "news.example"),
    ("http://news.example:8080/", "news.example:8080"),
    ("https://www.cisa.gov@evil.example/", "evil.example"),
    ("https://www.cisa.gov:x@evil.example/", "evil.example"),
    ("https://аpple.example/", "xn--pple-43d.example"),
    ("https://faß.example/", "xn--fa-hia.example"),
    ("https://news。example/", "news.example"),
    ("https://a\u0338\u2460.example/", "xn--a1-lnb.example"),
    ("http://2130706433/", "127.0.0.1"),
    ("http://127.1/", "127.0.0.1"),
    ("http://0x7f.0.0.1/", "127.0.0.1"),
    ("http://0177.0.0.1/", "127.0.0.1"),
    ("http://999.1.1.1/", "999.1.1.1"),
    ("http://[::FFFF:7f00:2]:81/", "[::ffff:7f00:2]:81"),
    ("javascript:alert(1)", ""),
    ("", ""),
]


@pytest.mark.parametrize(("address", "host"), HOSTS)
def test_the_true_host_is_shown(address: str, host: str) -> None:
    """Readers see where a click goes: no user-info, punycode, numeric hosts spelled out, unusual ports."""
    if "\u0338" in address:  # what UTS 46 makes of it depends on its tables; it must be ASCII punycode
        assert shown_host(address).startswith("xn--")
        return
    assert shown_host(address) == host


SAME = [
    ("HTTP://News.Example", "http://news.example/"),
    ("http://news.example:80/", "http://news.example/"),
    ("https://news.example:443/a#frag", "https://news.example/a"),
    ("https://news.example:80/a", "https://news.example:80/a"),
    (" https://news.example/a\n", "https://news.example/a"),
    ("feed://news.example/a", "http://news.example/a"),
    ("feed:https://news.example/a", "https://news.example/a"),
    ("https://bücher.example/ü?ä", "https://xn--bcher-kva.example/%C3%BC?%C3%A4"),
    ("https://u:P@news.example/a", "https://u:P@news.example/a"),
    ("https://news.example/A?B=c", "https://news.example/A?B=c"),
    ("/home/me/feed.xml", "/home/me/feed.xml"),
    ("mailto:x", "mailto:x"),
]


@pytest.mark.parametrize(("address", "identity"), SAME)
def test_one_address_has_one_identity(address: str, identity: str) -> None:
    """Spellings of the same address are equal, different resources are not."""
    assert normalise(address) == identity


ADDRESSISH = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                *":/\\@?#&;=%[]a-. \n\x1bß。\u202e�",
                "//",
                "..",
                "http",
                "https",
                "feed",
                "xn--",
                "80",
                "0x7f",
                "token",
                "news.example",
            ]
        ),
        max_size=14,
    ).map("".join),
)


@given(ADDRESSISH, ADDRESSISH)
def test_no_string_makes_them_raise(base: str, url: str) -> None:
    """Every function answers every string, with results that hold what they promise."""
    assert is_web(url) in (True, False)
    joined = join(base, url)
    assert joined == "" or is_web(joined)
    assert normalise(normalise(url)) == normalise(url)
    assert shown_host(url).isascii()
    for shown in (mask(url), shown_host(url)):
        assert clean_line(shown) == shown
        assert len(shown) <= 300


@given(st.text("abc:@/?#\\.%= ", max_size=30), st.sampled_from(["http", "https", "HTTP"]))
def test_a_password_is_never_shown(noise: str, scheme: str) -> None:
    """Whatever stands around it, what stands before the last @ of an authority does not show."""
    assert "hunter2" not in mask(f"{scheme}://user:hunter2@news.example/{noise}")
    assert "hunter2" not in mask(f"{scheme}://news.example/{noise.replace('#', '')}?x=1&password=hunter2")


@pytest.mark.parametrize(
    "unit", ["//", "http://a@", "a:", "@", "?a=", "&key=", "%", "\\", "[", "feed:", "../", "\u200b"]
)
def test_long_hostile_strings_cost_little(unit: str) -> None:
    """A megabyte of any separator is answered at once (a ceiling that only a quadratic pattern reaches)."""
    begin = time.perf_counter()
    text = unit * (1_000_000 // len(unit))
    mask("https://" + text), is_web("https://" + text), join(text, text), normalise(text), shown_host(text)
    assert time.perf_counter() - begin < 10
